Attribute VB_Name = "Buttons"
Option Explicit
' What the buttons on a sheet call. Nothing is computed here: Python answers, Excel recalculates.
' Nothing runs by itself when a workbook opens.

Public Sub ValidateSheet()
    AskPython "validate"
End Sub

Public Sub RecalculateSheet()
    Application.CalculateFull
End Sub

Public Sub AddIndicatorRow()
    On Error GoTo failed
    IndicatorRow.Add
    Exit Sub
failed:
    MsgBox Messages.RowFailed() & vbCrLf & vbCrLf & Shortened(Err.Description), vbExclamation, Messages.Title()
End Sub

Public Sub MakeSubmission()
    AskPython "make_submission"
End Sub

Public Sub GoToFirstError()
    AskPython "go_to_first_error"
End Sub

Private Sub AskPython(action As String)
    Dim problem As String
    On Error GoTo failed
    If Not Installation.HasPython() Then
        MsgBox Messages.PythonMissing(), vbExclamation, Messages.Title()
        Exit Sub
    End If
    Application.StatusBar = Messages.Working()
    RunPython "import perfeval_xl.excel; perfeval_xl.excel." & action & "()"
    ShowAnswer
    Exit Sub
failed:
    problem = Err.Description
    Application.StatusBar = False
    MsgBox Messages.PythonFailed() & vbCrLf & vbCrLf & Shortened(problem), vbExclamation, Messages.Title()
End Sub

' Python leaves its answer in the status bar: a dialog of its own would keep Excel waiting for it.
Private Sub ShowAnswer()
    Dim answer As Variant
    answer = Application.StatusBar
    Application.StatusBar = False
    If VarType(answer) <> vbString Then Exit Sub
    If answer <> Messages.Working() Then MsgBox answer, vbInformation, Messages.Title()
End Sub

' A message box holds about a thousand characters; how a report of an error begins and ends tells most.
Private Function Shortened(text As String) As String
    If Len(text) <= 700 Then
        Shortened = text
    Else
        Shortened = Left$(text, 200) & vbCrLf & "..." & vbCrLf & Right$(text, 450)
    End If
End Function

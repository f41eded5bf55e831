Attribute VB_Name = "Ribbon"
Option Explicit
' Callbacks of the add-in's tab, for the workbook in front, whatever it is: nothing is taken from it but its cells.
' Each asks Python for one function and shows its answer.

Public Sub RibbonValidate(control As IRibbonControl)
    AskAboutWorkbook "perfeval_xl.excel", "validate()"
End Sub

Public Sub RibbonFirstError(control As IRibbonControl)
    AskAboutWorkbook "perfeval_xl.excel", "go_to_first_error()"
End Sub

Public Sub RibbonRecalculate(control As IRibbonControl)
    Application.CalculateFull
End Sub

Public Sub RibbonAdopt(control As IRibbonControl)
    AskAboutWorkbook "perfeval_xl.ribbon", "adopt()"
End Sub

Public Sub RibbonSubmit(control As IRibbonControl)
    AskAboutWorkbook "perfeval_xl.excel", "make_submission()"
End Sub

Public Sub RibbonReport(control As IRibbonControl)
    AskAboutWorkbook "perfeval_xl.ribbon", "make_report()"
End Sub

Public Sub RibbonCollect(control As IRibbonControl)
    Dim folder As String
    folder = ChosenFolder()
    If folder <> "" Then AskAboutWorkbook "perfeval_xl.ribbon", "collect(" & Quoted(folder) & ")"
End Sub

Public Sub RibbonDoctor(control As IRibbonControl)
    AskAboutWorkbook "perfeval_xl.ribbon", "examine_computer()"
End Sub

Public Sub RibbonHelp(control As IRibbonControl)
    Dim page As String
    page = Installation.Folder() & "\help.html"
    If FileExists(page) Then
        ThisWorkbook.FollowHyperlink page
    Else
        MsgBox Messages.HelpMissing(), vbExclamation, Messages.Title()
    End If
End Sub

Private Sub AskAboutWorkbook(room As String, asked As String)
    Dim problem As String
    On Error GoTo failed
    If ActiveWorkbook Is Nothing Then
        MsgBox Messages.NoWorkbook(), vbExclamation, Messages.Title()
        Exit Sub
    End If
    If Not Installation.HasPython() Then
        MsgBox Messages.PythonMissing(), vbExclamation, Messages.Title()
        Exit Sub
    End If
    Application.StatusBar = Messages.Working()
    RunPython "import " & room & "; " & room & "." & asked
    ShowAnswer
    Exit Sub
failed:
    problem = Err.Description
    Application.StatusBar = False
    MsgBox Messages.PythonFailed() & vbCrLf & vbCrLf & Left$(problem, 700), vbExclamation, Messages.Title()
End Sub

' Python leaves its answer in the status bar: a dialog of its own would keep Excel waiting for it.
Private Sub ShowAnswer()
    Dim answer As Variant
    answer = Application.StatusBar
    Application.StatusBar = False
    If VarType(answer) <> vbString Then Exit Sub
    If answer <> Messages.Working() Then MsgBox answer, vbInformation, Messages.Title()
End Sub

' 4 is msoFileDialogFolderPicker; Show gives -1 for OK.
Private Function ChosenFolder() As String
    Dim picker As Object
    Set picker = Application.FileDialog(4)
    picker.AllowMultiSelect = False
    picker.Title = Messages.ChooseFolder()
    If picker.Show = -1 Then ChosenFolder = picker.SelectedItems(1)
End Function

' A path as a text of Python: with slashes there is no backslash left that could mean anything else.
Private Function Quoted(path As String) As String
    Quoted = "'" & Replace(Replace(path, "\", "/"), "'", "\'") & "'"
End Function

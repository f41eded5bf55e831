Attribute VB_Name = "Installation"
Option Explicit
Option Private Module
' Where this PC keeps the Python that answers cells and buttons, and every setting the module xlwings asks for.
' Read once per session, because a cell's call must not open files. Nothing is taken from a workbook or from
' the folder it lies in: a file that came by mail must never choose which program runs here.
' The user's own perfeval.conf may override a setting: lines of KEY=VALUE, ASCII, environment variables as %NAME%.

Private settings As Object

Public Function Folder() As String
    Folder = ExpandEnvironmentStrings("%LOCALAPPDATA%\PerfEval")
End Function

' Whether the interpreter is there. A bare name such as python is left for Windows to find.
Public Function HasPython() As Boolean
    Dim interpreter As String
    interpreter = Setting("INTERPRETER_WIN", "")
    HasPython = Not IsFullName(interpreter) Or FileExists(interpreter)
End Function

Public Function Setting(configKey As String, fallback As String) As String
    If settings Is Nothing Then Set settings = ReadSettings()
    If settings.Exists(configKey) Then
        Setting = settings(configKey)
    Else
        Setting = fallback
    End If
End Function

Private Function ReadSettings() As Object
    Dim found As Object
    Set found = CreateObject("Scripting.Dictionary")
    found("INTERPRETER_WIN") = Folder() & "\python\pythonw.exe"
    found("USE UDF SERVER") = "True"
    found("UDF MODULES") = "udfs.perfeval_udfs"
    found("ADD_WORKBOOK_TO_PYTHONPATH") = "false"
    If FileExists(Folder() & "\perfeval.conf") Then ReadUserFile Folder() & "\perfeval.conf", found
    Set ReadSettings = found
End Function

Private Sub ReadUserFile(path As String, found As Object)
    Dim fileNumber As Integer, content As String, entry As Variant
    fileNumber = FreeFile
    Open path For Input As #fileNumber
    Do While Not EOF(fileNumber)
        Line Input #fileNumber, content
        ' Line Input knows CR only; a file with Unix line ends arrives as one text
        For Each entry In Split(content, vbLf)
            RememberEntry CStr(entry), found
        Next entry
    Loop
    Close #fileNumber
End Sub

Private Sub RememberEntry(entry As String, found As Object)
    Dim middle As Long
    middle = InStr(entry, "=")
    If middle < 2 Then Exit Sub
    found(UCase$(Trim$(Left$(entry, middle - 1)))) = ExpandEnvironmentStrings(Trim$(Mid$(entry, middle + 1)))
End Sub

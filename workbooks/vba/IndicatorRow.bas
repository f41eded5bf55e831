Attribute VB_Name = "IndicatorRow"
Option Explicit
Option Private Module
' Puts an empty indicator row below the selected one: on the form and, at the same place, among the rules.
' pe_rows runs from the indicator heading to the total row, pe_rules and pe_calc likewise, so all grow with every insertion.

Public Sub Add()
    Dim rows As Range, rules As Range, helpers As Range, chosen As Long, model As Long
    Set rows = ThisWorkbook.Names("pe_rows").RefersToRange
    Set rules = ThisWorkbook.Names("pe_rules").RefersToRange
    Set helpers = ThisWorkbook.Names("pe_calc").RefersToRange
    If Not IsInside(rows) Then
        MsgBox Messages.ChooseIndicator(), vbInformation, Messages.Title()
        Exit Sub
    End If
    chosen = ActiveCell.Row - rows.Row
    model = ComputedRow(rows, chosen)
    Insert rows, chosen, model
    Insert helpers, chosen, model
    Insert rules, chosen, model
End Sub

Private Function IsInside(rows As Range) As Boolean
    If ActiveSheet.Name <> rows.Worksheet.Name Then Exit Function
    IsInside = ActiveCell.Row > rows.Row And ActiveCell.Row < rows.Row + rows.rows.Count - 1
End Function

' A row whose score is computed, as model for formulas: the chosen one if it is, else the first, else the chosen one.
Private Function ComputedRow(rows As Range, chosen As Long) As Long
    Dim number As Long
    ComputedRow = chosen
    If HasFormulas(rows, chosen) Then Exit Function
    For number = 1 To rows.rows.Count - 2
        If HasFormulas(rows, number) Then
            ComputedRow = number
            Exit Function
        End If
    Next number
End Function

Private Function HasFormulas(area As Range, number As Long) As Boolean
    Dim column As Long
    For column = 1 To area.Columns.Count
        If area.Cells(number + 1, column).HasFormula Then HasFormulas = True
    Next column
End Function

' Cells merged downwards grow by themselves; the others take formats and validation from the row above,
' formulas and the rule from the model row, and are otherwise empty.
Private Sub Insert(area As Range, chosen As Long, model As Long)
    Dim sheet As Worksheet, target As Long, source As Long, column As Long, locked As Boolean
    Set sheet = area.Worksheet
    locked = sheet.ProtectContents
    If locked Then sheet.Unprotect
    target = area.Row + chosen + 1
    source = area.Row + model
    If source >= target Then source = source + 1
    sheet.Rows(target).Insert
    sheet.Rows(target).RowHeight = sheet.Rows(target - 1).RowHeight
    For column = area.column To area.column + area.Columns.Count - 1
        If Not sheet.Cells(target, column).MergeCells Then CopyCell sheet, source, target, column
    Next column
    If locked Then sheet.Protect
End Sub

Private Sub CopyCell(sheet As Worksheet, source As Long, target As Long, column As Long)
    If sheet.Cells(source, column).MergeCells Then Exit Sub
    sheet.Cells(source, column).Copy sheet.Cells(target, column)
    If Not sheet.Cells(source, column).HasFormula And sheet.Name = ActiveSheet.Name Then
        sheet.Cells(target, column).ClearContents
    End If
End Sub

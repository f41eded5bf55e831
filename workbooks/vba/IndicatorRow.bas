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

' A row whose score is computed from what is typed, as model for formulas: the chosen one if it is, else the first, else the chosen one.
Private Function ComputedRow(rows As Range, chosen As Long) As Long
    Dim number As Long
    ComputedRow = chosen
    If IsModel(rows, chosen) Then Exit Function
    For number = 1 To rows.rows.Count - 2
        If IsModel(rows, number) Then
            ComputedRow = number
            Exit Function
        End If
    Next number
End Function

Private Function IsModel(area As Range, number As Long) As Boolean
    Dim column As Long
    For column = 1 To area.Columns.Count
        If TakesFigure(area.Cells(number + 1, column)) Then
            IsModel = False
            Exit Function
        End If
        If area.Cells(number + 1, column).HasFormula Then IsModel = True
    Next column
End Function

' A value that follows from the amounts of a fund belongs to its own indicator and is never copied to another.
Private Function TakesFigure(cell As Range) As Boolean
    If cell.HasFormula Then TakesFigure = InStr(cell.Formula, "PE_SHARE(") + InStr(cell.Formula, "PE_PAYABLE_MONTHS(") > 0
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
    If sheet.Name <> ActiveSheet.Name Then Exit Sub
    If Not sheet.Cells(source, column).HasFormula Or TakesFigure(sheet.Cells(source, column)) Then
        sheet.Cells(target, column).ClearContents
    End If
End Sub

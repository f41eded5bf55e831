Attribute VB_Name = "Ribbon"
Option Explicit
' Callbacks of the add-in's ribbon; each does what the button of the same name does.

Public Sub RibbonValidate(control As IRibbonControl)
    ValidateSheet
End Sub

Public Sub RibbonRecalculate(control As IRibbonControl)
    RecalculateSheet
End Sub

Public Sub RibbonAddRow(control As IRibbonControl)
    AddIndicatorRow
End Sub

Public Sub RibbonSubmit(control As IRibbonControl)
    MakeSubmission
End Sub

Public Sub RibbonFirstError(control As IRibbonControl)
    GoToFirstError
End Sub

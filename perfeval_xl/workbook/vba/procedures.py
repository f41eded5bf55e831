"""按钮叫的宏: the names by which a workbook's buttons and its VBA project know each other."""

from __future__ import annotations

WORKBOOK_CODE_NAME = "ThisWorkbook"
VALIDATE = "Buttons.ValidateSheet"
RECALCULATE = "Buttons.RecalculateSheet"
ADD_ROW = "Buttons.AddIndicatorRow"
SUBMIT = "Buttons.MakeSubmission"
FIRST_ERROR = "Buttons.GoToFirstError"

"""LibreOffice 扩展: the cell functions as a Calc add-in, generated from the functions that Excel calls, and a toolbar that checks."""

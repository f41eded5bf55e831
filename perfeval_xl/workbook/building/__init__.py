"""建工作簿: forms and cases become official workbooks with formulas and buttons."""

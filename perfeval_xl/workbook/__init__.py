"""文件: find the form in a workbook, read it, write it, patch it; knows OOXML, not a running Excel."""

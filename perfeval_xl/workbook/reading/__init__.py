"""读文件: a workbook of any format as sparse grids of cells."""

"""单元格函数: what Excel's cells call; convert, call core, return."""

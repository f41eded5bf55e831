"""采用官方工作簿: an office's own workbook becomes a living one, its parts carried over, and back again."""

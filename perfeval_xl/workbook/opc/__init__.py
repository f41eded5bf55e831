"""文件包: the zip container of a workbook and its parts, after ISO/IEC 29500-2."""

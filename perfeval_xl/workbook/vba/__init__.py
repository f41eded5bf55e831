"""宏工程: VBA projects from text, on any system, without Excel.

``macros`` puts together what a workbook of ours carries; ``project`` writes the binary part.
"""

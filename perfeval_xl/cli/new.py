"""命令 new: a blank official workbook."""

from __future__ import annotations

from perfeval_xl.cli.options import options_of
from perfeval_xl.workbook.grid import UnusableFile

HELP = """
用法: perfeval-xl new 种类 -o 文件.xlsm [--year 年度] [--rows 行数]

新建空白的官方自评表。种类: fund 社会保险基金。文件名写 .xlsm 带函数和按钮, 写 .xlsx 只有内置公式。

  --year 年度       表头的年度
  --rows 行数       在标准指标之外再加多少空行

例: perfeval-xl new fund --year 2025 -o 2025年自评表.xlsm
"""
KINDS = ("fund",)
_MOST_ROWS = 1000
_FIRST_YEAR, _LAST_YEAR = 2010, 2100


def run(words: list[str]) -> int:
    """0 once the file is written; an existing file is never overwritten."""
    options = options_of(words, HELP, ("output=", "year=", "rows="), least=1, most=1)
    if options is None:
        return 0
    kind, output = options.words[0], options.text("output")
    year, rows = options.whole("year", 0), options.whole("rows", 0)
    if kind not in KINDS:
        raise UnusableFile(f"没有种类「{kind}」, 可用: {', '.join(KINDS)}")
    if not output:
        raise UnusableFile("请用 -o 写明新文件的名字, 例如 -o 自评表.xlsm")
    if not 0 <= rows <= _MOST_ROWS:
        raise UnusableFile(f"--rows 应在 0 到 {_MOST_ROWS} 之间")
    if year and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UnusableFile(f"--year 应是四位的年度, 不是 {year}")
    write_blank(kind, output, year or None, rows)
    print(f"已新建: {output}")
    print("请填写黄色单元格; 执行率、得分和合计会自动计算。")
    return 0


def write_blank(kind: str, output: str, year: int | None, rows: int) -> None:
    """Build and write the form; refuses to overwrite."""
    import os  # noqa: PLC0415 - only when a file is made

    from perfeval_xl.workbook.building.builder import build, form_named  # noqa: PLC0415 - drawing is heavy
    from perfeval_xl.workbook.building.case import blank_case  # noqa: PLC0415

    if os.path.exists(output):  # noqa: PTH110
        raise UnusableFile(f"{output}: 文件已存在, 请换一个文件名")
    form = form_named(kind)
    build(form, blank_case(form, year, rows), output)

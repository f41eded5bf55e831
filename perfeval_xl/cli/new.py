"""命令 new: a blank official workbook."""

from __future__ import annotations

from perfeval_xl.cli.options import Parser
from perfeval_xl.workbook.grid import UnusableFile

HELP = """
用法: perfeval-xl new 种类 -o 文件.xlsx [--year 年度] [--rows 行数]

新建空白的官方自评表。种类: fund 社会保险基金。

  --year 年度       表头的年度
  --rows 行数       在标准指标之外再加多少空行

例: perfeval-xl new fund --year 2025 -o 2025年自评表.xlsx
"""
KINDS = ("fund",)
_MOST_ROWS = 1000


def run(words: list[str]) -> int:
    """0 once the file is written; an existing file is never overwritten."""
    parser = Parser("new", HELP)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--year", type=int)
    parser.add_argument("--rows", type=int, default=0)
    options = parser.read(words)
    if options is None:
        return 0
    if not 0 <= options.rows <= _MOST_ROWS:
        parser.error(f"--rows 应在 0 到 {_MOST_ROWS} 之间")
    write_blank(options.kind, options.output, options.year, options.rows)
    print(f"已新建: {options.output}")
    print("请填写黄色单元格; 执行率、得分和合计会自动计算。")
    return 0


def write_blank(kind: str, output: str, year: int | None, rows: int) -> None:
    """Build and write the form; refuses to overwrite."""
    import os  # noqa: PLC0415 - only when a file is made

    from perfeval_xl.workbook.builder import build, form_named  # noqa: PLC0415 - drawing is heavy
    from perfeval_xl.workbook.case import blank_case  # noqa: PLC0415

    if os.path.exists(output):  # noqa: PTH110
        raise UnusableFile(f"{output}: 文件已存在, 请换一个文件名")
    form = form_named(kind)
    build(form, blank_case(form, year, rows), output)

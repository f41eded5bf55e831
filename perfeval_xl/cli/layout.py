"""命令 layout: what was recognised of an office's table, as text that can be mended and given back."""

from __future__ import annotations

from perfeval_xl.cli.options import options_of
from perfeval_xl.workbook.grid import UnusableFile

HELP = """
用法: perfeval-xl layout show 文件 [-o 版面.toml]

列出工具在这个文件里认出的自评表版面: 哪张工作表, 资金和指标各在哪几行、哪几列。认错的地方改正后存成文件,
以后用 check、score、report、adopt 的 --layout 版面.toml 照它读。

资金 [table.funds] 有两种写法, 只写一种:
  first_row、last_row 和 [table.funds.columns]   逐列: label 资金行的名称, initial_budget 年初预算数, budget 全年预算数,
                     executed 全年执行数, in_place 到位数, balance 结余, rate 执行率, weight 分值, score 得分, reason 原因
  rows = [{label = "B5", budget = "C5"}, …]      逐格: 清单式的资金, 名称和金额不成列时用
[table.funds.labels] 资金行另有叫法时说明它是什么: 左边是表里的叫法, 右边是官方表的叫法, 例如
  "本年投入" = "年度资金总额"
  "财政给的" = "其中：财政拨款"

例: perfeval-xl layout show 自评表.xlsx -o 版面.toml
    perfeval-xl check 自评表.xlsx --layout 版面.toml
"""


def run(words: list[str]) -> int:
    """0 once the layout is shown; an existing file is never overwritten."""
    options = options_of(words, HELP, ("output=",), least=2, most=2)
    if options is None:
        return 0
    if options.words[0] != "show":
        raise UnusableFile(f"layout 后面写 show, 不是「{options.words[0]}」; 加 --help 看用法")
    text = shown_layout(options.words[1])
    output = options.text("output")
    if output:
        _write(output, text)
        print(f"已写入: {output}")
    else:
        print(text, end="")
    return 0


def shown_layout(path: str) -> str:
    """The layout of a file; raises UnusableFile when it holds no table."""
    from perfeval_xl.workbook.layout.locate import find_tables  # noqa: PLC0415 - the help needs none of it
    from perfeval_xl.workbook.layout.taught_text import layout_text  # noqa: PLC0415
    from perfeval_xl.workbook.reading.reader import read_workbook  # noqa: PLC0415

    workbook = read_workbook(path)
    tables, unread = find_tables(workbook)
    if not tables:
        raise UnusableFile(f"{path}: {unread[0].reason if unread else '没有找到绩效自评表'}")
    return layout_text(workbook, tables) + "".join(f"# 没有读懂: {note.sheet} {note.cell} {note.reason}\n" for table in tables for note in table.unread)


def _write(path: str, text: str) -> None:
    import os  # noqa: PLC0415 - only with -o

    from perfeval_xl.workbook.opc.package_output import write_bytes  # noqa: PLC0415

    if os.path.exists(path):  # noqa: PTH110
        raise UnusableFile(f"{path}: 文件已存在, 请换一个文件名")
    write_bytes(path, text.encode("utf-8"))

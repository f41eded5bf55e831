"""命令 build: all workbooks from their sources."""

from __future__ import annotations

from perfeval_xl.cli.options import options_of

HELP = """
用法: perfeval-xl build [--output 文件夹]

由源文件生成全部工作簿、LibreOffice 扩展 perfeval.oxt 和清单; 同样的来源每次生成的文件逐字节相同。

  --output 文件夹   写到哪里, 默认是当前文件夹下的 workbooks

例: perfeval-xl build --output workbooks
"""


def run(words: list[str]) -> int:
    """0 once everything is built."""
    options = options_of(words, HELP, ("output=",), most=0)
    if options is None:
        return 0
    from perfeval_xl.workbook.building.manifest import MANIFEST, build_all, build_extension  # noqa: PLC0415 - drawing is heavy

    folder = options.text("output", "workbooks")
    for item in [*build_all(folder), build_extension(folder)]:
        print(f"{item.sha256[:12]}  {folder}/{item.path}")
    print(f"清单: {folder}/{MANIFEST}")
    return 0

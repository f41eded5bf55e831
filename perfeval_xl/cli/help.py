"""命令 help: the manual as a page of its own, with a picture of the workbook and the reference of the cell functions."""

from __future__ import annotations

from perfeval_xl.cli.options import options_of
from perfeval_xl.workbook.grid import UnusableFile

HELP = """
用法: perfeval-xl help [--html 网页]

列出全部命令; 加 --html 把使用手册写成一个网页 (一个文件, 不需要网络, 可打印)。

例: perfeval-xl help --html 使用手册.html
"""
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>绩效自评表 使用手册</title><style>
body {{ max-width: 52em; margin: 1.5em auto; padding: 0 1em; font: 16px/1.7 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; color: #222; }}
h1 {{ border-bottom: 2px solid #1f4e79; }} h2 {{ margin-top: 1.8em; color: #1f4e79; }}
table {{ border-collapse: collapse; width: 100%; }} td, th {{ border: 1px solid #bbb; padding: .35em .6em; text-align: left; vertical-align: top; }}
th {{ background: #d9e2f3; }} code {{ background: #f2f2f2; padding: 0 .25em; }} img {{ max-width: 100%; border: 1px solid #ccc; }}
@media print {{ body {{ max-width: none; margin: 0; }} h2 {{ break-after: avoid; }} tr {{ break-inside: avoid; }} }}
</style></head><body>
{body}
</body></html>
"""


def run(words: list[str]) -> int:
    """0 once the manual is written or the commands are listed."""
    options = options_of(words, HELP, ("html=",), most=0)
    if options is None:
        return 0
    target = options.text("html")
    if not target:
        from perfeval_xl.cli import overview  # noqa: PLC0415 - the package imports its commands by name

        print(overview())
        return 0
    write_manual(target)
    print(f"已写入: {target}")
    return 0


def write_manual(path: str) -> None:
    """使用手册 as one file; refuses to overwrite anything that is no page."""
    from perfeval_xl.workbook.opc.package_output import write_bytes  # noqa: PLC0415 - the help needs none of it

    if not path.lower().endswith((".html", ".htm")):
        raise UnusableFile(f"{path}: 网页的文件名要以 .html 结尾")
    write_bytes(path, manual_page().encode("utf-8"))


def manual_page() -> str:
    """The page: the manual's text, a picture after its first heading, everything inside one file."""
    import base64  # noqa: PLC0415 - only for the page
    from importlib import resources  # noqa: PLC0415

    from markdown_it import MarkdownIt  # noqa: PLC0415

    from perfeval_xl.workbook.building.manual import manual_text  # noqa: PLC0415
    from udfs.reference import functions  # noqa: PLC0415

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(manual_text(functions()))
    picture = base64.b64encode((resources.files("workbooks") / "pictures" / "bazhou-2023.png").read_bytes()).decode("ascii")
    image = f'<p><img alt="一张填好的自评表" src="data:image/png;base64,{picture}"></p>'
    return _PAGE.format(body=body.replace("</h1>", f"</h1>\n{image}", 1))

"""命令 adopt: an office's own workbook becomes a living one, and back."""

from __future__ import annotations

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.workbook.adoption.adopt import Adoption
    from perfeval_xl.workbook.adoption.undo import Return

HELP = """
用法: perfeval-xl adopt 官方文件.xlsx -o 新文件.xlsm [--replace] [--ruleset 编号] [--layout 版面] [--json]
      perfeval-xl adopt --undo 新文件.xlsm -o 原来的文件.xlsx [--json]

把单位自己的官方自评表变成会计算、能校验的工作簿: 原来的单元格、格式、图片、打印设置都不动, 只在该算出来的
空格 (执行率、得分、总分) 里填公式, 另加「评分规则」「校验结果」两张表和按钮。逐格列出改动了哪些单元格。
原文件不会改动; 新文件已存在时不覆盖。

  -o 新文件         写到哪里; .xlsm 带函数和按钮, .xlsx 只有内置公式
  --replace         已经填了数的计算格也换成公式 (文字不换, 由人评分的不换)
  --ruleset 编号    用哪一套评分办法; 不写时按表的种类和年度
  --layout 版面     照 layout show 写出、改正过的版面读表
  --undo            还原成采用前的官方文件: 后来没有填过的逐字节相同, 填过的只带回填的单元格
  --json            输出一个 JSON 文档

例: perfeval-xl adopt 自评表.xlsx -o 自评表.xlsm
    perfeval-xl adopt --undo 自评表.xlsm -o 自评表_原样.xlsx
"""


def run(words: list[str]) -> int:
    """0 once the file is written; an existing file is never overwritten."""
    options = options_of(words, HELP, ("output=", "ruleset=", "layout=", "replace", "undo", "json"), least=1, most=1)
    if options is None:
        return 0
    path, output = options.words[0], options.text("output")
    if not output:
        raise UnusableFile("请用 -o 写明新文件的名字, 例如 -o 自评表.xlsm")
    if options.has("undo"):
        if any(options.has(name) for name in ("replace", "ruleset", "layout")):
            raise UnusableFile("--undo 不能和 --replace、--ruleset、--layout 一起用")
        return _undo(path, output, as_json=options.has("json"))
    asked = (options.text("ruleset"), options.text("layout"))
    return _adopt(path, output, asked, replace=options.has("replace"), as_json=options.has("json"))


def _adopt(path: str, output: str, asked: tuple[str, str], *, replace: bool, as_json: bool) -> int:
    from perfeval_xl.workbook.adoption.adopt import adopt  # noqa: PLC0415 - drawing is heavy

    adoption = adopt(path, output, ruleset=asked[0], layout=asked[1], replace=replace)
    if as_json:
        _print_json(_adoption_document(path, output, adoption))
    else:
        print("\n".join(_adoption_lines(output, adoption)))
    return 0


def _undo(path: str, output: str, *, as_json: bool) -> int:
    from perfeval_xl.workbook.adoption.undo import undo  # noqa: PLC0415 - brings in base64 and its kin

    returned = undo(path, output)
    if as_json:
        _print_json(_return_document(path, output, returned))
    else:
        print("\n".join(_return_lines(output, returned)))
    return 0


def _adoption_lines(output: str, adoption: Adoption) -> list[str]:
    lines = [f"已写出: {output}", f"填入公式 {len(adoption.touched)} 格, 其余单元格没有动。"]
    for touch in adoption.touched:
        was = f"原来是 {touch.was}, " if touch.was else ""
        shown = touch.value if isinstance(touch.value, str) else f"{touch.value:.15g}"
        look = f", 数字格式改为 {touch.number_format}" if touch.number_format else ""
        lines.append(f"  {touch.sheet} {touch.cell} {touch.field}「{touch.item}」: {was}现在算出 {shown or '空白'}{look}")
    reasons: dict[tuple[str, str], list[str]] = {}
    for kept in adoption.kept:
        reasons.setdefault((kept.reason, kept.sheet), []).append(kept.cell)
    lines += ["没有填公式的计算格:"] if reasons else []
    lines += [f"  {reason}: {sheet} {'、'.join(cells)}" for (reason, sheet), cells in reasons.items()]
    lines += [f"注意: {note}" for note in adoption.notes]
    named = f"评分办法 {adoption.ruleset}" if adoption.ruleset else "评分办法按各表的种类和年度"
    return [*lines, f"{named}; 按钮在「校验结果」表上; 要回到原来的文件请用 adopt --undo。"]


def _adoption_document(path: str, output: str, adoption: Adoption) -> dict[str, Any]:
    return {
        "file": path,
        "output": output,
        "ruleset": adoption.ruleset or None,
        "cells": [{**touch._asdict(), "was": touch.was or None, "number_format": touch.number_format or None} for touch in adoption.touched],
        "kept": [kept._asdict() for kept in adoption.kept],
        "notes": adoption.notes,
    }


def _return_lines(output: str, returned: Return) -> list[str]:
    lines = [f"已写出: {output}"]
    if not returned.typed:
        lines.append("采用后没有填过别的内容, 和原来的官方文件逐字节相同。")
    else:
        lines.append(f"采用后填过 {len(returned.typed)} 格, 已填进原来的官方文件, 其余部分没有动:")
        lines += [f"  {item.label}: {item.was or '空白'} → {item.shown or '空白'}" for item in returned.typed]
    return lines + [f"注意: {note}" for note in returned.notes]


def _return_document(path: str, output: str, returned: Return) -> dict[str, Any]:
    cells = [{"sheet": item.sheet, "cell": item.address, "was": item.was or None, "is": item.shown or None} for item in returned.typed]
    return {"file": path, "output": output, "unchanged": not cells, "cells": cells, "notes": returned.notes}


def _print_json(document: dict[str, Any]) -> None:
    from perfeval_xl.cli.document import print_json  # noqa: PLC0415 - only with --json

    print_json(document)

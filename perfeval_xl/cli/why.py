"""命令 why: how a computed cell came about, or what any other cell is."""

from __future__ import annotations

from perfeval_xl.cli.document import print_json
from perfeval_xl.cli.options import options_of
from perfeval_xl.core.cell_account import account_of
from perfeval_xl.core.derivation import LABEL, TYPED, Derivation
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import address, place
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.figure_account import figure_account
from perfeval_xl.workbook.grid import RULE_SHEET, UnusableFile

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.derivation import Input
    from perfeval_xl.workbook.examination import Examined
    from perfeval_xl.workbook.grid import Sheet

HELP = """
用法: perfeval-xl why 文件 单元格 [--ruleset 编号] [--json]

说明一个单元格的数是怎样算出来的: 用到哪些单元格、怎样读的、单位怎样换算、按哪条规则、依据和算式。
单元格写成 H18, 有几张表时写成 自评表!H18。执行率、得分、总分、等级、取自基础数据的完成值和
评分规则表上的偏差都能说明;
填报的单元格说明它是什么。

  --ruleset 编号    用哪一套评分办法 (或一个 .toml 文件)
  --json            输出一个 JSON 文档

例: perfeval-xl why 自评表.xlsx H18
    perfeval-xl why 自评表.xlsx 评分规则!I18
"""
_KINDS = {"computed": "算出", "judged": "人工评定", "typed": "填报", "label": "文字"}


def run(words: list[str]) -> int:
    """0 once the cell is explained; a cell that is none, or holds nothing, is exit code 2 with a sentence."""
    options = options_of(words, HELP, ("ruleset=", "json"), least=2, most=2)
    if options is None:
        return 0
    path, wanted = options.words
    asked_sheet, cell = named_cell(wanted)
    result = examined(path, options.text("ruleset"))
    sheet = _sheet(result, asked_sheet, cell)
    found = explained_cell(result, sheet, _first_of_merge(sheet, cell))
    if options.has("json"):
        print_json(why_document(path, sheet.name, found))
    else:
        print(why_text(sheet.name, found))
    return 0


def named_cell(text: str) -> tuple[str, str]:
    """工作表名 ("" when not given) and the address, as a clerk writes them; UnusableFile for anything else.

    >>> named_cell("h18"), named_cell("'自评表 (2)'!$H$18"), named_cell("自评表！Ｈ18")
    (('', 'H18'), ('自评表 (2)', 'H18'), ('自评表', 'H18'))
    """
    import unicodedata  # noqa: PLC0415 - only for this command

    sheet, mark, cell = text.replace("！", "!").rpartition("!")
    spot = place(unicodedata.normalize("NFKC", cell).strip().upper())
    if spot is None or (mark and not sheet.strip()):
        raise UnusableFile(f"「{text}」不是单元格地址, 请写成 H18 或 自评表!H18")
    name = sheet.strip()
    if len(name) > 1 and name[0] == name[-1] == "'":
        name = name[1:-1].replace("''", "'")
    return name, address(*spot)


def _sheet(result: Examined, wanted: str, cell: str) -> Sheet:
    """The sheet asked for; without one the table that has this cell, else the first table's."""
    sheets = {sheet.name.casefold(): sheet for sheet in result.workbook.sheets}
    if wanted:
        found = sheets.get(wanted.casefold())
        if found is None:
            names = "、".join(sheet.name for sheet in result.workbook.sheets if sheet.state != "veryHidden")
            raise UnusableFile(f"没有工作表「{wanted}」, 这个文件里有: {names}")
        return found
    homes = [sheets[assessment.table.sheet.casefold()] for assessment in result.assessments]
    for home, assessment in zip(homes, result.assessments, strict=True):
        if account_of(assessment, _first_of_merge(home, cell)):
            return home
    return homes[0]


def _first_of_merge(sheet: Sheet, cell: str) -> str:
    row, column = place(cell) or (0, 0)
    covering = [
        address(area.first_row, area.first_column)
        for area in sheet.merges
        if area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column
    ]
    return covering[0] if covering else cell


def explained_cell(result: Examined, sheet: Sheet, cell: str) -> Derivation:
    """The derivation of a cell of any sheet; UnusableFile where there is nothing to explain."""
    for assessment in result.assessments:
        name = cell if assessment.table.sheet == sheet.name else f"{sheet.name}!{cell}"
        found = figure_account(assessment, result.workbook, name) or account_of(assessment, name)
        if found is not None:
            return found._replace(cell=cell)
    if sheet.name == RULE_SHEET:
        from perfeval_xl.workbook.rule_account import rule_account  # noqa: PLC0415 - only for cells of that sheet

        ruled = next((assessment for assessment in result.assessments if assessment.table.ruleset), None)
        found = rule_account(ruled, cell) if ruled else None
        if found is not None:
            return found
    return _outside(sheet, cell, result.assessments)


def _outside(sheet: Sheet, cell: str, assessments: tuple[Assessment, ...]) -> Derivation:
    held = sheet.cells.get(place(cell) or (0, 0))
    if held is None or (held.value is None and not held.formula):
        example = next((r.indicator.written_score.cell for r in assessments[0].indicators if r.indicator.written_score.exists), "H18")
        raise UnusableFile(f"{sheet.name}!{cell} 是空白单元格, 不属于表中任何一栏; 请给有内容的单元格, 例如 {assessments[0].table.sheet}!{example}")
    text = str(held.value if held.value is not None else "")
    if held.formula:
        sentence = f"表里自己的公式 ={held.formula}, 现在的结果是「{text}」; 它不由本工具计算, 校验时按填报的内容看"
    else:
        sentence = f"表上的内容「{' '.join(text.split())}」, 不是算出来的, 也不参与计算"
    return Derivation(cell, "表上的内容", "", TYPED if held.formula else LABEL, sentence, written=text)


def why_text(sheet: str, found: Derivation) -> str:
    """What a person reads in the terminal."""
    lines = [" · ".join(part for part in (f"{sheet}!{found.cell}", found.what, found.item, _KINDS[found.kind]) if part), f"  {found.sentence}"]
    if found.inputs:
        lines += ["用到的单元格:", *(f"  {input_text(each)}" for each in found.inputs)]
    lines += [f"规则: {found.rule} — {found.meaning}"] if found.rule else []
    lines += [f"依据: {found.basis}"] if found.basis else []
    if found.steps:
        lines += ["算式:", *(f"  {number}. {step}" for number, step in enumerate(found.steps, 1))]
    lines += [_verdict(found)] if found.result else []
    return "\n".join(lines)


def input_text(each: Input) -> str:
    """One input on one line."""
    parts = [f"{each.name} {each.cell}".strip(), each.text]
    parts += [f"读作: {each.reading}"] if each.reading else []
    parts += [f"印出的数代表 {each.stands_for}"] if each.stands_for else []
    return "  ".join(parts)


def _verdict(found: Derivation) -> str:
    if not found.written:
        return f"结果: {found.result}"
    said = {True: "相符", False: "不符, 请核对", None: "无法比较"}[found.agrees]
    return f"结果: 算出 {found.result}, 表上是 {found.written}, {said}"


def why_document(path: str, sheet: str, found: Derivation) -> dict[str, Any]:
    """``why --json``."""
    inputs = [
        {"name": i.name, "cell": i.cell or None, "text": i.text, "reading": i.reading or None, "stands_for": i.stands_for or None}
        for i in found.inputs
    ]
    return {
        "file": path, "sheet": sheet, "cell": found.cell, "kind": found.kind, "what": found.what, "item": found.item or None,
        "sentence": found.sentence, "inputs": inputs, "rule": found.rule or None, "rule_meaning": found.meaning or None,
        "basis": found.basis or None, "steps": list(found.steps), "computed": found.result or None, "written": found.written or None,
        "agrees": found.agrees,
    }  # fmt: skip

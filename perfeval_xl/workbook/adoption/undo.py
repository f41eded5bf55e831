"""还原: the office's own file back out of a living workbook, with what was typed since put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.adoption.added_styles import AddedStyles
from perfeval_xl.workbook.adoption.form_sheet import Entry, FormSheet
from perfeval_xl.workbook.adoption.living_package import LivingPackage
from perfeval_xl.workbook.adoption.original import kept_original
from perfeval_xl.workbook.adoption.refusals import demand_new_file
from perfeval_xl.workbook.adoption.typed_since import Typed, typed_since
from perfeval_xl.workbook.adoption.workbook_part import with_sheets
from perfeval_xl.workbook.grid import CALC_SHEET, RESULT_SHEET, RULE_SHEET, Cell, UnusableFile
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.opc.package_output import write_bytes
from perfeval_xl.workbook.reading.reader import file_bytes
from perfeval_xl.workbook.reading.sniff import OOXML, verdict
from perfeval_xl.workbook.reading.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.workbook.adoption.form_sheet import Place
    from perfeval_xl.workbook.grid import Workbook

_OURS = (RULE_SHEET, RESULT_SHEET, CALC_SHEET)
_NOT_ADOPTED = "这不是用 adopt 采用过的工作簿, 没有什么可以还原。"
_LOST = (
    "工作簿里没有采用前的原件, 不能还原: 它不是用 adopt 采用来的, 或者被 WPS、LibreOffice 另存时去掉了原件。"
    "请直接使用采用前的官方文件, 把之后填的数抄进去。"
)


class Return(Record):
    """还原的结果. ``typed``: the cells that differ from the office's file; empty means it came back byte for byte."""

    typed: list[Typed]
    notes: list[str]
    data: bytes


def undo(path: str, output: str) -> Return:
    """Write the office's file to ``output``, which must not exist.

    Raises UnusableFile with one sentence where the workbook holds no original, or rows and columns no longer fit.
    """
    returned = restored(path)
    suffix = ".xlsm" if b"macroEnabled" in Package(returned.data).read("[Content_Types].xml") else ".xlsx"
    demand_new_file(output, (suffix,))
    write_bytes(output, returned.data)
    return returned


def restored(path: str) -> Return:
    """The same without writing."""
    data = file_bytes(path)
    kind, sentence = verdict(data)
    if kind != OOXML:
        raise UnusableFile(sentence or _NOT_ADOPTED)
    living = read_xlsx(path, data)
    original = kept_original(Package(data))
    if original is None:
        has_ours = any(sheet.name == RULE_SHEET for sheet in living.sheets) and any(sheet.name == CALC_SHEET for sheet in living.sheets)
        raise UnusableFile(_LOST if has_ours else _NOT_ADOPTED)
    former = read_xlsx(path, original)
    typed = typed_since(former, living)
    return Return(typed, _notes(former, living), _patched(original, typed) if typed else original)


def _notes(former: Workbook, living: Workbook) -> list[str]:
    before, now = ([sheet.name for sheet in book.sheets] for book in (former, living))
    gone = [f"工作表「{name}」后来改名或删除了, 按采用前的样子还原" for name in before if name not in now]
    return gone + [f"工作表「{name}」是采用后加的, 没有带回" for name in now if name not in before and name not in _OURS]


def _patched(original: bytes, typed: list[Typed]) -> bytes:
    """The office's parts with these cells written anew."""
    package = LivingPackage(original)
    found = package.related("styles")
    styles = AddedStyles(package.read(found[1].target)) if found else None
    parts = package.worksheets()
    for name in dict.fromkeys(item.sheet for item in typed):
        changes = {item.place: item.cell for item in typed if item.sheet == name}
        sheet = FormSheet(package.pieces(parts[name]), max(row for row, _ in changes))
        formats = {item.place: item.number_format for item in typed if item.sheet == name}
        package.write_pieces(parts[name], sheet.changed(_entries(sheet, changes, styles, formats)))
    if found and styles:
        package.write(found[1].target, styles.part())
    chain = package.related("calcChain")
    if chain is not None and any(item.is_formula for item in typed):
        package.remove(chain[1].target)
        package.unlink(chain[0])
    package.write(package.workbook, with_sheets(package.read(package.workbook), (), (), ""))
    return package.data()


def _entries(
    sheet: FormSheet, changes: Mapping[Place, Cell | None], styles: AddedStyles | None, formats: Mapping[Place, str]
) -> dict[Place, Entry]:
    entries = {}
    for spot, cell in changes.items():
        style, code = sheet.style(spot), formats[spot]
        if styles is not None and code and styles.code_of(style) != code:
            style = styles.with_number_format(style, code)
        entries[spot] = Entry(None, "", style) if cell is None else Entry(cell.value, cell.formula, style)
    return entries


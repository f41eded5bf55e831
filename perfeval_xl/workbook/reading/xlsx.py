"""xlsx 与 xlsm: a workbook package read sparsely, in both editions of the standard, nothing trusted."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.grid import FIGURE_SHEET, RULE_SHEET, UNREAD_SHEETS, Sheet, Workbook
from perfeval_xl.workbook.opc.package import MOST_STREAMED_BYTES, Package
from perfeval_xl.workbook.opc.relationships import relationships, workbook_part
from perfeval_xl.workbook.reading.cell_formats import cell_formats
from perfeval_xl.workbook.reading.cell_value import decoders
from perfeval_xl.workbook.reading.merged_areas import uncover
from perfeval_xl.workbook.reading.outline import Outline
from perfeval_xl.workbook.reading.row_blocks import feed_worksheet
from perfeval_xl.workbook.reading.texts import shared_texts
from perfeval_xl.workbook.reading.worksheet import Budget, WorksheetContent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.workbook.opc.relationships import Relationship

    Label = tuple[str, str, Relationship | None]
    Found = tuple[Sheet | None, list[Unread]]

MOST_SHEET_CELLS = 200_000
_MACRO_KINDS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")
_OTHER_KINDS = {
    "chartsheet": "图表工作表，里面没有单元格，没有读取。",
    "dialogsheet": "对话框工作表，没有读取。",
    "xlMacrosheet": "旧式宏工作表，没有读取。",
    "xlIntlMacrosheet": "旧式宏工作表，没有读取。",
}
_MISSING = "文件里缺少这个工作表的内容，没有读取。"
_TOO_BIG = "这个工作表展开后超过 256 MB，没有读取。请把需要的表格复制到新工作簿后另存。"
_TOO_MUCH = "工作簿内容太多，这个工作表没有读取。请只保留需要上报的表格。"


def read_xlsx(path: str, data: bytes) -> Workbook:
    """读 xlsx 或 xlsm; what is left out is named in ``unread``.

    Raises UnusableFile when the file is damaged, hostile or beyond the limits.
    """
    return read_package(path, Package(data))


def read_package(path: str, package: Package, names: tuple[str, ...] = ()) -> Workbook:
    """The same for a package that has been opened; of its sheets those of these names alone where any are given."""
    part = workbook_part(package)
    links = relationships(package, part)
    outline = Outline(package, part)
    reader = _Sheets(package, links, date1904=outline.date1904)
    found = reader.read_all([(name, state, links.get(link)) for name, state, link in outline.sheets if not names or name in names])
    return Workbook(
        path, tuple(sheet for sheet, _ in found if sheet), outline.date1904,
        has_macros=any(link.kind in _MACRO_KINDS for link in links.values()),
        defined_names=outline.names, unread=tuple(place for _, unread in found for place in unread),
    )


_TYPED_END = {RULE_SHEET: "C", FIGURE_SHEET: "C"}     # on our own sheets what stands behind is computed or explains


class _Sheets:
    """The worksheets of one package, read with its shared texts, its formats and one budget."""

    def __init__(self, package: Package, links: dict[str, Relationship], *, date1904: bool) -> None:
        self._package, self._budget = package, Budget()
        parts = {link.kind: link.target for link in links.values() if package.find(link.target)}
        texts = shared_texts(package, parts["sharedStrings"]) if "sharedStrings" in parts else []
        self._decoders = decoders(texts, date1904=date1904)
        self._formats: Mapping[str, str] = cell_formats(package, parts["styles"]) if "styles" in parts else {}

    def read_all(self, labels: list[Label]) -> list[Found]:
        """In workbook order, but read small ones first: a form must not starve behind a sheet of raw data."""
        order = sorted(range(len(labels)), key=lambda index: self._size(labels[index]))
        found = {index: self._read(*labels[index]) for index in order}
        return [found[index] for index in range(len(labels))]

    def _size(self, label: Label) -> int:
        member = self._package.find(label[2].target) if label[2] else None
        return member.size if member else 0

    def _read(self, name: str, state: str, link: Relationship | None) -> Found:
        refusal = self._refusal(link)
        if refusal or link is None:
            return None, [Unread(name, "", refusal)]
        if name in UNREAD_SHEETS:
            return Sheet(name, state, {}, part=link.target), []
        content = WorksheetContent(self._decoders, self._formats, min(self._budget.cells, MOST_SHEET_CELLS))
        content.last_letter = _TYPED_END.get(name, content.last_letter)
        feed_worksheet(content, self._package, link.target, self._budget)
        content.finish()
        self._budget.cells -= len(content.cells)
        unread = content.left_out(name) + uncover(name, content.cells, content.merges)
        hidden = frozenset(content.hidden_rows), frozenset(content.hidden_columns)
        return Sheet(name, state, content.cells, tuple(content.merges), *hidden, link.target), unread

    def _refusal(self, link: Relationship | None) -> str:
        member = self._package.find(link.target) if link else None
        if link is None or member is None:
            return _MISSING
        if link.kind != "worksheet":
            return _OTHER_KINDS.get(link.kind, "不是普通工作表，没有读取。")
        if self._budget.cells <= 0 or self._budget.parsed_bytes <= 0:
            return _TOO_MUCH
        return _TOO_BIG if member.size > MOST_STREAMED_BYTES else ""

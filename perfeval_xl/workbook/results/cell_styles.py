"""单元格样式: the closed set our own sheets use, added to the styles a workbook already has."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.opc.splice import Tree, appended, spliced

if TYPE_CHECKING:
    from perfeval_xl.workbook.opc.splice import Edit

_FONT = '<name val="宋体"/><charset val="134"/>'
_SIZE = '<sz val="10"/>'
_PLAIN_FONT = f"<font>{_SIZE}{_FONT}</font>"
_NO_FILL = '<fill><patternFill patternType="none"/></fill>'
_NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_THIN = "".join(f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>' for side in ("left", "right", "top", "bottom"))
_BORDER = f"<border>{_THIN}<diagonal/></border>"
_WRAP = '<alignment vertical="center" wrapText="1"/>'
_CENTRE = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
_ONE_LINE = '<alignment vertical="center"/>'
_UNLOCKED = '<protection locked="0"/>'


def _font(colour: str = "", *, bold: bool = False, underlined: bool = False, size: str = _SIZE) -> str:
    paint = f'<color rgb="FF{colour}"/>' if colour else ""
    return f"<font>{'<b/>' * bold}{'<u/>' * underlined}{size}{paint}{_FONT}</font>"


def _fill(colour: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill></fill>'


class Style(Record):
    """一种样式, as the pieces of SpreadsheetML it is made of."""

    font: str = _PLAIN_FONT
    fill: str = _NO_FILL
    border: str = _BORDER
    detail: str = _WRAP
    number_format: int = 0

    @property
    def is_wrapped(self) -> bool:
        return "wrapText" in self.detail


STYLES = {
    "text": Style(),
    "number": Style(detail=_ONE_LINE),
    "title": Style(font=_font(bold=True, size='<sz val="16"/>'), border=_NO_BORDER, detail=_ONE_LINE),
    "counts": Style(font=_font(bold=True), border=_NO_BORDER, detail=_ONE_LINE),
    "header": Style(font=_font(bold=True), fill=_fill("D9E2F3"), detail=_CENTRE),
    "error": Style(font=_font("C00000", bold=True), detail=_CENTRE),
    "explain": Style(font=_font("9C5700", bold=True), detail=_CENTRE),
    "hint": Style(font=_font("1F4E79"), detail=_CENTRE),
    "link": Style(font=_font("0563C1", underlined=True)),
    "body": Style(border=_NO_BORDER),
    "centred": Style(border=_NO_BORDER, detail=_CENTRE),
    "place": Style(font=_font("0563C1", underlined=True), border=_NO_BORDER),
    "typed": Style(border=_NO_BORDER, detail=_WRAP + _UNLOCKED),
    "jump": Style(font=_font("0563C1", underlined=True), border=_NO_BORDER, detail=_ONE_LINE),
    "mark": Style(font=_font("FFFFFF"), border=_NO_BORDER, detail=_ONE_LINE),
    "input": Style(fill=_fill("FFF9DB"), detail=_WRAP + _UNLOCKED),
}
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
FIRST_ITEMS = {"fonts": [_PLAIN_FONT], "fills": [_NO_FILL, '<fill><patternFill patternType="gray125"/></fill>'],
          "borders": [_NO_BORDER], "dxfs": [], "cellXfs": ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']}
LEAST_STYLES = (
    f'<fonts count="1">{_PLAIN_FONT}</fonts><fills count="2">{"".join(FIRST_ITEMS["fills"])}</fills>'
    f'<borders count="1">{_NO_BORDER}</borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)


class StyleSheet:
    """工作簿的样式表: finds or adds the styles asked for; what was there stays byte for byte where it was."""

    def __init__(self, data: bytes) -> None:
        self._tree = Tree(data, depth=2)
        self._boxes = {child.local: child for child in self._tree.root.children if child.local in _ORDER}
        self._items = {name: [self._tree.outer(item) for item in box.children] for name, box in self._boxes.items()}
        self._before = {name: len(items) for name, items in self._items.items()}

    def index(self, name: str, guarded: bool) -> int:
        """样式号 of a style in ``STYLES``; ``guarded`` keeps a text from becoming a formula when edited."""
        style = STYLES[name]
        font, fill, border = self._item("fonts", style.font), self._item("fills", style.fill), self._item("borders", style.border)
        base = ' xfId="0"' if self._items.get("cellStyleXfs") else ""
        quote = ' quotePrefix="1"' if guarded else ""
        applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"'
        numbers = f'numFmtId="{style.number_format}" fontId="{font}" fillId="{fill}" borderId="{border}"'
        return self._item("cellXfs", f"<xf {numbers}{base}{quote} {applied}>{style.detail}</xf>")

    def difference(self, font: str, fill: str, *, is_bold: bool) -> int:
        """条件格式号 of a look laid over a cell's own, thin borders included; colours as RRGGBB, "" for none."""
        paint = f'<color rgb="FF{font}"/>' if font else ""
        pieces = [f"<font>{'<b/>' * is_bold}{paint}</font>"] if font or is_bold else []
        pieces += [f'<fill><patternFill patternType="solid"><fgColor rgb="FF{fill}"/><bgColor rgb="FF{fill}"/></patternFill></fill>'] if fill else []
        return self._item("dxfs", f"<dxf>{''.join(pieces)}<border>{_THIN}</border></dxf>")

    def part(self) -> bytes:
        """The changed part; the same bytes when nothing had to be added."""
        edits: list[Edit] = []
        for name, items in self._items.items():
            box = self._boxes.get(name)
            if box is None:
                edits.append(self._new_box(name, items))
            elif len(items) > self._before[name]:
                edits += appended(self._tree, box, b"".join(items[self._before[name]:]), len(items))
        return spliced(self._tree.data, edits)

    def _item(self, box: str, markup: str) -> int:
        full = self._prefixed(markup)
        if box not in self._items:
            self._items[box] = [self._prefixed(first) for first in FIRST_ITEMS[box]]
        items = self._items[box]
        if full not in items:
            items.append(full)
        return items.index(full)

    def _prefixed(self, markup: str) -> bytes:
        prefix = self._tree.prefix
        return markup.replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}").encode()

    def _new_box(self, name: str, items: list[bytes]) -> Edit:
        """A container the part has not got, after those that come before it in the standard's order."""
        earlier = [self._boxes[other] for other in _ORDER[:_ORDER.index(name)] if other in self._boxes]
        place = max((box.end for box in earlier), default=self._tree.root.inner_start)
        full = f"{self._tree.prefix}{name}"
        return place, place, f'<{full} count="{len(items)}">'.encode() + b"".join(items) + f"</{full}>".encode()

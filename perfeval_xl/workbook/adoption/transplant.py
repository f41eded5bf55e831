"""移植工作表: sheets drawn in a workbook of our own become parts of the office's, styles and texts with them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from perfeval_xl.workbook.adoption.own_pages import CODE_NAMES
from perfeval_xl.workbook.adoption.workbook_part import NewName
from perfeval_xl.workbook.grid import CALC_SHEET
from perfeval_xl.workbook.opc.markup import resolved
from perfeval_xl.workbook.opc.relationships import relationships, workbook_part
from perfeval_xl.workbook.opc.splice import Tree

if TYPE_CHECKING:
    from perfeval_xl.workbook.adoption.added_styles import AddedStyles
    from perfeval_xl.workbook.adoption.calculation_page import CalculationRows
    from perfeval_xl.workbook.adoption.living_package import LivingPackage
    from perfeval_xl.workbook.adoption.own_pages import OwnPages

_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MAIN, _LINKS = (f"http://schemas.openxmlformats.org/{name}" for name in ("spreadsheetml/2006/main", "officeDocument/2006/relationships"))
_STRICT_MAIN, _STRICT_LINKS = (f"http://purl.oclc.org/ooxml/{name}" for name in ("spreadsheetml/main", "officeDocument/relationships"))
_STYLED = re.compile(rb'(<(?:c|row|col)\b[^>]*?\s(?:s|style)=")(\d+)(")')
_MARKED = re.compile(rb'(\sdxfId=")(\d+)(")')
_SHARED = re.compile(rb'(<c\b[^>]*?) t="s"><v>(\d+)</v></c>')


def transplanted(pages: OwnPages, package: LivingPackage, styles: AddedStyles) -> dict[str, str]:
    """Put every page into the package; returns sheet name → part name. The workbook part is not told here."""
    source = _Source(pages, styles.__class__)
    is_strict = _STRICT_MAIN.encode() in package.read(package.workbook)[:4000]
    folder = package.workbook.rpartition("/")[0]
    base = f"{folder}/" if folder else ""
    parts = {}
    for sheet in CODE_NAMES:
        part = package.free_name(f"{base}worksheets/sheet{{}}.xml")
        data = source.page(sheet, styles)
        if is_strict:
            data = data.replace(_MAIN.encode(), _STRICT_MAIN.encode()).replace(_LINKS.encode(), _STRICT_LINKS.encode())
        package.add(part, data, _WORKSHEET_TYPE)
        drawing = pages.related(sheet, "vmlDrawing")
        if drawing:
            target = package.free_name(f"{base}drawings/vmlDrawing{{}}.vml")
            package.add(target, pages.package.read(drawing), _VML_TYPE)
            package.relate(part, "vmlDrawing", target)      # the first relationship of a new part is rId1, as drawn
        parts[sheet] = part
    return parts


def drawn_names(pages: OwnPages) -> list[NewName]:
    """名称 that came with the pages: print titles, filters, the list of marks."""
    tree = Tree(pages.package.read(workbook_part(pages.package)), depth=2)
    box = tree.root.find("definedNames")
    sheets = list(CODE_NAMES)
    found = []
    for name in box.children if box else ():
        place = name.attributes.get("localSheetId")
        text = tree.data[name.inner_start : name.inner_end].decode()
        is_hidden = name.attributes.get("hidden") == "1"
        found.append(NewName(name.attributes["name"], resolved(text), sheets[int(place)] if place else "", is_hidden))
    return found


class _Source:
    """The drawn workbook: its texts and styles."""

    def __init__(self, pages: OwnPages, reader: type[AddedStyles]) -> None:
        self._pages, package = pages, pages.package
        links = {link.kind: link.target for link in relationships(package, workbook_part(package)).values()}
        self._styles = reader(package.read(links["styles"]))
        tree = Tree(package.read(links["sharedStrings"]), depth=1)
        self._texts = [tree.data[item.inner_start : item.inner_end] for item in tree.root.children]

    def page(self, sheet: str, styles: AddedStyles) -> bytes:
        data = self._pages.package.read(self._pages.parts[sheet])
        data = _SHARED.sub(lambda match: match[1] + b' t="inlineStr"><is>' + self._texts[int(match[2])] + b"</is></c>", data)
        looks = cache(lambda number: styles.adopted(self._styles, number))
        marks = cache(lambda number: styles.adopted_mark(self._styles, number))
        data = _STYLED.sub(lambda match: match[1] + b"%d" % looks(int(match[2])) + match[3], data)
        data = _MARKED.sub(lambda match: match[1] + b"%d" % marks(int(match[2])) + match[3], data)
        return _with_rows(data, self._pages.calculation) if sheet == CALC_SHEET else data


def _with_rows(page: bytes, rows: CalculationRows) -> bytes:
    """A page that was drawn empty, with these rows."""
    if not rows.area:
        return page
    area = b'<dimension ref="%s"/>' % rows.area.encode()
    return page.replace(b'<dimension ref="A1"/>', area).replace(b"<sheetData/>", b"<sheetData>" + rows.markup + b"</sheetData>")

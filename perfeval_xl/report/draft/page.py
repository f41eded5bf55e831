"""公文版面: A4 with the margins, fonts and page numbers of official documents, as styles of a Word document."""

from __future__ import annotations

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from typing import Any

    from docx.document import Document as WordDocument

TITLE, CHAPTER, SECTION, ITEM, CELL, CAPTION, BODY = "Title", "Heading 1", "Heading 2", "Heading 3", "Table Text", "Caption", "Normal"
_SERIF, _SONG, _HEI, _KAI, _FANG = "Times New Roman", "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_FALLBACKS = {
    _SONG: "小标宋,宋体,SimSun,Noto Serif CJK SC", _HEI: "SimHei,Noto Sans CJK SC", _KAI: "楷体,KaiTi,Noto Serif CJK SC",
    _FANG: "仿宋,FangSong,Noto Serif CJK SC",
}  # fmt: skip
_LINE, _TWO_CHARACTERS = Pt(28), "200"


class Look(Record):
    """字体字号 of a style. ``indented``: the first line begins two characters in."""

    style: str
    font: str
    size: float
    bold: bool = False
    centred: bool = False
    indented: bool = True


_LOOKS = (
    Look(BODY, _FANG, 16),
    Look(TITLE, _SONG, 22, centred=True, indented=False),
    Look(CHAPTER, _HEI, 16),
    Look(SECTION, _KAI, 16),
    Look(ITEM, _FANG, 16, bold=True),
    Look(CAPTION, _HEI, 14, centred=True, indented=False),
    Look(CELL, _FANG, 14, centred=True, indented=False),
)


def official_document() -> WordDocument:
    """空白公文: page, styles, fonts and page numbers, without a trace of who or what made it."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    document.styles.add_style(CELL, 1).base_style = document.styles[BODY]
    for look in _LOOKS:
        _dress(document.styles[look.style], look)
    _number_pages(section.footer.paragraphs[0])
    _name_fallbacks(document)
    _without_traces(document)
    return document


def _dress(style: Any, look: Look) -> None:
    style.font.size, style.font.bold, style.font.italic, style.font.color.rgb = Pt(look.size), look.bold, False, RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script, name in (("ascii", _SERIF), ("hAnsi", _SERIF), ("cs", _SERIF), ("eastAsia", look.font)):
        fonts.set(qn(f"w:{script}"), name)
    for spacing in properties.findall(qn("w:spacing")) + properties.findall(qn("w:kern")):
        properties.remove(spacing)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(24) if look.style == CELL else _LINE
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    settings = style.element.get_or_add_pPr()
    for border in settings.findall(qn("w:pBdr")):
        settings.remove(border)
    indent = settings.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), _TWO_CHARACTERS if look.indented else "0")
    indent.set(qn("w:firstLine"), str(int(look.size * 40)) if look.indented else "0")


def _number_pages(paragraph: Any) -> None:
    """— 1 — in the middle of the foot."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Pt(0)
    for text in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if text == "PAGE" else text)
        run.font.size = Pt(14)
        run.font.name = "宋体"
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")  # noqa: SLF001 - python-docx has no other way
        if text == "PAGE":
            for kind in ("begin", "", "end"):
                run._element.append(_field(kind))  # noqa: SLF001


def _field(kind: str) -> Any:
    if not kind:
        instruction = OxmlElement("w:instrText")
        instruction.text = " PAGE "
        return instruction
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _name_fallbacks(document: WordDocument) -> None:
    """Other names under which a PC may have the fonts of official documents."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>' for name, others in _FALLBACKS.items()
    )
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = (  # noqa: SLF001 - a part without a class of its own is bytes
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{fonts}</w:fonts>'
    ).encode()


def _without_traces(document: WordDocument) -> None:
    package = document.part.package
    for key in [key for key, relation in package.rels.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]

"""图形和批注: pictures travel along, without macros, links to elsewhere and names of people."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.submission.links import Link, drop_links
from perfeval_xl.workbook.opc.relationships import relationships

if TYPE_CHECKING:
    from perfeval_xl.workbook.opc.package_edit import PackageEdit

SAFE_TARGETS = ("http://", "https://", "mailto:")
_ATTRIBUTE = rb"""\s%s\s*=\s*(["'])[^"']*\1"""


def is_unsafe(link: Link) -> bool:
    """通到别的文件的关系; links to the web and to mail stay."""
    return link.is_external and not link.target.lower().startswith(SAFE_TARGETS)


def disarm_drawings(edit: PackageEdit) -> None:
    """图形里的宏、外部图片、文件链接和图片原来的文件名都去掉."""
    for name in [*edit.package.members]:
        if name.lower().startswith("xl/drawings/drawing") and name.endswith(".xml") and edit.has(name):
            lost = drop_links(edit, name, is_unsafe)
            edit.write(name, _disarmed(edit.read(name), lost))


def _disarmed(data: bytes, lost: set[str]) -> bytes:
    data = re.sub(rb"""\bmacro=(["'])[^"']+\1""", b'macro=""', data)
    data = re.sub(_ATTRIBUTE % rb"descr", b"", data)
    for own in lost:
        named = rb"""r:(?:id|link|embed)\s*=\s*["']%s["']""" % re.escape(own.encode())
        data = re.sub(rb"<a:hlink\w+\b[^>]*?%s[^>]*?(?:/>|>.*?</a:hlink\w+>)" % named, b"", data, flags=re.DOTALL)
        data = re.sub(rb"\s" + named, b"", data)
    return data


def disarm_comments(edit: PackageEdit, part: str) -> bool:
    """批注留下, 写批注的人和按钮不留; whether the sheet has comments."""
    links = relationships(edit, part).values()
    if not any(link.kind == "comments" for link in links):
        return False
    for link in links:
        if link.kind == "vmlDrawing" and edit.has(link.target):
            edit.write(link.target, _without_controls(edit.read(link.target)))
        elif link.kind == "comments" and edit.has(link.target):
            edit.write(link.target, re.sub(rb"(<(?:\w+:)?author\b[^>/]*>)[^<]*(</)", rb"\1\2", edit.read(link.target)))
    return True


def _without_controls(data: bytes) -> bytes:
    shapes = re.compile(rb"<v:shape\b(?:(?!</v:shape>).)*</v:shape>", re.DOTALL)
    return shapes.sub(lambda match: b"" if b"ObjectType=" in match[0] and b'ObjectType="Note"' not in match[0] else match[0], data)


def disarm_tables(edit: PackageEdit, part: str) -> None:
    """表格对象里的公式不随报送件走."""
    for link in relationships(edit, part).values():
        if link.kind == "table" and edit.has(link.target):
            data = re.sub(rb"<(\w+:)?(calculatedColumnFormula|totalsRowFormula)\b.*?</(?:\w+:)?\2>", b"", edit.read(link.target), flags=re.DOTALL)
            edit.write(link.target, re.sub(rb"""\stotalsRowFunction\s*=\s*(["'])custom\1""", b"", data))

"""LibreOffice 的配置文件: the envelope of a part of its configuration, and texts in it."""

from __future__ import annotations

from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OOR = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def component_data(name: str, content: str, package: str = "org.openoffice.Office") -> str:
    """配置的一部分, by the name and the package LibreOffice has for it."""
    return f'{HEAD}<oor:component-data {_OOR} oor:name="{name}" oor:package="{package}">\n{content}</oor:component-data>\n'


def text(name: str, value: str) -> str:
    """显示的文字; en-US is what every language without a text of its own shows."""
    return f'<prop oor:name="{name}"><value xml:lang="en-US">{escape(value)}</value></prop>\n'

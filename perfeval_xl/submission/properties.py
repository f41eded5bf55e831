"""文件属性: no author, no company, no last editor; in their place what the record says in short."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.submission.links import Link, add_package_link, drop_links
from perfeval_xl.workbook.opc.splice import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.workbook.opc.package_edit import PackageEdit

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def replace_properties(edit: PackageEdit, stated: Mapping[str, str]) -> None:
    """换成自己的文件属性: every property of the office's file goes, ``stated`` comes; nothing of the root but the workbook stays."""
    drop_links(edit, "", _is_personal)
    items = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{escaped(name)}"><vt:lpwstr>{escaped(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(stated.items(), 2)
    )
    data = f'{_DECLARATION}<Properties xmlns="{_NAMESPACE}" xmlns:vt="{_VALUES}">{items}</Properties>'.encode()
    if edit.has(_CUSTOM):
        edit.remove(_CUSTOM)
    edit.add(_CUSTOM, data, _CUSTOM_TYPE)
    add_package_link(edit, _CUSTOM_LINK, _CUSTOM)


def _is_personal(link: Link) -> bool:
    return link.kind != "officeDocument"

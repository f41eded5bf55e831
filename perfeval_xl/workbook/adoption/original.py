"""采用前的原件 kept inside the living workbook as a custom XML part, which Excel carries through every save."""

from __future__ import annotations

import base64
import binascii
import hashlib
import uuid
from typing import TYPE_CHECKING

from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.relationships import relationships, workbook_part
from perfeval_xl.workbook.opc.splice import Tree

if TYPE_CHECKING:
    from perfeval_xl.workbook.adoption.living_package import LivingPackage
    from perfeval_xl.workbook.opc.package import Package

_NAMESPACE = "urn:perfeval-xl:adopted-workbook"
_ITEM_TYPE, _PROPERTIES_TYPE = "application/xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTIES_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
_HEAD = 4096
_SPOILED = "工作簿里保存的采用前原件已经损坏, 不能还原。请直接使用采用前的官方文件。"


def keep_original(package: LivingPackage, data: bytes) -> None:
    """Store the bytes of the office's file, with their digest."""
    digest = hashlib.sha256(data).hexdigest()
    item, properties = package.free_name("customXml/item{}.xml"), package.free_name("customXml/itemProps{}.xml")
    start = f'{_DECLARATION}<original xmlns="{_NAMESPACE}" sha256="{digest}">'
    package.add(item, b"".join((start.encode(), base64.b64encode(data), b"</original>")), _ITEM_TYPE)
    guid = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, _NAMESPACE + digest)).upper() + "}"
    references = f'<ds:schemaRefs><ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs>'
    entry = f'<ds:datastoreItem ds:itemID="{guid}" xmlns:ds="{_PROPERTIES_NAMESPACE}">{references}</ds:datastoreItem>'
    package.add(properties, f"{_DECLARATION}{entry}".encode(), _PROPERTIES_TYPE)
    package.relate(item, "customXmlProps", properties)
    package.relate(package.workbook, "customXml", item)


def kept_original(package: Package) -> bytes | None:
    """The office's file as it was adopted; None where the workbook holds none.

    Raises UnusableFile where what is stored is not what was stored.
    """
    for link in relationships(package, workbook_part(package)).values():
        if link.kind == "customXml" and package.find(link.target):
            data = package.read(link.target)
            if _NAMESPACE.encode() in data[:_HEAD]:
                return _decoded(data)
    return None


def _decoded(data: bytes) -> bytes:
    tree = Tree(data, depth=0)
    try:
        original = base64.b64decode(b"".join(data[tree.root.inner_start : tree.root.inner_end].split()), validate=True)
    except binascii.Error:
        raise UnusableFile(_SPOILED) from None
    if hashlib.sha256(original).hexdigest() != tree.root.attributes.get("sha256"):
        raise UnusableFile(_SPOILED)
    return original

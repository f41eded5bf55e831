"""逐字节可重现: a Word document saved without names of people and with one fixed date, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)


def fixed_bytes(document: WordDocument, title: str) -> bytes:
    """The bytes of the .docx; its properties name the title only."""
    properties = document.core_properties
    properties.title = title[:200]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = properties.subject = ""
    properties.created = properties.modified = _DAY.replace(tzinfo=None)
    properties.revision = 1
    saved = io.BytesIO()
    document.save(saved)
    return _repacked(saved)


def _repacked(saved: io.BytesIO) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            copy.writestr(entry, source.read(name))
    return target.getvalue()

"""Workbooks made by hand for tests: small, odd, damaged and hostile ones. No file of anyone else is copied."""

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def zipped(parts, method=zipfile.ZIP_DEFLATED, level=None):
    """A package of the given parts, written by the standard library."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=level) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def links(*targets, root=RELATIONSHIPS):
    """A relationship part; each target is (kind, target)."""
    tags = "".join(
        f'<Relationship Id="rId{number}" Type="{root}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{tags}</Relationships>'


def worksheet(rows="", after="", before=""):
    """A worksheet part with the given rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def book(*sheets, more=(), workbook="", parts=None):
    """The parts of a workbook whose sheets are called 表1, 表2 …

    ``more``: further relationships of the workbook; ``workbook``: markup after the sheets.
    """
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    entries = "".join(
        f'<sheet name="表{number}" sheetId="{number}" r:id="rId{number}"/>' for number in range(1, len(sheets) + 1)
    )
    targets = [("worksheet", name.removeprefix("xl/")) for name in names]
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>{entries}</sheets>{workbook}</workbook>',
        "xl/_rels/workbook.xml.rels": links(*targets, *more),
        **dict(zip(names, sheets, strict=True)),
        **(parts or {}),
    }


def cells(*values, row=1):
    """One row of plain numbers."""
    marks = "".join(f'<c r="{chr(65 + column)}{row}"><v>{value}</v></c>' for column, value in enumerate(values))
    return f'<row r="{row}">{marks}</row>'


def blank_row(row, columns=12):
    """A row that holds nothing but formats, as a form formatted far down has thousands of."""
    marks = "".join(f'<c r="{chr(65 + column)}{row}" s="3"/>' for column in range(columns))
    return f'<row r="{row}" spans="1:12" ht="20" customHeight="1">{marks}</row>'


def compound(streams):
    """An OLE compound file, version 3, of streams by name; each is padded to the size that needs no mini stream.

    Its sectors in order: the directory, the streams, the allocation table, what the header cannot list of it.
    """
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    entries, bodies, fat = [("Root Entry", 5, end, 0)], [], [end]
    for name, content in streams.items():
        body = content.ljust(4096, b"\0")
        body += b"\0" * (-len(body) % 512)
        first, count = len(fat), len(body) // 512
        fat += [*range(first + 1, first + count), end]
        entries.append((name, 2, first, len(body)))
        bodies.append(body)
    if len(entries) > 4:
        raise ValueError("too much for one directory sector")
    tables = lists = 0
    while tables * 128 < len(fat) + tables + lists or lists * 127 < tables - 109:
        tables, lists = -(-(len(fat) + tables + lists) // 128), max(0, -(-(tables - 109) // 127))
    places = [*range(len(fat), len(fat) + tables)]
    first_list = len(fat) + tables
    fat += [0xFFFFFFFD] * tables + [0xFFFFFFFC] * lists
    fat += [free] * (tables * 128 - len(fat))
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6, 0, tables, 0, 0, 4096, end, 0, first_list if lists else end, lists)
    header += struct.pack("<109I", *(places + [free] * 109)[:109])
    rest = b""
    for number in range(lists):
        listed = (places[109 + number * 127:109 + (number + 1) * 127] + [free] * 127)[:127]
        rest += struct.pack("<128I", *listed, first_list + number + 1 if number < lists - 1 else end)
    return header + _directory(entries) + b"".join(bodies) + struct.pack(f"<{len(fat)}I", *fat) + rest


def _directory(entries):
    free, directory = 0xFFFFFFFF, b""
    for number, (name, kind, start, size) in enumerate(entries):
        raw = (name + "\0").encode("utf-16-le")
        right = number + 1 if 0 < number < len(entries) - 1 else free
        child = 1 if number == 0 and len(entries) > 1 else free
        directory += struct.pack("<64sHBBIII16sIQQIQ", raw, len(raw), kind, 1, free, right, child, b"", 0, 0, 0, start, size)
    return directory.ljust(512, b"\0")

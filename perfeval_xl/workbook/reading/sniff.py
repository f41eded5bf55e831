"""文件类型: what a file is, told from its content and never from its name, and what to do about it."""

from __future__ import annotations

from perfeval_xl.workbook.opc.package import Package

OOXML, XLSB, ODS, XLS = "ooxml", "xlsb", "ods", "xls"

_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"
_OWN_FILE = "请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"
_ENCRYPTED = "文件已加密（设置了打开密码），无法读取。请去掉打开密码后另存一份再试。"
_PROTECTED = "文件受权限管理（加密软件）保护，无法读取。请先解密，另存为普通的 Excel 工作簿再试。"
_EMPTY = "文件是空的（0 字节），可能没有下载完整。请重新获取这个文件。"

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_SIGNATURES = (
    (b"%PDF", f"这是 PDF 文件，不是 Excel 表格。{_OWN_FILE}"),
    (b"\xff\xd8\xff", f"这是 JPG 图片，不是 Excel 表格。{_OWN_FILE}"),
    (b"\x89PNG", f"这是 PNG 图片，不是 Excel 表格。{_OWN_FILE}"),
    (b"GIF8", f"这是 GIF 图片，不是 Excel 表格。{_OWN_FILE}"),
    (b"BM", f"这是 BMP 图片，不是 Excel 表格。{_OWN_FILE}"),
    (b"{\\rtf", f"这是写字板或 Word 的 RTF 文档，不是 Excel 表格。{_OWN_FILE}"),
    (b"Rar!", "这是 RAR 压缩包。请先解压，再选择里面的 Excel 文件。"),
    (b"7z\xbc\xaf", "这是 7z 压缩包。请先解压，再选择里面的 Excel 文件。"),
    (b"\x1f\x8b", "这是 GZ 压缩包。请先解压，再选择里面的 Excel 文件。"),
    (b"\x09\x08\x10\x00", f"这是很早的 Excel 5.0/95 文件。{_SAVE_AS}"),
    (b"\x09\x04\x06\x00", f"这是很早的 Excel 4.0 文件。{_SAVE_AS}"),
    (b"\x09\x02\x06\x00", f"这是很早的 Excel 3.0 文件。{_SAVE_AS}"),
    (b"\x09\x00\x04\x00", f"这是很早的 Excel 2.1 文件。{_SAVE_AS}"),
)
_FOLDERS = (
    ("word/", f"这是 Word 文档（.docx），不是 Excel 表格。{_OWN_FILE}"),
    ("ppt/", f"这是 PowerPoint 演示文稿（.pptx），不是 Excel 表格。{_OWN_FILE}"),
    ("ofd.xml", f"这是 OFD 版式文件，不是 Excel 表格。{_OWN_FILE}"),
)
_STREAMS = (
    ("WordDocument", f"这是 Word 文档（.doc），不是 Excel 表格。{_OWN_FILE}"),
    ("PowerPoint Document", f"这是 PowerPoint 演示文稿（.ppt），不是 Excel 表格。{_OWN_FILE}"),
)


def verdict(data: bytes) -> tuple[str, str]:
    """文件的类型和说法: (kind, "") for a workbook, ("", sentence) for anything else.

    >>> verdict(b"")
    ('', '文件是空的（0 字节），可能没有下载完整。请重新获取这个文件。')
    >>> verdict(b"%PDF-1.7")
    ('', '这是 PDF 文件，不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。')
    """
    if not data:
        return "", _EMPTY
    if data.startswith(b"PK"):
        return package_verdict(Package(data))
    if data.startswith(_COMPOUND):
        from perfeval_xl.workbook.opc.compound import CompoundFile  # noqa: PLC0415 - few files need it

        return _ole_verdict(CompoundFile(data).names)
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            return "", sentence
    return "", _text_verdict(data[:4096])


def package_verdict(package: Package) -> tuple[str, str]:
    """压缩包的类型和说法, as ``verdict`` gives it."""
    names = [name.lower() for name in package.members]
    if any(name.endswith("workbook.bin") for name in names):
        return XLSB, ""
    if package.find("mimetype") and package.read("mimetype", 200).startswith(
        b"application/vnd.oasis.opendocument.spreadsheet",
    ):
        return (ODS, "") if "encryptedpackage" not in names else ("", _ENCRYPTED)
    for folder, sentence in _FOLDERS:
        if any(name.startswith(folder) for name in names):
            return "", sentence
    if package.find("[Content_Types].xml") is None:
        return "", "这是压缩包，不是 Excel 表格。请先解压，再选择里面的 Excel 文件。"
    return OOXML, ""


def _ole_verdict(names: list[str]) -> tuple[str, str]:
    if "EncryptedPackage" in names:
        return "", _ENCRYPTED if not any(name.endswith("DRMContent") for name in names) else _PROTECTED
    if "\x09DRMContent" in names:
        return "", _PROTECTED
    if "Workbook" in names or "Book" in names:
        return XLS, ""
    for stream, sentence in _STREAMS:
        if stream in names:
            return "", sentence
    return "", f"文件不是 Excel 表格，或者已经损坏。{_SAVE_AS}"


def _text_verdict(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b'progid="excel.sheet"' in text or b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        return f"这是“XML 表格 2003”格式的文件。{_SAVE_AS}"
    if text.startswith(b"mime-version") or b"multipart/related" in text:
        return f"这是网页归档（MHT）文件，只是名字像 Excel 文件。{_SAVE_AS}"
    if text.startswith(b"<") and (b"<html" in text or b"<table" in text or b"<!doctype html" in text):
        return f"这是网页（HTML）文件，只是名字像 Excel 文件，多半是从网上系统导出的。{_SAVE_AS}"
    if text.startswith(b"<?xml"):
        return f"这是 XML 文件，不是 Excel 表格。{_OWN_FILE}"
    if not any(byte < 9 for byte in head):
        return f"这是文本或 CSV 文件，只是名字像 Excel 文件。{_SAVE_AS}"
    return f"认不出这是什么文件，可能已经损坏，或者不是 Excel 表格。{_OWN_FILE}"

"""PDF 报告: the lines of text on its pages; a scan has none."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from perfeval_xl.workbook.grid import UnusableFile

_MOST_PAGES = 400


def page_rows(path: str, data: bytes) -> list[tuple[str, ...]]:
    """Every line of text, page by page."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnusableFile(f"{path}: 文件设了打开密码, 请去掉密码")
        if len(reader.pages) > _MOST_PAGES:
            raise UnusableFile(f"{path}: 超过 {_MOST_PAGES} 页, 请只留自评报告正文")
        texts = [page.extract_text() for page in reader.pages]
    except (PyPdfError, DependencyError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise UnusableFile(f"{path}: 文件损坏或不是 PDF, 请重新导出一次") from None
    if not "".join(texts).strip():
        raise UnusableFile(f"{path}: 这是扫描件, 里面没有文字, 请用 Word 版的报告")
    return [(line,) for text in texts for line in text.splitlines()]

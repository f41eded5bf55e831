"""报告正文: the paragraphs of a report in .docx, .txt, .md or .pdf; hostile, empty and locked files give one clear sentence."""

from __future__ import annotations

from pathlib import Path

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.grid import UnusableFile

MOST_BYTES = 30_000_000
MOST_CHARACTERS = 1_000_000
_SUFFIXES = (".docx", ".txt", ".md", ".pdf")
_ENCODINGS = ("utf-8-sig", "gb18030")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LOCKED_OR_OLD = b"\xd0\xcf\x11\xe0"


class Paragraph(Record):
    """一段: counted from 1, blank ones not counted. ``cells``: the cells of a table row, () for running text."""

    number: int
    text: str
    cells: tuple[str, ...] = ()


class ReportText(Record):
    """一份报告的文字."""

    path: str
    paragraphs: tuple[Paragraph, ...]


def read_report(path: str) -> ReportText:
    """读报告: raises UnusableFile with one sentence when it cannot be used."""
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix == ".doc":
        raise UnusableFile(f"{path}: 旧版 .doc 读不了, 请在 Word 里另存为 .docx")
    if suffix not in _SUFFIXES:
        raise UnusableFile(f"{path}: 报告应为 .docx、.txt、.md 或带文字的 .pdf")
    data = _bytes(file)
    if suffix in (".docx", ".pdf") and data.startswith(_LOCKED_OR_OLD):
        raise UnusableFile(f"{path}: 文件设了打开密码, 或是旧版 .doc 改了名, 请去掉密码并另存为 .docx")
    rows = _rows(path, suffix, data)
    kept = [tuple(cell.strip() for cell in row) for row in rows if any(cell.strip() for cell in row)]
    if not kept:
        raise UnusableFile(f"{path}: 报告里没有文字")
    if sum(len(cell) for row in kept for cell in row) > MOST_CHARACTERS:
        raise UnusableFile(f"{path}: 报告超过 {MOST_CHARACTERS // 10_000} 万字, 请只留自评报告正文")
    found = (
        Paragraph(number, "\t".join(row), row if len(row) > 1 else ()) for number, row in enumerate(kept, start=1)
    )
    return ReportText(path, tuple(found))


def _bytes(file: Path) -> bytes:
    if file.is_dir():
        raise UnusableFile(f"{file}: 这是文件夹, 不是报告")
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UnusableFile(f"{file}: 文件超过 {MOST_BYTES // 1_000_000} MB, 请压缩图片或只留正文")
        return file.read_bytes()
    except FileNotFoundError:
        raise UnusableFile(f"{file}: 没有这个文件") from None
    except OSError:
        raise UnusableFile(f"{file}: 打不开, 请检查有没有读取权限、是不是被别的程序占用") from None


def _rows(path: str, suffix: str, data: bytes) -> list[tuple[str, ...]]:
    if suffix == ".docx":
        from perfeval_xl.report.word import word_rows  # noqa: PLC0415 - python-docx only for .docx

        return word_rows(path, data)
    if suffix == ".pdf":
        from perfeval_xl.report.pages import page_rows  # noqa: PLC0415 - pypdf only for .pdf

        return page_rows(path, data)
    lines = _decoded(path, data).splitlines()
    return [_cells(line) for line in lines]


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a row set apart by tabs or by the strokes of Markdown; a heading without its marks."""
    bare = line.strip()
    if bare.startswith("|") and bare.count("|") > 2:
        return () if not bare.strip("|-: ") else tuple(bare.strip("|").split("|"))
    if "\t" in bare:
        return tuple(line.split("\t"))
    return (bare.lstrip("#").replace("**", "") if bare.startswith(("#", "**")) else line,)


def _decoded(path: str, data: bytes) -> str:
    if b"\x00" in data[:4000] and not data.startswith(_BYTE_ORDER_MARKS):
        raise UnusableFile(f"{path}: 不是文字文件")
    for encoding in ("utf-16", *_ENCODINGS) if data.startswith(_BYTE_ORDER_MARKS) else _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableFile(f"{path}: 文字的编码认不出, 请另存为 UTF-8 或 GB18030")

"""收到的文件: what lies in a folder, a .zip or saved mails, as files that can be read one by one; nothing is executed."""

from __future__ import annotations

import hashlib
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from perfeval_xl.consolidate.outcome import UNREACHABLE
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.reading.sniff import verdict

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xltm", ".et")
_BOXES = (".zip", ".eml")
_CLOSED = {
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"), "这种压缩包不能直接读, 请先解压"),
    ".msg": "Outlook 的 .msg 邮件不能直接读, 请另存为 .eml, 或把附件另存出来",
}
_OURS = ("~$", ".")
_TOO_LARGE = "文件太大, 不像自评表, 没有读取"
_TOO_DEEP = "压缩包套得太深, 没有读取, 请先解压"
_MOST_BYTES = 64 << 20          # of one file
_DEEPEST = 3                    # a mail in a zip in a folder


@dataclass(frozen=True)
class Received:
    """收到的一个文件: ``name`` as the office knows it (信箱/附件.xlsx), ``path`` where it can be read, ``reason`` why it cannot."""

    name: str
    path: Path
    modified: float
    reason: str = ""
    is_other: bool = False      # no workbook at all: it is only named

    def digest(self) -> str:
        """SHA-256 of its bytes; "" where it cannot be read any more."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""


class Workshop:
    """解包用的空文件夹 and what may still be unpacked into it: boxes lie in boxes, and each may swell."""

    def __init__(self, folder: Path, room: int = 4 << 30, members: int = 20_000) -> None:
        self._folder, self._room, self._members = folder, room, members

    def takes(self, size: int) -> bool:
        """Whether there is room for one more file of that size."""
        self._room -= size
        self._members -= 1
        return self._room >= 0 and self._members >= 0

    def stored(self, data: bytes, name: str) -> Path:
        """Content under a name of our own: a name from outside never becomes a path."""
        digest = hashlib.sha256(data + name.encode("utf-8", "replace")).hexdigest()[:32]
        suffix = PurePosixPath(name).suffix.lower()
        path = self._folder / f"{digest}{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}"
        path.write_bytes(data)
        return path


def received_files(source: Path, workspace: Path) -> Iterator[Received]:
    """逐个给出收到的文件, in the order of their names, each workbook with its reason where it cannot be read.

    ``workspace``: an empty folder for what lies in .zip and .eml files. No two names are the same: of two attachments of
    one name the second is called 「… (2)」. Raises UnusableFile for a source that is not there.
    """
    met: Counter[str] = Counter()
    for file in _found(source, Workshop(workspace)):
        met[file.name] += 1
        yield file if met[file.name] == 1 else replace(file, name=f"{file.name} ({met[file.name]})")


def _found(source: Path, workshop: Workshop) -> Iterator[Received]:
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file() and not path.name.startswith(_OURS):
                yield from _opened(path, _shown(str(path.relative_to(source))), path.stat().st_mtime, workshop, 1)
    elif source.is_file():
        yield from _opened(source, _shown(source.name), source.stat().st_mtime, workshop, 1)
    else:
        raise UnusableFile(f"{source}: 没有这个文件夹或文件")


def _shown(name: str) -> str:
    r"""A file name that can be written anywhere; bytes that are no text are spelt out, so that two such names stay two.

    >>> _shown("自评表\udcff.xlsx")
    '自评表\\udcff.xlsx'
    """
    return name.encode("utf-8", "backslashreplace").decode()


def _opened(path: Path, name: str, modified: float, workshop: Workshop, depth: int) -> Iterator[Received]:
    suffix, size = path.suffix.lower(), path.stat().st_size
    if suffix in _BOXES:
        unpack = _zipped if suffix == ".zip" else _mailed
        yield from unpack(path, name, modified, workshop, depth) if depth <= _DEEPEST else [Received(name, path, modified, _TOO_DEEP)]
    elif suffix in _CLOSED:
        yield Received(name, path, modified, _CLOSED[suffix])
    elif suffix in WORKBOOKS or (size <= _MOST_BYTES and _is_workbook(path)):
        yield Received(name, path, modified, _TOO_LARGE if size > _MOST_BYTES else "")
    else:
        yield Received(name, path, modified, is_other=True)


def _is_workbook(path: Path) -> bool:
    """By its content; a file that cannot be read, or is damaged, and is not called like one is only named."""
    try:
        return bool(verdict(path.read_bytes())[0])
    except (OSError, UnusableFile):
        return False


def _zipped(path: Path, name: str, modified: float, workshop: Workshop, depth: int) -> Iterator[Received]:
    try:
        with zipfile.ZipFile(path) as box:
            for member in box.infolist():
                if not member.is_dir() and not PurePosixPath(_member_name(member)).name.startswith(_OURS):
                    yield from _unzipped(box, member, name, workshop, depth)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        yield Received(name, path, modified, "压缩包已损坏或格式少见, 没有读取")


def _unzipped(box: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, workshop: Workshop, depth: int) -> Iterator[Received]:
    inner = _member_name(member)
    shown, nowhere, modified = f"{name}/{inner}", Path(name), _stamp(member)
    if member.flag_bits & 1:
        yield Received(shown, nowhere, modified, "压缩包里的文件加了密码, 没有读取")
    elif member.file_size > _MOST_BYTES:
        yield Received(shown, nowhere, modified, _TOO_LARGE)
    elif not workshop.takes(member.file_size):
        yield Received(shown, nowhere, modified, "压缩包展开后大得不正常, 为安全起见没有读取")
    else:
        try:
            with box.open(member) as source:
                data = source.read(_MOST_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError):
            yield Received(shown, nowhere, modified, "压缩包里的这个文件已损坏, 没有读取")
        else:
            yield from _opened(workshop.stored(data, inner), shown, modified, workshop, depth + 1)


def _stamp(member: zipfile.ZipInfo) -> float:
    try:
        return datetime(*member.date_time).astimezone().timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _member_name(member: zipfile.ZipInfo) -> str:
    """Names of Chinese zip programs are GBK without the UTF-8 flag."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _mailed(path: Path, name: str, modified: float, workshop: Workshop, depth: int) -> Iterator[Received]:
    """The attachments of a mail; the mail itself where it has none."""
    if path.stat().st_size > 2 * _MOST_BYTES:
        yield Received(name, path, modified, "邮件太大, 没有读取")
        return
    from perfeval_xl.consolidate.mail import opened_mail  # noqa: PLC0415 - most batches hold none

    try:
        date, attachments = opened_mail(path.read_bytes())
    except OSError:
        yield Received(name, path, modified, UNREACHABLE)
        return
    sent = modified if date is None else date
    has_any = False
    for inner, data in attachments:
        if workshop.takes(len(data)):
            has_any = True
            yield from _opened(workshop.stored(data, inner), f"{name}/{inner}", sent, workshop, depth + 1)
    if not has_any:
        yield Received(name, path, sent, is_other=True)

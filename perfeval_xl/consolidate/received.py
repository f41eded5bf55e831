"""收到的文件: what lies in a folder, a .zip or saved mails, as files that can be read one by one; nothing is executed."""

from __future__ import annotations

import email
import email.policy
import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from perfeval_xl.workbook.grid import UnusableFile

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xltm", ".et")
_BOXES = (".zip", ".eml")
_OURS = ("~$", ".")
_MOST_BYTES = 64 << 20          # of one file
_MOST_UNPACKED = 4 << 30        # of one box
_MOST_MEMBERS = 20_000
_DEEPEST = 3                    # a mail in a zip in a folder


@dataclass(frozen=True)
class Received:
    """收到的一个文件: ``name`` as the office knows it (信箱/附件.xlsx), ``path`` where it can be read, ``reason`` why it cannot."""

    name: str
    path: Path
    modified: float
    reason: str = ""

    def digest(self) -> str:
        """SHA-256 of its bytes."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def received_files(source: Path, workspace: Path) -> Iterator[Received]:
    """逐个给出收到的表格文件, in the order of their names; what is no workbook is passed over.

    ``workspace``: an empty folder for what lies in .zip and .eml files. Raises UnusableFile for a source that is not there.
    """
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file() and not path.name.startswith(_OURS):
                yield from _opened(path, str(path.relative_to(source)), workspace, 1)
    elif source.is_file():
        yield from _opened(source, source.name, workspace, 1)
    else:
        raise UnusableFile(f"{source}: 没有这个文件夹或文件")


def _opened(path: Path, name: str, workspace: Path, depth: int) -> Iterator[Received]:
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        reason = "文件太大, 不像自评表, 没有读取" if path.stat().st_size > _MOST_BYTES else ""
        yield Received(name, path, path.stat().st_mtime, reason)
    elif suffix in _BOXES and depth <= _DEEPEST:
        unpack = _zipped if suffix == ".zip" else _mailed
        yield from unpack(path, name, workspace, depth)


def _zipped(path: Path, name: str, workspace: Path, depth: int) -> Iterator[Received]:
    try:
        with zipfile.ZipFile(path) as box:
            members = [member for member in box.infolist() if not member.is_dir()]
            if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:
                yield Received(name, path, path.stat().st_mtime, "压缩包展开后大得不正常, 为安全起见没有读取")
                return
            for member in members:
                yield from _unzipped(box, member, path, name, workspace, depth)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError):
        yield Received(name, path, path.stat().st_mtime, "压缩包已损坏或格式少见, 没有读取")


def _unzipped(
    box: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, name: str, workspace: Path, depth: int
) -> Iterator[Received]:
    inner = _member_name(member)
    if Path(inner).name.startswith(_OURS) or Path(inner).suffix.lower() not in (*WORKBOOKS, *_BOXES):
        return
    shown = f"{name}/{inner}"
    if member.flag_bits & 1:
        yield Received(shown, path, path.stat().st_mtime, "压缩包里的文件加了密码, 没有读取")
    elif member.file_size > _MOST_BYTES:
        yield Received(shown, path, path.stat().st_mtime, "文件太大, 不像自评表, 没有读取")
    else:
        with box.open(member) as source:
            data = source.read(_MOST_BYTES + 1)
        yield from _opened(_stored(data, inner, workspace), shown, workspace, depth + 1)


def _member_name(member: zipfile.ZipInfo) -> str:
    """Names of Chinese zip programs are GBK without the UTF-8 flag."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _mailed(path: Path, name: str, workspace: Path, depth: int) -> Iterator[Received]:
    if path.stat().st_size > 2 * _MOST_BYTES:
        yield Received(name, path, path.stat().st_mtime, "邮件太大, 没有读取")
        return
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    for part in message.walk():
        inner = part.get_filename() or ""
        if Path(inner).suffix.lower() in (*WORKBOOKS, *_BOXES):
            data = part.get_payload(decode=True)
            content = data if isinstance(data, bytes) else b""
            yield from _opened(_stored(content, inner, workspace), f"{name}/{inner}", workspace, depth + 1)


def _stored(data: bytes, name: str, workspace: Path) -> Path:
    """Content under a name of our own: a name from outside never becomes a path."""
    path = workspace / f"{hashlib.sha256(data + name.encode('utf-8', 'replace')).hexdigest()[:32]}{Path(name).suffix.lower()}"
    path.write_bytes(data)
    return path

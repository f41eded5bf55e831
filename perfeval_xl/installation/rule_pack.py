"""规则包: a .zip of ruleset files, looked at with suspicion, checked as a whole, then copied into the office's folder."""

from __future__ import annotations

import hashlib
import re
import tomllib
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from perfeval_xl.core.ruleset import Ruleset
from perfeval_xl.rulesets.loader import load_file
from perfeval_xl.rulesets.office import DEFAULTS, defaults_of, office_folder, office_ids
from perfeval_xl.rulesets.refusal import RulesetError
from perfeval_xl.rulesets.shipped import IDS
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_MEMBERS, _MOST_BYTES, _MOST_PACK = 200, 1_000_000, 20_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}\.toml")
_ENCRYPTED = 0x1
BROUGHT = "packs.txt"       # what packs have brought, beside the files


def install_pack(path: str, folder: Path | None = None) -> list[Ruleset]:
    """安装规则包 into the office's folder; the rulesets it brought.

    Nothing is written unless every file of it is right. Raises UnusableFile with one sentence.
    """
    target = folder or Path(office_folder())
    files = pack_files(path)
    rulesets = _checked(path, files, target)
    if DEFAULTS in files:
        files[DEFAULTS] = _with_earlier_defaults(files[DEFAULTS], target)
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            draft = target / f"{name}.new"
            draft.write_bytes(content)
            draft.replace(target / name)
        _remember(target, files)
    except OSError as error:
        raise UnusableFile(f"{path}: 规则包没有装完, 文件夹 {target} 不能写入 ({error.strerror})") from None
    office_ids.cache_clear()  # type: ignore[attr-defined,unused-ignore]
    return rulesets


def remove_packs(folder: Path | None = None) -> list[str]:
    """拿走全部规则包; the names of the files removed. What somebody wrote or changed there stays, else the folder goes too."""
    target = folder or Path(office_folder())
    removed = [name for name, digest in _brought(target).items() if _digest(target / name) == digest]
    for name in removed:
        (target / name).unlink()
    (target / BROUGHT).unlink(missing_ok=True)
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    return sorted(removed)


def _remember(target: Path, files: Iterable[str]) -> None:
    """Name and digest of every file a pack has brought."""
    brought = _brought(target) | {name: _digest(target / name) for name in files}
    (target / BROUGHT).write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(brought.items())), "ascii")


def _brought(target: Path) -> dict[str, str]:
    path = target / BROUGHT
    lines = path.read_text("ascii", "replace").splitlines() if path.is_file() else []
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    return {name: digest for digest, name in pairs if _NAME.fullmatch(name)}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def pack_files(path: str) -> dict[str, bytes]:
    """规则包里的 .toml 文件 by name; everything else in it is left alone. UnusableFile for a pack that is not what it says."""
    try:
        if Path(path).stat().st_size > _MOST_PACK:
            raise UnusableFile(f"{path}: 规则包大得不正常, 没有安装")
        with zipfile.ZipFile(path) as pack:
            return _files(path, pack)
    except FileNotFoundError:
        raise UnusableFile(f"{path}: 找不到这个文件, 请核对路径") from None
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError, ValueError):
        raise UnusableFile(f"{path}: 不是完好的 .zip 规则包, 请重新下载或索取") from None


def _files(path: str, pack: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in pack.infolist() if not member.is_dir()]
    if len(members) > _MOST_MEMBERS:
        raise UnusableFile(f"{path}: 规则包里有 {len(members)} 个文件, 多得不正常, 没有安装")
    found: dict[str, bytes] = {}
    for member in members:
        _demand_plain(path, member)
        name = member.filename.rpartition("/")[2]
        if not name.endswith(".toml"):
            continue
        if not _NAME.fullmatch(name) or name in found:
            raise UnusableFile(f"{path}: 规则包里的文件名「{name}」不合规定 (小写字母、数字、横线, 不重复), 没有安装")
        found[name] = _content(path, pack, member)
    if not set(found) - {DEFAULTS}:
        raise UnusableFile(f"{path}: 规则包里没有评分办法 (.toml 文件)")
    return found


def _demand_plain(path: str, member: zipfile.ZipInfo) -> None:
    name = member.orig_filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/") or "\0" in name:
        raise UnusableFile(f"{path}: 规则包里有指向别处的路径「{member.filename}」, 没有安装")
    if member.flag_bits & _ENCRYPTED:
        raise UnusableFile(f"{path}: 规则包加了密码, 请索取没有密码的")


def _content(path: str, pack: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What it says of its size is not believed: no more is inflated than a ruleset can need."""
    with pack.open(member) as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise UnusableFile(f"{path}: 规则包里的「{member.filename}」大得不正常, 没有安装")
    return content


def _checked(path: str, files: dict[str, bytes], target: Path) -> list[Ruleset]:
    """Every file read as it will be read later, beside those that are installed already."""
    with TemporaryDirectory() as place:
        room = Path(place)
        for name, content in {**_installed(target), **files}.items():
            (room / name).write_bytes(content)
        try:
            rulesets = [load_file(str(room / name)) for name in sorted(files) if name != DEFAULTS]
        except RulesetError as error:
            raise UnusableFile(f"{path}: 规则包没有安装。{error}".replace("\n", " ").replace(f"{place}/", "")) from None
    _demand_own_ids(path, rulesets, files)
    if DEFAULTS in files:
        _demand_defaults(path, files[DEFAULTS], [each.id for each in rulesets])
    return rulesets


def _installed(target: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in target.glob("*.toml")} if target.is_dir() else {}


def _with_earlier_defaults(content: bytes, target: Path) -> bytes:
    """What an earlier pack wanted for other years or kinds stays."""
    earlier = _installed(target).get(DEFAULTS, b"default = []")
    entries = [entry for text in (earlier, content) for entry in tomllib.loads(text.decode("utf-8-sig"))["default"]]
    newest = {(entry["kind"], entry["since"]): entry["ruleset"] for entry in entries}
    return "".join(f'[[default]]\nkind = "{kind}"\nsince = {since}\nruleset = "{chosen}"\n\n' for (kind, since), chosen in newest.items()).encode()


def _demand_own_ids(path: str, rulesets: Iterable[Ruleset], files: dict[str, bytes]) -> None:
    for ruleset in rulesets:
        if ruleset.id in IDS:
            raise UnusableFile(f"{path}: 编号 {ruleset.id} 是自带的办法, 规则包不能替换它, 没有安装")
        if f"{ruleset.id}.toml" not in files:
            raise UnusableFile(f"{path}: 编号 {ruleset.id} 的文件应名为 {ruleset.id}.toml, 没有安装")


def _demand_defaults(path: str, content: bytes, ids: list[str]) -> None:
    try:
        defaults_of(tomllib.loads(content.decode("utf-8-sig")), tuple(ids))
    except (ValueError, RecursionError):
        reason = "每段 [[default]] 要写 kind、since (年度) 和 ruleset (本包里的编号)"
        raise UnusableFile(f"{path}: 规则包里的 {DEFAULTS} 读不懂, {reason}; 没有安装") from None

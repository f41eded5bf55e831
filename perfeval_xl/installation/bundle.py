"""离线安装包: one folder with all that a Windows PC without internet needs, and proof that nothing is lacking."""

from __future__ import annotations

import hashlib
import tomllib
from importlib import metadata, resources
from typing import TYPE_CHECKING, NamedTuple

from perfeval_xl.installation.download import filled
from perfeval_xl.installation.guide import guide_bytes
from perfeval_xl.installation.own_wheel import NAME, write_own_wheel
from perfeval_xl.installation.payload import payload_shown
from perfeval_xl.installation.places import ADDIN
from perfeval_xl.installation.wheels import resolved, wheels_in
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package_output import write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from perfeval_xl.installation.wheels import Target

PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
WHEELS, TEXTS, TEMPLATES, GUIDE, CONTENTS = "wheels", "texts", "空白自评表", "安装说明.html", "清单.txt"


class Bundle(NamedTuple):
    """做好的安装包. ``installed``: per Python how many wheels an installation takes from it."""

    folder: Path
    installed: dict[str, int]
    size: int


def make_bundle(folder: Path, targets: Sequence[Target], told: Callable[[str], object] = str) -> Bundle:
    """做安装包 in ``folder``, which must be empty or hold an earlier one; ``told`` hears how far it has come.

    Raises UnusableFile with one sentence.
    """
    _demand_free(folder)
    wheels = folder / WHEELS
    wheels.mkdir(parents=True, exist_ok=True)
    for old in wheels.glob(f"{NAME}-*.whl"):
        old.unlink()
    write_own_wheel(wheels)
    used = {}
    for target in targets:
        chosen = filled(wheels, [requirement()], target, told)
        used[target.name] = {wheel.path.name for wheel in chosen.values()}
    _remove_unused(wheels, set().union(*used.values()))
    _write_files(folder)
    lacking = [line for target in targets for line in lacking_lines(folder, target)]
    if lacking:
        raise UnusableFile("安装包不完整: " + "; ".join(lacking))
    _write_contents(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Bundle(folder, {name: len(names) for name, names in used.items()}, size)


def requirement() -> str:
    """要装的东西: this program in this version."""
    return f"{NAME}=={metadata.version(NAME)}"


def lacking_lines(folder: Path, target: Target) -> list[str]:
    """安装包还缺什么 for one Python; empty when it is whole."""
    found = resolved(wheels_in(folder / WHEELS), [requirement()], target)
    return [f"Python {target.name} {lack.sentence}" for lack in found.lacking]


def _demand_free(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / WHEELS).is_dir():
        raise UnusableFile(f"{folder}: 文件夹里有别的东西, 请换一个空文件夹")
    if folder.exists() and not folder.is_dir():
        raise UnusableFile(f"{folder}: 已有同名的文件, 请换一个名字")


def _remove_unused(wheels: Path, used: set[str]) -> None:
    for path in wheels.glob("*.whl"):
        if path.name not in used:
            path.unlink()


def _write_files(folder: Path) -> None:
    for name, content in _small_files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(str(path), content)


def _small_files() -> Iterator[tuple[str, bytes]]:
    """What stands beside the wheels; the forms also for those who only want the native formulas."""
    room = resources.files("perfeval_xl.installation") / "bundle_files"
    for name in ("install.cmd", "uninstall.cmd"):
        text = (room / name).read_text("ascii").replace("@REQUIREMENT@", requirement())
        yield name, text.replace("\n", "\r\n").encode("ascii")
    for name, text in tomllib.loads((room / "texts.toml").read_text("utf-8")).items():
        yield f"{TEXTS}/{name}.txt", f"{text.strip()}\n".replace("\n", "\r\n").encode()
    yield GUIDE, guide_bytes()
    payload = payload_shown()
    yield ADDIN, payload.addin
    for name, content in payload.templates.items():
        yield f"{TEMPLATES}/{name}", content


def _write_contents(folder: Path) -> None:
    """清单: every file with its SHA-256, to be compared after a journey on a USB stick."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CONTENTS)
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\r\n" for path in paths]
    write_bytes(str(folder / CONTENTS), "".join(lines).encode())

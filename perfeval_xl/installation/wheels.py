"""轮子: what a folder of wheels holds, and what is still lacking for a Python on a system; markers and tags as pip reads them."""

from __future__ import annotations

import os
import platform
import sys
import zipfile
from email.parser import HeaderParser
from typing import TYPE_CHECKING, NamedTuple

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags, platform_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import Version

from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


class Wheel(NamedTuple):
    """一个轮子 with what it requires."""

    path: Path
    name: str
    version: Version
    tags: frozenset[Tag]
    requires: tuple[Requirement, ...]


class Target(NamedTuple):
    """要装的环境: a Python such as (3, 13), the platform tags it takes, best first, and its marker variables."""

    python: tuple[int, int]
    platforms: tuple[str, ...]
    markers: dict[str, str]

    @property
    def name(self) -> str:
        return ".".join(map(str, self.python))

    @property
    def tags(self) -> tuple[Tag, ...]:
        digits = "".join(map(str, self.python))
        own = cpython_tags(self.python, platforms=self.platforms)
        return (*own, *compatible_tags(self.python, f"cp{digits}", self.platforms))


class Lack(NamedTuple):
    """缺的轮子: its name, the versions that would do, and who wants it."""

    name: str
    versions: SpecifierSet
    wanted_by: tuple[str, ...]

    @property
    def requirement(self) -> str:
        return f"{self.name}{self.versions}"

    @property
    def sentence(self) -> str:
        return f"缺 {self.requirement} ({'、'.join(sorted(self.wanted_by))} 要用)"


class Resolution(NamedTuple):
    """解出的结果: the wheels to install, and what is lacking; complete when nothing lacks."""

    chosen: dict[str, Wheel]
    lacking: tuple[Lack, ...]


def windows_target(python: tuple[int, int]) -> Target:
    """64 位 Windows 上的一个 Python."""
    return Target(python, ("win_amd64",), _markers(python, "win32", "Windows", "nt", "AMD64"))


def target_here(python: tuple[int, int]) -> Target:
    """这台电脑的系统上的一个 Python: to try a bundle where there is no Windows."""
    return Target(python, tuple(platform_tags()), _markers(python, sys.platform, platform.system(), os.name, platform.machine()))


def _markers(python: tuple[int, int], sys_platform: str, system: str, os_name: str, machine: str) -> dict[str, str]:
    version = ".".join(map(str, python))
    return {
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_version": f"{version}.0",
        "sys_platform": sys_platform,
        "platform_system": system,
        "os_name": os_name,
        "platform_machine": machine,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_version": "",
    }


def wheels_in(folder: Path) -> list[Wheel]:
    """文件夹里的轮子; UnusableFile for one that is damaged."""
    return [read_wheel(path) for path in sorted(folder.glob("*.whl"))]


def read_wheel(path: Path) -> Wheel:
    """读一个轮子 by its name and its METADATA."""
    try:
        name, version, _, tags = parse_wheel_filename(path.name)
        with zipfile.ZipFile(path) as package:
            inside = next(member for member in package.namelist() if member.endswith(".dist-info/METADATA"))
            metadata = HeaderParser().parsestr(package.read(inside).decode("utf-8"))
        requires = tuple(Requirement(line) for line in metadata.get_all("Requires-Dist") or ())
    except (InvalidWheelFilename, InvalidRequirement, zipfile.BadZipFile, StopIteration, UnicodeDecodeError, OSError):
        raise UnusableFile(f"{path.name}: 轮子已损坏, 请删掉它重新下载") from None
    return Wheel(path, name, version, tags, requires)


def resolved(wheels: Iterable[Wheel], roots: Sequence[str], target: Target) -> Resolution:
    """从 roots 出发要装的全部轮子: the newest that fits every demand made of it, and what no wheel here fits.

    Demands are gathered anew until the choice no longer changes; without looking back for older versions, for a
    folder holds what was downloaded for it.
    """
    usable = [wheel for wheel in wheels if wheel.tags & frozenset(target.tags)]
    chosen: dict[str, Wheel] = {}
    for _ in range(100):
        demands = _demands(chosen, roots, target)
        found = {name: best for name, made in demands.items() if (best := _best(usable, name, made.versions, target))}
        if found == chosen:
            break
        chosen = found
    return Resolution(chosen, tuple(made for name, made in sorted(demands.items()) if name not in chosen))


def _demands(chosen: dict[str, Wheel], roots: Sequence[str], target: Target) -> dict[str, Lack]:
    demands: dict[str, Lack] = {}
    waiting = [("安装包", Requirement(root)) for root in roots]
    seen: set[tuple[str, str]] = set()
    while waiting:
        by, requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        before = demands.get(name, Lack(name, SpecifierSet(), ()))
        names = before.wanted_by if by in before.wanted_by else (*before.wanted_by, by)
        demands[name] = Lack(name, before.versions & requirement.specifier, names)
        wheel = chosen.get(name)
        for extra in ("", *sorted(requirement.extras)):
            if wheel is not None and (name, extra) not in seen:
                seen.add((name, extra))
                waiting += [(name, each) for each in _needed(wheel, extra, target)]
    return demands


def _needed(wheel: Wheel, extra: str, target: Target) -> Iterator[Requirement]:
    for requirement in wheel.requires:
        if requirement.marker is None:
            if not extra:
                yield requirement
        elif requirement.marker.evaluate({**target.markers, "extra": extra}):
            yield requirement


def _best(wheels: list[Wheel], name: str, versions: SpecifierSet, target: Target) -> Wheel | None:
    """The newest version; of its wheels the one whose tag the target likes best."""
    order = {tag: place for place, tag in enumerate(target.tags)}
    fitting = [wheel for wheel in wheels if wheel.name == name and versions.contains(wheel.version, prereleases=True)]
    return max(fitting, key=lambda each: (each.version, -min(order[tag] for tag in each.tags if tag in order)), default=None)

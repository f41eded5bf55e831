"""改好的 xlwings 模块: its VBA text from the installed wheel, with the changes listed in patches.toml."""

from __future__ import annotations

import hashlib
import tomllib
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from perfeval_xl.workbook.vba.source import Module, standard_module

_PATCHES = Path(__file__).with_name("patches.toml")


class XlwingsTextError(RuntimeError):
    """文本与改动清单不符: another version, or a text the patches were not written for."""


class Patch(NamedTuple):
    """一处改动. Either ``old``, or ``first``, ``last`` and ``sha256`` of the passage they enclose."""

    name: str
    why: str
    new: str
    old: str = ""
    times: int = 1
    first: str = ""
    last: str = ""
    sha256: str = ""
    only: str = ""

    def applied(self, text: str) -> str:
        """改动之后的文本; raises XlwingsTextError where it does not fit exactly."""
        old = self.old or self._passage(text)
        found = text.count(old)
        if found != self.times:
            raise self._misfit(f"要改的文字应出现 {self.times} 次, 实际 {found} 次")
        return text.replace(old, self.new)

    def _passage(self, text: str) -> str:
        start = text.find(self.first)
        end = text.find(self.last, start + len(self.first))
        if start < 0 or end < 0 or text.count(self.first) != 1:
            raise self._misfit("要改的段落找不到, 或者不止一处")
        passage = text[start : end + len(self.last)]
        if hashlib.sha256(passage.encode()).hexdigest() != self.sha256:
            raise self._misfit("要改的段落内容变了")
        return passage

    def _misfit(self, what: str) -> XlwingsTextError:
        return XlwingsTextError(
            f"xlwings 的 VBA 文本变了, 改动 {self.name} 不再适用: {what}。请逐条核对 patches.toml。"
        )


def patches() -> tuple[Patch, ...]:
    """改动清单, in the order of application."""
    return tuple(Patch(**each) for each in _document()["patch"])


def xlwings_module(*, addin: bool = False) -> Module:
    """改好的 xlwings 模块; ``addin``: for a workbook whose functions and buttons serve the workbook in front.

    xlwings' class Dictionary is not needed: the changed module no longer mentions it.
    Raises XlwingsTextError when the installed xlwings is not the version the changes were written for.
    """
    check_version(metadata.version("xlwings"))
    return standard_module("xlwings", patched(_wheel_text(), addin=addin))


def wanted_version() -> str:
    """要用的 xlwings 版本, as patches.toml names it."""
    version: str = _document()["xlwings"]
    return version


def check_version(installed: str) -> None:
    """版本核对: only the version named in patches.toml will do."""
    expected = wanted_version()
    if installed != expected:
        raise XlwingsTextError(
            f"已安装的 xlwings 是 {installed}, 改动清单只适用于 {expected}。"
            f"请安装 xlwings=={expected}, 或按新版本逐条核对 patches.toml。"
        )


def patched(text: str, *, addin: bool = False) -> str:
    """改动后的文本: every patch fits exactly, or XlwingsTextError names the first that does not."""
    text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    for patch in patches():
        if addin or patch.only != "addin":
            text = patch.applied(text)
    return text


def _document() -> dict[str, Any]:
    return tomllib.loads(_PATCHES.read_text("utf-8"))


def _wheel_text() -> str:
    """Found without importing xlwings, which would bring numpy and pandas along."""
    package = find_spec("xlwings")
    if package is None or package.origin is None:
        raise XlwingsTextError("没有安装 xlwings, 无法生成宏工程")
    return Path(package.origin).with_name("xlwings.bas").read_text("ascii")

"""下载轮子 with pip, from whatever index pip is set up to use; what is needed is found out by reading what has come."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from perfeval_xl.installation.wheels import resolved, wheels_in
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from perfeval_xl.installation.wheels import Lack, Target, Wheel

_MOST_ROUNDS = 20
_WORDS_KEPT = 600


def filled(folder: Path, roots: Sequence[str], target: Target, told: Callable[[str], object]) -> dict[str, Wheel]:
    """补齐文件夹 until it holds all that ``roots`` require on ``target``; the wheels of one installation, by name.

    Raises UnusableFile where pip is missing or cannot get something.
    """
    for _ in range(_MOST_ROUNDS):
        found = resolved(wheels_in(folder), roots, target)
        if not found.lacking:
            return found.chosen
        told(f"Python {target.name}: 下载 {'、'.join(lack.requirement for lack in found.lacking)}")
        _download(folder, found.lacking, target)
    raise UnusableFile(f"Python {target.name}: 各软件包要的版本互相矛盾: {'; '.join(lack.sentence for lack in found.lacking)}")


def _download(folder: Path, lacking: Sequence[Lack], target: Target) -> None:
    platforms = (word for platform in target.platforms for word in ("--platform", platform))
    words = [
        *pip_command(), "download", "--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check",
        "--implementation", "cp", "--python-version", target.name, *platforms, "--dest", str(folder),
        *(lack.requirement for lack in lacking),
    ]  # fmt: skip
    done = subprocess.run(words, capture_output=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603 - pip
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        raise UnusableFile(f"Python {target.name}: pip 没有下载到: {' '.join(lines)[:_WORDS_KEPT]}")


def pip_command() -> list[str]:
    """怎样调用 pip: the one of this Python, else by uv."""
    return next(_pip_commands())


def _pip_commands() -> Iterator[list[str]]:
    if find_spec("pip") is not None:
        yield [sys.executable, "-m", "pip"]
    uv = shutil.which("uv")
    if uv is not None:
        yield [uv, "tool", "run", "--quiet", "pip"]
    raise UnusableFile("没有找到 pip, 也没有 uv: 请先安装其中一个, 再运行 bundle")

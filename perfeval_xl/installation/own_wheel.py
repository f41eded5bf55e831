"""自己的轮子: this program packed from where it runs, byte for byte the same each time, with no build tool and no network."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from importlib import metadata, resources
from typing import TYPE_CHECKING

from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package_output import write_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

NAME = "perfeval_xl"
_ROOMS = ("perfeval_xl", "udfs", "workbooks")
_LEFT_OUT = ("__pycache__",)
_WHEEL = "Wheel-Version: 1.0\nGenerator: perfeval_xl\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write_own_wheel(folder: Path) -> Path:
    """写出自己的轮子 into ``folder``; returns its path."""
    found = metadata.distribution(NAME)
    about = f"{NAME}-{found.version}.dist-info"
    parts = {name: content for room in _ROOMS for name, content in _files(resources.files(room), room)}
    for name in ("METADATA", "entry_points.txt"):
        text = found.read_text(name)
        if text is None:
            raise UnusableFile("这份程序没有安装信息, 不能打包; 请用安装好的 perfeval-xl 运行 bundle")
        parts[f"{about}/{name}"] = text.encode()
    parts[f"{about}/WHEEL"] = _WHEEL.encode()
    parts[f"{about}/RECORD"] = "".join(_record_lines(parts, about)).encode()
    path = folder / f"{NAME}-{found.version}-py3-none-any.whl"
    write_package(str(path), parts)
    return path


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda item: item.name):
        if each.name in _LEFT_OUT or each.name.startswith("."):
            continue
        if each.is_dir():
            yield from _files(each, f"{name}/{each.name}")
        else:
            yield f"{name}/{each.name}", each.read_bytes()


def _record_lines(parts: dict[str, bytes], about: str) -> Iterator[str]:
    for name, content in parts.items():
        digest = urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
        yield f"{name},sha256={digest},{len(content)}\n"
    yield f"{about}/RECORD,,\n"

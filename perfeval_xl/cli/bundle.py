"""命令 bundle: the offline package for an office whose network has no internet."""

from __future__ import annotations

import sys

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from pathlib import Path

HELP = """
用法: perfeval-xl bundle -o 文件夹 [--python 3.12,3.13] [--zip] [--here] [--json]

在能上网的电脑上做一个离线安装包: 64 位 Windows 用的全部软件包、加载项、空白表、install.cmd、安装说明。
拷到内网的电脑上, 在旁边放一个 Python 安装程序, 双击 install.cmd 就装好, 不用管理员, 不用联网。
做完会核对每个 Python 版本要的东西都在。下载用 pip 平时用的源。

  -o 文件夹         做在哪里
  --python 版本     为哪些 Python 做, 默认 3.11,3.12,3.13,3.14
  --zip             另做一个同名的 .zip
  --here            为这台电脑的系统做, 用来试装

例: perfeval-xl bundle -o 绩效自评安装包 --zip
"""
_LEAST, _MOST = (3, 11), (3, 14)


def run(words: list[str]) -> int:
    """0 once the package is whole."""
    options = options_of(words, HELP, ("output=", "python=", "zip", "here", "json"), most=0)
    if options is None:
        return 0
    if not options.has("output"):
        raise UnusableFile("请用 -o 写明做在哪个文件夹, 例如 -o 绩效自评安装包")
    import pathlib  # noqa: PLC0415 - the help needs none of it

    from perfeval_xl.installation.bundle import PYTHONS, make_bundle  # noqa: PLC0415
    from perfeval_xl.installation.wheels import target_here, windows_target  # noqa: PLC0415

    pythons = _pythons(options.text("python")) if options.has("python") else PYTHONS
    targets = [(target_here if options.has("here") else windows_target)(python) for python in pythons]
    made = make_bundle(pathlib.Path(options.text("output")), targets, _tell)
    archive = _zipped(made.folder) if options.has("zip") else ""
    if options.has("json"):
        from perfeval_xl.cli.document import print_json  # noqa: PLC0415 - only with --json

        print_json({"folder": str(made.folder), "zip": archive or None, "wheels": made.installed, "bytes": made.size})
        return 0
    for name, count in made.installed.items():
        print(f"✓ Python {name}: {count} 个软件包, 齐全")
    print(f"安装包已做好: {archive or made.folder} ({made.size / 1e6:.0f} MB)")
    print("请在里面放一个 Python 安装程序 (python-3.x.x-amd64.exe), 拷到内网的电脑, 双击 install.cmd。")
    return 0


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _pythons(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for word in text.replace("，", ",").split(","):
        major, _, minor = word.strip().partition(".")
        python = (int(major), int(minor)) if major.isascii() and major.isdigit() and minor.isascii() and minor.isdigit() else (0, 0)
        if not _LEAST <= python <= _MOST:
            raise UnusableFile(f"--python 可取 3.11 到 3.14, 用逗号分开, 不是「{text}」")
        found.append(python)
    return tuple(dict.fromkeys(found))


def _zipped(folder: Path) -> str:
    import shutil  # noqa: PLC0415 - only with --zip

    whole = folder.resolve()
    return shutil.make_archive(str(whole), "zip", whole.parent, whole.name)

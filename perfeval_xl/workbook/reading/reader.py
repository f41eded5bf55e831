"""读工作簿: the one door for files, whatever they are called and whoever made them."""

from __future__ import annotations

from perfeval_xl.workbook.grid import UnusableFile, Workbook
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.reading.sniff import OOXML, package_verdict, verdict
from perfeval_xl.workbook.reading.xlsx import read_package

MOST_FILE_BYTES = 256 << 20


def read_workbook(path: str) -> Workbook:
    """读一个工作簿: .xlsx and .xlsm by our own reader, .xls, .xlsb and .ods in a child process.

    The kind is told from the content. Raises UnusableFile with one Chinese sentence that names what the
    file is and what to do.
    """
    data = file_bytes(path)
    package = Package(data) if data.startswith(b"PK") else None
    kind, sentence = package_verdict(package) if package else verdict(data)
    if sentence:
        raise UnusableFile(sentence)
    if package and kind == OOXML:
        return read_package(path, package)
    from perfeval_xl.workbook.reading.foreign import read_foreign  # noqa: PLC0415 - brings in subprocess

    return read_foreign(path, kind, data)


def named_workbook(path: str) -> Workbook:
    """读一个工作簿, one of several files of a command: the sentence says which of them it is about."""
    try:
        return read_workbook(path)
    except UnusableFile as reason:
        raise UnusableFile(f"{path}: {reason}") from None


def file_bytes(path: str) -> bytes:
    """文件的全部内容, with every reason why it cannot be had as a sentence."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs a click
            data = file.read(MOST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise UnusableFile("找不到这个文件，可能已经移动、改名或删除。请检查路径。") from None
    except IsADirectoryError:
        raise UnusableFile("这是文件夹，不是文件。请选择里面的 Excel 文件。") from None
    except PermissionError:
        raise UnusableFile(_no_permission(path)) from None
    except (OSError, ValueError):
        raise UnusableFile("打不开这个文件：路径无效，或者磁盘、网络有问题。请复制到本机后再试。") from None
    if len(data) > MOST_FILE_BYTES:
        raise UnusableFile("文件超过 256 MB，没有读取。请把需要的表格复制到新工作簿后另存。")
    return data


def _no_permission(path: str) -> str:
    """Windows answers a folder with "permission denied" as well."""
    from os.path import isdir  # noqa: PLC0415

    if isdir(path):  # noqa: PTH112
        return "这是文件夹，不是文件。请选择里面的 Excel 文件。"
    return "没有读取这个文件的权限，或者文件被别的程序独占。请关闭占用它的程序，或复制一份再试。"

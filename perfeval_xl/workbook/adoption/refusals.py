"""不能采用的工作簿: each with one sentence that says what to do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from perfeval_xl.workbook.adoption.original import kept_original
from perfeval_xl.workbook.grid import CALC_SHEET, RESULT_SHEET, RULE_SHEET, UnusableFile
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.reading.sniff import OOXML, verdict

if TYPE_CHECKING:
    from perfeval_xl.workbook.grid import Workbook

_OURS = (RULE_SHEET, RESULT_SHEET, CALC_SHEET)
_OLD_FORMATS = "这不是 .xlsx 文件 (可能是 .xls、.xlsb 或 .ods), 不能原样采用。请用 Excel 或 WPS 打开, 另存为「Excel 工作簿 (*.xlsx)」再采用。"
_TOO_BIG = "文件超过 40 MB, 采用后放不下原件。请先在 Excel 里压缩图片或去掉无关的工作表, 另存后再采用。"
_MOST_BYTES = 40 << 20      # kept as text in one part, which may be a third larger and must be read again
_LIVING = "这已经是采用过的工作簿, 不用再采用; 要回到原来的官方文件请用 adopt --undo。"
_OUR_OWN = "这已经是本工具的工作簿, 直接填写、校验就行, 不用采用。"
_MACROS = "工作簿里有自己的宏 (VBA), 和本工具的宏不能放在一起。请在 Excel 里另存为不含宏的「Excel 工作簿 (*.xlsx)」再采用。"


def demand_xlsx(data: bytes) -> None:
    """Raise UnusableFile for whatever is no .xlsx that fits into the workbook made from it."""
    kind, sentence = verdict(data)
    if kind != OOXML:
        raise UnusableFile(sentence or _OLD_FORMATS)
    if len(data) > _MOST_BYTES:
        raise UnusableFile(_TOO_BIG)


def demand_adoptable(workbook: Workbook, data: bytes) -> None:
    """Raise UnusableFile unless the workbook can take our sheets, names and macros."""
    if kept_original(Package(data)) is not None:
        raise UnusableFile(_LIVING)
    names = {sheet.name.casefold() for sheet in workbook.sheets} | {note.sheet.casefold() for note in workbook.unread}
    if {RULE_SHEET, RESULT_SHEET} <= names:
        raise UnusableFile(_OUR_OWN)
    if workbook.has_macros:
        raise UnusableFile(_MACROS)
    taken = next((name for name in _OURS if name.casefold() in names), None)
    if taken:
        raise UnusableFile(f"工作簿里已经有一张「{taken}」, 和本工具要加的工作表同名。请先在 Excel 里给它改名或删除, 再采用。")
    own = next((name for name in workbook.defined_names if name.casefold().startswith("pe_")), None)
    if own:
        raise UnusableFile(f"工作簿里已经有名称「{own}」, 和本工具要用的同名。请先在 Excel 的「名称管理器」里改名或删除, 再采用。")


def demand_new_file(path: str, suffixes: tuple[str, ...]) -> str:
    """The suffix of a file to be written, in lower case; refuses another suffix and a file that is there already."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    if suffix not in suffixes:
        raise UnusableFile(f"{path}: 新文件的扩展名应为 {' 或 '.join(suffixes)}")
    if os.path.exists(path):  # noqa: PTH110
        raise UnusableFile(f"{path}: 文件已存在, 请换一个文件名")
    return suffix

"""Where 校验结果 cannot be written, the clerk hears why before anything is saved or written."""

from types import SimpleNamespace

import pytest

from perfeval_xl.workbook.extension import pressed
from perfeval_xl.workbook.extension.open_results import demand_writable
from perfeval_xl.workbook.grid import UnusableFile


def document(*, has_page=False, read_only=False, structure=False, page=False):
    """An open document as far as this is asked; its page is empty."""
    last = SimpleNamespace(EndColumn=0, EndRow=0)
    cursor = SimpleNamespace(gotoEndOfUsedArea=lambda _: None, RangeAddress=last)
    area = SimpleNamespace(getDataArray=lambda: (("",),))
    sheet = SimpleNamespace(isProtected=lambda: page, createCursor=lambda: cursor, getCellRangeByPosition=lambda *_: area)
    sheets = SimpleNamespace(hasByName=lambda _: has_page, getByName=lambda _: sheet)
    return SimpleNamespace(isReadonly=lambda: read_only, isProtected=lambda: structure, Sheets=sheets)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"read_only": True}, "文件是只读打开的, 写不了「校验结果」, 请点「编辑文档」或另存以后再校验"),
        ({"structure": True}, "工作簿结构被保护, 不能加「校验结果」表, 请撤销保护后再校验"),
        ({"has_page": True, "page": True}, "「校验结果」被保护了, 请撤销保护后再校验"),
    ],
    ids=["read-only", "structure", "page"],
)
def test_what_cannot_be_written_is_said_before_a_copy_is_made(state, sentence):
    def save_copy(*_):
        pytest.fail("a copy was made")

    assert pressed.validate(document(**state), save_copy, None) == sentence
    with pytest.raises(UnusableFile):
        demand_writable(document(**state))


def test_a_protected_structure_is_no_obstacle_once_the_page_is_there():
    demand_writable(document(has_page=True, structure=True))
    demand_writable(document())


def test_a_full_disk_is_a_sentence():
    def save_copy(*_):
        raise OSError("no space")

    assert pressed.validate(document(), save_copy, None) == "没有校验: LibreOffice 没能保存临时副本, 请看磁盘是否已满"

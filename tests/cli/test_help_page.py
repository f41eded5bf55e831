"""使用手册: the page and the sheet say the same, and nothing in it leads elsewhere."""

import re

import pytest

from perfeval_xl.cli import COMMANDS
from perfeval_xl.workbook.building.manual import manual_lines, manual_text
from udfs.reference import functions


@pytest.fixture(scope="module")
def lines():
    return list(manual_lines(manual_text(functions())))


def test_the_page_is_one_file_without_anything_from_outside(perfeval, tmp_path):
    ran = perfeval("help", "--html", "手册.html")
    page = (tmp_path / "手册.html").read_text("utf-8")
    assert (ran.code, ran.err) == (0, "")
    assert not re.search(r"""(src|href)=["'](?!data:)""", page)
    assert "<script" not in page
    assert page.count('<img alt="一张填好的自评表" src="data:image/png;base64,') == 1
    assert "解除锁定" in page
    assert "<table>" in page


def test_every_cell_function_stands_in_the_manual(lines):
    rows = {line.first: line.second for line in lines if line.look == "row"}
    for call, meaning in functions():
        assert rows[call] == meaning


def test_commands_named_in_the_manual_exist(lines):
    text = " ".join(line.first + line.second for line in lines)
    named = set(re.findall(r"perfeval-xl (\w+)", text))
    assert named
    assert named <= set(COMMANDS)


def test_a_name_that_is_no_page_is_refused(perfeval):
    ran = perfeval("help", "--html", "手册.xlsx")
    assert ran.code == 2
    assert ran.err.strip() == "手册.xlsx: 网页的文件名要以 .html 结尾"


def test_help_alone_lists_the_commands(perfeval):
    ran = perfeval("help")
    assert ran.code == 0
    assert all(f"perfeval-xl {name}" in ran.out for name in COMMANDS)

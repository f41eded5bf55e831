"""What is typed behind a command: one sentence for whatever it cannot be."""

import pytest

from perfeval_xl.cli.options import Options, options_of
from perfeval_xl.workbook.grid import UnusableFile


@pytest.mark.parametrize(("typed", "number"), [("5", 5), ("-5", -5), ("007", 7)])
def test_a_whole_number_is_read(typed, number):
    assert Options([], {"rows": typed}).whole("rows", 0) == number


@pytest.mark.parametrize("typed", ["", "-", "--5", "5.0", "五", "1e3", "+5", "²", "1234567890"])
def test_anything_else_is_a_sentence(typed):
    with pytest.raises(UnusableFile, match="参数 --rows 应为整数, 不是「"):
        Options([], {"rows": typed}).whole("rows", 0)


def test_behind_two_dashes_every_word_counts_as_given():
    assert options_of(["--json", "--", "-0.3", "--json"], "", ("json",)) == Options(["-0.3", "--json"], {"json": ""})


@pytest.mark.parametrize(("typed", "hint"), [("-x.xlsx", "; 如果这是文件名, 请写成 ./-x.xlsx"), ("--jsno", ""), ("-j", "")])
def test_what_is_no_option_is_named_and_a_file_is_told_how_to_be_one(typed, hint):
    with pytest.raises(UnusableFile) as refused:
        options_of([typed], "", ("json",))
    assert str(refused.value) == f"不认识的参数: {typed}; 加 --help 看用法{hint}"

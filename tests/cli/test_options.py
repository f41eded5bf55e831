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

"""The column of explanations is where a check looks for them before it reads any."""

from perfeval_xl.workbook.grid import EXPLANATION_COLUMN
from perfeval_xl.workbook.results.result_rows import HEADINGS


def test_the_explanation_column_is_the_one_the_heading_names():
    assert HEADINGS[EXPLANATION_COLUMN - 1] == "出错说明"

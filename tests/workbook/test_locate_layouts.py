"""Every layout seen in the wild, as a skeleton: each field is found in its cell, and nothing else."""

import pytest

from perfeval_xl.workbook.layout.locate import find_tables
from tests.workbook.layout_file import NAMES, fields, layout


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_the_layout_is_read_from_its_cell(name):
    workbook, expected = layout(name)
    tables, _ = find_tables(workbook)
    assert [fields(table)["region"] for table in tables] == [table["region"] for table in expected]
    for table, wanted in zip(tables, expected, strict=True):
        found = fields(table)
        filled = [fund for fund in found["funds"] if len(fund) > 1]
        assert [fund for fund in filled if fund in wanted["funds"]] == wanted["funds"]
        assert all(set(fund) <= {"label", "weight", "written_score", "written_rate", "reason"} for fund in filled if fund not in wanted["funds"])
        assert found["indicators"] == wanted["indicators"]
        rest = {key: value for key, value in found.items() if key not in ("funds", "indicators")}
        assert rest == {key: value for key, value in wanted.items() if key not in ("funds", "indicators")}

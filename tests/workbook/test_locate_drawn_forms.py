"""Forms that no office has published, in any order, wording and merging: read back exactly, cell by cell."""

import pytest

from perfeval_xl.workbook.grid import Workbook
from perfeval_xl.workbook.layout.locate import find_tables
from tests.workbook.drawn_form import drawn_form

FIELDS = {"rate": "written_rate", "score": "written_score"}


def differences(rows, expected):
    """Fields that are not as drawn: (field, read, drawn)."""
    assert len(rows) == len(expected)
    return [
        (field, getattr(row, FIELDS.get(field, field)), drawn)
        for row, wanted in zip(rows, expected, strict=True)
        for field, drawn in wanted.items()
        if not agrees(getattr(row, FIELDS.get(field, field)), drawn)
    ]


def agrees(value, drawn):
    cell, content = drawn
    if value.cell != cell:
        return False
    if content is None:
        return value.number is None
    if isinstance(content, str):
        return value.text == content
    return value.number == pytest.approx(content, abs=1e-9)


@pytest.mark.parametrize("batch", range(12))
def test_a_form_nobody_prepared_the_reader_for_is_read_exactly(batch):
    for seed in range(batch * 25, batch * 25 + 25):
        sheet, expected = drawn_form(seed)
        (table,), notes = find_tables(Workbook("drawn.xlsx", (sheet,)))
        heading = table.heading
        assert (seed, table.kind, heading.year, table.money_unit) == (seed, expected.kind, expected.year, expected.money_unit)
        assert [(v.cell, v.text) for v in (heading.name, heading.department, heading.unit) if v.cell] == [
            place for place in (expected.name, expected.department, expected.unit) if place[0]
        ]
        assert (table.goal_planned.cell, table.goal_done.cell) == expected.goals
        assert differences(table.funds, expected.funds) == []
        assert differences(table.indicators, expected.indicators) == []
        totals = [(table.total_weight, expected.total_weight), (table.total_score, expected.total_score)]
        assert [(value, drawn) for value, drawn in totals if not agrees(value, drawn)] == []
        assert (table.unread, notes) == ((), [])

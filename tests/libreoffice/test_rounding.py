"""ROUND in a spreadsheet engine and core.number.rounded are one function, ties included.

Values and digits stay where a result has at most 14 significant digits, as every amount, rate and score has; beyond
that even spreadsheet engines differ from each other.
"""

import random

import xlsxwriter

from perfeval_xl.core.number import rounded

VALUES = 2000
SAID_BEFORE = (2.675, -2.675, 1.005, 0.285, 1.115, -0.005, 1234.5, 0.1 + 0.2)


def _values():
    """Ties as typed, products weight × rate, quotients, anything: each with the digits it is rounded to."""
    chance, quarter = random.Random(20260101), VALUES // 4
    kinds = (
        [chance.randrange(-10**6, 10**6) / 1000 + 0.005 for _ in range(quarter)],
        [chance.randrange(1, 200) / 10 * chance.randrange(1, 20000) / 10000 for _ in range(quarter)],
        [chance.randrange(1, 100) * chance.randrange(1, 10**5) / chance.randrange(1, 10**5) for _ in range(quarter)],
        [*(chance.uniform(-1e6, 1e6) for _ in range(quarter - len(SAID_BEFORE))), *SAID_BEFORE],
    )
    values = [value for kind in kinds for value in kind]
    return [(value, 9 if abs(value) < 1 else (2, 2, 0, 1, 4, -1)[row % 6]) for row, value in enumerate(values)]


def test_round_gives_what_python_gives(calc, tmp_path):
    values, digits = zip(*_values(), strict=True)
    with xlsxwriter.Workbook(str(tmp_path / "round.xlsx")) as book:
        sheet = book.add_worksheet("R")
        for row, places in enumerate(digits):
            sheet.write_formula(row, 1, f"=ROUND(A{row + 1},{places})")
    with calc.open(tmp_path / "round.xlsx") as document:
        document.put_rows(f"R!A1:A{VALUES}", [[value] for value in values])     # a file would keep 16 digits only
        rows = document.rows(f"R!A1:B{VALUES}")
    assert [row[0] for row in rows] == list(values)
    assert {value: (row[1], rounded(value, places)) for value, places, row in zip(values, digits, rows, strict=True) if row[1] != rounded(value, places)} == {}

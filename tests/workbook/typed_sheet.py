"""A sheet typed as text: one line per row, cells between bars, for forms short enough to read in a test."""

from perfeval_xl.workbook.address import area
from perfeval_xl.workbook.grid import Cell, Sheet, Workbook
from perfeval_xl.workbook.layout.locate import find_tables


def typed(text, merges="", name="自评表", state="visible"):
    r"""Numbers become numbers; "=FORMULA -> 5" a formula with its cached value; "" a blank; \n a line break."""
    cells = {}
    for row, line in enumerate(text.strip("\n").split("\n"), 1):
        for column, content in enumerate(line.split("|"), 1):
            if content.strip():
                cells[row, column] = _cell(content.strip())
    return Sheet(name, state, cells, tuple(area(merge) for merge in merges.split()))


def _cell(content):
    formula = ""
    if content.startswith("=") and content[1:2].isalpha():
        formula, _, content = content[1:].partition(" -> ")
    return Cell(_value(content), formula.strip())


def _value(content):
    try:
        return float(content)
    except ValueError:
        return content.replace("\\n", "\n") or None


def read(*sheets):
    """The tables and the notes of a workbook of these sheets."""
    return find_tables(Workbook("typed.xlsx", sheets))


def one(text, merges=""):
    """The only table of a typed sheet."""
    (table,), _ = read(typed(text, merges))
    return table


def texts(values):
    """Cell and text of the values that exist, in order."""
    return [(value.cell, value.text) for value in values if value.cell]

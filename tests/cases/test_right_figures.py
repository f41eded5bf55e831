"""Figures of the reports that are right: each follows from its parts, stands where it is said to stand, and is no error."""

import re
import tomllib
from pathlib import Path

import pytest

from perfeval_xl.core.number import exact_sum, percent, plain
from perfeval_xl.core.rule import parse_rule
from perfeval_xl.core.scoring import execution_function
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.reading.number_format import display

FIGURES = tomllib.loads(Path(__file__).with_name("right_figures.toml").read_text("utf-8"))["figure"]
IDS = [f"{figure['case']} {figure['says']}" for figure in FIGURES]


def number_in(text):
    """The number that a text prints, without unit and thousands."""
    return re.sub(r"[^\d.]", "", text)


def recalculated(figure):
    first, *others = figure["of"]
    if figure["how"] == "sum":
        return plain(exact_sum([float(part) for part in figure["of"]]))
    if figure["how"] == "difference":
        return plain(exact_sum([first, *(-other for other in others)]))
    if figure["how"] == "points":
        return plain(execution_function(parse_rule("execution"))(*map(float, figure["of"])))
    return number_in(percent(first / others[0]))


@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_a_right_figure_follows_from_its_parts(figure):
    assert float(number_in(figure["shown"])) == float(recalculated(figure))


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if "cell" in figure], ids=[name for name, figure in zip(IDS, FIGURES, strict=True) if "cell" in figure])
def test_a_right_figure_stands_in_its_cell_and_is_no_error(figure, results):
    result = results[figure["case"]]
    sheet_name, _, cell_name = figure["cell"].rpartition("!")
    sheet = next(sheet for sheet in result.workbook.sheets if sheet.name == (sheet_name or "自评表"))
    cell = sheet.cells[place(cell_name)]
    assert display(cell.value, cell.number_format) == figure["shown"]
    errors = [finding for finding in result.all_findings if finding.level == "error"]
    assert [finding.message for finding in errors if finding.cell in (cell_name, figure["cell"])] == []


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if "cell" not in figure], ids=[name for name, figure in zip(IDS, FIGURES, strict=True) if "cell" not in figure])
def test_a_right_figure_of_the_text_alone_is_named_by_no_error(figure, results):
    number = number_in(figure["shown"])
    errors = [finding for finding in results[figure["case"]].all_findings if finding.level == "error"]
    assert [finding.message for finding in errors if number in finding.message] == []

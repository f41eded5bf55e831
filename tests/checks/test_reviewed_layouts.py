"""复核: every error on the published layouts is one whose arithmetic is written down beside it, and none is missing."""

import tomllib
from pathlib import Path

import pytest

from perfeval_xl.core.number import exact_sum
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.examination import examined_workbook
from tests.workbook.layout_file import NAMES, layout

FOLDER = Path(__file__).parent / "reviewed"


def reviewed(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def test_every_published_layout_has_its_review():
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_errors_on_a_published_layout_are_the_reviewed_ones(name):
    workbook, _ = layout(name)
    found = [(each.check, each.cell, each.expected) for each in examined_workbook(workbook).all_findings if each.level == "error"]
    assert sorted(found) == sorted((each["check"], each["cell"], each["expected"]) for each in reviewed(name)["findings"])


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_to_be_blank_is_blank_in_the_grid(name):
    (sheet,) = layout(name)[0].sheets
    for each in reviewed(name)["findings"]:
        if each["check"] in ("A01", "A02"):
            assert place(each["cell"]) not in sheet.cells, each["cell"]


@pytest.mark.parametrize("name", NAMES)
def test_a_review_says_who_made_it_and_its_arithmetic_holds(name):
    review = reviewed(name)
    assert review["reviewed_by"]
    for each in review["findings"]:
        assert each["why"]
        if "added" in each:
            assert exact_sum(each["added"]) == each["gives"]
            assert float(each["expected"]) == each["gives"] or each["check"] in ("B01", "B02")

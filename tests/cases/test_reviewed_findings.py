"""The findings on the published tables are exactly the ones that were reviewed by hand."""

import tomllib
from pathlib import Path

import pytest

from tests.cases.conftest import CASES

REVIEWED = tomllib.loads(Path(__file__).with_name("reviewed.toml").read_text("utf-8"))["finding"]


def found(result):
    return sorted(
        (finding.check, finding.level, finding.cell, tuple(f"{far.check} {far.cell}" for far in finding.consequences))
        for finding in result.all_findings
    )


@pytest.mark.parametrize("name", CASES)
def test_the_findings_are_the_reviewed_ones(name, results):
    reviewed = [
        (entry["check"], entry["level"], cell, tuple(entry.get("also", ())))
        for entry in REVIEWED
        if entry["case"] == name
        for cell in entry["cells"]
    ]
    assert found(results[name]) == sorted(reviewed)


def test_every_reviewed_finding_has_a_verdict_and_its_reason():
    assert {entry["verdict"] for entry in REVIEWED} == {"right"}
    assert all(entry["why"] and entry["cells"] for entry in REVIEWED)


@pytest.mark.parametrize("name", CASES)
def test_no_finding_speaks_of_a_cell_that_does_not_exist(name, results):
    from perfeval_xl.workbook.address import place

    (sheet,) = (sheet for sheet in results[name].workbook.sheets if sheet.name == "自评表")
    last_row = max(row for row, _ in sheet.cells)
    assert all(place(finding.cell)[0] <= last_row for finding in results[name].all_findings)

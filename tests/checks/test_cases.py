"""样例: every check of the catalogue against the tables of its case file."""

import tomllib
from pathlib import Path

import pytest

from perfeval_xl.checks.catalogue import BY_ID, CHECKS
from tests.checks.drawn_table import TABLES, drawn, findings_of

FOLDER = Path(__file__).parent / "cases"
PROPERTIES = ("kind", "year", "ruleset", "money_unit", "drop", "rules", "more", "passages", "reason_title", "has_reason_room", "funds", "indicators", "figures")
KEYS = {"name", "table", "set", "findings", "level", "follows", "also", "items", *PROPERTIES}


def cases_of(check):
    return tomllib.loads((FOLDER / f"{check}.toml").read_text("utf-8"))["case"]


def every_case():
    for path in sorted(FOLDER.glob("*.toml")):
        for case in cases_of(path.stem):
            yield pytest.param(path.stem, case, id=f"{path.stem} {case['name']}")


@pytest.mark.parametrize("check", [check.id for check in CHECKS])
def test_every_check_has_a_passing_and_a_failing_table(check):
    outcomes = {bool(case.get("findings")) for case in cases_of(check)}
    assert outcomes == {True, False}


def test_every_case_file_belongs_to_a_check_and_uses_known_words():
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(BY_ID)
    for path in FOLDER.glob("*.toml"):
        names = [case["name"] for case in cases_of(path.stem)]
        assert len(names) == len(set(names)), path.name
        assert set().union(*cases_of(path.stem)) <= KEYS, path.name


@pytest.mark.parametrize("name", TABLES)
def test_a_table_in_order_raises_no_finding_of_any_check(name):
    assert findings_of(drawn(name)) == []


@pytest.mark.parametrize(("check", "case"), list(every_case()))
def test_the_findings_are_exactly_those_of_the_case(check, case):
    properties = {key: case[key] for key in PROPERTIES if key in case}
    findings = findings_of(drawn(case["table"], case.get("set"), **properties), case.get("items"))
    own = [[finding.cell, finding.written, finding.expected] for finding in findings if finding.check == check]
    others = [f"{finding.check} {finding.cell}" for finding in findings if finding.check != check]
    consequences = {f"{far.check} {far.cell}" for finding in findings for far in finding.consequences}
    assert (sorted(own), sorted(others), sorted(consequences)) == (
        sorted(case.get("findings", [])), sorted(case.get("also", [])), sorted(case.get("follows", []))
    )  # fmt: skip
    level = case.get("level", BY_ID[check].level)
    assert {finding.level for finding in findings if finding.check == check} <= {level}
    for finding in findings:
        assert finding.message.startswith(f"{finding.sheet} {finding.cell} ")
        assert finding.item
        assert finding.fix
        assert finding.basis

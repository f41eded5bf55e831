"""Whatever is shipped says where it stands, since when, and how sure that is."""

import re
from pathlib import Path

import pytest

from perfeval_xl import rulesets
from perfeval_xl.core.ruleset import Sourced
from perfeval_xl.rulesets.loader import available, load
from perfeval_xl.rulesets.periods import days_of_change
from perfeval_xl.rulesets.reading import edition

FILES = sorted(Path(rulesets.__path__[0]).glob("*.toml"))
VALUES = [
    pytest.param(ruleset_id, item, sourced, id=f"{ruleset_id} {item} {sourced.since[0]}")
    for ruleset_id in available()
    for item, history in edition(ruleset_id).ruleset.items.items()
    for sourced in history
]


def test_every_file_is_shipped_under_its_own_id():
    assert tuple(file.stem for file in FILES) == available() == tuple(load(name).id for name in available())


@pytest.mark.parametrize(("ruleset_id", "item", "sourced"), VALUES)
def test_every_value_names_document_and_article(ruleset_id, item, sourced: Sourced):
    assert sourced.document in [document.number for document in edition(ruleset_id).documents]
    assert re.fullmatch(r"待核|第[一二三四五六七八九十百]+条.*|附件.*", sourced.article)


@pytest.mark.parametrize(("ruleset_id", "item", "sourced"), VALUES)
def test_no_value_holds_before_its_document(ruleset_id, item, sourced: Sourced):
    document = {document.number: document for document in edition(ruleset_id).documents}[sourced.document]
    assert document.in_force_from is None or document.in_force_from <= sourced.since


@pytest.mark.parametrize(("ruleset_id", "item", "sourced"), VALUES)
def test_every_item_has_a_label(ruleset_id, item, sourced):
    assert edition(ruleset_id).labels[item].strip()


@pytest.mark.parametrize("ruleset_id", available())
def test_every_document_says_how_it_was_seen(ruleset_id):
    for document in edition(ruleset_id).documents:
        assert document.seen.startswith(("待核", "见", "已核对"))
        assert document.issued_on is None or document.in_force_from is None or document.issued_on <= document.in_force_from


@pytest.mark.parametrize("ruleset_id", available())
def test_every_listed_document_is_cited(ruleset_id):
    found = edition(ruleset_id)
    cited = {sourced.document for history in found.ruleset.items.values() for sourced in history}
    assert {document.number for document in found.documents} == cited


@pytest.mark.parametrize("ruleset_id", available())
def test_weights_sum_to_100_whenever_in_force(ruleset_id):
    ruleset = load(ruleset_id)
    assert [sum(ruleset.on(day).weights.values()) for day in days_of_change(ruleset)] == [100.0] * len(days_of_change(ruleset))


@pytest.mark.parametrize("ruleset_id", available())
def test_a_changed_check_has_its_reason(ruleset_id):
    assert all(setting.reason for setting in load(ruleset_id).checks.values())


def test_a_number_that_is_no_national_rule_says_so():
    project, fund = load("mof-2020-10"), load("fund-2022-65")
    assert "地方" in project.items["threshold.over_completion"][0].note
    assert "地方" in project.items["threshold.execution_floor"][0].note
    assert "地方" in fund.items["threshold.over_completion"][0].note


def test_the_national_project_rules_are_as_published():
    rules = load("mof-2020-10").on((2024, 12, 31))
    assert rules.weights == {"execution": 10, "output": 50, "benefit": 30, "satisfaction": 10}
    assert rules.grades == ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
    assert (rules.rule().name, rules.rule("rule.execution").name) == ("proportional", "execution")
    assert (rules.number("band.met", 0), rules.number("band.partial", 0)) == (0.8, 0.6)
    assert rules.number("threshold.over_completion", 0) == 1.3
    assert rules.number("threshold.execution_floor", 0) == 0.9
    assert rules.basis("threshold.execution_floor") == "四川省 510000_0013zp 表 待核"


def test_the_central_guide_adds_cost_and_bands():
    rules = load("mof-2021-101").on((2024, 12, 31))
    assert rules.weights == {"execution": 10, "cost": 20, "output": 40, "benefit": 20, "satisfaction": 10}
    assert rules.rule("rule.execution").bands == ((1.0, 1.0), (0.8, 0.7), (0.6, 0.5))
    assert rules.grades == load("mof-2020-10").on((2024, 12, 31)).grades
    assert rules.ruleset.kinds == ("project",)


def test_the_fund_rules_are_all_or_nothing_without_execution_points():
    rules = load("fund-2022-65").on((2023, 12, 31))
    assert rules.weights == {"decision": 10, "process": 20, "output": 30, "benefit": 30, "satisfaction": 10}
    assert rules.rule().name == "pass_fail"
    assert "rule.execution" not in rules.values
    assert (rules.grade(98), rules.grade(89.99)) == ("优", "良")
    assert rules.level("B10", "explain") == "hint"
    assert rules.level("B09", "explain") == "explain"
    assert rules.basis("weight.output") == "财社〔2022〕65号 待核"

"""Whatever is shipped says where it stands, since when, and how sure that is."""

import re
import tomllib
from pathlib import Path

import pytest

from perfeval_xl import rulesets
from perfeval_xl.core.ruleset import Sourced
from perfeval_xl.core.scoring import bounded_score, execution_function
from perfeval_xl.rulesets.loader import available, load
from perfeval_xl.rulesets.periods import days_of_change
from perfeval_xl.rulesets.reading import edition, edition_below, shipped_path

FILES = sorted(Path(rulesets.__path__[0]).glob("*.toml"), key=lambda path: path.stem)
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
    below = edition_below(found, shipped_path(ruleset_id))
    inherited = {document.number for document in below.documents} if below else set()
    cited = {sourced.document for history in found.ruleset.items.values() for sourced in history}
    assert {document.number for document in found.documents} == cited | inherited


@pytest.mark.parametrize("ruleset_id", [name for name in available() if load(name).complete])
def test_weights_sum_to_100_whenever_in_force(ruleset_id):
    ruleset = load(ruleset_id)
    assert [sum(ruleset.on(day).weights.values()) for day in days_of_change(ruleset)] == [100.0] * len(days_of_change(ruleset))


@pytest.mark.parametrize(
    ("ruleset_id", "known"), [("hubei-20-80", {"execution": 20}), ("sichuan-department-2023", {}), ("sichuan-fund-2024", {})]
)
def test_weights_nobody_saw_are_left_open(ruleset_id, known):
    ruleset = load(ruleset_id)
    assert (ruleset.complete, ruleset.on((2024, 12, 31)).weights) == (False, known)


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


LOCAL = ["anhui-2024", "guangxi-2024", "hubei-20-80", "jiangxi-bands", "shanghai-2024", "sichuan-department-2023", "sichuan-fund-2024"]


@pytest.mark.parametrize("ruleset_id", LOCAL)
def test_a_local_rule_nobody_read_claims_no_document_number(ruleset_id):
    found, below = edition(ruleset_id), edition_below(edition(ruleset_id), shipped_path(ruleset_id))
    own = [document for document in found.documents if document not in below.documents]
    assert own
    for document in own:
        assert document.number.startswith("待核: ")
        assert not re.search(r"〔\d{4}〕", document.number)
        assert not document.is_verified


@pytest.mark.parametrize("ruleset_id", LOCAL)
def test_a_local_rule_nobody_read_is_marked_in_its_title(ruleset_id):
    title = load(ruleset_id).title
    assert "待核" in title


@pytest.mark.parametrize("ruleset_id", [name for name in available() if load(name).based_on])
def test_a_ruleset_with_a_basis_states_only_what_differs(ruleset_id):
    tables = tomllib.loads(Path(shipped_path(ruleset_id)).read_text(encoding="utf-8"))["item"]
    below = edition_below(edition(ruleset_id), shipped_path(ruleset_id))
    own = load(ruleset_id).items
    same_number = {"guangxi-2024": {"threshold.over_completion"}, "sichuan-department-2023": {"threshold.over_completion"}}
    for name in {item["name"] for item in tables} - same_number.get(ruleset_id, set()):
        assert name not in below.ruleset.items or own[name][0].value != below.ruleset.items[name][0].value or name.startswith("grade.")


def test_the_sichuan_fund_step_is_told_to_be_inferred():
    sourced = load("sichuan-fund-2024").items["rule.default"][0]
    assert sourced.note.startswith("推断, 待核")
    assert "推断" in load("sichuan-fund-2024").title


@pytest.mark.parametrize(
    ("actual", "score"), [(0.95, 5.0), (0.9457, 4.5), (0.94, 4.5), (0.8926, 2.0), (0.85, 0.0)], ids=lambda number: f"{number:g}"
)
def test_the_sichuan_fund_takes_half_a_point_per_started_percentage_point(actual, score):
    rule = load("sichuan-fund-2024").on((2024, 12, 31)).rule()
    assert bounded_score(rule, "higher", 5, 0.95, 0, actual, points=True) == score


def test_the_sichuan_departments_count_nothing_beyond_thirty_percent():
    rules = load("sichuan-department-2023").on((2023, 12, 31))
    assert rules.ruleset.kinds == ("department",)
    assert rules.number("threshold.over_completion", 0) == 1.3
    assert rules.number("threshold.execution_floor", 0) == 0.9
    assert rules.grades == load("mof-2020-10").on((2023, 12, 31)).grades
    assert rules.basis("threshold.over_completion") == "待核: 四川部门整体支出自评表"


def test_anhui_weighs_as_the_national_rules_and_marks_from_120_percent():
    rules = load("anhui-2024").on((2024, 12, 31))
    assert rules.ruleset.kinds == ("department", "project")
    assert rules.weights == {"execution": 10, "output": 50, "benefit": 30, "satisfaction": 10}
    assert (rules.number("threshold.over_completion", 0), rules.rate_digits) == (1.2, 4)
    assert (rules.level("B10", "explain"), rules.level("E02", "explain")) == ("hint", "hint")


def test_hubei_gives_twenty_points_for_execution():
    rules = load("hubei-20-80").on((2024, 12, 31))
    assert rules.rate_digits == 4
    assert execution_function(rules.rule("rule.execution"))(20, 85, 100) == 17.0


@pytest.mark.parametrize(("executed", "score"), [(100, 10), (99.99, 7), (80, 7), (79.99, 5), (60, 5), (59.99, 0)])
def test_jiangxi_scores_execution_in_bands(executed, score):
    rules = load("jiangxi-bands").on((2024, 12, 31))
    assert execution_function(rules.rule("rule.execution"))(10, executed, 100) == score
    assert rules.weights == load("mof-2020-10").on((2024, 12, 31)).weights


def test_guangxi_demands_a_reason_from_130_percent_and_has_four_classes():
    rules = load("guangxi-2024").on((2024, 12, 31))
    assert rules.number("threshold.over_completion", 0) == 1.3
    assert (rules.level("B10", "explain"), rules.level("E02", "explain")) == ("error", "error")
    assert rules.grades == ((90, "一等"), (80, "二等"), (60, "三等"), (0, "四等"))
    assert all("分数线未见" in sourced.note for name, sourced in rules.values.items() if name.startswith("grade."))


def test_shanghai_grades_by_pass_and_fail():
    rules = load("shanghai-2024").on((2024, 12, 31))
    assert [rules.grade(total) for total in (90, 89.99, 79.99, 59.99)] == ["优", "良", "合格", "不合格"]
    assert all("分数线未见" in sourced.note for name, sourced in rules.values.items() if name.startswith("grade."))


@pytest.mark.parametrize(
    ("ruleset_id", "weights"),
    [
        ("mof-2021-101-no-cost", {"execution": 10, "output": 50, "benefit": 30, "satisfaction": 10}),
        ("mof-2021-101-no-satisfaction", {"execution": 10, "cost": 20, "output": 40, "benefit": 30}),
    ],
)
def test_the_central_guide_without_a_class_shares_its_points(ruleset_id, weights):
    rules = load(ruleset_id).on((2024, 12, 31))
    assert rules.weights == weights
    assert rules.rule("rule.execution") == load("mof-2021-101").on((2024, 12, 31)).rule("rule.execution")

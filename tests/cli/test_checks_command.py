"""``perfeval-xl checks``: the whole catalogue under a ruleset, on, softened or off, each with its reason."""

import json

import pytest

from perfeval_xl.checks.catalogue import CHECKS, GOAL_CHECKS, WORKBOOK_CHECKS
from perfeval_xl.cli.checks import checks_text, listed
from perfeval_xl.core.ruleset import CheckSetting
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of


def rules(**settings):
    ruleset = load("mof-2020-10")._replace(checks={name: CheckSetting(level, reason) for name, (level, reason) in settings.items()})
    return rules_of(ruleset, None)


def test_every_check_of_the_catalogue_is_listed_in_its_order(perfeval):
    entries = json.loads(perfeval("checks", "--json").out)
    assert [entry["id"] for entry in entries] == sorted(check.id for check in (*CHECKS, *WORKBOOK_CHECKS, *GOAL_CHECKS))
    assert {entry["ruleset"] for entry in entries} == {"mof-2020-10"}
    assert list(entries[0]) == ["ruleset", "id", "title", "level", "own_level", "basis", "status", "reason", "looks_for"]
    assert all(entry["looks_for"] and entry["title"] and entry["basis"] for entry in entries)


def test_a_softened_check_names_its_level_and_the_reason():
    found = {check.id: check for check in listed(rules(B04=("hint", "本省不查"), B10=("error", "从严"), E02=("off", "没有这一栏")))}
    assert (found["B04"].level, found["B04"].own_level, found["B04"].status, found["B04"].reason) == ("hint", "error", "softened", "本省不查")
    assert (found["B10"].status, found["B10"].reason) == ("sharpened", "从严")
    assert (found["E02"].level, found["E02"].status, found["E02"].reason) == ("off", "off", "没有这一栏")
    assert (found["B01"].status, found["B01"].reason) == ("on", "")


def test_the_text_says_the_state_in_words():
    chosen = rules(B04=("hint", "本省不查"), E02=("off", "没有这一栏"))
    lines = checks_text([check for check in listed(chosen) if check.id in ("B04", "E02")], chosen).splitlines()
    assert lines[0] == "评分办法 mof-2020-10 项目支出绩效评价管理办法 · 审核规则 2 条: 放宽 1 · 停用 1"
    assert lines[1] == "  B04 ●提示 得分不超过分值 · 依据: 财预〔2020〕10号 待核"
    assert lines[3] == "      放宽 (本来是错误): 本省不查"
    assert lines[4].startswith("  E02 ○停用 大幅超额须写原因 · 依据: ")
    assert lines[6] == "      停用 (本来是核实): 没有这一栏"


def test_what_a_check_looks_for_is_the_first_sentence_of_its_own_words():
    (check,) = [check for check in listed(rules()) if check.id == "B04"]
    assert check.looks_for == "得分不超过分值: 0 ≤ score ≤ weight, both cut to two decimals"


def test_a_check_that_needs_another_table_says_when_it_is_looked_for():
    found = {check.id: check for check in listed(rules())}
    assert (found["G02"].basis, found["G02"].looks_for) == ("批复的绩效目标表", "指标值与批复一致 (check --goals 时)")
    assert found["F05"].looks_for == "各表自评得分有区别 (一个文件里有三张以上自评表时)"


def test_the_basis_and_level_are_those_of_the_ruleset_asked_for(perfeval):
    entries = {entry["id"]: entry for entry in json.loads(perfeval("checks", "--ruleset", "fund-2022-65", "--json").out)}
    assert (entries["B10"]["level"], entries["B10"]["status"]) == ("hint", "softened")
    assert entries["B01"]["basis"] == "财社〔2022〕65号 待核"


@pytest.mark.parametrize("wanted", ["没有", "没有.toml"])
def test_an_unknown_ruleset_is_refused(perfeval, wanted):
    ran = perfeval("checks", "--ruleset", wanted)
    assert (ran.code, ran.out, len(ran.err.strip().splitlines())) == (2, "", 1)

import subprocess
import sys
from pathlib import Path

import pytest

from perfeval_xl import rulesets
from perfeval_xl.core.ruleset import NoRuleInForceError
from perfeval_xl.rulesets import snapshot as snapshots
from perfeval_xl.rulesets.loader import available, default_for, load
from perfeval_xl.rulesets.periods import days_of_change, rules_of
from perfeval_xl.rulesets.reading import edition
from perfeval_xl.rulesets.refusal import RulesetError
from perfeval_xl.rulesets.snapshot import TARGET, snapshot

SHIPPED = (
    "anhui-2024, fund-2022-65, guangxi-2024, hubei-20-80, jiangxi-bands, mof-2020-10, mof-2021-101, mof-2021-101-no-cost, "
    "mof-2021-101-no-satisfaction, shanghai-2024, sichuan-department-2023, sichuan-fund-2024"
)


def test_the_snapshot_is_what_the_toml_files_say():
    assert {path.name: path.read_text(encoding="utf-8") for path in TARGET.glob("*.py")} == snapshot()


@pytest.mark.parametrize("ruleset_id", available())
def test_a_loaded_ruleset_equals_its_file(ruleset_id):
    assert load(ruleset_id) == edition(ruleset_id).ruleset


@pytest.mark.parametrize("ruleset_id", ["mof-2019", "", "../mof-2020-10", "MOF-2020-10", "办法"])
def test_an_unknown_id_is_refused_with_the_known_ones(ruleset_id):
    with pytest.raises(RulesetError) as caught:
        load(ruleset_id)
    assert str(caught.value) == (
        f"评分办法 「{ruleset_id}」: 没有这个编号, 自带的有 {SHIPPED}; 自己的办法请给文件"
    )


@pytest.mark.parametrize(
    ("kind", "year", "expected"),
    [
        ("fund", 2023, "fund-2022-65"),
        ("fund", 2030, "fund-2022-65"),
        ("fund", 2022, "fund-2022-65"),
        ("fund", None, "fund-2022-65"),
        ("project", 2024, "mof-2020-10"),
        ("department", 2024, "mof-2020-10"),
        ("department", 2023, "mof-2020-10"),
        ("department", None, "mof-2020-10"),
        ("transfer", 2024, "mof-2020-10"),
        ("transfer", None, "mof-2020-10"),
        ("project", 2019, "mof-2020-10"),
    ],
)
def test_each_kind_of_table_has_its_default(kind, year, expected):
    assert default_for(kind, year) == expected
    assert kind in load(expected).kinds


def test_a_table_is_judged_on_the_last_day_of_its_year():
    assert rules_of(load("mof-2020-10"), 2020).day == (2020, 12, 31)
    assert rules_of(load("fund-2022-65"), 2023).weights == {
        "decision": 10, "process": 20, "output": 30, "benefit": 30, "satisfaction": 10,
    }  # fmt: skip


def test_without_a_year_the_newest_rules_hold():
    assert rules_of(load("mof-2021-101"), None).day == (2021, 8, 18)
    assert days_of_change(load("mof-2021-101")) == [(2021, 8, 18)]


@pytest.mark.parametrize(
    ("ruleset_id", "year", "sentence"),
    [
        ("mof-2020-10", 2019, "评分办法 mof-2020-10 的「weight.execution」在 2019-12-31 没有生效的规定"),
        ("mof-2021-101", 2020, "评分办法 mof-2021-101 的「weight.output」在 2020-12-31 没有生效的规定"),
        ("fund-2022-65", 2022, "评分办法 fund-2022-65 的「weight.decision」在 2022-12-31 没有生效的规定"),
    ],
)
def test_a_year_before_the_first_rule_raises(ruleset_id, year, sentence):
    with pytest.raises(NoRuleInForceError) as caught:
        rules_of(load(ruleset_id), year)
    assert str(caught.value) == sentence
    assert (caught.value.ruleset, caught.value.day) == (ruleset_id, (year, 12, 31))


def test_only_the_ruleset_asked_for_is_loaded():
    code = (
        "import sys; from perfeval_xl.rulesets.loader import load; load('fund-2022-65')\n"
        "print(*(name.rpartition('.')[2] for name in sys.modules if name.startswith('perfeval_xl.rulesets.shipped.')))"
    )
    root = Path(rulesets.__path__[0]).parents[1]
    run = subprocess.run([sys.executable, "-S", "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout == "fund_2022_65\n"


def test_a_stale_snapshot_is_replaced_whole(tmp_path, monkeypatch):
    target = tmp_path / "shipped"
    target.mkdir()
    (target / "gone_2019.py").write_text("RULESET = None\n", encoding="utf-8")
    monkeypatch.setattr(snapshots, "TARGET", target)
    snapshots.write_snapshot()
    assert {path.name: path.read_text(encoding="utf-8") for path in target.iterdir()} == snapshot()


def test_loading_a_shipped_ruleset_parses_no_toml():
    slow = {"tomllib", "pathlib", "dataclasses", "json", "datetime", "openpyxl"}
    code = f"import sys; from perfeval_xl.rulesets.loader import load; load('fund-2022-65'); print({slow} & {{*sys.modules}})"
    root = Path(rulesets.__path__[0]).parents[1]
    run = subprocess.run([sys.executable, "-S", "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"

from collections.abc import Callable

import pytest

from perfeval_xl.rulesets.loader import load_file
from perfeval_xl.rulesets.refusal import RulesetError

BUREAU = """\
id = "bureau-2024"
title = "某局绩效自评评分办法"
kinds = ["project"]

[[document]]
number = "某财〔2024〕1号"
title = "某局绩效自评办法"
issued_by = "某财政局"
issued_on = 2024-01-10
in_force_from = 2024-01-10
seen = "已核对原文"

[[item]]
name = "weight.output"
label = "产出指标"
unit = "points"
values = [{ from = 2024-01-10, value = 60, document = "某财〔2024〕1号", article = "第三条" }]

[[item]]
name = "weight.benefit"
label = "效益指标"
unit = "points"
values = [{ from = 2024-01-10, value = 40, document = "某财〔2024〕1号", article = "第三条" }]

[[item]]
name = "rule.default"
label = "定量指标记分"
unit = "rule"
values = [{ from = 2024-01-10, value = "step_deduction(points=0.5, per=1)", document = "某财〔2024〕1号", article = "第五条" }]

[[check]]
id = "B10"
level = "hint"
reason = "办法没有超额扣分"
"""


@pytest.fixture
def bureau() -> str:
    """A small file that is right in every respect."""
    return BUREAU


@pytest.fixture
def changed() -> Callable[[str, str], str]:
    """The right file with its first ``old`` replaced by ``new``."""

    def change(old: str, new: str) -> str:
        assert old in BUREAU
        return BUREAU.replace(old, new, 1)

    return change


@pytest.fixture
def mistakes_in(tmp_path) -> Callable[[str], tuple[str, ...]]:
    """What is said against a file of that text; an empty tuple where it is accepted."""

    def mistakes(text: str) -> tuple[str, ...]:
        path = tmp_path / "bureau.toml"
        path.write_text(text, encoding="utf-8")
        try:
            load_file(str(path))
        except RulesetError as error:
            return error.mistakes
        return ()

    return mistakes

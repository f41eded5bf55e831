import pytest

from perfeval_xl.rulesets.items import ITEM_NAMES, is_check, item_of


@pytest.mark.parametrize("name", ITEM_NAMES)
def test_every_listed_name_is_an_item(name):
    assert item_of(name) is not None


@pytest.mark.parametrize("name", ["", "weight", "weight.", "weight.产出", "grade", "grade.", "grade. ", "rule.lower", "Weight.output", "minimum.execution", "minimum", "tolerance"])
def test_any_other_name_is_none(name):
    assert item_of(name) is None


def test_there_are_83_checks_and_3_of_the_comparison_with_the_approved_goals():
    names = [f"{family}{number:02d}" for family in "ABCDEFGH" for number in range(100)]
    assert sum(map(is_check, names)) == 83 + 3


@pytest.mark.parametrize("name", ["A00", "A14", "F08", "G00", "G04", "a01", "A1", "A001", "", "A1²", "A０１", "A-1"])
def test_any_other_text_is_no_check(name):
    assert not is_check(name)

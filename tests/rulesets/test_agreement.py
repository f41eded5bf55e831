"""Refusals of files that are well written but contradict themselves."""

import pytest

SOURCE = 'document = "某财〔2024〕1号", article = "第三条"'
OUTPUT = "values = [{ from = 2024-01-10, value = 60, " + SOURCE + " }]"


def two_values(first: str, second: str) -> str:
    return f"values = [{{ {first}, value = 60, {SOURCE} }}, {{ {second}, value = 60, {SOURCE} }}]"


def item(name: str, unit: str, value: object, since: str = "2024-01-10") -> str:
    head = f'[[item]]\nname = "{name}"\nlabel = "x"\nunit = "{unit}"\n'
    return head + f"values = [{{ from = {since}, value = {value}, {SOURCE} }}]\n"


def test_a_document_that_is_cited_must_be_listed(changed, mistakes_in):
    text = changed('value = 60, document = "某财〔2024〕1号"', 'value = 60, document = "某财〔2024〕2号"')
    assert mistakes_in(text) == ("「weight.output」引用的「某财〔2024〕2号」没有列出; 请补一段 [[document]], 或改成 某财〔2024〕1号",)


def test_without_any_document_there_is_nothing_to_change_to(bureau, mistakes_in):
    start, end = bureau.index("[[document]]"), bureau.index("[[item]]")
    names = ("weight.output", "weight.benefit", "rule.default")
    assert mistakes_in(bureau[:start] + bureau[end:]) == tuple(
        f"「{name}」引用的「某财〔2024〕1号」没有列出; 请补一段 [[document]]" for name in names
    )


def test_two_open_values_overlap(changed, mistakes_in):
    text = changed(OUTPUT, two_values("from = 2024-01-10", "from = 2025-01-01"))
    assert mistakes_in(text) == ("「weight.output」在 2025-01-01 有两个值; 请把前一个值的 to 写成这一天的前一天",)


def test_a_day_in_two_values_overlaps(changed, mistakes_in):
    text = changed(OUTPUT, two_values("from = 2024-01-10, to = 2025-01-01", "from = 2025-01-01"))
    assert mistakes_in(text) == ("「weight.output」在 2025-01-01 有两个值; 请把前一个值的 to 写成这一天的前一天",)


def test_two_values_from_the_same_day_overlap(changed, mistakes_in):
    text = changed(OUTPUT, two_values("from = 2024-01-10, to = 2024-12-31", "from = 2024-01-10"))
    assert mistakes_in(text) == ("「weight.output」在 2024-01-10 有两个值; 请把前一个值的 to 写成这一天的前一天",)


def test_a_gap_between_two_values_is_refused(changed, mistakes_in):
    text = changed(OUTPUT, two_values("from = 2024-01-10, to = 2024-12-30", "from = 2025-01-01"))
    assert mistakes_in(text) == ("「weight.output」从 2024-12-31 起没有值, 到 2025-01-01 才有; 请让前后两个值的日期相接",)


def test_values_that_meet_are_accepted_in_any_order(changed, mistakes_in):
    assert mistakes_in(changed(OUTPUT, two_values("from = 2025-01-01", "from = 2024-01-10, to = 2024-12-31"))) == ()


def test_a_value_that_ends_before_it_begins_is_refused(changed, mistakes_in):
    text = changed("from = 2024-01-10, value = 60", "from = 2024-01-10, to = 2024-01-09, value = 60")
    assert mistakes_in(text) == ("「weight.output」的 to 早于 from (2024-01-10); to 是最后有效的一天",)


def test_a_value_for_one_day_is_accepted(changed, mistakes_in):
    assert mistakes_in(changed("from = 2024-01-10, value = 60", "from = 2024-01-10, to = 2024-01-10, value = 60")) == ()


def test_items_that_are_never_in_force_together_are_refused(changed, mistakes_in):
    text = changed("from = 2024-01-10, value = 60", "from = 2020-01-01, to = 2020-12-31, value = 60")
    assert mistakes_in(text) == ("没有一天所有规定同时有效; 请核对各项的 from 和 to",)


@pytest.mark.parametrize(("value", "total"), [("50", "90"), ("60.5", "100.5"), ("59.999", "99.999")])
def test_weights_of_a_complete_set_sum_to_100(value, total, changed, mistakes_in):
    assert mistakes_in(changed("value = 60", f"value = {value}")) == (
        f"各类分值从 2024-01-10 起合计 {total}, 应为 100; 请改 weight.output、weight.benefit",
    )


def test_weights_are_summed_without_binary_residue(bureau, mistakes_in):
    text = bureau.replace("value = 60", "value = 33.3").replace("value = 40", "value = 33.3")
    assert mistakes_in(text + item("weight.cost", "points", 33.4)) == ()


def test_weights_are_summed_on_every_day_of_force(changed, mistakes_in):
    later = two_values("from = 2024-01-10, to = 2024-12-31", "from = 2025-01-01")
    text = changed(OUTPUT, later.replace("from = 2025-01-01, value = 60", "from = 2025-01-01, value = 70"))
    assert mistakes_in(text) == ("各类分值从 2025-01-01 起合计 110, 应为 100; 请改 weight.output、weight.benefit",)


def test_a_lasting_mistake_is_told_once(changed, mistakes_in):
    text = changed(OUTPUT, two_values("from = 2024-01-10, to = 2024-12-31", "from = 2025-01-01").replace("60", "70"))
    assert mistakes_in(text) == ("各类分值从 2024-01-10 起合计 110, 应为 100; 请改 weight.output、weight.benefit",)


def test_a_complete_set_needs_weights(bureau, mistakes_in):
    text = bureau[: bureau.index("[[item]]")] + bureau[bureau.index('[[item]]\nname = "rule.default"') :]
    assert mistakes_in(text) == ("没有规定分值; 请写 weight.output 等各类分值, 或写 complete = false",)


def test_an_incomplete_set_may_leave_weights_out(changed, mistakes_in):
    assert mistakes_in("complete = false\n" + changed("value = 60", "value = 30")) == ()


def test_even_an_incomplete_set_may_not_exceed_100(changed, mistakes_in):
    assert mistakes_in("complete = false\n" + changed("value = 60", "value = 61")) == (
        "各类分值从 2024-01-10 起合计 101, 应为 100; 请改 weight.output、weight.benefit",
    )


def test_two_grades_may_not_begin_at_the_same_score(bureau, mistakes_in):
    grades = "".join(item(f"grade.{word}", "points", least) for word, least in [("好", 80), ("较好", 80), ("差", 0)])
    assert mistakes_in(bureau + grades) == ("等级 较好、好 从 2024-01-10 起下限都是 80; 请写不同的下限",)


def test_the_lowest_grade_begins_at_zero(bureau, mistakes_in):
    grades = item("grade.一等", "points", 90) + item("grade.二等", "points", 60)
    assert mistakes_in(bureau + grades) == ("低于 60 分从 2024-01-10 起没有等级; 请写一个下限为 0 的 grade.…",)


@pytest.mark.parametrize("partial", [0.8, 0.9])
def test_partly_met_lies_below_met(partial, bureau, mistakes_in):
    bands = item("band.met", "ratio", 0.8) + item("band.partial", "ratio", partial)
    assert mistakes_in(bureau + bands) == ("band.partial 从 2024-01-10 起不低于 band.met; 部分达成的下限应低于达成的下限",)

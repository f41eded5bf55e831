"""原因与后果: one wrong cell gives one root finding at its place; two wrong cells give two."""

import pytest

from perfeval_xl.checks import causes
from perfeval_xl.core.assessment import reassessed
from tests.checks.drawn_table import drawn, findings_of

# (what a clerk does wrong, table, the cell, what is typed, the one root finding, what follows from it)
ONE_MISTAKE = [
    ("得分大于分值", "project", "G13", "16", "B04 G13", {"B06 G19"}),
    ("未达标的一项得分大于分值", "project", "G16", "16", "B04 G16", {"B06 G19", "B08 G16"}),
    ("定性的一项得分大于分值", "fund", "G13", "13", "B04 G13", {"B06 G24"}),
    ("执行率得分大于分值", "project", "H5", "97.8", "B04 H5", {"B06 G19"}),
    ("分值多写, 得分原是满分", "project", "F13", "17", "B01 F19", {"B02 A12", "B09 G13", "E01 H13"}),
    ("分值少写, 得分原是满分", "project", "F13", "12", "B01 F19", {"B02 A12", "B04 G13"}),
    ("定性的一项分值多写", "project", "F17", "16", "B01 F19", {"B02 A16", "E01 H17"}),
    ("未达标的一项分值少写", "project", "F16", "14", "B01 F19", {"B02 A16", "B04 G16", "B08 G16"}),
    ("基金表的分值多写", "fund", "D21", "18", "B01 D24", {"B02 A20", "B09 G21", "E01 I21"}),
    ("分值写成负数", "project", "F13", "-15", "B01 F19", {"B02 A12", "B04 G13", "B05 F13"}),
    ("未达标的一项分值写成负数", "project", "F16", "-15", "B01 F19", {"B02 A16", "B04 G16", "B05 F16", "B08 G16"}),
    ("执行率的分值多写", "project", "F5", "15", "B01 F19", {"C06 H5"}),
    ("总分写错", "project", "G19", "98.33", "B06 G19", set()),
    ("总分写错, 等级随之不符", "project", "G19", "79.33", "B06 G19", {"B13 H21"}),
    ("基金表总分写错", "fund", "G24", "96", "B06 G24", set()),
    ("总额的执行率写错", "project", "G5", "95.81%", "C02 G5", set()),
    ("分项的执行率写错", "project", "G6", "83.33%", "C02 G6", set()),
    ("基金收入的执行率写错", "fund", "F6", "99.57%", "C02 F6", set()),
    ("转移支付的执行率写错", "transfer", "F8", "81.14%", "C02 F8", set()),
    ("总额的预算数写错", "project", "D5", "34.20", "C01 D5", {"C02 G5", "C06 H5", "C08 I5"}),
    ("总额的执行数写错", "project", "E5", "36.19", "C01 E5", {"C02 G5", "C03 E5", "C06 H5"}),
    ("分项的执行数写错", "project", "E7", "9.19", "C01 E5", {"C02 G7", "C03 E7"}),
    ("转移支付的总额写错", "transfer", "D6", "1280.75", "C01 D6", {"C02 F6", "C10 G6"}),
    ("未达标却给满分", "project", "G16", "15", "B08 G16", {"B06 G19", "B12 G12"}),
    ("基金表未达标却给满分", "fund", "G19", "3", "B08 G19", {"B06 G24"}),
    ("未达标的得分多写", "project", "G16", "14.95", "B07 G16", {"B06 G19"}),
    ("执行率得分写错", "project", "H5", "7.98", "C06 H5", {"B06 G19"}),
    ("删掉原因", "project", "H16", "", "E01 H16", set()),
    ("基金表删掉原因", "fund", "I19", "", "E01 I19", set()),
    ("转移支付删掉原因", "transfer", "F14", "", "E01 F14", set()),
    ("完成值没填", "project", "E12", "", "A02 E12", set()),
    ("未达标的完成值没填", "project", "E16", "", "A02 E16", set()),
    ("定性的完成值没填", "fund", "F13", "", "A02 F13", set()),
    ("转移支付的完成值没填", "transfer", "E14", "", "A02 E14", set()),
    ("分值没填", "project", "F13", "", "A02 F13", set()),
    ("定性的分值没填", "fund", "D13", "", "A02 D13", set()),
    ("得分没填", "project", "G13", "", "A02 G13", set()),
    ("未达标的得分没填", "project", "G16", "", "A02 G16", set()),
    ("定性的得分没填", "fund", "G13", "", "A02 G13", {"B06 G24"}),
    ("执行率得分没填", "project", "H5", "", "A02 H5", set()),
    ("完成值单位写成万元", "fund", "F16", "9.26万元", "D01 F16", {"C13 F18", "D09 A5"}),
    ("指标值单位写成万元", "fund", "E16", "≤9.49万元", "D01 E16", {"B08 G16", "E01 I16"}),
    ("完成值变成文字", "project", "E13", "良好", "D04 E13", {"D01 E13"}),
    ("等级写错", "project", "H21", "中", "B13 H21", set()),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "table", "cell", "typed", "root", "follows"), ONE_MISTAKE, ids=[row[0] for row in ONE_MISTAKE])
def test_one_wrong_cell_gives_one_root_finding_at_its_place(wrong, table, cell, typed, root, follows):
    (finding,) = findings_of(drawn(table, {cell: typed}))
    assert f"{finding.check} {finding.cell}" == root
    assert {f"{far.check} {far.cell}" for far in finding.consequences} == follows


# table: columns of weight, score, actual and target, the cell of the total weight
SCORED = {"project": ("F", "G", "E", "D", "F19"), "fund": ("D", "G", "F", "E", "D24")}


def damages():
    """In every row of the scored tables: what is typed and where the one root finding must be."""
    for name, (weights, scores, actuals, targets, total) in SCORED.items():
        for row in drawn(name).indicators:
            number = row.weight.cell.removeprefix(weights)
            points = row.weight.number
            for column, typed, root in (
                (scores, f"{points + 1:g}", f"B04 {scores}{number}"),
                (weights, f"{points + 1:g}", f"B01 {total}"),
                (weights, f"{points - 1:g}", f"B01 {total}"),
                (weights, "0", f"B01 {total}"),
                (weights, "", f"A02 {weights}{number}"),
                (scores, "", f"A02 {scores}{number}"),
                (actuals, "", f"A02 {actuals}{number}"),
                (targets, "", f"A02 {targets}{number}"),
            ):
                yield pytest.param(name, f"{column}{number}", typed, root, id=f"{name} {column}{number} 改为 {typed or '空'}")


# (the score beside a weight of −15, what else stands in the table, the root findings)
BESIDE_A_NEGATIVE_WEIGHT = [
    ("ƒ-15", {"G19": "ƒ69.33"}, {"B01 F19"}),
    ("ƒ", {"G19": "ƒ"}, {"B01 F19"}),
    ("-15", {"G19": "69.33", "H21": "中"}, {"B01 F19", "B04 G13"}),
    ("", {"G19": "84.33", "H21": "良"}, {"B01 F19", "A02 G13"}),
    ("0", {"G19": "84.33", "H21": "良"}, {"B01 F19", "B04 G13"}),
]


@pytest.mark.parametrize(("score", "cells", "wanted"), BESIDE_A_NEGATIVE_WEIGHT, ids=[row[0] or "空" for row in BESIDE_A_NEGATIVE_WEIGHT])
def test_a_negative_weight_is_one_root_finding_whatever_score_stands_beside_it(score, cells, wanted):
    findings = findings_of(drawn("project", {"F13": "-15", "G13": score, **cells}))
    assert {f"{finding.check} {finding.cell}" for finding in findings} == wanted
    (total,) = (finding for finding in findings if finding.check == "B01")
    assert ("B05", "F13") in {(far.check, far.cell) for far in total.consequences}


@pytest.mark.parametrize(("table", "cell", "typed", "root"), list(damages()))
def test_the_same_damage_in_any_row_is_one_root_finding(table, cell, typed, root):
    (finding,) = findings_of(drawn(table, {cell: typed}))
    assert f"{finding.check} {finding.cell}" == root


def test_a_header_unit_changed_is_one_root_finding_at_the_header():
    (finding,) = findings_of(drawn("fund", {"A5": "预算资金(万元)"}, money_unit="万元"))
    assert (finding.check, finding.cell) == ("D09", "A5")
    assert {(far.check, far.cell) for far in finding.consequences} == {("C11", "F20"), ("C13", "F17"), ("C13", "F18")}


# (two things that are wrong, table, the cells, their root findings)
TWO_MISTAKES = [
    ("得分大于分值, 另一项删掉原因", "project", {"G13": "16", "H16": ""}, {"B04 G13", "E01 H16"}),
    ("得分大于分值, 总分另错", "project", {"G13": "16", "G19": "109.33"}, {"B04 G13", "B06 G19"}),
    ("未达标满分, 总分另错", "project", {"G16": "15", "G19": "98.33"}, {"B08 G16", "B06 G19"}),
    ("执行率写错, 总分写错", "project", {"G5": "95.81%", "G19": "98.33"}, {"C02 G5", "B06 G19"}),
    ("执行率写错, 得分另错", "project", {"G5": "95.81%", "H5": "5", "G19": "94.55"}, {"C02 G5", "C06 H5"}),
    ("总额写错, 分项的执行率另错", "project", {"D5": "34.20", "G7": "19.25%"}, {"C01 D5", "C02 G7"}),
    ("两个分项的执行率都错", "project", {"G6": "89.33%", "G7": "19.25%"}, {"C02 G6", "C02 G7"}),
    ("分值多写, 另一项删掉原因", "project", {"F13": "17", "H16": ""}, {"B01 F19", "E01 H16"}),
    ("分值多写, 另一项未达标满分", "project", {"F13": "17", "G16": "15", "G19": "99.78"}, {"B01 F19", "B08 G16"}),
    ("分值多写, 另一项达标扣分", "fund", {"D21": "18", "G22": "9", "G24": "96"}, {"B01 D24", "B09 G22"}),
    ("分值没填, 总分写错", "project", {"F13": "", "G19": "98.33"}, {"A02 F13", "B06 G19"}),
    ("完成值没填, 另一项得分大于分值", "project", {"E12": "", "G13": "16"}, {"A02 E12", "B04 G13"}),
    ("两项得分都大于分值", "project", {"G12": "16", "G13": "17", "G19": "102.33"}, {"B04 G12", "B04 G13"}),
    ("一项达标扣分, 总分也没有按它算", "project", {"G12": "14", "G19": "99.33"}, {"B09 G12", "B06 G19"}),
    ("完成值单位写错, 另一项占比也错", "fund", {"F16": "9.26万元", "F17": "36.84%"}, {"D01 F16", "C13 F17"}),
    ("等级写错, 总分写错", "project", {"H21": "差", "G19": "98.33"}, {"B13 H21", "B06 G19"}),
    ("名称没填, 另一项删掉原因", "transfer", {"B3": "", "F14": ""}, {"A01 B3", "E01 F14"}),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "table", "cells", "roots"), TWO_MISTAKES, ids=[row[0] for row in TWO_MISTAKES])
def test_two_independent_mistakes_stay_two_root_findings(wrong, table, cells, roots):
    findings = findings_of(drawn(table, cells))
    assert {f"{finding.check} {finding.cell}" for finding in findings} == roots


def test_what_follows_is_reported_once_and_never_beside_its_root():
    findings = findings_of(drawn("project", {"F13": "17", "G16": "15", "G19": "99.78", "D5": "34.20"}))
    named = [(far.check, far.cell) for finding in findings for far in finding.consequences]
    assert len(named) == len(set(named))
    assert not set(named) & {(finding.check, finding.cell) for finding in findings}


def test_a_total_that_does_not_add_up_makes_a_question_an_error():
    (finding,) = findings_of(drawn("fund", {"G19": "1"}))
    assert (finding.check, finding.level) == ("B07", "error")
    (alone,) = findings_of(drawn("fund", {"G19": "1", "G24": "98"}))
    assert (alone.check, alone.level) == ("B07", "explain")


def test_a_table_of_hundreds_of_wrong_rows_is_answered_soon_with_more_roots(monkeypatch):
    tried = []
    monkeypatch.setattr(causes, "reassessed", lambda *of: tried.append(of) or reassessed(*of))
    table = drawn("project")
    rows = [row._replace(written_score=row.written_score._replace(number=50.0, text="50")) for row in table.indicators]
    many = table._replace(indicators=tuple(
        row._replace(weight=row.weight._replace(cell=f"F{number}"), written_score=row.written_score._replace(cell=f"G{number}"))
        for number, row in enumerate(rows * 60, 100)
    ))  # fmt: skip
    found = {f"{finding.check} {finding.cell}" for finding in findings_of(many)}
    assert {f"B04 G{number}" for number in range(100, 100 + len(rows) * 60)} <= found
    assert 0 < len(tried) * len(rows) * 60 <= 21_000

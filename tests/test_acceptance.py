"""The main job as an honest user runs it: demo, then one thing at a time done wrong."""

import json

import openpyxl
import pytest

CASE_NAME = "巴州2023年城乡居民医保基金自评表.xlsm"

# What the untouched case yields, recomputed by hand: 10 months against ≥6 months is 166.67 %, above 130 %, no reason given.
# The fund ruleset makes that a hint. 62.13 % against ≥50 % is 124.26 % and stays below. The interest yield is held against
# a bank rate that the row does not state; its 评分依据 names a source, so that is a hint too.
UNTOUCHED = [("D16", "hint", "F25"), ("B10", "hint", "G28")]


@pytest.fixture
def demo(perfeval, tmp_path):
    ran = perfeval("demo")
    assert ran.code == 0, ran.err
    return ran, tmp_path / "绩效自评演示" / CASE_NAME


def test_demo_computes_what_the_published_table_prints(demo):
    ran, path = demo
    assert "收入执行率 102.95%、支出执行率 97.36%, 总分 98 优" in ran.out
    assert str(path.name) in ran.out
    assert all(f"  {number}. " in ran.out for number in (1, 2, 3))


def test_demo_writes_its_findings_into_the_workbook(demo):
    book = openpyxl.load_workbook(demo[1])
    rows = list(book["校验结果"].iter_rows(values_only=True))
    header = next(number for number, row in enumerate(rows) if row[0] == "序号")
    assert [row[2] for row in rows[header + 1 :] if row[2]] == ["D16", "B10"]
    assert "错误 0 条" in rows[1][0]


def test_demo_never_overwrites_an_earlier_one(perfeval, demo):
    first = demo[1].read_bytes()
    assert perfeval("demo").code == 0
    assert demo[1].read_bytes() == first
    assert demo[1].with_name("巴州2023年城乡居民医保基金自评表(2).xlsm").exists()


def test_the_untouched_case_yields_what_is_stated(perfeval, case_workbook):
    ran = perfeval("check", case_workbook, "--json")
    (entry,) = json.loads(ran.out)["files"]
    assert ran.code == 0
    assert [(f["check"], f["level"], f["cell"]) for f in entry["findings"]] == UNTOUCHED
    assert (entry["kind"], entry["year"], entry["ruleset"]) == ("fund", 2023, "fund-2022-65")
    assert entry["summary"] == {"error": 0, "explain": 0, "hint": 2, "explained": 0}
    assert entry["unread"] == []


def test_score_gives_the_contract(perfeval, case_workbook):
    (table,) = json.loads(perfeval("score", case_workbook, "--json").out)["tables"]
    assert (table["computed_total"], table["grade"], table["money_unit"]) == (98, "优", "亿元")
    assert [round(fund["execution_rate"], 4) for fund in table["funds"]] == [1.0295, 0.9736]
    assert [fund["cells"]["written_rate"] for fund in table["funds"]] == ["I6", "I7"]
    other = table["indicators"][11]
    assert (other["level3"], other["target"], other["actual"]) == ("其他支出占基金支出比重", "=0%", "0.11%")
    assert (other["weight"], other["computed_score"], other["completion_rate"]) == (2, 0, None)
    assert other["deviation_points"] == pytest.approx(0.11)
    assert other["cells"]["score"] == "H22"
    assert len(table["indicators"]) == 19


# (what a clerk does wrong, cell, what is typed, the one root finding)
MISTAKES = [
    ("得分大于分值", "H18", 6, ("B04", "H18")),
    ("分值使合计不为 100", "E18", 6, ("B01", "E30")),
    ("总分写错", "H30", 97, ("B06", "H30")),
    ("执行率写错", "I6", 0.9957, ("C02", "I6")),
    ("未达标却给满分", "H22", 2, ("B08", "H22")),
    ("删掉原因", "J22", None, ("E01", "J22")),
    ("完成值没填", "G18", None, ("A02", "G18")),
    ("定性完成值没填", "G11", None, ("A02", "G11")),
    ("完成值单位写成万元", "G18", "3.54万元", ("D01", "G18")),
    ("指标值单位写成万元", "F18", "≥3.34万元", ("D01", "F18")),
    ("险种名称没填", "D3", None, ("A01", "D3")),
    ("年度指标值没填", "F20", None, ("A02", "F20")),
]


@pytest.mark.parametrize(("wrong", "cell", "typed", "root"), MISTAKES, ids=[mistake[0] for mistake in MISTAKES])
def test_one_mistake_gives_one_finding_at_its_place(perfeval, case_workbook, tmp_path, wrong, cell, typed, root):
    book = openpyxl.load_workbook(case_workbook)
    book["自评表"][cell] = typed
    path = tmp_path / f"{wrong}.xlsx"
    book.save(path)
    ran = perfeval("check", path, "--json")
    findings = json.loads(ran.out)["files"][0]["findings"]
    new = [f for f in findings if (f["check"], f["level"], f["cell"]) not in UNTOUCHED]
    assert [(f["check"], f["cell"]) for f in new] == [root]
    assert ran.code == 1
    assert new[0]["message"].startswith(f"自评表 {root[1]} ")
    assert new[0]["fix"]


def test_a_header_unit_changed_to_wan_yuan_is_found_at_the_header(perfeval, case_workbook, tmp_path):
    book = openpyxl.load_workbook(case_workbook)
    book["自评表"]["A5"] = "预算资金(万元)"
    path = tmp_path / "单位.xlsx"
    book.save(path)
    ran = perfeval("check", path, "--json")
    findings = json.loads(ran.out)["files"][0]["findings"]
    assert [(f["check"], f["cell"]) for f in findings if f["level"] != "hint"] == [("D09", "A5")]
    assert ran.code == 1


def test_nothing_is_written_into_the_checked_file(perfeval, case_workbook):
    before = case_workbook.read_bytes()
    perfeval("check", case_workbook)
    perfeval("score", case_workbook)
    assert case_workbook.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.xlsx", b""),
        ("文字.xlsx", "不是表格".encode()),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("图片.xlsx", bytes.fromhex("ffd8ffe000104a464946")),
    ],
)
def test_a_file_that_is_no_workbook_gets_one_sentence(perfeval, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    for command in ("check", "score"):
        ran = perfeval(command, name)
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err.strip().splitlines()) == 1
        assert "Traceback" not in ran.err


def test_a_truncated_workbook_gets_one_sentence(perfeval, case_workbook, tmp_path):
    whole = case_workbook.read_bytes()
    (tmp_path / "半截.xlsx").write_bytes(whole[: len(whole) // 2])
    ran = perfeval("check", "半截.xlsx")
    assert (ran.code, len(ran.err.strip().splitlines())) == (2, 1)


def test_one_unusable_file_does_not_hide_the_others(perfeval, case_workbook, tmp_path):
    (tmp_path / "空.xlsx").write_bytes(b"")
    ran = perfeval("check", "空.xlsx", case_workbook, "--json")
    files = json.loads(ran.out)["files"]
    assert ran.code == 2
    assert [bool(entry["unread"]) for entry in files] == [True, False]
    assert files[1]["summary"]["hint"] == len(UNTOUCHED)


def test_write_puts_the_findings_into_a_copy(perfeval, case_workbook, tmp_path):
    before = case_workbook.read_bytes()
    assert perfeval("check", case_workbook, "--write", "-o", tmp_path / "副本.xlsx").code == 0
    assert case_workbook.read_bytes() == before
    assert "校验结果" in openpyxl.load_workbook(tmp_path / "副本.xlsx").sheetnames


def test_an_explanation_survives_and_turns_a_question_into_explained(perfeval, case_workbook, tmp_path):
    book = openpyxl.load_workbook(case_workbook)
    book["自评表"]["G29"] = "95%以上"
    book.save(tmp_path / "甲.xlsx")
    assert perfeval("check", "甲.xlsx", "--write", "-o", "乙.xlsx").code == 1
    book = openpyxl.load_workbook(tmp_path / "乙.xlsx")
    sheet = book["校验结果"]
    row = next(row for row in sheet.iter_rows(min_row=5) if row[2].value == "F02")
    row[10].value = "问卷系统只给出区间, 已附调查报告"
    book.save(tmp_path / "丙.xlsx")
    ran = perfeval("check", "丙.xlsx", "--json")
    summary = json.loads(ran.out)["files"][0]["summary"]
    assert (ran.code, summary["explain"], summary["explained"]) == (0, 0, 1)


def test_new_makes_a_blank_form_that_asks_to_be_filled(perfeval, tmp_path):
    assert perfeval("new", "fund", "--year", 2025, "-o", "空表.xlsx").code == 0
    assert perfeval("new", "fund", "-o", "空表.xlsx").code == 2
    ran = perfeval("check", "空表.xlsx", "--json")
    findings = json.loads(ran.out)["files"][0]["findings"]
    assert ran.code == 1
    assert {f["check"] for f in findings} == {"A01", "A02"}


def test_read_says_how_a_cell_is_understood(perfeval):
    (reading,) = json.loads(perfeval("read", "90%（含）以上", "--json").out)
    assert (reading["kind"], reading["op"], reading["low"], reading["unit"], reading["low_inclusive"]) == (
        "numeric", ">=", 90, "%", True,
    )  # fmt: skip


@pytest.mark.parametrize("words", [("nonsense",), ("check",), ("check", "--nonsense"), ("new", "fund"), ("check", "没有这个文件.xlsx")])
def test_a_wrong_command_line_gets_one_chinese_sentence(perfeval, words):
    ran = perfeval(*words)
    assert (ran.code, ran.out, len(ran.err.strip().splitlines())) == (2, "", 1)
    assert not ran.err.isascii()


@pytest.mark.parametrize("command", ["demo", "new", "score", "check", "read"])
def test_every_command_has_help_with_an_example(perfeval, command):
    ran = perfeval(command, "--help")
    assert ran.code == 0
    assert f"例: perfeval-xl {command}" in ran.out


def test_a_rule_changed_on_the_rules_sheet_is_the_one_that_counts(perfeval, case_workbook, tmp_path):
    book = openpyxl.load_workbook(case_workbook)
    book["评分规则"]["C18"] = "proportional"
    book["自评表"]["G20"] = "32.5%"
    book.save(tmp_path / "改.xlsx")
    (table,) = json.loads(perfeval("score", "改.xlsx", "--json").out)["tables"]
    assert [table["indicators"][8]["rule"], table["indicators"][9]["rule"]] == ["proportional", "pass_fail"]
    book["评分规则"]["C19"] = "proportional"
    book.save(tmp_path / "改.xlsx")
    (table,) = json.loads(perfeval("score", "改.xlsx", "--json").out)["tables"]
    assert table["indicators"][9]["computed_score"] == 3.94


def test_a_rule_that_cannot_be_read_is_reported_at_its_cell(perfeval, case_workbook, tmp_path):
    book = openpyxl.load_workbook(case_workbook)
    book["评分规则"]["C18"] = "随便"
    book.save(tmp_path / "改.xlsx")
    unread = json.loads(perfeval("score", "改.xlsx", "--json").out)["unread"]
    assert [(note["sheet"], note["cell"]) for note in unread] == [("评分规则", "C18")]
    assert "随便" in unread[0]["reason"]


@pytest.mark.parametrize(("cell", "error"), [("G18", "#N/A"), ("H18", "#REF!"), ("E6", "#DIV/0!"), ("H30", "#VALUE!")])
def test_an_error_value_is_found_at_its_cell_and_is_no_blank(perfeval, case_workbook, tmp_path, cell, error):
    book = openpyxl.load_workbook(case_workbook)
    book["自评表"][cell] = error
    book["自评表"][cell].data_type = "e"
    book.save(tmp_path / "错误值.xlsx")
    ran = perfeval("check", "错误值.xlsx", "--json")
    findings = json.loads(ran.out)["files"][0]["findings"]
    assert [(f["check"], f["cell"]) for f in findings if f["level"] != "hint"] == [("A02", cell)]
    assert error in findings[0]["message"]
    assert ran.code == 1

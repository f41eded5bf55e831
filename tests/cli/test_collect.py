"""collect as a user types it, and the slip on its way back."""

import csv
import json
import os
import sys

import openpyxl
import pytest

from perfeval_xl.cli import main
from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.results.returned_slip import returned_items
from tests.submission.office_form import office_form, tampered


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "收件"
    folder.mkdir()
    for unit in ("甲县", "乙县"):
        office_form(folder / f"{unit}.xlsx", unit)
    tampered(folder / "乙县.xlsx", tmp_path / "乙县.xlsx", G11=31)
    (folder / "乙县.xlsx").write_bytes((tmp_path / "乙县.xlsx").read_bytes())
    (folder / "丙县.xlsx").write_bytes(b"PK")
    (tmp_path / "名单.csv").write_text("单位\n甲县\n乙县\n丙县\n丁县\n", "utf-8")
    return folder


def test_it_says_who_sent_who_did_not_and_why_a_file_cannot_be_read(inbox, perfeval):
    answer = perfeval("collect", inbox, "-o", "汇总.xlsx", "--roster", "名单.csv")
    assert (answer.code, answer.err) == (2, "")
    lines = answer.out.splitlines()
    assert lines[0] == "应报 4 家, 已报 2 家 (2/4), 未报 1 家; 1 家报来的文件都无法读取; 1 份无法读取"
    assert lines[1] == "未报: 丁县"
    assert lines[2].startswith("无法读取: 丙县.xlsx ")
    assert lines[3] == "已写入: 汇总.xlsx"


def test_the_document_has_the_fields_of_the_contract(inbox, perfeval):
    document = json.loads(perfeval("collect", inbox, "-o", "汇总.xlsx", "--roster", "名单.csv", "--json").out)
    assert (document["expected"], document["received"], document["missing"]) == (4, 3, [{"unit": "丁县"}])
    assert [entry["file"] for entry in document["unreadable"]] == ["丙县.xlsx"]
    assert [(entry["unit"], entry["budget"], entry["executed"], entry["execution_rate"], entry["score"]) for entry in document["units"]] == [
        ("乙县", 100.0, 100.0, 1.0, 100.0), ("甲县", 100.0, 100.0, 1.0, 100.0),
    ]  # fmt: skip


def test_tables_for_analysts_carry_the_same_rows_and_no_formula(inbox, tmp_path, perfeval):
    import pandas as pd

    office_form(inbox / "戊县.xlsx", "=cmd|' /C calc'!A0")
    assert perfeval("collect", inbox, "-o", "汇总.xlsx", "--csv", "数据", "--parquet", "列").code == 2
    with open(tmp_path / "数据" / "汇总.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["单位"] for row in rows] == ["'=cmd|' /C calc'!A0", "乙县", "甲县"]
    assert pd.read_parquet(tmp_path / "列" / "汇总.parquet")["单位"].tolist() == ["=cmd|' /C calc'!A0", "乙县", "甲县"]
    page = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["汇总"]
    assert (page["A7"].data_type, page["A7"].quotePrefix) == ("s", True)


def test_a_slip_goes_back_and_leads_to_the_cells_until_they_are_mended(inbox, tmp_path, perfeval):
    perfeval("collect", inbox, "-o", "汇总.xlsx", "--returns", "退回")
    (slip,) = (tmp_path / "退回").glob("乙县_*.xlsx")
    assert "乙县:" in slip.with_suffix(".txt").read_text("utf-8-sig")
    before = perfeval("check", inbox / "乙县.xlsx", "--returned", slip)
    items = json.loads(perfeval("check", inbox / "乙县.xlsx", "--returned", slip, "--json").out)["returned"]
    assert f"退回单共 {len(items)} 项, 已改好或说明 0 项, 还有 {len(items)} 项:" in before.out
    assert "自评表 G11" in before.out
    tampered(inbox / "乙县.xlsx", tmp_path / "改好.xlsx", G11=30)
    mended = json.loads(perfeval("check", "改好.xlsx", "--returned", slip, "--json").out)["returned"]
    assert {item["cell"] for item in mended if item["open"]} == {item["cell"] for item in items} - {"G11"}
    assert perfeval("check", "改好.xlsx", "--returned", "没有.xlsx").err.startswith("没有.xlsx: 找不到这个文件")


def test_a_question_on_a_slip_is_settled_by_its_explanation(inbox, tmp_path, perfeval):
    perfeval("collect", inbox, "-o", "汇总.xlsx", "--returns", "退回")
    (slip,) = (tmp_path / "退回").glob("乙县_*.xlsx")
    (finding,) = [each for each in examined(str(inbox / "乙县.xlsx")).all_findings if each.cell == "G11"]
    question = finding._replace(level=EXPLAIN)
    assert [item.is_open for item in returned_items(str(slip), [question])] == [True]
    assert [item.is_open for item in returned_items(str(slip), [question._replace(explanation="年中追加了任务, 已报批")])] == [False]


def test_the_rows_of_a_slip_and_of_the_summary_show_every_line_of_their_texts(inbox, tmp_path, perfeval):
    perfeval("collect", inbox, "-o", "汇总.xlsx", "--returns", "退回")
    (slip,) = (tmp_path / "退回").glob("乙县_*.xlsx")
    page, received = openpyxl.load_workbook(slip).active, openpyxl.load_workbook(tmp_path / "汇总.xlsx")["报送情况"]
    assert (sum(2 - letter.isascii() for letter in page["G5"].value) > 41, page.row_dimensions[5].height) == (True, 30)
    (refused,) = (row for row in received.iter_rows(min_row=4) if row[2].value == "丙县.xlsx")
    assert received.row_dimensions[refused[0].row].height == 27


def test_what_is_no_slip_is_one_sentence(inbox, perfeval):
    answer = perfeval("check", inbox / "甲县.xlsx", "--returned", inbox / "甲县.xlsx")
    assert (answer.code, "不是退回单" in answer.err) == (2, True)


@pytest.mark.parametrize("option", ["--returns", "--csv", "--parquet"])
def test_a_file_given_for_a_folder_is_said_before_anything_is_read(inbox, tmp_path, perfeval, option):
    answer = perfeval("collect", inbox, "-o", "汇总.xlsx", option, "名单.csv")
    assert (answer.code, answer.err.strip()) == (2, "不能建立文件夹“名单.csv”, 请检查路径")
    assert not (tmp_path / "汇总.xlsx").exists()


@pytest.mark.parametrize("content", [b"", b"PK", "table"], ids=["empty", "damaged", "a workbook of the office"])
def test_only_an_earlier_summary_is_replaced(inbox, tmp_path, perfeval, content):
    own = tmp_path / "名单.xlsx"
    own.write_bytes((inbox / "甲县.xlsx").read_bytes() if content == "table" else content)
    before = own.read_bytes()
    answer = perfeval("collect", inbox, "-o", own, "--roster", "名单.csv")
    assert (answer.code, answer.err.strip(), own.read_bytes()) == (2, f"{own}: 文件已存在, 又不是以前的汇总, 请换一个文件名", before)


def test_an_earlier_summary_is_replaced_though_its_progress_is_gone(inbox, tmp_path, perfeval):
    perfeval("collect", inbox, "-o", "汇总.xlsx")
    (tmp_path / ".汇总.xlsx.进度.db").unlink()
    assert "已写入: 汇总.xlsx" in perfeval("collect", inbox, "-o", "汇总.xlsx").out


def test_a_summary_among_the_received_files_is_refused(inbox, perfeval):
    (inbox / "结果").mkdir()
    for asked in (["-o", inbox / "汇总.xlsx"], ["-o", inbox / "结果" / "汇总.xlsx"], ["-o", "汇总.xlsx", "--returns", inbox / "退回"]):
        answer = perfeval("collect", inbox, *asked)
        assert (answer.code, "不要放在收件文件夹里" in answer.err) == (2, True)
    assert "以 .xlsx 结尾" in perfeval("collect", inbox).err


@pytest.mark.parametrize("asked", ["--returns", "--csv"])
def test_a_folder_that_cannot_be_made_is_one_sentence(asked, inbox, tmp_path, perfeval):
    (tmp_path / "退回").write_text("", "utf-8")
    answer = perfeval("collect", inbox, "-o", "汇总.xlsx", asked, "退回")
    assert (answer.code, answer.err) == (2, "不能建立文件夹“退回”, 请检查路径\n")


def test_a_run_broken_off_from_the_keyboard_says_so(monkeypatch, capsys):
    def interrupted(words):
        raise KeyboardInterrupt

    monkeypatch.setattr("perfeval_xl.cli.collect.run", interrupted)
    assert main(["collect", "收件"]) == 2
    assert capsys.readouterr().err == "已中断\n"


def test_the_lines_of_a_slip_end_as_windows_ends_them(inbox, tmp_path, perfeval):
    perfeval("collect", inbox, "-o", "汇总.xlsx", "--returns", "退回")
    (slip,) = (tmp_path / "退回").glob("乙县_*.txt")
    text = slip.read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n") == text.count(b"\r")


def test_a_second_run_over_unchanged_files_leaves_the_summary_alone_and_says_the_same(inbox, tmp_path, perfeval):
    first = perfeval("collect", inbox, "-o", "汇总.xlsx")
    stamp = (tmp_path / "汇总.xlsx").stat().st_mtime_ns
    second = perfeval("collect", inbox, "-o", "汇总.xlsx")
    assert (tmp_path / "汇总.xlsx").stat().st_mtime_ns == stamp
    assert second.out == first.out.replace("已写入: 汇总.xlsx", "没有变动, 汇总还是: 汇总.xlsx")
    assert second.code == first.code
    office_form(inbox / "甲县.xlsx", "甲县", remark="改了")
    assert "已写入: 汇总.xlsx" in perfeval("collect", inbox, "-o", "汇总.xlsx").out
    (tmp_path / "汇总.xlsx").unlink()
    assert "已写入: 汇总.xlsx" in perfeval("collect", inbox, "-o", "汇总.xlsx").out


@pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 的文件名可以不是文字")
def test_file_names_that_are_no_text_are_collected_and_checked_like_any(inbox, tmp_path, perfeval):
    for byte in (b"\xff", b"\xfe"):
        os.rename(inbox / "甲县.xlsx", os.fsencode(inbox) + b"/" + byte + b".xlsx")
        office_form(inbox / "甲县.xlsx", f"庚{byte.hex()}县")
    answer = perfeval("collect", inbox, "-o", "汇总.xlsx", "--csv", "数据", "--json")
    assert answer.err == ""
    assert {unit["file"] for unit in json.loads(answer.out)["units"]} == {"\\udcfe.xlsx", "\\udcff.xlsx", "乙县.xlsx", "甲县.xlsx"}
    checked = perfeval("check", os.fsdecode(os.fsencode(inbox) + b"/\xff.xlsx"), "--json")
    assert json.loads(checked.out)["files"][0]["file"].endswith("\udcff.xlsx")

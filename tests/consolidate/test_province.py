"""A whole province is collected in one command, and what the cover sheet says is what happened, nothing else."""

import json

import openpyxl
import pytest

from tests.consolidate import province as p


@pytest.fixture(scope="module")
def collected(province, tmp_path_factory):
    """The command as a user types it, once; its answer and the summary."""
    import os
    import subprocess
    import sys

    from tests.conftest import ROOT

    folder = tmp_path_factory.mktemp("汇总")
    words = ["collect", str(province.inbox), "-o", str(folder / "汇总.xlsx"), "--roster", str(province.roster), "--returns", str(folder / "退回"), "--jobs", "2", "--json"]
    done = subprocess.run([sys.executable, "-m", "perfeval_xl", *words], cwd=folder, capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"})
    assert done.stderr == ""
    assert done.returncode == 2
    return folder, json.loads(done.stdout)


@pytest.fixture(scope="module")
def cover(collected):
    """The rows of 报送情况."""
    sheet = openpyxl.load_workbook(collected[0] / "汇总.xlsx")["报送情况"]
    headings = [cell.value for cell in sheet[3]]
    return [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=4)]


def units(cover, **wanted):
    return [row["单位"] for row in cover if all(row[name] == value for name, value in wanted.items())]


def saying(cover, words):
    return sorted({row["单位"] for row in cover if words in (row["说明"] or "")})


def test_the_first_line_says_how_many_of_how_many(collected):
    title = openpyxl.load_workbook(collected[0] / "汇总.xlsx")["报送情况"]["A1"].value
    assert title == "报送情况: 应报 300 家, 已报 284 家 (284/300), 未报 10 家; 6 家报来的文件都无法读取; 5 家重复报送; 5 份报送后被改动; 6 份无法读取"


def test_every_unit_is_in_the_state_it_is_in(cover):
    assert units(cover, 状态="未报送") == list(p.MISSING)
    assert sorted(units(cover, 状态="无法读取")) == sorted([*p.ENCRYPTED, *p.TRUNCATED, *p.BOMB])
    assert sorted(units(cover, 状态="重复报送")) == sorted([*p.DOUBLED] * 2)
    sent = [unit for unit in p.UNITS if unit not in (*p.MISSING, *p.ENCRYPTED, *p.TRUNCATED, *p.BOMB, *p.DOUBLED)]
    assert sorted(units(cover, 状态="已报送")) == sent
    assert {row["状态"] for row in cover} == {"未报送", "无法读取", "重复报送", "已报送"}


def test_what_cannot_be_read_says_why(cover):
    reasons = {row["单位"]: row["说明"] for row in cover if row["状态"] == "无法读取"}
    assert {reasons[unit] for unit in p.ENCRYPTED} == {"文件已加密（设置了打开密码），无法读取。请去掉打开密码后另存一份再试。"}
    assert all("损坏" in reasons[unit] for unit in p.TRUNCATED)
    assert "自评表: 这个工作表展开后超过 256 MB，没有读取" in reasons[p.BOMB[0]]


def test_the_newest_of_two_counts(cover, collected):
    newest = {entry["unit"]: entry["newest"] for entry in collected[1]["doubled"]}
    assert newest == {unit: f"补报/{unit}_报送_改.xlsx" for unit in p.DOUBLED}
    assert saying(cover, "这份最新, 汇总采用") == saying(cover, "另有更新的一份") == list(p.DOUBLED)


def test_what_was_changed_after_validation_is_named_with_cell_and_values(cover):
    assert sorted(units(cover, 报送记录="报送后被改动")) == list(p.TAMPERED)
    assert saying(cover, "报送后改动: 自评表 ") == list(p.TAMPERED)
    assert len(units(cover, 报送记录="与报送时一致")) == len(p.SUBMITTED) + len(p.DOUBLED) - len(p.TAMPERED)


def test_macros_and_formula_injection_are_named_and_nobody_else_is(cover):
    assert saying(cover, "文件带宏, 只读取了数据, 没有运行") == list(p.MACROS)
    assert saying(cover, "含有像公式的可疑内容: 自评表 N48, 已只当文字处理") == saying(cover, "可疑") == list(p.INJECTED)
    forced = [unit for number, unit in enumerate(p.SUBMITTED) if number % 2]
    assert saying(cover, "带着未处理的问题报送, 理由: 省里催报, 余下问题下周补报") == forced
    known = ("这份最新", "另有更新", "报送后改动", "带宏", "可疑", "带着未处理", "请催报")
    assert [row for row in cover if row["状态"] != "无法读取" and row["说明"] and not any(words in row["说明"] for words in known)] == []


def test_texts_of_others_are_never_formulas_in_the_summary(collected):
    book = openpyxl.load_workbook(collected[0] / "汇总.xlsx")
    formulas = {cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f" and sheet.title != "汇总"}
    assert formulas == set()


def test_every_file_is_counted_once_in_the_summary(collected):
    book = openpyxl.load_workbook(collected[0] / "汇总.xlsx", data_only=True)
    assert book.sheetnames == ["报送情况", "汇总", "指标明细", "校验发现", "统计"]
    rows = [row for row in book["汇总"].iter_rows(min_row=7, values_only=True) if row[0]]
    assert sorted(row[0] for row in rows) == sorted(entry["unit"] for entry in collected[1]["units"])
    assert len({row[0] for row in rows}) == 284
    assert len(book["统计"]._charts) == 3


def test_each_unit_with_open_findings_gets_a_slip_and_no_other(collected):
    folder, answer = collected
    expected = {entry["unit"] for entry in answer["units"] if entry["error"] or entry["explain"]} | set(p.TAMPERED)
    slips = {path.name.split("_")[0] for path in (folder / "退回").glob("*.xlsx")}
    assert slips == expected
    assert {path.stem for path in (folder / "退回").glob("*.txt")} == {path.stem for path in (folder / "退回").glob("*.xlsx")}

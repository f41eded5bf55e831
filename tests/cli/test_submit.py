"""submit, verify and keygen as a user types them."""

import json
import re
import shutil

import pytest

from tests.submission.office_form import tampered


@pytest.fixture
def living(living_workbook, tmp_path):
    return shutil.copy(living_workbook, tmp_path / "巴州.xlsm")


def test_a_clean_table_is_sent_verified_and_said_to_be_unchanged(living, perfeval):
    made = perfeval("submit", living, "-o", "报送.xlsx", "--unit", "巴州医保局", "--no-pdf")
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("已生成报送件: 报送.xlsx\n校验码: ")
    seen = perfeval("verify", "报送.xlsx")
    assert (seen.code, seen.err) == (0, "")
    assert "✓ 与报送记录一致, 没有改动" in seen.out
    assert re.search(r"  巴州医保局 · 2023 · 报送时间 \d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d( \(UTC[^)]*\))? · 评分办法 ", seen.out)


def test_a_form_without_a_unit_asks_for_one(living, perfeval):
    assert perfeval("submit", living, "--no-pdf").err == "▲ 表上没有写填报单位, 请用 --unit 写明, 上级才能对上名单\n"


def test_open_findings_are_listed_and_refused_with_exit_code_1(living, tmp_path, perfeval):
    wrong = tampered(living, tmp_path / "错.xlsm", H11=99.0)
    refused = perfeval("submit", wrong, "--no-pdf")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("还有没处理的问题 (错误 1 个, 未说明的核实 0 个), 没有生成报送件")
    assert "自评表 H11" in refused.err
    assert perfeval("submit", wrong, "--no-pdf", "--force", "系统停用, 经电话同意先报", "-o", "报送.xlsx").code == 0
    forced = perfeval("verify", "报送.xlsx")
    assert forced.code == 1
    assert "▲ 带着未处理的问题报送, 理由: 系统停用, 经电话同意先报" in forced.out


def test_every_changed_cell_is_on_one_screen_and_in_the_document(living, tmp_path, perfeval):
    perfeval("submit", living, "-o", "报送.xlsx", "--no-pdf")
    changed = tampered(tmp_path / "报送.xlsx", tmp_path / "改.xlsx", H13=3.0)
    seen = perfeval("verify", changed)
    assert seen.code == 1
    assert "✗ 报送以后改动了 1 处:\n    自评表 H13: 原为 「4」, 现为 「3」" in seen.out
    document = json.loads(perfeval("verify", changed, "--json").out)
    assert (document["unchanged"], document["changed"]) == (False, [{"sheet": "自评表", "cell": "H13", "was": "4", "is": "3"}])
    assert document["record"]["year"] == 2023


def test_another_ruleset_at_the_receivers_is_said(living, perfeval):
    perfeval("submit", living, "-o", "报送.xlsx", "--no-pdf")
    assert "▲ 报送时用的评分办法是 fund-2022-65, 现在按 mof-2020-10 审核" in perfeval("verify", "报送.xlsx", "--ruleset", "mof-2020-10").out


def test_keys_sign_and_verify(living, perfeval):
    assert perfeval("keygen", "-o", "局").code == 0
    perfeval("submit", living, "-o", "报送.xlsx", "--key", "局.key", "--no-pdf")
    assert "签名正确" in perfeval("verify", "报送.xlsx", "--key", "局.pub").out
    perfeval("keygen", "-o", "别")
    wrong = perfeval("verify", "报送.xlsx", "--key", "别.pub")
    assert (wrong.code, "签名不对" in wrong.out) == (1, True)


def test_a_pdf_lies_beside_it_where_libreoffice_is_there(living, tmp_path, soffice, perfeval):
    made = perfeval("submit", living, "-o", "报送.xlsx")
    assert "PDF: 报送.pdf" in made.out
    assert (tmp_path / "报送.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_no_workbook_is_one_sentence_and_exit_code_2(tmp_path, perfeval):
    (tmp_path / "表.xlsx").write_bytes(b"")
    for command in ("submit", "verify"):
        answer = perfeval(command, "表.xlsx")
        assert (answer.code, answer.err.count("\n")) == (2, 1)

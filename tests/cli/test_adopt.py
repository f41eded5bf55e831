"""adopt and adopt --undo as a person types them."""

import json
import re

import pytest
import xlsxwriter

from tests.windows.session import told
from tests.workbook.adoption.office_files import SHEET, parts_of, plain_form, rich_form

RESULT = "校验结果"
FILLED = ["G5", "G6", "G7", "H5", "G12", "G13", "G15", "G17"]


@pytest.fixture
def office(tmp_path):
    return plain_form(tmp_path / "官方.xlsx")


def test_every_cell_touched_is_listed(perfeval, office):
    ran = perfeval("adopt", office, "-o", "活.xlsm")
    assert (ran.code, ran.err) == (0, "")
    assert re.findall(rf"^  {SHEET} ([A-Z]+\d+) .*现在算出", ran.out, re.MULTILINE) == FILLED
    assert "自评表 G12 得分「参保人数」: 现在算出 19.82\n" in ran.out
    assert "自评表 G5 执行率「年度资金总额」: 现在算出 0.99740616328319, 数字格式改为 0.00%\n" in ran.out
    assert "  已有内容, 没有改; 加 --replace 可以换成公式: 自评表 G14\n" in ran.out


def test_the_list_as_json(perfeval, office):
    ran = perfeval("adopt", office, "-o", "活.xlsm", "--replace", "--json")
    document = json.loads(ran.out)
    assert sorted(document) == ["cells", "file", "kept", "notes", "output", "ruleset"]
    assert [cell["cell"] for cell in document["cells"]] == FILLED
    assert document["cells"][4] == {
        "sheet": SHEET, "cell": "G12", "field": "得分", "item": "参保人数", "was": None, "value": 19.82, "number_format": None,
        "formula": "IFERROR(0+PE_SCORE(F12,D12,E12,评分规则!$C10,C12),评分规则!$L10)",
    }  # fmt: skip


OWN_WORDS = """
[[table]]
kind = "project"
money_unit = "万元"
total_score = "G5"
[table.funds]
first_row = 2
last_row = 2
columns = {label = "A", budget = "B", executed = "C", rate = "D"}
[table.funds.labels]
"本年投入" = "年度资金总额"
[table.indicators]
first_row = 4
last_row = 4
columns = {level3 = "A", target = "B", actual = "C", weight = "F", score = "G"}
"""


def test_a_table_whose_words_say_nothing_is_adopted_by_its_layout(perfeval, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "官方.xlsx") as book:
        sheet = book.add_worksheet("表")
        rows = (
            ("", "本年", "花了", "几成"), ("本年投入", 100, 80), ("做什么", "要多少", "有多少", "", "", "几分", "几分"),
            ("培训人数", "≥100人", "90人", "", "", 100), ("全部",),
        )  # fmt: skip
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    (tmp_path / "版面.toml").write_text(OWN_WORDS, "utf-8")
    assert "没有找到绩效自评表" in perfeval("adopt", "官方.xlsx", "-o", "活.xlsm").err
    ran = perfeval("adopt", "官方.xlsx", "-o", "活.xlsm", "--layout", "版面.toml")
    assert (ran.code, ran.err) == (0, "")
    assert re.findall(r"^  表 ([A-Z]+\d+) .*现在算出 ([\d.]+)", ran.out, re.MULTILINE) == [("D2", "0.8"), ("G4", "90"), ("G5", "90")]
    assert "注意: 这张表照版面文件读; 以后校验、计算也要加 --layout, 按钮不认版面文件\n" in ran.out
    again = json.loads(perfeval("score", "活.xlsm", "--layout", "版面.toml", "--json").out)["tables"][0]
    assert (again["funds"][0]["execution_rate"], again["written_total"], again["computed_total"]) == (0.8, 90, 90)
    assert perfeval("adopt", "--undo", "活.xlsm", "-o", "回.xlsx").code == 0
    assert (tmp_path / "回.xlsx").read_bytes() == (tmp_path / "官方.xlsx").read_bytes()


def test_undo_gives_the_office_s_file_back(perfeval, office, tmp_path):
    perfeval("adopt", office, "-o", "活.xlsm")
    ran = perfeval("adopt", "--undo", "活.xlsm", "-o", "回.xlsx")
    assert (ran.code, "逐字节相同" in ran.out) == (0, True)
    assert (tmp_path / "回.xlsx").read_bytes() == office.read_bytes()
    assert json.loads(perfeval("adopt", "--undo", "活.xlsm", "-o", "回2.xlsx", "--json").out)["unchanged"] is True


def test_check_and_score_say_of_the_living_workbook_what_they_say_of_the_office_s(perfeval, tmp_path):
    office = rich_form(tmp_path / "官方.xlsx")
    perfeval("adopt", office, "-o", "活.xlsm")
    before, after = (json.loads(perfeval("check", path, "--json").out)["files"][0]["findings"] for path in (office, "活.xlsm"))
    consequences = {far["cell"] for each in before if each["cell"] in FILLED for far in each["consequences"]}
    assert {each["cell"] for each in before} - set(FILLED) == {each["cell"] for each in after} - consequences
    assert [each for each in after if each not in before and each["cell"] not in consequences] == []
    scores = [json.loads(perfeval("score", path, "--json").out)["tables"][0] for path in (office, "活.xlsm")]
    assert [row["computed_score"] for row in scores[0]["indicators"]] == [19.82, 20.0, 10.0, 29.5, 10.0]
    for field in ("computed_total", "execution_score", "grade", "ruleset"):
        assert scores[0][field] == scores[1][field]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("官方.xlsx",), "请用 -o 写明新文件的名字"),
        (("官方.xlsx", "-o", "活.xls"), "扩展名应为 .xlsm 或 .xlsx"),
        (("没有.xlsx", "-o", "活.xlsm"), "找不到这个文件"),
        (("--undo", "官方.xlsx", "-o", "回.xlsx"), "不是用 adopt 采用过"),
        (("--undo", "官方.xlsx", "-o", "回.xlsx", "--replace"), "不能和"),
        (("官方.xlsx", "-o", "活.xlsm", "--ruleset", "nowhere"), "没有评分办法「nowhere」"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(perfeval, office, words, sentence, tmp_path):
    ran = perfeval("adopt", *words)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert sentence in ran.err
    assert not list(tmp_path.glob("活*"))


def test_the_button_checks_the_living_workbook_in_excel(perfeval, office, tmp_path):
    perfeval("adopt", office, "-o", "活.xlsm")
    outcome = told(tmp_path / "活.xlsm", ("fill", SHEET, "F13", 35.0), ("click", "validate"))
    assert not outcome.raised
    found = json.loads(perfeval("check", office, "--json").out)["files"][0]["findings"]
    assert {each["check"] for each in found} >= {"A02"}
    assert ["A02", f"{SHEET} G16"] in outcome.results("CD")
    assert [row for row in outcome.results("CD") if row[1] == f"{SHEET} G12"] == []
    assert outcome.value(RESULT, "A2").startswith("✗错误")


def test_a_check_writes_its_results_into_the_sheet_and_leaves_the_buttons(perfeval, office, tmp_path):
    perfeval("adopt", office, "-o", "活.xlsm")
    perfeval("check", "活.xlsm", "--write", "-o", "校验.xlsm")
    before, after = parts_of(tmp_path / "活.xlsm"), parts_of(tmp_path / "校验.xlsm")
    sheet = after["xl/worksheets/sheet3.xml"].decode()
    assert "<legacyDrawing" in sheet
    assert before["xl/drawings/vmlDrawing1.vml"] == after["xl/drawings/vmlDrawing1.vml"]
    ran = perfeval("adopt", "--undo", "校验.xlsm", "-o", "回.xlsx")
    assert (ran.code, (tmp_path / "回.xlsx").read_bytes() == office.read_bytes()) == (0, True)

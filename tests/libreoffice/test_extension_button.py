"""The toolbar of the installed extension, pressed as LibreOffice presses it: 校验 and 转到第一个错误."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import pytest

from perfeval_xl import __version__
from perfeval_xl.core.labels import LEVELS, MARKS
from perfeval_xl.workbook.building.manifest import build_extension
from perfeval_xl.workbook.extension.configuration import IDENTIFIER
from perfeval_xl.workbook.results.result_rows import HEADINGS
from tests.conftest import ROOT, demand_libreoffice
from tests.libreoffice.driver import seed
from tests.libreoffice.engine import Engine

CASES = ROOT / "workbooks" / "cases"
BAZHOU = CASES / "bazhou-2023-resident-fund.xlsm"
EMPLOYEES = CASES / "panzhihua-2024-employee-fund.xlsm"
VALIDATE, FIRST_ERROR = "perfeval.calc:validate", "perfeval.calc:go_to_first_error"
CLEAN = "✗错误 0 条 · ▲核实 0 条 · ●提示 2 条 · ✓已说明 0 条 可以报送。"
NOBODY = 65534      # unopkg refuses to install for root


class Profile:
    """A user's LibreOffice before its first start, served by ``unopkg``."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="perfeval-profile-"))
        self.path = self.folder / "profile"
        seed(self.path)

    def unopkg(self, *words):
        as_user = {}
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
            as_user = {"user": NOBODY, "group": NOBODY}
        done = subprocess.run(
            ["/usr/bin/unopkg", *words, f"-env:UserInstallation={self.path.as_uri()}"],
            capture_output=True, encoding="utf-8", timeout=120, check=False, **as_user,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def files_that_name(self, word):
        """What is left of an extension; the setting Calc wrote on its toolbar's place is the user's."""
        files = [path for path in self.path.rglob("*") if path.is_file() and path.name != "registrymodifications.xcu"]
        return [path for path in files if word.encode() in path.read_bytes()]


@pytest.fixture(scope="module")
def profile():
    demand_libreoffice()
    made = Profile()
    built = build_extension(str(made.folder))
    made.unopkg("add", "--suppress-license", str(made.folder / built.path))
    yield made
    shutil.rmtree(made.folder)


@pytest.fixture(scope="module")
def office(profile):
    with Engine(profile=profile.path) as engine:
        yield engine


@pytest.fixture
def bazhou(office):
    with office.open(BAZHOU, recalculated=False) as document:
        yield document


def listed(document):
    """The findings on 校验结果, by check and cell."""
    rows = [dict(zip(HEADINGS, row, strict=False)) for row in document.rows("校验结果!A5:L200")]
    return {(row["规则"], row["单元格"]): row for row in rows if row["级别"]}


def of_the_command(path):
    """What ``check --json`` says of the file, in the words of 校验结果."""
    said = subprocess.run([sys.executable, "-m", "perfeval_xl", "check", "--json", str(path)], capture_output=True, check=False, cwd=ROOT)
    return {
        (found["check"], f"{found['sheet']} {found['cell']}"): (
            MARKS[found["level"]] + LEVELS[found["level"]], found["item"], found["message"], found["written"], found["expected"], found["basis"],
        )
        for found in json.loads(said.stdout)["files"][0]["findings"]
    }  # fmt: skip


@pytest.mark.parametrize("path", [BAZHOU, EMPLOYEES], ids=["bazhou", "employees"])
def test_the_button_lists_what_the_command_line_finds(office, path):
    with office.open(path, recalculated=False) as document:
        document.press(VALIDATE)
        shown = {place: tuple(row[name] for name in ("级别", "项目", "问题", "填报值", "应为", "依据")) for place, row in listed(document).items()}
    assert shown == of_the_command(path)


def test_the_sentence_names_the_counts_and_stands_on_the_page(bazhou):
    assert bazhou.press(VALIDATE) == CLEAN
    assert (bazhou["校验结果!A1"], bazhou["校验结果!A2"]) == ("校验结果", CLEAN.removesuffix(" 可以报送。"))
    assert bazhou.press(VALIDATE) == CLEAN


def test_every_place_is_a_link_to_its_cell(bazhou):
    bazhou.press(VALIDATE)
    assert bazhou.links("校验结果!A1:L10") == {"A3": "#自评表.F25", "E3": "#自评表.A1", "D5": "#自评表.F25", "D6": "#自评表.G28"}


def test_a_score_above_its_weight_appears_at_its_cell_and_goes_again(bazhou):
    bazhou.press(VALIDATE)
    before = listed(bazhou)
    bazhou.put({"自评表!H13": 9})
    assert bazhou.press(VALIDATE).startswith("✗错误 1 条")
    found = listed(bazhou)
    assert set(found) - set(before) == {("B04", "自评表 H13")}
    assert found["B04", "自评表 H13"]["问题"] == "自评表 H13 得分 9 大于分值 4, 请改为不超过 4"
    bazhou.put({"自评表!H13": 4})
    bazhou.press(VALIDATE)
    assert listed(bazhou) == before


def test_the_first_error_is_selected(bazhou):
    bazhou.put({"自评表!H13": 9})
    bazhou.press(VALIDATE)
    assert (bazhou.press(FIRST_ERROR), bazhou.state()["selected"]) == ("", "$自评表.$H$13")


def test_before_a_check_there_is_nowhere_to_go(bazhou):
    assert bazhou.press(FIRST_ERROR) == "「校验结果」里没有需要处理的单元格; 改动后请再按「校验」"


def test_an_explanation_counts_and_stays_word_for_word(office):
    question, error = ("F02", "自评表 G24"), ("A02", "自评表 E11")
    reason = "满意度由第三方电话回访得出, 委托合同约定只报区间"
    with office.open(EMPLOYEES, recalculated=False) as document:
        document.press(VALIDATE)
        rows = {place: number for number, place in enumerate(listed(document), 5)}
        document.put({f"校验结果!K{rows[question]}": reason, f"校验结果!K{rows[error]}": "=1+1"})
        assert "▲核实 0 条" in document.press(VALIDATE)
        document.put({"自评表!H11": 9})
        document.press(VALIDATE)
        found = listed(document)
    assert (found[question]["出错说明"], found[question]["状态"]) == (reason, "已说明")
    assert (found[error]["出错说明"], found[error]["状态"]) == ("=1+1", "须修改")


def test_the_document_keeps_its_file_its_name_and_its_other_sheets(bazhou):
    before = bazhou.state()
    saved = Path(before["address"].removeprefix("file://")).read_bytes()
    sheets = [sheet for sheet in bazhou.sheets() if sheet != "校验结果"]
    content = {sheet: bazhou.rows(f"{sheet}!A1:AB120") for sheet in sheets}
    bazhou.press(VALIDATE)
    after = bazhou.state()
    assert (before["is_modified"], after["is_modified"]) == (False, True)
    assert (after["address"], after["selected"]) == (before["address"], before["selected"])
    assert Path(after["address"].removeprefix("file://")).read_bytes() == saved
    assert {sheet: bazhou.rows(f"{sheet}!A1:AB120") for sheet in sheets} == content


def test_what_is_saved_with_the_page_is_what_the_command_line_reads(bazhou, tmp_path):
    bazhou.put({"自评表!H13": 9})
    bazhou.press(VALIDATE)
    found = of_the_command(bazhou.save(tmp_path / "saved.xlsx"))
    assert set(found) == set(listed(bazhou))


@pytest.fixture
def without_results(tmp_path):
    """An office's workbook that has no 校验结果 yet; ``made(text)``: one of its own with that text."""

    def made(text=""):
        book = openpyxl.load_workbook(BAZHOU)
        del book["校验结果"]
        if text:
            book.create_sheet("校验结果")["B2"] = text
        book.save(tmp_path / "own.xlsx")
        return tmp_path / "own.xlsx"

    return made


def test_the_page_is_added_at_the_end_where_it_is_missing(office, without_results):
    with office.open(without_results(), recalculated=False) as document:
        before = list(document.sheets())
        document.put({"自评表!H13": 9})
        document.press(VALIDATE)
        assert list(document.sheets()) == [*before, "校验结果"]
        assert ("B04", "自评表 H13") in listed(document)
        assert document.state()["selected"].startswith("$自评表.")


def test_a_page_of_the_same_name_is_not_written_over(office, without_results):
    with office.open(without_results("科室自己的记录"), recalculated=False) as document:
        assert document.press(VALIDATE) == "已有一张自己的「校验结果」表, 不能覆盖, 请把它改名后再校验"
        assert (document["校验结果!B2"], document["校验结果!A4"]) == ("科室自己的记录", "")


def test_a_sheet_without_a_table_gets_a_sentence(office):
    with office.new() as document:
        assert document.press(VALIDATE).startswith("没有找到绩效自评表")
        assert list(document.sheets()) == ["Sheet1"]


def test_the_same_extension_gives_the_cell_functions(office):
    with office.new() as document:
        document.put_formulas({"Sheet1!A1": "=PE_VERSION()", "Sheet1!A2": '=PE_SCORE(15;"8755";"8676")'})
        assert (document["Sheet1!A1"], document["Sheet1!A2"]) == (f"Python 版本 {__version__}", 14.86)


@pytest.mark.parametrize("command", ["perfeval.calc:other", "perfeval.calc:validate.__globals__", "perfeval.calc:"])
def test_no_other_command_is_taken(bazhou, command):
    assert bazhou.press(command) is None


def test_no_copy_is_left_behind(bazhou):
    folder = Path(tempfile.gettempdir())
    before = set(folder.glob("perfeval-*/document.xlsx"))
    bazhou.press(VALIDATE)
    assert set(folder.glob("perfeval-*/document.xlsx")) == before


def test_removing_leaves_no_trace():
    demand_libreoffice()
    own = Profile()
    try:
        own.unopkg("add", "--suppress-license", str(own.folder / build_extension(str(own.folder)).path))
        assert IDENTIFIER in own.unopkg("list")
        own.unopkg("remove", IDENTIFIER)
        assert IDENTIFIER not in own.unopkg("list")
        with Engine(profile=own.path) as engine, engine.new() as document:
            document.put_formulas({"Sheet1!A1": "=PE_VERSION()"})
            assert (document["Sheet1!A1"], document.press(VALIDATE)) == (None, None)
        assert own.files_that_name("perfeval") == []
    finally:
        shutil.rmtree(own.folder)

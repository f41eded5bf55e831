"""The terminal and the pipe say the same; colours, frames and rich itself only where a person is looking."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from perfeval_xl.cli.check import report_text, shown
from perfeval_xl.cli.check import run as run_check
from perfeval_xl.cli.score import HEADINGS, score_text, scoring_of
from perfeval_xl.cli.submit import run as run_submit
from perfeval_xl.cli.terminal import show_report, show_sheet
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.examination import examined

ROOT = Path(__file__).resolve().parents[2]
FRAMES = str.maketrans("", "", "│╭╮╰╯─┏┓┗┛━┃┡┩╇┳┴└┘ \n")


@pytest.fixture(scope="module")
def wrong(case_workbook, tmp_path_factory):
    """The case with mistakes of every level, a question explained, and a place that was not read."""
    book = openpyxl.load_workbook(case_workbook)
    for cell, value in {"H11": 11, "E12": 4, "G20": "20%", "G29": "95%以上", "J22": None}.items():
        book["自评表"][cell] = value
    path = tmp_path_factory.mktemp("wrong") / "有错.xlsx"
    book.save(path)
    result = examined(str(path))
    groups = [[f._replace(explanation="已附调查报告原件") if f.check == "F02" else f for f in group] for group in result.findings]
    return result._replace(findings=tuple(map(tuple, groups)), unread=(Unread("汇总", "B3", "没有读懂"),))


def screen(width, **options):
    return Console(file=io.StringIO(), width=width, highlight=False, force_terminal=bool(options), **options)


def printed(console):
    return console.file.getvalue()


def test_a_person_and_a_pipe_read_the_same_words(wrong):
    console = screen(4000)
    show_report(wrong, console)
    assert "✓核实 F02" in report_text(wrong)
    assert "改好后一并消除" in report_text(wrong)
    assert printed(console).translate(FRAMES) == report_text(wrong).translate(FRAMES)


def test_the_score_too_is_the_same_for_both(wrong):
    (assessment,) = wrong.assessments
    scoring, console = scoring_of(assessment), screen(4000)
    show_sheet(scoring.opening, HEADINGS, scoring.rows, scoring.closing, console)
    assert printed(console).translate(FRAMES) == score_text(assessment).translate(FRAMES)


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_is_wider_than_the_window_though_chinese_is_twice_as_wide(wrong, width):
    from rich.cells import cell_len

    console = screen(width)
    show_report(wrong, console)
    (assessment,) = wrong.assessments
    scoring = scoring_of(assessment)
    show_sheet(scoring.opening, HEADINGS, scoring.rows, scoring.closing, console)
    assert max(map(cell_len, printed(console).splitlines())) <= width


def test_colours_go_to_a_terminal_only(wrong):
    plain, coloured = screen(100), screen(100, color_system="truecolor")
    show_report(wrong, plain)
    show_report(wrong, coloured)
    assert "\x1b[" not in printed(plain)
    assert "\x1b[1;31m✗错误" in printed(coloured)


def test_rows_of_a_pipe_stand_under_their_headings_though_chinese_is_twice_as_wide(wrong):
    from rich.cells import cell_len

    (assessment,) = wrong.assessments
    lines = score_text(assessment).splitlines()
    heading = next(line for line in lines if "指标值" in line)
    row = next(line for line in lines if "基金静态可支付月数" in line)
    assert cell_len(heading.partition("分值")[0]) == cell_len(row.partition("10 ")[0])
    assert row.split() == ["基金静态可支付月数", "10", "≥6个月", "10个月", "166.67%", "66.67%", "10", "—"]


def test_a_judged_score_is_told_from_a_computed_one_and_a_wrong_total_is_marked(wrong):
    (assessment,) = wrong.assessments
    rows = {row[0]: row for row in scoring_of(assessment).rows}
    assert rows["政策制定依据及程序"][-2:] == ("人工", "11")
    table = assessment.table
    other = assessment._replace(table=table._replace(total_score=table.total_score._replace(number=90.0, computed=False, state="number")))
    assert scoring_of(other).closing[-1].endswith("表上填报 90 ≠")


def test_no_control_character_of_a_file_reaches_the_terminal():
    assert shown("甲\x1b]0;x\x07\x9b31m乙\u202e丙\n丁\ud800\u3000") == "甲\ufffd]0;x\ufffd\ufffd31m乙\ufffd丙 丁\ufffd\u3000"
    assert shown("[bold]不是标记[/bold]") == "[bold]不是标记[/bold]"


def test_a_sentence_that_refuses_is_free_of_the_control_characters_of_a_file(perfeval, case_workbook):
    missing = perfeval("check", "甲\x1b]0;x\x07乙.xlsx")
    assert (missing.code, missing.out) == (2, "")
    assert missing.err == "甲\ufffd]0;x\ufffd乙.xlsx: 找不到这个文件，可能已经移动、改名或删除。请检查路径。\n"
    elsewhere = perfeval("why", case_workbook, "甲\x1b[31m!A1")
    assert (elsewhere.code, elsewhere.out) == (2, "")
    assert elsewhere.err.startswith("没有工作表「甲\ufffd[31m」, 这个文件里有: ")


def test_a_line_break_in_the_name_of_a_file_makes_no_second_sentence(perfeval):
    done = perfeval("check", "甲\n乙.xlsx")
    assert (done.code, done.out) == (2, "")
    assert done.err == "甲 乙.xlsx: 找不到这个文件，可能已经移动、改名或删除。请检查路径。\n"


def test_markup_of_rich_in_a_cell_is_printed_as_it_stands(wrong):
    (group,) = wrong.findings
    marked = wrong._replace(findings=((group[0]._replace(message="[red]自评表[/red] [/]"),),), unread=())
    console = screen(200)
    show_report(marked, console)
    assert "[red]自评表[/red] [/]" in printed(console)


@pytest.mark.parametrize("more", [(), ("--json",), ("--write", "-o", "副本.xlsx")])
def test_rich_is_not_imported_into_a_pipe(case_workbook, tmp_path, more):
    code = (
        "import sys; from perfeval_xl.cli import main\n"
        f"main(['check', {str(case_workbook)!r}, *{more!r}])\n"
        "print('IMPORTED', 'rich' in sys.modules, 'html' in sys.modules, file=sys.stderr)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, env=environment)
    assert done.stderr.splitlines()[-1] == "IMPORTED False False"


@pytest.mark.skipif(sys.platform == "win32", reason="pty 只在 POSIX 上有")
def test_a_terminal_gets_panels_and_many_files_a_bar(case_workbook, tmp_path):
    import pty

    inner, outer = pty.openpty()
    command = [sys.executable, "-m", "perfeval_xl", "check", *[str(case_workbook)] * 4]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm-256color", "COLUMNS": "100"}
    with subprocess.Popen(command, cwd=tmp_path, stdout=outer, stderr=outer, env=environment) as running:
        os.close(outer)
        said = b""
        while chunk := _chunk(inner):
            said += chunk
        running.wait()
    os.close(inner)
    text = said.decode("utf-8")
    assert text.count("╭") == 4
    assert "4/4" in text
    assert "\x1b[" in text


def _chunk(stream):
    try:
        return os.read(stream, 65536)
    except OSError:
        return b""


def test_a_refused_explanation_is_said_with_its_reason_wherever_findings_are_listed(case_workbook, tmp_path, capsys):
    book = openpyxl.load_workbook(case_workbook)
    for cell, value in {"H11": 11, "E12": 4, "G20": "20%", "G29": "95%以上"}.items():
        book["自评表"][cell] = value
    book.save(tmp_path / "表.xlsx")
    run_check([str(tmp_path / "表.xlsx"), "--write", "-o", str(tmp_path / "校验.xlsx")])
    book = openpyxl.load_workbook(tmp_path / "校验.xlsx")
    for row in range(5, book["校验结果"].max_row + 1):
        book["校验结果"].cell(row, 11, "延期")
    book.save(tmp_path / "说明.xlsx")
    result = examined(str(tmp_path / "说明.xlsx"))
    asked = sum(finding.level == "explain" for finding in result.all_findings)
    said = "出错说明没有采纳: 说明太短, 至少 6 个字"
    assert asked > 0
    assert report_text(result).count(said) == asked
    console = screen(4000)
    show_report(result, console)
    assert printed(console).translate(FRAMES) == report_text(result).translate(FRAMES)
    capsys.readouterr()
    run_check([str(tmp_path / "说明.xlsx"), "--json"])
    (entry,) = json.loads(capsys.readouterr().out)["files"]
    refused = {finding["level"]: finding["explanation_refused"] for finding in entry["findings"]}
    assert refused["explain"] == "说明太短, 至少 6 个字"
    assert {finding["explanation"] for finding in entry["findings"]} == {None}
    assert {reason for level, reason in refused.items() if level != "explain"} == {None}
    assert run_submit([str(tmp_path / "说明.xlsx"), "-o", str(tmp_path / "报送.xlsx"), "--no-pdf"]) == 1
    assert capsys.readouterr().err.count(said) == asked

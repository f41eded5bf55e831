"""Rows of the summary say what a row of XlsxWriter would say, and nothing of a received file turns into markup or a formula."""

import io
import math

import openpyxl
import pytest
import xlsxwriter

from perfeval_xl.consolidate import ledger as ledgers
from perfeval_xl.consolidate.ledger import Ledger
from perfeval_xl.consolidate.outcome import Outcome
from perfeval_xl.consolidate.row_markup import RowMarkup
from perfeval_xl.consolidate.summary_package import Page, fill_frame

TEXTS = ("甲", " 前后有空格 ", "两\n行", "a<b & c>d", "_x000D_", "\x01\r", "\uffff", "=1+1", "-5.74%", "😀" * 20_000, "　全角　")


def drawn(rows, path):
    """The rows through a frame of one sheet, read back by openpyxl."""
    frame = io.BytesIO()
    with xlsxwriter.Workbook(frame, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for column, code in enumerate(("General", "0.00")):
            sheet.write_blank(0, column, None, book.add_format({"num_format": code, "bold": True}))
        sheet.write_blank(1, 0, None, book.add_format({"quote_prefix": True}))
    fill_frame(frame, path, [Page(1, 1, len(rows), iter(rows))])
    return openpyxl.load_workbook(path).active


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_reads_back_as_xlsxwriter_would_have_written_it(text, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "别人.xlsx", {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.add_worksheet().write_string(0, 0, text)
    theirs = openpyxl.load_workbook(tmp_path / "别人.xlsx").active["A1"]
    ours = drawn([(text, None)], tmp_path / "我们.xlsx")["A1"]
    assert (ours.value, ours.data_type) == (theirs.value, "s")
    assert ours.quotePrefix is text.startswith(("=", "-"))


def test_markup_of_others_stays_a_text(tmp_path):
    assert drawn([("<r><t>假的</t></r>", None)], tmp_path / "文.xlsx")["A1"].value == "<r><t>假的</t></r>"


def test_numbers_keep_their_sixteen_digits_and_blanks_keep_their_frame(tmp_path):
    sheet = drawn([(0.1 + 0.2, 98), (None, ""), (-1e-9, 123456789012.25)], tmp_path / "数.xlsx")
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [[0.3, 98], [None, None], [-1e-9, 123456789012.25]]
    assert (sheet["B1"].number_format, sheet["A1"].font.bold, sheet.dimensions) == ("0.00", True, "A1:B3")


def test_numbers_that_excel_does_not_have_are_errors():
    assert RowMarkup([1, 2], 3).row(4, (math.inf, math.nan)) == (
        '<row r="4"><c r="A4" s="1" t="e"><v>#DIV/0!</v></c><c r="B4" s="2" t="e"><v>#NUM!</v></c></row>'
    )


def test_half_a_character_is_a_question_mark_in_the_summary_and_in_the_ledger(tmp_path):
    assert drawn([("坏\ud800字", None)], tmp_path / "坏.xlsx")["A1"].value == "坏?字"
    for known in (None, Outcome(reason="坏?字")):
        with Ledger(tmp_path / "账.db", "") as ledger:
            assert ledger.known("甲") == known
            ledger.keep("甲", Outcome(reason="坏\ud800字"))


def test_a_row_is_as_high_as_its_longest_text_where_the_widths_are_known():
    markup = RowMarkup([1, 1], 3, (11, 21))
    heads = [markup.row(number, texts).partition("<c")[0] for number, texts in enumerate((("甲乙丙丁戊", "乙"), ("甲乙丙丁戊己", "乙"), ("甲", "一\n二\n三"), (98.5, None)), 4)]
    assert heads == ['<row r="4">', '<row r="5" ht="27">', '<row r="6" ht="40.5">', '<row r="7">']


def test_a_sheet_remembers_only_so_many_texts(monkeypatch):
    monkeypatch.setattr("perfeval_xl.consolidate.row_markup._MOST_KNOWN", 2)
    markup = RowMarkup([1], 2)
    rows = [markup.row(number, (f"第{number % 5}家",)) for number in range(1, 12)]
    assert rows == [f'<row r="{n}"><c r="A{n}" s="1" t="inlineStr"><is><t>第{n % 5}家</t></is></c></row>' for n in range(1, 12)]


def test_outcomes_that_come_fast_are_written_together_and_none_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(ledgers, "_SECONDS", 60.0)
    with Ledger(tmp_path / "账.db", "") as ledger:
        for number in range(5):
            ledger.keep(str(number), Outcome(unit=str(number)))
        with Ledger(tmp_path / "账.db", "") as other:
            assert [other.known(str(number)) is not None for number in range(5)] == [True, False, False, False, False]
    with Ledger(tmp_path / "账.db", "") as ledger:
        assert [ledger.known(str(number)) for number in range(5)] == [Outcome(unit=str(number)) for number in range(5)]

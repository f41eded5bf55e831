"""Far, huge and bottomless worksheets: what is near is read, what is far is named, and it costs next to nothing."""

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.grid import Area, Cell, UnusableFile
from perfeval_xl.workbook.opc.package import DAMAGED, OVERSIZED
from perfeval_xl.workbook.reading import row_blocks, xlsx
from perfeval_xl.workbook.reading.worksheet import Budget
from perfeval_xl.workbook.reading.xlsx import read_xlsx
from tests.workbook.hostile import MAIN, blank_row, book, cells, worksheet, zipped

MERGE = '<mergeCells><mergeCell ref="A7:B7"/></mergeCells>'


def read(*sheets, **more):
    return read_xlsx("表.xlsx", zipped(book(*sheets, **more)))


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of a kilobyte, so that small parts go the way of huge ones."""
    monkeypatch.setattr(row_blocks, "_SMALL", 0)
    monkeypatch.setattr("perfeval_xl.workbook.opc.package.CHUNK", 1024)


def test_a_stray_cell_in_the_last_corner_is_named():
    found = read(worksheet(cells(1, 2) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', after=MERGE))
    assert found.sheets[0].cells == {(1, 1): Cell(1.0), (1, 2): Cell(2.0)}
    assert found.sheets[0].merges == (Area(7, 1, 7, 2),)
    reason = "离表格太远：从这里起共 1 个有内容的单元格没有读取；如果是误填，请删除。"
    assert found.unread == (Unread("表1", "XFD1048576", reason),)


def test_row_20000_and_column_iv_are_the_last_that_are_read():
    rows = "".join(f'<row r="{row}"><c r="IV{row}"><v>1</v></c><c r="IW{row}"><v>2</v></c></row>' for row in (20_000, 20_001))
    found = read(worksheet(rows))
    assert found.sheets[0].cells == {(20_000, 256): Cell(1.0)}
    assert [(place.cell, place.reason[:16]) for place in found.unread] == [("IW20000", "离表格太远：从这里起共 3 个有")]


def test_blank_rows_far_down_leave_no_trace():
    rows = cells(1) + "".join(blank_row(row) for row in range(2, 3000)) + cells(5, row=3000)
    found = read(worksheet(rows, after=MERGE))
    assert found.sheets[0].cells == {(1, 1): Cell(1.0), (3000, 1): Cell(5.0)}
    assert found.sheets[0].merges == (Area(7, 1, 7, 2),)
    assert found.unread == ()


def test_blocks_of_blank_rows_never_meet_the_parser(small_blocks, monkeypatch):
    fed = []
    monkeypatch.setattr(row_blocks.Feeder, "feed", lambda self, data, *, last=False: fed.append(data))
    read(worksheet("".join(blank_row(row) for row in range(1, 1000))))
    assert sum(map(len, fed)) < 0.4 * len("".join(blank_row(row) for row in range(1, 1000)))


def test_a_hidden_row_among_blank_ones_is_still_known(small_blocks):
    hidden = blank_row(150).replace("<row ", "<row hidden='1' ")
    rows = "".join(blank_row(row) for row in range(1, 150)) + hidden + "".join(blank_row(row) for row in range(151, 300))
    assert read(worksheet(rows)).sheets[0].hidden_rows == {150}


def test_rows_without_number_are_counted_while_blank_ones_are_passed_over(small_blocks):
    blank = "<row spans='1:12'>" + "<c s='1'/>" * 12 + "</row>"
    found = read(worksheet(cells(1) + blank * 500 + "<row><c><v>2</v></c></row>"))
    assert found.sheets[0].cells == {(1, 1): Cell(1.0), (502, 1): Cell(2.0)}


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_large_parts_with_prefixes_are_read_in_blocks(small_blocks, prefix):
    rows = "".join(blank_row(row) for row in range(2, 200)) + cells(7, row=200)
    whole = worksheet(cells(1) + rows, after=MERGE)
    if prefix:
        whole = whole.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:").replace("xmlns=", "xmlns:x=")
    found = read(whole)
    assert found.sheets[0].cells == {(1, 1): Cell(1.0), (200, 1): Cell(7.0)}
    assert found.sheets[0].merges == (Area(7, 1, 7, 2),)


@pytest.mark.parametrize(("start", "end"), [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?odd ", "?>")])
def test_rows_cannot_be_hidden_behind_what_only_looks_like_rows(small_blocks, start, end):
    blank = "".join(blank_row(row) for row in range(2, 200))
    disguise = start + blank + end
    rows = cells(1) + disguise + blank + cells(9, row=200) + disguise + cells(10, row=201)
    found = read(worksheet(rows))
    assert found.sheets[0].cells == {(1, 1): Cell(1.0), (200, 1): Cell(9.0), (201, 1): Cell(10.0)}


def test_an_instruction_at_the_very_start_of_a_row_hides_nothing(small_blocks):
    blank = "".join(blank_row(row) for row in range(2, 200))
    rows = cells(1) + f"<row ><?odd {blank}?></row>" + blank + cells(9, row=200) + f"<row ><?odd {blank}?></row>"
    assert read(worksheet(rows)).sheets[0].cells == {(1, 1): Cell(1.0), (200, 1): Cell(9.0)}


def test_after_a_thousand_stray_cells_the_rest_is_passed_over_but_merges_are_read(small_blocks):
    far = "".join(cells(*range(10), row=row) for row in range(20_001, 20_400))
    found = read(worksheet(cells(1) + far, after=MERGE))
    assert found.sheets[0].cells == {(1, 1): Cell(1.0)}
    assert found.sheets[0].merges == (Area(7, 1, 7, 2),)
    assert found.unread[0].cell == "A20001"
    assert found.unread[0].reason.startswith("离表格太远：从这里起至少 1")


def test_cells_beyond_the_budget_are_named(monkeypatch, small_blocks):
    monkeypatch.setattr(xlsx, "MOST_SHEET_CELLS", 500)
    found = read(worksheet("".join(cells(*range(10), row=row) for row in range(1, 100))))
    assert len(found.sheets[0].cells) == 500
    reason = "工作表内容太多：从这里起共 490 个有内容的单元格没有读取；如果是误填，请删除。"
    assert found.unread == (Unread("表1", "A51", reason),)


def test_a_form_does_not_starve_behind_a_sheet_of_raw_data(monkeypatch):
    monkeypatch.setattr(xlsx, "Budget", lambda: Budget(cells=120))
    raw = worksheet("".join(cells(*range(10), row=row) for row in range(1, 100)))
    found = read(raw, worksheet(cells(*range(20))), worksheet(cells(*range(20))))
    assert [(sheet.name, len(sheet.cells)) for sheet in found.sheets] == [("表1", 80), ("表2", 20), ("表3", 20)]
    assert [place.sheet for place in found.unread] == ["表1"]


def test_a_workbook_that_has_used_up_its_budget_names_the_sheets_left_out(monkeypatch):
    monkeypatch.setattr(xlsx, "Budget", lambda: Budget(cells=10))
    found = read(worksheet(cells(*range(10))), worksheet(cells(*range(11))))
    assert [sheet.name for sheet in found.sheets] == ["表1"]
    assert found.unread == (Unread("表2", "", "工作簿内容太多，这个工作表没有读取。请只保留需要上报的表格。"),)


def test_a_sheet_that_parses_without_end_is_cut_at_a_row(monkeypatch, small_blocks):
    monkeypatch.setattr(xlsx, "Budget", lambda: Budget(parsed_bytes=4000))
    found = read(worksheet("".join(cells(*range(10), row=row) for row in range(1, 100)), after=MERGE))
    assert found.sheets[0].cells[1, 1] == Cell(0.0)
    assert found.sheets[0].merges == (Area(7, 1, 7, 2),)
    assert found.unread[0].reason == "工作表内容太多：从这一行起没有读取。"


def test_one_row_without_end_is_given_up(monkeypatch, small_blocks):
    monkeypatch.setattr(xlsx, "Budget", lambda: Budget(parsed_bytes=4000))
    monkeypatch.setattr(row_blocks, "_OVERDRAFT", 4000)
    with pytest.raises(UnusableFile, match=OVERSIZED):
        read(worksheet("<row r='1'>" + "<c r='A1'><v></v></c>" * 5000 + "</row>"))


def test_a_tag_of_absurd_length_is_refused():
    with pytest.raises(UnusableFile, match=DAMAGED):
        read(worksheet(f"<row r='1'><c r='A1' x='{'a' * (3 << 20)}'><v>1</v></c></row>"))


def test_a_worksheet_that_would_unfold_beyond_256_megabytes_is_named(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_STREAMED_BYTES", 1000)
    found = read(worksheet(cells(1)), worksheet(cells(*range(26)) * 2))
    assert found.unread == (Unread("表2", "", "这个工作表展开后超过 256 MB，没有读取。请把需要的表格复制到新工作簿后另存。"),)


def test_shared_texts_beyond_their_limit_are_not_guessed(monkeypatch):
    monkeypatch.setattr("perfeval_xl.workbook.reading.texts.MOST_TEXTS", 2)
    sst = f'<sst xmlns="{MAIN}"><si><t>一</t></si><si><t>二</t></si></sst>'
    found = read(
        worksheet('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c></row>'),
        more=[("sharedStrings", "sharedStrings.xml")], parts={"xl/sharedStrings.xml": sst},
    )  # fmt: skip
    assert found.sheets[0].cells == {(1, 1): Cell("二")}
    assert [place.cell for place in found.unread] == ["B1"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_reading_in_blocks_and_at_once_are_the_same(data):
    kinds = data.draw(st.lists(st.sampled_from("vbhn"), min_size=1, max_size=120))
    rows, number = [], 0
    for kind in kinds:
        number += data.draw(st.integers(1, 3))
        row = cells(1, 2, row=number) if kind == "v" else blank_row(number)
        rows.append(row.replace("<row", "<row hidden='1'") if kind == "h" else row.replace(f'<row r="{number}"', "<row", 1) if kind == "n" else row)
    part = worksheet("".join(rows), after=MERGE)
    whole = read(part)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_blocks, "_SMALL", 0)
        patch.setattr("perfeval_xl.workbook.opc.package.CHUNK", 700)
        assert read(part) == whole


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_change_inside_a_part_gives_a_workbook_or_a_sentence(data):
    parts = book(
        worksheet(
            '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>1</v></c></row>'
            '<row r="2" hidden="1"><c r="B2"><f t="shared" si="0"/></c><c r="C2" t="inlineStr"><is><t>文</t></is></c></row>',
            before='<cols><col min="2" max="3" hidden="1"/></cols>', after=MERGE,
        ),
        more=[("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")],
        parts={
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>一</t></si></sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>',
        },
    )  # fmt: skip
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name].encode())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content[place] = data.draw(st.integers(0, 255))
        else:
            del content[place:place + data.draw(st.integers(1, 20))]
            content = content or bytearray(b" ")
    parts[name] = bytes(content)
    try:
        found = read_xlsx("表.xlsx", zipped(parts))
    except UnusableFile as refusal:
        assert str(refusal)
        return
    assert len(found.sheets) <= 1


def test_two_hundred_thousand_blank_rows_take_under_a_second_and_hardly_any_memory():
    rows = "".join(cells(*range(12), row=row) for row in range(1, 61)) + "".join(blank_row(row) for row in range(61, 200_001))
    data = zipped(book(worksheet(rows)), level=1)
    seconds = []
    for _ in range(3):  # the best of three: another process on the same core must not decide
        start = time.process_time()
        found = read_xlsx("空行.xlsx", data)
        seconds.append(time.process_time() - start)
    tracemalloc.start()
    read_xlsx("空行.xlsx", data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.sheets[0].cells) == 720
    assert found.unread == ()
    assert min(seconds) < 1
    assert peak < 20_000_000


def test_a_quarter_of_a_gigabyte_of_blanks_is_refused_at_once():
    data = zipped(book("") | {"xl/worksheets/sheet1.xml": worksheet(" " * (257 << 20))}, level=1)
    start = time.process_time()
    found = read_xlsx("空白.xlsx", data)
    assert time.process_time() - start < 1
    assert [place.sheet for place in found.unread] == ["表1"]


def test_one_endless_row_of_empty_cells_is_given_up_within_two_seconds():
    row = '<row r="1">' + '<c r="A1" s="1"/>' * 2_000_000 + "</row>"
    data = zipped(book("") | {"xl/worksheets/sheet1.xml": worksheet(row)}, level=1)
    started = time.process_time()
    with pytest.raises(UnusableFile, match=OVERSIZED):
        read_xlsx("一行.xlsx", data)
    assert time.process_time() - started < 2

"""The short way through rows of ordinary shape finds exactly what the XML parser finds, or leaves them to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_xl.workbook.grid import Area, UnusableFile
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.reading import plain_rows, row_blocks, texts
from perfeval_xl.workbook.reading.xlsx import read_xlsx
from tests.workbook.hostile import MAIN, book, worksheet, zipped

STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>'
TEXTS = f'<sst xmlns="{MAIN}"><si><t>一</t></si><si><t>二</t></si></sst>'
PLAIN = [
    '<c r="{}"/>', '<c r="{}" s="1" />', '<c r="{}"><v>1.5</v></c>', '<c r="{}" s="1"><v>98</v></c>', '<c r="{}" s="1" t="s"><v>1</v></c>',
    '<c r="{}" t="b"><v>1</v></c>', '<c r="{}" t="e"><v>#N/A</v></c>', '<c r="{}" t="str"><v></v></c>', '<c r="{}"><f>A1*2</f><v>3</v></c>',
    '<c r="{}" t="str"><f>B1</f><v>优</v></c>', '<c r="{}" t="inlineStr"><is><t>文</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> a b </t></is></c>', '<c r="{}" t="s"><v>9</v></c>', '<c r="{}"><v>x</v></c>', '<c r="{}"><v></v></c>',
]  # fmt: skip
ODD = [
    '<c s="1" r="{}"><v>2</v></c>', "<c r='{}'><v>3</v></c>", '<c r="{}" t="n" s="1"><v>4</v></c>', '<c r="{}"><v>5</v><f>A1</f></c>', "<c><v>6</v></c>",
    '<c r="{}" t="str"><f>A1&amp;"x"</f><v>a&lt;b</v></c>', '<c r="{}"><f t="shared" ref="A1:A9" si="0">A1</f><v>1</v></c>', '<c r="{}"><f t="shared" si="0"/></c>',
    '<c r="{}" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', '<c r="{}" t="inlineStr"><is><t>一</t><rPh><t>YI</t></rPh></is></c>',
    '<c r="{}" t="inlineStr"><is><t>第一行\n第二行\u3000</t></is></c>', '<c r="{}"> <v>7</v> </c>', '<c r="{}"><v>8</v ></c >', '<c r="{}"></c>', '<c r="{}"><f/><v>1</v></c>',
    '<c r="{}" cm="1"><v>9</v></c>', '<c r="{}"><f>A1</f></c>', '<c r="{}" x="a>b"><v>1</v></c>', '<c r="{}"><v/></c>', '<c r="{}"><f a="1">A1</f><v>1</v></c>',
]  # fmt: skip
ROWS = ['<row r="{0}">', '<row r="{0}" spans="1:9" ht="20" customHeight="1">', '<row r="{0}" hidden="1">', "<row r='{0}'>", '<row spans="1:2" r="{0}">', '<row r="{0}" x="a>b">', "<row>"]


def read(part):
    return read_xlsx(
        "表.xlsx",
        zipped(book(part, more=[("sharedStrings", "s.xml"), ("styles", "t.xml")], parts={"xl/s.xml": TEXTS, "xl/t.xml": STYLES})),
    )


def both_ways(part):
    def outcome():
        try:
            return read(part)
        except UnusableFile as refusal:
            return str(refusal)

    short = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_blocks, "take_plain_sheet", lambda *_: False)
        by_rows = outcome()
        patch.setattr(row_blocks, "has_plain_shape", lambda _: False)
        patch.setattr(texts, "_plain_texts", lambda _: None)
        whole = outcome()
    assert short == by_rows or isinstance(whole, str)
    return short, whole


def row_of(number, cells, head='<row r="{0}">'):
    marks = "".join(cell.format(f"{chr(65 + column)}{number}") for column, cell in enumerate(cells))
    return f"{head.format(number)}{marks}</row>"


@pytest.mark.parametrize("cell", PLAIN + ODD)
def test_every_shape_of_a_cell_is_read_both_ways_alike(cell):
    short, whole = both_ways(worksheet(row_of(1, ['<c r="{}"><v>0</v></c>', cell, '<c r="{}"><v>9</v></c>']) + row_of(2, PLAIN)))
    assert short == whole
    assert short.sheets[0].cells[1, 1].value == 0.0


@pytest.mark.parametrize("head", ROWS)
def test_every_shape_of_a_row_is_read_both_ways_alike(head):
    short, whole = both_ways(worksheet(row_of(1, PLAIN[2:5], head) + '<row r="2"/>' + row_of(3, PLAIN[2:5], head) + "\n" + row_of(4, ODD[:3])))
    assert short == whole
    assert len(short.sheets[0].cells) == 9


def test_rows_of_ordinary_shape_never_meet_the_parser(monkeypatch):
    left = []
    take = plain_rows.PlainRows.take
    monkeypatch.setattr(row_blocks, "take_plain_sheet", lambda *_: False)
    monkeypatch.setattr(plain_rows.PlainRows, "take", lambda self, rows: (setattr(self, "_feed", left.append), take(self, rows)))
    found = read(worksheet("".join(row_of(number, PLAIN, ROWS[number % 2]) for number in range(1, 60))))
    assert left == []
    assert len(found.sheets[0].cells) > 400


def test_a_small_sheet_of_ordinary_shape_is_taken_whole(monkeypatch):
    monkeypatch.setattr(row_blocks, "_Blocks", None)
    part = worksheet("".join(row_of(number, PLAIN, ROWS[number % 2]) for number in range(1, 60)), after='<mergeCells><mergeCell ref="J1:K2"/></mergeCells>')
    found = read(part).sheets[0]
    assert len(found.cells) > 400
    assert found.merges == (Area(1, 10, 2, 11),)


def test_sheets_that_share_their_frame_keep_their_own_values():
    parts = [worksheet(row_of(1, [f'<c r="{{}}"><v>{value}</v></c>']), before='<cols><col min="2" max="3" hidden="1"/></cols>') for value in (1, 2)]
    sheets = [read(part).sheets[0] for part in parts]
    assert [sheet.cells[1, 1].value for sheet in sheets] == [1.0, 2.0]
    assert [sheet.hidden_columns for sheet in sheets] == [frozenset({2, 3})] * 2


ITEMS = [
    "<si><t>一</t></si>", "<si><t/></si>", "<si><t></t></si>", '<si><t xml:space="preserve"> 二 </t></si>', "<si><t>三\n四\u3000</t></si>", "<si><t>&lt;95&amp;lt;</t></si>",
    "<si><t>_x000D_</t></si>", '<si><t xml:space="default">五</t></si>', "<si><r><t>六</t></r><r><t>七</t></r></si>", "<si><t>八</t><rPh><t>BA</t></rPh></si>",
    "<si><t>&#10;</t></si>", "<si><t>九\r\n</t></si>", "<si/>", "<si ><t>十</t></si>", "<si><t>\x01</t></si>", "<si><t><![CDATA[甲]]></t></si>", "<!-- 乙 --><si><t>丙</t></si>",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(ITEMS[:7]) | st.sampled_from(ITEMS), min_size=1, max_size=6))
def test_shared_texts_are_read_both_ways_alike(items):
    part = f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{MAIN}" count="3">{"".join(items)}</sst>'.encode()
    package = Package(zipped({"xl/s.xml": part}))

    def outcome():
        try:
            return texts.shared_texts(package, "xl/s.xml")
        except UnusableFile as refusal:
            return str(refusal)

    short = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_plain_texts", lambda _: None)
        assert short == outcome()


def test_texts_of_ordinary_shape_never_meet_the_parser(monkeypatch):
    monkeypatch.setattr(texts, "_parsed_texts", None)
    part = f'<sst xmlns="{MAIN}">{"".join(ITEMS[:7])}</sst>'
    assert texts.shared_texts(Package(zipped({"s.xml": part})), "s.xml") == ["一", "", "", " 二 ", "三\n四\u3000", "<95&lt;", "\r"]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_rows_of_mixed_shapes_are_read_both_ways_alike(data):
    cells = st.lists(st.sampled_from(PLAIN * 3 + ODD), max_size=8)
    rows = "".join(
        row_of(number, data.draw(cells), data.draw(st.sampled_from(ROWS))) for number in range(1, data.draw(st.integers(1, 8)))
    )
    around = data.draw(st.sampled_from(["{}", "<!-- a -->{}", "{}<!-- b -->", "<?pi?>{}", '\n{}<row r="99"/>\n']))
    short, whole = both_ways(worksheet(around.format(rows)))
    assert short == whole


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damage_never_makes_the_short_way_find_a_cell_the_parser_does_not(data):
    rows = bytearray("".join(row_of(number, PLAIN) for number in range(1, 4)).encode())
    place = data.draw(st.integers(0, len(rows) - 1))
    rows[place:place + data.draw(st.integers(0, 3))] = data.draw(st.sampled_from([b"", b"<", b">", b'"', b"&", b"/", b" ", b"<c ", b"</c>", b"</row>", b"0"]))
    short, whole = both_ways(worksheet(rows.decode("utf-8", "replace")))
    assert short == whole or isinstance(whole, str)

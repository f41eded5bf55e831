"""The way back: the office's own file byte for byte, or with what was typed since and nothing else changed."""

import re

import pytest

from perfeval_xl.workbook.adoption.adopt import adopt
from perfeval_xl.workbook.adoption.undo import restored, undo
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results.cell_patch import set_cells
from tests.workbook.adoption.office_files import SHEET, packed, parts_of, plain_form, rich_form


@pytest.fixture
def living(tmp_path):
    """A rich form and the living workbook made from it."""
    office, path = rich_form(tmp_path / "官方.xlsx"), tmp_path / "活.xlsm"
    adopt(str(office), str(path))
    return office, path


def held(path):
    """What the sheet of the table holds."""
    return next(sheet.cells for sheet in read_workbook(str(path)).sheets if sheet.name == SHEET)


def typed(path, values):
    """The workbook with values typed into it, formulas typed over."""
    parts = parts_of(path)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for cell, value in values.items():
        content = "" if value is None else f"<v>{value}</v>" if isinstance(value, float) else f"<is><t>{value}</t></is>"
        sort = ' t="inlineStr"' if isinstance(value, str) else ""
        sheet, count = re.subn(
            rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', lambda match, sort=sort, cell=cell, content=content: f'<c r="{cell}"{match[1] or ""}{sort}>{content}</c>', sheet, count=1
        )
        assert count == 1
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    path.write_bytes(packed(parts))


def test_nothing_typed_gives_the_office_s_file_byte_for_byte(living, tmp_path):
    office, path = living
    returned = undo(str(path), str(tmp_path / "回.xlsx"))
    assert returned.typed == []
    assert (tmp_path / "回.xlsx").read_bytes() == office.read_bytes()


def test_replaced_numbers_come_back_too(tmp_path):
    office, path = plain_form(tmp_path / "官方.xlsx", changed={"G12": 15, "G5": 0.5}), tmp_path / "活.xlsm"
    assert [each.was for each in adopt(str(office), str(path), replace=True).touched if each.was] == ["0.5", "15.0"]
    assert restored(str(path)).data == office.read_bytes()


def test_what_was_typed_since_is_put_into_the_office_s_file_and_nothing_else(living, tmp_path):
    office, path = living
    typed(path, {"E12": "8700人", "G12": 18.5, "E5": 1700.0, "E14": None})
    returned = undo(str(path), str(tmp_path / "回.xlsx"))
    assert {item.address: (item.was, item.shown) for item in returned.typed} == {
        "E5": ("1707.31", "1700"), "E12": ("8676人", "8700人"), "G12": ("", "18.5"), "E14": ("及时", ""),
    }  # fmt: skip
    before, after = (held(path) for path in (office, tmp_path / "回.xlsx"))
    differing = {spot: cell.value for spot, cell in after.items() if before.get(spot) != cell}
    assert differing == {(12, 5): "8700人", (12, 7): 18.5, (5, 5): 1700.0}
    assert set(before) - set(after) == {(14, 5)}
    old, new = parts_of(office), parts_of(tmp_path / "回.xlsx")
    assert {name for name in old if old[name] != new.get(name)} == {"xl/worksheets/sheet1.xml"}
    assert set(new) == set(old)


def test_a_number_keeps_the_format_it_was_typed_with(living, tmp_path):
    office, path = living
    parts = parts_of(path)
    look = re.search(r'<c r="G5" s="(\d+)"', parts["xl/worksheets/sheet1.xml"].decode())[1]
    parts["xl/worksheets/sheet1.xml"] = re.sub(
        rb'<c r="F15" s="\d+"><v>30</v></c>', f'<c r="F15" s="{look}"><v>0.3</v></c>'.encode(), parts["xl/worksheets/sheet1.xml"]
    )
    path.write_bytes(packed(parts))
    undo(str(path), str(tmp_path / "回.xlsx"))
    cell = held(tmp_path / "回.xlsx")[15, 6]
    assert (cell.value, cell.number_format) == (0.3, "0.00%")
    old, new = parts_of(office), parts_of(tmp_path / "回.xlsx")
    assert {name for name in old if old[name] != new[name]} == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_a_new_result_of_an_old_formula_was_not_typed(living):
    office, path = living
    parts = parts_of(path)
    notes = parts["xl/worksheets/sheet2.xml"]
    assert notes.count(b"<v>0</v>") == 1
    parts["xl/worksheets/sheet2.xml"] = notes.replace(b"<v>0</v>", b"<v>89.29</v>")
    path.write_bytes(packed(parts))
    assert restored(str(path)).data == office.read_bytes()


def test_results_of_a_check_do_not_count_as_typed(living, tmp_path):
    office, path = living
    set_cells(str(path), str(tmp_path / "校验后.xlsm"), {"校验结果": {(5, 1): 1.0, (5, 11): "年中追加"}, "评分规则": {(2, 2): "mof-2021-101"}})
    assert restored(str(tmp_path / "校验后.xlsm")).data == office.read_bytes()


def test_rows_put_in_since_are_refused_with_what_to_do(living):
    path = living[1]
    parts = parts_of(path)

    def lower(match):
        return match[1] + str(int(match[2]) + (int(match[2]) >= 13)).encode() + match[3]

    parts["xl/worksheets/sheet1.xml"] = re.sub(rb'(<(?:row r="|c r="[A-Z]+))(\d+)(")', lower, parts["xl/worksheets/sheet1.xml"])
    path.write_bytes(packed(parts))
    with pytest.raises(UnusableFile, match="增删过行、列或合并单元格"):
        restored(str(path))


def test_a_workbook_that_lost_its_original_says_so(living, tmp_path):
    parts = parts_of(living[1])
    kept = {name: data for name, data in parts.items() if not name.startswith("customXml/item2")}
    (tmp_path / "丢了.xlsm").write_bytes(packed(kept))
    with pytest.raises(UnusableFile, match="没有采用前的原件"):
        restored(str(tmp_path / "丢了.xlsm"))


def test_a_spoiled_original_is_not_given_back(living, tmp_path):
    parts = parts_of(living[1])
    item = parts["customXml/item2.xml"]
    parts["customXml/item2.xml"] = item.replace(b'sha256="', b'sha256="00', 1)
    (tmp_path / "坏了.xlsm").write_bytes(packed(parts))
    with pytest.raises(UnusableFile, match="原件已经损坏"):
        restored(str(tmp_path / "坏了.xlsm"))


def test_a_workbook_never_adopted_has_nothing_to_give_back(tmp_path):
    with pytest.raises(UnusableFile, match="不是用 adopt 采用过"):
        restored(str(plain_form(tmp_path / "官方.xlsx")))


def test_an_original_without_macros_is_not_written_under_a_name_with_macros(living, tmp_path):
    with pytest.raises(UnusableFile, match=r"扩展名应为 \.xlsx"):
        undo(str(living[1]), str(tmp_path / "回.xlsm"))


def test_sheets_added_or_renamed_since_are_told(living):
    path = living[1]
    parts = parts_of(path)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="填表说明"'.encode(), 'name="说明"'.encode())
    path.write_bytes(packed(parts))
    assert restored(str(path)).notes == ["工作表「填表说明」后来改名或删除了, 按采用前的样子还原", "工作表「说明」是采用后加的, 没有带回"]

"""Packages: what zipfile writes is read, what is damaged or hostile is refused with a sentence, output is exact."""

import io
import os
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc import package_output
from perfeval_xl.workbook.opc.package import DAMAGED, LOCKED, OVERSIZED, Package
from perfeval_xl.workbook.opc.package_output import Carried, package_bytes, write_bytes, write_package
from tests.workbook.hostile import zipped

PARTS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>" * 500, "xl/media/\u56fe.png": bytes(range(256))}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_part_is_read_as_it_was_written(method):
    package = Package(zipped(PARTS, method))
    assert {name: package.read(name) for name in package.members} == PARTS
    assert {name: b"".join(package.stream(name)) for name in package.members} == PARTS


def test_part_names_are_found_without_regard_to_case_and_backslashes_are_slashes():
    package = Package(zipped({"xl\\Workbook.XML": b"1", "/xl/styles.xml": b"2"}))
    assert package.read("XL/workbook.xml") == b"1"
    assert package.read("xl/styles.xml") == b"2"
    assert package.find("xl/theme.xml") is None


def test_zip64_members_are_read():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package, package.open("a.xml", "w", force_zip64=True) as part:
        part.write(b"<a/>")
    assert Package(buffer.getvalue()).read("a.xml") == b"<a/>"


def test_a_zip64_directory_is_read():
    data = zipped({"a.xml": b"<a/>"})
    end = data.rfind(b"PK\5\6")
    count, size, start = struct.unpack_from("<HII", data, end + 10)
    wide = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    short = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert Package(data[:end] + wide + locator + short).read("a.xml") == b"<a/>"


def test_a_package_with_bytes_after_its_end_is_read():
    assert Package(zipped(PARTS) + b"\r\n").read("xl/workbook.xml") == PARTS["xl/workbook.xml"]


def test_encrypted_members_are_refused():
    data = bytearray(zipped(PARTS))
    data[data.find(b"PK\1\2") + 8] |= 1
    with pytest.raises(UnusableFile, match=LOCKED):
        Package(bytes(data))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_doubled_names_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("xl/workbook.xml", b"1")
        package.writestr("XL/workbook.xml", b"2")
    with pytest.raises(UnusableFile, match=DAMAGED):
        Package(buffer.getvalue())


def test_names_that_lead_out_of_the_package_are_only_names():
    package = Package(zipped({"../../etc/passwd": b"x"}))
    assert list(package.members) == ["../../etc/passwd"]


@pytest.mark.parametrize("change", [1, -1])
def test_a_size_that_lies_means_a_damaged_file(change):
    data = bytearray(zipped({"a.xml": b"<a/>" * 1000}))
    place = data.find(b"PK\1\2") + 24
    struct.pack_into("<I", data, place, struct.unpack_from("<I", data, place)[0] + change)
    with pytest.raises(UnusableFile, match=DAMAGED):
        Package(bytes(data)).read("a.xml")


def test_a_part_that_unpacks_to_four_hundred_times_its_size_is_refused():
    with pytest.raises(UnusableFile, match=OVERSIZED):
        Package(zipped({"xl/styles.xml": b" " * (9 << 20)})).read("xl/styles.xml")


def test_a_part_beyond_its_limit_is_refused_before_it_is_unpacked():
    with pytest.raises(UnusableFile, match=OVERSIZED):
        Package(zipped({"a.xml": b"12345"})).read("a.xml", limit=4)


def test_what_is_unpacked_is_counted_over_the_whole_package(monkeypatch):
    monkeypatch.setattr("perfeval_xl.workbook.opc.package.MOST_PACKAGE_BYTES", 30)
    package = Package(zipped({"a": b"1234567890"}))
    for _ in range(3):
        package.read("a")
    with pytest.raises(UnusableFile, match=OVERSIZED):
        package.read("a")


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr("perfeval_xl.workbook.opc.package.MOST_MEMBERS", 2)
    with pytest.raises(UnusableFile, match=OVERSIZED):
        Package(zipped(PARTS))


def test_a_missing_part_means_a_damaged_file():
    with pytest.raises(UnusableFile, match=DAMAGED):
        Package(zipped(PARTS)).read("xl/styles.xml")


def test_a_package_cut_off_anywhere_is_refused():
    data = zipped(PARTS)
    for length in range(len(data) - 1):
        with pytest.raises(UnusableFile):
            Package(data[:length])


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_flipped_bytes_give_the_old_content_or_a_sentence(data):
    whole = bytearray(zipped(PARTS))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        whole[place] ^= data.draw(st.integers(1, 255))
    try:
        package = Package(bytes(whole))
        found = [package.read(name) for name in package.members]
    except UnusableFile:
        return
    assert all(content in PARTS.values() for content in found)


def test_output_is_read_by_zipfile_and_starts_with_the_content_types():
    data = package_bytes({"xl/workbook.xml": b"<w/>", "[Content_Types].xml": b"<Types/>", "xl/media/\u56fe.png": b"\0"})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert package.namelist() == ["[Content_Types].xml", "xl/workbook.xml", "xl/media/\u56fe.png"]
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}


def test_the_same_parts_give_the_same_bytes(tmp_path):
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_package(str(first), PARTS)
    write_package(str(second), PARTS)
    assert first.read_bytes() == second.read_bytes() == package_bytes(PARTS)


def test_a_carried_part_keeps_its_compressed_bytes_and_its_time():
    source = Package(zipped(PARTS))
    data = package_bytes({"xl/workbook.xml": Carried(source, source.members["xl/workbook.xml"]), "new.xml": b"<n/>"})
    result = Package(data)
    old, new = source.members["xl/workbook.xml"], result.members["xl/workbook.xml"]
    assert bytes(result.packed(new)) == bytes(source.packed(old))
    assert (new.time, new.date, new.crc, new.method) == (old.time, old.date, old.crc, old.method)
    assert result.read("new.xml") == b"<n/>"


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    target = tmp_path / "结果.xlsx"
    target.write_bytes(b"old")

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(package_output.os, "replace", refuse)
    with pytest.raises(UnusableFile, match=r"不能写入“结果\.xlsx”：文件可能正在 Excel 或 WPS 中打开"):
        write_bytes(str(target), b"new")
    assert os.listdir(tmp_path) == ["结果.xlsx"]
    assert target.read_bytes() == b"old"


def test_a_missing_folder_and_a_folder_in_the_way_are_named(tmp_path):
    with pytest.raises(UnusableFile, match="保存的文件夹不存在"):
        write_bytes(str(tmp_path / "没有" / "a.xlsx"), b"")
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(UnusableFile, match="已经有一个同名的文件夹"):
        write_bytes(str(tmp_path / "a.xlsx"), b"")
    assert os.listdir(tmp_path) == ["a.xlsx"]

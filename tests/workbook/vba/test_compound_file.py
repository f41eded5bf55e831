import pytest

from perfeval_xl.workbook.vba.compound_file import compound_file
from tests.workbook.vba.compound_reader import CompoundFile
from tests.workbook.vba.readers import ole_streams

SIZES = [0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 8192, 70_000]


def content(size):
    return bytes(range(256)) * (size // 256) + bytes(range(size % 256))


def assert_reads_back(tree):
    data = compound_file(tree)
    flat = {}
    for name, value in tree.items():
        flat |= (
            {f"{name}/{inner}": each for inner, each in value.items()}
            if isinstance(value, dict)
            else {name: value}
        )
    file = CompoundFile(data)
    assert file.findings == []
    assert file.streams == flat
    assert ole_streams(data) == flat


@pytest.mark.parametrize("size", SIZES)
def test_a_stream_of_any_size_reads_back(size):
    assert_reads_back({"VBA": {"dir": content(size)}, "PROJECT": b"ID"})


def test_streams_of_all_sizes_share_one_file():
    assert_reads_back({"VBA": {f"s{size}": content(size) for size in SIZES}})


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 15, 16, 31, 32, 63, 64, 99, 100, 120, 250])
def test_any_number_of_streams_reads_back(count):
    assert_reads_back({"VBA": {f"Module{number}": content(number * 40) for number in range(count)}})


def test_an_allocation_table_of_several_sectors_reads_back():
    assert_reads_back({"VBA": {"big": content(3_000_000), "other": content(65_536)}})


def test_an_empty_storage_reads_back():
    file = CompoundFile(compound_file({"VBA": {}, "PROJECT": b"x"}))
    assert file.findings == []
    assert file.streams == {"PROJECT": b"x"}


def test_siblings_are_ordered_by_length_then_capitals():
    assert_reads_back(
        {"VBA": {"bb": b"1", "a": b"2", "Aa": b"3", "c": b"4", "_VBA_PROJECT": b"5", "dir": b"6"}}
    )


@pytest.mark.parametrize("name", ["", "a/b", "a\\b", "a:b", "a!b", "a" * 32])
def test_a_name_the_format_cannot_hold_is_refused(name):
    with pytest.raises(ValueError, match="cannot name a stream or a storage"):
        compound_file({name: b""})


def test_more_than_the_header_can_list_is_refused():
    with pytest.raises(ValueError, match="above 7 MB"):
        compound_file({"big": bytes(7_200_000)})

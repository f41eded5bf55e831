import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_xl.workbook.vba.compression import IncompressibleChunkError, compress
from tests.workbook.vba.compound_reader import BrokenError
from tests.workbook.vba.conformance import decompressed

# The three examples published in [MS-OVBA] 3.2. Older editions print other copies of equal length in the second.
PUBLISHED = {
    b"abcdefghijklmnopqrstuv.": "0119b000616263646566676800696a6b6c6d6e6f70007172737475762e",
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": (
        "012fb000236161616263646582660070616768696a01380861"
        "6b6c00206d6e6f700671027004007273747576107778797a002c"
    ),
    b"a" * 73: "0103b002614500",
}
OLDER_EDITION = (
    "012fb000236161616263646582660070616768696a013808616b6c00306d6e6f700671027004107273747576107778797a003c"
)


@pytest.mark.parametrize("plain", PUBLISHED, ids=["no compression", "normal", "maximum"])
def test_the_published_examples_come_out_byte_for_byte(plain):
    assert compress(plain) == bytes.fromhex(PUBLISHED[plain])
    assert decompressed(compress(plain)) == plain


def test_the_older_editions_example_reads_as_the_same_text():
    assert decompressed(bytes.fromhex(OLDER_EDITION)) == list(PUBLISHED)[1]


@given(st.binary(max_size=300) | st.text("abc \r\n", max_size=9000).map(str.encode))
def test_what_was_compressed_reads_back(plain):
    assert decompressed(compress(plain)) == plain


@pytest.mark.parametrize("size", [0, 1, 2, 3, 15, 16, 17, 4094, 4095, 4096, 4097, 8191, 8192, 8193, 300_000])
def test_every_size_around_a_chunk_reads_back(size):
    plain = (b"    If total <> expected Then report = report & line & vbCrLf\r\n" * 5000)[:size]
    assert decompressed(compress(plain)) == plain


def test_the_longest_match_fills_a_whole_chunk():
    assert decompressed(compress(b"x" * 4096)) == b"x" * 4096
    assert len(compress(b"x" * 4096)) == 7


def test_a_short_rest_without_repetition_is_no_raw_chunk():
    plain = bytes(random.Random(1).randbytes(3640))
    assert decompressed(compress(plain)) == plain


def test_a_full_chunk_that_does_not_compress_is_refused():
    with pytest.raises(IncompressibleChunkError, match="from offset 4096 do not compress"):
        compress(b" " * 4096 + random.Random(1).randbytes(4096))


def test_the_reading_side_refuses_raw_chunks_and_short_chunks_in_the_middle():
    with pytest.raises(BrokenError, match="raw chunk"):
        decompressed(b"\x01\xff\x3f" + b"x" * 4096)
    with pytest.raises(BrokenError, match="not full"):
        decompressed(compress(b"abc") + compress(b"abc")[1:])

"""The checker itself: nothing to say of a good project, and a word for each kind of damage."""

import pytest

from perfeval_xl.workbook.vba.compound_file import compound_file
from perfeval_xl.workbook.vba.compression import compress
from perfeval_xl.workbook.vba.project import vba_project
from perfeval_xl.workbook.vba.source import WORKBOOK_BASE, document_module, standard_module
from tests.workbook.vba.compound_reader import BrokenError, CompoundFile
from tests.workbook.vba.conformance import decompressed, findings

GOOD = vba_project(
    [document_module("ThisWorkbook", WORKBOOK_BASE), standard_module("Code", "Sub S()\nEnd Sub\n" * 400)]
)


def rewritten(path, change):
    """The good project with one stream changed, in a whole compound file."""
    streams = CompoundFile(GOOD).streams
    streams = {name: change(content) if name == path else content for name, content in streams.items()}
    inner = {name.partition("/")[2]: content for name, content in streams.items() if "/" in name}
    return compound_file({"VBA": inner, "PROJECT": streams["PROJECT"], "PROJECTwm": streams["PROJECTwm"]})


def inside(change):
    """A change of what a compressed stream holds."""
    return lambda content: compress(change(decompressed(content)))


def replaced(old, new):
    def change(content):
        assert content.count(old) >= 1
        return content.replace(old, new)

    return change


def test_a_good_project_has_no_findings():
    assert findings(GOOD) == []
    assert findings(rewritten("PROJECT", lambda content: content)) == []


@pytest.mark.parametrize(
    ("path", "change", "finding"),
    [
        ("VBA/_VBA_PROJECT", replaced(b"\xff\xff", b"\xb5\x00"), "_VBA_PROJECT does not say that there are no caches"),
        ("PROJECTwm", replaced(b"Code", b"Node"), "PROJECTwm"),
        ("PROJECT", replaced(b"Module=Code", b"Class=Code"), "PROJECT and dir list different modules"),
        ("PROJECT", replaced(b'Name="VBAProject"', b'Name="Other"'), "the project has two names"),
        ("PROJECT", replaced(b"\r\nCode=0", b"\r\nNode=0"), "windows of modules"),
        ("PROJECT", replaced(b"\r\n", b"\n"), "BrokenError: PROJECT has 0 lines CMG"),
        ("PROJECT", replaced(b'ID="{', b'ID="{1'), "BrokenError: coded with the key of another project"),
        ("PROJECT", replaced(b"Module=Code", b"Module=Code\r\nID=1"), "BrokenError: PROJECT has 2 lines ID"),
        ("VBA/Code", inside(replaced(b'"Code"', b'"Node"')), "Code: does not name itself"),
        ("VBA/Code", inside(replaced(b"\r\n", b"\n")), "Code: line ends"),
        ("VBA/Code", inside(lambda text: b"VERSION 1.0 CLASS\r\n" + text), "Code: head of an exported class"),
        ("VBA/ThisWorkbook", inside(replaced(b"00020819", b"00020820")), None),
        ("VBA/ThisWorkbook", inside(replaced(b"00020819", b"FCFB3D2A")), "ThisWorkbook: base"),
        ("VBA/Code", lambda content: b"\x00" + content[1:], "BrokenError: no signature byte"),
        ("VBA/dir", inside(lambda data: data[:-6]), "BrokenError: record 0x10 expected"),
        ("VBA/dir", inside(lambda data: data + b"\0"), "BrokenError: after the last module"),
        ("VBA/dir", inside(replaced(b"\x21\0\0\0\0\0", b"\x22\0\0\0\0\0")), "PROJECT and dir list different modules"),
        ("VBA/dir", inside(replaced(b"C\0o\0d\0e\0", b"N\0o\0d\0e\0")), "BrokenError: 'Code' is 'Node' in Unicode"),
        ("VBA/dir", inside(replaced(b"\x31\0\x04\0\0\0\0", b"\x31\0\x04\0\0\0\x01")), "BrokenError: no signature byte"),
        ("VBA/dir", inside(replaced(b"\x2c\0\x02\0\0\0\xff\xff", b"\x2c\0\x02\0\0\0\0\0")), "cookie of ThisWorkbook"),
    ],
)  # fmt: skip
def test_damage_in_a_stream_is_found(path, change, finding):
    found = findings(rewritten(path, change))
    if finding is None:  # another document's base is a base all the same
        assert found == []
    else:
        assert any(finding in each for each in found), found


def at(position, new):
    return lambda data: data[:position] + new + data[position + len(new) :]


def directory_line(number):
    return 512 * (int.from_bytes(GOOD[48:52], "little") + 1) + 128 * number


def file_findings(data):
    try:
        return CompoundFile(data).findings
    except BrokenError as broken:
        return [str(broken)]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (at(0, b"\0"), "not the head of a compound file"),
        (at(26, b"\x04"), "header versions"),
        (at(56, b"\0\x08"), "header counts"),
        (at(512, b"\xff\xff\xff\xff"), "holds a table but is not marked so"),
        (lambda data: data + bytes(512), "in use"),
        (lambda data: data[:-512], "lies behind the end of the file"),
        (lambda data: data[:-1], "is not whole sectors"),
        (at(directory_line(0) + 67, b"\0"), "root line"),
        (at(directory_line(1) + 116, b"\x05"), "storage VBA has a start or a size"),
        (at(directory_line(4), b"`"), "out of order"),
        (at(directory_line(3) + 67, b"\0"), "top of root is red"),
        (at(directory_line(2) + 67, b"\1"), "black height at PROJECT"),
        (at(directory_line(4) + 76, b"\x01"), "stream ThisWorkbook has children"),
        (at(directory_line(5) + 120, b"\xff\0\0\0"), "255 bytes in"),
        (at(directory_line(6) + 100, b"\x01"), "name, class or times"),
    ],
)
def test_damage_of_the_compound_file_is_found(change, finding):
    found = file_findings(change(GOOD))
    assert any(finding in each for each in found), found

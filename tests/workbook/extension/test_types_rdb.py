import struct

from perfeval_xl.workbook.extension.types_rdb import Method, type_library

METHODS = (
    Method("peScore", "any", (("weight", "string"), ("target", "string"), ("rule", "any"))),
    Method("peScoreTable", "[][]any", (("table", "[][]any"), ("rule", "any"))),
    Method("peVersion", "any", ()),
)


class Reader:
    """Reads a type library back, as the format is described in LibreOffice's unoidl sources."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self):
        self.at += 4
        return struct.unpack_from("<I", self.data, self.at - 4)[0]

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def text(self):
        length = self.number()
        if length & 0x80000000:
            kept, self.at = self.at, length & 0x7FFFFFFF
            found = self.text()
            self.at = kept
            return found
        self.at += length
        return self.data[self.at - length : self.at].decode("ascii")

    def name(self, at):
        return self.data[at : self.data.index(b"\0", at)].decode("ascii")

    def entry(self, at):
        name, payload = struct.unpack_from("<II", self.data, at)
        return self.name(name), payload

    def interface(self, at):
        self.at = at
        assert self.byte() == 5
        bases = [self.text() for _ in range(self.number())]
        assert (self.number(), self.number()) == (0, 0)
        return bases, [self.method() for _ in range(self.number())]

    def method(self):
        name, result = self.text(), self.text()
        parameters = tuple(self.parameter() for _ in range(self.number()))
        assert self.number() == 0
        return Method(name, result, parameters)

    def parameter(self):
        assert self.byte() == 0
        return self.text(), self.text()


def _interface(data):
    """The dotted name of the only interface, with its bases and methods."""
    reader = Reader(data)
    magic, root, count = struct.unpack_from("<8sII", data)
    assert (magic, count) == (b"UNOIDL\xff\0", 1)
    name, payload = reader.entry(root)
    names = [name]
    while data[payload] == 0:
        assert struct.unpack_from("<I", data, payload + 1) == (1,)
        name, payload = reader.entry(payload + 5)
        names.append(name)
    return ".".join(names), *reader.interface(payload)


def test_an_interface_reads_back_as_it_was_written():
    assert _interface(type_library("perfeval.calc.XCellFunctions", METHODS)) == (
        "perfeval.calc.XCellFunctions", ["com.sun.star.uno.XInterface"], list(METHODS),
    )  # fmt: skip


def test_one_module_is_enough():
    assert _interface(type_library("perfeval.XOne", METHODS[2:]))[0] == "perfeval.XOne"


def test_a_repeated_text_is_written_once():
    data = type_library("perfeval.calc.XCellFunctions", METHODS)
    assert data.count(b"[][]any") == data.count(b"string") == data.count(b"rule") == 1


def test_same_methods_same_bytes():
    assert type_library("perfeval.XOne", METHODS) == type_library("perfeval.XOne", METHODS)

"""The records behave as typing.NamedTuple, which type checkers take them for."""

import copy
import pickle
import subprocess
import sys
from typing import NamedTuple

import pytest

from perfeval_xl.core.record import Record


class Ours(Record):
    cell: str
    number: float | None = None
    places: tuple = ()

    @property
    def is_blank(self):
        return self.number is None


class Theirs(NamedTuple):
    cell: str
    number: float | None = None
    places: tuple = ()


@pytest.mark.parametrize("build", [
    lambda kind: kind("F12"),
    lambda kind: kind("F12", 3.0),
    lambda kind: kind("F12", places=("a",)),
    lambda kind: kind(number=2.0, cell="A1"),
    lambda kind: kind("F12", 1.0, ("x",)),
])  # fmt: skip
def test_a_record_holds_what_a_named_tuple_holds(build):
    ours, theirs = build(Ours), build(Theirs)
    assert tuple(ours) == tuple(theirs)
    assert (ours.cell, ours.number, ours.places) == (theirs.cell, theirs.number, theirs.places)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours._asdict() == theirs._asdict()
    assert hash(ours) == hash(theirs)


def test_equal_contents_are_equal_and_changed_copies_are_not():
    assert Ours("A1", 1.0) == Ours("A1", 1.0)
    assert Ours("A1", 1.0)._replace(number=2.0) == Ours("A1", 2.0)


def test_a_record_cannot_be_changed():
    with pytest.raises(AttributeError):
        Ours("A1").cell = "B2"


@pytest.mark.parametrize("wrong", [Ours, lambda: Ours("A1", 1.0, (), 4), lambda: Ours("A1", nonsense=1), lambda: Ours("A1", cell="B")])
def test_missing_unknown_and_doubled_fields_are_refused(wrong):
    with pytest.raises(TypeError):
        wrong()


def test_an_unknown_field_cannot_be_replaced():
    with pytest.raises(ValueError, match="nonsense"):
        Ours("A1")._replace(nonsense=1)


def test_properties_and_copies_work():
    assert Ours("A1").is_blank
    assert copy.copy(Ours("A1", 1.0)) == pickle.loads(pickle.dumps(Ours("A1", 1.0))) == Ours("A1", 1.0)


def test_records_do_not_bring_in_typing():
    code = "import sys, perfeval_xl.core.record; print('typing' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stdout.strip() == "False"

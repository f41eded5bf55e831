"""The harness itself: it says why, never hangs and starts again."""

import os
import signal

import pytest

from tests.conftest import demand_libreoffice
from tests.libreoffice.engine import Engine, EngineError, Shown


@pytest.fixture(scope="module")
def engine():
    """One of its own: here LibreOffice gets killed."""
    demand_libreoffice()
    with Engine() as own:
        yield own


def test_cells_are_read_as_values_texts_errors_and_formulas(engine):
    with engine.new() as document:
        document.put({"Sheet1!A1": 2.5, "Sheet1!A2": "=5%", "Sheet1!A3": 7})
        document.put({"Sheet1!A3": None})
        document.put_formulas({"Sheet1!B1": "=A1*2", "Sheet1!B2": "=A2&A3", "Sheet1!B3": "=1/A3"})
        assert document.cells("Sheet1!A2", "Sheet1!B1", "Sheet1!B2", "Sheet1!B3") == {
            "Sheet1!A2": Shown("=5%", "=5%", 0, ""), "Sheet1!B1": Shown(5.0, "5", 0, "=A1*2"),
            "Sheet1!B2": Shown("=5%", "=5%", 0, "=A2&A3"), "Sheet1!B3": Shown(None, "#DIV/0!", 532, "=1/A3"),
        }  # fmt: skip
        assert document.rows("Sheet1!A1:B3") == [[2.5, 5.0], ["=5%", "=5%"], ["", None]]
        assert document.values(["Sheet1!B3", "Sheet1!AZ99"]) == {"Sheet1!B3": None, "Sheet1!AZ99": ""}


def test_a_refused_request_says_why_and_leaves_libreoffice_usable(engine):
    with engine.new() as document:
        with pytest.raises(EngineError, match="NoSuchElementException"):
            document.values(["没有这张表!A1"])
        assert document.sheets() == {"Sheet1": True}


def test_a_file_that_is_no_workbook_is_refused(engine, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\3\4 not a package")
    with pytest.raises(EngineError, match="does not open"):
        engine.open(tmp_path / "broken.xlsx")


def test_a_request_that_takes_too_long_ends_libreoffice_and_the_next_workbook_starts_it_again(engine):
    os.kill(engine.process.pid, signal.SIGSTOP)  # so that the answer cannot win the race
    with pytest.raises(EngineError, match="no answer within"):
        engine.ask("open", path="private:factory/scalc", macros=False, seconds=0.2)
    with pytest.raises(EngineError, match="LibreOffice is gone"):
        engine.ask("sheets", document=0)
    with engine.new() as document:
        assert document.sheets() == {"Sheet1": True}


def test_a_saved_workbook_keeps_its_values(engine, tmp_path):
    with engine.new() as document:
        document.put({"Sheet1!A1": "得分", "Sheet1!A2": 98})
        document.save(tmp_path / "saved.xlsx")
    with engine.open(tmp_path / "saved.xlsx") as document:
        assert document.rows("Sheet1!A1:A2") == [["得分"], [98.0]]

"""One bad file never stops the run, wherever it is read, and a run broken off goes on where it was."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from perfeval_xl.consolidate.examining import outcome_of
from perfeval_xl.consolidate.gathering import Errand, gathered
from perfeval_xl.consolidate.ledger import Ledger
from perfeval_xl.consolidate.outcome import UNREACHABLE, Outcome
from perfeval_xl.consolidate.received import Received
from perfeval_xl.consolidate.work import CRASHED, SLOW, examined_all
from perfeval_xl.workbook.grid import UnusableFile
from tests.conftest import ROOT
from tests.consolidate.examiners import accident
from tests.submission.office_form import office_form

NAMES = [f"第{number}县.xlsx" for number in range(6)]


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "收件"
    folder.mkdir()
    for name in NAMES:
        office_form(folder / name, name[:3])
    return folder


def tasks(folder):
    return [(path.name, str(path)) for path in sorted(folder.iterdir())]


@pytest.mark.parametrize("jobs", [1, 3])
def test_in_one_process_or_several_the_answers_are_the_same(inbox, jobs):
    found = dict(examined_all(tasks(inbox), "", jobs))
    assert found == {name: outcome_of(path) for name, path in tasks(inbox)}
    assert [found[name].tables[0].unit for name in NAMES] == [name[:3] for name in NAMES]


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_that_kill_their_process_hang_or_meet_a_mistake_are_given_up_and_the_others_are_read(inbox, jobs):
    for number, name in enumerate(("要命", "出错", "没完", "又要命")):
        shutil.copy(inbox / NAMES[0], inbox / f"第{number}{name}.xlsx")
    found = dict(examined_all(tasks(inbox), "", jobs, seconds=6, examine=accident))
    reasons = {name: outcome.reason for name, outcome in found.items()}
    assert reasons == {"第0要命.xlsx": CRASHED, "第1出错.xlsx": CRASHED, "第2没完.xlsx": SLOW, "第3又要命.xlsx": CRASHED} | dict.fromkeys(NAMES, "")


def test_a_run_that_was_killed_goes_on_without_doing_finished_files_again(inbox, tmp_path):
    script = (
        "import sys, perfeval_xl.consolidate.gathering as g\n"
        "from pathlib import Path\n"
        "from functools import partial\n"
        "from perfeval_xl.consolidate.work import examined_all\n"
        "from tests.consolidate.examiners import unhurried\n"
        "g.examined_all = partial(examined_all, examine=unhurried)\n"
        "g.gathered(g.Errand(Path(sys.argv[1]), Path(sys.argv[2])), lambda done, total: print(done, total, flush=True))\n"
    )
    ledger = tmp_path / "进度.db"
    command = [sys.executable, "-c", script, str(inbox), str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True) as run:
        said = [run.stdout.readline() for _ in range(3)]
        os.killpg(run.pid, signal.SIGKILL)
    assert said == ["1 6\n", "2 6\n", "3 6\n"]
    finished = len(_kept(ledger))
    assert finished >= 3
    told = []
    situation = gathered(Errand(inbox, ledger), lambda done, total: told.append((done, total)))
    assert told == [(done, 6) for done in range(1, 7)]
    again = [arrival.file for arrival in situation.arrivals if arrival.outcome.tables]
    assert len(again) == 6 - finished


def _kept(path):
    book = sqlite3.connect(path)
    try:
        return book.execute("SELECT sha256 FROM outcome").fetchall()
    finally:
        book.close()


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(inbox, tmp_path):
    errand = Errand(inbox, tmp_path / "进度.db")
    gathered(errand)
    office_form(inbox / NAMES[0], "改名县")
    kept = len(_kept(tmp_path / "进度.db"))
    situation = gathered(errand)
    assert len(_kept(tmp_path / "进度.db")) == kept + 1
    assert sorted(arrival.unit for arrival in situation.arrivals) == sorted(["改名县", *(name[:3] for name in NAMES[1:])])


def test_another_ruleset_is_another_examination(inbox, tmp_path):
    for ruleset in ("", "mof-2020-10"):
        gathered(Errand(inbox, tmp_path / "进度.db", ruleset=ruleset))
    assert len(_kept(tmp_path / "进度.db")) == 12


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 and then nonsense" * 50, b"text"])
def test_a_spoilt_ledger_is_made_anew(tmp_path, content):
    (tmp_path / "进度.db").write_bytes(content)
    for known in (None, Outcome(reason="坏")):
        with Ledger(tmp_path / "进度.db", "") as ledger:
            assert ledger.known("甲") == known
            ledger.keep("甲", Outcome(reason="坏"))


def test_without_a_place_for_a_ledger_the_work_is_done_all_the_same(inbox, tmp_path):
    assert len(gathered(Errand(inbox, tmp_path / "没有这个文件夹" / "进度.db")).usable) == 6


def test_a_folder_without_workbooks_is_said_to_have_none(tmp_path):
    with pytest.raises(UnusableFile, match="里面没有表格文件"):
        gathered(Errand(tmp_path, tmp_path / "进度.db"))


def test_on_a_cluster_a_killed_worker_loses_nothing(inbox, tmp_path):
    from distributed import LocalCluster

    for number in range(60):
        office_form(inbox / f"另{number}县.xlsx", f"另{number}县")
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address="localhost:0", silence_logs=50) as cluster:
        victim = next(iter(cluster.workers.values())).pid
        killed_at = []

        def told(done, _):
            if done == 5:
                os.kill(victim, signal.SIGKILL)
                killed_at.append(time.monotonic())

        situation = gathered(Errand(inbox, tmp_path / "进度.db", cluster=cluster.scheduler_address), told)
    assert len(killed_at) == 1
    assert len(situation.usable) == 66
    assert {arrival.file: arrival.outcome for arrival in situation.arrivals} == {name: outcome_of(path) for name, path in tasks(inbox)}


def test_an_interrupt_at_the_keyboard_is_told_once_and_by_nobody_else():
    program = """if __name__ == "__main__":
        from perfeval_xl.consolidate.work import examined_all, summon
        from tests.consolidate.examiners import accident
        summon()
        try:
            list(examined_all([(str(n), "没完") for n in range(9)], "", 2, examine=accident, meanwhile=lambda: print("ready", flush=True)))
        except KeyboardInterrupt:
            print("interrupted")
    """
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stdout.readline() == "ready\n"
        os.killpg(running.pid, signal.SIGINT)
        assert running.communicate(timeout=60) == ("interrupted\n", "")


def test_a_cluster_that_is_not_there_is_one_sentence(inbox, tmp_path, monkeypatch):
    monkeypatch.setattr("perfeval_xl.consolidate.cluster._SECONDS", "1s")
    with pytest.raises(UnusableFile, match=r"连不上集群 tcp://127\.0\.0\.1:1, 请检查地址"):
        gathered(Errand(inbox, tmp_path / "进度.db", cluster="tcp://127.0.0.1:1"))


def test_a_file_that_vanished_meanwhile_is_said_to_have_vanished(inbox, tmp_path, monkeypatch):
    monkeypatch.setattr(Received, "digest", lambda file: "" if file.name == NAMES[2] else str(file.path))
    situation = gathered(Errand(inbox, tmp_path / "进度.db"))
    assert [(arrival.file, arrival.outcome.reason) for arrival in situation.unreadable] == [(NAMES[2], UNREACHABLE)]
    assert len(situation.usable) == 5


def test_a_file_that_cannot_be_opened_has_no_digest(tmp_path):
    assert Received("甲", tmp_path / "没有.xlsx", 0.0).digest() == ""


def test_a_ledger_that_can_no_longer_be_written_is_done_without(tmp_path):
    with Ledger(tmp_path / "进度.db", "") as ledger:
        with sqlite3.connect(tmp_path / "进度.db") as other:
            other.execute("DROP TABLE outcome")
        ledger.keep("甲", Outcome(reason="坏"))
        ledger.write()
        assert ledger.known("甲") is None
        ledger.keep("乙", Outcome(reason="也坏"))
        ledger.write()
        assert ledger.known("乙") == Outcome(reason="也坏")

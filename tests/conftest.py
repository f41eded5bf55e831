"""Fixtures shared by every room: the command line as a user runs it, and LibreOffice as the real engine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

settings.register_profile("any computer", deadline=None)    # how long an example takes says more of the computer than of the code
settings.load_profile("any computer")

ROOT = Path(__file__).resolve().parent.parent
HOW_TO_GET_LIBREOFFICE = "需要 LibreOffice: apt-get install libreoffice-calc python3-uno libreoffice-script-provider-python"


class Ran(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


@pytest.fixture
def perfeval(tmp_path):
    """Run ``perfeval-xl`` in an empty folder, as a process of its own."""

    def run(*arguments, cwd=tmp_path):
        done = subprocess.run(
            [sys.executable, "-m", "perfeval_xl", *map(str, arguments)],
            cwd=cwd,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


def demand_libreoffice():
    """Skip with a sentence where LibreOffice is missing; fail instead on CI."""
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_GET_LIBREOFFICE)
        pytest.skip(HOW_TO_GET_LIBREOFFICE)


@pytest.fixture(scope="session")
def soffice():
    """The path of soffice."""
    demand_libreoffice()
    return shutil.which("soffice")


@pytest.fixture(scope="session")
def case_workbook(tmp_path_factory):
    """The 巴州 2023 workbook as ``build`` makes it, without 校验结果."""
    return _built(tmp_path_factory.mktemp("case") / "巴州2023.xlsx")


@pytest.fixture(scope="session")
def living_workbook(tmp_path_factory):
    """The same with functions and buttons, as the project ships it; tests leave it alone."""
    return _built(tmp_path_factory.mktemp("living") / "巴州2023.xlsm")


def _built(path):
    from perfeval_xl.workbook.building.builder import build, case_named

    form, case = case_named("bazhou-2023-resident-fund")
    build(form, case, str(path))
    return path

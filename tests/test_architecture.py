"""The gates of the house: contracts, linters, types and shape run inside plain pytest."""

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for room in ("perfeval_xl", "udfs") for path in (ROOT / room).rglob("*.py"))
NAMELESS = {"utils", "helpers", "common", "misc", "base", "manager"}


def _run(*command):
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_rooms_import_only_the_rooms_below_them():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing():
    done = _run("ruff", "check", "perfeval_xl", "udfs", "tests", "benchmarks", "workbooks")
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_strict_finds_nothing():
    done = _run("mypy")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_small_and_named(path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    assert path.stem not in NAMELESS
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text.replace("XX,", ""))


def test_the_median_module_is_about_a_hundred_lines():
    sizes = [len(path.read_text("utf-8").splitlines()) for path in SOURCES if path.name != "__init__.py"]
    assert statistics.median(sizes) <= 150


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_are_short_and_nothing_is_global_or_caught_blindly(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not isinstance(node, ast.Global), "global"
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 50, node.name
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            assert caught not in ("", "Exception", "BaseException"), f"line {node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_functions_and_classes_say_what_they_are(path):
    missing = [
        node.name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and (isinstance(node, ast.ClassDef) or len(node.body) > 3)
    ]
    assert not missing


def test_identifiers_are_ascii():
    names = {
        node.id
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name) and not node.id.isascii()
    }
    assert not names


def test_vba_sources_are_ascii():
    for path in (ROOT / "workbooks" / "vba").iterdir():
        assert path.read_bytes().isascii(), path.name

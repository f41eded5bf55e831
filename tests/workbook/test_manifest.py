"""The shipped workbooks are what their sources give, byte for byte."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from perfeval_xl.workbook.building.manifest import MANIFEST, build_all

SHIPPED = Path(__file__).resolve().parents[2] / "workbooks"
ADVICE = "workbooks/ 与来源不符: 请运行 uv run perfeval-xl build --output workbooks 并提交"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rebuilt")
    return folder, build_all(str(folder))


def test_rebuilding_gives_the_shipped_bytes(rebuilt):
    folder, built = rebuilt
    assert len(built) == len(list(SHIPPED.rglob("*.xl[sa]m"))) > 0
    for item in built:
        assert (SHIPPED / item.path).read_bytes() == (folder / item.path).read_bytes(), ADVICE


def test_the_manifest_names_each_file_with_its_digest_and_existing_sources():
    manifest = tomllib.loads((SHIPPED / MANIFEST).read_text("utf-8"))
    for entry in manifest["file"]:
        assert hashlib.sha256((SHIPPED / entry["path"]).read_bytes()).hexdigest() == entry["sha256"], ADVICE
        assert all(list(SHIPPED.glob(source)) for source in entry["sources"])
    assert manifest["versions"]["xlwings"] == "0.37.8"


def test_members_are_stored_so_that_no_zlib_version_matters(rebuilt):
    from perfeval_xl.workbook.opc.package import STORED, Package

    folder, built = rebuilt
    for item in built:
        members = Package((folder / item.path).read_bytes()).members.values()
        assert {member.method for member in members} == {STORED}

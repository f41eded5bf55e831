"""The offline package: filled from an index that is a folder here, whole, and said to be whole."""

import hashlib
import json
import re
import shutil
import tomllib
import zipfile
from importlib import resources

import pytest

from perfeval_xl.cli import main
from perfeval_xl.installation import bundle, download
from perfeval_xl.installation.own_wheel import write_own_wheel
from perfeval_xl.installation.wheels import read_wheel, windows_target
from perfeval_xl.workbook.grid import UnusableFile
from tests.installation.small_wheels import small_wheel

FILES = resources.files("perfeval_xl.installation") / "bundle_files"


@pytest.fixture
def index(tmp_path, monkeypatch):
    """What pip would find: a folder; a download copies the wheels of that name for that Python."""
    folder = tmp_path / "index"
    folder.mkdir()
    small_wheel(folder, "plain", 'pywin; sys_platform == "win32"')
    for python in ("cp311", "cp312", "cp313", "cp314"):
        small_wheel(folder, "pywin", tag=f"{python}-{python}-win_amd64")

    def fetched(wheels, lacking, target):
        for lack in lacking:
            found = [path for path in folder.glob(f"{lack.name}-*.whl") if read_wheel(path).tags & set(target.tags)]
            if not found:
                raise UnusableFile(f"no {lack.requirement}")
            shutil.copy(found[0], wheels)

    monkeypatch.setattr(download, "_download", fetched)
    monkeypatch.setattr(bundle, "write_own_wheel", lambda wheels: small_wheel(wheels, "perfeval_xl", "plain>=1", version="0.1.0"))
    return folder


def test_the_package_holds_what_every_python_needs(index, tmp_path, capsys):
    assert main(["bundle", "-o", str(tmp_path / "包"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["wheels"] == {"3.11": 3, "3.12": 3, "3.13": 3, "3.14": 3}
    assert sorted(path.name for path in (tmp_path / "包" / "wheels").iterdir()) == [
        "perfeval_xl-0.1.0-py3-none-any.whl", "plain-1.0-py3-none-any.whl",
        *(f"pywin-1.0-cp{python}-cp{python}-win_amd64.whl" for python in (311, 312, 313, 314)),
    ]  # fmt: skip
    for python in bundle.PYTHONS:
        assert bundle.lacking_lines(tmp_path / "包", windows_target(python)) == []


def test_beside_the_wheels_stand_installer_guide_add_in_and_forms(index, tmp_path):
    made = bundle.make_bundle(tmp_path / "包", [windows_target((3, 13))])
    names = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert {"install.cmd", "uninstall.cmd", "安装说明.html", "清单.txt", "perfeval.xlam", "texts/nopython.txt", "空白自评表/社会保险基金预算绩效目标自评表.xlsm"} <= names
    listed = dict(reversed(line.split("  ", 1)) for line in (made.folder / "清单.txt").read_text("utf-8").splitlines())
    assert set(listed) == names - {"清单.txt"}
    assert all(hashlib.sha256((made.folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def test_a_second_run_refreshes_the_same_folder_and_drops_what_is_no_longer_used(index, tmp_path):
    first = bundle.make_bundle(tmp_path / "包", [windows_target((3, 13)), windows_target((3, 12))])
    assert first.installed == {"3.13": 3, "3.12": 3}
    again = bundle.make_bundle(tmp_path / "包", [windows_target((3, 13))])
    assert again.installed == {"3.13": 3}
    assert not list((tmp_path / "包" / "wheels").glob("*cp312*"))


def test_a_wheel_that_goes_missing_is_named_for_its_python(index, tmp_path):
    made = bundle.make_bundle(tmp_path / "包", [windows_target((3, 13)), windows_target((3, 14))])
    next((made.folder / "wheels").glob("*cp314*")).unlink()
    assert bundle.lacking_lines(made.folder, windows_target((3, 13))) == []
    assert bundle.lacking_lines(made.folder, windows_target((3, 14))) == ["Python 3.14 缺 pywin (plain 要用)"]


def test_versions_that_contradict_each_other_are_told_and_not_tried_for_ever(index, tmp_path, monkeypatch):
    small_wheel(index, "plain", "pywin>=2")
    monkeypatch.setattr(download, "_download", lambda *_: None)
    with pytest.raises(UnusableFile, match="互相矛盾"):
        bundle.make_bundle(tmp_path / "包", [windows_target((3, 13))])


def test_a_folder_with_other_things_in_it_is_left_alone(index, tmp_path, capsys):
    (tmp_path / "我的").mkdir()
    (tmp_path / "我的" / "表.xlsx").touch()
    assert main(["bundle", "-o", str(tmp_path / "我的")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / '我的'}: 文件夹里有别的东西, 请换一个空文件夹\n"


@pytest.mark.parametrize("words", [["3.10"], ["3.15"], ["x"], ["3"], ["3.12,"], ["３.12"]])
def test_only_pythons_that_can_run_it_are_taken(words, tmp_path, capsys):
    assert main(["bundle", "-o", str(tmp_path / "包"), "--python", *words]) == 2
    assert "3.11 到 3.14" in capsys.readouterr().err


def test_the_zip_holds_the_folder_as_a_whole(index, tmp_path, capsys):
    assert main(["bundle", "-o", str(tmp_path / "包"), "--python", "3.13", "--zip"]) == 0
    with zipfile.ZipFile(tmp_path / "包.zip") as file:
        assert "包/install.cmd" in file.namelist()
    assert "✓ Python 3.13: 3 个软件包, 齐全" in capsys.readouterr().out


def test_pip_says_why_it_found_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "pip_command", lambda: ["sh", "-c", "echo ERROR: no such thing >&2; exit 1"])
    with pytest.raises(UnusableFile, match=r"Python 3.13: pip 没有下载到: ERROR: no such thing"):
        download.filled(tmp_path, ["a"], windows_target((3, 13)), str)


def test_pip_is_asked_for_wheels_of_that_python_and_system_only(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "pip_command", lambda: ["sh", "-c", f'echo "$@" > "{tmp_path}/asked"', "pip"])
    with pytest.raises(UnusableFile):
        download.filled(tmp_path, ["a>=1"], windows_target((3, 13)), str)
    assert (tmp_path / "asked").read_text().split() == [
        "download", "--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--implementation", "cp",
        "--python-version", "3.13", "--platform", "win_amd64", "--dest", str(tmp_path), "a>=1",
    ]  # fmt: skip


def test_without_pip_and_uv_it_says_what_to_get(monkeypatch):
    monkeypatch.setattr(download, "find_spec", lambda _: None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UnusableFile, match="没有找到 pip"):
        download.pip_command()


def test_our_own_wheel_is_the_same_each_time_and_says_so_of_every_file(tmp_path):
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
    path = write_own_wheel(first)
    assert path.read_bytes() == write_own_wheel(second).read_bytes()
    assert read_wheel(path).name == "perfeval-xl"
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        record = wheel.read("perfeval_xl-0.1.0.dist-info/RECORD").decode().splitlines()
    assert {line.split(",")[0] for line in record} == names
    assert {"perfeval_xl/cli/__init__.py", "udfs/perfeval_udfs.py", "workbooks/perfeval.xlam", "perfeval_xl/installation/guide.html"} <= names
    assert not [name for name in names if "__pycache__" in name]


def commands(name):
    return (FILES / f"{name}.cmd").read_text("ascii")


def test_the_installer_is_ascii_with_every_text_it_shows_in_a_file(index, tmp_path):
    texts = tomllib.loads((FILES / "texts.toml").read_text("utf-8"))
    shown = {each for name in ("install", "uninstall") for each in re.findall(r"texts\\(\w+)\.txt", commands(name))}
    assert shown == set(texts)
    made = bundle.make_bundle(tmp_path / "包", [windows_target((3, 13))])
    installer = (made.folder / "install.cmd").read_bytes()
    assert installer.isascii()
    assert installer.count(b"\n") == installer.count(b"\r\n")
    assert b" perfeval_xl==0.1.0\r\n" in installer
    assert "64 位" in (made.folder / "texts" / "nopython.txt").read_text("utf-8")


def test_the_installer_takes_nothing_from_the_network_and_no_setting_of_others():
    text = commands("install")
    assert "--no-index --find-links" in text
    assert "http" not in text
    for line in ('set "PIP_CONFIG_FILE=nul"', 'set "PYTHONHOME="', 'set "PYTHONPATH="'):
        assert line in text


@pytest.mark.parametrize("name", ["install", "uninstall"])
def test_every_label_that_is_gone_to_is_there_and_every_block_of_text_is_reached(name):
    text = commands(name)
    labels = re.findall(r"(?m)^:(\w+)$", text)
    asked = set(re.findall(r"goto (\w+)", text))
    assert asked <= set(labels)
    assert len(labels) == len(set(labels))


def test_the_installer_tries_the_pythons_the_package_is_made_for():
    tried = re.findall(r"(?m)^py -(\d)\.(\d+) ", commands("install"))
    assert sorted((int(major), int(minor)) for major, minor in tried) == list(bundle.PYTHONS)
    assert "(3,11)<=sys.version_info[:2]<=(3,14) and struct.calcsize('P')==8" in commands("install")

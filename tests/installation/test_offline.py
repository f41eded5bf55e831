"""pytest -m bundle: the real package from the real index, installed where there is no network; minutes, not seconds."""

import os
import shutil
import subprocess
import sys
import venv

import pytest

from perfeval_xl.cli import main
from perfeval_xl.installation.bundle import PYTHONS, lacking_lines, requirement
from perfeval_xl.installation.wheels import windows_target

pytestmark = pytest.mark.bundle
NOWHERE = "http://127.0.0.1:9"
OFFLINE = {
    "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "UV_OFFLINE": "1", "UV_NO_CONFIG": "1",
    **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"), NOWHERE),
}  # fmt: skip


def ran(*words, **more):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "PYTHON"))}
    return subprocess.run([str(word) for word in words], env=environment | OFFLINE, capture_output=True, encoding="utf-8", check=False, **more)


@pytest.fixture(scope="module")
def windows_package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("windows") / "绩效自评安装包"
    assert main(["bundle", "-o", str(folder)]) == 0
    return folder


def test_the_package_for_windows_is_whole_for_every_python(windows_package):
    assert [line for python in PYTHONS for line in lacking_lines(windows_package, windows_target(python))] == []


@pytest.mark.parametrize("python", [".".join(map(str, each)) for each in PYTHONS])
def test_another_resolver_finds_the_package_for_windows_whole_too(windows_package, python, tmp_path):
    uv = shutil.which("uv")
    assert uv, "uv is what this project is developed with"
    done = ran(
        uv, "pip", "install", "--dry-run", "--no-index", "--find-links", windows_package / "wheels", "--target", tmp_path / "site",
        "--python-platform", "x86_64-pc-windows-msvc", "--python-version", python, "--only-binary", ":all:", requirement(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "pywin32" in done.stderr


def test_installed_from_the_folder_alone_without_a_network_the_demo_runs(tmp_path):
    folder = tmp_path / "试装"
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert main(["bundle", "-o", str(folder), "--here", "--python", here]) == 0
    place = tmp_path / "张 伟" / "env"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    installed = ran(python, "-E", "-m", "pip", "install", "--no-index", "--find-links", folder / "wheels", requirement())
    assert installed.returncode == 0, installed.stderr
    shown = ran(python, "-E", "-P", "-m", "perfeval_xl", "demo", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert (tmp_path / "绩效自评演示").is_dir()
    assert ran(python, "-E", "-P", "-m", "perfeval_xl", "doctor", cwd=tmp_path).returncode == 0

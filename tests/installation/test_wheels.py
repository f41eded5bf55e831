"""The resolver on folders of small wheels: what is chosen, and what is said to be lacking."""

import pytest

from perfeval_xl.installation.wheels import resolved, target_here, wheels_in, windows_target
from perfeval_xl.workbook.grid import UnusableFile
from tests.installation.small_wheels import small_wheel

WINDOWS = windows_target((3, 13))


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def chosen(folder, *roots, target=WINDOWS):
    return {wheel.path.name for wheel in resolved(wheels_in(folder), roots, target).chosen.values()}


def lacking(folder, *roots, target=WINDOWS):
    return [lack.sentence for lack in resolved(wheels_in(folder), roots, target).lacking]


def test_everything_that_is_required_by_what_is_required_is_chosen(folder):
    small_wheel(folder, "a", "b>=1")
    small_wheel(folder, "b", "c")
    small_wheel(folder, "c")
    small_wheel(folder, "unrelated")
    assert chosen(folder, "a") == {"a-1.0-py3-none-any.whl", "b-1.0-py3-none-any.whl", "c-1.0-py3-none-any.whl"}
    assert lacking(folder, "a") == []


def test_what_is_lacking_is_told_with_who_wants_it(folder):
    small_wheel(folder, "a", "b>=1", "c<3")
    small_wheel(folder, "c", "b<9", version="2.0")
    assert lacking(folder, "a") == ["缺 b<9,>=1 (a、c 要用)"]


def test_a_version_that_is_too_old_is_lacking(folder):
    small_wheel(folder, "a", "b>=2")
    small_wheel(folder, "b", version="1.9")
    assert lacking(folder, "a") == ["缺 b>=2 (a 要用)"]


def test_the_newest_version_that_pleases_everyone_is_chosen(folder):
    small_wheel(folder, "a", "b", "c")
    small_wheel(folder, "c", "b<3")
    for version in ("1.0", "2.10", "2.9", "3.0"):
        small_wheel(folder, "b", version=version)
    assert "b-2.10-py3-none-any.whl" in chosen(folder, "a")


def test_names_are_the_same_whatever_their_dashes(folder):
    small_wheel(folder, "a", "Python-Dateutil>=2")
    small_wheel(folder, "python_dateutil", version="2.9")
    assert lacking(folder, "a") == []


def test_a_wheel_for_another_python_or_system_does_not_count(folder):
    small_wheel(folder, "a", "b")
    for tag in ("cp312-cp312-win_amd64", "cp313-cp313-win32", "cp313-cp313-manylinux_2_17_x86_64", "cp313-cp313-win_arm64", "cp313-cp313t-win_amd64"):
        small_wheel(folder, "b", tag=tag)
    assert lacking(folder, "a") == ["缺 b (a 要用)"]
    small_wheel(folder, "b", tag="cp313-cp313-win_amd64")
    assert lacking(folder, "a") == []


@pytest.mark.parametrize("tag", ["cp311-abi3-win_amd64", "py3-none-win_amd64", "py2.py3-none-any", "cp313-none-any"])
def test_wheels_for_several_pythons_count_for_this_one(folder, tag):
    small_wheel(folder, "a", tag=tag)
    assert lacking(folder, "a") == []


def test_the_wheel_made_for_this_very_python_is_preferred(folder):
    small_wheel(folder, "a", tag="py3-none-any")
    small_wheel(folder, "a", tag="cp313-cp313-win_amd64")
    assert chosen(folder, "a") == {"a-1.0-cp313-cp313-win_amd64.whl"}


def test_what_only_windows_or_only_an_old_python_needs_is_asked_for_there_alone(folder):
    small_wheel(folder, "a", 'w; sys_platform == "win32"', 'n; platform_system == "Windows"', 'old; python_version < "3.12"', 'mac; os_name == "posix"')
    assert lacking(folder, "a") == ["缺 n (a 要用)", "缺 w (a 要用)"]
    assert lacking(folder, "a", target=windows_target((3, 11))) == ["缺 n (a 要用)", "缺 old (a 要用)", "缺 w (a 要用)"]


def test_this_very_system_asks_for_its_own(folder):
    import os

    small_wheel(folder, "a", f'here; os_name == "{os.name}"', 'there; os_name == "nowhere"')
    assert lacking(folder, "a", target=target_here((3, 13))) == ["缺 here (a 要用)"]


def test_extras_are_followed_only_where_they_are_asked_for(folder):
    small_wheel(folder, "a", "b[fast]")
    small_wheel(folder, "b", 'speed; extra == "fast"', 'paint; extra == "colour"')
    assert lacking(folder, "a") == ["缺 speed (b 要用)"]
    assert lacking(folder, "b") == []


def test_wheels_that_require_each_other_are_no_riddle(folder):
    small_wheel(folder, "a", "b")
    small_wheel(folder, "b", "a")
    assert lacking(folder, "a") == []


def test_a_missing_root_is_lacking(folder):
    assert lacking(folder, "a==1.0") == ["缺 a==1.0 (安装包 要用)"]


@pytest.mark.parametrize("name", ["a-1.0-py3-none-any.whl", "wrong.whl", "a-x-py3-none-any.whl"])
def test_a_damaged_wheel_is_named(folder, name):
    (folder / name).write_bytes(b"PK")
    with pytest.raises(UnusableFile, match=f"{name}: 轮子已损坏"):
        wheels_in(folder)

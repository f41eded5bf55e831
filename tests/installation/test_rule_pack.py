"""New rules by a pack: they count at once like shipped ones; whatever is wrong with a pack is one sentence and nothing written."""

import zipfile
from pathlib import Path

import pytest

from perfeval_xl.cli import main
from perfeval_xl.installation.rule_pack import install_pack, remove_packs
from perfeval_xl.rulesets import office
from perfeval_xl.rulesets.loader import available, default_for, load
from perfeval_xl.rulesets.reading import edition
from perfeval_xl.workbook.grid import UnusableFile

RULES = """\
id = "bureau-2026"
title = "某局 2026 年评分办法"
kinds = ["project"]
based_on = "mof-2020-10"

[[document]]
number = "某财〔2026〕1号"
title = "某局绩效自评办法"
issued_by = "某财政局"
issued_on = 2026-01-10
in_force_from = 2026-01-10
seen = "已核对原文"

[[item]]
name = "weight.output"
label = "产出指标"
unit = "points"
values = [{ from = 2026-01-10, value = 55, document = "某财〔2026〕1号", article = "第三条" }]

[[item]]
name = "weight.benefit"
label = "效益指标"
unit = "points"
values = [{ from = 2026-01-10, value = 25, document = "某财〔2026〕1号", article = "第三条" }]
"""
DEFAULTS = '[[default]]\nkind = "project"\nsince = 2026\nruleset = "bureau-2026"\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The office's folder, and a loader that has not yet looked into another."""
    monkeypatch.setenv("PERFEVAL_RULES", str(tmp_path / "rules"))
    caches = (office.office_ids, office.office_ruleset, office.office_defaults, edition)
    for each in caches:
        each.cache_clear()
    yield tmp_path / "rules"
    for each in caches:
        each.cache_clear()


@pytest.fixture
def packed(tmp_path):
    def pack(*members, compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / "2026年规则包.zip"
        with zipfile.ZipFile(path, "w", compression) as file:
            for name, content in members:
                file.writestr(name, content)
        return str(path)

    return pack


def test_the_rules_of_a_pack_count_like_shipped_ones(folder, packed):
    assert "bureau-2026" not in available()
    assert [each.id for each in install_pack(packed(("bureau-2026.toml", RULES), ("说明.txt", "2026")))] == ["bureau-2026"]
    assert available()[-1] == "bureau-2026"
    assert load("bureau-2026").on((2026, 12, 31)).weights == {"execution": 10.0, "output": 55.0, "benefit": 25.0, "satisfaction": 10.0}
    assert sorted(each.name for each in folder.iterdir()) == ["bureau-2026.toml", "packs.txt"]
    assert main(["rulesets", "bureau-2026"]) == 0


def test_a_pack_may_be_a_folder_that_was_zipped_as_a_whole(folder, packed):
    install_pack(packed(("规则包/", ""), ("规则包/bureau-2026.toml", RULES)))
    assert available()[-1] == "bureau-2026"


def test_a_pack_may_say_from_which_year_its_rules_are_the_default(folder, packed):
    install_pack(packed(("bureau-2026.toml", RULES), ("defaults.toml", DEFAULTS)))
    assert default_for("project", 2026) == default_for("project", None) == "bureau-2026"
    assert default_for("project", 2025) == "mof-2020-10"
    assert default_for("fund", 2026) == "fund-2022-65"


def test_the_next_years_pack_leaves_the_defaults_of_the_year_before(folder, packed):
    install_pack(packed(("bureau-2026.toml", RULES), ("defaults.toml", DEFAULTS)))
    install_pack(packed(("bureau-2027.toml", RULES.replace("2026", "2027")), ("defaults.toml", DEFAULTS.replace("2026", "2027"))))
    office.office_defaults.cache_clear()
    assert [default_for("project", year) for year in (2025, 2026, 2027, 2030)] == [
        "mof-2020-10", "bureau-2026", "bureau-2027", "bureau-2027"
    ]  # fmt: skip


def test_a_pack_may_build_on_one_that_is_installed(folder, packed):
    install_pack(packed(("bureau-2026.toml", RULES)))
    county = RULES.replace('id = "bureau-2026"', 'id = "county-2026"').replace("mof-2020-10", "bureau-2026")
    install_pack(packed(("county-2026.toml", county)))
    assert available()[-2:] == ("bureau-2026", "county-2026")
    assert load("county-2026").based_on == "bureau-2026"


def test_removing_leaves_no_rules_and_no_folder(folder, packed):
    install_pack(packed(("bureau-2026.toml", RULES), ("defaults.toml", DEFAULTS)))
    assert remove_packs() == ["bureau-2026.toml", "defaults.toml"]
    assert not folder.exists()
    assert remove_packs() == []


def test_removing_leaves_what_somebody_wrote_or_changed_there(folder, packed):
    install_pack(packed(("bureau-2026.toml", RULES), ("defaults.toml", DEFAULTS)))
    (folder / "own.toml").write_text(RULES.replace("bureau-2026", "own"), encoding="utf-8")
    (folder / "bureau-2026.toml").write_text(RULES.replace("55", "54"), encoding="utf-8")
    assert remove_packs() == ["defaults.toml"]
    assert sorted(each.name for each in folder.iterdir()) == ["bureau-2026.toml", "own.toml"]


def test_the_command_says_what_was_installed(folder, packed, capsys):
    assert main(["setup", "--rules", packed(("bureau-2026.toml", RULES))]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "✓ bureau-2026  某局 2026 年评分办法"


BOMB = b"# " + b"0" * 1_000_001
HOSTILE = {
    "a bomb": ([("bureau-2026.toml", BOMB)], "大得不正常"),
    "too many files": ([(f"a{number}.txt", "") for number in range(201)], "多得不正常"),
    "a path upwards": ([("../bureau-2026.toml", RULES)], "指向别处的路径"),
    "a path upwards inside": ([("a/../../bureau-2026.toml", RULES)], "指向别处的路径"),
    "a Windows path": ([(r"..\bureau-2026.toml", RULES)], "指向别处的路径"),
    "an absolute path": ([("/etc/bureau-2026.toml", RULES)], "指向别处的路径"),
    "a drive": ([("C:/bureau-2026.toml", RULES)], "指向别处的路径"),
    "a second stream": ([("bureau-2026.toml:hidden.toml", RULES)], "指向别处的路径"),
    "a reserved look": ([("BUREAU 2026.toml", RULES)], "不合规定"),
    "the same name twice": ([("a/bureau-2026.toml", RULES), ("b/bureau-2026.toml", RULES)], "不合规定"),
    "no rules": ([("说明.txt", "空")], "没有评分办法"),
    "only defaults": ([("defaults.toml", DEFAULTS)], "没有评分办法"),
    "no TOML": ([("bureau-2026.toml", "id = ")], "不合 TOML 写法"),
    "no UTF-8": ([("bureau-2026.toml", RULES.encode("gbk"))], "不是 UTF-8"),
    "an unknown item": ([("bureau-2026.toml", RULES.replace("weight.output", "weight.outputs"))], "weight.outputs"),
    "deep brackets": ([("bureau-2026.toml", "a = " + "[" * 5000)], "规则包没有安装"),
    "a shipped id": ([("mof-2020-10.toml", RULES.replace("bureau-2026", "mof-2020-10").replace('based_on = "mof-2020-10"\n', ""))], "mof-2020-10"),
    "another id": ([("bureau-2026.toml", RULES.replace('"bureau-2026"', '"bureau-2027"'))], "应名为 bureau-2027.toml"),
    "an unknown base": ([("bureau-2026.toml", RULES.replace("mof-2020-10", "mof-2030"))], "找不到"),
    "defaults of others": ([("bureau-2026.toml", RULES), ("defaults.toml", DEFAULTS.replace("bureau-2026", "fund-2022-65"))], "defaults.toml"),
    "wrong defaults": ([("bureau-2026.toml", RULES), ("defaults.toml", "default = 3")], "defaults.toml"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("members", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_pack_that_is_not_in_order_is_one_sentence_and_nothing_is_written(folder, packed, members, said, tmp_path):
    path = packed(*members)
    with pytest.raises(UnusableFile) as refused:
        install_pack(path)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert [each.name for each in tmp_path.iterdir()] == ["2026年规则包.zip"]


def test_a_size_that_lies_is_not_believed(folder, packed, tmp_path):
    path = packed(("bureau-2026.toml", BOMB * 50))
    data = bytearray(Path(path).read_bytes())
    real = len(BOMB * 50).to_bytes(4, "little")
    assert data.count(real) == 2
    Path(path).write_bytes(data.replace(real, (100).to_bytes(4, "little")))
    with pytest.raises(UnusableFile):
        install_pack(path)
    assert not folder.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_one_sentence(folder, tmp_path, content, capsys):
    path = tmp_path / "包.zip"
    path.write_bytes(content)
    assert main(["setup", "--rules", str(path)]) == 2
    assert capsys.readouterr().err == f"{path}: 不是完好的 .zip 规则包, 请重新下载或索取\n"


def test_a_pack_that_is_not_there_is_one_sentence(folder, capsys):
    assert main(["setup", "--rules", "没有.zip"]) == 2
    assert capsys.readouterr().err == "没有.zip: 找不到这个文件, 请核对路径\n"


def test_a_password_is_asked_to_be_left_out(folder, packed):
    path = packed(("bureau-2026.toml", RULES), compression=zipfile.ZIP_STORED)
    data = bytearray(Path(path).read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    Path(path).write_bytes(data)
    with pytest.raises(UnusableFile, match="没有密码"):
        install_pack(path)

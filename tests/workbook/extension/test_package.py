import subprocess
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest

from perfeval_xl import __version__
from perfeval_xl.workbook.extension.package import extension_parts, write_extension

NAME = "{http://openoffice.org/2001/registry}name"
ENTRY = "{http://openoffice.org/2001/manifest}"


@pytest.fixture(scope="module")
def parts():
    return extension_parts()


@pytest.fixture(scope="module")
def unpacked(parts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("extension")
    write_extension(str(folder / "perfeval.oxt"))
    with zipfile.ZipFile(folder / "perfeval.oxt") as package:
        assert package.testzip() is None
        package.extractall(folder / "perfeval")
    return folder / "perfeval"


def test_same_sources_same_bytes(tmp_path):
    for name in ("one", "other"):
        write_extension(str(tmp_path / name))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_the_manifest_names_parts_that_are_there(parts):
    entries = ET.fromstring(parts["META-INF/manifest.xml"])
    named = {entry.get(f"{ENTRY}full-path") for entry in entries}
    configuration = {"CalcAddIns.xcu", "Jobs.xcu", "Addons.xcu", "CalcWindowState.xcu", "ProtocolHandler.xcu"}
    assert named == {"types.rdb", "perfeval.components", *configuration}
    assert named <= set(parts)


def test_the_description_carries_the_version(parts):
    assert f'<version value="{__version__}"/>' in parts["description.xml"].decode()


def test_every_function_keeps_its_excel_name(parts):
    functions = next(node for node in ET.fromstring(parts["CalcAddIns.xcu"]).iter() if node.get(NAME) == "AddInFunctions")
    names = {prop.get(NAME): prop[0].text for function in functions for prop in function if prop.get(NAME) == "CompatibilityName"}
    shown = [[prop[0].text for prop in function if prop.get(NAME) in ("DisplayName", "CompatibilityName")] for function in functions]
    assert names == {"CompatibilityName": "PE_VERSION"}
    assert len(shown) == 13
    assert all(display == saved and saved.startswith("PE_") for display, saved in shown)


def test_only_code_and_rules_are_carried(parts):
    carried = [name for name in parts if name.startswith("pythonpath/")]
    assert {name.rpartition(".")[2] for name in carried} == {"py", "toml"}
    assert "pythonpath/perfeval_xl/rulesets/mof-2020-10.toml" in carried
    assert not [name for name in carried if "__pycache__" in name or "/vba/" in name or "/building/" in name]


def test_the_component_is_python_and_every_placeholder_is_filled(parts):
    text = parts["addin.py"].decode()
    compile(text, "addin.py", "exec")
    assert "@" not in text


def test_the_carried_code_computes_without_xlwings_or_anything_installed(unpacked):
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked / 'pythonpath')!r})\n"
        "from udfs import perfeval_udfs as u\n"
        "print(u.pe_score('15', '8755', '8676'), u.pe_grade(98, 'fund-2022-65'), u.pe_read_target('≥90%'))\n"
        "print(sorted(name for name in sys.modules if name.startswith(('xlwings', 'numpy', 'pandas'))))"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == ["14.86 优 「≥90%」: 数量, 不小于 90%", "[]"]


def test_the_carried_code_checks_a_workbook_without_anything_installed(unpacked, case_workbook):
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked / 'pythonpath')!r})\n"
        "from perfeval_xl.workbook.extension import pressed\n"
        "from perfeval_xl.workbook.extension.answers import answer\n"
        f"found = answer({str(case_workbook)!r})\n"
        "print([row[2].text for row in found.rows[4:]], found.sentence)"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "['D16', 'B10'] ✗错误 0 条 · ▲核实 0 条 · ●提示 2 条 · ✓已说明 0 条 可以报送。"

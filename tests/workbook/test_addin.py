"""perfeval.xlam: its parts, its tab, and that nothing of it depends on the machine that built it."""

import hashlib
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from perfeval_xl.workbook.building.addin import addin_parts, build_addin
from perfeval_xl.workbook.vba.macros import SOURCES
from tests.workbook.vba.readers import olevba_sources
from tests.workbook.vba.vba_text import procedures

UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
LABELS = ["校验", "转到第一个错误", "重新计算", "接管此表", "生成报送件", "生成报告", "汇总文件夹", "自检", "帮助"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("addin")
    build_addin(str(folder))
    return folder / "perfeval.xlam"


@pytest.fixture(scope="module")
def tab(built):
    with zipfile.ZipFile(built) as package:
        return ET.fromstring(package.read("customUI/customUI14.xml"))


def test_a_second_build_gives_the_same_bytes(built, tmp_path):
    assert build_addin(str(tmp_path)) == hashlib.sha256(built.read_bytes()).hexdigest()


def test_every_part_is_named_in_the_content_types_and_reached_by_a_link(built):
    with zipfile.ZipFile(built) as package:
        assert package.testzip() is None
        types = ET.fromstring(package.read("[Content_Types].xml"))
        overrides = {each.get("PartName"): each.get("ContentType") for each in types if each.tag.endswith("Override")}
        assert overrides["/xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
        assert {name.lstrip("/") for name in overrides} < set(package.namelist())
        links = {each.get("Type").rpartition("/")[2]: each.get("Target") for each in ET.fromstring(package.read("_rels/.rels"))}
        assert links == {"officeDocument": "xl/workbook.xml", "extensibility": "customUI/customUI14.xml"}
        inner = [each.get("Target") for each in ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))]
        assert {f"xl/{target}" for target in inner} < set(package.namelist())


def test_the_package_level_link_to_the_tab_is_that_of_2007_as_its_namespace_asks(built, tab):
    with zipfile.ZipFile(built) as package:
        assert b"http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" in package.read("_rels/.rels")
    assert tab.tag == f"{UI}customUI"


def test_the_tab_has_the_buttons_in_chinese_each_with_its_picture_and_a_sentence(tab):
    assert [each.get("label") for each in tab.iter(f"{UI}tab")] == ["绩效自评"]
    buttons = list(tab.iter(f"{UI}button"))
    assert [each.get("label") for each in buttons] == LABELS
    assert all(each.get("imageMso") and each.get("supertip", "").endswith("。") for each in buttons)
    ids = [each.get("id") for each in tab.iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_every_button_is_bound_to_one_public_callback_and_every_callback_to_a_button(tab):
    found = procedures((SOURCES / "Ribbon.bas").read_text("ascii"))
    public = {f"Ribbon.{name}" for name, (reach, kind, given) in found.items() if (reach, kind, given) == ("Public", "Sub", "control As IRibbonControl")}
    bound = [each.get("onAction") for each in tab.iter(f"{UI}button")]
    assert len(bound) == len(set(bound))
    assert set(bound) == public


def test_code_names_of_workbook_and_sheet_are_those_of_the_project(built):
    parts = addin_parts()
    modules = olevba_sources(parts["xl/vbaProject.bin"])
    assert re.findall(r'codeName="(\w+)"', (parts["xl/workbook.xml"] + parts["xl/worksheets/sheet1.xml"]).decode()) == ["ThisWorkbook", "Sheet1"]
    assert list(modules)[:2] == ["ThisWorkbook", "Sheet1"]


def test_the_add_in_reads_no_setting_from_the_workbook_in_front():
    modules = olevba_sources(addin_parts()["xl/vbaProject.bin"])
    settings = modules["xlwings"].partition("Function GetConfig(")[2].partition("End Function")[0]
    assert "Installation.Setting(configKey, default)" in settings
    for text in (settings, modules["Installation"]):
        assert not re.search(r"ActiveWorkbook|ThisWorkbook|\.Sheets|Worksheets", text)
    assert '.py"' not in modules["xlwings"]


def test_the_tab_speaks_of_the_workbook_in_front_and_never_of_the_add_in():
    modules = olevba_sources(addin_parts()["xl/vbaProject.bin"])
    assert 'BOOK_CALLER", ActiveWorkbook' in modules["xlwings"]
    assert 'BOOK_CALLER", ThisWorkbook' not in modules["xlwings"]
    assert re.findall(r"ThisWorkbook\.\w+", modules["Ribbon"]) == ["ThisWorkbook.FollowHyperlink"]

import pytest

from perfeval_xl.installation.model_computer import APP_PATHS
from perfeval_xl.installation.office import Excel, bits_of, excel_of, wps_of
from tests.installation.pc import pc, program

OFFICE14 = r"C:\Program Files (x86)\Microsoft Office\Office14\EXCEL.EXE"
WPS = r"C:\Users\张 伟\AppData\Local\Kingsoft\WPS Office\12.1.0\office6\et.exe"


@pytest.mark.parametrize(("machine", "bits"), [(0x14C, 32), (0x8664, 64), (0xAA64, 64), (0x1C4, 0)])
def test_the_head_of_the_program_says_how_wide_excel_is(machine, bits):
    assert excel_of(pc(machine=machine)).bits == bits


@pytest.mark.parametrize("head", [b"", b"MZ", b"PK\x03\x04" * 30, b"MZ" + b"\xff" * 100])
def test_what_is_no_program_has_no_width(head):
    assert bits_of(head) == 0


def test_the_version_is_that_of_the_folder():
    assert excel_of(pc(excel=OFFICE14, machine=0x14C)) == Excel(OFFICE14, "14.0", 32)


def test_the_version_is_the_registered_one_where_the_folder_says_nothing():
    computer = pc(excel=r"D:\Office\EXCEL.EXE")
    assert excel_of(computer).version == "16.0"
    computer.registry[r"HKLM\SOFTWARE\Classes\Excel.Application\CurVer"] = {"": "Excel.Application.15"}
    assert excel_of(computer).version == "15.0"


def test_an_excel_whose_file_is_gone_is_still_told_of():
    computer = pc()
    del computer.files[excel_of(computer).path]
    assert excel_of(computer).bits == 0


def test_wps_that_answers_to_excels_name_is_wps():
    computer = pc(excel=WPS.replace("et.exe", "excel.exe"))
    assert excel_of(computer) is None
    assert wps_of(computer).endswith("excel.exe")


def test_wps_beside_excel_is_both():
    computer = pc()
    computer.registry[rf"{APP_PATHS}\et.exe"] = {"": f'"{WPS}"'}
    assert wps_of(computer) == WPS
    assert excel_of(computer).bits == 64


def test_no_office_at_all():
    assert excel_of(pc(excel=None)) is None
    assert wps_of(pc(excel=None)) == ""


def test_a_quoted_path_is_a_path():
    computer = pc(excel=None)
    computer.registry[rf"{APP_PATHS}\excel.exe"] = {"": f'"{OFFICE14}"'}
    computer.files[OFFICE14] = program(0x14C)
    assert excel_of(computer) == Excel(OFFICE14, "14.0", 32)

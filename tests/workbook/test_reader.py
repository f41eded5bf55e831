"""Whatever is handed in is either read or refused with one sentence that says what it is and what to do."""

import builtins
import zipfile

import olefile
import pytest

from perfeval_xl.workbook.grid import Cell, UnusableFile
from perfeval_xl.workbook.opc.compound import CompoundFile
from perfeval_xl.workbook.reading import reader
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.reading.sniff import verdict
from tests.workbook.hostile import book, cells, compound, worksheet, zipped

WORKBOOK = zipped(book(worksheet(cells(1))))


def refusal(path):
    with pytest.raises(UnusableFile) as caught:
        read_workbook(str(path))
    return str(caught.value)


@pytest.mark.parametrize("name", ["自评表（2023 年度）终稿.xlsx", "没有扩展名", "其实是工作簿.xls", "文件夹 1/表.txt"])
def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(WORKBOOK)
    found = read_workbook(str(path))
    assert found.path == str(path)
    assert found.sheets[0].cells == {(1, 1): Cell(1.0)}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的（0 字节），可能没有下载完整。请重新获取这个文件。"),
        (b"%PDF-1.7\n", "这是 PDF 文件，不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (b"\xff\xd8\xff\xe0", "这是 JPG 图片，不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (b"\x89PNG\r\n", "这是 PNG 图片，不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (b"{\\rtf1", "这是写字板或 Word 的 RTF 文档，不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (b"Rar!\x1a", "这是 RAR 压缩包。请先解压，再选择里面的 Excel 文件。"),
        (b"\x09\x08\x10\x00", "这是很早的 Excel 5.0/95 文件。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"),
        (
            "\ufeff<html><table><tr><td>1</td></tr></table></html>".encode(),
            "这是网页（HTML）文件，只是名字像 Excel 文件，多半是从网上系统导出的。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。",
        ),
        (
            "单位,分值\n一,50\n".encode("gb18030"),
            "这是文本或 CSV 文件，只是名字像 Excel 文件。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。",
        ),
        (
            "单位,分值\n".encode("utf-16"),
            "这是文本或 CSV 文件，只是名字像 Excel 文件。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。",
        ),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "这是“XML 表格 2003”格式的文件。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。",
        ),
        (b"<?xml version='1.0'?><a/>", "这是 XML 文件，不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (b"MIME-Version: 1.0\n", "这是网页归档（MHT）文件，只是名字像 Excel 文件。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"),
        (b"\x01\x02\x03" * 9, "认不出这是什么文件，可能已经损坏，或者不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (zipped({"word/document.xml": "", "[Content_Types].xml": ""}), "这是 Word 文档（.docx），不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (zipped({"ppt/presentation.xml": ""}), "这是 PowerPoint 演示文稿（.pptx），不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (zipped({"OFD.xml": ""}), "这是 OFD 版式文件，不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (zipped({"自评表.xlsx": "x"}), "这是压缩包，不是 Excel 表格。请先解压，再选择里面的 Excel 文件。"),
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "文件已加密（设置了打开密码），无法读取。请去掉打开密码后另存一份再试。"),
        (compound({"\x09DRMContent": b"x"}), "文件受权限管理（加密软件）保护，无法读取。请先解密，另存为普通的 Excel 工作簿再试。"),
        (compound({"WordDocument": b"x"}), "这是 Word 文档（.doc），不是 Excel 表格。请选择绩效自评表的 Excel 文件（.xlsx 或 .xlsm）。"),
        (compound({"Other": b"x"}), "文件不是 Excel 表格，或者已经损坏。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"),
    ],
)  # fmt: skip
def test_other_files_are_named_with_what_to_do(tmp_path, content, sentence):
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(content)
    assert refusal(path) == sentence


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (WORKBOOK, "ooxml"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.bin": "x"}), "xlsb"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (compound({"Workbook": b"x"}), "xls"),
        (compound({"Book": b"x"}), "xls"),
    ],
)
def test_workbooks_of_every_kind_are_told_apart(data, kind):
    assert verdict(data) == (kind, "")


def test_the_compound_files_of_these_tests_are_real_ones():
    data = compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y" * 5000})
    with olefile.OleFileIO(data) as file:
        assert file.exists("EncryptedPackage")
        assert file.openstream("EncryptionInfo").read()[:5000] == b"y" * 5000
    ours = CompoundFile(data)
    assert ours.names == ["Root Entry", "EncryptedPackage", "EncryptionInfo"]
    assert ours.stream("EncryptionInfo", 4999) == b"y" * 4999
    assert ours.stream("Workbook", 100) == b""


def test_a_compound_file_that_runs_in_circles_or_ends_early_is_refused(tmp_path):
    data = bytearray(compound({"Workbook": b"x"}))
    data[-512:-508] = bytes(4)      # the directory's next sector is itself
    assert "Workbook" in CompoundFile(bytes(data)).names
    for length in range(8, len(data), 97):
        path = tmp_path / "表.xls"
        path.write_bytes(bytes(data[:length]))
        assert refusal(path)


def test_a_workbook_cut_off_anywhere_is_refused(tmp_path):
    path = tmp_path / "表.xlsx"
    for length in range(2, len(WORKBOOK) - 1, 7):
        path.write_bytes(WORKBOOK[:length])
        assert refusal(path)


def test_a_missing_file_a_folder_and_an_impossible_path_are_named(tmp_path):
    assert refusal(tmp_path / "没有.xlsx") == "找不到这个文件，可能已经移动、改名或删除。请检查路径。"
    assert refusal(tmp_path) == "这是文件夹，不是文件。请选择里面的 Excel 文件。"
    assert refusal("表\0.xlsx") == "打不开这个文件：路径无效，或者磁盘、网络有问题。请复制到本机后再试。"


def test_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    path = tmp_path / "表.xlsx"
    path.write_bytes(WORKBOOK)

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(builtins, "open", refuse)
    assert refusal(path) == "没有读取这个文件的权限，或者文件被别的程序独占。请关闭占用它的程序，或复制一份再试。"
    assert refusal(tmp_path) == "这是文件夹，不是文件。请选择里面的 Excel 文件。"


def test_a_file_of_absurd_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MOST_FILE_BYTES", 100)
    path = tmp_path / "表.xlsx"
    path.write_bytes(WORKBOOK)
    assert refusal(path) == "文件超过 256 MB，没有读取。请把需要的表格复制到新工作簿后另存。"


def test_a_stored_workbook_is_read_like_a_compressed_one(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(zipped(book(worksheet(cells(1))), zipfile.ZIP_STORED))
    assert read_workbook(str(path)).sheets[0].cells == {(1, 1): Cell(1.0)}

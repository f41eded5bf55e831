"""What lies in a folder, in boxes and in mails: every file is named, none is run, nothing leaves the workshop."""

import email.message
import io
import zipfile
from pathlib import Path

import pytest

from perfeval_xl.consolidate.gathering import Errand, gathered
from perfeval_xl.consolidate.outcome import UNREACHABLE
from perfeval_xl.consolidate.received import Workshop, received_files
from perfeval_xl.workbook.grid import UnusableFile
from tests.submission.office_form import office_form


@pytest.fixture
def form(tmp_path):
    return office_form(tmp_path / "表.xlsx").read_bytes()


@pytest.fixture
def place(tmp_path):
    for name in ("收件", "解开"):
        (tmp_path / name).mkdir()
    return tmp_path


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as box:
        for name, data in members.items():
            box.writestr(name, data)
    return buffer.getvalue()


def found(place):
    return {file.name: "别的" if file.is_other else file.reason for file in received_files(place / "收件", place / "解开")}


def test_workbooks_are_told_by_content_too_and_everything_else_is_named(place, form):
    for name, data in {"甲.xlsx": form, "乙.bak": form, "丙": form, "说明.docx": zipped(**{"word/document.xml": b""}), "照片.jpg": b"\xff\xd8\xff", "丁.rar": b"Rar!", "戊.msg": b"x"}.items():
        (place / "收件" / name).write_bytes(data)
    (place / "收件" / "~$甲.xlsx").write_bytes(b"")
    assert found(place) == {
        "甲.xlsx": "", "乙.bak": "", "丙": "", "说明.docx": "别的", "照片.jpg": "别的",
        "丁.rar": "这种压缩包不能直接读, 请先解压",
        "戊.msg": "Outlook 的 .msg 邮件不能直接读, 请另存为 .eml, 或把附件另存出来",
    }  # fmt: skip


def test_boxes_lie_in_boxes_and_mails(place, form):
    mail = email.message.EmailMessage()
    mail["Date"] = "Mon, 04 Mar 2024 09:00:00 +0800"
    mail.set_content("见附件")
    mail.add_attachment(zipped(**{"丙.xlsx": form}), maintype="application", subtype="zip", filename="打包.zip")
    (place / "收件" / "外.zip").write_bytes(zipped(**{"里.zip": zipped(**{"甲.xlsx": form}), "乙.xlsx": form}))
    (place / "收件" / "信.eml").write_bytes(mail.as_bytes())
    (place / "收件" / "空信.eml").write_bytes(b"Subject: x\r\n\r\nhello")
    assert found(place) == {"外.zip/里.zip/甲.xlsx": "", "外.zip/乙.xlsx": "", "信.eml/打包.zip/丙.xlsx": "", "空信.eml": "别的"}


def test_two_attachments_of_one_name_stay_two(place, form, tmp_path):
    mail = email.message.EmailMessage()
    for data in (form, office_form(tmp_path / "另.xlsx", "乙县").read_bytes()):
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename="自评表.xlsx")
    (place / "收件" / "信.eml").write_bytes(mail.as_bytes())
    situation = gathered(Errand(place / "收件", tmp_path / "进度.db"))
    units = {arrival.file: arrival.outcome.tables[0].unit for arrival in situation.usable}
    assert set(units) == {"信.eml/自评表.xlsx", "信.eml/自评表.xlsx (2)"}
    assert len(set(units.values())) == 2


def test_a_mail_dates_its_attachments(place, form):
    mail = email.message.EmailMessage()
    mail["Date"] = "Mon, 04 Mar 2024 09:00:00 +0800"
    mail.add_attachment(form, maintype="application", subtype="octet-stream", filename="甲.xlsx")
    (place / "收件" / "信.eml").write_bytes(mail.as_bytes())
    (file,) = received_files(place / "收件", place / "解开")
    assert file.modified == 1_709_514_000.0


@pytest.mark.parametrize(
    "header", ['filename="=?gb18030?B?vNcueGxzeA==?="', "filename*=UTF-8''%E7%94%B2.xlsx", 'filename="甲.xlsx"', 'filename="=?utf-8?B?55SyLnhsc3g=?="']
)
def test_names_of_attachments_are_read_however_they_are_coded(place, form, header):
    import base64

    text = f"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; {header}\r\n\r\n"
    (place / "收件" / "信.eml").write_bytes(text.encode() + base64.encodebytes(form))
    assert found(place) == {"信.eml/甲.xlsx": ""}


def test_a_box_that_is_spoilt_locked_too_deep_or_swells_is_named_with_its_reason(place, form):
    inner = zipped(**{"甲.xlsx": form})
    for _ in range(4):
        inner = zipped(**{"套.zip": inner})
    spoilt = bytearray(zipped(**{"乙.xlsx": form}))
    spoilt[80:90] = b"\0" * 10
    locked = bytearray(zipped(**{"丙.xlsx": form}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    for name, data in {"深.zip": inner, "断.zip": zipped(**{"甲.xlsx": form})[:200], "坏.zip": bytes(spoilt), "锁.zip": bytes(locked)}.items():
        (place / "收件" / name).write_bytes(data)
    assert found(place) == {
        "深.zip/套.zip/套.zip/套.zip": "压缩包套得太深, 没有读取, 请先解压",
        "断.zip": "压缩包已损坏或格式少见, 没有读取",
        "坏.zip/乙.xlsx": "压缩包里的这个文件已损坏, 没有读取",
        "锁.zip/丙.xlsx": "压缩包里的文件加了密码, 没有读取",
    }


def test_what_is_unpacked_stays_within_bounds(place):
    workshop = Workshop(place / "解开", room=100, members=3)
    assert [workshop.takes(60), workshop.takes(30), workshop.takes(30)] == [True, True, False]


def test_a_name_from_outside_never_becomes_a_path(place, form):
    (place / "收件" / "坏.zip").write_bytes(zipped(**{"../../逃.xlsx": form, "/根.xlsx": form, "a\\..\\b.xlsx": form}))
    files = list(received_files(place / "收件", place / "解开"))
    assert {file.path.parent for file in files} == {place / "解开"}
    assert sorted(path.name for path in place.iterdir()) == ["收件", "表.xlsx", "解开"]


def test_a_source_that_is_not_there_is_one_sentence(place):
    with pytest.raises(UnusableFile, match="没有这个文件夹或文件"):
        list(received_files(place / "没有", place / "解开"))


def test_a_damaged_package_that_is_no_workbook_by_name_stops_nothing(place, form):
    (place / "收件" / "甲.xlsx").write_bytes(form)
    (place / "收件" / "说明.docx").write_bytes(b"PK\x03\x04...")
    (place / "收件" / "乙.zip").write_bytes(zipped(**{"坏.docx": b"PK\x03\x04...", "好.xlsx": form}))
    assert found(place) == {"乙.zip/坏.docx": "别的", "乙.zip/好.xlsx": "", "甲.xlsx": "", "说明.docx": "别的"}


def test_a_file_that_may_not_be_read_stops_nothing(place, form, monkeypatch):
    for name in ("甲.xlsx", "占用.docx", "占用.eml"):
        (place / "收件" / name).write_bytes(form)
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: refused() if path.name.startswith("占用") else read(path))
    assert found(place) == {"甲.xlsx": "", "占用.docx": "别的", "占用.eml": UNREACHABLE}


def refused():
    raise PermissionError(13, "Permission denied")

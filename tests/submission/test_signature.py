"""Signing and its proof; keys are files and never in the workbook."""

import zipfile

import pytest

from perfeval_xl.submission.making import Request, make_submission
from perfeval_xl.submission.record import record_of, record_sheet
from perfeval_xl.submission.signature import new_keys
from perfeval_xl.submission.verification import verified
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results.patch import put_sheet


@pytest.fixture
def keys(tmp_path):
    private, public = tmp_path / "局.key", tmp_path / "局.pub"
    new_keys(private, public)
    return private, public


@pytest.fixture
def signed(fund, keys, tmp_path):
    return make_submission(str(fund), str(tmp_path / "报送.xlsx"), Request(key=str(keys[0]))).path


def test_a_signature_is_good_with_the_signers_key_and_bad_with_another(signed, keys, tmp_path):
    new_keys(tmp_path / "别.key", tmp_path / "别.pub")
    assert verified(signed, key=str(keys[1])).signature == "good"
    other = verified(signed, key=str(tmp_path / "别.pub"))
    assert (other.signature, other.is_unchanged) == ("bad", False)


def test_a_record_made_to_fit_a_changed_table_is_found_out_by_its_signature(signed, keys, tmp_path):
    record = record_of(read_workbook(signed))
    put_sheet(signed, str(tmp_path / "改.xlsx"), record_sheet(record._replace(unit="别的单位")))
    assert verified(str(tmp_path / "改.xlsx")).is_unchanged
    assert verified(str(tmp_path / "改.xlsx"), key=str(keys[1])).signature == "bad"


def test_an_unsigned_one_is_said_to_be_unsigned(sent, keys):
    assert verified(sent, key=str(keys[1])).signature == "unsigned"


def test_the_private_key_is_nowhere_in_the_workbook_and_readable_by_its_owner_alone(signed, keys):
    secret = keys[0].read_bytes()
    with zipfile.ZipFile(signed) as package:
        assert not [name for name in package.namelist() if secret.split()[4] in package.read(name)]
    assert keys[0].stat().st_mode & 0o077 == 0


def test_keys_are_never_overwritten_and_other_files_are_no_keys(keys, fund, tmp_path):
    with pytest.raises(UnusableFile, match="文件已存在, 没有覆盖"):
        new_keys(*keys)
    with pytest.raises(UnusableFile, match="不是 perfeval-xl keygen 生成的私钥"):
        make_submission(str(fund), str(tmp_path / "送.xlsx"), Request(key=str(keys[1])))


def test_sm3_is_a_choice_where_the_python_has_it(fund, tmp_path):
    received = verified(make_submission(str(fund), str(tmp_path / "送.xlsx"), Request(algorithm="sm3")).path)
    assert (received.record.algorithm, received.is_unchanged) == ("sm3", True)

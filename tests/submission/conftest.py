"""Submissions made of workbooks as the project builds them; tests leave them alone."""

import pytest

REASON = "省里催报, 余下问题下周补报"


@pytest.fixture(scope="session")
def fund(living_workbook):
    """The workbook that is sent, nothing open in it."""
    return living_workbook


@pytest.fixture(scope="session")
def sent(fund, tmp_path_factory):
    """Its submission."""
    from perfeval_xl.submission.making import Request, make_submission

    folder = tmp_path_factory.mktemp("sent")
    return make_submission(str(fund), str(folder), Request(unit="巴州医疗保障局")).path


@pytest.fixture(scope="session")
def questioned(fund, tmp_path_factory):
    """The workbook with one question explained on 校验结果, and one explanation whose problem has gone."""
    from perfeval_xl.workbook.examination import examined
    from perfeval_xl.workbook.results.cell_patch import set_cells
    from perfeval_xl.workbook.results.patch import put_sheet
    from perfeval_xl.workbook.results.result_rows import result_rows
    from perfeval_xl.workbook.results.result_sheet import result_sheet

    folder = tmp_path_factory.mktemp("questioned")
    asked, listed, path = (str(folder / name) for name in ("问.xlsm", "列.xlsm", "答.xlsm"))
    set_cells(str(fund), asked, {"自评表": {(20, 7): "20%", (20, 10): "年中政策调整, 个人缴费减少"}})
    result = examined(asked)
    put_sheet(asked, listed, result_sheet(result_rows(result.explained, ["自评表"], ())))
    set_cells(listed, path, {"校验结果": {(5, 11): "分母口径与本表不同, 已附说明"}})
    return path

"""命令 demo: the main job on a real table in one go."""

from __future__ import annotations

import os

from perfeval_xl.cli.check import report_text
from perfeval_xl.cli.options import options_of
from perfeval_xl.core.number import percent, plain
from perfeval_xl.workbook.examination import Examined, examined
from perfeval_xl.workbook.grid import UnusableFile

HELP = """
用法: perfeval-xl demo [--output 文件夹]

一步演示: 生成巴州 2023 年城乡居民医保基金预算绩效自评表 (公开发表的真实数据),
计算执行率和得分, 校验, 把「校验结果」写进工作簿。

  --output 文件夹   写到哪里, 默认是当前文件夹下的「绩效自评演示」

例: perfeval-xl demo
"""
CASE = "bazhou-2023-resident-fund"
NAME = "巴州2023年城乡居民医保基金自评表"


def run(words: list[str]) -> int:
    """0 once the workbook is built, checked and written."""
    options = options_of(words, HELP, ("output=",), most=0)
    if options is None:
        return 0
    path = free_path(options.text("output", "绩效自评演示"), NAME, ".xlsm")
    result = build_and_check(path)
    print(report_text(result))
    print(_closing(path, result))
    return 0


def free_path(folder: str, name: str, suffix: str) -> str:
    """A path in ``folder`` that does not exist yet; the folder is made when missing."""
    try:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    except OSError as error:
        raise UnusableFile(f"{folder}: 不能建立这个文件夹, 请用 --output 换一个位置") from error
    path, number = os.path.join(folder, name + suffix), 2  # noqa: PTH118
    while os.path.exists(path):  # noqa: PTH110
        path, number = os.path.join(folder, f"{name}({number}){suffix}"), number + 1  # noqa: PTH118
    return path


def build_and_check(path: str) -> Examined:
    """Build the case, check it as a received file would be, and put the findings into it."""
    from perfeval_xl.workbook.building.builder import build, case_named  # noqa: PLC0415 - drawing is heavy
    from perfeval_xl.workbook.results.result_sheet import write_results  # noqa: PLC0415

    form, case = case_named(CASE)
    draft = f"{path}.draft.xlsm"
    build(form, case, draft)
    try:
        result = examined(draft)
        write_results(result, path)
    finally:
        os.remove(draft)  # noqa: PTH107
    return result._replace(path=path)


def _closing(path: str, result: Examined) -> str:
    assessment = result.assessments[0]
    income, spending = (percent(fund.execution_rate or 0.0) for fund in assessment.funds[:2])
    total = plain(assessment.computed_total or 0.0)
    return "\n".join(
        [
            "",
            f"已写出: {path}",
            "请打开看三处:",
            f"  1. 「自评表」: 收入执行率 {income}、支出执行率 {spending}, 总分 {total} {assessment.grade}, 都由公式算出",
            "  2. 「校验结果」: 每条发现都能点到单元格, 写明怎么改和依据",
            "  3. 「评分规则」: 每项指标按哪条规则得分, 完成率和偏差各是多少",
        ]
    )

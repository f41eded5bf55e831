"""C 指标里的执行率: the same rate in both places."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item, shown
from perfeval_xl.checks.money import effective, expected_rate, quotients
from perfeval_xl.core.assessment import Assessment, main_fund
from perfeval_xl.core.execution_row import names_execution
from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.number import printed
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def rates_in_rows(assessment: Assessment) -> Iterator[Mismatch]:
    """预算执行率与资金栏不一: an indicator that states another rate than the total row of the funding block has."""
    fund = main_fund(assessment.table.funds)
    whole = next((result for result in assessment.funds if result.fund is fund), None)
    for row, result in numbered(assessment) if whole else ():
        actual, read = result.indicator.actual, result.actual
        is_rate = read.kind == "numeric" and read.op == "plain" and read.dimension == "ratio" and read.low is not None
        if not is_rate or not names_execution(result.indicator.name) or whole is None:
            continue
        said = printed(read.low or 0.0, read.ulp).times(read.factor_to_base or 1.0)
        found = quotients(assessment, whole)
        if not found or any(quotient is None or quotient.meets(said) for quotient in found):
            continue
        expected = expected_rate(*effective(assessment, whole))
        yield Mismatch(
            actual, row_item(result), f"完成值 {shown(actual)} 与资金栏的执行率 {expected} 不符", f"请核对, 两处应写同一个执行率 {expected}",
            shown(actual), expected, cells(actual, whole.fund.budget, whole.fund.executed, whole.fund.initial_budget), EXPLAIN, row,
        )  # fmt: skip

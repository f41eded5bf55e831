"""A module of worksheet functions and a button's function, for the tests of the way to them and back."""

import xlwings as xw


@xw.func(category="绩效评价")
@xw.arg("executed", doc="全年执行数")
@xw.arg("budget", doc="全年预算数")
def sample_rate(executed, budget=100.0):
    """执行率, as a ratio."""
    if executed is None or budget is None:
        return ""
    return executed / budget


@xw.func
@xw.arg("rows", ndim=2, err_to_str=True)
def sample_table(rows):
    """Each row's cells as Python sees them."""
    return [[repr(cell) for cell in row] for row in rows]


@xw.func
def sample_where(caller):
    """The address of the cell that asks."""
    return caller.address


def write_total():
    """What a button's command calls: a total below the numbers of the calling workbook's first sheet."""
    sheet = xw.Book.caller().sheets[0]
    sheet.range("A4").value = sum(sheet.range("A1:A3").value)
    sheet.range("B1").value = [["合计", "已写"], [sheet.name, None]]

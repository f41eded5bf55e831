"""预算执行率一行: an indicator that repeats what the funding block says of the money."""

from __future__ import annotations

_NAMES = ("预算执行", "资金执行", "支出执行", "经费执行", "预算完成率", "预算支出率", "资金支出率", "资金使用率", "预算支付率", "资金支付率")


def names_execution(name: str) -> bool:
    """是不是预算执行率: by its name; 政府采购执行率 and 计划执行率 measure something else.

    >>> [names_execution(name) for name in ("预算执行率（10分）", "执行率", "资金 使用率", "政府采购执行率")]
    [True, True, True, False]
    """
    words = "".join(name.split())
    return words.startswith("执行率") or any(word in words for word in _NAMES)

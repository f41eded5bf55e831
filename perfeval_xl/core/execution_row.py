"""预算执行率一行: an indicator that repeats what the funding block says of the money."""

from __future__ import annotations

_NAMES = frozenset(
    f"{money}{done}率" for money in ("", "预算", "资金", "项目资金", "项目预算", "部门预算", "预算资金", "财政资金", "专项资金", "全年预算", "年度预算")
    for done in ("执行", "支出", "支付", "使用", "完成") if money or done == "执行"
)  # fmt: skip


def names_execution(name: str) -> bool:
    """是不是预算执行率: by the whole of its name; 政府采购执行率 and 收入预算完成率 measure something else.

    >>> [names_execution(name) for name in ("预算执行率（10分）", "执行率", "资金 使用率", "政府采购执行率")]
    [True, True, True, False]
    """
    words = "".join(name.split())
    return "率" in words and words.replace("（", "(").partition("(")[0] in _NAMES

"""指标性质: what the column beside a target value says about its comparison or its kind."""

from __future__ import annotations

from perfeval_xl.core.reading.comparison import before, sign_at
from perfeval_xl.core.reading.spelling import spelled

_CODES = {"1": ">", "2": "≥", "3": "=", "4": "<", "5": "≤"}
_NATURES = (("absent", ("10",)), ("words", ("定性", "6")), ("number", ("定量", "9")))
_DIRECTIONS = {"正": "≥", "反": "≤", "逆": "≤", "负": "≤"}
_PRINTED = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "≈": "≈"}


def nature_of(text: str) -> tuple[str, str, bool]:
    """读指标性质: the sign to put before the value; number, words, absent or ""; whether it is printed as such.

    Signs, their words, 定量 and 定性, 正向 and 反向, and the codes 1–10 of the budget platform.

    >>> nature_of("﹦"), nature_of("大于等于"), nature_of("定性"), nature_of("5.0")
    (('=', '', True), ('≥', '', True), ('', 'words', True), ('≤', 'number', False))
    """
    shown = spelled(text).removesuffix(".0").replace(" ", "")
    if len(shown) == 1 and (op := sign_at(shown, 0)):
        return _PRINTED[op], "", True
    if shown in _CODES:
        return _CODES[shown], "number", False
    if shown[:1] in _DIRECTIONS and shown[1:] in ("向", "向指标"):
        return _DIRECTIONS[shown[0]], "number", False
    kind = next((kind for kind, words in _NATURES if shown.startswith(words)), "")
    op = "" if kind else before(shown, len(shown), "target").op
    return _PRINTED.get(op, ""), kind, bool(op or kind or not shown)

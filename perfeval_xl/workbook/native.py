"""内置公式: target, actual value and score in functions of Excel 2010, so that a PC without Python still computes.

Each indicator has one row on 评分规则. Texts such as 「≥3.34亿元」 are taken apart in helper columns; what they
cannot take apart with certainty becomes "", never a guess.
"""

from __future__ import annotations

from perfeval_xl.core.expression import formula_text
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, LOWER, WITHIN, Rule, rule_text
from perfeval_xl.core.scoring import score_expression

if TYPE_CHECKING:
    from collections.abc import Callable

_REPLACED = (
    (" ", ""), ("　", ""), (",", ""), ("，", ""), ("％", "%"), ("＞", ">"), ("＜", "<"), ("＝", "="), (">=", "≥"), ("<=", "≤"),
    ("≧", "≥"), ("≦", "≤"), ("大于或等于", "≥"), ("大于等于", "≥"), ("小于或等于", "≤"), ("小于等于", "≤"), ("不低于", "≥"),
    ("不少于", "≥"), ("不小于", "≥"), ("不超过", "≤"), ("不高于", "≤"), ("不大于", "≤"), ("不多于", "≤"), ("（含）", ""), ("(含)", ""),
)  # fmt: skip
_DIGITS = "{0,1,2,3,4,5,6,7,8,9}"
_RANGE_SIGNS = '{"-","~","～","–","—","至"}'

# Helper columns of 评分规则, by what they hold.
COLUMNS = {
    "rule": "C", "direction": "D", "low": "E", "high": "F", "actual": "G", "completion": "H", "deviation": "I", "points": "J",
    "basis": "K", "score": "L", "target_text": "M", "actual_text": "N", "target_first": "O", "target_rest": "P",
    "target_second": "Q", "actual_first": "R", "actual_rest": "S", "target_unit": "T", "actual_unit": "U",
}  # fmt: skip
HELPERS = tuple("MNOPQRSTU")


def cleaned(cell: str) -> str:
    """The cell's text with one spelling for every sign."""
    text = f'{cell}&""'
    for old, new in _REPLACED:
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return text


def _digits_only(text: str) -> str:
    """Signs that a spreadsheet might read as percent, date or exponent become neutral."""
    for sign in ("%", "-", "/", ":", "年", "月", "E", "e"):
        text = f'SUBSTITUTE({text},"{sign}","个")'
    return text


def _start(cell: str) -> str:
    return f'MIN(FIND({_DIGITS},{cell}&"0123456789"))'


def first_number(cell: str) -> str:
    """The first number in a cleaned text, "" where there is none; a leading minus counts at the very start only."""
    digits = f"MID({_digits_only(cell)},{_start(cell)},ROW($1:$15))"
    number = f'LOOKUP(9E+307,--("0"&{digits}))'
    return f'IF(COUNT(FIND({_DIGITS},{cell}))=0,"",IF(LEFT({cell},1)="-",-1,1)*{number})'


def rest_after_number(cell: str) -> str:
    """What follows the first number."""
    digits = f"MID({_digits_only(cell)},{_start(cell)},ROW($1:$15))"
    length = f'LOOKUP(9E+307,--("0"&{digits}),ROW($1:$15))'
    return f'IF(COUNT(FIND({_DIGITS},{cell}))=0,"",MID({cell},{_start(cell)}+{length},60))'


def unit_factor(text: str) -> str:
    """Factor to the base unit by the words of a text: 亿元, 万元, 万人 …, %, ‰; 1 otherwise."""
    return (
        f'IF(ISNUMBER(FIND("亿",{text})),1E+8,IF(ISNUMBER(FIND("万",{text})),1E+4,'
        f'IF(ISNUMBER(FIND("%",{text})),0.01,IF(ISNUMBER(FIND("‰",{text})),0.001,1))))'
    )


def unit_family(text: str) -> str:
    """What kind of quantity a unit counts: values of different families are never compared."""
    bare = text
    for word in ("以上", "以下", "以内", "及", "左右", "亿", "万", "。"):
        bare = f'SUBSTITUTE({bare},"{word}","")'
    return f'IF(ISNUMBER(FIND("百分点",{text})),"点",IF(OR(ISNUMBER(FIND("%",{text})),ISNUMBER(FIND("‰",{text}))),"率",{bare}))'


def row_formulas(row: int, *, weight: str, target: str, actual: str, rule: Rule, guess: str) -> dict[str, str]:
    """Every native formula of one indicator's row on 评分规则, by column name.

    ``weight``, ``target``, ``actual`` are references to the official sheet; ``guess`` is the direction of a target
    without a sign.
    """
    at = {name: f"${column}{row}" for name, column in COLUMNS.items()}
    known = f'AND(ISNUMBER({at["target_first"]}),ISNUMBER({at["actual_first"]}),{_same_family(at)},{at["direction"]}<>"")'
    factor = f"IF({at['target_unit']}=\"\",{unit_factor(at['actual_unit'])},{unit_factor(at['target_unit'])})"
    actual_factor = f"IF({at['actual_unit']}=\"\",{unit_factor(at['target_unit'])},{unit_factor(at['actual_unit'])})"
    second = f"IF(ISNUMBER({at['target_second']}),{at['target_second']},{at['target_first']})"
    return {
        "target_text": cleaned(target),
        "actual_text": cleaned(actual),
        "target_first": first_number(at["target_text"]),
        "target_rest": rest_after_number(at["target_text"]),
        "target_second": f'IF({_is_range(at["target_rest"])},{first_number(at["target_rest"]).replace("-1,1", "1,1")},"")',
        "actual_first": first_number(at["actual_text"]),
        "actual_rest": rest_after_number(at["actual_text"]),
        "target_unit": f'IF(ISNUMBER({at["target_second"]}),{rest_after_number(at["target_rest"])},{at["target_rest"]})',
        "actual_unit": at["actual_rest"],
        "direction": _direction(at, guess),
        "low": f'IF({known},ROUND({at["target_first"]}*{factor},10),"")',
        "high": f'IF({known},ROUND({second}*{factor},10),"")',
        "actual": f'IF({known},ROUND({at["actual_first"]}*{actual_factor},10),"")',
        "completion": _completion(at),
        "deviation": f'IF({at["completion"]}="","",{at["completion"]}-1)',
        "points": _points(at),
        "score": _score(at, weight, rule),
    }


def _is_range(rest: str) -> str:
    """The rest after the first number is «unit sign number unit» and nothing more."""
    return f"AND(COUNT(FIND({_RANGE_SIGNS},{rest}))>0,COUNT(FIND({_DIGITS},{rest}))>0)"


def _same_family(at: dict[str, str]) -> str:
    one, other = unit_family(at["target_unit"]), unit_family(at["actual_unit"])
    plain = f"COUNT(FIND({_DIGITS},{at['target_unit']}))+COUNT(FIND({_DIGITS},{at['actual_unit']}))=0"
    return f'{plain},OR({at["target_unit"]}="",{at["actual_unit"]}="",{one}={other})'


def _direction(at: dict[str, str], guess: str) -> str:
    text, rest = at["target_text"], at["target_rest"]
    return (
        f'IF({text}="","",IF(ISNUMBER({at["target_second"]}),"{WITHIN}",'
        f'IF(COUNT(FIND({{"≥",">","以上","至少"}},{text}))>0,"{HIGHER}",'
        f'IF(COUNT(FIND({{"≤","<","以内","以下"}},{text}))>0,"{LOWER}",'
        f'IF(AND(ISNUMBER({at["target_first"]}),{at["target_first"]}=0),"{LOWER}",'
        f'IF(COUNT(FIND({_DIGITS},{rest}))=0,"{guess}",""))))))'
    )


def _completion(at: dict[str, str]) -> str:
    low, high, actual, way = at["low"], at["high"], at["actual"], at["direction"]
    bound = f'IF({way}="{WITHIN}",IF(ABS({actual}-{low})<=ABS({actual}-{high}),{low},{high}),{low})'
    inside = f'AND({way}="{WITHIN}",{actual}>={low},{actual}<={high})'
    return f'IF({actual}="","",IF({inside},1,IF({bound}=0,"",{actual}/{bound})))'


def _points(at: dict[str, str]) -> str:
    low, high, actual, way = at["low"], at["high"], at["actual"], at["direction"]
    bound = f'IF({way}="{WITHIN}",IF(ABS({actual}-{low})<=ABS({actual}-{high}),{low},{high}),{low})'
    inside = f'AND({way}="{WITHIN}",{actual}>={low},{actual}<={high})'
    is_ratio = f'OR(ISNUMBER(FIND("%",{at["target_unit"]})),ISNUMBER(FIND("‰",{at["target_unit"]})))'
    return f'IF(OR({actual}="",NOT({is_ratio})),"",IF({inside},0,ROUND(({actual}-{bound})*100,10)))'


def _score(at: dict[str, str], weight: str, rule: Rule) -> str:
    """The score by the rule the sheet was built with; "" once a clerk has written another rule there."""
    if rule.is_judged:
        return '""'
    cells = {"weight": weight, "low": at["low"], "high": at["high"], "actual": at["actual"], "scale": _scale(at)}
    by_direction: Callable[[str], str] = lambda way: formula_text(score_expression(rule, way), cells)  # noqa: E731
    chosen = (
        f'IF({at["direction"]}="{HIGHER}",{by_direction(HIGHER)},IF({at["direction"]}="{LOWER}",{by_direction(LOWER)},'
        f"{by_direction(WITHIN)}))"
    )
    ready = f'AND({at["actual"]}<>"",ISNUMBER({weight}),{at["rule"]}="{rule_text(rule)}")'
    return f'IF({ready},{chosen},"")'


def _scale(at: dict[str, str]) -> str:
    return f'IF(OR(ISNUMBER(FIND("%",{at["target_unit"]})),ISNUMBER(FIND("‰",{at["target_unit"]}))),100,0)'

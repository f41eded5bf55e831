"""内置公式: measure, deviation and score in functions of Excel 2010, so that a PC without Python still computes.

Each indicator has one row on 评分规则 and, at the same place, one on a hidden sheet that takes its target and its actual
value apart (``native_reading``); what cannot be taken apart with certainty leaves the row blank, never a guess.
"""

from __future__ import annotations

from perfeval_xl.core.expression import formula_text
from perfeval_xl.core.measure import HIGHER_WORDS, LOWER_THOUGH_HIGHER, LOWER_WORDS
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, LOWER, WITHIN, Rule, rule_text
from perfeval_xl.core.scoring import score_expression
from perfeval_xl.workbook.address import column_letters
from perfeval_xl.workbook.building.native_reading import RATIO_KIND, Side, holds, largest, reading_formulas
from perfeval_xl.workbook.grid import RULE_SHEET

if TYPE_CHECKING:
    from collections.abc import Callable

_SHOWN = {
    "name": "B", "rule": "C", "direction": "D", "low": "E", "high": "F", "actual": "G", "completion": "H", "deviation": "I",
    "points": "J", "basis": "K", "score": "L",
}  # fmt: skip
_HIDDEN = ("comparable", *(f"{side}_{part}" for side in ("target", "actual") for part in Side._fields))
_FIRST_HIDDEN = len(_SHOWN) + 2

# Columns of 评分规则 and of the sheet of helper formulas, by what they hold; SHOWN_RESULTS stand on both.
COLUMNS = _SHOWN | {name: column_letters(number) for number, name in enumerate(_HIDDEN, _FIRST_HIDDEN)}
SHOWN_RESULTS = ("direction", "low", "high", "actual", "completion", "deviation", "points", "score")


def row_formulas(row: int, *, weight: str, target: str, actual: str, rule: Rule, guess: str) -> dict[str, str]:
    """Every native formula of one indicator's row on the sheet of helper formulas, by column name.

    ``weight``, ``target``, ``actual`` are references to the official sheet; ``guess`` is the direction where neither
    the target's sign nor the indicator's name, as they stand in the row, says any.
    """
    at = {name: f"${column}{row}" for name, column in COLUMNS.items()}
    at |= {name: f"{RULE_SHEET}!${COLUMNS[name]}{row}" for name in ("name", "rule")}
    sides = {side: Side(*(at[f"{side}_{part}"] for part in Side._fields)) for side in ("target", "actual")}
    asked, done = sides["target"], sides["actual"]
    formulas = {
        f"{side}_{part}": formula
        for side, source, named in (("target", target, at["name"]), ("actual", actual, ""))
        for part, formula in reading_formulas(source, sides[side], named).items()
    }
    return formulas | {
        "comparable": _comparable(asked, done),
        "direction": _if_comparable(at, _direction(at, asked, rule, guess)),
        "low": _if_comparable(at, _scaled(f"MIN({asked.number},{asked.second})", asked, done)),
        "high": _if_comparable(at, _scaled(f"MAX({asked.number},{asked.second})", asked, done)),
        "actual": _if_comparable(at, _scaled(_worse_end(at, done), done, asked)),
        "completion": _if_comparable(at, _unless_inside(at, "1", f'IF({_bound(at)}=0,"",{at["actual"]}/{_bound(at)})')),
        "deviation": _if_comparable(at, _unless_inside(at, "0", _deviation(at))),
        "points": _if_comparable(at, f'IF({_is_ratio(asked, done)},{_unless_inside(at, "0", _points(at))},"")'),
        "score": _score(at, weight, rule, _is_ratio(asked, done)),
    }


def _comparable(asked: Side, done: Side) -> str:
    """Both are read and measure the same thing; a bare 1 beside a percentage may be 1 or 100 %."""
    may_mix = f"OR({_is_ambiguous(done, asked)},{_is_ambiguous(asked, done)})"
    same = f"OR({asked.kind}=0,{done.kind}=0,{asked.kind}={done.kind})"
    return f"IF(AND({asked.kind}>=0,{done.kind}>=0),AND({same},NOT({may_mix})),FALSE)"


def _is_ambiguous(bare: Side, full: Side) -> str:
    return f"AND({bare.kind}=0,{full.kind}={RATIO_KIND},{largest(bare)}>0,{largest(bare)}<=1,{largest(full)}>1)"


def _if_comparable(at: dict[str, str], formula: str) -> str:
    return f'IF({at["comparable"]},{formula},"")'


def _direction(at: dict[str, str], asked: Side, rule: Rule, guess: str) -> str:
    """From the rule, else the sign, else the indicator's name; zero without a sign means: as few as possible."""
    if rule.direction:
        return f'"{rule.direction}"'
    named = f'"{guess}"'
    for words, way in ((LOWER_WORDS, LOWER), (HIGHER_WORDS, HIGHER), (LOWER_THOUGH_HIGHER, LOWER)):
        named = f'IF({holds(at["name"], words)},"{way}",{named})'
    unsigned = f'IF({asked.number}=0,"{LOWER}",{named})'
    signed = f'IF(OR({asked.sign}="≥",{asked.sign}=">"),"{HIGHER}",IF(OR({asked.sign}="≤",{asked.sign}="<"),"{LOWER}",{unsigned}))'
    return f'IF({asked.last}<>"","{WITHIN}",{signed})'


def _scaled(value: str, own: Side, other: Side) -> str:
    """In the base unit, at 15 significant digits; a number without a unit takes the other's."""
    factor = f"IF({own.factor}>0,{own.factor},IF({other.factor}>0,{other.factor},1))"
    return _exact(f"{value}*{factor}")


def _exact(value: str) -> str:
    """Without binary residue beyond 15 significant digits, as Excel shows a number."""
    return f'VALUE({value}&"")'


def _worse_end(at: dict[str, str], done: Side) -> str:
    return f'IF({at["direction"]}="{LOWER}",MAX({done.number},{done.second}),MIN({done.number},{done.second}))'


def _bound(at: dict[str, str]) -> str:
    """The bound the actual value is held against: the nearer one of an interval."""
    low, high, actual, way = at["low"], at["high"], at["actual"], at["direction"]
    nearer = f"IF(ABS({actual}-{low})<=ABS({actual}-{high}),{low},{high})"
    return f'IF({way}="{WITHIN}",{nearer},IF({way}="{HIGHER}",{low},{high}))'


def _unless_inside(at: dict[str, str], inside: str, formula: str) -> str:
    is_inside = f'AND({at["direction"]}="{WITHIN}",{at["actual"]}>={at["low"]},{at["actual"]}<={at["high"]})'
    return f"IF({is_inside},{inside},{formula})"


def _deviation(at: dict[str, str]) -> str:
    actual, bound = at["actual"], _bound(at)
    return f'IF({bound}=0,"",{_exact(f"(({actual}-{bound})/ABS({bound}))")})'


def _points(at: dict[str, str]) -> str:
    return f"ROUND(({at['actual']}-{_bound(at)})*100,10)"


def _is_ratio(asked: Side, done: Side) -> str:
    return f"OR({asked.kind}={RATIO_KIND},AND({asked.kind}=0,{done.kind}={RATIO_KIND}))"


def _score(at: dict[str, str], weight: str, rule: Rule, is_ratio: str) -> str:
    """The score by the rule the sheet was built with; "" once a clerk has written another rule there."""
    if rule.is_judged:
        return '""'
    cells = {"weight": weight, "low": at["low"], "high": at["high"], "actual": at["actual"], "scale": f"IF({is_ratio},100,0)"}
    by_direction: Callable[[str], str] = lambda way: formula_text(score_expression(rule, way), cells)  # noqa: E731
    chosen = (
        f'IF({at["direction"]}="{HIGHER}",{by_direction(HIGHER)},IF({at["direction"]}="{LOWER}",{by_direction(LOWER)},'
        f"{by_direction(WITHIN)}))"
    )
    is_ready = f'AND({at["comparable"]},ISNUMBER({weight}),N({weight})>=0,EXACT({at["rule"]},"{rule_text(rule)}"))'
    return f'IF({is_ready},{chosen},"")'

"""评分规则: a closed set of rules, named by a short text such as ``step_deduction(points=0.5, per=1)``."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.number import rounded
from perfeval_xl.core.record import Record

HIGHER, LOWER, WITHIN = "higher", "lower", "within"
DIRECTIONS = (HIGHER, LOWER, WITHIN)

_OPTIONS: dict[str, dict[str, tuple[str, ...] | None]] = {
    "proportional": {},
    "pass_fail": {},
    "linear_excess": {},
    "reciprocal": {},
    "interval": {},
    "step_deduction": {"points": None, "per": None, "unit": ("pp", "percent"), "step": ("started", "full")},
    "bands": {},
    "qualitative": {},
    "execution": {},
    "manual": {},
}
RULE_NAMES = tuple(_OPTIONS)
JUDGED = ("qualitative", "manual")


class Rule(Record):
    """一条评分规则: its name, its options and, for bands, thresholds with the share they earn."""

    name: str
    options: tuple[tuple[str, float | str], ...] = ()
    bands: tuple[tuple[float, float], ...] = ()     # (completion at least, share of the weight), best first
    direction: str = ""                             # overrides the direction read from the target

    def number(self, option: str, default: float) -> float:
        return float(dict(self.options).get(option, default))

    def word(self, option: str, default: str) -> str:
        return str(dict(self.options).get(option, default))

    @property
    def is_judged(self) -> bool:
        """A person judges the score; no formula gives it."""
        return self.name in JUDGED


@lru_cache(maxsize=256)
def parse_rule(text: str) -> Rule | str:
    """读评分规则文本; a sentence saying what is wrong where it cannot be read.

    Bands are written ``bands(100:1, 80:0.7, 60:0.5)``: completion in percent, share of the weight. Full-width
    brackets, commas and digits of a Chinese keyboard count as their plain forms.

    >>> parse_rule("step_deduction(points=0.5, per=1, unit=pp)").number("points", 0)
    0.5
    >>> parse_rule("halves")
    '评分规则「halves」不认识, 可用: proportional, pass_fail, linear_excess, reciprocal, interval, step_deduction, bands, qualitative, execution, manual'
    """
    name, bracket, inside = unicodedata.normalize("NFKC", text).strip().partition("(")
    name = name.strip()
    if name not in _OPTIONS:
        return f"评分规则「{name}」不认识, 可用: {', '.join(RULE_NAMES)}"
    if bracket and not inside.rstrip().endswith(")"):
        return f"评分规则「{text}」缺少右括号"
    parts = [part.strip() for part in inside.rstrip().rstrip(")").split(",") if part.strip()]
    return _with_parts(name, parts)


def _with_parts(name: str, parts: list[str]) -> Rule | str:
    options: dict[str, float | str] = {}
    bands: list[tuple[float, float]] = []
    for part in parts:
        if name == "bands" and ":" in part:
            band = _band(part)
            if isinstance(band, str):
                return band
            bands.append(band)
            continue
        key, _, value = (piece.strip() for piece in part.partition("="))
        option = _option(name, key, value)
        if isinstance(option, str):
            return option
        if key in options:
            return f"评分规则 {name} 的 {key} 写了两次"
        options[key] = option[1]
    direction = str(options.pop("direction", ""))
    return _banding_mistake(name, bands) or Rule(name, tuple(options.items()), tuple(sorted(bands, reverse=True)), direction)


def _banding_mistake(name: str, bands: list[tuple[float, float]]) -> str:
    if name == "bands" and not bands:
        return "评分规则 bands 至少要有一档, 例如 bands(100:1, 80:0.7, 60:0.5)"
    if any(better[0] == worse[0] or better[1] < worse[1] for better, worse in pairwise(sorted(bands, reverse=True))):
        return "评分规则 bands 各档的完成率下限要不同, 而且完成率越高得分比例不能越低"
    return ""


def _option(name: str, key: str, value: str) -> tuple[str, float | str] | str:
    allowed = {**_OPTIONS[name], "direction": DIRECTIONS}
    if key not in allowed:
        return f"评分规则 {name} 没有参数「{key}」"
    words = allowed[key]
    if words is not None:
        return (key, value) if value in words else f"评分规则 {name} 的 {key} 应为 {' 或 '.join(words)}"
    number = _number(value)
    if number is None or number <= 0:
        return f"评分规则 {name} 的 {key} 应为正数, 不是「{value}」"
    return key, number


def _band(part: str) -> tuple[float, float] | str:
    threshold, _, share = part.partition(":")
    least, earns = _number(threshold), _number(share)
    if least is None or earns is None or not 0 <= earns <= 1 or least < 0:
        return f"评分规则 bands 的一档「{part}」应写成 完成率下限:得分比例, 例如 80:0.7"
    return rounded(least / 100, 12), earns     # 52.2 / 100 is not the number that 52.2 % is


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None


def rule_text(rule: Rule) -> str:
    """写回评分规则文本; ``parse_rule`` reads it back.

    >>> rule_text(parse_rule("bands( 80:0.7, 100:1 )"))
    'bands(100:1, 80:0.7)'
    """
    parts = [f"{least * 100:.12g}:{share:.12g}" for least, share in rule.bands]
    parts += [f"{key}={value:.15g}" if isinstance(value, float) else f"{key}={value}" for key, value in rule.options]
    parts += [f"direction={rule.direction}"] if rule.direction else []
    return f"{rule.name}({', '.join(parts)})" if parts else rule.name

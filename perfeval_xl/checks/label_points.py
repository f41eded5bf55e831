"""B 标签里的分: the weight and the score that a form prints in the name of a group, 产出指标(50分, 得分48分)."""

from __future__ import annotations

import unicodedata

from perfeval_xl.core.memory import cache, lru_cache
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    import re


@lru_cache(maxsize=512)
def printed_weight(label: str) -> float | None:
    """标签里印的分值; None where the label prints none.

    >>> printed_weight("产出指标(30分)"), printed_weight("产出指标（50分，得48分）"), printed_weight("产出指标")
    (30.0, 50.0, None)
    """
    body = _body(label)
    scored = _scored(body)
    if scored is None:
        return _last_points(body)
    weighed = _weighed().search(body[: scored.start()] + body[scored.end() :])
    return float(weighed[1] or weighed[2]) if weighed else None


@lru_cache(maxsize=512)
def printed_score(label: str) -> float | None:
    """标签里印的得分; None where the label prints none.

    >>> printed_score("产出指标（50分，得48分）"), printed_score("效益(分值30, 自评得分: 28.5)"), printed_score("获得感(10分)")
    (48.0, 28.5, None)
    """
    scored = _scored(_body(label))
    return float(scored[1]) if scored else None


def _body(label: str) -> str:
    return "".join(unicodedata.normalize("NFKC", label).split())


def _last_points(body: str) -> float | None:
    body = body.rstrip(")")
    if not body.endswith("分"):
        return None
    digits = body[len(body[:-1].rstrip("0123456789.")) : -1].lstrip(".")
    return float(digits) if digits.replace(".", "", 1).isdigit() and digits[-1] != "." else None


def _scored(body: str) -> re.Match[str] | None:
    return _scored_points().search(body) if "得" in body or "自评" in body else None


@cache
def _scored_points() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - few labels print a score

    return re.compile(r"(?:实得分?|得分|自评分?|(?<=[,、;(/\s])得)[:为]?(\d+(?:\.\d+)?)分?")


@cache
def _weighed() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - few labels print a score

    return re.compile(r"(?:分值|权重|满分)[:为]?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)分")

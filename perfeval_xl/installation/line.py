"""自检的一项."""

from __future__ import annotations

from typing import NamedTuple

OK, WARNING, ERROR = "ok", "warning", "error"


class Line(NamedTuple):
    """一项检查的结果. ``advice``: what to do, "" where there is nothing to do."""

    level: str
    topic: str
    said: str
    advice: str = ""

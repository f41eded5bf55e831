"""A cell's question: a function of ours called as Excel calls it, through xlwings' own path."""

from __future__ import annotations

from typing import Any

from tests.windows.session import At, Call, Failed, Omitted, call_functions

MODULE = "udfs.perfeval_udfs"
ARGUMENTS = {
    "pe_execution_rate": (1707.31, 1711.75),
    "pe_completion_rate": ("3.54亿元", "≥3.34亿元"),
    "pe_deviation_rate": ("3.54亿元", "≥3.34亿元"),
    "pe_deviation_points": ("33.84%", "≥33%"),
    "pe_score": (15.0, "8755", "8676", "proportional", "社会保险费收入"),
    "pe_execution_score": (10.0, 85.0, 100.0, "bands(100:1, 80:0.7, 60:0.5)"),
    "pe_share": (92586.0, 103384.0),
    "pe_payable_months": (85139.0, 8478.0),
    "pe_grade": (95.0, "mof-2020-10"),
    "pe_status": (5.0, "≥33%", "33.84%", 5.0, "", "proportional"),
    "pe_read_target": ("≥90%",),
}
OPTIONAL = {"pe_score": 3, "pe_execution_score": 3, "pe_grade": 1, "pe_status": 5}


def asked(*questions: tuple[Any, ...], cells: dict[str, Any] | None = None) -> list[Any]:
    """The answers to several questions, each a function's name and its arguments."""
    return call_functions([Call(MODULE, name, tuple(args)) for name, *args in questions], cells)


def failed(answer: Any) -> bool:
    """The cell would show the text of an exception, so that ``0+`` makes #VALUE! of it and the native part answers."""
    return isinstance(answer, Failed)


def every_argument() -> list[tuple[str, int]]:
    """Each function with the position of each of its arguments."""
    return [(name, position) for name, arguments in ARGUMENTS.items() for position in range(len(arguments))]


def with_argument(name: str, position: int, value: Any) -> tuple[Any, ...]:
    """A question that has an answer, but for one argument."""
    arguments = list(ARGUMENTS[name])
    arguments[position] = value
    return (name, *arguments)


__all__ = ["ARGUMENTS", "MODULE", "OPTIONAL", "At", "Omitted", "asked", "every_argument", "failed", "with_argument"]

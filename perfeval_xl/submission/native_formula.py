"""内置公式: what stays of a cell's formula where our functions do not exist."""

from __future__ import annotations

_OURS = "PE_"
_OUTWARD = ("HYPERLINK", "WEBSERVICE", "FILTERXML", "RTD", "CALL", "REGISTER.ID", "EXEC", "INDIRECT", "IMAGE")


def native_part(formula: str) -> str:
    """``IFERROR(0+PE_X(…),native)`` becomes ``native``; any other formula stays.

    >>> native_part('IFERROR(0+PE_SCORE(E28,"a,b"),IF(E28="","",E28/2))'), native_part("SUM(A1:A3)")
    ('IF(E28="","",E28/2)', 'SUM(A1:A3)')
    """
    head, bracket, inside = formula.partition("(")
    if head.upper() != "IFERROR" or not bracket or not inside.endswith(")"):
        return formula
    parts = _arguments(inside[:-1])
    return parts[1] if len(parts) == 2 and _OURS in parts[0].upper() else formula


def uses_our_functions(formula: str) -> bool:
    """Whether it calls a function that exists only here, or one that leads out of the workbook."""
    said = _without_texts(formula).upper()
    return _OURS in said or any(f"{name}(" in said for name in _OUTWARD)


def _without_texts(formula: str) -> str:
    return "".join(piece for number, piece in enumerate(formula.split('"')) if number % 2 == 0)


def _arguments(text: str) -> list[str]:
    """Arguments at the top level: commas within brackets, texts and sheet names do not count."""
    parts, depth, quote, start = [], 0, "", 0
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "({":
            depth += 1
        elif character in ")}":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]

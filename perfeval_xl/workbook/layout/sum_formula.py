"""没有存结果的合计公式: sums that a program saved without their results, added up from the cells they name."""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.number import exact_sum
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import area

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from perfeval_xl.workbook.grid import Cell

    Cells = Mapping[tuple[int, int], Cell]

_DEEPEST = 8        # sums of sums
_MOST_CELLS = 2_000


def summed(cells: Cells, formula: str, depth: int = _DEEPEST) -> float | None:
    """合计的结果 of ``SUM(A1:A3,B2)`` or ``A1+A2``, also within ``IF(COUNT(…)=0,"",…)``; None for anything else.

    Blanks and texts count as nothing, as Excel counts them in a SUM; nothing but numbers may stand in a chain of plus signs.
    """
    match = _sum().fullmatch("".join(formula.split()).replace("$", "").upper())
    if match is None or depth == 0:
        return None
    is_chain = match["chain"] is not None
    numbers: list[float] = []
    places = list(_places(match["chain"].replace("+", ",") if is_chain else match["list"]))
    for place in places if len(places) <= _MOST_CELLS else ():
        cell = cells.get(place)
        value = None if cell is None else cell.value
        if value is None and cell is not None and cell.formula:
            value = summed(cells, cell.formula, depth - 1)
            if value is None:
                return None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            numbers.append(float(value))
        elif is_chain and value is not None:
            return None
    return exact_sum(numbers) if numbers else None


def _places(text: str) -> Iterator[tuple[int, int]]:
    left = _MOST_CELLS
    for found in filter(None, map(area, text.split(","))):
        for row in range(found.first_row, found.last_row + 1):
            for column in range(found.first_column, found.last_column + 1):
                left -= 1
                yield row, column
                if left < 0:
                    return


@cache
def _sum() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - few files need it

    reference = r"[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?"
    listed = rf"SUM\((?P<list>{reference}(?:,{reference})*)\)"
    chain = r"(?P<chain>[A-Z]{1,3}[0-9]{1,7}(?:\+[A-Z]{1,3}[0-9]{1,7})+)"
    return re.compile(rf'(?P<guard>IF\(COUNT\([A-Z0-9:,]+\)=0,"",)?(?:{listed}|{chain})(?(guard)\)|)')

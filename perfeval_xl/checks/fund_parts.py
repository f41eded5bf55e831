"""资金分项: which funding rows are the parts of which total, down the block and across its groups of columns."""

from __future__ import annotations

from perfeval_xl.core.assessment import is_total_row
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.core.table import Fund

_NUMERALS, _FLOWS = tuple("一二三四五六七八九十"), ("基金收入", "基金支出", "本年收入", "本年支出", "结余")


def additions(funds: Sequence[Fund]) -> Iterator[tuple[Fund, list[Fund]]]:
    """应当相加的: what must add up, a total row and its parts; where projects are listed with like parts, these by project and by part."""
    groups = _groups(funds)
    if not groups:
        runs = runs_of(funds)
        for run in runs:
            yield from blocks_of(run)
        yield from _across(runs)
        return
    yield from groups
    (grand, sources), *projects = groups
    if is_total_row(grand):
        yield grand, [project for project, _ in projects]
        for place, source in enumerate(sources):
            yield source, [parts[place] for _, parts in projects]


def runs_of(funds: Sequence[Fund]) -> list[list[Fund]]:
    """并列的几组列: groups of columns over the same rows, 合计 | 统筹基金 | 个人账户, one after the other; all in one run where there are none."""
    labels = [fund.label.cell for fund in funds]
    rows = labels.index(labels[0], 1) if labels and labels[0] in labels[1:] else 0
    if rows < 2 or labels != labels[:rows] * (len(labels) // rows):
        return [list(funds)]
    return [list(funds[start : start + rows]) for start in range(0, len(funds), rows)]


def _across(runs: list[list[Fund]]) -> Iterator[tuple[Fund, list[Fund]]]:
    """Each row of the group 合计, which goes by its own name, and the same row in the other groups, called by these."""
    whole, *others = runs
    if len(others) < 2 or any(not part.words.startswith(fund.words) for run in others for fund, part in zip(whole, run, strict=True)):
        return
    for fund, *parts in zip(*runs, strict=True):
        yield fund, [part._replace(label=part.label._replace(text=part.words[len(fund.words) :])) for part in parts]


def _groups(funds: Sequence[Fund]) -> list[tuple[Fund, list[Fund]]]:
    """Rows followed by 其中 with what stands below them; none unless there are several and all list the same parts."""
    labels = [fund.words for fund in funds]
    starts = [at for at in range(len(funds) - 1) if labels[at + 1].startswith("其中") and not labels[at].startswith("其中")]
    if len(starts) < 2 or starts[0] or sum(map(is_total_row, funds)) > 1:
        return []
    spans = list(zip(starts, [*starts[1:], len(funds)], strict=True))
    alike = {tuple(labels[start + 1 : end]) for start, end in spans}
    return [(funds[start], list(funds[start + 1 : end])) for start, end in spans] if len(alike) == 1 else []


def blocks_of(funds: Sequence[Fund]) -> Iterator[tuple[Fund, list[Fund]]]:
    """各合计行与分项: each total row with the rows up to the next total row, or with those above it where it closes the block.

    A first row above 其中 is a total by whatever name, and so are its equals: 一、基金收入, 二、基金支出.
    """
    totals = [number for number, fund in enumerate(funds) if is_total_row(fund)]
    if totals == [len(funds) - 1]:
        yield funds[-1], list(funds[:-1])
        return
    is_headed = len(funds) > 1 and funds[1].words.startswith("其中") and not funds[0].words.startswith("其中")
    starts = [number for number, fund in enumerate(funds) if number in totals or (is_headed and (number == 0 or (0 not in totals and _are_peers(funds[0], fund))))]
    for start, end in zip(starts, [*starts[1:], len(funds)], strict=False):
        if end - start > 1:
            yield funds[start], list(funds[start + 1 : end])


def _are_peers(first: Fund, other: Fund) -> bool:
    """一、 beside 二、, or both of them 收入, 支出 or 结余."""
    pair = (first.words, other.words)
    numbered = all(words[:1] in _NUMERALS and words[1:2] in ("、", ".", "．") for words in pair)
    return numbered or all(any(word in words for word in _FLOWS) and not words.startswith("其中") for words in pair)

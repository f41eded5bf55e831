"""出错说明: what a clerk wrote beside a finding, kept across runs and stale once the values change."""

from __future__ import annotations

from perfeval_xl.checks.empty_talk import is_mere_repetition, length, letters, says_nothing
from perfeval_xl.core.finding import ERROR, EXPLAIN, Finding
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.grid import EXPLANATION_COLUMN, RESULT_SHEET
from perfeval_xl.workbook.results.result_rows import FIRST_ROW, HEADER_ROW, HEADINGS, stale_note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeGuard

    from perfeval_xl.workbook.grid import Sheet, Workbook

SHORTEST = 6
_FEWEST_CHINESE = 2     # digits and codes explain nothing by themselves


class Typed(Record):
    """An explanation as found: for which problem, with which values, it was written, and its text."""

    check: str
    place: str
    problem: str
    text: str
    item: str = ""


class Explained(Record):
    """A finding with what was written about it; without a finding the problem has gone and the text is kept.

    ``problem``: what the text was written for, where that is not the finding's message. It is kept in 校验结果, so that a
    stale text stays stale however often the check runs, and counts again should the values return; ``check``, ``place``
    and ``item`` likewise of what has gone.
    """

    finding: Finding | None
    typed: str
    status: str
    check: str = ""
    place: str = ""
    item: str = ""
    problem: str = ""


def typed_explanations(workbook: Workbook) -> list[Typed]:
    """Every explanation on an earlier 校验结果 of this workbook."""
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == RESULT_SHEET), None)
    if sheet is None or _text(sheet, HEADER_ROW, "出错说明") != "出错说明":
        return []
    rows = sorted([row for row, column in sheet.cells if column == EXPLANATION_COLUMN and row >= FIRST_ROW])
    found = [Typed(*(_text(sheet, row, heading) for heading in ("规则", "单元格", "问题", "出错说明", "项目"))) for row in rows]
    return [_as_written(typed, _text(sheet, row, "怎么改")) for row, typed in zip(rows, found, strict=True) if typed.text]


def _as_written(typed: Typed, mending: str) -> Typed:
    """A stale text that nobody has touched since still belongs to the problem it was written for."""
    _, stale, problem = mending.partition(stale_note(typed.text, ""))
    return typed._replace(problem=problem) if stale else typed


def _text(sheet: Sheet, row: int, heading: str) -> str:
    cell = sheet.cells.get((row, HEADINGS.index(heading) + 1))
    return "" if cell is None or cell.value is None else str(cell.value).strip()


def refusal(text: str, problem: str = "") -> str:
    """Why an explanation is not accepted; "" when it is. ``problem``: what it explains, which it must not just repeat.

    >>> refusal("情况属实。"), refusal("年中追加参保补助 49.17 万元, 已报财政批复")
    ('说明太笼统, 请写清具体原因', '')
    >>> refusal("延期"), refusal("情况属实, 数据准确无误"), refusal("啊啊啊啊啊啊"), refusal("20240630")
    ('说明太短, 至少 6 个字', '说明太笼统, 请写清具体原因', '说明只是重复的字, 请写清具体原因', '说明里没有文字, 请写清具体原因')
    """
    if says_nothing(text):
        return "说明太笼统, 请写清具体原因"
    if length(text) < SHORTEST:
        return f"说明太短, 至少 {SHORTEST} 个字"
    if is_mere_repetition(text):
        return "说明只是重复的字, 请写清具体原因"
    if sum(not character.isascii() for character in letters(text)) < _FEWEST_CHINESE:
        return "说明里没有文字, 请写清具体原因"
    return "说明照抄了问题, 请写清具体原因" if letters(text) in letters(problem) else ""


def explained(findings: Sequence[Finding], typed: Sequence[Typed]) -> list[Explained]:
    """Findings with their explanations; an explanation counts only for the very same problem, wherever its row went.

    A text of the same check at the same cell whose values have changed stays beside the finding, and does not count.
    """
    left = list(typed)
    said: dict[int, Typed] = {}
    for is_its_own in (_is_same, _is_moved, _is_at_its_place):
        waiting = [(place, finding) for place, finding in enumerate(findings) if place not in said]
        for place, finding in waiting:
            own = next((text for text in left if is_its_own(finding, text)), None)
            if own is None or (is_its_own is _is_moved and not _is_the_only(own, finding, left, waiting)):
                continue
            said[place] = own
            left.remove(own)
    gone = [Explained(None, text.text, "问题已消除", text.check, text.place, text.item, text.problem) for text in left]
    return [_joined(finding, said.get(place)) for place, finding in enumerate(findings)] + gone


def refusals(items: Sequence[Explained]) -> dict[Finding, str]:
    """没有采纳的出错说明: questions whose explanation does not count, with the reason."""
    return {item.finding: item.status for item in items if item.typed and _is_open(item.finding)}


def _is_open(finding: Finding | None) -> TypeGuard[Finding]:
    return finding is not None and finding.level == EXPLAIN and not finding.explanation


def _is_the_only(text: Typed, finding: Finding, left: list[Typed], waiting: list[tuple[int, Finding]]) -> bool:
    """Of two rows that look alike nobody can tell which one an explanation moved with."""
    return sum(_is_moved(finding, other) for other in left) == 1 == sum(_is_moved(other, text) for _, other in waiting)


def _is_at_its_place(finding: Finding, text: Typed) -> bool:
    return (text.check, text.place) == (finding.check, _place(finding))


def _is_same(finding: Finding, text: Typed) -> bool:
    return _is_at_its_place(finding, text) and _bare(text.problem) == _bare(finding.message)


def _is_moved(finding: Finding, text: Typed) -> bool:
    """The very same values of the same row, a few rows further down since a row was put in above it."""
    if text.check != finding.check or not text.item or text.item != finding.item.strip():
        return False
    return _bare(text.problem.removeprefix(text.place)) == _bare(finding.message.removeprefix(_place(finding)))


def _place(finding: Finding) -> str:
    return f"{finding.sheet} {finding.cell}"


def _bare(message: str) -> str:
    return "".join(message.split())


def _joined(finding: Finding, said: Typed | None) -> Explained:
    waiting = {ERROR: "须修改", EXPLAIN: "待说明"}.get(finding.level, "供参考")
    if said is None:
        return Explained(finding, "", waiting)
    if not (_is_same(finding, said) or _is_moved(finding, said)):
        status = "数值已变, 请重新说明" if finding.level == EXPLAIN else waiting
        return Explained(finding, said.text, status, problem=said.problem)
    if finding.level == ERROR:
        return Explained(finding, said.text, waiting)
    reason = refusal(said.text, finding.message)
    if reason:
        return Explained(finding, said.text, reason if finding.level == EXPLAIN else waiting)
    return Explained(finding._replace(explanation=said.text), said.text, "已说明")

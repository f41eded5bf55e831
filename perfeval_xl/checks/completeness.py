"""A 完整性: what must be filled is filled, and no placeholder of the form is left."""

from __future__ import annotations

from perfeval_xl.checks.blank_block import MOST_SINGLE, Blank, whole_block
from perfeval_xl.checks.check import Mismatch, cells, fund_item, numbered, row_item, shown
from perfeval_xl.checks.spelling import is_malformed
from perfeval_xl.checks.topic import names_topic
from perfeval_xl.checks.weights import part_rows
from perfeval_xl.core.assessment import Assessment, is_total_row, main_fund
from perfeval_xl.core.execution_row import names_execution
from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.memory import cache
from perfeval_xl.core.reading.spelling import has_digit
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import BLANK, ERROR, TEXT, Indicator, Table, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_POINTS = ("weight", "written_score")
_AMOUNTS = (("initial_budget", "年初预算数"), ("budget", "全年预算数"), ("executed", "全年执行数"))
_NONE = ("不适用", "没有", "暂无", "空白", "不扣分", "未扣分", "无扣分", "不计分", "不评分")
_TARGET = "年度指标值"
_COLUMNS = (("target", _TARGET), ("actual", "全年完成值"), ("weight", "分值"), ("written_score", "得分"))
_FILLED = ("level3", *(field for field, _ in _COLUMNS))


def heading_filled(assessment: Assessment) -> Iterator[Mismatch]:
    """A01 表头: every labelled line above the funding block is filled. A blank is the finding."""
    for label, value in assessment.table.heading.required:
        if value.exists and value.is_blank:
            yield Mismatch(value, label, f"「{label}」没有填写", f"请填写{label}", "空", label, cells(value))


def rows_filled(assessment: Assessment) -> Iterator[Mismatch]:
    """A02 每项指标: target, actual, weight and score, as far as the form has the column. A blank is the finding.

    A form without a single indicator is one finding. A column blank in every row is one finding, at its first cell; a
    dozen blanks and more besides are one finding for the block, and so they are for the funds. Targets blank in a whole class of rows are one question; without any weight no
    score is asked for. Rows such as 其中… need no points of their own, and the row above them no values. An error value
    such as #N/A, or words where points or an amount belong, fill a cell no better than a blank; of an amount with words
    around its digits it is asked.
    """
    yield from _funds_filled(assessment)
    yield from _unusable(assessment)
    indicators = [result.indicator for result in assessment.indicators]
    if any(_is_empty(getattr(item, field)) for item in indicators for field in _FILLED):
        yield from _blanks(assessment, indicators)
    elif not indicators and _is_empty(assessment.table.first_indicator) and not assessment.table.unread:
        first = assessment.table.first_indicator
        yield Mismatch(first, "绩效指标", "绩效指标一项都没有填写", "请逐项填写指标名称、指标值和完成值", "空", "绩效指标", cells(first))
    goal = assessment.table.goal_done
    if _is_empty(goal):
        yield _empty(goal, "年度总体目标", "全年实际完成情况", -1)


def _blanks(assessment: Assessment, indicators: list[Indicator]) -> Iterator[Mismatch]:
    """By column, then the names of the rows; many of them are one finding."""
    blanks = _asked_blanks(assessment, indicators)
    by_column = [[blank for blank in blanks if blank.label == label] for _, label in _COLUMNS]
    columns = [column for column in by_column if len(column) == len(indicators) > 1]
    groups = {} if by_column[0] in columns else _targetless(indicators)
    classes = [blank for blank in by_column[0] if blank.row in groups]
    singles = [blank for blank in blanks if blank not in classes and not any(blank in column for column in columns)]
    if len(singles) > MOST_SINGLE:
        yield whole_block("绩效指标", [blank for blank in blanks if blank not in classes])
    else:
        for column in columns:
            yield _blank_column(column[0], len(column))
        for blank in singles:
            item = indicators[blank.row]
            yield _empty(blank.value, (item.level2.text if blank.value is item.level3 else item.name).strip(), blank.label, blank.row)
    for blank in classes:
        if groups[blank.row]:
            yield _empty(blank.value, groups[blank.row], blank.label, blank.row)._replace(level=EXPLAIN)


def _asked_blanks(assessment: Assessment, indicators: list[Indicator]) -> list[Blank]:
    unasked = unasked_blanks(assessment)
    if len(indicators) > 1 and all(_is_empty(item.weight) for item in indicators):
        unasked |= {(number, "written_score") for number in range(len(indicators))}
    found = [
        Blank(label, number, getattr(item, field))
        for field, label in _COLUMNS for number, item in enumerate(indicators)
        if _is_empty(getattr(item, field)) and (number, field) not in unasked
    ]  # fmt: skip
    return found + [
        Blank("三级指标", number, item.level3)
        for number, item in enumerate(indicators)
        if _is_empty(item.level3) and not all(_is_empty(getattr(item, field)) for field, _ in _COLUMNS)
    ]


def _blank_column(first: Blank, rows: int) -> Mismatch:
    label = first.label
    return Mismatch(first.value, label, f"「{label}」整列 {rows} 行都没有填写", f"请逐行填写{label}", "空", label, cells(first.value))


def _unusable(assessment: Assessment) -> Iterator[Mismatch]:
    """Error values anywhere in a row, words in a cell for points or an amount; fillers such as — mean nothing there."""
    usual = {field for field in _POINTS for result in assessment.indicators if getattr(result.indicator, field).number is not None}
    for number, result in numbered(assessment):
        for field, label in _COLUMNS:
            value: Value = getattr(result.indicator, field)
            if _is_error(value) or (field in _POINTS and is_wording(value)) or (field in usual and _is_unclear(value)):
                yield _not_filled(value, row_item(result), label, number)
    for fund in assessment.table.funds:
        for field, label in _AMOUNTS:
            value = getattr(fund, field)
            if _is_error(value) or is_wording(value):
                yield _not_filled(value, fund_item(fund), label, -1)
            elif _is_unclear(value):
                yield _not_filled(value, fund_item(fund), label, -1)._replace(level=EXPLAIN)
    total = assessment.table.total_score
    if _is_error(total) or is_wording(total):
        yield _not_filled(total, "合计", "得分", -1)


def _is_error(value: Value) -> bool:
    return value.state == ERROR and value.typed


def is_wording(value: Value) -> bool:
    """写着字而不是数: words of at least two characters with no digit among them: 完成, 见附件; not — or /."""
    if value.number is not None or not value.typed:
        return False
    words = [character for character in value.text if character.isalpha()]
    return len(words) > 1 and not any(c.isdigit() for c in value.text) and value.text.strip() not in _NONE


def _is_unclear(value: Value) -> bool:
    """Digits among other things, which no sum will count: 约15, 110(含结转10), a date; what D13 asks of is its own."""
    return value.state == TEXT and value.number is None and value.typed and has_digit(value.text) and not is_malformed(value)


def _not_filled(value: Value, item: str, label: str, row: int) -> Mismatch:
    said = f"是错误值 {shown(value)}" if value.state == ERROR else f"写的是「{shown(value)}」, 不是数"
    return Mismatch(value, item, f"「{item}」的{label}{said}", f"请填写{label}", shown(value), label, cells(value), row=row)


def unasked_blanks(assessment: Assessment) -> set[tuple[int, str]]:
    """不用填的空格: blanks that are right: the points of a part row, the values of the row whose parts follow it, the target of 预算执行率, and its actual value where the funding block tells it and the row has but a score."""
    parts = part_rows(assessment)
    rates = {number for number, result in numbered(assessment) if names_execution(result.indicator.name)}
    is_told = any(fund.executed.number is not None for fund in assessment.table.funds)
    told = {row for row in rates if is_told and assessment.indicators[row].indicator.target.is_blank and assessment.indicators[row].indicator.weight.is_blank}
    return {(row, field) for row in parts for field in ("weight", "written_score")} | {
        (row - 1, field) for row in parts - {0} if row - 1 not in parts for field in ("target", "actual")
    } | {(row, "target") for row in rates} | {(row, "actual") for row in told} | _shared_out([result.indicator for result in assessment.indicators])


def _shared_out(indicators: list[Indicator]) -> set[tuple[int, str]]:
    """Blanks of a row that has only points, and of the rows below it that have only values: one indicator over several rows."""
    found: set[tuple[int, str]] = set()
    head = -1
    for number, item in enumerate(indicators):
        filled = [not _is_empty(getattr(item, field)) for field, _ in _COLUMNS]
        if filled == [False, False, True, True]:
            head = number
        elif filled != [True, True, False, False]:
            head = -1
        elif head >= 0:
            found |= {(head, "target"), (head, "actual"), (number, "weight"), (number, "written_score")}
    return found


def _targetless(indicators: list[Indicator]) -> dict[int, str]:
    """Rows of a class in which no row has a target though some have results; the first of them with the class's name."""
    groups: dict[str, list[int]] = {}
    for number, item in enumerate(indicators):
        groups.setdefault(item.level1.text.strip(), []).append(number)
    return {
        number: f"{name}各项" if number == rows[0] else ""
        for name, rows in groups.items()
        if name and len(rows) > 1 and all(indicators[row].target.is_blank for row in rows) and any(indicators[row].actual.typed for row in rows)
        for number in rows
    }


def _funds_filled(assessment: Assessment) -> Iterator[Mismatch]:
    table = assessment.table
    blanks = [blank for row in range(len(table.funds)) for blank in _fund_blanks(table, row)]
    if len(blanks) > MOST_SINGLE:
        yield whole_block("资金情况", blanks)
    else:
        for blank in blanks:
            yield _empty(blank.value, fund_item(table.funds[blank.row]), blank.label, -1)
    if _is_empty(table.total_score) and any(not r.indicator.written_score.is_blank for r in assessment.indicators):
        yield _empty(table.total_score, "合计", "得分", -1)


def _fund_blanks(table: Table, row: int) -> list[Blank]:
    fund, main = table.funds[row], main_fund(table.funds)
    counts = fund is main or is_total_row(fund) or table.kind == "fund" or bool(fund.weight.number)
    amounts = [(fund.budget, "全年预算数"), (fund.executed, "全年执行数")] if counts else []
    points = [(fund.written_score, "得分")] if fund.full_marks.number and (fund.weight.exists or fund is main) else []
    return [Blank(label, row, value) for value, label in (*amounts, *points) if _is_empty(value)]


def _is_empty(value: Value) -> bool:
    return value.state == BLANK and value.exists and not value.computed


def _empty(value: Value, item: str, label: str, row: int) -> Mismatch:
    return Mismatch(value, item, f"「{item}」的{label}没有填写", f"请填写{label}", "空", label, cells(value), row=row)


_FILLER_STARTS, _FILLER_MARK = ("*", "x", "X", "×", "…", ".", "。", "待填", "请填写", "(填写", "（填写", "指标"), "字以内"


def _is_placeholder(text: str) -> bool:
    bare = text.strip()
    return (bare.startswith(_FILLER_STARTS) or _FILLER_MARK in bare) and bool(_placeholder()(bare))


@cache
def _placeholder() -> Callable[[str], object]:
    import re  # noqa: PLC0415 - compiled when first needed

    words = r"\*+|[xX×]{2,}[年月日%个]*|指标\s*\d+[:：]?|[…\.。]{2,}|待填\S{0,4}|请填写\S*|[（(]填写\S*|\S*[（(]\d+字以内[)）]"
    return re.compile(words).fullmatch


_CHOICES = frozenset(
    ("好坏", "是否", "有无", "优良中差", "优良差", "好中差", "高中低", "达标不达标", "合格不合格", "完成未完成", "达成未达成", "达成部分达成未达成", "及时不及时")
)  # fmt: skip
_BOXES, _TICKS = "□☐", "☑☒√✓✔■●"
_TELLING = frozenset(_BOXES) | {choice[-1] for choice in _CHOICES}     # no list of choices without one of them


def _is_unchosen(text: str) -> bool:
    """The choices a cell offers, none of them taken: 好坏, 是/否, □是 □否."""
    if _TELLING.isdisjoint(text):
        return False
    words = "".join(sign for sign in text if sign.isalpha())
    offered = sum(text.count(box) for box in _BOXES) > 1
    return words in _CHOICES or (offered and not any(tick in text for tick in _TICKS))


def no_placeholder(assessment: Assessment) -> Iterator[Mismatch]:
    """A03 占位文字: nothing of the printed form's own filler text is left as an answer, and no list of choices as a result.

    A target that names its topic only («…情况的评价») is asked. A blank is A02's.
    """
    yield from _topics(assessment)
    for label, value in assessment.table.heading.required:
        if value.typed and _is_placeholder(value.text):
            yield _filler(value, label, -1)
    for number, result in numbered(assessment):
        item: Indicator = result.indicator
        for value in (item.level3, item.target, item.actual):
            if _is_placeholder(value.text) and value.typed:
                yield _filler(value, row_item(result), number)
        if _is_unchosen(item.actual.text) and item.actual.typed:
            yield Mismatch(
                item.actual, row_item(result), f"完成值「{shown(item.actual)}」列着几个选项, 没有选定", "请只写实际完成的那一种情况",
                shown(item.actual), "选定的一种情况", cells(item.actual), row=number,
            )  # fmt: skip


def _topics(assessment: Assessment) -> Iterator[Mismatch]:
    """Targets that repeat what the indicator is about: one question per form, at the first of them."""
    named = [(number, result) for number, result in numbered(assessment) if names_topic(result.indicator.name, result.indicator.target.text)]
    for number, result in named[:1]:
        target = result.indicator.target
        more = f", {'、'.join(other.indicator.target.cell for _, other in named[1:6])}也是如此" if named[1:] else ""
        yield Mismatch(
            target, row_item(result), f"指标值「{shown(target)}」只重复了指标的内容, 没有写要达到什么程度{more}",
            "请写明要达到的数值或状态, 如「≥95%」「全部落实」; 本年已批复不能改的, 请写明按什么判断", shown(target), "要达到的程度", cells(target),
            EXPLAIN, number,
        )  # fmt: skip


def _filler(value: Value, item: str, row: int) -> Mismatch:
    return Mismatch(
        value, item, f"「{shown(value)}」是表样里的占位文字", "请换成实际内容", shown(value), "实际内容", cells(value), row=row
    )


_CLASS_WORDS = {
    "decision": ("决策",),
    "process": ("过程", "管理"),
    "output": ("产出", "数量", "质量", "时效"),
    "benefit": ("效益", "效果", "成效", "影响"),
    "satisfaction": ("满意",),
}
_INNER = {"decision", "process"}
_CLASS_NAMES = {"decision": "决策指标", "process": "过程指标", "output": "产出指标", "benefit": "效益指标", "satisfaction": "满意度指标"}


def classes_present(assessment: Assessment) -> Iterator[Mismatch]:
    """A04 一级指标: the classes the ruleset gives weight to are present. Tables without level names are left alone, and so
    are those whose classes mostly bear names of the office's own.

    Refused only where the table names its ruleset: elsewhere an office may lawfully do with fewer classes, and 决策 or
    过程 is asked for only where the other is there. A missing 满意度 class may be right for a project that serves nobody
    directly, so it is always asked.
    """
    names = "".join([level.text for result in assessment.indicators for level in result.indicator[:3]])
    names = "".join(names.split())
    wanted = [name for name in assessment.rules.weights if name in _CLASS_WORDS]
    present = {name for name in wanted if any(word in names for word in _CLASS_WORDS[name])}
    if not present or assessment.table.kind == "department" or not _names_classes(assessment):
        return
    first = assessment.indicators[0].indicator.level1
    upper = "".join([result.indicator.level1.text for result in assessment.indicators])
    is_inner = any(word in "".join(upper.split()) for name in _INNER for word in _CLASS_WORDS[name])
    unasked = set() if assessment.table.ruleset or is_inner else _INNER
    for name in wanted:
        if name not in present and name not in unasked:
            label = _CLASS_NAMES[name]
            level = EXPLAIN if name == "satisfaction" or not assessment.table.ruleset else ""
            yield Mismatch(first, label, f"没有「{label}」", f"请补充{label}", "无", label, cells(first), level=level)


def _names_classes(assessment: Assessment) -> bool:
    """Some level names stand on the form, and at least half of those of the first level are known classes."""
    labels = {"".join(result.indicator.level1.text.split()) for result in assessment.indicators} - {""}
    known = [label for label in labels if any(word in label for words in _CLASS_WORDS.values() for word in words)]
    if not labels:
        return any(result.indicator.level2.exists for result in assessment.indicators)
    return bool(known) and len(known) * 2 >= len(labels)

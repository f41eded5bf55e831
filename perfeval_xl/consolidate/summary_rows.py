"""汇总各表的行: what each sheet of the summary says, ready for the workbook, for CSV and for Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from perfeval_xl.consolidate.arrival import (
    DOUBLED,
    MISSING,
    OTHER,
    SENT,
    UNKNOWN,
    UNREADABLE,
    Arrival,
    Situation,
)
from perfeval_xl.consolidate.outcome import CHANGED, NO_RECORD, TableOutcome
from perfeval_xl.core.labels import KINDS, LEVELS
from perfeval_xl.core.number import exact_sum

Cell = str | float | None
Row = tuple[Cell, ...]

SITUATION, SUMMARY, INDICATORS, FINDINGS, STATISTICS = "报送情况", "汇总", "指标明细", "校验发现", "统计"
HEADINGS: dict[str, tuple[str, ...]] = {
    SITUATION: ("单位", "状态", "文件", "报送时间", "报送记录", "错误", "核实", "说明"),
    SUMMARY: (
        "单位", "表类", "表名", "年度", "评分办法", "预算数(万元)", "执行数(万元)", "执行率", "得分", "各项之和", "差", "等级", "错误", "核实", "提示", "已说明", "文件",
    ),
    INDICATORS: (
        "单位", "表名", "一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "计算得分", "完成率", "偏差率", "原因", "单元格", "文件",
    ),
    FINDINGS: ("单位", "文件", "级别", "规则", "工作表", "单元格", "项目", "问题", "填报值", "应为", "怎么改", "依据", "出错说明"),
}  # fmt: skip
_RECORDS = {NO_RECORD: "无报送记录", CHANGED: "报送后被改动"}
_MOST_NAMED = 5


def rows_of(sheet: str, situation: Situation) -> Iterator[Row]:
    """一张表的各行 below its headings."""
    return {SITUATION: _situation, SUMMARY: _summary, INDICATORS: _indicators, FINDINGS: _findings}[sheet](situation)


def _situation(situation: Situation) -> Iterator[Row]:
    for unit in situation.missing:
        yield unit, MISSING, None, None, None, None, None, "请催报"
    for arrival in sorted(situation.arrivals, key=lambda each: (each.is_usable, each.unit, each.file)):
        if not arrival.is_usable:
            yield arrival.unit, UNREADABLE, arrival.file, _time(arrival), None, None, None, arrival.outcome.reason
            continue
        state = DOUBLED if arrival.file in situation.latest else UNKNOWN if arrival.unit in situation.strangers else SENT
        outcome = arrival.outcome
        said = [*_doubled(arrival, situation), *_changed(arrival), *arrival.remarks]
        record = _RECORDS.get(outcome.status, "与报送时一致")
        yield arrival.unit, state, arrival.file, _time(arrival), record, outcome.counts["error"], outcome.counts["explain"], "; ".join(said)
    for name in situation.others:
        yield None, OTHER, name, None, None, None, None, "不是表格文件, 没有读"


def _doubled(arrival: Arrival, situation: Situation) -> list[str]:
    newest = situation.latest.get(arrival.file)
    if newest is None:
        return []
    return ["这份最新, 汇总采用" if newest is arrival else f"另有更新的一份: {newest.file}"]


def _changed(arrival: Arrival) -> list[str]:
    places = [f"{sheet} {cell} 原为「{was}」现为「{now}」" for sheet, cell, was, now in arrival.outcome.changed]
    more = f" 等 {len(places)} 处" if len(places) > _MOST_NAMED else ""
    return [f"报送后改动: {', '.join(places[:_MOST_NAMED])}{more}"] if places else []


def _time(arrival: Arrival) -> str:
    if arrival.outcome.made_at:
        return arrival.outcome.made_at[:16].replace("T", " ")
    return datetime.fromtimestamp(arrival.modified).astimezone().strftime("%Y-%m-%d %H:%M")


def counted(situation: Situation) -> list[Arrival]:
    """采用的文件: of doubled tables the newest, every other usable file, in the order of the units."""
    older = {file for file, newest in situation.latest.items() if newest.file != file}
    return sorted((each for each in situation.usable if each.file not in older), key=lambda each: (each.unit, each.file))


def _summary(situation: Situation) -> Iterator[Row]:
    for arrival in counted(situation):
        counts = arrival.outcome.counts
        for number, table in enumerate(arrival.outcome.tables):
            tally: tuple[Cell, ...] = (counts["error"], counts["explain"], counts["hint"], counts["explained"])
            yield (
                arrival.unit, KINDS[table.kind], table.title, table.year, table.ruleset, table.budget, table.executed,
                table.execution_rate, table.score, table.points, _gap(table), table.grade, *(tally if number == 0 else (None,) * 4), arrival.file,
            )  # fmt: skip


def _gap(table: TableOutcome) -> float | None:
    """总得分减各项之和; nothing where there is no total."""
    return None if table.score is None else exact_sum([table.score, -table.points])


def _indicators(situation: Situation) -> Iterator[Row]:
    for arrival in counted(situation):
        unit, file = arrival.unit, arrival.file
        for table, rows in zip(arrival.outcome.tables, arrival.outcome.indicators, strict=True):
            for row in rows:
                yield unit, table.title, *row, file


def _findings(situation: Situation) -> Iterator[Row]:
    for arrival in counted(situation):
        for check, level, sheet, cell, item, message, written, expected, basis, fix, explanation in arrival.outcome.findings:
            yield arrival.unit, arrival.file, LEVELS[level], check, sheet, cell, item, message, written, expected, fix, basis, explanation


def row_counts(situation: Situation) -> dict[str, int]:
    """每张表有多少行, without reading any details."""
    outcomes = [arrival.outcome for arrival in counted(situation)]
    return {
        SITUATION: len(situation.missing) + len(situation.arrivals) + len(situation.others),
        SUMMARY: sum(len(outcome.tables) for outcome in outcomes),
        INDICATORS: sum(table.indicator_count for outcome in outcomes for table in outcome.tables),
        FINDINGS: sum(sum(outcome.tally.values()) for outcome in outcomes),
    }

"""报送情况: who has sent, who has not, what came twice, what was changed, what cannot be read. Every file is counted somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePath

from perfeval_xl import __version__
from perfeval_xl.consolidate.outcome import CHANGED, Outcome
from perfeval_xl.consolidate.roster import plain_name

SENT, MISSING, DOUBLED, UNREADABLE, UNKNOWN, OTHER = "已报送", "未报送", "重复报送", "无法读取", "不在名单", "不是表格"
_MOST_NAMED = 3


@dataclass(frozen=True)
class Arrival:
    """收到的一份文件 and the unit it belongs to."""

    file: str
    unit: str
    outcome: Outcome
    modified: float
    remarks: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        return not self.outcome.reason

    @property
    def sent_at(self) -> tuple[float, float]:
        """For telling the newest: the time in the record, else the time of the file; between equals the file's."""
        return _moment(self.outcome.made_at, self.modified), self.modified


@dataclass(frozen=True)
class Situation:
    """报送情况 of the whole batch. ``missing``: units nothing came from; ``unusable``: units of which nothing can be read.

    ``doubled``: the files of one unit that hold the same tables, a group each; ``strangers``: units that are on no roster;
    ``others``: files that are no workbooks.
    """

    expected: tuple[str, ...]
    arrivals: tuple[Arrival, ...]
    missing: tuple[str, ...]
    doubled: tuple[tuple[Arrival, ...], ...]
    strangers: tuple[str, ...]
    unusable: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def usable(self) -> tuple[Arrival, ...]:
        return tuple(arrival for arrival in self.arrivals if arrival.is_usable)

    @property
    def unreadable(self) -> tuple[Arrival, ...]:
        return tuple(arrival for arrival in self.arrivals if not arrival.is_usable)

    @property
    def changed(self) -> tuple[Arrival, ...]:
        return tuple(arrival for arrival in self.usable if arrival.outcome.status == CHANGED)

    @cached_property
    def latest(self) -> dict[str, Arrival]:
        """Of each doubled file the one that counts."""
        return {each.file: latest_of(sent) for sent in self.doubled for each in sent}

    @property
    def sentence(self) -> str:
        """应报 90 家, 已报 87 家 …, never a silent 87."""
        first = f"收到 {len({arrival.unit for arrival in self.usable})} 家"
        if self.expected:
            sent = len(self.expected) - len(self.missing) - len(self.unusable)
            first = f"应报 {len(self.expected)} 家, 已报 {sent} 家 ({sent}/{len(self.expected)}), 未报 {len(self.missing)} 家"
        parts = (
            (len(self.unusable), "家报来的文件都无法读取"),
            (len({sent[0].unit for sent in self.doubled}), "家重复报送"),
            (len(self.changed), "份报送后被改动"),
            (len(self.unreadable), "份无法读取"),
            (len(self.strangers), "家不在名单"),
            (len(self.others), "个文件不是表格, 没有读"),
        )
        return "; ".join([first, *(f"{count} {words}" for count, words in parts if count)])


def situation_of(read: Iterable[tuple[str, float, Outcome]], expected: Iterable[str], others: Iterable[str] = ()) -> Situation:
    """报送情况 from every file's name, time and outcome, the roster (empty for none) and what is no workbook."""
    units = tuple(expected)
    files = list(read)
    year = _usual_year(outcome for _, _, outcome in files)
    by_name = {plain_name(unit): unit for unit in units}
    arrivals = tuple(
        Arrival(file, _unit(file, outcome, by_name), outcome, modified, tuple(_remarks(outcome, year)))
        for file, modified, outcome in sorted(files, key=lambda entry: entry[0])
    )
    usable: dict[str, list[Arrival]] = {}
    for arrival in arrivals:
        if arrival.is_usable:
            usable.setdefault(arrival.unit, []).append(arrival)
    tried, known = {arrival.unit for arrival in arrivals}, set(units)
    return Situation(
        units,
        arrivals,
        tuple(unit for unit in units if unit not in tried),
        tuple(group for sent in usable.values() for group in _doubled(sent)),
        tuple(unit for unit in usable if known and unit not in known),
        tuple(unit for unit in units if unit in tried and unit not in usable),
        tuple(others),
    )


def _moment(made_at: str, modified: float) -> float:
    try:
        return datetime.fromisoformat(made_at).timestamp()
    except ValueError:
        return modified


def latest_of(sent: Iterable[Arrival]) -> Arrival:
    """最新的一份."""
    return max(sent, key=lambda each: each.sent_at)


def _doubled(sent: Iterable[Arrival]) -> Iterable[tuple[Arrival, ...]]:
    """The same tables twice: one unit may well send several different ones, and each of them counts."""
    groups: dict[tuple[tuple[str, str], ...], list[Arrival]] = {}
    for arrival in sent:
        groups.setdefault(_table_key(arrival.outcome), []).append(arrival)
    return (tuple(group) for group in groups.values() if len(group) > 1)


def _table_key(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((table.kind, plain_name(table.title)) for table in outcome.tables))


def _unit(file: str, outcome: Outcome, by_name: dict[str, str]) -> str:
    """Whose file it is: by the table, by the record, by the file name; else what the file says of itself.

    ``by_name``: the roster by plain names.
    """
    stated = [table.unit for table in outcome.tables if table.unit] + ([outcome.unit] if outcome.unit else [])
    for name in stated:
        if plain_name(name) in by_name:
            return by_name[plain_name(name)]
    shown = plain_name(file)
    named = [unit for plain, unit in by_name.items() if plain in shown]
    if named:
        return max(named, key=len)
    return stated[0] if stated else PurePath(file).stem.split("_")[0]


def _usual_year(outcomes: Iterable[Outcome]) -> int | None:
    years = Counter(table.year for outcome in outcomes for table in outcome.tables if table.year)
    return years.most_common(1)[0][0] if years else None


def _remarks(outcome: Outcome, year: int | None) -> Iterable[str]:
    yield from outcome.remarks
    others = sorted({table.year for table in outcome.tables if table.year and table.year != year})
    if others:
        yield f"年度是 {'、'.join(map(str, others))}, 其余单位多为 {year}"
    if outcome.engine and _edition(outcome.engine) < _edition(__version__):
        yield f"用旧版模板 ({outcome.engine}) 生成, 现为 {__version__}"
    if outcome.dangers:
        more = f" 等 {len(outcome.dangers)} 处" if len(outcome.dangers) > _MOST_NAMED else ""
        yield f"含有像公式的可疑内容: {'、'.join(outcome.dangers[:_MOST_NAMED])}{more}, 已只当文字处理"
    if outcome.has_macros:
        yield "文件带宏, 只读取了数据, 没有运行"
    if outcome.forced:
        yield f"带着未处理的问题报送, 理由: {outcome.forced}"


def _edition(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())

"""绩效自评表 as a value: what a filled form says and in which cell it says so."""

from __future__ import annotations

from perfeval_xl.core.number import Interval, printed
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

BLANK, NUMBER, TEXT, ERROR, LOGICAL = "blank", "number", "text", "error", "logical"


class Value(Record):
    """填报值: one cell of the form.

    ``cell``: address, "" where the form has no such cell. ``text``: as displayed, "" for a blank.
    ``number``: the numeric value (a percent is a ratio 0…1), None for blank, words and errors.
    ``ulp``: the unit of its last printed digit on the same scale, 0 when exact.
    ``state``: blank, number, text (also a number typed as text), error or logical.
    ``computed``: the cell holds one of our own formulas; its text is a cache and is never blamed.
    """

    cell: str = ""
    text: str = ""
    number: float | None = None
    ulp: float = 0.0
    state: str = BLANK
    computed: bool = False

    @property
    def exists(self) -> bool:
        return self.cell != ""

    @property
    def is_blank(self) -> bool:
        return self.state == BLANK

    @property
    def interval(self) -> Interval | None:
        """Every true value the printed one may stand for; None where there is no number."""
        return None if self.number is None else printed(self.number, self.ulp)

    @property
    def typed(self) -> bool:
        """A person typed it: the cell exists, is not blank and holds no formula of ours."""
        return self.cell != "" and self.state != BLANK and not self.computed


ABSENT = Value()


class Fund(Record):
    """资金行: one row of the funding block; amounts in the table's money unit, the rate as a ratio.

    ``meaning``: what its label is called on official forms, where an office that calls it otherwise said so; in no cell.
    """

    label: Value
    initial_budget: Value = ABSENT
    budget: Value = ABSENT
    executed: Value = ABSENT
    written_rate: Value = ABSENT
    weight: Value = ABSENT
    written_score: Value = ABSENT
    reason: Value = ABSENT
    balance: Value = ABSENT
    in_place: Value = ABSENT    # 到位数
    header_points: Value = ABSENT   # 得分(20分*执行率): the full marks in the header of a form without a column of weights
    meaning: Value = ABSENT

    @property
    def full_marks(self) -> Value:
        """满分 of the execution score: the weight of the row, else what the header states."""
        return self.weight if self.weight.exists else self.header_points

    @property
    def words(self) -> str:
        """The words by which a row is known as a total, as a part or by its source."""
        return (self.meaning.text or self.label.text).strip().rstrip(":：")


class Indicator(Record):
    """绩效指标: one row of the form. ``rule`` is the text of 评分规则, "" for the ruleset's own default.

    ``level3`` is the most detailed name, by which findings, contracts and rules know the row. On a form with 四级指标 that is
    the fourth level; the 三级指标 above it is the ``group``, and ``level2`` names both, 数量指标/培训, in the cell of the
    second level. ``second`` is that level as the form prints it.
    """

    level1: Value
    level2: Value
    level3: Value
    target: Value = ABSENT
    actual: Value = ABSENT
    weight: Value = ABSENT
    written_score: Value = ABSENT
    reason: Value = ABSENT
    evidence: Value = ABSENT
    sign: Value = ABSENT    # 指标性质
    unit: Value = ABSENT    # 度量单位
    polarity: Value = ABSENT    # 正向 or 反向, where a column beside the sign tells it
    group: Value = ABSENT       # 三级指标 above a 四级指标
    score_rate: Value = ABSENT  # 得分率, a ratio where it has a percent sign
    rule: str = ""

    @property
    def second(self) -> Value:
        """二级指标 as printed: ``level2`` without the group that a form with four levels joins to it."""
        if not self.group.text:
            return self.level2
        if self.level2.cell == self.group.cell:
            return ABSENT
        return self.level2._replace(text=self.level2.text.removesuffix(f"/{self.group.text}"))

    @property
    def name(self) -> str:
        return self.level3.text or self.level2.text or self.level1.text


def third_levels(indicators: Iterable[Indicator]) -> int:
    """三级指标数: the rows with a level-3 name; where the form has 四级指标, the groups they stand in and the rows without one."""
    items = list(indicators)
    groups = {(item.level1.text, item.second.text, item.group.text) for item in items if item.group.text}
    return len(groups) + len([item for item in items if item.level3.text and not item.group.exists])


class Subtotal(Record):
    """小计行: the weight and the score a form states for the indicators ``first`` to before ``end`` of its table."""

    label: Value
    first: int
    end: int
    weight: Value = ABSENT
    written_score: Value = ABSENT
    score_rate: Value = ABSENT


class Heading(Record):
    """表头: title, year and the named lines above the funding block."""

    title: Value = ABSENT
    year: int | None = None
    name: Value = ABSENT         # 项目名称 / 险种名称
    department: Value = ABSENT   # 主管部门
    unit: Value = ABSENT         # 实施单位
    money_unit: Value = ABSENT   # the cell that names 元 / 万元 / 亿元
    required: tuple[tuple[str, Value], ...] = ()  # every labelled line that must be filled


class Passage(Record):
    """文字栏: a labelled free text of the form.

    ``block``: conclusion 评价结论, problems 存在问题, measures 改进措施, note 说明, content 实施内容及过程, adjustment 预算调整说明,
    reason 整表的未完成原因, management 资金管理情况 (one passage per text cell, labelled by its row), other.
    """

    block: str
    label: Value
    text: Value


class Unread(Record):
    """未能读懂之处: a place and why it was not read; never a guess."""

    sheet: str
    cell: str
    reason: str


class Table(Record):
    """绩效自评表: the values of one filled form; no cell addresses but those inside the values."""

    sheet: str
    region: str
    kind: str            # fund | transfer | department | project
    form: str
    heading: Heading
    funds: tuple[Fund, ...]
    indicators: tuple[Indicator, ...]
    ruleset: str = ""
    money_unit: str = ""     # 元 | 万元 | 亿元, "" when not stated
    goal_planned: Value = ABSENT
    goal_done: Value = ABSENT
    total_weight: Value = ABSENT
    total_score: Value = ABSENT
    grade: Value = ABSENT
    signatures: tuple[tuple[str, Value], ...] = ()
    passages: tuple[Passage, ...] = ()
    figures: tuple[tuple[str, Value], ...] = ()  # 基础数据 by name; addresses with their sheet, 基础数据!C5
    unread: tuple[Unread, ...] = ()
    reason_title: str = ""      # the header over the reasons: whether it asks for 改进措施 too
    has_reason_room: bool = True    # some column or cell may hold reasons, whether or not it was read
    subtotals: tuple[Subtotal, ...] = ()
    total_score_rate: Value = ABSENT    # 得分率 of the total row
    first_indicator: Value = ABSENT     # where the first indicator's name belongs, in a form that has none yet

"""Draws self-evaluation forms that no office has published: any order of columns, any wording, any merges.

A form is drawn onto a bare grid together with what a reader should find in it, so that the reader can be held
against layouts nobody prepared it for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.grid import Area, Cell, Sheet

TITLES = {
    "fund": ("{}城乡居民医疗保险基金预算绩效目标自评表", "社会保险基金预算绩效自评表{}"),
    "transfer": ("{}中央对地方转移支付区域绩效自评表", "{}医疗救助补助资金转移支付绩效自评表"),
    "department": ("{}部门整体支出绩效自评表", "部门（单位）整体支出绩效自评表{}"),
    "project": ("{}项目支出绩效自评表", "县级预算项目绩效目标自评表{}"),
}
NAME_LABELS = {"fund": "险种名称", "transfer": "转移支付（项目）名称", "department": "部门（单位）名称", "project": "项 目 名 称"}
LEVELS = {
    "level1": ("一级指标", "一级\n指标", "一 级 指 标"),
    "level2": ("二级指标", "二级指标名称", "二级"),
    "level3": ("三级指标", "三级指标名称", "三级\n指标"),
}
INDICATOR_WORDS = {
    "target": ("年度指标值", "指标值（A）", "年初目标值", "计划值", "年度\n目标值", "预期指标值", "绩效目标值", "预期实现值", "年度计划完成值"),
    "actual": ("全年完成值", "实际完成值（B）", "完成情况", "实际值", "全年实际\n完成值", "完成值", "实际完成情况", "全年实际值"),
    "weight": ("分值", "权重", "分　值", "标准分", "指标分值", "参考\n分值", "权重（分）", "满分"),
    "score": ("得分", "自评得分", "得　　分", "自评分", "实际得分", "评分", "自评得分（C）"),
    "reason": ("偏差原因分析及改进措施", "未完成原因和改进措施", "未完成原因\n及拟采取的改进措施", "扣分原因", "偏差原因"),
    "evidence": ("评分依据", "评价依据", "佐证材料"),
}
FUND_WORDS = {
    "initial_budget": ("年初预算数", "年初预算", "年初\n预算数"),
    "budget": ("全年预算数（A）", "调整后预算数", "全年\n预算数", "调整预算数(A)"),
    "executed": ("全年执行数（B）", "执行数", "预算执行数", "全年执行", "实际支出"),
    "rate": ("执行率（B/A）", "预算执行率", "执 行 率", "执行率\n（%）"),
    "weight": ("分值", "权重", "分　　值"),
    "score": ("得分", "自评得分", "得　分"),
}
FURNITURE = ("序号", "完成率", "评分标准", "指标解释", "备注")
NAMES = ("参保人数", "住院费用报销比例", "待遇按时发放率", "基金支付月数", "群众满意度", "系统运行天数", "补助发放户数", "政策知晓率")
REASONS = ("年中政策调整, 下一步加强测算", "报名人数少于预期, 将提前宣传", "")


@dataclass
class Drawing:
    """A sheet under construction, one-based, and what a reader should find."""

    cells: dict = field(default_factory=dict)
    merges: list = field(default_factory=list)
    hidden_rows: set = field(default_factory=set)

    def put(self, row, column, value, width=1, height=1, fmt="General"):
        if value is not None:
            self.cells[row, column] = Cell(value, "", fmt)
        if width > 1 or height > 1:
            self.merges.append(Area(row, column, row + height - 1, column + width - 1))
        return address(row, column)

    def sheet(self, name="自评表"):
        return Sheet(name, "visible", self.cells, tuple(self.merges), frozenset(self.hidden_rows))


@dataclass
class Column:
    role: str
    words: str
    first: int
    width: int


@dataclass
class Expected:
    kind: str
    year: int
    money_unit: str
    name: tuple
    department: tuple
    unit: tuple
    funds: list
    indicators: list
    total_weight: tuple
    total_score: tuple
    goals: tuple


def drawn_form(seed):
    """The form of a seed: (sheet, expected)."""
    return _Artist(seed).draw()


class _Artist:
    def __init__(self, seed):
        self.random = Random(seed)
        self.drawing = Drawing()
        self.kind = self.random.choice(sorted(TITLES))
        self.row = self.random.choice((1, 1, 2, 4))
        self.left = self.random.choice((1, 1, 2))
        self.money_unit = self.random.choice(("万元", "亿元", "元"))
        self.as_text = self.random.random() < 0.4
        self.merged_levels = self.random.random() < 0.8
        self.merged_points = self.random.random() < 0.15
        self.has_fillers = self.random.random() < 0.3

    def pick(self, *choices):
        return self.random.choice(choices)

    def draw(self):
        indicators = self._columns(self._indicator_roles(), INDICATOR_WORDS | LEVELS)
        funds = self._fund_columns(indicators[-1].first + indicators[-1].width - 1)
        self.right = max(indicators[-1].first + indicators[-1].width, funds[-1].first + funds[-1].width) - 1
        year = self._title()
        name, department, unit = self._head()
        goals_first = self.random.random() < 0.15
        goals = self._goals() if goals_first else None
        fund_rows = self._funds(funds)
        goals = goals or self._goals()
        rows, total = self._indicators(indicators)
        self._trailer()
        expected = Expected(self.kind, year, self.money_unit, name, department, unit, fund_rows, rows, *total, goals)
        return self.drawing.sheet(), expected

    def _title(self):
        year = self.random.randint(2019, 2026)
        in_title = self.random.random() < 0.4
        title = self.pick(*TITLES[self.kind]).format(f"{year}年度" if in_title else "")
        if in_title and "年度" not in title:
            title = f"{year}年度{title}"
        if self.random.random() < 0.3:
            self.drawing.put(self.row, self.left, self.pick("附件1", "附件：", "附表3-2"))
            self.row += 1
        self.drawing.put(self.row, self.left, title, self.right - self.left + 1)
        self.row += 1
        if not in_title:
            line = self.pick("（{}年度）", "({}年度)", "{}年度", "（ {} 年）").format(year)
            self.drawing.put(self.row, self.left, line, self.right - self.left + 1)
            self.row += 1
        self.unit_line = self.random.random() < 0.25
        if self.unit_line:
            self.drawing.put(self.row, self.right, f"{self.pick('单位：', '金额单位：')}{self.money_unit}")
            self.row += 1
        return year

    def _head(self):
        span = self.left + 2
        label = NAME_LABELS[self.kind]
        value = self.pick("2023年度城乡居民参保补助", "某县信息系统建设项目", "城乡居民医疗保险")
        whole = self.right - span
        name = self._line(label, value, span, whole)
        if self.kind == "department":
            return ("", ""), ("", ""), name
        half = max(2, whole // 2)
        department = self._pair_left(self.pick("主管部门", "主 管 部 门", "县级主管部门"), "某县医疗保障局", span, half)
        unit_label = self.pick("实施单位", "项目实施单位", "资金使用单位", "实施单位\n（盖章）")
        at = span + half
        self.drawing.put(self.row, at, unit_label)
        unit = (self.drawing.put(self.row, at + 1, "某县医保中心", max(1, self.right - at)), "某县医保中心")
        self.row += 1
        return name, department, unit

    def _line(self, label, value, span, whole):
        self.drawing.put(self.row, self.left, label, span - self.left)
        cell = self.drawing.put(self.row, span, value, whole + 1)
        self.row += 1
        return cell, value

    def _pair_left(self, label, value, span, half):
        self.drawing.put(self.row, self.left, label, span - self.left)
        return self.drawing.put(self.row, span, value, half), value

    def _indicator_roles(self):
        data = ["target", "actual", "weight", "score", "reason"]
        if self.kind == "transfer" and self.random.random() < 0.5:
            data = ["target", "actual", "reason"]
        if self.kind == "fund":
            data.append("evidence")
        if self.random.random() < 0.5:
            self.random.shuffle(data)
        if self.random.random() < 0.3:
            data.insert(self.random.randrange(len(data) + 1), "furniture")
        self.is_split = self.random.random() < 0.3
        if self.is_split:
            at = data.index("target")
            data[at : at + 1] = ["sign", "target", "unit"]
        return ["level1", "level2", "level3", *data]

    def _columns(self, roles, words):
        columns, at = [], self.left + 1
        for role in roles:
            text = {"sign": "指标性质", "unit": self.pick("度量单位", "计量单位")}.get(role)
            if role == "target" and self.is_split:
                text = "指标值"
            if role == "furniture":
                text = self.pick(*FURNITURE)
            width = self.pick(1, 1, 1, 2, 3)
            columns.append(Column(role, text or self.pick(*words[role]), at, width))
            at += width
        return columns

    def _fund_columns(self, right):
        roles = ["budget", "executed", "rate"]
        if self.kind in ("project", "department"):
            roles = ["initial_budget", "budget", "executed", "weight", "rate", "score"]
            if self.random.random() < 0.4:
                roles = ["initial_budget", "budget", "executed", "rate", "weight", "score"]
        first = self.left + self.pick(2, 3)
        width = max(1, (right - first + 1) // len(roles))
        return [Column(role, self.pick(*FUND_WORDS[role]), first + i * width, width) for i, role in enumerate(roles)]

    def _funds(self, columns):
        labels = ["年度资金总额", "其中：财政拨款", "上年结转资金", "其他资金"]
        if self.kind == "fund":
            labels = ["收入预算：", "支出预算："]
        if self.kind == "transfer":
            labels = ["年度资金总额：", "其中：中央补助", "地方资金"]
        stated = "" if self.unit_line else f"\n（{self.money_unit}）"
        merged = self.random.random() < 0.8
        block = f"{self.pick('项目资金', '预算资金', '资金情况', '预算执行情况')}{stated}"
        self.drawing.put(self.row, self.left, block, 1, len(labels) + 1 if merged else 1)
        for column in columns:
            self.drawing.put(self.row, column.first, column.words, column.width)
        self.row += 1
        rows = []
        percent = self.pick("sign", "format", "number") if "%" not in columns[-1].words else "number"
        for index, label in enumerate(labels):
            rows.append(self._fund(columns, label, index, percent))
            self.row += 1
        return rows

    def _fund(self, columns, label, index, percent):
        budget = round(self.random.uniform(10, 900), self.pick(0, 1, 2))
        executed = round(budget * self.random.uniform(0.5, 1.0), 2)
        filler = self.pick("—", "/", "-")
        values = {"initial_budget": budget, "budget": budget, "executed": executed}
        values |= {"weight": 10, "score": 9} if index == 0 else {"weight": filler, "score": filler}
        label_at = columns[0].first - 1
        found = {"label": (self.drawing.put(self.row, label_at, label), label)}
        for column in columns:
            if column.role == "rate":
                found["rate"] = self._rate(column, executed / budget, percent)
            else:
                found[column.role] = self._number(column, values[column.role])
        return found

    def _rate(self, column, ratio, percent):
        shown = round(ratio * 100, 2)
        if percent == "format":
            return self.drawing.put(self.row, column.first, ratio, column.width, fmt="0.00%"), round(ratio, 9)
        value = f"{shown}%" if percent == "sign" else shown
        return self.drawing.put(self.row, column.first, value, column.width), round(shown / 100, 9)

    def _number(self, column, value, height=1):
        written = f"{value:g}" if self.as_text and not isinstance(value, str) else value
        value_written = written if isinstance(written, str) else float(written)
        return self.drawing.put(self.row, column.first, value_written, column.width, height), value

    def _goals(self):
        middle = (self.left + self.right) // 2 + 1
        tall = self.pick(1, 2)
        self.drawing.put(self.row, self.left, self.pick("年度总体目标", "年度\n总体\n目标", "年度总目标"), 1, 1 + tall)
        self.drawing.put(self.row, self.left + 1, self.pick("预期目标", "年初设定目标", "年初（调整）目标"), middle - self.left - 1)
        self.drawing.put(self.row, middle, self.pick("实际完成情况", "全年实际完成情况"), self.right - middle + 1)
        planned = self.drawing.put(self.row + 1, self.left + 1, "保障待遇按时支付", middle - self.left - 1, tall)
        done = self.drawing.put(self.row + 1, middle, "已经全部完成", self.right - middle + 1, tall)
        self.row += 1 + tall
        return planned, done

    def _indicators(self, columns):
        top = self.row
        self._header(columns)
        rows, points = [], []
        groups = self.pick((3, 2, 1), (1, 1, 1), (4, 2), (2, 1, 2))
        for number, count in enumerate(groups):
            rows += self._group(columns, number, count, points)
            if self.has_fillers:
                self._filler_row(columns)
        self.drawing.put(top, self.left, "绩\n效\n指\n标", 1, self.row - top)
        return rows, self._total(columns, points)

    def _header(self, columns):
        levels = [column for column in columns if column.role in LEVELS]
        split = [column for column in columns if column.role in ("sign", "target", "unit")] if self.is_split else []
        two = bool(split) and self.random.random() < 0.6
        for column in columns:
            if two and column in split:
                self.drawing.put(self.row + 1, column.first, column.words, column.width)
            else:
                self.drawing.put(self.row, column.first, column.words, column.width, 2 if two else 1)
        if two:
            width = split[-1].first + split[-1].width - split[0].first
            self.drawing.put(self.row, split[0].first, "年度指标值", width)
        assert levels
        self.row += 2 if two else 1

    def _group(self, columns, number, count, points):
        """One group of rows; its lower rows show the labels through merges, or leave them blank."""
        level1 = ("产出指标", "效益指标", "满意度指标")[number] + self.pick("", "（30分）", "\n(50分)")
        level2 = ("数量指标", "社会效益指标", "服务对象满意度指标")[number]
        start, rows = self.row, []
        by_role = {column.role: column for column in columns}
        for index in range(count):
            found = {}
            for role, text in (("level1", level1), ("level2", level2)):
                column = by_role[role]
                if index == 0:
                    self.drawing.put(self.row, column.first, text, column.width, count if self.merged_levels else 1)
                lower = index > 0 and not self.merged_levels
                found[role] = (address(self.row if lower else start, column.first), "" if lower else text)
            name = f"{self.random.choice(NAMES)}{number}{index}"
            found["level3"] = (self.drawing.put(self.row, by_role["level3"].first, name, by_role["level3"].width), name)
            height = (count if index == 0 else 0) if self.merged_points else 1
            found |= self._row(by_role, points, height)
            rows.append(found)
            self.row += 1
        return rows

    def _filler_row(self, columns):
        """A row that the form prints and nobody filled."""
        level3 = next(column for column in columns if column.role == "level3")
        self.drawing.put(self.row, level3.first, self.pick("……", "指标2：", "…", "／"), level3.width)
        if self.random.random() < 0.5:
            self.drawing.hidden_rows.add(self.row)
        self.row += 1

    def _row(self, by_role, points, height):
        target, actual, fmt = self.pick(("≥95%", "96.5%", ""), ("≥3.34亿元", "3.54亿元", ""), ("及时", "及时", ""), (1.0, 0.95, "0%"))
        weight, score = self.pick((10, 9.5), (5, 5), (7.5, 7))
        points += [(weight, score)] if height else []
        reason = self.random.choice(REASONS)
        found = {}
        if self.is_split:
            sign, number, unit = self.pick(("≥", 95.0, "%"), ("=", "12", "个"), ("定性", "优", None))
            for role, value in (("sign", sign), ("unit", unit)):
                self.drawing.put(self.row, by_role[role].first, value, by_role[role].width)
            cell = self.drawing.put(self.row, by_role["target"].first, number, by_role["target"].width)
            found["target"] = (cell, f"{sign}{number if isinstance(number, str) else 95}{unit or ''}")
        else:
            found["target"] = self._worded(by_role["target"], target, fmt)
        found["actual"] = self._worded(by_role["actual"], actual, fmt)
        for role, value in (("weight", weight), ("score", score)):
            if role in by_role:
                found[role] = self._number(by_role[role], value, height) if height else ("", None)
        for role, value in (("reason", reason), ("evidence", "年度决算报表")):
            if role in by_role:
                column = by_role[role]
                found[role] = (self.drawing.put(self.row, column.first, value or None, column.width), value)
        if "furniture" in by_role:
            self.drawing.put(self.row, by_role["furniture"].first, "甲", by_role["furniture"].width)
        return found

    def _worded(self, column, value, fmt):
        cell = self.drawing.put(self.row, column.first, value, column.width, fmt=fmt or "General")
        return cell, f"{value:.0%}" if fmt else value

    def _total(self, columns, points):
        by_role = {column.role: column for column in columns}
        if "score" not in by_role:
            return ("", None), ("", None)
        weight = sum(weight for weight, _ in points)
        score = sum(score for _, score in points)
        style = self.pick("row", "row", "cell")
        if style == "cell":
            cell = self.drawing.put(self.row, self.left, f"总分：{score:g}", self.right - self.left + 1)
            self.row += 1
            return ("", None), (cell, score)
        first_number = min(by_role["weight"].first, by_role["score"].first)
        wide = self.pick(1, first_number - self.left)
        self.drawing.put(self.row, self.left, self.pick("总分", "合　计", "总  计：", "总得分"), wide)
        found = tuple(self._number(by_role[role], value) for role, value in (("weight", weight), ("score", score)))
        self.row += 1
        return found

    def _trailer(self):
        if self.random.random() < 0.6:
            self.drawing.put(self.row, self.left, self.pick("说明", "备注", "其他需要说明的问题"))
            self.drawing.put(self.row, self.left + 1, "无", self.right - self.left)
            self.row += 1
        if self.random.random() < 0.6:
            self.drawing.put(self.row, self.left, "注：1.其他资金包括自有资金。", self.right - self.left + 1)
            self.row += 1
        self.drawing.put(self.row, self.left, "填表人：某某    联系电话：0000000    填报日期：2024年5月8日", self.right - self.left + 1)

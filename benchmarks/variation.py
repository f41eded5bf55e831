"""What one unit writes into its office's form: its own amounts, results, scores, reasons and names, drawn from a seed; mostly plausible."""

import re

from perfeval_xl.core.assessment import is_total_row

PLACES = "安定平昌永宁清河新泰和顺长乐兴隆石泉东阳南川西林北湖"
KINDS = ("县", "市", "区", "自治县")
OFFICES = ("医疗保障局", "医疗保障事务中心", "财政局", "医疗保险服务中心")
SUBJECTS = ("参保登记", "待遇支付", "信息系统升级", "窗口服务", "基金监管检查", "异地就医直接结算", "政策宣传", "采购合同验收", "人员培训")
CAUSES = ("年中政策调整", "申报人数少于年初预计", "第四季度款项于次年拨付", "供应商延期交付", "疫情后门诊量回升", "年初预算测算偏保守", "设备招标流标一次")
MEASURES = ("下一步按月分析执行进度", "下年度按实际人数测算预算", "将提前启动采购", "加强与财政部门衔接, 提前申请用款", "已修订管理办法并安排专人跟踪")
DONE = ("按时完成", "已全部完成", "达成年度指标", "完成并通过验收", "制度健全, 执行到位", "及时足额拨付")
PAPERS = ("统计报表", "决算报表", "台账", "验收单", "满意度调查问卷")
NUMBER = re.compile(r"(?<![\d.A-Z])\d+(?:\.\d+)?(?![\d.])")
OWN_SHEETS = ("基础数据", "评分规则")
LOST_POINTS = 0.12      # share of rows that lose points and say why
FILLED = 0.9            # of the cells that the case leaves blank
FULL = 100


def unit_name(number, draw):
    """第几家 makes it a name of its own."""
    return f"{draw.choice(PLACES)}{draw.choice(PLACES)}{number:04d}{draw.choice(KINDS)}{draw.choice(OFFICES)}"


def unit_values(tables, sheets, unit, draw):
    """{(sheet, address): value}: what this unit's file says otherwise than the one it was made from.

    ``sheets``: of the file it was made from, cells by sheet and address.
    """
    said, scale = {}, draw.lognormvariate(0, 0.7)
    for table in tables:
        own = _Unit(table, unit, scale, draw)
        said |= {(table.sheet, cell): value for cell, value in own.values().items()}
    for sheet in OWN_SHEETS:
        for cell, value in sheets.get(sheet, {}).items():
            if type(value) is float:
                said[sheet, cell] = _scaled(value, scale) if sheet == "基础数据" else _near(value, draw, 0.02)
    for cell, value in sheets.get("校验结果", {}).items():
        if type(value) is str and NUMBER.search(value) and cell[0] in "FGH":
            said["校验结果", cell] = _retold(value, draw)
    return said


class _Unit:
    """One table as another unit fills it in."""

    def __init__(self, table, unit, scale, draw):
        self._table, self._unit, self._scale, self._draw = table, unit, scale, draw
        self._said, self._scores = {}, []

    def values(self):
        self._heading()
        self._funds()
        for row in self._table.indicators:
            self._indicator(row)
        total = self._table.total_score
        if total.number is not None and total.text.strip().replace(".", "").isdigit():
            self._put(total, round(sum(self._scores), 2))
        for passage in self._table.passages:
            self._put(passage.text, _retold(passage.text.text, self._draw))
        self._put(self._table.goal_done, _retold(self._table.goal_done.text, self._draw) + f"; 涉及{self._draw.choice(SUBJECTS)}{self._draw.randint(1, 99)}项")
        return self._said

    def _put(self, cell, value):
        if cell.exists and not cell.is_blank and "!" not in cell.cell:
            self._said[cell.cell] = value

    def _heading(self):
        heading = self._table.heading
        self._put(heading.unit, self._unit)
        if heading.unit.exists:
            self._put(heading.department, self._unit[:-5] + "财政局")
        if self._table.kind != "fund":
            self._put(heading.name, f"{heading.name.text[:12]}({self._draw.choice(SUBJECTS)}{self._draw.randint(1, 40)})")

    def _funds(self):
        """Totals stay the sums of their parts, rates and points follow from the amounts."""
        rows, spent = self._table.funds, min(1.0, self._draw.gauss(0.95, 0.05))
        parts = [row for row in rows if not is_total_row(row)]
        amounts = {}
        for name in ("initial_budget", "budget", "executed", "in_place"):
            factor = self._scale * (spent if name == "executed" else 1)
            new = {row.label.cell: _scaled(getattr(row, name).number, factor) for row in rows if _holds_number(getattr(row, name))}
            old = sum(getattr(row, name).number or 0 for row in parts)
            for row in rows:
                if row not in parts and row.label.cell in new and parts and abs(old - (getattr(row, name).number or 0)) < 1:
                    new[row.label.cell] = round(sum(new.get(part.label.cell, 0) for part in parts), 2)
            amounts[name] = new
        for row in rows:
            self._fund(row, {name: found.get(row.label.cell) for name, found in amounts.items()})

    def _fund(self, row, new):
        for name, amount in new.items():
            if amount is not None:
                self._put(getattr(row, name), amount)
        budget, executed = new["budget"] or new["initial_budget"], new["executed"]
        if not budget or executed is None:
            return
        rate = executed / budget
        if row.written_rate.text.endswith("%") or row.written_rate.number is not None:
            self._put(row.written_rate, rate if row.written_rate.state == "number" else f"{rate * FULL:.2f}%")
        if _holds_number(row.written_score) and row.weight.number:
            self._scores.append(round(min(rate, 1) * row.weight.number, 2))
            self._put(row.written_score, self._scores[-1])
        if _holds_number(row.balance):
            self._put(row.balance, round(budget - executed, 2))

    def _indicator(self, row):
        draw, amount = self._draw, any(mark in row.target.text + row.unit.text for mark in ("万", "亿", "元", "人"))
        factor = self._scale if amount else 1.0
        self._put(row.target, _measured(row.target, factor, draw, 0.0) if amount else row.target.text)
        self._put(row.actual, _measured(row.actual, factor, draw, 0.03) if row.actual.number is not None or NUMBER.search(row.actual.text) else self._words(row.actual.text))
        weight, score = row.weight.number, row.written_score.number
        if weight and score is not None:
            lost = round(draw.uniform(0.1, min(weight, 3)), 1) if draw.random() < LOST_POINTS else 0
            self._scores.append(round(weight - lost, 2))
            self._put(row.written_score, self._scores[-1])
            if lost and row.reason.exists:
                self._said[row.reason.cell] = self._reason()
        self._put(row.reason, self._reason())
        self._put(row.evidence, _retold(row.evidence.text, draw))
        self._completed(row)

    def _completed(self, row):
        """Most units leave none of these blank."""
        share, draw = self._draw.randint(80, 99), self._draw
        self._fill(row.evidence, draw.choice(PAPERS))
        if row.target.is_blank and row.actual.is_blank and draw.random() < FILLED:
            self._fill(row.target, f"≥{share}%")
            self._fill(row.actual, f"{draw.randint(share, FULL)}%")
        elif row.target.is_blank and not NUMBER.search(row.actual.text):
            self._fill(row.target, draw.choice(DONE))

    def _fill(self, cell, text):
        if cell.exists and cell.is_blank:
            self._said[cell.cell] = text

    def _words(self, text):
        return f"{self._draw.choice(DONE)}, 共{self._draw.choice(SUBJECTS)}{self._draw.randint(2, 400)}项" if self._draw.random() < 0.4 else text

    def _reason(self):
        draw = self._draw
        return f"{draw.choice(SUBJECTS)}因{draw.choice(CAUSES)}, 涉及金额{draw.uniform(1, 900):.2f}万元; {draw.choice(MEASURES)}。"


def _holds_number(value):
    return value.state == "number" and not value.text.endswith("%")


def _scaled(number, factor):
    """With as many decimals as before."""
    decimals = min(len(f"{number:.6f}".rstrip("0").partition(".")[2]), 6)
    return round(number * factor, max(decimals, 2) if number < FULL else decimals)


def _near(number, draw, spread):
    """A count stays a count, a share stays a share."""
    if number == int(number) and abs(number) < FULL:
        return number
    near = number * draw.gauss(1, spread)
    return float(round(near)) if number == int(number) else round(min(near, 1.0) if number <= 1 else near, 4)


def _measured(value, factor, draw, spread):
    if value.state == "number":
        return _near(_scaled(value.number, factor), draw, spread)

    def other(found):
        number = float(found[0]) * factor * draw.gauss(1, spread)
        decimals = len(found[0].partition(".")[2])
        return f"{min(number, FULL) if '%' in value.text and float(found[0]) <= FULL else number:.{decimals}f}"

    return NUMBER.sub(other, value.text, count=1)


def _retold(text, draw):
    """The same sentence with other numbers; years stay."""
    return NUMBER.sub(lambda found: found[0] if found[0][:2] == "20" else f"{float(found[0]) * draw.uniform(0.6, 1.5):.{len(found[0].partition('.')[2])}f}", text)

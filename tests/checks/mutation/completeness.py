"""A 完整性的损坏."""

import re

from perfeval_xl.checks.blank_block import MOST_SINGLE
from perfeval_xl.core.number import plain
from tests.checks.mutation.damage import Damage, damage, damaging
from tests.checks.mutation.rows import weighed_rows
from tests.checks.mutation.sheet import with_items
from tests.checks.mutation.typing_over import recalculated

NO_NUMBER_LEFT = "空了的一格不再参加与它有关的核对"


@damaging("A01")
def headings_left_blank(sheet):
    for _, value in sheet.table.heading.required:
        if value.typed:
            yield damage(sheet, {value.cell: ""}, value.cell)


def _holds_anything(row):
    item = row.indicator
    return any(not value.is_blank for value in (item.target, item.actual, item.weight, item.written_score) if value.exists)


def _classmates_with_target(sheet, row):
    name = row.indicator.level1.text
    return [other for other in sheet.rows if other is not row and other.indicator.level1.text == name and not other.indicator.target.is_blank]


def _missing_weights(sheet):
    """Weights to fill in first where so many are blank that the block is one finding: full marks each, the last one makes 100."""
    blank = [row.indicator for row in sheet.rows if row.indicator.weight.exists and row.indicator.weight.is_blank]
    if not MOST_SINGLE < len(blank) < len(sheet.rows):
        return None
    weights = {item.weight.cell: item.written_score.number or 1.0 for item in blank}
    others = [row.indicator.weight.number or 0.0 for row in sheet.rows]
    others += [fund.weight.number or 0.0 for fund in sheet.table.funds[:1]]
    weights[blank[-1].weight.cell] += 100 - sum(weights.values()) - sum(others)
    return {cell: plain(weight) for cell, weight in weights.items()}


@damaging("A02", also={
    "-D05": NO_NUMBER_LEFT, "-B12": "有一格没填就不再说各项全是满分", "-D15": NO_NUMBER_LEFT, "-F02": NO_NUMBER_LEFT, "-F01": NO_NUMBER_LEFT,
    "-D14": NO_NUMBER_LEFT, "-D16": NO_NUMBER_LEFT, "-B10": "没有得分或完成值就不再问超额的原因", "-E04": NO_NUMBER_LEFT, "-B09": NO_NUMBER_LEFT,
    "-D11": NO_NUMBER_LEFT, "-B06": "组里有一格没填就不再比标明的得分", "+B12": "同一条提示移到下一行",
    "+E01": "这一行失分没有原因, 原来列在 B09 之下", "-A02": "三级指标没填时由二级指标代称", "-C08": "没有预算数就比不出增减", "-B03": "分值不全就不再比各类分值",
})  # fmt: skip
def values_left_blank(sheet):
    """Not where it is the last target of its class (one question for the class), nor the last value of its column.
    """
    first = _missing_weights(sheet)
    for field in ("target", "actual", "weight", "written_score", "level3"):
        filled = [row for row in sheet.rows if not getattr(row.indicator, field).is_blank and (field != "level3" or _holds_anything(row))]
        for row in filled if len(filled) > 1 or len(sheet.rows) == 1 else ():
            value, item = getattr(row.indicator, field), row.indicator
            if field == "target" and not _classmates_with_target(sheet, row):
                continue
            is_bare = field in ("weight", "written_score") and all(
                other.is_blank for other in (item.weight, item.written_score) if other.cell != value.cell
            )
            if is_bare and field == "weight":
                continue
            yield damage(sheet, {value.cell: ""}, value.cell, first=first)
    if not sheet.table.goal_done.is_blank:
        yield damage(sheet, {sheet.table.goal_done.cell: ""}, sheet.table.goal_done.cell, first=first)
    for fund in sheet.table.funds[:1]:
        for value in (fund.budget, fund.executed, fund.written_score):
            if value.number is not None:
                yield damage(sheet, {value.cell: ""}, value.cell, first=first)
    if sheet.table.total_score.number is not None and any(row.indicator.written_score.number is not None for row in sheet.rows):
        yield damage(sheet, {sheet.table.total_score.cell: ""}, sheet.table.total_score.cell, first=first)


@damaging("A03", also={"-D05": NO_NUMBER_LEFT, "-D15": NO_NUMBER_LEFT, "-B10": NO_NUMBER_LEFT, "-F02": NO_NUMBER_LEFT, "-F01": NO_NUMBER_LEFT,
                       "-D14": NO_NUMBER_LEFT, "-D16": NO_NUMBER_LEFT, "-B09": NO_NUMBER_LEFT, "-B12": "同一条提示移到下一行",
                       "+B12": "同一条提示移到下一行", "+E01": "这一行失分没有原因, 原来列在 B09 之下", "+D14": "不再叫满意度的范围值归 D14"})  # fmt: skip
def fillers_left(sheet):
    for _, value in sheet.table.heading.required:
        if value.typed:
            yield damage(sheet, {value.cell: "XXXX"}, value.cell)
    for row in sheet.rows:
        for value in (row.indicator.level3, row.indicator.target, row.indicator.actual):
            if value.typed:
                yield damage(sheet, {value.cell: "****"}, value.cell)


CLASS_WORDS = {
    "decision": ("决策",), "process": ("过程", "管理"), "output": ("产出", "数量", "质量", "时效"), "benefit": ("效益", "效果", "成效", "影响"),
    "satisfaction": ("满意",),
}  # fmt: skip


@damaging("A04", also={
    "+B03": "改了名的一组不再算作原来那一类", "-B03": "有一组不认得就不再比各类分值", "-F01": "不再叫满意度", "-F02": "不再叫满意度", "+D14": "不再叫满意度的范围值归 D14",
    "+D02": "改名后名称里没有了计量对象", "-D05": "改名", "+A05": "改名",
})  # fmt: skip
def classes_left_out(sheet):
    """Every word that names a class is taken from all levels of the table."""
    levels = {value.cell: value.text for row in sheet.rows for value in row.indicator[:3] if value.exists}
    words_of_table = "".join(levels.values())
    wanted = [name for name in sheet.rules.weights if name in CLASS_WORDS]
    present = [name for name in wanted if any(word in words_of_table for word in CLASS_WORDS[name])]
    for name in present if len(present) > 1 and len(present) == len(wanted) and sheet.table.kind != "department" else ():
        words = CLASS_WORDS[name]
        cells = {cell: re.sub("|".join(words), "工作", text) for cell, text in levels.items() if any(word in text for word in words)}
        yield damage(sheet, cells, sheet.rows[0].indicator.level1.cell)


@damaging("A05", also={"-B12": "满分的行少了一行", "+B12": "同一条提示移到下一行", "-B10": "删去了那一行", "-A02": "删去了那一行"})
def indicators_left_out(sheet):
    """The office asks for as many as there are; one is left out and its points go to another row of its class."""
    rows = [row for row in weighed_rows(sheet) if row.score == row.indicator.weight.number]
    for gone in rows:
        mates = [row for row in sheet.rows if row.indicator.level1.cell == gone.indicator.level1.cell]
        heirs = [row for row in rows if row in mates and row is not gone and row.rule.is_judged]
        kind = next((name for name, words in CLASS_WORDS.items() if any(word in gone.indicator.level1.text for word in words)), "")
        if not heirs or not kind or gone is mates[0]:
            continue
        heir = heirs[0].indicator
        points = plain(heir.weight.number + gone.indicator.weight.number)
        rules = with_items(sheet.rules, {f"minimum.{kind}": len(mates)})
        made = damage(sheet, {heir.weight.cell: points, heir.written_score.cell: points}, rules=rules)
        left = tuple(item for item in made.after.indicators if item.level3.cell != gone.indicator.level3.cell)
        yield Damage(f"删去 {gone.indicator.level3.cell} 一行", made.before, recalculated(made.after._replace(indicators=left), rules), (mates[0].indicator.level1.cell,), rules)


@damaging("A06")
def evidence_left_blank(sheet):
    rows = [row.indicator for row in sheet.rows if row.indicator.evidence.typed and (row.indicator.written_score.number is not None)]
    for item in rows if len(rows) > 1 else ():
        yield damage(sheet, {item.evidence.cell: ""}, item.evidence.cell)


@damaging("A07", also={"+C08": "写了别的话", "-C08": "写的话里可能说到预算"})
def texts_too_long(sheet):
    for passage in sheet.table.passages:
        limit = re.search(r"(\d+)字以内", passage.label.text)
        if limit and passage.text.exists:
            yield damage(sheet, {passage.text.cell: "各项工作按计划开展, " * (int(limit[1]) // 9 + 1)}, passage.text.cell)


@damaging("A08")
def signatures_left_blank(sheet):
    """Somebody filled in all but one of them."""
    lines = {value.cell: label for label, value in sheet.table.signatures}
    year = sheet.table.heading.year
    filled = {cell: f"{year + 1}年1月15日" if "日期" in label else "李明" for cell, label in lines.items()}
    for cell, label in lines.items():
        if len(lines) < 2 or "签" in label or "章" in label or "电话" in label:
            continue
        yield damage(sheet, {cell: ""}, cell, first=filled)
        if "日期" in label:
            yield damage(sheet, {cell: f"{year}年6月30日"}, cell, first=filled)


@damaging("A09", also={"-C08": "目标完成情况改写后不再说到预算", "-F07": "目标里的数量改写掉了", "-D16": "完成值里有了数字"})
def other_years_stated(sheet):
    year = sheet.table.heading.year
    for value in (sheet.table.goal_planned, sheet.table.goal_done):
        if value.exists:
            yield damage(sheet, {value.cell: f"{year - 1}年各项工作按计划完成"}, value.cell)
    title = sheet.table.heading.title
    yield damage(sheet, {title.cell: f"{year - 1}年度" + re.sub(r"[（(]?\d{4}年度?[）)]?", "", title.text)}, title.cell)
    for row in sheet.rows:
        if row.target.kind in ("date", "qualitative", "text") and row.indicator.actual.typed:
            yield damage(sheet, {row.indicator.actual.cell: f"{year - 1}年11月"}, row.indicator.actual.cell)


OTHER_NAME = "照抄了名称的一行按那个名称核对, 数却是自己的"


@damaging("A13", also={"+C13": OTHER_NAME, "+C15": OTHER_NAME, "+D07": OTHER_NAME, "+D02": "改名后名称里没有了计量对象", "-D05": "改名", "+D06": "改名", "-F01": "不再叫满意度", "-F02": "不再叫满意度"})
def names_repeated(sheet):
    """A row is given the name of the row above it, under the same level-2 name."""
    for above, row in zip(sheet.rows, sheet.rows[1:], strict=False):
        first, second = above.indicator, row.indicator
        same = (first.level1.text, first.level2.text) == (second.level1.text, second.level2.text)
        if same and first.level3.typed and second.level3.typed and "其中" not in first.level3.text:
            yield damage(sheet, {second.level3.cell: first.level3.text}, second.level3.cell)

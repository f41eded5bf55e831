"""事实: a named number of a report with its period and whether it is planned, reached or of an earlier year."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.report.mention import COUNT, DATE, MONEY, MONTHS, RATIO, SCORE, Mention, flat, mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.report.sentence import Sentence
    from perfeval_xl.report.text import Paragraph

TARGET, REACHED, EARLIER, CHANGE, PLANNED = "target", "reached", "earlier", "change", "planned"
_TIMES = r"Y|全年|当年|本年度?|年度|年末|年底|截至|截止|到|末|底|期末"
_HEAD = re.compile(rf"^(?:其中|[一二三四五六七八九十]是|同时|此外|另外|主要|经测评|经自评|我[市州县区省局]|全[市州县区省]|{_TIMES}|[“”\"《》])+")
_TAIL = re.compile(r"(?:约?为|是|达到|达|共计|共|实现|仅|约|了|有|完成|大于等于|小于等于|不低于|不超过|大于|小于|设置|设定|[≥≤=＝>＜<：:xX])+$")
_ROLE = re.compile(r"(?:年度|全年|实际|绩效|预期)*(?:指标值|完成值|目标值|指标|目标|完成情况)$")
_ONLY_TIME = re.compile(rf"(?:{_TIMES}|[，,、“”]|经[^，]{{1,8}}，|其中|我[市州县区省局]|全[市州县区省])*")
_TARGET_NAME = re.compile(r"指标值|目标|任务|计划|年初设定|预期|标准值")
_EARLIER_NAME = re.compile(r"上年|去年|上一年|同期|往年|历年|前[一二三两]年")
_CHANGE_NAME = re.compile(r"(?:增加|增长|减少|下降|提高|降低|上升|相差|高于|低于|超过|少于|追加|较|比(?!重|例|值|率)|扣|多|少)[^，]{0,6}$")
_FUNDS = ("职工", "居民", "生育", "救助", "大病", "公务员", "离休", "长期护理", "个人账户", "统筹")
_INSURANCE = re.compile(r"(?:城乡|城镇|灵活就业人员|基本|职工|居民|合作|我[市州县区省局]|全[市州县区省])|(?:医疗保险|社会保险|养老保险|医保|社保)(?!费)")
_PREMIUM = re.compile(r"(?:基本)?(?:社会|医疗|医)?(?:保险费|保费)")
_FILLING = re.compile(r"基金|的|数额?$|金额$|实际|参保对象|情况|[“”\"\s]|（[^）]*）|费用|比率|Y|年度|全年|我|完成的")


class Fact(Record):
    """一个事实. ``core`` is the name without insurance, fund and filling words; ``is_whole``: nothing but time stands before the name."""

    sentence: Sentence
    mention: Mention
    name: str
    core: str
    role: str
    year: int
    month: int
    is_whole: bool


def facts(items: Sequence[Sentence]) -> list[Fact]:
    """Every amount, rate, count, number of months and score with the words it goes by."""
    found: list[Fact] = []
    paragraph, known = 0, 0
    for sentence in items:
        known = known if sentence.paragraph == paragraph else 0
        found += _facts(sentence, known)
        paragraph = sentence.paragraph
        known = next((m.date[0] for m in reversed(sentence.of(DATE)) if m.date[0]), known)
    return found


def _facts(sentence: Sentence, known: int) -> Iterator[Fact]:
    previous = ""
    for mention in sentence.of(MONEY + RATIO + COUNT + MONTHS + SCORE):
        raw = sentence.name(mention)
        bare = stripped(raw)
        name = bare if len(core_of(bare)) >= 2 else previous
        year, month = _period(sentence, mention, known)
        begin = mention.at - len(raw)
        is_whole = bool(_ONLY_TIME.fullmatch(sentence.mask[:begin])) and name == bare
        role = PLANNED if _is_part_of_budget(sentence, mention) else _role(raw, mention)
        core = core_of(name).removesuffix("预算") if role == TARGET else core_of(name)
        yield Fact(sentence, mention, name, core, role, year, month, is_whole)
        previous = name


def stripped(name: str) -> str:
    """A name without time, connecting words and 为, 达到 at its end."""
    bare = _HEAD.sub("", name)
    while (shorter := _ROLE.sub("", _TAIL.sub("", bare))) != bare:
        bare = shorter
    return _HEAD.sub("", bare)


def core_of(name: str) -> str:
    """事项的核心词: two names with one core speak of the same thing, apart from the fund.

    >>> core_of("城乡居民基本医疗保险费收入占基金收入比重"), core_of("社会保险费收入占基金收入的比重")
    ('保费收入占收入比重', '保费收入占收入比重')
    """
    text = re.sub(r"[（(][^）)]*[）)]", "", name)
    return _FILLING.sub("", _PREMIUM.sub("保费", _INSURANCE.sub("", text))).removeprefix("总").removesuffix("为")


def funds_in(name: str) -> frozenset[str]:
    """The funds and populations a name speaks of."""
    return frozenset(word for word in _FUNDS if word in name)


def same_population(one: str, other: str) -> bool:
    """Whether two names may speak of one fund: neither names a fund the other lacks, unless it names none."""
    first, second = funds_in(one), funds_in(other)
    return not first or not second or first == second


def _role(raw: str, mention: Mention) -> str:
    if _CHANGE_NAME.search(raw):
        return CHANGE
    if _EARLIER_NAME.search(raw):
        return EARLIER
    return TARGET if mention.sign not in ("", "=") or _TARGET_NAME.search(raw) or (mention.sign == "=" and "比重" in raw) else REACHED


def _is_part_of_budget(sentence: Sentence, mention: Mention) -> bool:
    """Behind 收入预算 M, 其中 … an amount is planned too, unless it is called done."""
    marker = sentence.mask.rfind("其中", sentence.segment(mention.at)[0], mention.at)
    ahead = sentence.of(MONEY, 0, marker) if marker >= 0 else []
    name = sentence.name(mention)
    return bool(ahead) and not mention.sign and sentence.name(ahead[-1]).endswith("预算") and not re.search(r"实际|完成|执行|决算", name)


def _period(sentence: Sentence, mention: Mention, known: int) -> tuple[int, int]:
    dates = [m.date for m in sentence.of(DATE, 0, mention.at)]
    year = next((date[0] for date in reversed(dates) if date[0]), known)
    month = dates[-1][1] if dates else 0
    ahead = sentence.mask[max(0, mention.at - 30) : mention.at]
    return year, month or (12 if re.search(r"年末|年底|Y[末底]", ahead) else 0)


class RowFact(Record):
    """表内一行: a name with the target and the result printed in a row of a table inside the report."""

    paragraph: Paragraph
    name: str
    core: str
    target: str
    target_mention: Mention


def row_facts(paragraphs: Sequence[Paragraph]) -> list[RowFact]:
    """Rows that hold a name and, behind it, a cell that is nothing but a target with its sign."""
    found = []
    for paragraph in paragraphs:
        name = ""
        for cell in paragraph.cells:
            numbers = [m for m in mentions(flat(cell)) if m.kind != DATE]
            is_number = len(numbers) == 1 and numbers[0].sign and len(cell.strip()) <= 14
            if is_number and name:
                found.append(RowFact(paragraph, name, core_of(name), cell.strip(), numbers[0]))
                break
            if not numbers and 3 <= len(cell.strip()) <= 30:
                name = cell.strip()
    return found

"""定性表述: the closed lists that forms print, and the kinds of sentences people write instead of a number."""

from __future__ import annotations

from perfeval_xl.core.reading.spelling import has_digit
from perfeval_xl.core.record import Record

ENUM, QUALITATIVE, TEXT, MISSING = "enum", "qualitative", "text", "missing"
BENCHMARK, BUDGET, ZERO = "benchmark comparison, no number", "≤ budget figure", "zero occurrence"

_BANDS = {1: " (100%-80%)", 2: " (80%-60%)", 3: " (60%-0%)"}
_WORDS: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("优", "优秀"), (ENUM, "grade excellent")),
    **dict.fromkeys(("良", "良好"), (ENUM, "grade good")),
    **dict.fromkeys(("中", "中等", "一般"), (ENUM, "grade fair")),
    **dict.fromkeys(("差", "较差"), (ENUM, "grade poor")),
    "低": (ENUM, "grade low"),
    "合格": (ENUM, "pass"),
    "不合格": (ENUM, "fail"),
    **dict.fromkeys(("达标", "已达标", "全部达标", "达到标准"), (ENUM, "met")),
    **dict.fromkeys(("基本达标", "部分达标"), (ENUM, "partly met")),
    **dict.fromkeys(("未达标", "不达标", "没有达标"), (ENUM, "not met")),
    **dict.fromkeys(("是", "有", "√", "✓", "☑", "对"), (ENUM, "yes")),
    **dict.fromkeys(("否", "没有", "×", "✕", "✗"), (ENUM, "no")),
    **dict.fromkeys(("完成", "已完成", "全部完成", "均完成", "均已完成", "全部已完成", "实施", "已实施", "已开展", "完成任务"), (TEXT, "done")),
    **dict.fromkeys(("未完成", "没有完成", "未实施", "未开展"), (TEXT, "not done")),
    **dict.fromkeys(("基本完成", "部分完成"), (TEXT, "partly done")),
    **dict.fromkeys(
        ("无", "空", "不适用", "n/a", "na", "nil", "null", "none", "nan", "暂无", "待定", "待填", "待填写", "待补充", "待统计",
         "未填", "未填写", "未统计", "无数据", "暂无数据", "无法统计", "略", "同上", "无此项", "不涉及", "未涉及"),
        (MISSING, None),
    ),
}  # fmt: skip
_EVENTS = (
    "投诉", "事故", "差错", "失误", "违规", "违纪", "违法", "案件", "发生", "死亡", "伤亡", "上访", "信访", "纠纷", "拖欠", "延误",
    "舆情", "泄漏", "泄露", "返贫", "污染", "火灾", "隐患", "事件",
)  # fmt: skip
_ABSENT = tuple(head + verb for head in ("未", "没有", "不", "无", "杜绝", "零") for verb in ("出现", "发生", "发现", "产生"))
_SCHEDULE = tuple(f"{head}{period}" for head in ("按", "分", "逐", "每") for period in ("月", "季", "季度", "年", "期", "周", "日", "阶段", "批"))
_DEGREES = (
    "有所", "稳步", "逐步", "显著", "明显", "持续", "不断", "进一步", "大幅", "有效", "较大", "稳健", "逐年", "稳定", "得到", "切实", "全面",
    "不同程度", "较快", "一定", "有力",
)  # fmt: skip
_CHANGES = (
    "提高", "提升", "改善", "增强", "增加", "增长", "优化", "好转", "下降", "降低", "减少", "加强", "缓解", "完善", "改进", "扩大", "加快",
    "推进", "促进", "保障", "加深", "上升", "缩短", "减轻", "规范",
)  # fmt: skip
_CLASSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("timeliness statement", ("时间内", "时限内", "期限内", "按时", "按期", "如期", "准时", "限期", "规定时间", "规定期限", "当年", "年度内")),
    ("schedule statement", (*_SCHEDULE, "按计划", "按进度", "按照计划", "按照进度")),
    ("compliance statement", (
        "符合", "严格", "按照", "依法", "依规", "合规", "合法", "规定", "规范", "合理", "准确", "完整", "达标", "健全", "真实", "要求",
        "遵守", "执行到位", "落实到位", "公开", "专款专用", "安全运行", "正常", "科学", "程序", "专账", "约定", "无漏", "无错",
    )),
    ("timeliness statement", ("及时", "尽快", "立即", "即时", "实时", "随时", "不超时")),
    ("full coverage", ("全覆盖", "应保尽保", "应救尽救", "应享尽享", "应补尽补", "应付尽付", "应收尽收", "应发尽发", "应报尽报", "应参尽参",
                       "应纳尽纳", "应检尽检", "应接尽接", "应查尽查", "应助尽助", "全部覆盖", "实现覆盖", "全员")),
)  # fmt: skip
_LEVELS = (
    "效果", "明显", "显著", "较好", "良好", "较高", "较强", "有效", "满意", "长期", "持久", "可持续", "较大", "很好", "高效", "稳定", "优良",
    "到位", "充分", "突出", "较低", "便捷", "持续",
)  # fmt: skip
_SLOGANS = (
    "维护", "保障", "促进", "推动", "推进", "确保", "助力", "加强", "提升", "提高", "增强", "改善", "优化", "完善", "构建", "建设", "建立", "营造",
    "服务", "支持", "巩固", "深化", "发挥", "打造", "实现", "减轻", "缓解", "满足", "做好", "有力", "有效", "切实", "全面", "强化", "降低",
)  # fmt: skip
_WORK = (
    "开展", "建立", "组织", "落实", "完成", "加强", "推进", "实施", "监督", "检查", "制定", "上报", "已报", "报送", "编制", "宣传", "培训", "做好",
    "配合", "覆盖", "保持", "拨付", "发放", "支付", "缴纳", "上解", "处理", "整改", "公示", "投入", "使用", "提供", "采购", "验收", "交付", "通过",
)  # fmt: skip
_EVIDENCE = ("表", "报告", "文件", "凭证", "通知", "办法", "方案", "单", "书", "记录", "台账", "资料", "材料", "截图", "照片", "制度", "合同", "发票")
_GRADES = "优良中低差秀好般一较不合格等、/,"
_BLANKS = "xX*_%.…○□△-/ "
_POINTERS = ("附", "报告", "表", "说明", "文", "佐证", "材料", "备注", "下", "上", "右", "左", "后", "前", "第", "《", "总结", "清单")


class Phrase(Record):
    """定性表述: ``kind`` enum, qualitative, text or missing; ``op`` only where a benchmark is compared."""

    kind: str
    meaning: str | None = None
    op: str | None = None


NONE_HAPPENED = Phrase(QUALITATIVE, ZERO)


def counts_events(indicator: str) -> bool:
    """Whether the row counts what should not happen (投诉, 事故), so that 无 means none happened.

    >>> counts_events("有责投诉次数"), counts_events("参保率")
    (True, False)
    """
    return any(event in indicator for event in _EVENTS)


def word_of(text: str) -> Phrase | None:
    """一个词的填报: a word of a printed list (优, 是, 达标, 部分达成), a filler (-, /, 无), None for anything else.

    >>> word_of("部分达成"), word_of("--").kind, word_of("不适用").kind
    (Phrase(kind='enum', meaning='band 2', op=None), 'missing', 'missing')
    """
    if not has_digit(text):
        found = _WORDS.get(text) or _WORDS.get(text.lower())
        if found is not None:
            return Phrase(*found)
        if not any(map(str.isalnum, text)) or (text[0] in _BLANKS and not text.strip(_BLANKS)):
            return Phrase(MISSING)
        if text.startswith(("优良中", "优、良", "优/良", "优秀、良好", "优秀/良好")) and not text.strip(_GRADES):
            return Phrase(ENUM, "grade list")
    if "达成" in text:
        return _band(text)
    if text[0] in "见详参另" and _points_elsewhere(text):
        return Phrase(MISSING)
    return None


def _band(text: str) -> Phrase | None:
    """Bands of 财预〔2020〕10号: full, partly, not attained; in full words or in the short form."""
    head, _, tail = text.partition("(")[0].partition("达成")
    tail = tail.lstrip("了")
    if head in ("未", "没有", "未能"):
        band = 3
    elif head in ("部分", "部份"):
        band = 2
    elif head in ("", "全部", "基本", "全部或基本", "全部或者基本", "已", "已全部", "完全", "均", "均已"):
        band = 1
    else:
        return None
    if not tail:
        return Phrase(ENUM, f"band {band}")
    named = tail.startswith(("年度", "预期", "绩效", "年初", "指标", "目标")) and ("指标" in tail or "目标" in tail)
    return Phrase(ENUM, f"band {band}{_BANDS[band]}") if named and len(tail) <= 20 else None


def _points_elsewhere(text: str) -> bool:
    for head in ("详见", "参见", "另见", "见", "另附", "详附"):
        if text.startswith(head):
            return text.startswith(_POINTERS, len(head)) or head in ("详见", "参见", "另见", "另附", "详附")
    return False


def phrase_of(text: str) -> Phrase:
    """句子的填报: what kind of statement it is when no number decides; a text that states nothing is plain text.

    >>> phrase_of("未出现违规情况").meaning, phrase_of("稳步提高").meaning, phrase_of("预决算报表").kind
    ('zero occurrence', 'vague improvement', 'text')
    """
    if "为准" in text:
        return Phrase(MISSING)
    if _says_zero(text):
        return Phrase(QUALITATIVE, ZERO)
    for meaning, fragments in _CLASSES:
        if any(fragment in text for fragment in fragments):
            return Phrase(QUALITATIVE, meaning)
    return _vague(text)


def _says_zero(text: str) -> bool:
    if "杜绝" in text or any(word in text for word in _ABSENT):
        return True
    return any(head + event in text for head in ("零", "无", "0", "杜绝", "未") if head in text for event in _EVENTS)


def _vague(text: str) -> Phrase:
    if len(text) <= 14 and any(change in text for change in _CHANGES) and any(degree in text for degree in _DEGREES):
        return Phrase(QUALITATIVE, "vague improvement")
    if text in _CHANGES:
        return Phrase(QUALITATIVE, "vague improvement")
    if len(text) <= 6 and text.endswith("完成"):
        return Phrase(TEXT, "done")
    if text.startswith(_SLOGANS):
        return Phrase(QUALITATIVE, "slogan")
    if any(degree + change in text for degree in _DEGREES if degree in text for change in _CHANGES):
        return Phrase(QUALITATIVE, "vague improvement")
    if any(level in text for level in _LEVELS):
        return Phrase(QUALITATIVE, "vague level")
    is_work = len(text) >= 5 and not text.endswith(_EVIDENCE) and any(verb in text for verb in _WORK)
    return Phrase(QUALITATIVE, "work statement") if is_work else Phrase(TEXT)

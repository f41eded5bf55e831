"""表头用词: the words offices use for the columns, labels and blocks of a 自评表, as data.

A word counts as found when it is part of the text; a word that starts with "=" must be the whole text.
Texts are compared as ``header_key`` writes them: half width, no spaces or line breaks, no parentheses.
"""

from __future__ import annotations

import unicodedata

from perfeval_xl.core.memory import cache, lru_cache
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    import re

OUR_SHEETS = frozenset(("校验结果", "评分规则", "基础数据", "报告校验", "使用手册", "_pe_record"))

LEVELS = ("level1", "level2", "level3")
DEPTHS = ("level1", "level2", "group", "level3")     # the columns of names from the left, where 四级指标 makes 三级指标 a group
_OTHER_JUDGES = ("复核", "审核", "复评", "核查", "核定", "专家", "财政", "主管", "抽查", "第三方", "评审")
_NO_GAP = ("完成率", "偏差", "偏离", "完成比例", "得分率", "达标率", "差异率", "系数")
_CHANGES = ("比上年", "较上年", "同比", "增减")
_OTHER_TIMES = ("上年", "去年", "往年", "上一年度", "半年", "季度")
_WITH_POINTS = ("及分值", "和分值", "与分值", "及权重", "和权重", "与权重")


class Word(Record):
    """用词: ``role`` if one of ``any_of`` is found, none of ``none_of``, and one of ``also`` where given."""

    role: str
    any_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


# The first line that fits decides: what merely mentions a target or an actual value comes before them.
INDICATOR_COLUMNS = (
    Word("other", ("序号", "编号", "代码")),
    Word("level1", ("一级指标",), (), _WITH_POINTS),
    Word("level2", ("二级指标",), (), _WITH_POINTS),
    Word("level3", ("三级指标", "=指标名称及分值", "=指标及分值"), (), _WITH_POINTS),
    Word("level4", ("四级指标",), (), _WITH_POINTS),
    Word("group_weight", ("权重", "分值", "满分", "标准分"), ("自评",), ("一级", "二级", "1级", "2级")),
    Word("reason", ("原因", "改进措施", "整改措施", "偏差说明", "偏差情况", "偏差分析", "差异说明", "扣分说明", "扣分理由", "未完成情况说明", "未达标说明"), ("依据",)),
    Word("score_rate", ("得分率",), ("标准", "说明", "等级", *_OTHER_JUDGES)),
    Word("other", (*_NO_GAP, "等级", "扣分"), ("分析",)),
    Word("other", _CHANGES, ("分析", "原因")),
    Word("", ("完成情况说明", "完成说明", "自评说明", "得分说明", "评分说明")),
    Word("evidence", ("依据", "佐证", "支撑材料", "证明材料", "数据来源", "资料来源")),
    Word("other", ("标准", "细则", "办法", "方法", "要点", "说明", "解释", "内涵", "定义", "释义", "公式"), ("标准分", "标准值", "标准得分")),
    Word("other", ("备注", "责任", "牵头", "科室", "类型", "属性", "正反向", "极性", "上年", "去年", "历史", "往年", "行业", "预计", "监控")),
    Word("other", ("实施期", "中长期", "中期", "三年", "五年", "总体"), ("得分", "权重")),
    Word("other", ("半年", "季度", "1-6月", "1-7月", "1-8月", "1-9月", "时间", "时限", "日期")),
    Word("other", ("得分", "评分", "打分", "分数", "评价分"), ("自评",), _OTHER_JUDGES),
    Word("weight", ("分值", "权重", "标准分", "标准得分", "基准分", "满分", "配分", "赋分", "应得分", "分数"), ("自评", "得分值", "权重得分", "实得", "实际")),
    Word("score", ("得分", "自评分", "评分", "打分", "评价分", "实际分", "=自评")),
    Word("unit", ("度量单位", "计量单位", "指标单位", "数量单位", "=单位")),
    Word("unit", ("单位",), ("责任", "主管", "实施", "牵头", "填报", "负责", "使用", "部门", "完成", "目标", "得分")),
    Word("sign", ("指标性质", "=性质", "指标方向", "=方向", "运算符", "比较符", "关系符", "计算符", "=符号", "指标符号")),
    Word("actual", ("实际", "完成情况", "达成情况", "实现情况", "自评值"), ("未完成",)),
    Word("adjusted", ("调整值", "调整指标值", "调整后指标", "调整目标", "调整后目标", "调整后年度", "调整后的指标", "调整后的目标")),
    Word("target", ("预期", "计划", "应完成", "应达")),
    Word("actual", ("完成", "达成", "实现", "执行情况"), ("未完成",)),
    Word("target", ("指标值", "目标", "标准值", "年度指标")),
    Word("level1", ("一级指标", "1级指标", "=一级", "=一级名称", "指标类别", "指标分类", "评价维度")),
    Word("level2", ("二级指标", "2级指标", "=二级", "=二级名称")),
    Word("level3", ("三级指标", "3级指标", "=三级", "=三级名称")),
    Word("level4", ("四级指标", "4级指标", "=四级", "=四级名称")),
    Word("name", ("指标", "考核内容", "评价内容", "考核项目", "评价项目", "自评内容", "=名称", "=内容", "=项目")),
)

FUND_COLUMNS = (
    Word("other", ("时间", "日期")),
    Word("other", _CHANGES, ("说明", "原因", "分析")),
    Word("other", ("上年", "去年", "上一年度"), ("结余", "结转", "余额", "到位")),
    Word("balance", ("结余", "结转结余", "余额"), ("率", "上年", "年初", "以前年度")),
    Word("in_place", ("到位",), ("率", "执行", "上年")),
    Word("other", ("到位", "结余", "结转", "调整率", "调剂", "差额", "占比", "比重"), ("执行率",)),
    Word("other", ("调整数", "调整额", "调整金额", "追加", "调增", "调减", "=预算调整", "=调整", "=预算调整情况"), ("后",)),
    Word("reason", ("原因", "偏差说明", "偏差情况", "偏差分析", "差异说明", "增减说明", "变动说明", "变化说明")),
    Word("other", ("系数",)),
    Word("weight", ("分值", "权重", "满分", "标准分")),
    Word("other", ("得分", "评分"), ("自评",), _OTHER_JUDGES),
    Word("score", ("得分", "评分", "自评分")),
    Word("rate", ("执行率", "支出率", "支付率", "使用率", "进度", "支出比例", "完成率", "完成预算", "完成比例", "占预算")),
    Word("rate", ("%",), (), ("预算", "完成", "执行", "支出")),
    Word("executed", ("执行",), ("情况", "准确性", "规范性")),
    Word("executed", ("支出", "决算", "使用", "支付"), ("预算", "情况", "明细", "内容")),
    Word("initial_budget", ("年初", "期初", "批复"), ("目标",)),
    Word("budget", ("预算", "计划安排", "安排资金", "计划资金", "计划数", "资金安排", "下达资金", "计划投入", "计划金额", "计划投资", "投资计划", "可用资金", "可用指标"), ("情况", "管理", "主管", "预算单位", "预算部门", "编制单位", "编制部门", "安排单位", "安排部门", "科目", "预算项目")),
)
AMOUNT_COLUMNS = ("initial_budget", "budget", "executed")
MONEY_COLUMNS = (*AMOUNT_COLUMNS, "balance", "in_place")
MONEY_WORDS = ("资金", "预算", "经费", "收支")

# Header words that say little by themselves: the header cell above them decides.
BROADER = frozenset(("", "target", "name", "weight", "score", "名称", "内容", "数值", "值", "性质", "单位", "权重", "分值", "金额"))
_WHOLE = ("合计", "小计", "总计", "全省", "全市", "全州", "全县", "全区")     # beside the counties of an area
# Which of several columns of one use is meant: the first word that only one of them has.
PREFERRED = {
    "weight": ("分值", "标准分", "满分"),
    "score": ("自评", "得分"),
    "reason": ("原因",),
    "target": ("年度", "全年", "当年", "本年", "指标值", *_WHOLE),
    "actual": ("全年", "年度", "年末", "年底", "12月", "实际完成", "完成值", "当年", "本年", *_WHOLE),
    "evidence": ("评分依据", "评价依据"),
    "budget": ("合计", "小计", "总额", "总计", "全年", "调整", "年度", "本年", "当年"),
    "initial_budget": ("合计", "小计", "总额", "总计"),
    "executed": ("合计", "小计", "总额", "总计", "全年", "年度", "本年", "当年"),
    "rate": ("合计", "小计", "总额", "预算执行率", "执行率", "全年", "调整"),
}
INDICATOR_TITLES = {
    "level1": "一级指标", "level2": "二级指标", "group": "三级指标", "level3": "三级指标", "name": "指标名称", "target": "年度指标值", "sign": "指标性质",
    "polarity": "指标方向", "adjusted": "调整后的指标值",
    "unit": "度量单位", "actual": "全年完成值", "weight": "分值", "score": "得分", "score_rate": "得分率", "reason": "未完成原因和改进措施", "evidence": "评分依据",
}  # fmt: skip
FUND_TITLES = {
    "initial_budget": "年初预算数", "budget": "全年预算数", "executed": "全年执行数", "rate": "执行率", "weight": "分值", "score": "得分",
    "reason": "原因", "balance": "结余", "in_place": "到位数",
}  # fmt: skip

# The lines above the blocks. "other" are labels too: their values are no part of the table.
HEAD_LABELS = (
    Word("other", ("审核得分", "审核评分", "复核得分", "总分值", "类别", "属性", "类型", "方式", "起止", "实施期", "期限", "编码")),
    Word("name", ("项目名称", "险种", "转移支付名称", "专项名称", "资金名称", "政策名称", "基金名称", "专项资金名称")),
    Word("department", ("主管部门", "主管单位", "主管预算部门", "归口"), ("负责人",)),
    Word("unit", ("实施单位", "使用单位", "项目单位", "预算单位", "填报单位", "单位名称", "部门名称", "承担单位", "执行单位", "经办机构", "预算部门")),
    Word("unit", ("=部门", "=单位", "=部门单位名称", "=部门或单位", "=自评单位", "=评价单位", "=购买主体", "=购买方")),
    Word("finance", ("财政部门",)),
    Word("unit", ("单位", "部门名称"), ("表", "自评", "支出", "主管", "金额", "计量", "度量", "货币", "负责", "联系", "电话", "人员", "类别", "性质", "编码", "得分", "评分")),
    Word("total", ("自评得分", "自评总分", "总得分", "综合得分", "=总分", "自评分数")),
    Word("grade", ("评价等级", "自评等级", "绩效等级", "等级", "评价等次", "等次")),
    Word("other", ("负责人", "联系人", "电话", "日期", "时间", "地址", "填报人", "填表人", "经办人", "评分", "编号", "年度")),
)

# From the widest office to the nearest: the nearest 主管部门 answers for the table.
_FAR_OFFICES = (("中央", "国家", "部委"), ("省", "自治区"), ("市",))

FUND_KIND = Word("fund", ("险种", "保险基金", "社保基金", "医保基金", "基金预算绩效"), ("政府性基金",))
TRANSFER_KIND = Word("transfer", ("转移支付",))
DEPARTMENT_KIND = Word("department", ("整体支出", "整体绩效", "部门整体", "单位整体"))
TRANSFER_HEAD = Word("transfer", ("转移支付", "中央主管部门", "地方主管部门"))

_THREE_LEVELS = ("level1", "level2", "level3")
_SPENT = ("initial_budget", "budget", "executed", "weight", "rate", "score")
# Known layouts: kind, funding columns and indicator columns in their order on the sheet.
FORMS = {
    "fund": ("fund", ("budget", "executed", "rate"), (*_THREE_LEVELS, "weight", "target", "actual", "score", "evidence", "reason")),
    "transfer": ("transfer", ("budget", "executed", "rate"), (*_THREE_LEVELS, "target", "actual", "reason")),
    "transfer-scored": ("transfer", ("budget", "executed", "rate"), (*_THREE_LEVELS, "weight", "target", "actual", "score", "reason")),
    "department-sichuan": (
        "department",
        ("initial_budget", "budget", "executed", "rate"),
        (*_THREE_LEVELS, "weight", "target", "actual", "score", "evidence", "reason"),
    ),
    "department": ("department", _SPENT, (*_THREE_LEVELS, "weight", "target", "actual", "score", "reason")),
    "project": ("project", _SPENT, (*_THREE_LEVELS, "target", "actual", "weight", "score", "reason")),
    "project-yunnan": (
        "project", _SPENT, (*_THREE_LEVELS, "sign", "target", "unit", "actual", "weight", "score", "reason"),
    ),
    "project-sichuan": (
        "project",
        ("initial_budget", "budget", "executed", "rate", "weight", "score", "reason"),
        (*_THREE_LEVELS, "sign", "target", "unit", "actual", "weight", "score", "reason"),
    ),
}  # fmt: skip

LIST_TABLE = Word("list", ("汇总表", "一览表", "统计表", "明细表", "基础数据"))
GOAL_TABLE = Word("goal", ("目标申报", "申报表", "目标表", "目标批复", "监控表", "监控情况", "运行监控"), ("自评", "评价"))
_TITLE_WORDS = ("自评", "评价", "评分表", "打分表", "考评", "绩效分析", "绩效目标完成")
_TITLE_ENDS = ("表", "报告", "自评", "自评价")

TRAILERS = (
    "说明", "备注", "注:", "注1", "注.", "附:", "填报说明", "填表说明", "其他需要说明", "其他说明", "偏差大", "改进措施", "存在问题",
    "存在的问题", "下一步", "评价结论", "自评结论", "结果应用", "自评得分", "评价等级", "自评等级", "单位负责人", "项目负责人", "部门负责人",
    "负责人", "财务负责人", "科室负责人", "填表人", "填报人", "经办人", "联系人", "审核人", "制表人", "主管领导", "分管领导", "审核意见",
    "单位意见", "主管部门意见", "填报单位", "单位盖章", "填报日期", "联系电话",
)  # fmt: skip
OTHER_MONEY = ("三公", "公用经费", "政府采购", "资产")     # blocks of figures that are no sources of the budget
LABEL_HEADERS = ("名称", "任务", "来源", "科目", "资金类别", "资金类型", "资金性质")
SIGNATURES = (
    "负责人", "填表人", "填报人", "经办人", "联系人", "电话", "日期", "审核人", "复核人", "制表人", "领导", "签字", "签章", "盖章",
)  # fmt: skip
BLOCKS_AFTER_FUNDS = (
    "总体目标", "年度目标", "总目标", "绩效目标", "预期目标", "目标完成", "绩效指标", "资金管理情况", "项目支出明细", "项目绩效", "一级指标",
    "项目概况", "基本情况", "实施内容",
)  # fmt: skip
SIGNS = frozenset(
    ["≥", "≤", "=", ">", "<", "≧", "≦", "⩾", "⩽", ">=", "<=", "≠", "大于等于", "小于等于", "不低于", "不少于", "不高于", "不超过", "不大于", "不小于", "大于", "小于", "等于", "高于", "低于", "超过", "至少", "定性"]
)
NUMBERING = "0123456789.、一二三四五六七八九十"     # in front of a label
OPEN_BOXES = "□○☐◯"     # before a grade that may be ticked
GRADES = frozenset(
    ("优", "良", "中", "差", "优秀", "良好", "合格", "不合格", "一般", "一等", "二等", "三等", "四等", "A", "B", "C", "D")
)


def found(word: Word, text: str) -> bool:
    """是否属于该类用词: ``text`` as ``header_key`` writes it.

    >>> found(Word("weight", ("=单位",)), "度量单位"), found(Word("rate", ("执行率",)), "预算执行率")
    (False, True)
    """
    return _any(word.any_of, text) and not _any(word.none_of, text) and (not word.also or _any(word.also, text))


def _any(parts: tuple[str, ...], text: str) -> bool:
    for part in parts:  # noqa: SIM110 - a generator would double the cost of reading a sheet
        if part in text or (part[0] == "=" and part[1:] == text):
            return True
    return False


@lru_cache(8192)
def bare(text: str) -> str:
    r"""去掉空格换行、全角改半角.

    >>> bare("得　　分\n（Ａ）")
    '得分(A)'
    """
    return "".join(unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "").split())


@lru_cache(8192)
def header_key(text: str) -> str:
    r"""表头关键字: ``bare`` without what stands in parentheses, without closing punctuation.

    >>> header_key("转移支付\n（项目）名称："), header_key("执行率（B/A）"), header_key("（2023年度）")
    ('转移支付名称', '执行率', '(2023年度)')
    """
    short = bare(text)
    return (_without_parentheses(short) or short).strip(":;,.、★*·。")


def _without_parentheses(text: str) -> str:
    """Innermost brackets and what stands in them left out; ``text`` holds no line break."""
    closed = text
    for closing in ")]】〕":
        if closing in text:
            closed = closed.replace(closing, closing + "\n")
    if closed is text:
        return text
    *pieces, rest = closed.split("\n")
    opened = [max(map(piece.rfind, "([【〔")) for piece in pieces]
    return "".join([piece if at < 0 else piece[:at] for piece, at in zip(pieces, opened, strict=True)]) + rest


@lru_cache(8192)
def indicator_role(text: str) -> str:
    """指标列的用途 of a header text, "" when unknown.

    >>> [indicator_role(text) for text in ("全年实际完成值", "未完成原因和改进措施", "参考分值", "一级指标权重")]
    ['actual', 'reason', 'weight', 'group_weight']
    """
    role = _role(INDICATOR_COLUMNS, text)
    return "reason" if role == "other" and header_key(text) == "备注" and "原因" in text else role


@lru_cache(8192)
def fund_role(text: str) -> str:
    """资金列的用途 of a header text, "" when unknown; a text with a comma is a sentence.

    >>> [fund_role(text) for text in ("调整后预算数", "预算执行率（%）", "实际支出（万元）", "年初预算数")]
    ['budget', 'rate', 'executed', 'initial_budget']
    """
    return "" if "," in bare(text) else _role(FUND_COLUMNS, text)


def is_other_time(text: str) -> bool:
    """列名是否指别的年份或年中的一段: not a mere change against the year before.

    >>> is_other_time("上年实际值"), is_other_time("实际完成值6月底"), is_other_time("较上年增减")
    (True, True, False)
    """
    month = text.find("月")
    return not tells_change(text) and (_any(_OTHER_TIMES, text) or (month > 0 and text[month - 1].isdigit()))


def tells_change(text: str) -> bool:
    """列名是否说增减: 较上年增减, 增减说明."""
    return _any(_CHANGES, text)


@lru_cache(8192)
def head_role(label: str) -> str:
    """表头栏目的用途, "" when it is no label.

    >>> head_role("项 目 名 称"), head_role("实施单位（盖章）"), head_role("财政审核评分")
    ('name', 'unit', 'other')
    """
    return _role(HEAD_LABELS, label, longest=16)


@lru_cache(8192)
def is_label(text: str) -> bool:
    """是否只是栏目名称: a label word makes up at least half of it, so that a value is not taken for a label.

    >>> is_label("地方主管部门"), is_label("填报日期："), is_label("某县医疗保险经办机构服务中心")
    (True, True, False)
    """
    label, colon, rest = bare(text).partition(":")
    key = header_key(label)
    if rest or not head_role(label):
        return False
    words = (part.lstrip("=") for word in HEAD_LABELS if found(word, key) for part in word.any_of if part.lstrip("=") in key)
    return bool(colon) or 2 * max(map(len, words), default=0) >= len(key)


def _role(words: tuple[Word, ...], text: str, longest: int = 30) -> str:
    key = header_key(text)
    if not key or len(key) > longest or key[-1] in "。;!" or ":" in key:
        return ""
    return next((word.role for word in words if found(word, key)), "")


def nearness(label: str) -> int:
    """主管部门的远近: 0 for a central office, 3 for one without a far word or a county's own."""
    key = header_key(label)
    return next((rank for rank, words in enumerate(_FAR_OFFICES) if key.startswith(words)), 3) if "市县" not in key else 3


def is_title(text: str) -> bool:
    """是否像自评表的标题.

    >>> is_title("项目支出绩效自评表"), is_title("三、项目绩效自评情况"), is_title("绩效目标申报表")
    (True, False, False)
    """
    key = header_key(text)
    if key.endswith(("年", "年度")):
        key = _year_ending().sub("", key)
    if not (4 <= len(key) <= 60 and key.endswith(_TITLE_ENDS) and _any(_TITLE_WORDS, key)):
        return False
    return not (key[0] in "一二三四五六七八九十" or key[0].isdigit()) or not _numbered().match(key)


@cache
def _year_ending() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"20\d\d年度?$")


@cache
def _numbered() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"[一二三四五六七八九十\d]+[、.)]")


@cache
def _total() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(
        r"(?:项目|自评|绩效|评价|年度|分数|分值|得分|指标|综合|最终)*(?:总分|合计|总计|总得分|得分合计|合计得分|合计分|综合得分|总评分)(?:值|数)?"
        r"(\([^()]{0,20}\))?[:：=]?((?:\d+(?:\.\d+)?)?)分?[)。;]*"
    )


_TOTAL_WORDS = ("总分", "合计", "总计", "总得分", "总评分", "综合得分")


@lru_cache(1024)
def total_label(text: str) -> tuple[str, str] | None:
    """合计行的标签: what it prints as full marks and as score, None when it is no such label.

    >>> total_label("总　分："), total_label("总分:83"), total_label("合计（100分）"), total_label("合计发放人数")
    (('', ''), ('', '83'), ('100', ''), None)
    """
    short = bare(text)
    if short in ("合计", "总分", "总计"):
        return "", ""
    match = _total().fullmatch(short) if any(word in short for word in _TOTAL_WORDS) else None
    if match is None:
        return None
    full_marks = (match[1] or "").strip("()分")
    return (full_marks if full_marks.replace(".", "", 1).isdigit() else "", match[2])


_FILLER_STARTS = ("指标", "无", "空", "不适用", "N/A", *"-—–_/\\*×.·…。:：Xx@")


@cache
def _filler() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"(?:指标\d*[:：]?)?[-—–_/\\*×.·…。:：]*|[Xx]{2,}|无|空|不适用|N/A|@+")


@lru_cache(4096)
def is_filler(text: str) -> bool:
    """是否只是占位: nothing, dashes, dots, 指标2：.

    >>> is_filler("指标2："), is_filler("……"), is_filler("／"), is_filler("指标2：参保率")
    (True, True, True, False)
    """
    short = bare(text)
    return not short or (short.startswith(_FILLER_STARTS) and _filler().fullmatch(short) is not None)

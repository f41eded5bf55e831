"""空话: words that stand where a reason belongs and say nothing, and texts that are no sentence at all."""

from __future__ import annotations

# Longest first, so that 没有问题 is not left over as 问题.
_SAYS_NOTHING = tuple(
    sorted(
        (
            "无", "没有", "暂无", "无原因", "没有原因", "无偏差", "无异常", "没有异常", "无误", "准确无误", "无问题", "没有问题", "没问题",
            "不适用", "空", "略", "同上", "同前", "如上", "见上", "详见上", "见附件", "详见附件", "见报告", "详见报告", "见说明", "另附", "另行说明",
            "已完成", "完成", "已按时完成", "按时完成", "按计划完成", "按要求完成", "全部完成", "基本完成", "均已完成", "未完成", "部分完成", "没完成",
            "已达标", "达标", "未达标", "已达成", "达成", "已实现", "正常", "属实", "情况属实", "数据属实", "已核实", "经核实", "核实", "已确认",
            "确认", "已核对", "经核对", "核对", "已说明", "已知", "收到", "好的", "是", "是的", "对", "有", "情况", "数据", "该", "此项", "本项", "客观原因",
            "其他原因", "特殊原因", "各种原因", "历史原因", "实际情况", "按实际", "按实际填写", "以实际为准", "填报", "填写", "待定", "待核", "待查",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_LETTERS_OF_NOTHING = frozenset("".join(_SAYS_NOTHING))     # a text with another letter says something
_FEWEST_DIFFERENT = 4   # a sentence of six characters and more has more of them


def letters(text: str) -> str:
    """正文: the letters and digits of a text, without spaces and marks."""
    return "".join(filter(str.isalnum, text))


def length(text: str) -> int:
    """字数: every character but spaces and the marks at both ends.

    >>> length(" 汛期停工, 工期顺延。"), length("——")
    (9, 0)
    """
    bare = "".join(text.split())
    while bare and not bare[0].isalnum():
        bare = bare[1:]
    while bare and not bare[-1].isalnum():
        bare = bare[:-1]
    return len(bare)


def says_nothing(text: str) -> bool:
    """是否空话: nothing but set phrases, however many of them; a blank says nothing too.

    >>> says_nothing("无。"), says_nothing("经核实, 情况属实!"), says_nothing("汛期停工")
    (True, True, False)
    """
    rest = letters(text)
    if not _LETTERS_OF_NOTHING.issuperset(rest):
        return False
    for phrase in _SAYS_NOTHING:
        rest = rest.replace(phrase, "")
        if not rest:
            return True
    return not rest


def is_mere_repetition(text: str) -> bool:
    """是否凑字数: fewer than four different characters.

    >>> is_mere_repetition("啊啊啊啊啊啊"), is_mere_repetition("汛期停工"), is_mere_repetition("已改已改已改")
    (True, False, True)
    """
    return len(set(letters(text))) < _FEWEST_DIFFERENT

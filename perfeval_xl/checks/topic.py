"""话题: a target that only says over again what the indicator is about, and no level to reach."""

from __future__ import annotations

from perfeval_xl.checks.empty_talk import letters

_TOPICS = ("情况", "状况", "程度")
_REPEATED = (*_TOPICS, "效果", "成效", "作用", "影响", "水平")
_ENDINGS = ("的评价", "评价", "的评估", "评估")
# What a target may say besides its name, and then it does name a level or a deed.
_SAYING = (
    "无", "未", "不", "没", "零", "免", "防", "好", "优", "良", "高", "升", "低", "降", "减", "少", "增", "加", "强", "多", "大", "全", "稳", "显",
    "改", "善", "达", "到", "得", "符", "合", "满", "足", "按", "及", "时", "完", "成", "掌", "握", "了", "解", "清", "核", "查", "报", "公", "建", "立",
    "开", "展", "落", "实", "规", "范", "保", "证", "障", "促", "进", "推", "动", "发", "挥", "起", "有", "较", "基", "正常", "理", "决", "变", "扩", "缩",
    "续", "长", "久", "深", "积极", "正面",
)  # fmt: skip
_QUALITIES = ("无", "未", "不", "没", "零", "良", "好", "优", "正常", "稳定")
_SHORTEST, _LONGEST_ADDED = 4, 3


def names_topic(name: str, target: str) -> bool:
    """指标值是否只是话题: it ends as a topic does and adds no more than a word to the indicator's name, or repeats part of it.

    >>> names_topic("把握文化方向情况", "把握正确文化方向情况的评价"), names_topic("宣传效果", "宣传效果")
    (True, True)
    >>> names_topic("无上访情况", "无上访情况"), names_topic("持续影响", "持续影响"), names_topic("发挥示范作用", "发挥示范作用")
    (False, False, False)
    >>> names_topic("群众就医情况", "改善群众就医情况"), names_topic("宣传效果", "良好宣传效果"), names_topic("资金使用情况", "规范")
    (False, False, False)
    """
    if not any(word in target for word in _REPEATED):
        return False
    about, said = letters(name), letters(target)
    if len(said) < _SHORTEST or any(character.isdigit() for character in said):
        return False
    if said in about:
        levels = _QUALITIES if said.endswith(_TOPICS) else _SAYING
        return said.endswith(_REPEATED) and not any(word in said for word in levels)
    bare = next((said.removesuffix(ending) for ending in _ENDINGS if said.endswith(ending) and not about.endswith(ending)), said)
    if not bare.endswith(_TOPICS) or len(about) < _SHORTEST:
        return False
    added = _added(about, bare)
    return added is not None and len(added) <= _LONGEST_ADDED and not any(word in added for word in _SAYING)


def _added(about: str, said: str) -> str | None:
    """The characters of ``said`` that ``about`` lacks; None where it leaves some of ``about`` out."""
    rest, added = about, ""
    for character in said:
        if rest.startswith(character):
            rest = rest[1:]
        else:
            added += character
    return None if rest else added

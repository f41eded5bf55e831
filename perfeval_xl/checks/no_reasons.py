"""没有写原因的地方: what is asked of a table whose form has no column for reasons and whose texts give none."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from perfeval_xl.core.assessment import Assessment

# Whoever explains anything in a goal text or a passage uses one of these.
_EXPLAINING = (
    "因", "由于", "未", "没有", "没能", "不足", "不够", "不到", "缺", "滞后", "推迟", "延期", "延后", "影响", "偏少", "偏低", "偏慢", "少于", "低于", "超", "主要是",
)  # fmt: skip
FAR_OVER = 2.0      # of the target: where the form asks for no reason, only what cannot be a matter of course
WHERE = "这张表没有原因栏, 各处文字也没有说明原因"
FIX_WHERE = "在表下或另附的说明里"


def gives_no_reasons(assessment: Assessment) -> bool:
    """The form has no place for reasons that was read or may have been overlooked, and no text of the table explains anything."""
    table = assessment.table
    if table.has_reason_room or table.unread or any(result.indicator.reason.exists for result in assessment.indicators):
        return False
    texts = [table.goal_done.text, *(passage.text.text for passage in table.passages)]
    return not any(word in text for text in texts for word in _EXPLAINING)

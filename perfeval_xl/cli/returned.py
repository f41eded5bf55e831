"""退回单的核对 for ``check --returned``: what of a slip is mended, and where the rest is."""

from __future__ import annotations

from perfeval_xl.cli.check import shown
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.results.returned_slip import returned_items

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.workbook.examination import Examined
    from perfeval_xl.workbook.results.returned_slip import Returned


def returned_text(slip: str, outcome: Examined) -> str:
    """逐项说明 what still stands, each with its cell."""
    items = returned_items(slip, outcome.all_findings)
    still = [item for item in items if item.is_open]
    head = f"退回单共 {len(items)} 项, 已改好或说明 {len(items) - len(still)} 项" + (f", 还有 {len(still)} 项:" if still else "")
    return "\n".join([head, *(shown(f"  ✗ {item.sheet} {item.cell} {item.check} {item.message}") for item in still)])


def returned_entries(slip: str, outcome: Examined) -> list[dict[str, Any]]:
    """The same for ``--json``."""
    return [_entry(item) for item in returned_items(slip, outcome.all_findings)]


def _entry(item: Returned) -> dict[str, Any]:
    return {"check": item.check, "sheet": item.sheet, "cell": item.cell, "message": item.message, "open": item.is_open}

"""页脚校验码: the short digest in the printed footer, so that the stamped paper can be matched with the file."""

from __future__ import annotations

import re
from html import unescape

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.opc.splice import Tree, escaped, spliced

if TYPE_CHECKING:
    from perfeval_xl.workbook.opc.splice import Edit, Element

LABEL = "报送校验码 "
_FOOTERS = ("oddFooter", "evenFooter", "firstFooter")
_BEFORE_FOOTER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges",
    "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
)  # fmt: skip
_LONGEST = 255


def with_footer(data: bytes, code: str) -> bytes:
    """表页部件 whose every footer ends its left part with ``code``; an office's own footer stays."""
    tree = Tree(data, depth=2)
    box = tree.root.find("headerFooter")
    prefix, text = tree.prefix, escaped(f"&L{LABEL}{code}")
    odd = f"<{prefix}oddFooter>{text}</{prefix}oddFooter>"
    if box is None:
        after = max(child.end for child in tree.root.children if child.local in _BEFORE_FOOTER)
        return spliced(data, [(after, after, f"<{prefix}headerFooter>{odd}</{prefix}headerFooter>".encode())])
    footers = [child for child in box.children if child.local in _FOOTERS]
    if not any(child.local == "oddFooter" for child in footers):
        return spliced(data, [_first_footer(tree, box, odd), *(_changed(tree, footer, code) for footer in footers)])
    return spliced(data, [_changed(tree, footer, code) for footer in footers])


def _first_footer(tree: Tree, box: Element, odd: str) -> Edit:
    header = box.find("oddHeader")
    if box.inner_start == box.end:
        opened = tree.data[box.start : box.end].rstrip(b"/> ") + b">"
        return box.start, box.end, opened + odd.encode() + f"</{tree.prefix}headerFooter>".encode()
    at = header.end if header else box.inner_start
    return at, at, odd.encode()


def _changed(tree: Tree, footer: Element, code: str) -> Edit:
    text = tree.data[footer.inner_start : footer.inner_end].decode("utf-8", "replace")
    name = f"{tree.prefix}{footer.local}"
    return footer.start, footer.end, f"<{name}>{escaped(joined_footer(unescape(text), code))}</{name}>".encode()


def joined_footer(text: str, code: str) -> str:
    """原页脚加校验码: into the left part; an earlier code is replaced; what would not fit in 255 characters is left out.

    >>> joined_footer("&C第 &P 页", "0123-4567-89AB-CDEF")
    '&L报送校验码 0123-4567-89AB-CDEF&C第 &P 页'
    >>> joined_footer("&L报送校验码 0000-0000-0000-0000&R机密", "0123-4567-89AB-CDEF")
    '&L报送校验码 0123-4567-89AB-CDEF&R机密'
    """
    parts = dict.fromkeys("LCR", "")
    side = "C"
    for piece in re.split(r"(&[LCR])", text):
        if piece in ("&L", "&C", "&R"):
            side = piece[1]
        else:
            parts[side] += piece
    left = re.sub(rf"\s*{LABEL}[0-9A-F-]{{19}}", "", parts["L"])
    parts["L"] = f"{left}\n{LABEL}{code}" if left else LABEL + code
    whole = "".join(f"&{side}{part}" for side, part in parts.items() if part)
    return whole if len(whole) <= _LONGEST else f"&L{LABEL}{code}"

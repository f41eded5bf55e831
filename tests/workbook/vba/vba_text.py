"""VBA 文本的结构: blocks that close, procedures, names. What a compiler would say first, without one."""

from __future__ import annotations

import re

_OPENERS = {
    r"#If\b.*\bThen$": "#If",
    r"If\b.*\bThen$": "If",
    r"For\b": "For",
    r"Do\b": "Do",
    r"With\b": "With",
    r"Select Case\b": "Select",
    r"(?:Public |Private )?(?:Static )?Sub\b": "Sub",
    r"(?:Public |Private )?(?:Static )?Function\b": "Function",
}
_CLOSERS = {
    "#End If": "#If",
    "End If": "If",
    "Loop": "Do",
    "End With": "With",
    "End Select": "Select",
    "End Sub": "Sub",
    "End Function": "Function",
}
_HEAD = re.compile(r"(?:(Public|Private) )?(?:Static )?(Sub|Function) (\w+)\((.*)\)", re.IGNORECASE)


def statements(text: str) -> list[str]:
    """Lines without strings, comments, labels and continuation."""
    text = text.replace("\r\n", "\n").replace(" _\n", " ")
    bare = (re.sub(r"'.*", "", re.sub(r'"(?:[^"]|"")*"', '""', line)).strip() for line in text.split("\n"))
    return [
        line
        for line in bare
        if line and not line.startswith("Attribute ") and not re.fullmatch(r"\w+:", line)
    ]


def unclosed(text: str) -> list[str]:
    """What is wrong with the blocks; alternatives of #If that open the same procedure count once."""
    wrong, stack, alternatives = [], [], []
    for line in statements(text):
        if line.startswith("#"):
            alternatives = _directive(line, alternatives, stack, wrong)
            continue
        closed = "For" if re.match(r"Next\b", line) else _CLOSERS.get(re.sub(r"^(Loop)\b.*", r"\1", line))
        if closed:
            if not stack or stack.pop() != closed:
                wrong.append(f"unexpected: {line}")
            continue
        opened = next((block for pattern, block in _OPENERS.items() if re.match(pattern, line)), None)
        if opened:
            stack.append(opened)
    return wrong + [f"never closed: {block}" for block in stack] + ["#If never closed"] * len(alternatives)


def _directive(line, alternatives, stack, wrong):
    """Every alternative of an #If starts from the blocks before it; what the first one leaves open goes on."""
    if line.startswith("#If"):
        return [*alternatives, (list(stack), None)]
    if line.startswith("#Const"):
        return alternatives
    if not alternatives:
        return wrong.append(f"unexpected: {line}") or alternatives
    before, first = alternatives[-1]
    after = list(stack)
    if first is not None and first != after:
        wrong.append(f"alternatives differ before: {line}")
    if line.startswith("#End If"):
        stack[:] = after
        return alternatives[:-1]
    stack[:] = before
    return [*alternatives[:-1], (before, after)]


def procedures(text: str) -> dict[str, tuple[str, str, str]]:
    """Name → (Public, Private or "", Sub or Function, parameters)."""
    found = (_HEAD.fullmatch(re.sub(r"\) As \w+$", ")", line)) for line in statements(text))
    return {match[3]: (match[1] or "", match[2], match[4]) for match in found if match}


def names(text: str) -> set[str]:
    """Every identifier outside strings and comments, in small letters."""
    words = (re.findall(r"&H[0-9A-F]+|[A-Za-z]\w*", line) for line in statements(text))
    return {word.lower() for line in words for word in line if not word.startswith("&")}

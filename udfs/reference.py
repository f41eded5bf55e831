"""单元格函数一览, from the functions themselves: how each is called and what it gives."""

from __future__ import annotations

import ast
from importlib import resources


def functions() -> list[tuple[str, str]]:
    """Every function for cells: (call, first line of its docstring); read from the source, nothing is run.

    >>> dict(functions())["PE_SHARE(part, whole)"]
    '占比 = 部分 ÷ 总额, 是 0 到 1 的比率。总额为 0 返回空白。'
    """
    source = (resources.files("udfs") / "perfeval_udfs.py").read_text("utf-8")
    return [
        (_call(node), (ast.get_docstring(node) or "").splitlines()[0])
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("pe_")
    ]


def _call(node: ast.FunctionDef) -> str:
    names = [argument.arg for argument in node.args.args]
    optional = len(names) - len(node.args.defaults)
    shown = [name if place < optional else f"[{name}]" for place, name in enumerate(names)]
    return f"{node.name.upper()}({', '.join(shown)})"

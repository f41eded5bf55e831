"""占位符: the small part of the template language a stranger's template may use; everything else is refused before it runs."""

from __future__ import annotations

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const, nodes.Compare,
    nodes.Operand, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip
_MOST_CHARACTERS = 4_000_000      # of all parts together; docxtpl takes seconds for them
_MOST_LOOPS = 2


class TemplateRefusedError(TemplateError):
    """模板不能用; the message is one Chinese sentence."""


class PlaceholderEnvironment(SandboxedEnvironment):
    """只认占位符: names, their parts, for over our lists and if; no calls, no filters, no arithmetic, bounded output."""

    def __init__(self, known: Mapping[str, object]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0)
        self.known, self.size = known, 0
        self.filters.clear()
        self.tests.clear()
        self.globals.clear()

    def compile(self, source: Any, *arguments: Any, **options: Any) -> Any:
        """Compile a template once it was found harmless; raises TemplateRefusedError."""
        if isinstance(source, str):
            self._demand_harmless(self.parse(source))
        return super().compile(source, *arguments, **options)

    def _demand_harmless(self, template: nodes.Template) -> None:
        for node in _descendants(template):
            if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Getattr) and node.attr.startswith("_")):
                raise TemplateRefusedError("模板里只能用 {{ 名称 }}、{% for 行 in 名称 %} 和 {% if 名称 %}, 不能用函数、运算和过滤器")
        self.size += self._size(template, {}, 0)
        if self.size > _MOST_CHARACTERS:
            raise TemplateRefusedError("模板套上这张表后过大, 请减少循环里的内容")

    def _size(self, node: nodes.Node, loops: dict[str, list[Any]], depth: int) -> int:
        """How many characters come out at most; knows every name and refuses the others."""
        if isinstance(node, nodes.For):
            return self._size_of_loop(node, loops, depth)
        if isinstance(node, nodes.TemplateData):
            return len(node.data)
        if isinstance(node, nodes.Name):
            return self._longest(node.name, loops)
        return sum(self._size(child, loops, depth) for child in node.iter_child_nodes())

    def _size_of_loop(self, node: nodes.For, loops: dict[str, list[Any]], depth: int) -> int:
        if depth == _MOST_LOOPS or node.recursive or not isinstance(node.target, nodes.Name) or node.test is not None:
            raise TemplateRefusedError("模板里的循环只能写成 {% for 行 in 名称 %}, 最多两层")
        rows = self._rows(node.iter, loops)
        inner = {**loops, node.target.name: rows, "loop": []}
        own = sum(self._size(child, inner, depth + 1) for child in node.body)
        return own * len(rows) + sum(self._size(child, loops, depth) for child in node.else_)

    def _rows(self, over: nodes.Node, loops: dict[str, list[Any]]) -> list[Any]:
        found: Any = None
        if isinstance(over, nodes.Name) and over.name not in loops:
            found = self.known.get(over.name)
        elif isinstance(over, nodes.Getattr) and isinstance(over.node, nodes.Name):
            lists = [row.get(over.attr) for row in loops.get(over.node.name, [])]
            found = max((each for each in lists if isinstance(each, list)), key=len, default=None)
        if not isinstance(found, list):
            raise TemplateRefusedError("模板里的循环只能用 资金表、指标表、扣分表、得分表 和 各表")
        return found

    def _longest(self, name: str, loops: Mapping[str, list[Any]]) -> int:
        if name in loops:
            return max((len(str(row)) for row in loops[name]), default=0)
        if name not in self.known:
            raise TemplateRefusedError(f"模板里的名称「{name}」不认识, 可用: {'、'.join(self.known)}")
        return len(str(self.known[name]))


def _descendants(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _descendants(child)

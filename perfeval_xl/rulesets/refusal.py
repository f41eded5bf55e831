"""拒绝: why a ruleset cannot be used."""

from __future__ import annotations


class RulesetError(ValueError):
    """评分办法不能用: every mistake as a sentence a clerk can act on; ``source`` is the file or the id."""

    def __init__(self, source: str, *mistakes: str) -> None:
        super().__init__(*(f"评分办法 {source}: {mistake}" for mistake in mistakes))
        self.source, self.mistakes = source, mistakes

    def __str__(self) -> str:
        return "\n".join(self.args)

"""记忆: a function's answers kept, as functools does it, without the modules functools brings along.

functools and collections would cost a check as much as reading its file (benchmarks/check_start.py); the part of
functools that is written in C costs nothing to import and answers five times faster than Python code could.
Type checkers see functools itself.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record

__all__ = ["cache", "latest", "lru_cache"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from functools import cache, lru_cache
    from typing import TypeVar

    Asked = TypeVar("Asked")
    Answer = TypeVar("Answer")
else:
    from _functools import _lru_cache_wrapper

    class _Info(Record):
        hits: int
        misses: int
        maxsize: int | None
        currsize: int

    def lru_cache(maxsize):
        """Keep up to ``maxsize`` answers, those asked for last; every answer for None."""

        def remembering(function):
            answer = _lru_cache_wrapper(function, maxsize, False, _Info)
            answer.__wrapped__ = function
            answer.__name__, answer.__qualname__ = function.__name__, function.__qualname__
            answer.__doc__, answer.__module__ = function.__doc__, function.__module__
            return answer

        return remembering

    def cache(function):
        """Keep every answer."""
        return lru_cache(None)(function)


def latest(function: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Keep the one answer about the object asked about last, known by identity: what many checks ask of one table.

    The answer is shared and must not be changed.
    """
    kept: list[tuple[object, Answer]] = []

    def answer(asked: Asked) -> Answer:
        for known, said in kept:
            if known is asked:
                return said
        result = function(asked)
        kept[:] = [(asked, result)]
        return result

    answer.__name__, answer.__qualname__ = function.__name__, function.__qualname__
    answer.__doc__, answer.__module__ = function.__doc__, function.__module__
    return answer

"""记忆: a function's answers kept, as functools does it, without the modules functools brings along.

functools and collections would cost a check as much as reading its file (benchmarks/check_start.py); the part of
functools that is written in C costs nothing to import and answers five times faster than Python code could.
Type checkers see functools itself.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record

__all__ = ["cache", "lru_cache"]

if TYPE_CHECKING:
    from functools import cache, lru_cache
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

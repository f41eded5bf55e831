"""记忆: a function's answers kept, as functools does it, without the modules functools brings along.

functools and collections would cost a check as much as reading its file (benchmarks/check_start.py). Type checkers see
functools itself.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING

__all__ = ["cache", "lru_cache"]

if TYPE_CHECKING:
    from functools import cache, lru_cache
else:

    def lru_cache(maxsize):
        """Keep up to ``maxsize`` answers; beyond that start anew."""

        def remembering(function):
            known = {}

            def answer(*asked, **named):
                key = (asked, *named.items()) if named else asked
                if key in known:
                    return known[key]
                if len(known) >= maxsize:
                    known.clear()
                result = known[key] = function(*asked, **named)
                return result

            answer.__wrapped__, answer.cache_clear = function, known.clear
            answer.__name__, answer.__qualname__ = function.__name__, function.__qualname__
            answer.__doc__, answer.__module__ = function.__doc__, function.__module__
            return answer

        return remembering

    def cache(function):
        """Keep every answer."""
        return lru_cache(1 << 62)(function)

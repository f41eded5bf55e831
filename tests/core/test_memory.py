"""Answers are kept as functools keeps them."""

import pytest

from perfeval_xl.core.memory import cache, latest, lru_cache


def test_a_question_is_answered_once():
    asked = []

    @cache
    def doubled(number, *, times=1):
        """Twice."""
        asked.append((number, times))
        return number * 2 * times

    assert [doubled(2), doubled(2), doubled(3), doubled(2, times=2), doubled(2, times=2)] == [4, 4, 6, 8, 8]
    assert asked == [(2, 1), (3, 1), (2, 2)]
    assert (doubled.__name__, doubled.__doc__) == ("doubled", "Twice.")


def test_no_more_answers_are_kept_than_asked_for():
    asked = []

    @lru_cache(maxsize=2)
    def seen(number):
        asked.append(number)
        return number

    assert [seen(number) for number in (1, 2, 1, 2, 3, 1)] == [1, 2, 1, 2, 3, 1]
    assert asked == [1, 2, 3, 1]


def test_a_mistake_is_not_kept():
    asked = []

    @cache
    def failing(number):
        asked.append(number)
        raise ValueError(number)

    for _ in range(2):
        with pytest.raises(ValueError, match="1"):
            failing(1)
    assert asked == [1, 1]


def test_the_latest_answer_is_kept_for_the_very_object_and_for_no_equal_one():
    asked = []

    @latest
    def length(values):
        asked.append(values)
        return len(values)

    one, equal = [1, 2], [1, 2]
    assert [length(one), length(one), length(equal), length(one)] == [2, 2, 2, 2]
    assert [values is one for values in asked] == [True, False, True]

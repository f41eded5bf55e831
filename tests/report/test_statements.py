"""Sentences written for the purpose: what can be true raises nothing, what cannot is found with its arithmetic."""

import tomllib
from pathlib import Path

import pytest

from perfeval_xl.report.review import review_text, statements_of
from perfeval_xl.report.text import Paragraph, ReportText

KINDS = tomllib.loads((Path(__file__).parent / "statements.toml").read_text("utf-8"))
WITHOUT_STATEMENTS = ("dates", "residue", "score", "traps")
TRUE = [(kind, text) for kind, cases in KINDS.items() for text in cases["true"]]
FALSE = [(kind, *case) for kind, cases in KINDS.items() for case in cases["false"]]


def report(*paragraphs):
    return ReportText("报告.txt", tuple(Paragraph(number, text) for number, text in enumerate(paragraphs, start=1)))


@pytest.mark.parametrize(("kind", "text"), TRUE, ids=lambda value: value[:24])
def test_what_can_be_true_raises_nothing(kind, text):
    assert [(f.check, f.message) for f in review_text(report(text)).findings] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in WITHOUT_STATEMENTS])
def test_true_statements_are_read_and_not_merely_passed_over(kind):
    read = [text for text in KINDS[kind]["true"] if any(s.kind == kind and not s.level for s in statements_of(report(text)))]
    assert len(read) >= 0.7 * len(KINDS[kind]["true"])


@pytest.mark.parametrize(("kind", "text", "check", "level", "expected", "quote"), FALSE, ids=lambda value: str(value)[:24])
def test_what_cannot_be_true_is_found_at_its_words_with_the_right_value(kind, text, check, level, expected, quote):
    (finding,) = review_text(report("前言。", text)).findings
    assert (finding.check, finding.level, finding.expected) == (check, level, expected)
    paragraph, words = finding.place
    assert paragraph == 2
    assert quote in words
    assert words in text


def test_there_are_at_least_a_hundred_and_fifty_statements_half_of_them_true():
    assert len(TRUE) + len(FALSE) >= 200
    assert len(FALSE) >= 75

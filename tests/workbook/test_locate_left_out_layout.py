"""Leave one layout out: without the words that only this layout uses, what is still read, and is anything wrong?"""

import pytest

from perfeval_xl.workbook.layout import header_words
from perfeval_xl.workbook.layout.header_words import Word, header_key
from perfeval_xl.workbook.layout.locate import find_tables
from tests.workbook.layout_file import NAMES, fields, layout

SAME_LAYOUT = {
    "hubei_20_80_wide": "hubei_20_80",
    "sichuan_project_part": "sichuan_project",
    "hunan_pairs_wide": "hunan_pairs",
    "national_hidden_column": "national_project",
    "several_on_a_sheet": "national_project",
    "hidden_rows": "national_project",
}
LEXICA = ("INDICATOR_COLUMNS", "FUND_COLUMNS", "HEAD_LABELS")
CACHES = [value for value in vars(header_words).values() if hasattr(value, "cache_clear")]


def family(name):
    return SAME_LAYOUT.get(name, name)


def header_texts(wanted):
    return {
        header_key(cell.value)
        for name in NAMES
        if wanted(family(name))
        for cell in layout(name)[0].sheets[0].cells.values()
        if isinstance(cell.value, str)
    }


def without_words_of(left_out, words):
    """The lexicon as it would be had nobody seen this layout."""
    own, others = header_texts(lambda name: name == left_out), header_texts(lambda name: name != left_out)
    kept = [
        Word(word.role, tuple(part for part in word.any_of if used(part, others) or not used(part, own)), *word[2:])
        for word in words
    ]
    return tuple(word for word in kept if word.any_of)


def used(part, texts):
    return any(text == part[1:] if part.startswith("=") else part in text for text in texts)


@pytest.fixture
def lexicon(monkeypatch):
    """Swap the words; what was decided by other words is forgotten before and after."""

    def leave_out(left_out):
        for name in LEXICA:
            monkeypatch.setattr(header_words, name, without_words_of(left_out, getattr(header_words, name)))
        forget()

    yield leave_out
    monkeypatch.undo()
    forget()


def forget():
    for cache in CACHES:
        cache.cache_clear()


def flat(table):
    """A table as {(block, field, cell): text}."""
    facts = {}
    for name, value in table.items():
        if name in ("funds", "indicators"):
            facts |= {(name, field, cell): text for row in value for field, (cell, text) in row.items()}
        else:
            facts[name] = value
    return facts


def outcome(name):
    """Fields right, fields missing, and values in rows that are not what the form says; and whether it was said."""
    workbook, expected = layout(name)
    tables, notes = find_tables(workbook)
    found = {key: value for table in tables for key, value in flat(fields(table)).items()}
    wanted = {key: value for table in expected for key, value in flat(table).items()}
    right = sum(found.get(key) == value for key, value in wanted.items())
    wrong = [key for key, value in found.items() if isinstance(key, tuple) and key in wanted and wanted[key] != value]
    return right, len(wanted) - right, len(wrong), bool(notes or any(table.unread for table in tables))


def test_a_layout_nobody_has_seen_is_read_with_nothing_wrong_unannounced(lexicon):
    right = missing = 0
    for left_out in sorted({family(name) for name in NAMES}):
        lexicon(left_out)
        for name in NAMES:
            if family(name) == left_out:
                read, lost, wrong, announced = outcome(name)
                right, missing = right + read, missing + lost
                assert wrong == 0 or announced, name
    assert right / (right + missing) >= 0.95

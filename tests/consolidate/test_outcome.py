"""An outcome travels whole and small: indicators and findings are kept compressed until they are asked for."""

import pytest

from perfeval_xl.consolidate.outcome import FINDING_FIELDS, Outcome, TableOutcome, outcome_from, packed

TABLE = TableOutcome("自评表", "project", "", 2024, "甲县医保局", "项目", "mof-2020-10", 100.0, 98.0, 0.98, 97.5, "优", 97.5, 1)
ROW = ["产出", "数量", "参保人数", "≥10万人", "12万人", 10.0, 10.0, 10.0, 1.2, 0.2, "", "C7"]
FINDING = [f"{name}的内容" for name in FINDING_FIELDS]


def test_an_outcome_comes_back_from_the_ledger_as_it_went():
    sent = Outcome(tables=[TABLE], tally={"B06 error": 1}, counts={"error": 1}, unit="甲县", details=packed([[ROW]], [FINDING]))
    back = outcome_from(sent.as_bytes())
    assert back == sent
    assert (back.indicators, back.findings) == ([[ROW]], [FINDING])


def test_without_details_there_are_neither_indicators_nor_findings():
    assert (Outcome(reason="坏").indicators, Outcome(reason="坏").findings) == ([], [])


def test_half_a_character_is_a_question_mark_in_the_details():
    assert Outcome(details=packed([], [["坏\ud800字"]])).findings == [["坏?字"]]


def test_a_hundred_findings_are_kept_in_a_twentieth_of_their_size():
    assert len(packed([[ROW] * 20], [FINDING] * 100)) * 20 < len(str([FINDING] * 100))


@pytest.mark.parametrize("content", [b"", b"text", b"[]\n", b"{}\n", '{"tables":[{}]}\n'.encode("utf-16")])
def test_what_is_no_outcome_is_not_taken_for_one(content):
    with pytest.raises((ValueError, TypeError, KeyError)):
        outcome_from(content)

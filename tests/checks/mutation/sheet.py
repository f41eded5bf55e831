"""没有损坏的表: every case workbook and every drawn table, with the rules it is judged by, read once."""

import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from perfeval_xl.checks.review import review
from perfeval_xl.core.assessment import Assessment, assessed
from perfeval_xl.core.ruleset import Sourced
from perfeval_xl.core.table import Table
from perfeval_xl.rulesets.loader import default_for, load
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.building.builder import build, case_named, names_in
from perfeval_xl.workbook.examination import examined
from tests.checks.drawn_table import TABLES, drawn
from tests.checks.mutation.typing_over import recalculated

DRAWN = {"project": "project", "fund": "fund", "transfer": "transfer", "split": "department, 三栏指标值", "summed": "project, 小计和得分率"}


class Sheet(NamedTuple):
    """A table before any damage. ``form``: the form it is drawn in; ``source``: case or drawn table."""

    source: str
    form: str
    assessment: Assessment

    @property
    def table(self):
        return self.assessment.table

    @property
    def rules(self):
        return self.assessment.rules

    @property
    def rows(self):
        return self.assessment.indicators


def sheet_of(source: str, form: str, table: Table, rules) -> Sheet:
    return Sheet(source, form, assessed(recalculated(table, rules), rules))


@cache
def sheets() -> tuple[Sheet, ...]:
    """Cases in the order of their names, then the drawn tables."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names_in("cases"):
            form, case = case_named(name)
            path = str(Path(folder) / f"{name}.xlsx")
            build(form, case, path)
            (assessment,) = examined(path).assessments
            found.append(sheet_of(name, case_form(name), assessment.table, assessment.rules))
    for name in TABLES:
        table = drawn(name)
        rules = rules_of(load(table.ruleset or default_for(table.kind, table.heading.year)), table.heading.year)
        found.append(sheet_of(f"{name} (画)", f"{DRAWN[name]} (画)", table, rules))
    return tuple(found)


def case_form(name: str) -> str:
    """The id of the form a case is filled into."""
    import tomllib
    from importlib import resources

    source = (resources.files("workbooks") / "cases" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(source)["form"]


def with_items(rules, items):
    """The rules with some more settings, as an office's own ruleset may have them."""
    more = {item: Sourced(value, (2020, 1, 1), None, "样例办法", "第一条") for item, value in items.items()}
    return rules._replace(values={**rules.values, **more})


def roots_of(table: Table, rules) -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
    """The root findings of a table by check and cell, each with its consequences."""
    return {
        (finding.check, finding.cell): frozenset((far.check, far.cell) for far in finding.consequences)
        for finding in review(assessed(table, rules))
    }

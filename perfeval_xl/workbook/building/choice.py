"""选表样: which form a kind of table takes under a ruleset."""

from __future__ import annotations

from fnmatch import fnmatchcase

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.building.builder import form_named, names_in

if TYPE_CHECKING:
    from perfeval_xl.core.ruleset import Ruleset
    from perfeval_xl.workbook.building.form import Form

_ANY = "*"


def forms_of(kind: str) -> tuple[Form, ...]:
    """某一表类的全部表样, sorted by id."""
    return tuple(form for form in map(form_named, names_in("forms")) if form.kind == kind)


def form_for(kind: str, ruleset: Ruleset) -> Form:
    """该评分办法用的表样: the one that names the ruleset, or the one it is based on, else the kind's general form.

    >>> from perfeval_xl.rulesets.loader import load
    >>> form_for("department", load("sichuan-department-2023")).id, form_for("project", load("mof-2021-101")).id
    ('department-sichuan', 'project')
    """
    forms = forms_of(kind)
    for name in filter(None, (ruleset.id, ruleset.based_on)):
        for form in forms:
            if any(fnmatchcase(name, pattern) for pattern in form.rulesets if pattern != _ANY):
                return form
    return next(form for form in forms if _ANY in form.rulesets)

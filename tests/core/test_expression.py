import pytest

from perfeval_xl.core.expression import (
    at_least,
    at_most,
    branch,
    equals,
    formula_text,
    function_of,
    python_text,
    rounding,
    steps_full,
    steps_started,
    variable,
)

a, b = variable("a"), variable("b")
CELLS = {"a": "E5", "b": "$G$6"}


@pytest.mark.parametrize(
    ("expression", "python", "formula", "value"),
    [
        (a + b, "(a+b)", "(E5+$G$6)", 10.0),
        (a - b, "(a-b)", "(E5-$G$6)", 4.0),
        (1.0 - a, "(1.0-a)", "(1-E5)", -6.0),
        (a * b, "(a*b)", "(E5*$G$6)", 21.0),
        (a / b, "(a/b)", "(E5/$G$6)", 7 / 3),
        (a / b * 100.0, "((a/b)*100.0)", "((E5/$G$6)*100)", 7 / 3 * 100.0),
        (at_least(a, b), "max(a, b)", "MAX(E5,$G$6)", 7.0),
        (at_most(a, 0.5), "min(a, 0.5)", "MIN(E5,0.5)", 0.5),
        (rounding(a / b, 2), "rounded((a/b), 2)", "ROUND((E5/$G$6),2)", 2.33),
        (branch(a >= b, a, 0.0), "(a if (a>=b) else 0.0)", "IF(E5>=$G$6,E5,0)", 7.0),
        (branch(b > a, a, 0.0), "(a if (b>a) else 0.0)", "IF($G$6>E5,E5,0)", 0.0),
        (branch(equals(a, 7.0), 1.0, 2.0), "(1.0 if (a==7.0) else 2.0)", "IF(E5=7,1,2)", 1.0),
        (steps_started(a / b), "ceil(rounded((a/b), 9))", "ROUNDUP(ROUND((E5/$G$6),9),0)", 3),
        (steps_full(a / b), "floor(rounded((a/b), 9))", "ROUNDDOWN(ROUND((E5/$G$6),9),0)", 2),
        (a * 1e-300, "(a*1e-300)", "(E5*1E-300)", 7e-300),
        (a * 1e9, "(a*1000000000.0)", "(E5*1000000000)", 7e9),
    ],
)
def test_one_tree_gives_python_and_excel(expression, python, formula, value):
    assert python_text(expression) == python
    assert formula_text(expression, CELLS) == formula
    assert function_of(expression, ("a", "b"))(7.0, 3.0) == value


def test_only_the_branch_that_holds_is_computed():
    guarded = function_of(branch(equals(b, 0.0), 0.0, a / b), ("a", "b"))
    assert (guarded(1.0, 0.0), guarded(1.0, 4.0)) == (0.0, 0.25)


@pytest.mark.parametrize(
    ("gap", "started", "full"),
    [(0.0, 0, 0), (0.43, 1, 0), (1.0, 1, 1), (5.74, 6, 5), ((1 - 0.9) * 100, 10, 10), (6.0000000001, 6, 6), (5.9999999999, 6, 6), (6.00001, 7, 6)],
)
def test_nine_decimals_decide_whether_a_step_has_started(gap, started, full):
    assert function_of(steps_started(a), ("a",))(gap) == started
    assert function_of(steps_full(a), ("a",))(gap) == full


def test_a_compiled_function_reaches_nothing_but_its_own_names():
    function = function_of(a + b, ("a", "b"))
    assert function.__globals__["__builtins__"] == {}
    assert sorted(set(function.__globals__) - {"__builtins__"}) == ["ceil", "floor", "max", "min", "rounded"]

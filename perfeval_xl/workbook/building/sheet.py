"""工作表 as XlsxWriter draws it, without what no formula of ours needs."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas hold only functions of Excel 2010.

    Looking for newer functions in each of them, which is all that is left out, takes three quarters of a large build.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - XlsxWriter's
        return formula.removeprefix("=")

"""采用: an office's own workbook becomes a living one, with every cell touched told by its address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval_xl.core.record import Record
from perfeval_xl.core.table import Value
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.adoption.added_styles import AddedStyles
from perfeval_xl.workbook.adoption.far_rows import PackageReadOnce
from perfeval_xl.workbook.adoption.form_cells import FormCells
from perfeval_xl.workbook.adoption.form_sheet import Entry, FormSheet, code_name, mark_rules
from perfeval_xl.workbook.adoption.living_package import LivingPackage
from perfeval_xl.workbook.adoption.original import keep_original
from perfeval_xl.workbook.adoption.own_pages import CODE_NAMES, STATES, own_pages
from perfeval_xl.workbook.adoption.plan import Plan, planned
from perfeval_xl.workbook.adoption.refusals import demand_adoptable, demand_new_file, demand_xlsx
from perfeval_xl.workbook.adoption.transplant import drawn_names, transplanted
from perfeval_xl.workbook.adoption.workbook_part import (
    NewName,
    NewSheetEntry,
    has_locked_structure,
    with_sheets,
)
from perfeval_xl.workbook.building.controls import MARK_LOOKS, MARKS_NAME
from perfeval_xl.workbook.examination import Examined, examined_workbook
from perfeval_xl.workbook.grid import RESULT_SHEET, RULE_SHEET, Cell, UnusableFile
from perfeval_xl.workbook.layout.locate import ruleset_spot
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.opc.package_output import write_bytes
from perfeval_xl.workbook.reading.cell_formats import cell_formats
from perfeval_xl.workbook.reading.reader import file_bytes
from perfeval_xl.workbook.reading.xlsx import read_package
from perfeval_xl.workbook.results.cell_styles import LEAST_STYLES
from perfeval_xl.workbook.vba.procedures import WORKBOOK_CODE_NAME
from perfeval_xl.workbook.vba.ready_modules import ready_modules, ready_project

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.workbook.adoption.computed_cell import Kept, Touch
    from perfeval_xl.workbook.adoption.form_sheet import Place
    from perfeval_xl.workbook.grid import Workbook

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_VBA_LINK = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_VBA_TYPE = "application/vnd.ms-office.vbaProject"
_LAID_OUT = "这张表照版面文件读; 以后校验、计算也要加 --layout, 按钮不认版面文件"
_MODULE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")


class Adoption(Record):
    """采用的结果. ``notes``: what a clerk should know of the workbook; ``ruleset`` "" where each table has its default."""

    touched: list[Touch]
    kept: list[Kept]
    notes: list[str]
    ruleset: str
    data: bytes


def adopt(path: str, output: str, *, ruleset: str = "", layout: str = "", replace: bool = False) -> Adoption:
    """Write the living workbook to ``output``, .xlsm with functions and buttons, .xlsx with native formulas alone.

    ``layout``: a layout file of the office. ``replace``: cells that are computed get the formula also where a number stands; words never give way. The file
    at ``path`` is never changed, ``output`` must not exist. Raises UnusableFile with one sentence for whatever cannot
    be adopted.
    """
    macros_too = demand_new_file(output, (".xlsm", ".xlsx")) == ".xlsm"
    adoption = adopted(path, ruleset=ruleset, layout=layout, replace=replace, macros_too=macros_too)
    write_bytes(output, adoption.data)
    return adoption


def adopted(path: str, *, ruleset: str, replace: bool, macros_too: bool, layout: str = "") -> Adoption:
    """The same without writing.

    The ruleset of a single table is named on 评分规则 where it was asked for, else where naming it changes nothing of
    what a check finds; a table of an earlier year keeps the default of its kind.
    """
    original = file_bytes(path)
    demand_xlsx(original)
    package = PackageReadOnce(original)
    workbook = read_package(path, package)
    demand_adoptable(workbook, original)
    result = examined_workbook(workbook, ruleset, layout=layout)
    job = _Job(original, package, result, replace=replace, macros_too=macros_too)
    named = ""
    if len(result.assessments) == 1 and not ruleset.endswith(".toml"):
        named = result.assessments[0].rules.ruleset.id
    data = job.data(named)
    if named and not ruleset and not _is_same(job.living(data), layout):
        data, named = job.data(""), ""
    if ruleset and not named:
        job.notes.append(f"「评分规则」没有写规则编号 (有几张表, 或办法来自文件); 校验时请加 --ruleset {ruleset}")
    if layout:
        job.notes.append(_LAID_OUT)
    return Adoption(job.plan.touched, job.plan.kept, job.notes, named, data)


class _Job:
    """One workbook on its way."""

    def __init__(self, original: bytes, read: PackageReadOnce, result: Examined, *, replace: bool, macros_too: bool) -> None:
        self._original, self._macros_too, self._workbook = original, macros_too, result.workbook
        package = LivingPackage(original)
        styles = package.related("styles")
        formats = cell_formats(package.package, styles[1].target) if styles else {}
        parts = package.worksheets()
        names = dict.fromkeys(assessment.table.sheet for assessment in result.assessments)
        sheets = {sheet.name: sheet for sheet in result.workbook.sheets if sheet.name in names}
        self._parts = {name: parts[name] for name in names}
        read.keep_only(self._parts.values())
        self._forms = {
            name: FormCells(sheets[name], FormSheet(read.pieces(parts[name]), _last_row(result.assessments, name)), formats) for name in names
        }
        self._code_names = [code_name(package.head(part)) for part in parts.values()] if macros_too else []
        self.plan: Plan = planned(result.assessments, self._forms, replace=replace)
        self.notes = [f"工作表「{name}」有保护: 保护没有动, 公式已写入" for name, form in self._forms.items() if form.part.is_protected]
        if has_locked_structure(package.read(package.workbook)):
            self.notes.append("工作簿结构有保护: 保护没有动; 「生成报送件」要先撤销它")

    def data(self, ruleset: str) -> bytes:
        """The living workbook, naming that ruleset."""
        package = LivingPackage(self._original)
        styles_part, styles = _styles(package)
        self._fill(package, styles)
        pages = own_pages(self.plan, ruleset, macros_too=self._macros_too)
        parts = transplanted(pages, package, styles)
        package.write(styles_part, styles.part())
        if self._macros_too:
            self._add_macros(package)
        entries = [NewSheetEntry(name, package.relate(package.workbook, "worksheet", part), STATES.get(name, "visible")) for name, part in parts.items()]
        names = [*drawn_names(pages), *(NewName(name, area) for name, area in self.plan.row_names.items())]
        code_name = WORKBOOK_CODE_NAME if self._macros_too else ""
        package.write(package.workbook, with_sheets(package.read(package.workbook), entries, names, code_name))
        keep_original(package, self._original)
        return package.data()

    def living(self, data: bytes) -> Workbook:
        """What a check will read of the tables in that living workbook, and of our sheets."""
        forms = []
        for name, form in self._forms.items():
            cells = dict(form.sheet.cells)
            for spot, touch in self._touched(name):
                cells[spot] = Cell(touch.value, touch.formula, touch.number_format or form.number_format(spot))
            forms.append(form.sheet._replace(cells=cells))
        ours = read_package("", Package(data), (RULE_SHEET, RESULT_SHEET))
        return ours._replace(sheets=(*forms, *ours.sheets), date1904=self._workbook.date1904)

    def _fill(self, package: LivingPackage, styles: AddedStyles) -> None:
        """Formulas into their cells and marks over the tables; the list of the order of calculation is dropped."""
        looks = [(level, styles.mark(_mark(look))) for level, look in MARK_LOOKS.items()]
        for name, form in self._forms.items():
            entries = {}
            for spot, touch in self._touched(name):
                style = form.part.style(spot)
                look = styles.with_number_format(style, touch.number_format) if touch.number_format else style
                entries[spot] = Entry(touch.value, touch.formula, look)
            areas = " ".join(table.assessment.table.region for table in self.plan.tables if table.assessment.table.sheet == name)
            marks = mark_rules(looks, MARKS_NAME, areas, form.part.next_priority())
            package.write_pieces(self._parts[name], form.part.changed(entries, marks))
        chain = package.related("calcChain")
        if chain is not None:
            package.remove(chain[1].target)
            package.unlink(chain[0])

    def _touched(self, name: str) -> list[tuple[Place, Touch]]:
        """The cells of a sheet that get a formula."""
        tables = [table for table in self.plan.tables if table.assessment.table.sheet == name]
        return [(spot, touch) for table in tables for touch in table.touched if (spot := place(touch.cell))]

    def _add_macros(self, package: LivingPackage) -> None:
        """The VBA project knows our sheets and those of the office that have a name in VBA already."""
        own = list(CODE_NAMES.values())
        reserved = {name.casefold() for name in (*own, *(module.name for module in ready_modules()))}
        known = [name for name in dict.fromkeys(self._code_names) if _MODULE_NAME.fullmatch(name) and name.casefold() not in reserved]
        folder = package.workbook.rpartition("/")[0]
        part = f"{folder}/vbaProject.bin".lstrip("/")
        package.add(part, ready_project([*known, *own]), _VBA_TYPE)
        package.relate(package.workbook, _VBA_LINK, part)
        package.become_macro_workbook()


def _styles(package: LivingPackage) -> tuple[str, AddedStyles]:
    found = package.related("styles")
    if found is not None:
        return found[1].target, AddedStyles(package.read(found[1].target))
    name = f"{package.workbook.rpartition('/')[0]}/styles.xml".lstrip("/")
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{namespace}">{LEAST_STYLES}</styleSheet>'
    package.add(name, data.encode(), _STYLES_TYPE)
    package.relate(package.workbook, "styles", name)
    return name, AddedStyles(data.encode())


def _mark(look: Any) -> str:
    """A mark's look as SpreadsheetML."""
    colour = str(look["bg_color"]).removeprefix("#")
    font = "<font><b/></font>" if look.get("bold") else ""
    return f'<dxf>{font}<fill><patternFill><bgColor rgb="FF{colour}"/></patternFill></fill></dxf>'


def _last_row(assessments: tuple[Assessment, ...], name: str) -> int:
    """The last row of a sheet that a table has values in."""
    tables = [assessment.table for assessment in assessments if assessment.table.sheet == name]
    values = [value for table in tables for rows in (table.funds, table.indicators) for row in rows for value in row if isinstance(value, Value)]
    values += [value for table in tables for value in (table.total_weight, table.total_score)]
    return max((spot[0] for value in values if (spot := place(value.cell))), default=1)


def _is_same(living: Workbook, layout: str) -> bool:
    """Whether a check finds the same with the ruleset that 评分规则 names and without it, in what was found and what was not read."""
    try:
        named = examined_workbook(living, layout=layout)
    except UnusableFile:
        return False
    rules = next(sheet for sheet in living.sheets if sheet.name == RULE_SHEET)
    spot = ruleset_spot(rules)
    kept = tuple(sheet if sheet is not rules else rules._replace(cells={at: cell for at, cell in rules.cells.items() if at != spot}) for sheet in living.sheets)
    return _outcome(examined_workbook(living._replace(sheets=kept), layout=layout)) == _outcome(named)


def _outcome(result: Examined) -> tuple[object, ...]:
    scores = [[each.score for each in assessment.indicators] for assessment in result.assessments]
    return result.findings, result.unread, scores, [assessment.computed_total for assessment in result.assessments]

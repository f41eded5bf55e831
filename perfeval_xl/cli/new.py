"""命令 new: this year's official workbook, blank or with what stays from last year's."""

from __future__ import annotations

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.labels import KINDS
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from perfeval_xl.cli.options import Options
    from perfeval_xl.core.ruleset import Rules, Ruleset
    from perfeval_xl.core.table import Table
    from perfeval_xl.workbook.building.form import Form

HELP = """
用法: perfeval-xl new 种类 -o 文件.xlsm [--year 年度] [--ruleset 评分办法] [--form 表样] [--rows 行数]
      perfeval-xl new 种类 --from 去年的表.xlsx -o 文件.xlsm

新建官方自评表。种类: fund 社会保险基金, transfer 转移支付, department 部门整体支出, project 项目支出。
文件名写 .xlsm 带函数和按钮, 写 .xlsx 只有内置公式。

  --year 年度       表头的年度
  --ruleset 办法    评分办法的编号, 或本单位自己的 TOML 文件; 表样随办法而定 (如四川、安徽各有自己的表样)
  --form 表样       指定表样: fund, transfer, transfer-scored, department, department-sichuan,
                    project, project-sichuan, project-yunnan, project-anhui
  --rows 行数       在标准指标之外再加多少空行
  --from 去年的表   沿用去年的名称、指标、指标值、分值和评分规则, 年度加一; 完成值、得分、金额和原因留空

例: perfeval-xl new fund --year 2025 -o 2025年自评表.xlsm
    perfeval-xl new project --from 2024年自评表.xlsx -o 2025年自评表.xlsm
"""
_MOST_ROWS = 1000
_FIRST_YEAR, _LAST_YEAR = 2010, 2100


class Last(Record):
    """去年的表, and the text of the rule its rows had by default."""

    table: Table
    default_rule: str


def run(words: list[str]) -> int:
    """0 once the file is written; an existing file is never overwritten."""
    options = options_of(words, HELP, ("output=", "year=", "rows=", "ruleset=", "form=", "from="), most=1)
    if options is None:
        return 0
    output, rows = options.text("output"), options.whole("rows", 0)
    _refuse(output, rows)
    source = options.text("from")
    kind = _kind(options, needed=not source)
    last = _last(source, kind) if source else None
    kind = kind or (last.table.kind if last else "")
    year = _year(options, last)
    ruleset_name, rules = _rules(options, kind, year, last)
    form = _form(options.text("form"), kind, rules.ruleset)
    carried = _write(form, output, year, rows, ruleset_name, rules, last)
    print(f"已新建: {output}")
    if last:
        print(f"沿用了去年的 {carried} 项指标; 完成值、得分、金额和原因已留空, 请核对指标值和分值。")
    print("请填写黄色单元格; 执行率、得分和合计会自动计算。")
    return 0


def _refuse(output: str, rows: int) -> None:
    import os  # noqa: PLC0415 - only when a file is made

    if not output:
        raise UnusableFile("请用 -o 写明新文件的名字, 例如 -o 自评表.xlsm")
    if not output.lower().endswith((".xlsm", ".xlsx")):
        raise UnusableFile(f"{output}: 新文件的名字应以 .xlsm 或 .xlsx 结尾")
    if os.path.exists(output):  # noqa: PTH110
        raise UnusableFile(f"{output}: 文件已存在, 请换一个文件名")
    if not 0 <= rows <= _MOST_ROWS:
        raise UnusableFile(f"--rows 应在 0 到 {_MOST_ROWS} 之间")


def _kind(options: Options, *, needed: bool) -> str:
    kind = options.words[0] if options.words else ""
    if not kind and needed:
        raise UnusableFile("缺少种类; 加 --help 看用法")
    if kind and kind not in KINDS:
        raise UnusableFile(f"没有种类「{kind}」, 可用: {', '.join(KINDS)}")
    return kind


def _year(options: Options, last: Last | None) -> int | None:
    year = options.whole("year", 0)
    if not year and last and last.table.heading.year:
        return last.table.heading.year + 1
    if year and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UnusableFile(f"--year 应是四位的年度, 不是 {year}")
    return year or None


def _last(path: str, kind: str) -> Last:
    """The one table of last year's file; refuses a file with none, with another kind or with several."""
    from perfeval_xl.workbook.layout.locate import find_tables  # noqa: PLC0415 - only with --from
    from perfeval_xl.workbook.layout.rule_texts import with_rules  # noqa: PLC0415
    from perfeval_xl.workbook.reading.reader import named_workbook  # noqa: PLC0415

    workbook = named_workbook(path)
    tables, unread = find_tables(workbook)
    if not tables:
        raise UnusableFile(f"{path}: {unread[0].reason if unread else '没有找到绩效自评表'}")
    wanted = [table for table in tables if table.kind == kind] if kind else tables
    if not wanted:
        raise UnusableFile(f"{path}: 里面是{KINDS[tables[0].kind]}自评表, 不是{KINDS[kind]}自评表, 不能沿用")
    if len(wanted) > 1:
        raise UnusableFile(f"{path}: 里面有 {len(wanted)} 张自评表, 请把要沿用的一张单独存成一个文件")
    table = with_rules(wanted[0], workbook)
    return Last(table, _default_rule(table))


def _default_rule(table: Table) -> str:
    """"" where last year's ruleset is not at hand."""
    from perfeval_xl.core.ruleset import NoRuleInForceError  # noqa: PLC0415
    from perfeval_xl.rulesets.loader import available, load  # noqa: PLC0415
    from perfeval_xl.rulesets.periods import rules_of  # noqa: PLC0415
    from perfeval_xl.rulesets.refusal import RulesetError  # noqa: PLC0415

    try:
        return rules_of(load(table.ruleset), table.heading.year).default_rule_text if table.ruleset in available() else ""
    except (NoRuleInForceError, RulesetError):
        return ""


def _rules(options: Options, kind: str, year: int | None, last: Last | None) -> tuple[str, Rules]:
    """The ruleset by the name it was given, and what it says in that year."""
    from perfeval_xl.core.ruleset import NoRuleInForceError  # noqa: PLC0415
    from perfeval_xl.rulesets.loader import available, default_for, load, load_file  # noqa: PLC0415
    from perfeval_xl.rulesets.periods import rules_of  # noqa: PLC0415
    from perfeval_xl.rulesets.refusal import RulesetError  # noqa: PLC0415

    name = options.text("ruleset")
    if not name and options.text("form"):
        name = _form(options.text("form"), kind, None).ruleset
    if not name and last and last.table.ruleset in available():
        name = last.table.ruleset
    try:
        name = name or default_for(kind, year)
        return name, rules_of(load_file(name) if name.endswith(".toml") else load(name), year)
    except (RulesetError, NoRuleInForceError) as error:
        raise UnusableFile(*error.args) from error


def _form(name: str, kind: str, ruleset: Ruleset | None) -> Form:
    from perfeval_xl.workbook.building.choice import form_for, forms_of  # noqa: PLC0415 - drawing is heavy

    forms = {form.id: form for form in forms_of(kind)}
    if name and name not in forms:
        raise UnusableFile(f"{KINDS[kind]}没有表样「{name}」, 可用: {', '.join(forms)}")
    return forms[name] if name or ruleset is None else form_for(kind, ruleset)


def _write(form: Form, output: str, year: int | None, rows: int, ruleset: str, rules: Rules, last: Last | None) -> int:
    """Build the file; how many indicators came from last year."""
    from perfeval_xl.workbook.building.builder import build  # noqa: PLC0415 - drawing is heavy
    from perfeval_xl.workbook.building.carry_over import carried_over  # noqa: PLC0415
    from perfeval_xl.workbook.building.case import blank_case  # noqa: PLC0415

    case = blank_case(form, year, rows, ruleset, rules)
    if last:
        case = carried_over(case, form, last.table, last.default_rule)
    build(form, case, output)
    return len(last.table.indicators) if last else 0

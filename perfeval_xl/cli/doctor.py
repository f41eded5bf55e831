"""命令 doctor: what is in order on this PC, what is not, and what to do."""

from __future__ import annotations

import sys

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.installation.environment import Environment, ExcelState
    from perfeval_xl.installation.line import Line

HELP = """
用法: perfeval-xl doctor [文件…] [--json] [--page]

自检这台电脑: Python、版本、Excel、DLL、加载项、宏设置、受信任位置、禁止启动 Python 的规则、杀毒软件、代码页、
路径、规则包。每项说明正常、提醒还是错误, 怎么办。写文件时还看它有没有副本、是不是正打开着。

  --page    另写成网页并打开 (按钮「自检」用它)
  --json    输出一个 JSON 文档

退出码: 0 没有要处理的; 1 有。
例: perfeval-xl doctor
"""
PAGE = "自检.html"


def run(words: list[str]) -> int:
    """0 where all is in order, 1 where something should be mended."""
    options = options_of(words, HELP, ("json", "page"))
    if options is None:
        return 0
    from perfeval_xl.installation.diagnosis import (  # noqa: PLC0415
        diagnosed,
        exit_code,
        line_entry,
        line_text,
        mode_of,
        verdict,
    )

    environment = environment_here(options.words)
    lines = diagnosed(environment)
    if options.has("page"):
        _open_page(lines)
    if options.has("json"):
        from perfeval_xl.cli.document import print_json  # noqa: PLC0415 - only with --json

        found = {"system": environment.system, "version": environment.program.version, "mode": mode_of(environment)}
        print_json({**found, "lines": [line_entry(line) for line in lines]})
    else:
        print("\n".join([*map(line_text, lines), verdict(lines)]))
    return exit_code(lines)


def environment_here(files: list[str]) -> Environment:
    """The PC this runs on."""
    import platform  # noqa: PLC0415 - the help needs none of it

    from perfeval_xl.installation.environment import Environment, neighbours, program_here, start_problem  # noqa: PLC0415
    from perfeval_xl.rulesets.office import office_folder, office_ids  # noqa: PLC0415

    around = tuple((path, neighbours(path)) for path in files)
    state = _excel_state()
    problem = start_problem(state.interpreter if state and state.interpreter_found else sys.executable)
    rules = office_folder(), office_ids(), tuple(_wrong_rules())
    return Environment(platform.system(), program_here(), state, problem, *rules, around)


def _wrong_rules() -> Iterator[str]:
    """What has become unreadable since a pack was installed."""
    from perfeval_xl.rulesets.loader import load  # noqa: PLC0415 - the help needs none of it
    from perfeval_xl.rulesets.office import office_defaults, office_ids  # noqa: PLC0415
    from perfeval_xl.rulesets.refusal import RulesetError  # noqa: PLC0415

    for ruleset_id in (*office_ids(), ""):
        try:
            if ruleset_id:
                load(ruleset_id)
            else:
                office_defaults()
        except RulesetError as error:
            yield str(error).replace("\n", " ")


def _excel_state() -> ExcelState | None:
    if sys.platform != "win32":
        return None
    from importlib import resources  # noqa: PLC0415 - on Windows only

    from perfeval_xl.installation.environment import excel_state  # noqa: PLC0415
    from perfeval_xl.installation.places import ADDIN  # noqa: PLC0415
    from perfeval_xl.installation.windows_computer import WindowsComputer  # noqa: PLC0415

    return excel_state(WindowsComputer(), (resources.files("workbooks") / ADDIN).read_bytes())


def _open_page(lines: list[Line]) -> None:
    import os  # noqa: PLC0415 - only with --page
    from tempfile import mkdtemp  # noqa: PLC0415

    from perfeval_xl.cli.drop import show_page  # noqa: PLC0415
    from perfeval_xl.installation.diagnosis_page import page_bytes  # noqa: PLC0415
    from perfeval_xl.workbook.opc.package_output import write_bytes  # noqa: PLC0415

    path = os.path.join(mkdtemp(prefix="perfeval-"), PAGE)  # noqa: PTH118
    write_bytes(path, page_bytes(lines))
    show_page(path)

"""命令 setup: puts the program into Excel on this PC, and takes it away again."""

from __future__ import annotations

import sys

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.installation.computer import Computer
    from perfeval_xl.installation.office import Excel
    from perfeval_xl.installation.plan import Done, Step

HELP = """
用法: perfeval-xl setup [--plan] [--json]
      perfeval-xl setup --remove
      perfeval-xl setup --rules 规则包.zip

安装到这台 Windows 电脑的 Excel, 只为当前用户, 不用管理员: 加载项 (选项卡「绩效自评」)、DLL、空白表、受信任位置、
桌面文件夹「绩效自评」和图标「校验自评表」。再运行一次只补缺的、换旧的。没有 Excel 时装空白表和拖放校验的图标。

  --plan            只列出会做什么, 不做
  --remove          全部拿走; 填过内容的表留下
  --rules 规则包    安装新年度的评分办法, 不用重新安装程序

例: perfeval-xl setup --plan
    perfeval-xl setup
    perfeval-xl setup --rules 2026年规则包.zip
"""


def run(words: list[str]) -> int:
    """0 when done or planned, 1 when Windows refused a part, 2 where nothing can be installed."""
    options = options_of(words, HELP, ("plan", "remove", "rules=", "json"), most=0)
    if options is None:
        return 0
    if options.has("rules"):
        return _install_rules(options.text("rules"), as_json=options.has("json"))
    from perfeval_xl.installation.office import excel_of  # noqa: PLC0415 - the help needs none of it

    computer = _computer(shown=options.has("plan"))
    excel = excel_of(computer)
    steps = _steps(computer, excel, remove=options.has("remove"))
    if options.has("plan"):
        _show_plan(steps, excel, as_json=options.has("json"))
        return 0
    from perfeval_xl.installation.places import places_of  # noqa: PLC0415
    from perfeval_xl.installation.plan import carried_out  # noqa: PLC0415

    done = carried_out(computer, steps, places_of(computer).receipt)
    rules = _removed_rules() if options.has("remove") else ()
    if options.has("json"):
        _print_json({**_entries(steps, excel), "kept": list(done.kept), "refused": list(done.refused)})
    else:
        print("\n".join(_done_lines(done, rules, remove=options.has("remove"))))
    return int(bool(done.refused))


def _computer(*, shown: bool) -> Computer:
    if sys.platform == "win32":
        from perfeval_xl.installation.windows_computer import WindowsComputer  # noqa: PLC0415

        return WindowsComputer()
    if not shown:
        raise UnusableFile("setup 用于装有 Windows 的电脑; 在这里可用 setup --plan 看它会做什么, 用 setup --rules 安装规则包")
    from perfeval_xl.installation.model_computer import computer_with_excel  # noqa: PLC0415

    return computer_with_excel()


def _steps(computer: Computer, excel: Excel | None, *, remove: bool) -> list[Step]:
    from perfeval_xl.installation.payload import payload_here, payload_shown  # noqa: PLC0415
    from perfeval_xl.installation.places import places_of  # noqa: PLC0415
    from perfeval_xl.installation.plan import steps_to  # noqa: PLC0415
    from perfeval_xl.installation.wanted import wanted_things  # noqa: PLC0415

    places = places_of(computer)
    if remove:
        return steps_to(computer, [], places.receipt)
    payload = payload_here() if sys.platform == "win32" else payload_shown()
    return steps_to(computer, wanted_things(computer, places, payload, excel), places.receipt)


def _excel_line(excel: Excel | None) -> str:
    if excel is None:
        return "没有找到 Excel: 只装空白表、使用说明和拖放校验的图标 (WPS 也能用)"
    bits = f"{excel.bits} 位" if excel.bits else "位数不明"
    return f"Excel {excel.version}, {bits}: {excel.path}"


def _show_plan(steps: list[Step], excel: Excel | None, *, as_json: bool) -> None:
    if as_json:
        _print_json(_entries(steps, excel))
        return
    if sys.platform != "win32":
        print("这里不是 Windows。下面是在一台装有 64 位 Excel 的电脑上会做的事:")
    print("\n".join([_excel_line(excel), *(f"  {each.sentence}" for each in steps)] if steps else ["都已装好, 不用做什么"]))


def _entries(steps: list[Step], excel: Excel | None) -> dict[str, Any]:
    return {
        "excel": excel._asdict() if excel else None,
        "steps": [{"action": s.action, "kind": s.entry.kind, "place": s.entry.place, "purpose": s.purpose or None} for s in steps],
    }


def _done_lines(done: Done, rules: tuple[str, ...], *, remove: bool) -> list[str]:
    lines = [f"✓ {each}" for each in done.done]
    lines += [f"✓ 拿走规则包的 {name}" for name in rules]
    lines += [f"● {each}" for each in done.kept] + [f"✗ {each}" for each in done.refused]
    if done.refused:
        return [*lines, "没有做完, 请按上面的说明处理后再运行一次"]
    if remove:
        return [*lines, "已全部拿走" if lines else "没有装过, 不用拿走什么"]
    return [*lines, "安装完成, 请重新打开 Excel" if lines else "都已装好, 不用做什么"]


def _removed_rules() -> tuple[str, ...]:
    from perfeval_xl.installation.rule_pack import remove_packs  # noqa: PLC0415

    return tuple(remove_packs())


def _install_rules(path: str, *, as_json: bool) -> int:
    from perfeval_xl.installation.rule_pack import install_pack  # noqa: PLC0415 - only with --rules

    rulesets = install_pack(path)
    if as_json:
        _print_json({"rulesets": [{"id": each.id, "title": each.title} for each in rulesets]})
    else:
        print("\n".join([*(f"✓ {each.id}  {each.title}" for each in rulesets), "规则包已安装, 打开着的 Excel 要关闭后重新打开"]))
    return 0


def _print_json(document: dict[str, Any]) -> None:
    from perfeval_xl.cli.document import print_json  # noqa: PLC0415 - only with --json

    print_json(document)

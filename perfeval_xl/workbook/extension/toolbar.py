"""工具栏和菜单的配置: 校验 and 转到第一个错误, in every window with a workbook."""

from __future__ import annotations

from typing import NamedTuple

from perfeval_xl.workbook.extension.component_data import component_data, text

PROTOCOL, HANDLER = "perfeval.calc:", "perfeval.calc.Handler"
VALIDATE, FIRST_ERROR = "validate", "go_to_first_error"
TITLE = "绩效自评"
_TOOLBAR, _MENU = "perfeval.calc.toolbar", "perfeval.calc.menu"
_CONTEXT = '<prop oor:name="Context"><value>com.sun.star.sheet.SpreadsheetDocument</value></prop>\n'


class Button(NamedTuple):
    """按钮: what it says and what it sends."""

    label: str
    command: str


BUTTONS = (Button("校验", VALIDATE), Button("转到第一个错误", FIRST_ERROR))


def addons() -> str:
    """工具栏 and a menu of the same commands."""
    buttons = "".join(_button(number, button) for number, button in enumerate(BUTTONS, 1))
    menu = f'<node oor:name="{_MENU}" oor:op="replace">\n{text("Title", TITLE)}{_CONTEXT}<node oor:name="Submenu">\n{buttons}</node>\n</node>\n'
    toolbar = f'<node oor:name="{_TOOLBAR}" oor:op="replace">\n{buttons}</node>\n'
    parts = f'<node oor:name="OfficeToolBar">\n{toolbar}</node>\n<node oor:name="OfficeMenuBar">\n{menu}</node>\n'
    return component_data("Addons", f'<node oor:name="AddonUI">\n{parts}</node>\n')


def protocol_handler() -> str:
    """命令由谁执行: every command of ours goes to our handler."""
    protocols = f'<prop oor:name="Protocols"><value>{PROTOCOL}*</value></prop>'
    return component_data("ProtocolHandler", f'<node oor:name="HandlerSet"><node oor:name="{HANDLER}" oor:op="replace">{protocols}</node></node>\n')


def window_state() -> str:
    """工具栏的名字和位置: docked on top under its own name."""
    looks = f'{text("UIName", TITLE)}<prop oor:name="Docked"><value>true</value></prop>\n<prop oor:name="Visible"><value>true</value></prop>\n'
    toolbar = f'<node oor:name="private:resource/toolbar/addon_{_TOOLBAR}" oor:op="replace">\n{looks}</node>'
    states = f'<node oor:name="UIElements"><node oor:name="States">\n{toolbar}\n</node></node>\n'
    return component_data("CalcWindowState", states, "org.openoffice.Office.UI")


def _button(number: int, button: Button) -> str:
    command = f"{PROTOCOL}{button.command}"
    return (
        f'<node oor:name="b{number}" oor:op="replace">\n'
        f'<prop oor:name="URL"><value>{command}</value></prop>\n{text("Title", button.label)}'
        f'<prop oor:name="Target"><value>_self</value></prop>\n{_CONTEXT}</node>\n'
    )

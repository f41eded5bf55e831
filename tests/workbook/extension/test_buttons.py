"""The toolbar's component outside LibreOffice: stand-ins for UNO show what it says, to whom, and what it never does."""

import sys
from types import ModuleType, SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from perfeval_xl.workbook.extension import pressed
from perfeval_xl.workbook.extension.package import extension_parts
from perfeval_xl.workbook.extension.toolbar import BUTTONS, PROTOCOL

NAME = "{http://openoffice.org/2001/registry}name"


class RefusedError(Exception):
    """UNO's own exception."""


def stand_ins(boxes):
    """The modules of UNO that the component imports; a message box shown goes to ``boxes``."""
    bases = {name: type(name, (), {}) for name in ("Base", "XDispatchProvider", "XNotifyingDispatch", "XInitialization", "XServiceInfo")}
    helper = SimpleNamespace(addImplementation=lambda *_: None)
    box = SimpleNamespace(createMessageBox=lambda *given: SimpleNamespace(execute=lambda: boxes.append(given[3:])))
    contents = {
        "uno": {"Enum": lambda *names: names, "systemPathToFileUrl": "file://{}".format},
        "unohelper": {"Base": bases["Base"], "ImplementationHelper": lambda: helper},
        "com.sun.star.awt.MessageBoxButtons": {"BUTTONS_OK": 1},
        "com.sun.star.beans": {"PropertyValue": lambda name, _handle, value, _state: (name, value)},
        "com.sun.star.frame": {"DispatchResultEvent": lambda *given: given, **bases},
        "com.sun.star.frame.DispatchResultState": {"SUCCESS": 1},
        "com.sun.star.io": {"IOException": RefusedError},
        "com.sun.star.lang": bases,
        "com.sun.star.sheet.ConditionOperator": {"FORMULA": "FORMULA"},
        "com.sun.star.uno": {"Exception": RefusedError},
    }
    context = SimpleNamespace(ServiceManager=SimpleNamespace(createInstanceWithContext=lambda *_: box))
    return context, {name: _module(name, content) for name, content in contents.items()} | {
        name: ModuleType(name) for name in ("com", "com.sun", "com.sun.star", "com.sun.star.awt", "com.sun.star.sheet")
    }


def _module(name, content):
    module = ModuleType(name)
    module.__dict__.update(content)
    return module


@pytest.fixture
def component(monkeypatch):
    """The component's names with a handler for a window; ``boxes`` is what it showed."""
    boxes = []
    context, modules = stand_ins(boxes)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    names = {}
    exec(compile(extension_parts()["buttons.py"], "buttons.py", "exec"), names)

    def pressed_in(*, visible):
        handler = names["Handler"](context)
        window = SimpleNamespace(isVisible=lambda: visible)
        handler.initialize((SimpleNamespace(Controller=SimpleNamespace(Model="the document"), ContainerWindow=window),))
        heard = []
        handler.dispatchWithNotification(SimpleNamespace(Path="validate"), (), SimpleNamespace(dispatchFinished=heard.append))
        return heard[0][2]

    return SimpleNamespace(names=names, boxes=boxes, pressed=pressed_in, handler=names["Handler"](context))


def test_a_window_shows_the_sentence_once_and_a_hidden_one_nothing(component, monkeypatch):
    monkeypatch.setattr(pressed, "validate", lambda document, *_: f"{document}: ✗错误 0 条")
    assert component.pressed(visible=False) == "the document: ✗错误 0 条"
    assert component.boxes == []
    component.pressed(visible=True)
    assert component.boxes == [("绩效自评", "the document: ✗错误 0 条")]


def test_a_mistake_of_ours_or_of_uno_becomes_a_sentence(component, monkeypatch):
    for mistake in (RefusedError("locked"), KeyError("x"), ZeroDivisionError("y")):
        monkeypatch.setattr(pressed, "validate", lambda *_, mistake=mistake: (_ for _ in ()).throw(mistake))
        assert component.pressed(visible=False).startswith(f"没有完成, 程序出错: {type(mistake).__name__}: ")


def test_an_older_python_is_told_so_before_anything_is_imported(component, monkeypatch):
    monkeypatch.setattr(pressed, "validate", lambda *_: pytest.fail("imported"))
    monkeypatch.setitem(component.names, "OLDEST", (99, 0))
    assert component.pressed(visible=False) == component.names["TOO_OLD"]
    assert component.names["TOO_OLD"].startswith("「校验」需要 Python 3.11 或更高版本, 这个 LibreOffice 带的是 3.")


def test_a_copy_is_saved_as_a_workbook_without_macros_and_a_full_disk_is_an_os_error(component):
    stored = []
    component.names["save_copy"](SimpleNamespace(storeToURL=lambda *given: stored.append(given)), "/folder/document.xlsx")
    assert stored == [("file:///folder/document.xlsx", (("FilterName", "Calc MS Excel 2007 XML"),))]

    def refuse(*_):
        raise RefusedError("disk full")

    with pytest.raises(OSError, match="disk full"):
        component.names["save_copy"](SimpleNamespace(storeToURL=refuse), "/folder/document.xlsx")


def test_only_the_commands_of_the_buttons_are_taken(component):
    def taken(protocol, path):
        return component.handler.queryDispatch(SimpleNamespace(Protocol=protocol, Path=path), "_self", 0) is component.handler

    assert all(taken(PROTOCOL, button.command) for button in BUTTONS)
    assert set(component.names["COMMANDS"]) == {button.command for button in BUTTONS}
    assert not any(taken(*other) for other in ((PROTOCOL, "other"), ("macro:", "validate"), (PROTOCOL, "")))


def test_toolbar_and_menu_send_the_same_commands_under_chinese_names():
    tree = ET.fromstring(extension_parts()["Addons.xcu"])
    for place in ("OfficeToolBar", "Submenu"):
        box = next(node for node in tree.iter() if node.get(NAME) == place)
        found = {prop[0].text for prop in box.iter() if prop.get(NAME) == "Title"} & {button.label for button in BUTTONS}
        sent = [prop[0].text for prop in box.iter() if prop.get(NAME) == "URL"]
        assert found == {"校验", "转到第一个错误"}
        assert sent == ["perfeval.calc:validate", "perfeval.calc:go_to_first_error"]

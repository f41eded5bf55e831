"""A PC a test can look into, and a small payload to put on it."""

from __future__ import annotations

from perfeval_xl.installation.model_computer import APP_PATHS, EXCEL_PATH, ModelComputer
from perfeval_xl.installation.office import excel_of
from perfeval_xl.installation.payload import Payload
from perfeval_xl.installation.places import places_of
from perfeval_xl.installation.plan import carried_out, steps_to
from perfeval_xl.installation.wanted import wanted_things

INTERPRETER = r"C:\Users\张 伟\AppData\Local\PerfEval\env\Scripts\pythonw.exe"
TEMPLATE = r"C:\Users\张 伟\AppData\Local\PerfEval\templates\项目支出绩效自评表.xlsm"
DLL = r"C:\Users\张 伟\AppData\Local\PerfEval\perfeval64.dll"
TRUST = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\PerfEval"


def program(machine):
    """The beginning of a Windows program for that processor."""
    return b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + machine.to_bytes(2, "little")


def pc(user=r"C:\Users\张 伟", excel=EXCEL_PATH, machine=0x8664, **variables):
    """A PC of a user with a Chinese name and a space in it; ``excel`` None: none installed."""
    found = ModelComputer(user, variables)
    if excel:
        found.registry[rf"{APP_PATHS}\excel.exe"] = {"": excel}
        found.files[excel] = program(machine)
    return found


def payload(**changed):
    whole = Payload(
        INTERPRETER,
        {"perfeval64.dll": b"dll 64", "perfeval32.dll": b"dll 32"},
        b"the add-in",
        {"项目支出绩效自评表.xlsm": b"a blank form"},
        b"<html>",
    )
    return whole._replace(**changed)


def steps(computer, brought=None):
    places = places_of(computer)
    return steps_to(computer, wanted_things(computer, places, brought or payload(), excel_of(computer)), places.receipt)


def install(computer, brought=None):
    return carried_out(computer, steps(computer, brought), places_of(computer).receipt)


def remove(computer):
    receipt = places_of(computer).receipt
    return carried_out(computer, steps_to(computer, [], receipt), receipt)


def state(computer):
    """Everything on the PC, to be compared."""
    return dict(computer.files), set(computer.folders), {k: dict(v) for k, v in computer.registry.items()}, dict(computer.shortcuts)

"""Drives one LibreOffice for the tests: a process of its own, because only the system's Python has ``uno``.

Run as ``/usr/bin/python3 driver.py PROFILE [EXTENSION]``. It reads one JSON request per line ({"do": name, ...})
and answers each with one line: {"answer": ...} or {"refused": "..."}.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
import uuid
from pathlib import Path

READY_SECONDS = 90
RESTART_WANTED = (81, 79)  # soffice.bin after it filled a fresh profile; its wrapper script would start it again
QUIETLY = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
REMOVED = 1 | 2 | 4 | 16  # CellFlags: number, date, text, formula
REFUSALS = (RuntimeError, LookupError, AttributeError, TypeError, ValueError, OSError)
SETTINGS = {
    "Common/Misc": {"UseDocumentOOoLockFile": "false", "UseDocumentSystemFileLocking": "false", "UseLocking": "false", "FirstRun": "false"},
    "Common/Security/Scripting": {"MacroSecurityLevel": "0"},
    "Calc/Formula/Load": {"OOXMLRecalcMode": "0", "ODFRecalcMode": "0"},
}


def program():
    """soffice.bin itself, so that the process started is the office and not a script around it."""
    return str(Path(shutil.which("soffice", path="/usr/bin:/bin:/usr/local/bin")).resolve().parent / "soffice.bin")


def seed(profile):
    """A profile that recalculates every file on loading and leaves no locks behind."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, values in SETTINGS.items()
        for name, value in values.items()
    )
    target = profile / "user" / "registrymodifications.xcu"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">\n'
        f"{items}</oor:items>\n",
        "utf-8",
    )


def properties(**values):
    from com.sun.star.beans import PropertyValue

    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


class Office:
    """A running soffice with a profile of its own."""

    def __init__(self, profile):
        self.profile, self.pipe = Path(profile), "pe" + uuid.uuid4().hex
        self.start()

    def start(self):
        """Start and prove readiness: a fresh profile makes soffice accept a connection and then ask for a restart."""
        import uno
        from com.sun.star.uno import Exception as UnoException

        self.spawn()
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            self.respawn_if_asked()
            try:
                self.context = resolver.resolve(f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext")
                self.desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
                self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True)).close(True)
            except UnoException:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("soffice did not become ready")

    def spawn(self):
        accept = f"--accept=pipe,name={self.pipe};urp;StarOffice.ComponentContext"
        profile = f"-env:UserInstallation={self.profile.as_uri()}"
        silent = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        self.process = subprocess.Popen([program(), *QUIETLY, accept, profile], **silent)

    def respawn_if_asked(self):
        code = self.process.poll()
        if code in RESTART_WANTED:
            self.spawn()
        elif code is not None:
            raise RuntimeError(f"soffice ended with {code} (0: another soffice has this profile)")

    def install(self, extension):
        """Install for this profile through UNO: ``unopkg`` refuses to run as root."""
        import uno
        import unohelper
        from com.sun.star.task import XInteractionHandler
        from com.sun.star.ucb import XCommandEnvironment

        class Approving(unohelper.Base, XCommandEnvironment, XInteractionHandler):
            def getInteractionHandler(self):  # noqa: N802 - UNO's name
                return self

            def getProgressHandler(self):  # noqa: N802 - UNO's name
                return None

            def handle(self, request):
                approve = uno.getTypeByName("com.sun.star.task.XInteractionApprove")
                for choice in request.getContinuations():
                    if choice.queryInterface(approve) is not None:
                        choice.select()
                        return

        manager = self.context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")
        manager.addExtension(Path(extension).as_uri(), (), "user", manager.createAbortChannel(), Approving())

    def stop(self):
        from com.sun.star.uno import Exception as UnoException

        try:
            self.desktop.terminate()
        except UnoException:
            self.process.kill()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Documents:
    """The requests, by name; a document is known by its number."""

    def __init__(self, office):
        self.office, self.documents = office, {}

    def open(self, path, macros):
        address = path if path.startswith("private:") else Path(path).as_uri()
        document = self.office.desktop.loadComponentFromURL(
            address, "_blank", 0, properties(Hidden=True, MacroExecutionMode=4 if macros else 0)
        )
        if document is None:
            raise RuntimeError(f"LibreOffice does not open {path}")
        number = len(self.documents)
        self.documents[number] = document
        return number

    def recalculate(self, document):
        """Hard: LibreOffice 7 finds the add-in's names of an .xlsx only once some name has been added."""
        from com.sun.star.table import CellAddress

        book = self.documents[document]
        book.NamedRanges.addNewByName("zz_compile_again", "$A$1", CellAddress(0, 0, 0), 0)
        book.NamedRanges.removeByName("zz_compile_again")
        book.calculateAll()

    def put(self, document, values):
        for address, value in values.items():
            cell = self.place(document, address)
            if value is None:
                cell.clearContents(REMOVED)
            elif isinstance(value, str):
                cell.setString(value)
            else:
                cell.setValue(value)

    def put_formulas(self, document, formulas):
        for address, formula in formulas.items():
            self.place(document, address).setFormula(formula)

    def put_rows(self, document, area, rows):
        self.place(document, area).setDataArray(tuple(tuple("" if value is None else value for value in row) for row in rows))

    def rows(self, document, area):
        """Values of an area; None for an error."""
        return self.place(document, area).getDataArray()

    def values(self, document, addresses):
        """Values of many cells of few sheets, in one step per sheet: a single cell costs a millisecond."""
        names = {address.rpartition("!")[0] for address in addresses}
        used = {name: self.used(self.documents[document].Sheets.getByName(name)).getDataArray() for name in names}
        return {address: self.picked(used, *address.rpartition("!")[::2]) for address in addresses}

    def picked(self, used, sheet, address):
        letters = address.rstrip("0123456789")
        row, column = int(address[len(letters) :]) - 1, 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        is_used = row < len(used[sheet]) and column <= len(used[sheet][row])
        return used[sheet][row][column - 1] if is_used else ""

    def used(self, sheet):
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        return sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)

    def cells(self, document, addresses):
        return {address: self.described(self.place(document, address)) for address in addresses}

    def described(self, cell):
        kind, error = cell.Type.value, cell.getError()
        is_number = (cell.FormulaResultType2 == 1) if kind == "FORMULA" else kind == "VALUE"
        return {
            "value": None if error else cell.getValue() if is_number else cell.getString(),
            "text": cell.getString(),
            "error": error,
            "formula": cell.getFormula() if kind == "FORMULA" else "",
        }

    def place(self, document, address):
        sheet, _, area = address.rpartition("!")
        found = self.documents[document].Sheets.getByName(sheet.strip("'")).getCellRangeByName(area)
        return found if ":" in area else found.getCellByPosition(0, 0)

    def sheets(self, document):
        return {sheet.Name: sheet.IsVisible for sheet in self.documents[document].Sheets}

    def buttons(self, document):
        """What is clicked on each sheet: the button's label or the shape's text, and the macro it runs."""
        return [
            {"sheet": sheet.Name, "label": label, "macro": macro}
            for sheet in self.documents[document].Sheets
            for label, macro in (*self.controls(sheet), *self.shapes(sheet))
        ]

    def controls(self, sheet):
        for form in sheet.DrawPage.Forms:
            for position in range(form.getCount()):
                macros = [event.ScriptCode for event in form.getScriptEvents(position)]
                yield getattr(form.getByIndex(position), "Label", ""), self.bare(macros[0]) if macros else ""

    def shapes(self, sheet):
        for shape in sheet.DrawPage:
            if not hasattr(shape, "getEvents"):
                continue
            click = {each.Name: each.Value for each in shape.getEvents().getByName("OnClick") or ()}
            if click.get("Script"):
                yield shape.getString() if hasattr(shape, "getString") else "", self.bare(click["Script"])

    def bare(self, script):
        """Project.Module.Macro of a script's address."""
        return re.sub(r"^vnd\.sun\.star\.script:|\?.*$", "", script)

    def modules(self, document):
        libraries = self.documents[document].BasicLibraries
        return {
            library: {module: libraries.getByName(library).getByName(module) for module in libraries.getByName(library).ElementNames}
            for library in libraries.ElementNames
        }

    def pdf(self, document, path, sheet):
        import uno

        options = {"FilterName": "calc_pdf_Export"}
        if sheet:
            chosen = properties(Selection=self.printed(self.documents[document].Sheets.getByName(sheet)))
            options["FilterData"] = uno.Any("[]com.sun.star.beans.PropertyValue", chosen)
        self.documents[document].storeToURL(Path(path).as_uri(), properties(**options))

    def printed(self, sheet):
        for area in sheet.getPrintAreas():
            return sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
        return sheet

    def press(self, document, command):
        """Send a toolbar's command to the window; what its handler answers, None where nobody takes it."""
        context, frame = self.office.context, self.documents[document].CurrentController.Frame
        helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        return getattr(helper.executeDispatch(frame, command, "", 0, ()), "Result", None)

    def state(self, document):
        """Where the document is saved, whether it has changed since, and the cell its window has selected."""
        book = self.documents[document]
        return {"address": book.URL, "is_modified": book.isModified(), "selected": book.CurrentSelection.AbsoluteName}

    def links(self, document, area):
        """The targets of the hyperlinks of an area, by cell."""
        found = self.place(document, area)
        rows, columns = found.Rows.Count, found.Columns.Count
        cells = [found.getCellByPosition(column, row) for row in range(rows) for column in range(columns)]
        fields = {cell.AbsoluteName.replace("$", "").rpartition(".")[2]: list(cell.TextFields) for cell in cells}
        return {address: own[0].URL for address, own in fields.items() if own}

    def save(self, document, path):
        self.documents[document].storeToURL(Path(path).as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))

    def close(self, document):
        self.documents.pop(document).close(True)


def serve(office, requests, answers):
    from com.sun.star.uno import Exception as UnoException

    documents = Documents(office)
    for line in requests:
        request = json.loads(line)
        if request["do"] == "quit":
            break
        try:
            reply = {"answer": getattr(documents, request.pop("do"))(**request)}
        except (*REFUSALS, UnoException):
            reply = {"refused": traceback.format_exc(limit=-2)}
        answers.write(json.dumps(reply, ensure_ascii=False) + "\n")
        answers.flush()
    office.stop()


def main(profile, extension=""):
    os.environ.update(SAL_USE_VCLPLUGIN="svp", PATH="/usr/bin:/bin")
    if not Path(profile, "user").exists():
        seed(Path(profile))
    office = Office(profile)
    if extension:  # its types are known only after a restart
        office.install(extension)
        office.stop()
        office.start()
    print(json.dumps({"answer": "ready"}), flush=True)
    serve(office, sys.stdin, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])

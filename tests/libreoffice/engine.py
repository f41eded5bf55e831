"""LibreOffice as a spreadsheet engine: open a workbook, recalculate, type into cells, read them."""

import json
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

SYSTEM_PYTHON = "/usr/bin/python3"
START_SECONDS = 180
DRIVER = Path(__file__).with_name("driver.py")


class EngineError(RuntimeError):
    """LibreOffice refused a request, ended or did not answer in time."""


class Shown(NamedTuple):
    """A cell: number or text (None with an error), as displayed, Calc's error code or 0, formula or ""."""

    value: float | str | None
    text: str
    error: int
    formula: str


class Button(NamedTuple):
    """A button or a clickable shape. ``macro`` is Project.Module.Macro."""

    sheet: str
    label: str
    macro: str


class Engine:
    """A running LibreOffice with its own profile; ``extension`` is installed into it. It starts again after an accident.

    ``profile``: an existing one to use, which stays.
    """

    def __init__(self, extension=None, environment=None, profile=None):
        self.profile = profile
        self.folder = Path(tempfile.mkdtemp(prefix="perfeval-calc-"))
        self.log = (self.folder / "driver.log").open("w+b")
        self.extension, self.environment = extension, environment or {}
        self.copies = 0
        self._start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def open(self, path, *, macros=False, recalculated=True):
        """A workbook; a copy is opened, so that ``path`` stays free and no lock file of an accident is met again."""
        self._start_again_if_gone()
        self.copies += 1
        copy = self.folder / f"{self.copies}-{Path(path).name}"
        shutil.copyfile(path, copy)
        document = Document(self, self.ask("open", path=str(copy), macros=macros))
        if recalculated:
            document.recalculate()
        return document

    def new(self):
        """An empty workbook."""
        self._start_again_if_gone()
        return Document(self, self.ask("open", path="private:factory/scalc", macros=False))

    def ask(self, request, *, seconds=60, **arguments):
        """One request to the driver; whatever takes longer than ``seconds`` ends LibreOffice."""
        if self.process.poll() is not None:
            raise EngineError(f"LibreOffice is gone: {self._last_words()}")
        self.process.stdin.write(json.dumps({"do": request, **arguments}).encode() + b"\n")
        self.process.stdin.flush()
        return self._answer(seconds)

    def close(self):
        """End LibreOffice and remove its profile."""
        if self.process.poll() is None:
            self.process.stdin.write(b'{"do": "quit"}\n')
            self.process.stdin.flush()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self._end()
        self._close_pipes()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self):
        kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
        profile = self.profile or self.folder / "profile"
        new_extension = [str(self.extension)] if self.extension and not profile.exists() else []
        self.process = subprocess.Popen(
            [SYSTEM_PYTHON, str(DRIVER), str(profile), *new_extension],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            env={**kept, "PATH": "/usr/bin:/bin", **self.environment},
            start_new_session=True,  # so that soffice can be ended with its driver
        )
        self.waiting, self.received = selectors.DefaultSelector(), b""
        self.waiting.register(self.process.stdout, selectors.EVENT_READ)
        self._answer(START_SECONDS)

    def _start_again_if_gone(self):
        if self.process.poll() is not None:
            self._close_pipes()
            self._start()

    def _answer(self, seconds):
        while b"\n" not in self.received:
            if not self.waiting.select(seconds):
                self._end()
                raise EngineError(f"no answer within {seconds} s: {self._last_words()}")
            chunk = os.read(self.process.stdout.fileno(), 1 << 20)
            if not chunk:
                self._end()
                raise EngineError(f"LibreOffice ended: {self._last_words()}")
            self.received += chunk
        line, _, self.received = self.received.partition(b"\n")
        reply = json.loads(line)
        if "refused" in reply:
            raise EngineError(reply["refused"])
        return reply["answer"]

    def _end(self):
        """The driver and its soffice, which share a process group of their own."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()

    def _last_words(self):
        self.log.seek(0)
        return self.log.read()[-2000:].decode(errors="replace")

    def _close_pipes(self):
        self.waiting.close()
        self.process.stdin.close()
        self.process.stdout.close()


class Document:
    """An open workbook. Addresses name their sheet: ``自评表!E12``, areas ``自评表!E12:H30``."""

    def __init__(self, engine, number):
        self.engine, self.number = engine, number

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __getitem__(self, address):
        """The value of one cell: a number, a text, "" for a blank, None for an error."""
        return self.values([address])[address]

    def recalculate(self):
        """Every formula anew, cached values forgotten."""
        self._ask("recalculate")

    def put(self, values):
        """Type: numbers as numbers, texts as texts, None empties the cell; formulas that depend on them are computed."""
        self._ask("put", values=values)

    def put_formulas(self, formulas):
        """Type formulas in LibreOffice's own grammar: ``=PE_SCORE(E5;F5;G5)``."""
        self._ask("put_formulas", formulas=formulas)

    def put_rows(self, area, rows):
        """Fill an area at once; None is a blank."""
        self._ask("put_rows", area=area, rows=[list(row) for row in rows])

    def rows(self, area):
        """The values of an area: numbers, texts, "" for a blank, None for an error."""
        return self._ask("rows", area=area)

    def values(self, addresses):
        """The values of single cells, by their addresses."""
        return self._ask("values", addresses=list(addresses))

    def cells(self, *addresses):
        """Each cell in full, by its address."""
        return {address: Shown(**cell) for address, cell in self._ask("cells", addresses=addresses).items()}

    def sheets(self):
        """Whether each sheet is visible, by name."""
        return self._ask("sheets")

    def buttons(self):
        return [Button(**button) for button in self._ask("buttons")]

    def modules(self):
        """Source by module by Basic library."""
        return self._ask("modules")

    def pdf(self, path, sheet=""):
        """Printed as .pdf: the whole workbook or one sheet."""
        self._ask("pdf", path=str(path), sheet=sheet)
        return path

    def press(self, command):
        """Send a toolbar's command; what its handler answers, None where nobody takes it."""
        return self._ask("press", command=command)

    def state(self):
        """``address`` where it is saved, ``is_modified`` since, the cell ``selected``."""
        return self._ask("state")

    def links(self, area):
        """The targets of the hyperlinks of an area, by cell."""
        return self._ask("links", area=area)

    def save(self, path):
        """As .xlsx, through LibreOffice's own writer."""
        self._ask("save", path=str(path))
        return path

    def close(self):
        self._ask("close")

    def _ask(self, request, **arguments):
        return self.engine.ask(request, document=self.number, **arguments)

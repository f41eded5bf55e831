"""工作表部件: one sparse pass over a worksheet part; only cells that hold something are kept.

Limits: an evaluation table has some hundred rows, the largest summary some thousand, while one stray
blank-looking cell may lie in row 1,048,576. What lies beyond row 20,000 or column 256 (IV, the width of
the old format), and what exceeds the budget of cells, is not stored but counted, with its first place.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.address import address, area, column_number, place
from perfeval_xl.workbook.grid import Cell, UnusableFile
from perfeval_xl.workbook.opc.markup import TRUE_WORDS, local_name, namespace_of, natural, new_parser
from perfeval_xl.workbook.opc.package import DAMAGED
from perfeval_xl.workbook.reading.merged_areas import LAST_READ_COLUMN, LAST_READ_ROW, places_in
from perfeval_xl.workbook.reading.texts import unescaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from perfeval_xl.workbook.grid import Area
    from perfeval_xl.workbook.opc.markup import Attributes
    from perfeval_xl.workbook.reading.cell_value import CellContent, Decoder
    from perfeval_xl.workbook.reading.shared_formula import SharedFormula

    Place = tuple[int, int]
    Look = tuple[str, str]                      # style and type, as a cell writes them
    RowCell = tuple[Place, Look, str]           # with its formula, "" for none

MOST_STRAYS = 1_000      # after so many stray cells the rest of the rows is passed over
MOST_MERGES = 65_536
_SHORTEST_CELL = len('<c r="A1"><v>1</v></c>')
_TEXTS = ("str", "inlineStr")


class Budget:
    """读取额度 of a whole workbook: cells to keep and bytes to parse; enough for any honest file."""

    __slots__ = ("cells", "parsed_bytes")

    def __init__(self, cells: int = 500_000, parsed_bytes: int = 32 << 20) -> None:
        self.cells = cells
        self.parsed_bytes = parsed_bytes


class WorksheetContent:
    """工作表内容 gathered by expat handlers; ``parser`` is to be fed with the part.

    ``is_cut``: the rest of the rows is not worth parsing; the merges below them still are.
    """

    def __init__(self, decoders: Mapping[str, Decoder], formats: Mapping[str, str], most_cells: int = 200_000) -> None:
        self.cells: dict[Place, Cell] = {}
        self.merges: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row = 0
        self.is_cut = False
        self.last_letter = "Z"      # of a row of ordinary shape, nothing is read beyond columns that begin with it
        self.parser = new_parser(self._root)
        self._decoders, self._formats, self._most_cells = decoders, formats, most_cells
        self._strays: list[Place] = []
        self._broken: list[Place] = []
        self._row_digits, self._columns = "", dict[str, int]()
        self._cell: Attributes = {}
        self._raw: str | None = None
        self._formula: str | None = None
        self._formula_kind: Attributes = {}
        self._looks: dict[Look, tuple[Decoder, str, bool]] = {}
        self._shared: dict[str, SharedFormula] = {}
        self._spread: list[tuple[Area, str]] = []
        self._pieces: list[str] = []
        self._phonetic = False
        self._c = self._v = ""
        self._starts: dict[str, Callable[[Attributes], object]] = {}
        self._ends: dict[str, Callable[[], object]] = {}

    def finish(self) -> None:
        """收尾: array formulas are given to every cell they fill, as Excel shows them."""
        for filled, text in self._spread:
            for spot in places_in(filled, self.cells):
                self.cells[spot] = self.cells[spot]._replace(formula=text)

    def has_room(self, size: int) -> bool:
        """Whether every cell of a part of so many bytes can be kept."""
        return size // _SHORTEST_CELL < self._most_cells

    def take_row(self, number: int, cells: Sequence[RowCell], values: Iterable[str]) -> None:
        """一整行 that was taken apart elsewhere: its number, its cells near the table, and what they hold."""
        self.row = number
        self._row_digits = str(number)
        self._cell = {}
        looks, kept, new_tuple = self._looks, self.cells, tuple.__new__
        has_room = len(kept) + len(cells) < self._most_cells
        for (spot, look, formula), raw in zip(cells, values, strict=False):    # values behind the last read column have no cell
            decode, number_format, _ = looks.get(look) or self._learn(look)
            value = decode(raw) if raw and has_room else None
            if value is None or value == "":
                self._take(spot, look, raw, formula)
            else:
                kept[spot] = new_tuple(Cell, (value, formula, number_format))     # past the checks of its constructor: a sheet has thousands

    def left_out(self, sheet: str) -> list[Unread]:
        """没有读取的内容: cells too far away or beyond the budget, cells whose value is no value."""
        found = []
        if self._strays:
            first = self._strays[0]
            why = "离表格太远" if first[0] > LAST_READ_ROW or first[1] > LAST_READ_COLUMN else "工作表内容太多"
            count = f"{'至少' if self.is_cut else '共'} {len(self._strays)} 个"
            reason = f"{why}：从这里起{count}有内容的单元格没有读取；如果是误填，请删除。"
            found.append(Unread(sheet, address(*first), reason))
        elif self.is_cut:
            found.append(Unread(sheet, address(self.row or 1, 1), "工作表内容太多：从这一行起没有读取。"))
        if self._broken:
            reason = f"单元格内容已损坏，读不出值（共 {len(self._broken)} 个）。请重新填写。"
            found.append(Unread(sheet, address(*self._broken[0]), reason))
        return found

    def _root(self, name: str, _: Attributes) -> None:
        if local_name(name) != "worksheet":
            raise UnusableFile(DAMAGED)
        ns = namespace_of(name)
        self._c, self._v = ns + "c", ns + "v"
        self._starts = {
            ns + "f": self._start_formula, ns + "t": self._start_text, ns + "is": self._start_inline,
            ns + "rPh": self._start_phonetic, ns + "row": self._start_row, ns + "col": self._column,
            ns + "mergeCell": self._merge,
        }
        self._ends = {
            ns + "f": self._end_formula, ns + "t": self._end_inline_text, ns + "rPh": self._end_phonetic,
        }
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._pieces.append

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == self._v:
            self._pieces.clear()
        elif name == self._c:
            if "r" not in attributes:
                attributes["r"] = self._next_reference()
            self._cell = attributes
            self._raw = self._formula = None
        elif (action := self._starts.get(name)) is not None:
            action(attributes)

    def _end(self, name: str) -> None:
        if name == self._v:
            self._raw = "".join(self._pieces)
        elif name == self._c:
            if self._raw is not None or self._formula is not None:
                self._end_cell()
        elif (action := self._ends.get(name)) is not None:
            action()

    def _start_row(self, attributes: Attributes) -> None:
        self.row = natural(attributes["r"]) if "r" in attributes else self.row + 1
        self._row_digits = str(self.row)
        self._cell = {}
        if attributes.get("hidden") in TRUE_WORDS and self.row <= LAST_READ_ROW:
            self.hidden_rows.add(self.row)

    def _start_text(self, _: Attributes) -> None:
        self._pieces.clear()

    def _start_formula(self, attributes: Attributes) -> None:
        self._pieces.clear()
        self._formula_kind = attributes

    def _start_inline(self, _: Attributes) -> None:
        self._raw = ""

    def _start_phonetic(self, _: Attributes) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _end_inline_text(self) -> None:
        if not self._phonetic:
            self._raw = (self._raw or "") + "".join(self._pieces)

    def _end_formula(self) -> None:
        self._formula = "".join(self._pieces)

    def _end_cell(self) -> None:
        cell = self._cell
        reference = cell["r"]
        column = self._columns.get(reference.removesuffix(self._row_digits)) if reference.endswith(self._row_digits) else None
        spot = self._place(reference) if column is None else (self.row, column)
        formula = "" if self._formula is None else self._own_formula(spot, self._formula)
        self._take(spot, (cell.get("s", "0"), cell.get("t", "n")), self._raw, formula)

    def _take(self, spot: Place, look: Look, raw: str | None, formula: str) -> None:
        decode, number_format, is_text = self._looks.get(look) or self._learn(look)
        value: CellContent | None = raw if is_text else None
        if raw:
            value = decode(raw)
            if value is None:
                self._broken.append(spot)
        if not formula and (value is None or value == ""):
            return
        if spot[0] > LAST_READ_ROW or spot[1] > LAST_READ_COLUMN or len(self.cells) >= self._most_cells:
            self._strays.append(spot)
            self.is_cut = len(self._strays) >= MOST_STRAYS
            return
        self.cells[spot] = Cell(value, formula, number_format)

    def _learn(self, look: Look) -> tuple[Decoder, str, bool]:
        """How cells of that style and type are read: decoder, number format, whether an empty text is a value."""
        style, sort = look
        way = self._looks[look] = self._decoders.get(sort, _undecodable), self._formats.get(style, "General"), sort in _TEXTS
        return way

    def _own_formula(self, spot: Place, text: str) -> str:
        """The formula as this cell sees it; "" when there is none after all."""
        kind = self._formula_kind
        sort = kind.get("t")
        text = unescaped(text)
        if sort == "shared":
            if text:
                from perfeval_xl.workbook.reading.shared_formula import SharedFormula  # noqa: PLC0415 - few files need it

                self._shared[kind.get("si", "")] = SharedFormula(text, *spot)
                return text
            shared = self._shared.get(kind.get("si", ""))
            return shared.at(*spot) if shared else "#REF!"
        if sort == "dataTable":
            text = f"TABLE({kind.get('r1', '')},{kind.get('r2', '')})"
        if sort in ("array", "dataTable"):
            filled = area(kind.get("ref", ""))
            self._spread += [(filled, text)] if filled else []
        return text

    def _place(self, reference: str) -> Place:
        """Place of a cell whose column has not been met yet, or that does not stand in its own row."""
        spot = place(reference)
        if spot is None:
            raise UnusableFile(DAMAGED)
        letters = reference.removesuffix(self._row_digits)
        if column_number(letters) == spot[1]:
            self._columns[letters] = spot[1]
        return spot

    def _next_reference(self) -> str:
        """A cell without a reference stands right of the one before."""
        before = self._place(self._cell["r"])[1] if self._cell else 0
        return address(self.row, before + 1)

    def _column(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in TRUE_WORDS:
            first, last = natural(attributes.get("min")), natural(attributes.get("max"))
            self.hidden_columns.update(range(max(1, first), min(last, LAST_READ_COLUMN) + 1))

    def _merge(self, attributes: Attributes) -> None:
        merged = area(attributes.get("ref", ""))
        if merged is None or len(self.merges) >= MOST_MERGES:
            raise UnusableFile(DAMAGED)
        self.merges.append(merged)


def _undecodable(_: str) -> None:
    return None

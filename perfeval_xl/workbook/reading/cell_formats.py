"""单元格的数字格式: from the style number of a cell to its number format code."""

from __future__ import annotations

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.opc.markup import feed, local_name, namespace_of, natural, new_parser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.workbook.opc.package import Package

_LONGEST_KEPT = 128 << 10

# ECMA-376 part 1, 18.8.30; the numbers that depend on the language as a Chinese Excel shows them.
BUILTIN_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0', 6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 37: "#,##0;\\-#,##0", 38: "#,##0;[Red]\\-#,##0",
    39: "#,##0.00;\\-#,##0.00", 40: "#,##0.00;[Red]\\-#,##0.00",
    41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}


def cell_formats(package: Package, part: str) -> Mapping[str, str]:
    """样式号到数字格式: keys are style numbers as a cell's ``s`` attribute writes them.

    Only what a cell can point to is parsed: a part bloated with named styles costs no more than its bytes.
    """
    data = package.read(part)
    end = data.find(b"cellXfs>", data.find(b"cellXfs") + 1)
    known = _by_style if len(data) < _LONGEST_KEPT else _by_style.__wrapped__
    return known(data, whole=True) if end < 0 else known(data[:end + 8], whole=False)


@lru_cache(maxsize=64)
def _by_style(data: bytes, *, whole: bool) -> Mapping[str, str]:
    """Kept, for the forms of one office all bring the same styles."""
    styles = _Formats()
    feed(new_parser(styles.start, styles.end), data, last=whole)
    return styles.by_style


class _Formats:
    """Handlers of expat over numFmts and cellXfs; equal elements elsewhere in the part mean other things."""

    def __init__(self) -> None:
        self.by_style: dict[str, str] = {}
        self._codes = BUILTIN_FORMATS.copy()
        self._formats = self._styles = self._section = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        section = self._section
        if not self._formats:
            namespace = namespace_of(name)
            self._formats, self._styles = namespace + "numFmts", namespace + "cellXfs"
        elif name in (self._formats, self._styles):
            self._section = name
        elif section == self._formats and local_name(name) == "numFmt":
            self._codes[natural(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")
        elif section == self._styles and local_name(name) == "xf":
            code = self._codes.get(natural(attributes.get("numFmtId")), "General")
            self.by_style[str(len(self.by_style))] = code

    def end(self, name: str) -> None:
        if name == self._section:
            self._section = ""

"""命令参数: getopt with Chinese messages; argparse alone would cost a check a third of its time.

A command states its flags and its options with a value; a wrong command line is one sentence and exit code 2.
"""

from __future__ import annotations

import getopt

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.grid import UnusableFile


class Options(Record):
    """What was asked: the words without a dash, and the options by their long name."""

    words: list[str]
    values: dict[str, str]

    def has(self, flag: str) -> bool:
        return flag in self.values

    def text(self, option: str, default: str = "") -> str:
        return self.values.get(option, default)

    def whole(self, option: str, default: int) -> int:
        """A whole number; UnusableFile with a sentence for anything else."""
        text = self.values.get(option)
        if text is None:
            return default
        if not text.isascii() or not text.lstrip("-").isdigit() or len(text) > 9:
            raise UnusableFile(f"参数 --{option} 应为整数, 不是「{text}」")
        return int(text)

    def choice(self, option: str, allowed: tuple[str, ...], default: str) -> str:
        text = self.values.get(option, default)
        if text not in allowed:
            raise UnusableFile(f"参数 --{option} 可取 {'、'.join(allowed)}, 不是「{text}」")
        return text


def options_of(words: list[str], help_text: str, long: tuple[str, ...], *, least: int = 0, most: int = 10_000) -> Options | None:
    """Read a command line; None after printing the help.

    ``long``: option names, with a trailing "=" where a value follows; ``output=`` is ``-o`` too.
    ``least``/``most``: how many words without a dash the command takes.
    """
    if "-h" in words or "--help" in words:
        print(help_text.strip())
        return None
    try:
        pairs, rest = getopt.gnu_getopt(words, "o:" if "output=" in long else "", list(long))
    except getopt.GetoptError as error:
        dash = "-" if len(error.opt) == 1 else "--"
        said = f"参数 {dash}{error.opt} 后面要跟一个值" if "requires argument" in error.msg else f"不认识的参数: {dash}{error.opt}"
        raise UnusableFile(said + "; 加 --help 看用法") from error
    if len(rest) < least:
        raise UnusableFile("缺少参数; 加 --help 看用法")
    if len(rest) > most:
        raise UnusableFile(f"多余的参数: {' '.join(rest[most:])}; 加 --help 看用法")
    return Options(rest, {"output" if name == "-o" else name.lstrip("-"): value for name, value in pairs})

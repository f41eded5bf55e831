"""命令参数: flags and options with a value; a wrong command line is one Chinese sentence and exit code 2.

argparse and getopt bring gettext and English messages with them, a third of what a whole check may cost.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 9:
            raise UnusableFile(f"参数 --{option} 应为整数, 不是「{text}」")
        return int(text)

    def choice(self, option: str, allowed: tuple[str, ...], default: str) -> str:
        text = self.values.get(option, default)
        if text not in allowed:
            raise UnusableFile(f"参数 --{option} 可取 {'、'.join(allowed)}, 不是「{text}」")
        return text


def options_of(words: list[str], help_text: str, long: tuple[str, ...], *, least: int = 0, most: int = 10_000) -> Options | None:
    """Read a command line; None after printing the help.

    ``long``: option names, with a trailing "=" where a value follows; ``output=`` is ``-o`` too. Behind ``--`` every word
    counts as given. ``least``/``most``: how many words without a dash the command takes.
    """
    if "-h" in words or "--help" in words:
        print(help_text.strip())
        return None
    options = _read(words, set(long))
    if len(options.words) < least:
        raise UnusableFile("缺少参数; 加 --help 看用法")
    if len(options.words) > most:
        raise UnusableFile(f"多余的参数: {' '.join(options.words[most:])}; 加 --help 看用法")
    return options


def _read(words: list[str], long: set[str]) -> Options:
    given: list[str] = []
    values: dict[str, str] = {}
    waiting = iter(words)
    for word in waiting:
        if word == "--":
            given += waiting
        elif word.startswith("-") and word != "-":
            name, has_value, value = _name(word)
            if f"{name}=" in long:
                values[name] = value if has_value else _next(waiting, word)
            elif name in long and not has_value:
                values[name] = ""
            else:
                raise UnusableFile(f"不认识的参数: {word}; 加 --help 看用法" + _file_hint(word))
        else:
            given.append(word)
    return Options(given, values)


def _name(word: str) -> tuple[str, str, str]:
    if word == "-o":
        return "output", "", ""
    return word.removeprefix("--").partition("=")


def _file_hint(word: str) -> str:
    """For a file whose name begins like an option."""
    return f"; 如果这是文件名, 请写成 ./{word}" if "." in word and not word.startswith("--") else ""


def _next(waiting: Iterator[str], word: str) -> str:
    value = next(waiting, None)
    if value is None:
        raise UnusableFile(f"参数 {word} 后面要跟一个值; 加 --help 看用法")
    return value

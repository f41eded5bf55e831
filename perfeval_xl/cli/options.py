"""命令参数: argparse with Chinese help and messages; a wrong command line ends with one sentence and exit code 2."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

_MESSAGES = (
    ("the following arguments are required:", "缺少参数:"),
    ("unrecognized arguments:", "不认识的参数:"),
    ("expected one argument", "后面要跟一个值"),
    ("expected at least one argument", "后面至少要跟一个值"),
    ("invalid choice:", "不能取这个值:"),
    ("(choose from", "(可选"),
    ("invalid int value:", "应为整数, 不是"),
    ("argument ", "参数 "),
)


class Parser(argparse.ArgumentParser):
    """One command's options; ``text`` is its whole help, written by hand in Chinese with an example."""

    def __init__(self, command: str, text: str) -> None:
        super().__init__(prog=f"perfeval-xl {command}", add_help=False, allow_abbrev=False)
        self._text = text
        self.add_argument("-h", "--help", action="store_true")

    def read(self, words: list[str]) -> argparse.Namespace | None:
        """The options, or None after printing the help."""
        if "-h" in words or "--help" in words:
            print(self._text.strip())
            return None
        return self.parse_args(words)

    def error(self, message: str) -> NoReturn:
        for english, chinese in _MESSAGES:
            message = message.replace(english, chinese)
        print(f"{message}; 用 {self.prog} --help 看用法", file=sys.stderr)
        raise SystemExit(2)

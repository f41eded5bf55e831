"""命令行: one module per command, imported only when that command runs."""

from __future__ import annotations

import os
import sys
from gc import set_threshold

from perfeval_xl import __version__
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = {
    "demo": "一步演示: 生成巴州 2023 年真实自评表, 计算、校验并写出校验结果",
    "new": "新建空白的官方自评表",
    "adopt": "把单位自己的官方自评表变成会计算、能校验的工作簿, 也能原样还原",
    "score": "不用 Excel 计算执行率、完成率、偏差、得分、总分和等级",
    "check": "校验一个或多个自评表",
    "submit": "再校验一次, 生成报送件: 没有宏, 带报送记录",
    "report": "由自评表起草自评报告 (Word)",
    "verify": "核对收到的报送件: 改动了哪些单元格, 再审核一遍",
    "layout": "列出认出的版面; 改正后用 --layout 交回",
    "collect": "把收到的许多文件汇总成一个工作簿: 谁没报、谁报两次、谁被改动、每家的结果",
    "keygen": "生成签名用的一对密钥",
    "help": "列出全部命令; 加 --html 写出使用手册网页",
    "build": "由源文件生成全部工作簿",
    "read": "看看工具怎样理解一个单元格的文字",
    "rulesets": "列出评分办法: 依据的文件、有效年度、与上级办法的不同",
    "why": "说明一个单元格的数是怎样算出来的",
    "checks": "列出全部审核规则、级别、依据和是否启用",
    "setup": "安装到这台电脑的 Excel, 或拿走; 安装新年度的规则包",
    "doctor": "自检这台电脑: 哪里不对, 怎么办",
    "bundle": "做离线安装包, 给不能上网的内网电脑用",
    "drop": "桌面图标「校验自评表」: 校验拖上去的文件, 打开结果网页",
}
UNUSABLE = 2
_FEW_COLLECTIONS = 100_000      # objects made between two looks for garbage; a command lives for a second


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit code 0, 1 or 2 of the contract."""
    words = sys.argv[1:] if arguments is None else arguments
    _use_utf8()
    if not words or words[0] in ("-h", "--help"):
        print(overview())
        return 0
    if words[0] in ("-V", "--version"):
        print(f"perfeval-xl {__version__}")
        return 0
    if words[0] not in COMMANDS:
        print(f"没有命令「{words[0]}」, 可用: {', '.join(COMMANDS)}", file=sys.stderr)
        return UNUSABLE
    try:
        return _run(words[0], words[1:])
    except UnusableFile as reason:
        from perfeval_xl.cli.check import shown_lines  # noqa: PLC0415 - only where something went wrong

        print(shown_lines(str(reason)), file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr)
        return UNUSABLE


def run_process() -> NoReturn:
    """The console script: ``main``, then out at once, because taking an interpreter apart costs a check a fifth of its time."""
    set_threshold(_FEW_COLLECTIONS)
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            code = code or UNUSABLE
    os._exit(code)


def _use_utf8() -> None:
    """Chinese text goes out whatever the code page of the console, and file names whatever their bytes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if stream is not None and reconfigure:
            is_utf8 = (stream.encoding or "").lower().replace("-", "") == "utf8"
            reconfigure(errors="backslashreplace" if is_utf8 else "replace")


def _run(command: str, words: list[str]) -> int:
    module = __import__(f"perfeval_xl.cli.{command}", fromlist=["run"])     # importlib would cost a millisecond
    result: int = module.run(words)
    return result


def overview() -> str:
    """What ``perfeval-xl`` alone prints: every command in one line."""
    lines = [f"  perfeval-xl {name:<8}{text}" for name, text in COMMANDS.items()]
    return "\n".join(
        [
            "perfeval-xl: 绩效自评表的计算、校验与报送",
            "",
            "命令:",
            *lines,
            "",
            "每个命令加 --help 看用法和例子, 例如: perfeval-xl check --help",
            "退出码: 0 没有问题或都已说明; 1 有错误或未说明的核实项; 2 文件不能使用",
        ]
    )

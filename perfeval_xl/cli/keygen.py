"""命令 keygen: a pair of keys for signing submissions."""

from __future__ import annotations

from perfeval_xl.cli.options import options_of

HELP = """
用法: perfeval-xl keygen [-o 名称]

生成一对签名密钥: 名称.key 是私钥, 自己保管, 用于 submit --key; 名称.pub 是公钥, 交给上级, 用于 verify --key。
已有的文件不会被覆盖。

例: perfeval-xl keygen -o 某县医保局
"""


def run(words: list[str]) -> int:
    """0 once both files are written."""
    options = options_of(words, HELP, ("output=",), most=0)
    if options is None:
        return 0
    from pathlib import Path  # noqa: PLC0415 - the help needs none of it

    from perfeval_xl.submission.signature import new_keys  # noqa: PLC0415

    name = options.text("output", "perfeval")
    private, public = Path(f"{name}.key"), Path(f"{name}.pub")
    new_keys(private, public)
    print(f"已生成: {private} (私钥, 请妥善保管, 不要发给别人)\n       {public} (公钥, 交给核对的人)")
    return 0

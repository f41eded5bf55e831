"""命令 submit: the macro-free copy that is mailed upward, with its record."""

from __future__ import annotations

import sys

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from perfeval_xl.workbook.examination import Examined

HELP = """
用法: perfeval-xl submit 文件 [-o 报送件.xlsx] [--formulas] [--force 理由] [--key 私钥] [--digest sha256|sm3]
                         [--ruleset 编号] [--unit 单位] [--no-pdf]

再校验一次, 没有未处理的问题就生成报送件: 样子与自评表一样的 .xlsx, 没有宏、公式、外部链接和个人信息, 带报送记录,
页脚印有校验码。不写 -o 时存在原文件旁边, 文件名是 单位_年度_表名_v序号.xlsx; 装有 LibreOffice 时旁边再存一份 PDF。

  --formulas     保留 Excel 自带的公式 (默认只留数值)
  --force 理由   还有问题也生成, 理由写进报送记录
  --key 私钥     用 keygen 生成的私钥签名
  --digest 算法  摘要用 sha256 (默认) 或 sm3
  --unit 单位    表上没有填报单位一栏 (如基金表) 时写明单位
  --no-pdf       不存 PDF

例: perfeval-xl submit 自评表.xlsm
"""


def run(words: list[str]) -> int:
    """0 once the submission is written, 1 when open findings forbid it."""
    names = ("output=", "formulas", "force=", "key=", "digest=", "ruleset=", "unit=", "no-pdf", "json")
    options = options_of(words, HELP, names, least=1, most=1)
    if options is None:
        return 0
    from perfeval_xl.submission.canonical import DIGESTS, SHA256  # noqa: PLC0415 - the help needs none of it
    from perfeval_xl.submission.making import OpenFindingsError, Request, make_submission  # noqa: PLC0415

    request = Request(
        keeps_formulas=options.has("formulas"),
        forced=options.text("force"),
        ruleset=options.text("ruleset"),
        key=options.text("key"),
        algorithm=options.choice("digest", DIGESTS, SHA256),
        unit=options.text("unit").strip(),
    )
    try:
        made = make_submission(options.words[0], options.text("output"), request)
    except OpenFindingsError as refused:
        _print_refusal(str(refused), refused.examined, as_json=options.has("json"))
        return 1
    printed = "" if options.has("no-pdf") else _printed(made.path)
    if options.has("json"):
        from perfeval_xl.cli.document import print_json  # noqa: PLC0415 - only with --json

        print_json({"file": made.path, "code": made.code, "digest": made.record.digest, "pdf": printed or None})
        return 0
    print(f"已生成报送件: {made.path}\n校验码: {made.code} (印在页脚)")
    if printed:
        print(f"PDF: {printed}")
    if not made.record.unit:
        print("▲ 表上没有写填报单位, 请用 --unit 写明, 上级才能对上名单", file=sys.stderr)
    return 0


def _printed(path: str) -> str:
    from perfeval_xl.submission.pdf import printed_pdf  # noqa: PLC0415 - after the submission

    return printed_pdf(path)


def _print_refusal(sentence: str, result: Examined, *, as_json: bool) -> None:
    from perfeval_xl.cli.document import check_entry, print_json  # noqa: PLC0415 - only when refused
    from perfeval_xl.core.finding import ERROR, EXPLAIN  # noqa: PLC0415

    if as_json:
        print_json({"file": None, "refused": sentence, "check": check_entry(result)})
    print(sentence, file=sys.stderr)
    refused = result.refused
    for finding in result.all_findings:
        if finding.level == ERROR or (finding.level == EXPLAIN and not finding.explanation):
            why = f" (出错说明没有采纳: {refused[finding]})" if finding in refused else ""
            print(f"  {finding.check} {finding.message}{why}", file=sys.stderr)

"""命令 report: the 自评报告 draft from the table."""

from __future__ import annotations

from perfeval_xl.cli.options import options_of
from perfeval_xl.workbook.grid import UnusableFile

HELP = """
用法: perfeval-xl report 自评表.xlsx -o 报告.docx [--template 模板.docx] [--ruleset 编号] [--layout 版面]

由自评表起草自评报告 (Word): 金额、执行率、各级指标数、指标值、完成值、偏差、得分和扣分都取自表中, 方向词按数写;
扣分的指标写明原因; 只有本单位知道的内容留空, 用黄底标出【请填写：…】。
工作簿里有几张自评表时, 每张一个部分。不会改动自评表; 报告已存在时不覆盖。

  -o 报告           写到哪里, 应以 .docx 结尾
  --template 模板   用本单位自己的 .docx 模板; 可用的名称见 perfeval_xl/report/draft/TEMPLATE.md
  --ruleset 编号    用哪一套评分办法; 不写时按表内写明的或表的种类
  --layout 版面     照 layout show 写出、改正过的版面读表

例: perfeval-xl report 自评表.xlsx -o 自评报告.docx
    perfeval-xl report 自评表.xlsx -o 自评报告.docx --template 本局模板.docx
写完后可核对: perfeval-xl check 自评表.xlsx --report 自评报告.docx
"""


def run(words: list[str]) -> int:
    """0 once the file is written; an existing file is never overwritten."""
    options = options_of(words, HELP, ("output=", "template=", "ruleset=", "layout="), least=1, most=1)
    if options is None:
        return 0
    output = options.text("output")
    if not output:
        raise UnusableFile("请用 -o 写明报告的名字, 例如 -o 自评报告.docx")
    from perfeval_xl.report.draft.writing import write_draft  # noqa: PLC0415 - Word is heavy

    written = write_draft(options.words[0], output, options.text("ruleset"), options.text("layout"), options.text("template"))
    print(f"已写出: {output}")
    if options.has("template"):
        print("报告里标着【请填写：…】的地方要填写。")
    elif written.gaps:
        print(f"还有 {len(written.gaps)} 处要填写, 报告里用黄底标出【请填写：…】。")
    if written.errors:
        print(f"注意: 自评表还有 {written.errors} 个错误, 请先用 perfeval-xl check 改好表, 再重新写报告。")
    return 0

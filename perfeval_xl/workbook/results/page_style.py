"""网页的样式: wide screens show a table, a phone shows one card for each finding, paper is A4 across."""

from __future__ import annotations

HEADINGS = ("序号", "级别", "规则", "单元格", "项目", "问题", "填报值", "应为", "怎么改", "依据", "出错说明")
_LABELS = "".join(f'.findings td:nth-child({number})::before{{content:"{name}"}}' for number, name in enumerate(HEADINGS, 1))

STYLE = (
    """
*{box-sizing:border-box}
body{margin:0 auto;max-width:110rem;padding:1rem;font:15px/1.55 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;color:#1f2328;background:#fff}
h1{font-size:1.5rem;margin:0 0 .4rem}
h2{font-size:1.15rem;margin:2rem 0 .3rem;padding-bottom:.3rem;border-bottom:2px solid #1f4e79;overflow-wrap:anywhere}
h3{font-size:1rem;margin:1.2rem 0 .2rem;overflow-wrap:anywhere}
p{margin:.2rem 0 .5rem}
.counts{font-weight:700}
.about{color:#57606a;overflow-wrap:anywhere}
a{color:#0b5cad}
table{border-collapse:collapse;width:100%;margin:.4rem 0}
th,td{border:1px solid #b7bfc7;padding:.3rem .45rem;text-align:left;vertical-align:top;overflow-wrap:anywhere;unicode-bidi:isolate}
th{background:#d9e2f3;white-space:nowrap}
.findings{table-layout:fixed;font-size:.88rem}
.findings th:nth-child(1){width:3.2em}.findings th:nth-child(2){width:4.6em}.findings th:nth-child(3){width:3.6em}
.findings th:nth-child(4){width:7.5em}.findings th:nth-child(5){width:9em}.findings th:nth-child(7),.findings th:nth-child(8){width:7.5em}
.findings th:nth-child(9){width:15em}.findings th:nth-child(10){width:9.5em}.findings th:nth-child(11){width:10em}
.error{color:#9c0006;font-weight:700}.explain{color:#7f6000;font-weight:700}.hint{color:#1f4e79}.done{color:#2f5d1e;font-weight:700}
td.error{background:#fbe3da}td.explain{background:#fff2c6}td.hint{background:#e6f0fa}
.status{color:#57606a}
small{color:#57606a}
ul{margin:.2rem 0;padding-left:1.4rem}
li{overflow-wrap:anywhere}
@media screen and (max-width:60rem){
body{padding:.7rem;font-size:16px}
.findings,.findings tbody,.findings tr,.findings td{display:block;width:auto}
.findings{font-size:.95rem}
.findings thead{display:none}
.findings tr{border:1px solid #b7bfc7;border-radius:.4rem;margin:0 0 .8rem;overflow:hidden}
.findings td{border:0;border-bottom:1px solid #e3e7eb;padding:.35rem .6rem .35rem 5.6em;position:relative;min-height:2.2em}
.findings td::before{position:absolute;left:.6rem;width:4.6em;color:#57606a;font-weight:400}
"""
    + _LABELS
    + """
}
@page{size:A4 landscape;margin:12mm}
@media print{
body{padding:0;max-width:none;font-size:9pt}
.findings{font-size:8pt}
thead{display:table-header-group}
tr{break-inside:avoid}
h2,h3,.about{break-after:avoid}
th,td.error,td.explain,td.hint{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{color:inherit;text-decoration:none}
}
"""
)

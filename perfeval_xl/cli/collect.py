"""命令 collect: many received files into one summary."""

from __future__ import annotations

import json
import os
import sys

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from perfeval_xl.cli.options import Options
    from perfeval_xl.consolidate.arrival import Situation
    from perfeval_xl.consolidate.gathering import Batch

HELP = """
用法: perfeval-xl collect 文件夹 -o 汇总.xlsx [--roster 名单.xlsx] [--returns 文件夹] [--csv 文件夹] [--parquet 文件夹]
                          [--ruleset 编号] [--jobs 数] [--cluster 地址] [--json]

把收到的文件 (文件夹、.zip 或存成 .eml 的邮件附件) 汇总成一个工作簿: 谁没报、谁报了两次、哪份报送后被改动、哪份打不开,
每个单位的预算、执行、得分、等级和全部校验发现。收到的文件只读取数据, 不会在 Excel 里打开, 也不会运行其中任何内容。
中断后再运行会接着做, 没有变动的文件不再重读 (进度存在 汇总.xlsx 旁边的 .进度.db 里)。

  --roster 名单    应报单位名单 (.xlsx 或 .csv, 一行一个单位)
  --returns 文件夹 给有问题的单位各写一份退回单
  --csv --parquet  给分析人员的明细数据
  --jobs 数        同时用几个进程, 默认按处理器数
  --cluster 地址   在 Dask 集群上运行, 例如 tcp://10.0.0.5:8786

例: perfeval-xl collect 收件箱 -o 汇总.xlsx --roster 名单.xlsx
"""
_NAMES = ("output=", "roster=", "returns=", "csv=", "parquet=", "ruleset=", "jobs=", "cluster=", "json")
_MORE = {"returns", "csv", "parquet"}      # written each time they are asked for
_MOST_JOBS = 64


def run(words: list[str]) -> int:
    """0 when every expected file came and is in order, 1 when something is missing, changed or wrong, 2 with unreadable files."""
    options = options_of(words, HELP, _NAMES, least=1, most=1)
    if options is None:
        return 0
    from pathlib import Path  # noqa: PLC0415 - the help needs none of it

    from perfeval_xl.consolidate.gathering import Batch, Errand  # noqa: PLC0415
    from perfeval_xl.consolidate.roster import roster_of  # noqa: PLC0415

    source, output = Path(options.words[0]), Path(options.text("output"))
    if output.suffix.lower() != ".xlsx":
        raise UnusableFile("请用 -o 写明汇总文件, 以 .xlsx 结尾, 例如 -o 汇总.xlsx")
    jobs = options.whole("jobs", os.cpu_count() or 1)
    if not 1 <= jobs <= _MOST_JOBS:
        raise UnusableFile(f"--jobs 应在 1 到 {_MOST_JOBS} 之间")
    units = tuple(roster_of(Path(options.text("roster")))) if options.has("roster") else ()
    ledger = output.with_name(f".{output.name}.进度.db")
    errand = Errand(source, ledger, units, options.text("ruleset"), jobs, options.text("cluster"))
    _refuse_inside(source, [output, *(Path(options.text(folder)) for folder in ("returns", "csv", "parquet") if options.has(folder))])
    _demand_places(output, options)
    with Batch(errand) as batch:
        known = None if _MORE.intersection(options.values) else batch.answer(output)
        answer = json.loads(known) if known else _answer(batch, output, options)
        batch.remember(output, json.dumps(answer, ensure_ascii=False))
    if options.has("json"):
        from perfeval_xl.cli.document import print_json  # noqa: PLC0415 - only with --json

        print_json(answer["document"])
    else:
        print("\n".join([*answer["lines"], f"没有变动, 汇总还是: {output}"] if known else [*answer["lines"], *answer["written"]]))
    return int(answer["code"])


def _answer(batch: Batch, output: Path, options: Options) -> dict[str, Any]:
    """Examine what is not known, write everything that was asked for; what there is to say."""
    from perfeval_xl.cli.check import shown  # noqa: PLC0415 - names come from outside

    with _progress(quiet=options.has("json")) as told:
        situation = batch.situation(told, _ready_to_write)
    written = _written(situation, output, options.values)
    return {
        "document": _document(situation),
        "lines": [shown(line) for line in (situation.sentence, *_lines(situation))],
        "written": [shown(f"已写入: {path}") for path in written],
        "code": _code(situation),
    }


def _ready_to_write() -> None:
    """Load what writes the summary while the first files are being read."""
    import perfeval_xl.consolidate.summary_workbook  # noqa: F401, PLC0415


def _refuse_inside(source: Path, outputs: list[Path]) -> None:
    """What is written among the received files would be collected the next time."""
    for output in outputs if source.is_dir() else ():
        if output.resolve().is_relative_to(source.resolve()):
            raise UnusableFile(f"汇总和退回单不要放在收件文件夹里, 请换一个位置: {output}")


def _demand_places(output: Path, options: Options) -> None:
    """Hours of reading must not end in a place that cannot be written, nor in a file of somebody else."""
    from pathlib import Path  # noqa: PLC0415

    from perfeval_xl.consolidate.destination import folder_made  # noqa: PLC0415
    from perfeval_xl.consolidate.earlier_summary import demand_own_summary  # noqa: PLC0415

    demand_own_summary(output)
    for name in _MORE.intersection(options.values):
        folder_made(Path(options.text(name)))


def _progress(*, quiet: bool) -> Any:
    from contextlib import contextmanager  # noqa: PLC0415 - beside its only use

    @contextmanager
    def shown() -> Iterator[Any]:
        if quiet or not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        from rich.console import Console  # noqa: PLC0415 - only for people
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        columns = (TextColumn("读取"), BarColumn(), MofNCompleteColumn(), TextColumn("剩余"), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            bar = progress.add_task("读取", total=None)
            yield lambda done, total: progress.update(bar, completed=done, total=total)

    return shown()


def _written(situation: Situation, output: Path, asked: dict[str, str]) -> list[Path]:
    from pathlib import Path  # noqa: PLC0415

    from perfeval_xl.consolidate.summary_workbook import write_summary  # noqa: PLC0415 - drawing is heavy

    write_summary(situation, output)
    written = [output]
    if "csv" in asked or "parquet" in asked:
        from perfeval_xl.consolidate.exports import write_csv, write_parquet  # noqa: PLC0415 - pandas is heavy

        written += write_csv(situation, Path(asked["csv"])) if "csv" in asked else []
        written += write_parquet(situation, Path(asked["parquet"])) if "parquet" in asked else []
    if "returns" in asked:
        from perfeval_xl.consolidate.returned import write_slips  # noqa: PLC0415 - only when asked for

        written += write_slips(situation, Path(asked["returns"]))
    return written


def _document(situation: Situation) -> dict[str, Any]:
    from perfeval_xl.consolidate.summary_rows import counted  # noqa: PLC0415 - only with --json

    return {
        "expected": len(situation.expected) or None,
        "received": len(situation.arrivals),
        "missing": [{"unit": unit} for unit in situation.missing],
        "doubled": [{"unit": sent[0].unit, "files": [a.file for a in sent], "newest": situation.latest[sent[0].file].file} for sent in situation.doubled],
        "changed": [{"file": arrival.file, "unit": arrival.unit} for arrival in situation.changed],
        "others": list(situation.others),
        "unreadable": [{"file": arrival.file, "unit": arrival.unit, "reason": arrival.outcome.reason} for arrival in situation.unreadable],
        "remarks": [{"file": a.file, "unit": a.unit, "remarks": list(a.remarks)} for a in situation.arrivals if a.remarks],
        "units": [entry for arrival in counted(situation) for entry in _entries(arrival)],
    }


def _entries(arrival: Any) -> list[dict[str, Any]]:
    counts = arrival.outcome.counts
    return [
        {
            "unit": arrival.unit, "file": arrival.file, "kind": table.kind, "budget": table.budget, "executed": table.executed,
            "execution_rate": table.execution_rate, "score": table.score, "grade": table.grade or None,
            "error": counts["error"], "explain": counts["explain"],
        }
        for table in arrival.outcome.tables
    ]  # fmt: skip


def _lines(situation: Situation) -> Iterator[str]:
    if situation.missing:
        yield f"未报: {'、'.join(situation.missing)}"
    for sent in situation.doubled:
        yield f"重复: {sent[0].unit} {len(sent)} 份, 采用 {situation.latest[sent[0].file].file}"
    for arrival in situation.changed:
        yield f"改动: {arrival.unit} {arrival.file} 报送后改动 {len(arrival.outcome.changed)} 处"
    for arrival in situation.unreadable:
        yield f"无法读取: {arrival.file} {arrival.outcome.reason}"


def _code(situation: Situation) -> int:
    if situation.unreadable:
        return 2
    has_open = any(a.outcome.counts["error"] or a.outcome.counts["explain"] for a in situation.usable)
    return int(bool(situation.missing or situation.changed or situation.doubled or has_open))

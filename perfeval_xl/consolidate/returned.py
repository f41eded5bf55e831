"""退回单: per unit what has to be mended, ready to mail back, as .xlsx and .txt."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import xlsxwriter

from perfeval_xl.consolidate.arrival import Arrival, Situation
from perfeval_xl.consolidate.destination import folder_made
from perfeval_xl.consolidate.outcome import FINDING_FIELDS
from perfeval_xl.consolidate.summary_rows import counted
from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.labels import LEVELS
from perfeval_xl.submission.file_name import submission_name
from perfeval_xl.workbook.opc.package_output import write_bytes
from perfeval_xl.workbook.results.new_sheet import row_height, wrapped_lines
from perfeval_xl.workbook.results.returned_slip import SLIP_HEADER_ROW, SLIP_HEADINGS, SLIP_SHEET, SLIP_WIDTHS

_LOOK = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"}


def write_slips(situation: Situation, folder: Path) -> list[Path]:
    """写出退回单 for every unit with open findings or a changed file; nothing for the others.

    Raises UnusableFile where one cannot be written.
    """
    folder_made(folder)
    written = []
    for number, arrival in enumerate(counted(situation), 1):
        rows = _rows(arrival)
        remarks = [f"报送后改动: {sheet} {cell} 原为「{was}」现为「{now}」" for sheet, cell, was, now in arrival.outcome.changed]
        if rows or remarks:
            path = folder / submission_name(arrival.unit, None, "退回单", number)
            write_bytes(str(path), _sheet(arrival, rows, remarks))
            write_bytes(str(path).removesuffix(".xlsx") + ".txt", _text(arrival, rows, remarks).encode("utf-8-sig"))
            written.append(path)
    return written


def _rows(arrival: Arrival) -> list[tuple[str, ...]]:
    findings = (dict(zip(FINDING_FIELDS, finding, strict=True)) for finding in arrival.outcome.findings)
    open_findings = [each for each in findings if each["level"] == ERROR or (each["level"] == EXPLAIN and not each["explanation"])]
    fields = ("check", "sheet", "cell", "item", "message", "written", "expected", "fix", "basis")
    return [
        (str(number), LEVELS[finding["level"]], *(finding[name] for name in fields))
        for number, finding in enumerate(open_findings, 1)
    ]


def _sheet(arrival: Arrival, rows: list[tuple[str, ...]], remarks: list[str]) -> bytes:
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet: Any = book.add_worksheet(SLIP_SHEET)
        look, head = book.add_format(_LOOK), book.add_format({**_LOOK, "bold": True, "bg_color": "#D9E2F3"})
        sheet.write_string(0, 0, f"退回单: {arrival.unit}", book.add_format({"font_name": "宋体", "font_size": 14, "bold": True}))
        sheet.write_string(1, 0, f"文件 {arrival.file}; 请改好下列各项后重新校验、重新生成报送件再报")
        for row, remark in enumerate(remarks, SLIP_HEADER_ROW + 1 + len(rows)):
            sheet.write_string(row, 0, remark)
        for column, (heading, width) in enumerate(zip(SLIP_HEADINGS, SLIP_WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(SLIP_HEADER_ROW - 1, column, heading, head)
        for number, cells in enumerate(rows, SLIP_HEADER_ROW):
            sheet.set_row(number, row_height(max(map(wrapped_lines, cells, SLIP_WIDTHS))))
            for column, value in enumerate(cells):
                sheet.write_string(number, column, value, look)
        sheet.freeze_panes(SLIP_HEADER_ROW, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(SLIP_HEADER_ROW - 1)
    return made.getvalue()


def _text(arrival: Arrival, rows: list[tuple[str, ...]], remarks: list[str]) -> str:
    lines = [f"{arrival.unit}:", f"你单位报来的 {arrival.file} 有 {len(rows)} 处需要改正或说明, 请改好后重新生成报送件再报。", ""]
    lines += [f"{number}. [{level}] {message}。依据: {basis}" for number, level, _, _, _, _, message, _, _, _, basis in rows]
    return "\r\n".join([*lines, *remarks]) + "\r\n"

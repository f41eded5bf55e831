"""单位模板: an office's own .docx with placeholders, filled with the same sentences as our own document."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2.exceptions import TemplateError, UndefinedError
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft.fixed_bytes import fixed_bytes
from perfeval_xl.report.draft.placeholder import PlaceholderEnvironment, TemplateRefusedError
from perfeval_xl.report.draft.template_names import names_of
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.report.draft.content import Draft

_MOST_BYTES, _MOST_UNPACKED, _MOST_PARTS = 20_000_000, 60_000_000, 2000
_NOT_WORD = "模板损坏或不是 Word 文档, 请在 Word 里打开后另存为 .docx"
_BROKEN = (zipfile.BadZipFile, zlib.error, OpcError, XMLSyntaxError, KeyError, ValueError, AttributeError, NotImplementedError)


def filled_template(path: str, draft: Draft, assessments: Sequence[Assessment]) -> bytes:
    """填模板: the bytes of the filled .docx; raises UnusableFile with one sentence when the template cannot be used."""
    names = names_of(draft, assessments)
    data = _bounded(path)
    try:
        template = DocxTemplate(io.BytesIO(data))
        template.render(names, PlaceholderEnvironment(names))
        return fixed_bytes(template.docx, str(names["报告标题"]))
    except TemplateRefusedError as reason:
        raise UnusableFile(f"{path}: {reason}") from None
    except UndefinedError as reason:
        raise UnusableFile(f"{path}: 模板里有一行用了没有的名称 ({_quoted(reason)}), 请对照名称表") from None
    except TemplateError:
        raise UnusableFile(f"{path}: 模板里的占位符写得不对, 请检查 {{{{ }}}} 和 {{% %}} 是否成对、一个占位符里的字体是否一致") from None
    except RecursionError:
        raise UnusableFile(f"{path}: 模板里的占位符套得太深") from None
    except _BROKEN:
        raise UnusableFile(f"{path}: {_NOT_WORD}") from None


def _quoted(reason: UndefinedError) -> str:
    return (reason.message or "").rpartition(" '")[2].strip("'") or "未定义"


def _bounded(path: str) -> bytes:
    file = Path(path)
    if file.is_dir():
        raise UnusableFile(f"{path}: 这是文件夹, 不是模板")
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise UnusableFile(f"{path}: 模板超过 {_MOST_BYTES // 1_000_000} MB, 请压缩图片")
        data = file.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except FileNotFoundError:
        raise UnusableFile(f"{path}: 没有这个模板") from None
    except zipfile.BadZipFile:
        raise UnusableFile(f"{path}: {_NOT_WORD}") from None
    except OSError:
        raise UnusableFile(f"{path}: 模板打不开, 请检查有没有读取权限、是不是被别的程序占用") from None
    if len(members) > _MOST_PARTS or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise UnusableFile(f"{path}: 模板解开后过大")
    return data

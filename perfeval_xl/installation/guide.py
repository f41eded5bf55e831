"""使用说明: one page that needs nothing but itself, pictures included; setup puts it on the PC, bundle beside install.cmd."""

from __future__ import annotations

from base64 import b64encode
from importlib import resources

from perfeval_xl.workbook.results.page_style import STYLE

_PICTURES = {"{form}": "bazhou-2023.png", "{findings}": "findings.png"}     # rendered from the shipped workbooks
_LOOKS = "body{max-width:52rem}img{max-width:100%;border:1px solid #b7bfc7}ol li,ul li{margin:.35rem 0}kbd{background:#eef1f4;padding:.1rem .4rem;border-radius:.25rem}"


def guide_bytes() -> bytes:
    """使用说明.html, UTF-8."""
    text = resources.files("perfeval_xl.installation").joinpath("guide.html").read_text("utf-8")
    for mark, name in _PICTURES.items():
        text = text.replace(mark, _picture(name))
    return text.replace("{style}", STYLE + _LOOKS).encode()


def _picture(name: str) -> str:
    content = (resources.files("workbooks") / "pictures" / name).read_bytes()
    return f"data:image/png;base64,{b64encode(content).decode('ascii')}"

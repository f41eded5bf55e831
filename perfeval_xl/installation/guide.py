"""使用说明: one page that needs nothing but itself, pictures included; setup puts it on the PC, bundle beside install.cmd."""

from __future__ import annotations

from base64 import b64encode
from importlib import resources

from perfeval_xl.workbook.results.page_style import STYLE

_PICTURE = "bazhou-2023.png"
_LOOKS = "body{max-width:52rem}img{max-width:100%;border:1px solid #b7bfc7}ol li,ul li{margin:.35rem 0}kbd{background:#eef1f4;padding:.1rem .4rem;border-radius:.25rem}"


def guide_bytes() -> bytes:
    """使用说明.html, UTF-8."""
    text = resources.files("perfeval_xl.installation").joinpath("guide.html").read_text("utf-8")
    return text.replace("{style}", STYLE + _LOOKS).replace("{picture}", _picture()).encode()


def _picture() -> str:
    content = (resources.files("workbooks") / "pictures" / _PICTURE).read_bytes()
    return f"data:image/png;base64,{b64encode(content).decode('ascii')}"

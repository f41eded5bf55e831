"""PDF 副本: the submission as it prints, where LibreOffice is at hand; never a reason to fail."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 120
_PROGRAMS = (
    "soffice", "libreoffice", r"C:\Program Files\LibreOffice\program\soffice.exe", "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)  # fmt: skip


def printed_pdf(path: str) -> str:
    """在旁边存一份 PDF; its path, "" where no LibreOffice is installed or it refuses."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    source = Path(path)
    if program is None or source.with_suffix(".pdf").exists():
        return ""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(source.parent), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - our own arguments, no shell
        except (OSError, subprocess.SubprocessError):
            return ""
    made = source.with_suffix(".pdf")
    return str(made) if made.exists() else ""

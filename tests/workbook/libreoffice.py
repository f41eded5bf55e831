"""LibreOffice as a second opinion: conversions in a profile of their own, independent of any running one."""

import os
import subprocess

SHEETS_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"


def convert(soffice, source, target, folder):
    """Convert one file; returns the files that appeared in ``folder``, by name."""
    output = folder / "converted"
    done = subprocess.run(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", target, "--outdir", output, source],
        env={"PATH": f"{os.path.dirname(soffice)}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {path.name: path for path in output.iterdir()}

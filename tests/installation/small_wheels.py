"""Wheels of a few bytes, to resolve and to install."""

from __future__ import annotations

import zipfile


def small_wheel(folder, name, *requires, version="1.0", tag="py3-none-any"):
    """A wheel that holds nothing but what it requires."""
    path = folder / f"{name}-{version}-{tag}.whl"
    about = f"{name}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {each}" for each in requires)]
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{about}/METADATA", "\n".join(lines) + "\n\n")
        file.writestr(f"{about}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        file.writestr(f"{about}/RECORD", "")
    return path

"""Compile at install, so that every start is quick even where Python may not write bytecode (xlwings starts it with -B)."""

import compileall
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOMS = ("perfeval_xl", "udfs", "workbooks")


class CompileHook(BuildHookInterface):
    """In an editable install the sources run in place: compile them there."""

    def finalize(self, version, build_data, artifact_path):  # noqa: ARG002
        if self.target_name == "wheel" and version == "editable":
            for room in ROOMS:
                compileall.compile_dir(Path(self.root) / room, quiet=2)

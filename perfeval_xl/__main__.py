"""``python -m perfeval_xl`` is ``perfeval-xl``."""

from perfeval_xl.cli import run_process

run_process()

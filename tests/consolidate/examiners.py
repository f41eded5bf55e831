"""What examining a file may do to the process that does it; importable by the processes themselves."""

import os
import signal
import time

from perfeval_xl.consolidate.examining import outcome_of
from perfeval_xl.consolidate.outcome import Outcome


def accident(path, ruleset):
    """By name: one file kills its process, one hangs, one meets a mistake of ours; the others are read."""
    if "要命" in path:
        os.kill(os.getpid(), signal.SIGKILL)
    if "没完" in path:
        time.sleep(60)
    if "出错" in path:
        raise RuntimeError
    return outcome_of(path, ruleset)


def unhurried(path, _):
    """So slow that a run can be broken off in its middle."""
    time.sleep(0.3)
    return Outcome(unit=path)

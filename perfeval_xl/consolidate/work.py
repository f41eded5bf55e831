"""分工: the same examination of each file in processes of its own; one bad file never stops the run."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from perfeval_xl.consolidate.outcome import Outcome

CRASHED = "读取这个文件时程序异常终止, 没有读取; 请在 Excel 里打开后另存一份再报"
SLOW = "这个文件读了两分钟还没有读完, 没有读取; 请在 Excel 里打开后另存一份再报"
SECONDS = 120.0
_AHEAD = 4      # files handed to a process: the one it works on and the next ones
_METHOD = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"     # a progress bar has threads: no fork

Task = tuple[str, str]      # key and path
Done = tuple[str, Outcome]


Examine = Callable[[str, str], Outcome] | None     # of a path by a ruleset; None: as they are examined indeed


def summon() -> None:
    """Where processes come from a server of their own, it gets ready while the files are still being listed."""
    if _METHOD == "forkserver":
        from multiprocessing import forkserver  # noqa: PLC0415 - not on Windows

        _context()
        with _deaf_to_interrupts():
            forkserver.ensure_running()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; what starts in here leaves it to the one who hands out the work."""
    if not hasattr(signal, "pthread_sigmask"):     # Windows: each process sees to it itself
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - not on Windows

    resource_tracker.ensure_running()      # it would lift the mask when it starts later
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> Any:
    context = get_context(_METHOD)
    if _METHOD == "forkserver":
        context.set_forkserver_preload([__name__, "perfeval_xl.consolidate.examining"])
    return context


def examined_all(
    tasks: Iterable[Task],
    ruleset: str,
    jobs: int,
    seconds: float = SECONDS,
    examine: Examine = None,
    meanwhile: Callable[[], object] = bool,
) -> Iterator[Done]:
    """逐个给出结果, in the order they are finished; memory does not grow with the number of files.

    A file that kills its process, or takes longer than ``seconds``, gets a reason; the others go on in a new process.
    ``meanwhile`` is called once, as soon as every process has something to do.
    """
    waiting: deque[Task] = deque()
    source = iter(tasks)
    crew: list[_Hand] = []
    try:
        for _ in range(jobs):
            crew.append(_Hand(ruleset, examine))
            crew[-1].fill(waiting, source)
        meanwhile()
        while True:
            for hand in crew:
                hand.fill(waiting, source)
            busy: dict[Any, _Hand] = {hand.pipe: hand for hand in crew if hand.tasks}
            if not busy:
                return
            for pipe in wait(list(busy), timeout=max(0.0, min(hand.until(seconds) for hand in busy.values()))):
                yield _received(busy.pop(pipe), waiting)
            for hand in busy.values():
                if hand.until(seconds) <= 0:
                    yield hand.blamed(SLOW, waiting)
    finally:
        for hand in crew:
            hand.stop()


def _received(hand: _Hand, waiting: deque[Task]) -> Done:
    try:
        outcome = hand.pipe.recv()
    except (EOFError, OSError):
        return hand.blamed(CRASHED, waiting)
    hand.since = time.monotonic()
    return hand.tasks.popleft()[0], outcome


class _Hand:
    """One process and the files it has been given, the first of them under way."""

    def __init__(self, ruleset: str, examine: Examine) -> None:
        self._ruleset, self._examine = ruleset, examine
        self.tasks: deque[Task] = deque()
        self.since = 0.0
        self._start()

    def _start(self) -> None:
        context = _context()
        self.pipe, theirs = context.Pipe()
        self._process: Any = context.Process(target=_serve, args=(theirs, self._ruleset, self._examine), daemon=True)
        with _deaf_to_interrupts():
            self._process.start()
        theirs.close()

    def fill(self, waiting: deque[Task], source: Iterator[Task]) -> None:
        while len(self.tasks) < _AHEAD:
            task = waiting.popleft() if waiting else next(source, None)
            if task is None:
                return
            if not self.tasks:
                self.since = time.monotonic()
            self.tasks.append(task)
            try:
                self.pipe.send(task[1])
            except OSError:     # it has just died: the answer that does not come says so
                return

    def until(self, seconds: float) -> float:
        """Seconds left for the file under way."""
        return self.since + seconds - time.monotonic()

    def blamed(self, reason: str, waiting: deque[Task]) -> Done:
        """The file under way is to blame; what waited behind it goes to someone else."""
        key, _ = self.tasks.popleft()
        waiting.extend(self.tasks)
        self.tasks.clear()
        self.stop()
        self._start()
        return key, Outcome(reason=reason)

    def stop(self) -> None:
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection, ruleset: str, examine: Examine) -> None:
    """The process's life: a path comes, an outcome goes. What goes wrong there is told by its silence."""
    from perfeval_xl.consolidate.examining import outcome_of  # noqa: PLC0415 - who hands out the work needs none of it

    _spare_collector()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open to the end, which writes there too
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        pipe.send((examine or outcome_of)(path, ruleset))


def _spare_collector() -> None:
    """What is loaded stays, and what a file leaves behind goes by itself: cycles are looked for every few files, not thrice in each."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)

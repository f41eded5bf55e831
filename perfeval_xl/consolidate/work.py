"""分工: the same examination of each file in one process, in several, or on a cluster; one bad file never stops the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from perfeval_xl.consolidate.outcome import Outcome, outcome_of

CRASHED = "读取这个文件时程序异常终止, 没有读取; 请在 Excel 里打开后另存一份再报"
_AHEAD = 4      # files handed out per process beyond the one it works on

Task = tuple[str, str]      # key and path
Done = tuple[str, Outcome]


def examined_all(tasks: Iterable[Task], ruleset: str, jobs: int) -> Iterator[Done]:
    """逐个给出结果, in the order they are finished; memory does not grow with the number of files."""
    if jobs <= 1:
        for key, path in tasks:
            yield key, outcome_of(path, ruleset)
        return
    yield from _pooled(iter(tasks), ruleset, jobs)


def _pooled(tasks: Iterator[Task], ruleset: str, jobs: int) -> Iterator[Done]:
    waiting: list[Task] = []
    while True:
        batch = [*waiting, *islice(tasks, jobs * _AHEAD - len(waiting))]
        if not batch:
            return
        lost: list[Task] = []
        yield from _one_pool(batch, tasks, ruleset, jobs, lost.append)
        for key, path in lost:
            yield key, _alone(path, ruleset)
        waiting = []


def _one_pool(batch: list[Task], tasks: Iterator[Task], ruleset: str, jobs: int, lose: Callable[[Task], None]) -> Iterator[Done]:
    """Work until the tasks are done or a process dies; what was under way then is lost and tried alone."""
    with ProcessPoolExecutor(jobs, mp_context=get_context()) as pool:
        running: dict[Future[Outcome], Task] = {}
        broken = False
        fresh = iter(batch)
        while True:
            while not broken and len(running) < jobs * _AHEAD:
                task = next(fresh, None) or next(tasks, None)
                if task is None:
                    break
                try:
                    running[pool.submit(outcome_of, task[1], ruleset)] = task
                except BrokenProcessPool:
                    broken = True
                    lose(task)
            if not running:
                for task in fresh:
                    lose(task)
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                task = running.pop(future)
                try:
                    yield task[0], future.result()
                except BrokenProcessPool:
                    broken = True
                    lose(task)


def _alone(path: str, ruleset: str) -> Outcome:
    """A file that was under way when a process died, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context()) as pool:
        try:
            return pool.submit(outcome_of, path, ruleset).result()
        except BrokenProcessPool:
            return Outcome(reason=CRASHED)

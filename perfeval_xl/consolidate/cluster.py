"""集群: the same examination on the workers of a Dask cluster; contents are sent, so no disk need be shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from perfeval_xl.consolidate.outcome import Outcome, outcome_of_bytes
from perfeval_xl.consolidate.work import CRASHED, Done, Task
from perfeval_xl.workbook.grid import UnusableFile

_AHEAD = 16     # files under way per run of the loop
_SECONDS = "10s"


def examined_on_cluster(tasks: Iterable[Task], ruleset: str, address: str) -> Iterator[Done]:
    """逐个给出结果. Raises UnusableFile where the cluster cannot be reached; a worker that dies loses nothing."""
    try:
        from distributed import Client, KilledWorker, as_completed  # noqa: PLC0415 - an extra
    except ImportError:
        raise UnusableFile('--cluster 需要 Dask, 请运行: uv pip install "perfeval_xl[cluster]"') from None
    try:
        client: Any = Client(address, timeout=_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        raise UnusableFile(f"连不上集群 {address}, 请检查地址, 例如 tcp://10.0.0.5:8786") from None
    waiting = iter(tasks)
    with client:
        keys: dict[str, str] = {}

        def submit(task: Task) -> Any:
            path = Path(task[1])
            future = client.submit(outcome_of_bytes, path.read_bytes(), path.suffix, ruleset, key=f"perfeval-{task[0]}", retries=2)
            keys[future.key] = task[0]
            return future

        running: Any = as_completed([submit(task) for task in islice(waiting, _AHEAD)])  # type: ignore[no-untyped-call]
        for future in running:
            try:
                outcome: Outcome = future.result()
            except KilledWorker:
                outcome = Outcome(reason=CRASHED)
            yield keys.pop(future.key), outcome
            following = next(waiting, None)
            if following is not None:
                running.add(submit(following))

"""集群: the same examination on the workers of a Dask cluster; contents are sent, so no disk need be shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from perfeval_xl.consolidate.examining import outcome_of_bytes
from perfeval_xl.consolidate.outcome import UNREACHABLE, Outcome
from perfeval_xl.consolidate.work import CRASHED, Done, Task
from perfeval_xl.workbook.grid import UnusableFile

_AHEAD = 16     # files under way per run of the loop
_SECONDS = "10s"


def examined_on_cluster(tasks: Iterable[Task], ruleset: str, address: str) -> Iterator[Done]:
    """逐个给出结果. Raises UnusableFile where the cluster cannot be reached; a worker that dies loses nothing."""
    try:
        from distributed import Client, as_completed  # noqa: PLC0415 - an extra
    except ImportError:
        raise UnusableFile('--cluster 需要 Dask, 请运行: uv pip install "perfeval_xl[cluster]"') from None
    try:
        client: Any = Client(address, timeout=_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        raise UnusableFile(f"连不上集群 {address}, 请检查地址, 例如 tcp://10.0.0.5:8786") from None
    waiting = iter(tasks)
    with client:
        running: Any = as_completed([])  # type: ignore[no-untyped-call]
        keys: dict[str, str] = {}
        lost = yield from _submitted(client, running, keys, islice(waiting, _AHEAD), ruleset)
        while keys or lost:
            for future in islice(running, 1):
                error = future.exception()
                outcome = Outcome(reason=CRASHED) if error is not None else future.result()
                yield keys.pop(future.key), outcome
            lost = yield from _submitted(client, running, keys, islice(waiting, 1 + lost), ruleset)


def _submitted(client: Any, running: Any, keys: dict[str, str], tasks: Iterable[Task], ruleset: str) -> Any:
    """Hand these files out; how many of them could not be read here."""
    lost = 0
    for key, name in tasks:
        path = Path(name)
        try:
            data = path.read_bytes()
        except OSError:
            lost += 1
            yield key, Outcome(reason=UNREACHABLE)
            continue
        future = client.submit(outcome_of_bytes, data, path.suffix, ruleset, key=f"perfeval-{key}", retries=2)
        keys[future.key] = key
        running.add(future)
    return lost

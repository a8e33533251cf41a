"""Shards on a Ray cluster: one actor a core, each with the model loaded once.

The cluster must see the archive's folder under the same path. An actor or a node that is lost costs the time spent on
its shard, which another actor reads again: what comes out is the same. A shard that loses its actor again and again is
given up, and `--workers` finds the article that does it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from detente.archives.engines import Broken, Task
from detente.archives.shard import Report, Step, read_shard
from detente.errors import DetenteError, MissingExtra

# Times that a shard may lose its actor; a node that leaves is no fault of the shard's.
MOST_LOSSES = 4


class RayCluster:
    """Runs shards on the Ray cluster that is there, else on one of this machine's.

    Args:
        address: of the cluster; by default what `RAY_ADDRESS` says, else a cluster of this machine alone.
        actors: how many; by default one for each core of the cluster.

    Raises:
        MissingExtra: ray is not installed.
    """

    def __init__(self, address: str | None = None, actors: int | None = None) -> None:
        self._ray, self._address, self._actors = _ray(), address, actors

    def run(
        self, tasks: Sequence[Task], begun: Callable[[Step], None] = lambda step: None
    ) -> Iterator[Report | Broken]:
        """See `Engine.run`; articles are not heard of one by one, so `begun` is not called."""
        if not tasks:
            return
        ours = not self._ray.is_initialized()
        if ours:
            self._ray.init(
                address=self._address, log_to_driver=False, include_dashboard=False, configure_logging=False
            )
        try:
            yield from self._over(deque((task, 0) for task in tasks))
        finally:
            if ours:
                self._ray.shutdown()

    def _over(self, left: deque[tuple[Task, int]]) -> Iterator[Report | Broken]:
        reader = self._ray.remote(num_cpus=1)(_Reader)
        running: dict[Any, tuple[Any, Task, int]] = {}
        while left or running:
            while left and len(running) < self._wanted(len(left) + len(running)):
                self._begin(running, reader.remote(), *left.popleft())
            (ended, *_), _ = self._ray.wait(list(running), num_returns=1)
            actor, task, losses = running.pop(ended)
            outcome = self._outcome(ended, task)
            if outcome is None and losses + 1 < MOST_LOSSES:
                left.append((task, losses + 1))
                continue
            yield outcome or Broken(
                task.articles.stem,
                f"its actor was lost {MOST_LOSSES} times: detente read --workers 1 finds the article",
            )
            if left and outcome is not None:
                self._begin(running, actor, *left.popleft())

    def _begin(self, running: dict[Any, tuple[Any, Task, int]], actor: Any, task: Task, losses: int) -> None:
        running[actor.read.remote(task)] = (actor, task, losses)

    def _wanted(self, shards: int) -> int:
        """How many actors there should be; a cluster may grow or shrink meanwhile."""
        cores = self._actors or int(self._ray.cluster_resources().get("CPU", 1))
        return max(1, min(shards, cores))

    def _outcome(self, ended: Any, task: Task) -> Report | Broken | None:
        """What became of a task; `None` where its actor or node was lost."""
        try:
            told: Report | Broken = self._ray.get(ended)
        except self._ray.exceptions.RayActorError:
            return None
        except self._ray.exceptions.RayError as error:
            return Broken(task.articles.stem, str(error))
        return told


class _Reader:
    """What an actor does."""

    def read(self, task: Task) -> Report | Broken:
        """Read one shard."""
        try:
            return read_shard(task.articles, task.records, registry=task.registry)
        except DetenteError as error:
            return Broken(task.articles.stem, str(error))


def _ray() -> Any:
    try:
        import ray
        import ray.exceptions
    except ImportError:
        raise MissingExtra("ray", "ray", "--engine ray") from None
    return ray

"""What runs shards: this process, several processes, or a cluster (`ray_engine.py`). What comes out is the same.

A process that dies or hangs while it reads an article costs that article alone: the shard is begun again without it,
and the failure is listed with its reason.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

import msgspec

from detente.archives.shard import DIED, STUCK, Report, Step, read_shard
from detente.errors import DetenteError

# Articles of one shard that may kill a process before the shard itself is given up: then it is not the articles.
MOST_DEATHS = 20
_LOOK = 1.0  # seconds between looks for a process that hangs
_START = 300.0  # seconds that a process may take, besides those of an article, before it begins its first one


class Task(msgspec.Struct, frozen=True):
    """A shard to read: where its articles are, and where its records go."""

    articles: Path
    records: Path
    registry: Path | None = None


class Broken(msgspec.Struct, frozen=True):
    """A shard that could not be read, and why; the others go on."""

    shard: str
    reason: str


class Engine(Protocol):
    """Runs tasks in any order; gives what became of each as it ends."""

    def run(
        self, tasks: Sequence[Task], begun: Callable[[Step], None] = lambda step: None
    ) -> Iterator[Report | Broken]:
        """Read shards.

        Args:
            tasks: the shards.
            begun: called whenever an article is begun, as far as the engine hears of it. A shard that is begun again
                begins again with its first article.
        """
        ...


class InProcess:
    """One shard after the other, in this process."""

    def run(
        self, tasks: Sequence[Task], begun: Callable[[Step], None] = lambda step: None
    ) -> Iterator[Report | Broken]:
        """See `Engine.run`."""
        for task in tasks:
            try:
                yield read_shard(task.articles, task.records, begun=begun, registry=task.registry)
            except DetenteError as error:
                yield Broken(task.articles.stem, str(error))


class Processes:
    """Several processes of one thread each; every one loads the model once.

    Args:
        workers: how many.
        article_seconds: after which an article is given up, with the process that reads it.
        read: what reads a shard; `read_shard` by default. A function of a module, since processes are spawned.
    """

    def __init__(
        self, workers: int, article_seconds: float = 120.0, read: Callable[..., Report] = read_shard
    ) -> None:
        if workers < 1:
            raise ValueError(f"workers: got {workers}, expected at least 1")
        self.workers, self.article_seconds, self.read = workers, article_seconds, read

    def run(
        self, tasks: Sequence[Task], begun: Callable[[Step], None] = lambda step: None
    ) -> Iterator[Report | Broken]:
        """See `Engine.run`."""
        left = deque(_Job(task) for task in tasks)
        crew = [_Worker(self.read) for _ in range(min(self.workers, len(left)))]
        try:
            for worker in crew:
                worker.take(left.popleft())
            while any(worker.job for worker in crew):
                for worker in self._ready(crew):
                    yield from self._hear(worker, left, begun)
        finally:
            for worker in crew:
                worker.stop()

    def _ready(self, crew: Sequence[_Worker]) -> list[_Worker]:
        """The workers that have something to say, or whose time for an article is over."""
        busy = [worker for worker in crew if worker.job]
        ready = set(wait([worker.pipe for worker in busy], timeout=_LOOK))
        late = time.monotonic() - self.article_seconds
        return [worker for worker in busy if worker.pipe in ready or worker.since < late]

    def _hear(
        self, worker: _Worker, left: deque[_Job], begun: Callable[[Step], None]
    ) -> Iterator[Report | Broken]:
        told = worker.hear()
        job = worker.job
        assert job is not None
        match told:
            case Step():
                job.at = told.index
                begun(told)
                return
            case Report() | Broken():
                yield told
            case None:
                reason = DIED if worker.died else STUCK
                worker.restart()
                if job.lose(reason):
                    left.appendleft(job)
                else:
                    yield Broken(
                        job.task.articles.stem, f"{reason}, {job.deaths} times; the last at article {job.at}"
                    )
        worker.take(left.popleft()) if left else worker.rest()


class _Job:
    """A task under way: where it stands, and the articles that it goes without."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.at: int | None = None
        self.deaths = 0
        self.given_up: dict[int, str] = {}

    def lose(self, reason: str) -> bool:
        """Goes without the article at which a process was lost; whether the shard is worth another try."""
        self.deaths += 1
        if self.at is not None:
            self.given_up[self.at] = reason
        self.at = None
        return self.deaths < MOST_DEATHS and (bool(self.given_up) or self.deaths < 3)


class _Worker:
    """A process and the pipe to it."""

    def __init__(self, read: Callable[..., Report]) -> None:
        self._read = read
        self.job: _Job | None = None
        self.since = time.monotonic()
        self.pipe, self._process = _spawn(read)

    @property
    def died(self) -> bool:
        """Whether the process has ended."""
        return self._process.exitcode is not None

    def take(self, job: _Job) -> None:
        """Begins a job."""
        self.job, self.since = job, time.monotonic() + _START
        with suppress(OSError):  # it died while it had nothing to do: its pipe says so when it is heard
            self.pipe.send((job.task, job.given_up))

    def rest(self) -> None:
        """Has nothing to do."""
        self.job = None

    def hear(self) -> Step | Report | Broken | None:
        """What the process says; `None` where it is lost."""
        try:
            if not self.pipe.poll():
                return None
            told: Step | Report | Broken = self.pipe.recv()
        except (EOFError, OSError):
            self._process.join(5)
            return None
        self.since = time.monotonic()
        return told

    def restart(self) -> None:
        """Ends the process, if it has not ended, and starts another."""
        self.stop()
        self.pipe, self._process = _spawn(self._read)

    def stop(self) -> None:
        """Ends the process at once: what it was writing has no name yet."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _spawn(read: Callable[..., Report]) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, read), daemon=True)
    with _uninterrupted():
        process.start()
    theirs.close()
    return ours, process


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What is started meanwhile takes no Ctrl-C, which a terminal sends to all: who started it hears it, and ends it."""
    if threading.current_thread() is not threading.main_thread():  # no other may say what becomes of signals
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(pipe: Any, read: Callable[..., Report]) -> None:
    """What a process does: reads the shards that come through the pipe until it closes."""
    with suppress(EOFError, OSError):
        while True:
            task, given_up = pipe.recv()
            try:
                pipe.send(
                    read(
                        task.articles,
                        task.records,
                        given_up=given_up,
                        begun=pipe.send,
                        registry=task.registry,
                    )
                )
            except DetenteError as error:
                pipe.send(Broken(task.articles.stem, str(error)))

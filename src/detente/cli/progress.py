"""How far a long run is: one line that renews itself on a terminal, and a line every half a minute where there is none."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from detente.cli.common import console

if TYPE_CHECKING:
    from detente.archives.engines import Broken
    from detente.archives.shard import Report, Step

_RENEWED = 0.2  # seconds between two states of the line on a terminal
_TOLD = 30.0  # seconds between two lines in a log


class Line:
    """What a run says of itself on standard error while it runs. The line is as wide as the terminal, and cleared at the end.

    Args:
        clock: gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.alive = clock, _can_renew()
        self.said: float | None = None if self.alive else clock()
        self.count = Count(clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.alive and self.said is not None:
            self._write("\r\x1b[K")

    def cut(self, articles: int) -> None:
        """So many articles are cut into shards."""
        self._say([f"articles cut: {articles:,}"])

    def compared(self, articles: int) -> None:
        """So many articles are compared with all others."""
        self._say([f"articles compared: {articles:,}"])

    def planned(self, articles: int) -> None:
        """So many articles are to be read."""
        self.count = Count(self.clock, articles)
        self._say(self.count.forms(), at_once=self.alive)

    def begun(self, step: Step) -> None:
        """An article is begun."""
        self.count.step(step)
        self._say(self.count.forms())

    def told(self, outcome: Report | Broken) -> None:
        """A shard has ended."""
        self.count.end(outcome)
        self._say(self.count.forms())

    def _say(self, forms: list[str], *, at_once: bool = False) -> None:
        """Says the longest form that fits, unless something was said just now."""
        now = self.clock()
        if not at_once and self.said is not None and now - self.said < (_RENEWED if self.alive else _TOLD):
            return
        self.said = now
        if not self.alive:
            self._write(forms[0] + "\n")
            return
        room = shutil.get_terminal_size().columns - 1
        self._write("\r" + next((form for form in forms if len(form) <= room), forms[-1][:room]) + "\x1b[K")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def _can_renew() -> bool:
    """Whether standard error is a terminal that can clear a line."""
    return console(stderr=True).is_terminal and os.environ.get("TERM") != "dumb"


class Count:
    """Articles, words and failures of a run, and how long it will take.

    Args:
        clock: gives seconds.
        total: articles that are to be read.
    """

    def __init__(self, clock: Callable[[], float], total: int = 0) -> None:
        self.clock, self.total, self.since = clock, total, clock()
        self.ended = (0, 0, 0)  # articles, words and failures of the shards that have ended
        self.under_way: dict[str, tuple[int, int, int]] = {}

    def step(self, step: Step) -> None:
        """An article is begun; those before it in its shard are done."""
        self.under_way[step.shard] = (step.index, step.words, step.failed)

    def end(self, outcome: Report | Broken) -> None:
        """A shard has ended; one that is broken counts with what was told of it."""
        from detente.archives.shard import Report

        last = self.under_way.pop(outcome.shard, (0, 0, 0))
        if isinstance(outcome, Report):
            failed = len(outcome.failures)
            last = (outcome.articles + failed, outcome.words, failed)
        self.ended = _sum(self.ended, last)

    def forms(self) -> list[str]:
        """The line, from its fullest form to its shortest."""
        done, words, failed = _sum(self.ended, *self.under_way.values())
        spent = self.clock() - self.since
        left = duration(max(0, self.total - done) * spent / done) if done and spent else None
        speed = f"{words / spent:,.0f}" if words and spent else None
        full = [
            f"{done:,} of {self.total:,} articles",
            speed and f"{speed} words/s",
            f"{failed:,} failed",
            f"{left} left" if left else "starting",
        ]
        short = [f"{done:,}/{self.total:,}", speed and f"{speed} w/s", f"{failed:,} failed", left]
        forms = [full, short, [short[0], short[2], left], [short[0], short[2]], [short[0]]]
        return [" · ".join(filter(None, form)) for form in forms]


def duration(seconds: float) -> str:
    """A time as a person reads it: 0:09, 12:30, 3:05:00, 2 days 4 h."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    if hours >= 24:
        days = hours // 24
        return f"{days} day{'' if days == 1 else 's'} {hours % 24} h"
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def _sum(*counts: tuple[int, int, int]) -> tuple[int, int, int]:
    articles, words, failed = (sum(column) for column in zip(*counts, strict=True))
    return articles, words, failed

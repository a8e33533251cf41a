"""The progress line: what it says, that it fits, and that a log gets whole lines and no control characters."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.archives.engines import Broken
from detente.archives.shard import Failure, Report, Step
from detente.cli.progress import Count, Line, duration


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """Says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def report(shard: str, articles: int, words: int, failed: int = 0) -> Report:
    failures = tuple(Failure(n, f"{n}.txt", "no") for n in range(failed))
    return Report(shard, "", "", "", articles, words, {}, failures)


def test_it_counts_what_is_under_way_and_what_has_ended() -> None:
    clock = Clock()
    count = Count(clock, 1_400)
    assert count.forms()[0] == "0 of 1,400 articles · 0 failed · starting"
    count.step(Step("a", 0))
    count.step(Step("b", 10, words=4_000, failed=1))
    clock.now += 10
    assert count.forms()[0] == "10 of 1,400 articles · 400 words/s · 1 failed · 23:10 left"
    count.step(Step("a", 40, words=20_000))
    count.step(Step("b", 0))  # begun again, without the article that killed its process
    assert count.forms()[0] == "40 of 1,400 articles · 2,000 words/s · 0 failed · 5:40 left"
    count.end(report("a", 98, 50_000, failed=2))
    count.end(Broken("b", "it died"))
    assert count.forms()[0] == "100 of 1,400 articles · 5,000 words/s · 2 failed · 2:10 left"


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (9.6, "0:10"), (754, "12:34"), (3_600, "1:00:00"), (86_400, "1 day 0 h"), (190_000, "2 days 4 h")])
def test_a_time_is_said_as_a_person_reads_it(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@given(width=st.integers(1, 120), index=st.integers(0, 10**7), words=st.integers(0, 10**10), seconds=st.floats(0.3, 1e6))
def test_on_a_terminal_the_line_fits_and_is_cleared(width: int, index: int, words: int, seconds: float) -> None:
    clock, terminal = Clock(), Terminal()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        patch.setenv("COLUMNS", str(width))
        patch.setenv("TERM", "xterm")
        with Line(clock) as line:
            line.planned(10**7)
            clock.now += seconds
            line.begun(Step("a", index, words, failed=index // 3))
    first, last, cleared = terminal.getvalue().split("\r")[1:]
    assert all(state.endswith("\x1b[K") and len(state) - 3 < width for state in (first, last))
    assert cleared == "\x1b[K"
    assert "\n" not in terminal.getvalue()


def test_on_a_terminal_it_is_renewed_five_times_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, terminal = Clock(), Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with Line(clock) as line:
        for n in range(1_000):
            line.cut(n)
            clock.now += 0.01
    assert 40 <= terminal.getvalue().count("\r") <= 51


@pytest.mark.parametrize("dumb", [False, True])
def test_a_log_gets_a_whole_line_every_half_a_minute(monkeypatch: pytest.MonkeyPatch, dumb: bool) -> None:
    clock, log = Clock(), Terminal() if dumb else io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    monkeypatch.setenv("TERM", "dumb" if dumb else "xterm")
    with Line(clock) as line:
        line.planned(200)
        for n in range(100):
            clock.now += 1
            line.begun(Step("a", n, 10 * n))
    assert log.getvalue().splitlines() == [f"{n} of 200 articles · {10 * n / (n + 1):.0f} words/s · 0 failed · {duration((200 - n) * (n + 1) / n)} left" for n in (29, 59, 89)]

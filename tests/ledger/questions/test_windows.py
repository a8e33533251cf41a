"""Questions about everybody on a ledger of many records: a part that is whole by day, and a note that says which."""

from __future__ import annotations

from itertools import pairwise

import pytest

from detente.ledger import Ledger
from detente.ledger.clustering import cluster
from detente.ledger.questions import changes, contradictions, windows
from detente.ledger.questions.look import Look

from .telling import on, pledge, position, pounds, statement

DAYS = [f"2025-03-{day:02d}" for day in range(1, 29)]
MOST = 6


@pytest.fixture(scope="module")
def ledger():
    """Two positions a day that contradict each other, a pledge on every other day and its other sum three days later; and statements."""
    with Ledger.memory() as opened:
        for n, day in enumerate(DAYS):
            for stance, outlet in (("support", "The Ostrava Post"), ("oppose", "Coast News")):
                source = on(day, outlet)
                position(opened, f"{stance} on {day}.", f"a harbour {n}", stance, source=source)
            if n % 2:
                pledge(
                    opened,
                    f"Ostrava will lend {n}m for bridges on pier {n}.",
                    pounds(n),
                    type="loan",
                    source=on(day),
                )
                again = f"The loan for bridges on pier {n} is {n + 30}m."
                later = on(DAYS[min(n + 3, 27)], "Coast News")
                pledge(opened, again, pounds(n + 30), type="loan", source=later)
            statement(opened, f"“Bridge {n}.”", source=on(day))
        cluster(opened)
        yield opened


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(windows, "MOST", MOST)


def found(answers):
    return {str(row.to_dict()) for answer in answers for row in answer}


def test_a_ledger_that_is_small_enough_is_gone_through_whole(ledger):
    assert changes(ledger, since=DAYS[0]) == changes(ledger, since=DAYS[0], whole=True)
    assert contradictions(ledger) == contradictions(ledger, whole=True)
    assert contradictions(ledger).notes == ()


def test_parts_of_the_changes_are_together_the_whole(ledger, few):
    parts, since = [], DAYS[3]
    while since:
        parts.append(part := changes(ledger, since=since))
        assert len(parts) < len(DAYS)
        since = windows.after(part.as_of) if part.as_of else ""
    assert len(parts) > 3
    assert found(parts) == found([changes(ledger, since=DAYS[3], whole=True)])
    for part, later in pairwise(parts):
        assert f"these are the changes up to {part.as_of}; not looked at: " in part.notes[0]
        assert f"Ask again since {later.about.removeprefix('since ')}, " in part.notes[0]


def test_parts_of_the_contradictions_are_together_the_whole(ledger, few):
    parts, as_of = [], None
    while True:
        parts.append(part := contradictions(ledger, as_of=as_of))
        assert len(parts) < len(DAYS)
        if not part.notes:
            break
        first = part.scope.first
        assert part.notes[0].startswith(f"compared is what was published from {first} on; not looked at: ")
        as_of = part.notes[0].split("as of ")[1][:10]
        assert first < as_of
    assert len(parts) > 1
    assert found(parts) == found([contradictions(ledger, whole=True)])
    assert {row.kind for part in parts for row in part} == {"stance", "sum"}


def test_who_is_named_is_looked_at_whole(ledger, few):
    assert contradictions(ledger, "Ostrava") == contradictions(ledger, "Ostrava", whole=True)
    assert changes(ledger, since=DAYS[0], actor="Ostrava").as_of is None


@pytest.mark.parametrize(("most", "last"), [(1, DAYS[0]), (4, DAYS[0]), (9, DAYS[1]), (1_000, None)])
def test_a_day_is_never_parted(ledger, most, last):
    assert windows.last_day(Look(ledger), DAYS[0], '["position", "pledge"]', most) == last


def test_what_is_later_than_asked_for_does_not_count(ledger):
    look = Look(ledger, DAYS[1])
    assert windows.last_day(look, DAYS[0], '["position"]', 1) == DAYS[0]
    assert windows.last_day(look, DAYS[0], '["position"]', 100) is None
    assert windows.articles(look, ">", DAYS[0]) == len(ledger.articles.where(since=DAYS[1], until=DAYS[1]))

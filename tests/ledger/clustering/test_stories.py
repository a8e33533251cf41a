"""One story in two articles, or two: copies, cuts and edits, and two reports on one speech."""

from __future__ import annotations

import pytest

from detente.ledger import Ledger
from detente.ledger.clustering.stories import Stories

from ...articles.test_near import COPIES, TEXT, made
from .said import article

SPEECH = "“" + made(5, 150) + "”"
REPORT, OTHER = made(6, 120), made(7, 120)

SAME = [(name, TEXT, copy) for name, copy, *_ in COPIES] + [
    ("a speech with the same report", f"{SPEECH} {REPORT}", f"{SPEECH} {REPORT}"),
    ("a speech and nothing else", SPEECH, SPEECH),
]
APART = [
    ("other words", TEXT, made(3)),
    ("one speech in two reports", f"{SPEECH} {REPORT}", f"{SPEECH} {OTHER}"),
    ("a paragraph of five", f"{made(8, 80)} {REPORT}", f"{made(8, 80)} {made(9, 500)}"),
    ("a few words", "Talks went on all night in Mardon.", "Talks went on all night in Mardon."),
    ("no words", "…", "…"),
]


def load(*texts):
    with Ledger.memory() as ledger:
        for text in texts:
            ledger.add(article(text), [])
        return Stories().load(ledger.connection, range(1, 10))


@pytest.mark.parametrize(("one", "other"), [pytest.param(*case[1:], id=case[0]) for case in SAME])
def test_one_story_that_is_found(one, other):
    how, (a, b) = Stories(), load(one, other)
    assert how.same(a, b)
    assert how.same(b, a)
    assert how.probes(a) & how.keys(b)


@pytest.mark.parametrize(("one", "other"), [pytest.param(*case[1:], id=case[0]) for case in APART])
def test_two_stories(one, other):
    how, (a, b) = Stories(), load(one, other)
    assert not how.same(a, b)
    assert not how.same(b, a)


def test_a_cluster_says_how_much_is_shared():
    how = Stories()
    found = how.cluster(sorted(load(TEXT, COPIES[3][1]), key=how.order))
    assert found.of == "story"
    assert found.reason.startswith("8")
    assert "versions in one outlet; published on one day" in found.reason

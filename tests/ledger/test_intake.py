"""Articles are read into a ledger: each once, and one that fails does not cost the others."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from detente.errors import DetenteError, LedgerError, LedgerLocked, MissingInput, RecordError
from detente.ledger import Ledger
from detente.ledger.intake import read_into

from . import made


def reader(article, *, language, registry):
    """Reads as its two arguments tell it to, in place of the real reading."""
    if "broken" in article.text:
        raise RecordError("a record without words")
    if "bug" in article.text:
        raise ZeroDivisionError("division by zero")
    records = made.records(article) if article.text == made.TEXT else []
    return SimpleNamespace(article=article, records=tuple(records), actors=made.ACTORS)


ARTICLES = [
    made.article(),
    MissingInput("gone.txt: no such file"),
    made.article("A broken one.", "broken.txt"),
    made.article("A bug.", "bug.txt"),
    made.article("All is well.", "well.txt"),
    made.article(),
]


def test_each_outcome_is_told_and_the_rest_goes_on():
    told = []
    with Ledger.memory() as ledger:
        intake = read_into(ledger, iter(ARTICLES), reader=reader, progress=told.append)
        assert [o.status for o in intake.outcomes] == ["new", "failed", "failed", "failed", "new", "seen"]
        assert tuple(told) == intake.outcomes
        assert (intake.new, intake.seen, len(intake.failed)) == (2, 1, 3)
        assert {kind: n for kind, n in intake.records.items() if n} == {
            "statements": 2, "events": 1, "pledges": 1, "positions": 1, "terms": 1, "memberships": 1,
        }  # fmt: skip
        assert len(ledger.articles) == 2


def test_a_fault_of_ours_is_told_as_one():
    with Ledger.memory() as ledger:
        missing, broken, bug = read_into(ledger, ARTICLES, reader=reader).failed
    assert isinstance(missing.error, MissingInput)
    assert isinstance(broken.error, RecordError)
    assert broken.origin == "broken.txt"
    assert type(bug.error) is DetenteError
    assert "bug.txt" in bug.error.message
    assert "ZeroDivisionError" in bug.error.message
    assert isinstance(bug.error.__cause__, ZeroDivisionError)


def test_reading_again_adds_nothing():
    with Ledger.memory() as ledger:
        read_into(ledger, ARTICLES, reader=reader)
        intake = read_into(ledger, ARTICLES, reader=reader)
        assert (intake.new, intake.seen, sum(intake.records.values())) == (0, 3, 0)


def test_a_ledger_that_cannot_be_written_ends_the_intake(tmp_path):
    path = tmp_path / "a.db"
    with (
        Ledger.open(path, create=True) as one,
        Ledger.open(path, timeout=0.05) as other,
        one.connection.writing(),
        pytest.raises(LedgerLocked),
    ):
        read_into(other, ARTICLES, reader=reader)
    with Ledger.open(path, readonly=True) as ledger, pytest.raises(LedgerError, match="can only be read"):
        read_into(ledger, ARTICLES, reader=reader)


def test_the_language_and_the_registry_are_passed_on():
    seen = []

    def spy(article, *, language, registry):
        seen.append((language, registry))
        return reader(article, language=language, registry=registry)

    with Ledger.memory() as ledger:
        read_into(ledger, ARTICLES[:1], language="L", registry="R", reader=spy)
    assert seen == [("L", "R")]

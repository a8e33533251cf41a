"""A page with nothing on it says why, and what to do: by whether there are articles, and by what the page would list."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.ledger import Ledger
from detente.records import Article
from detente.web import create_app
from detente.web.wording import KINDS

from .client import Client


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """A ledger with an article that nothing was read from."""
    with Ledger.open(tmp_path / "quiet.db", create=True) as ledger:
        ledger.add(Article.of("It rained over Hillfort.", "rain.txt"), [], [])
    return tmp_path / "quiet.db"


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_says_what_would_stand_there(kind: str, quiet: Path, tmp_path: Path) -> None:
    page = Client(create_app(quiet)).get(KINDS[kind].path).text
    assert "The article on record says nothing of this kind that could be read." in page
    assert "Nothing here yet" not in page
    with Ledger.open(tmp_path / "empty.db", create=True):
        pass
    assert "Nothing here yet" in Client(create_app(tmp_path / "empty.db")).get(KINDS[kind].path).text


def test_filters_that_leave_nothing_are_said_to(quiet: Path) -> None:
    assert "Nothing here fits these filters" in Client(create_app(quiet)).get("/coalition?text=truce").text


def test_a_network_without_ties_says_what_a_tie_is(quiet: Path) -> None:
    assert "A tie is an event or a position that names two sides" in Client(create_app(quiet)).get("/network").text


def test_changes_without_any_say_since_when(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "dated.db", create=True) as ledger:
        ledger.add(Article.of("It rained over Hillfort.", "rain.txt", published="2025-05-08"), [], [])
    page = Client(create_app(tmp_path / "dated.db")).get("/ask/changes").text
    assert "Nothing is new since 8 May 2025. Choose an earlier day." in page


def test_the_rows_of_pages_are_named_as_they_are_seen(quiet: Path) -> None:
    page = Client(create_app(quiet)).get("/").text
    for key, name in (("record", "On record"), ("comes-to", "Answers")):
        assert f'id="nav-{key}">{name}</p><ul aria-labelledby="nav-{key}">' in page

"""What an article does not say of itself is suggested by its first lines, said by a person, and read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger import Ledger
from detente.web import create_app
from detente.web.incoming import Incoming
from detente.web.origins import suggestion, unplaced
from detente.web.reading_process import read_waiting

from .client import Client
from .test_adding import batch_of, bring

TALKS = (
    "Velkova rules out a truce\n\nPublished by The Lindau Post on 8 May 2025\n\nPresident Ana Velkova of Ostrava said on Monday that talks go on. "
    "She promised 400 engineers.\n"
)
RAIN = "It rained over Hillfort on Tuesday.\nThe harbour stays closed to small boats.\n"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    with Ledger.open(tmp_path / "talks.db", create=True):
        return tmp_path / "talks.db"


@pytest.fixture
def site(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(Incoming, "read", lambda self: None)
    return Client(create_app(empty, by="Ida Lund"))


def brought(site: Client, ledger: Path) -> str:
    """Two articles that were brought and read; the address of their page."""
    batch = batch_of(bring(site, {}, [("talks.txt", TALKS.encode()), ("rain.txt", RAIN.encode())]), ledger)
    read_waiting(ledger)
    return f"/add/{batch.key}"


@pytest.mark.parametrize(
    ("head", "publisher", "published"),
    [
        ("The Lindau Post, 8 May 2025", "The Lindau Post", "2025-05-08"),
        ("*The Lindau Post, 8 May 2025*", "The Lindau Post", "2025-05-08"),
        ("Published 8 May 2025", None, "2025-05-08"),
        ("Published by the Lindau Post on 8 May 2025", "the Lindau Post", "2025-05-08"),
        ("Lindau, 8 May 2025", None, "2025-05-08"),  # a town
        ("Live: the post of envoy, 8 May 2025", None, "2025-05-08"),
        ("Norwire, 8 May 2025", "Norwire", "2025-05-08"),  # on record
        ("The Norwire, 8 May 2025", "Norwire", "2025-05-08"),  # on record without "the"
        ("LINDAU, May 8 (Norwire) - Talks go on", None, None),  # no year
        ("The Lindau Post, 8 May 2999", None, None),  # to come
        ("The truce of the Lindau Post, May 2025", None, None),  # no day
        ("Talks go on.", None, None),
        ("Talks go on " * 12 + "on 8 May 2025", None, None),  # a sentence
    ],
)
def test_a_line_with_a_day_near_the_top_suggests(head: str, publisher: str | None, published: str | None) -> None:
    found = suggestion(f"Velkova rules out a truce\n\n{head}\n\nTalks go on.", ["Norwire"])
    assert (found.publisher, found.published, found.words) == (publisher, published, head.strip("*") if published else "")


@given(st.text(max_size=400))
def test_any_text_can_be_asked(text: str) -> None:
    found = suggestion(text)
    assert found.words in text
    assert bool(found.published) == bool(found.words)


def test_what_was_read_without_an_outlet_or_a_day_is_asked_for(site: Client, empty: Path) -> None:
    for address in (brought(site, empty), "/"):
        assert "2 articles without an outlet or a day" in site.get(address).text
    page = site.get("/origins")
    assert 'value="The Lindau Post"' in page.text
    assert 'value="2025-05-08"' in page.text
    assert [(a["name"], a["suggestion"]["published"]) for a in site.get("/origins.json").json()["articles"]] == [
        ("Velkova rules out a truce", "2025-05-08"), ("rain.txt", None),
    ]  # fmt: skip
    with Ledger.open(empty, readonly=True) as ledger:
        assert all(a.publisher is None for a in ledger.articles), "a suggestion is no word of a person's"


def test_what_a_person_says_is_kept_and_the_article_read_by_it(site: Client, empty: Path) -> None:
    brought(site, empty)
    with Ledger.open(empty, readonly=True) as ledger:
        talks, rain = (next(a.id for a in ledger.articles if a.origin == name) for name in ("talks.txt", "rain.txt"))
        assert {s.said_on for s in ledger.statements.where(article=talks)} == {None}
    form = {"article": [talks, rain], f"publisher-{talks}": " The  Lindau Post ", f"published-{talks}": "2025-05-08", f"publisher-{rain}": ""}
    answer = site.post("/origins", form)
    page = answer.headers["location"]
    read_waiting(empty)
    shown = site.get(f"{page}.json").json()
    assert (shown["new"], shown["seen"], shown["unplaced"], shown["lands"]) == (0, 1, 0, f"{talks}")
    assert "1 article read again with what you said" in site.get(page).text
    with Ledger.open(empty, readonly=True) as ledger:
        article = ledger.article(talks)
        assert (article.publisher, article.published, article.origin) == ("The Lindau Post", "2025-05-08", "talks.txt")
        assert (article.title, article.copies, len(ledger.articles)) == ("Velkova rules out a truce", (), 2)
        assert "2025-05-05" in {s.said_on for s in ledger.statements.where(article=talks)}
        assert [a.id for a in unplaced(ledger, most=9)[1]] == [rain]
        assert ledger.check() == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "got neither an outlet nor a day"),
        ({"published": "2999-01-01"}, "rain.txt: published: got the date"),
        ({"published": "soon"}, "rain.txt: published: got the date"),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_waits(
    said: dict[str, str], told: str, site: Client, empty: Path
) -> None:
    brought(site, empty)
    with Ledger.open(empty, readonly=True) as ledger:
        key = next(a.id for a in ledger.articles if a.name == "rain.txt")
    answer = site.post("/origins", {"article": key} | {f"{name}-{key}": value for name, value in said.items()})
    assert (answer.status, told in answer.text) == (400, True)
    assert len(Incoming(empty).batches()) == 1


def test_what_is_known_is_not_changed_here(desk: Client, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Incoming, "read", lambda self: None)
    with Ledger.open(own, readonly=True) as ledger:
        known = next(a for a in ledger.articles if a.publisher and a.published)
    answer = desk.post("/origins", {"article": known.id, f"publisher-{known.id}": "Another"})
    assert (answer.status, Incoming(own).batches()) == (400, [])


def test_an_article_in_which_words_were_redacted_is_not_asked_for(site: Client, empty: Path) -> None:
    brought(site, empty)
    with Ledger.open(empty) as ledger:
        statement = ledger.statements[0]
        ledger.redact(statement, by="Ida Lund", reason="a private person")
        assert statement.article not in {a.id for a in unplaced(ledger, most=9)[1]}


def test_a_server_that_takes_no_articles_asks_for_nothing(empty: Path, site: Client) -> None:
    brought(site, empty)
    closed = Client(create_app(empty, readonly=True))
    assert "<form method=\"post\"" not in closed.get("/origins").text
    assert "/origins" not in closed.get("/").text

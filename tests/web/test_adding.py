"""Articles brought in the browser: taken whole or not at all, bounded, read by another process, none lost."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger import Ledger
from detente.web import create_app, uploads
from detente.web.incoming import Batch, Given, Incoming, Progress, called, name_for
from detente.web.reading_process import read_waiting

from .client import HOST, Answer, Client

TALKS = "Talks go on in Lindau\n\nPresident Ana Velkova of Ostrava said on Friday that talks go on. ‘We keep our word,’ she said.\n"
RAIN = "It rained over Hillfort on Tuesday.\nThe harbour stays closed to small boats.\n"
EDGE = "x-the-edge-x"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A ledger without an article."""
    with Ledger.open(tmp_path / "talks.db", create=True):
        return tmp_path / "talks.db"


@pytest.fixture
def site(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A client of the pages over it; nothing is read before a test says so."""
    monkeypatch.setattr(Incoming, "read", lambda self: None)
    return Client(create_app(empty, by="Ida Lund"))


def body(fields: dict[str, str], files: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """A form with files as a browser sends it."""
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
        for n, v in fields.items()
    ]
    for name, data in files:
        head = f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return b"".join(parts) + f"--{EDGE}--\r\n".encode()


def bring(
    site: Client, fields: dict[str, str], files: Sequence[tuple[str, bytes]] = (), **headers: str
) -> Answer:
    import asyncio

    kept = {
        "host": HOST,
        "origin": f"http://{HOST}",
        "content-type": f"multipart/form-data; boundary={EDGE}",
    } | headers
    sent = body({"csrf": site.csrf} | fields, files)
    return asyncio.run(site._ask("/add", "POST", {k: v for k, v in kept.items() if v}, sent))


def batch_of(answer: Answer, ledger: Path) -> Batch:
    assert answer.status == 303, answer.text
    return Incoming(ledger).batch(answer.headers["location"].removeprefix("/add/"))


def articles(ledger: Path) -> list[tuple[str, str | None, str | None, str]]:
    with Ledger.open(ledger, readonly=True) as held:
        return [(a.origin, a.publisher, a.published, a.name) for a in held.articles]


def test_a_text_and_files_are_read_and_the_page_says_what_became_of_each(site: Client, empty: Path) -> None:
    said = {
        "text": TALKS.replace("\n", "\r\n"),
        "url": "https://post.example/1",
        "publisher": "The Post",
        "published": "2025-05-09",
        "country": "gb",
    }
    answer = bring(
        site,
        said,
        [
            ("rain.txt", RAIN.encode()),
            ("plan.pdf", b"%PDF-1.7"),
            ("rain.txt", b""),
            ("../../etc/x\\y.txt", RAIN.encode() * 2),
        ],
    )
    batch = batch_of(answer, empty)
    page = site.get(f"/add/{batch.key}")
    assert "data-running" in page.text
    assert articles(empty) == []
    read_waiting(empty)
    assert sorted(articles(empty)) == [
        ("https://post.example/1", "The Post", "2025-05-09", "Talks go on in Lindau"),
        ("rain.txt", "The Post", "2025-05-09", "rain.txt"),
        ("y.txt", "The Post", "2025-05-09", "y.txt"),
    ]
    shown = site.get(f"/add/{batch.key}.json").json()
    assert (shown["new"], shown["seen"], len(shown["failed"]), shown["lands"]) == (3, 0, 2, None)
    assert [o["origin"] for o in shown["failed"]] == ["plan.pdf", "rain.txt"]
    assert "OCR" in shown["failed"][1]["remedy"], "no command where there is no shell"
    text = site.get(f"/add/{batch.key}").text
    assert "data-running" not in text
    assert "plan.pdf: got a PDF" in text
    assert "0002-" not in text, "the number that keeps files apart is nobody's business"
    assert "0 new articles" not in site.get("/add").text
    assert not batch.files.exists(), "what was read is not kept twice"
    with Ledger.open(empty, readonly=True) as ledger:
        assert [s.speaker.name for s in ledger.statements if s.speaker][:1] == ["Ana Velkova"]
        assert ledger.check() == []


def test_one_article_is_landed_on_and_brought_again_adds_nothing_and_is_said_to_be_there(site: Client, empty: Path) -> None:
    for seen in (0, 1):
        batch = batch_of(bring(site, {"text": TALKS}), empty)
        read_waiting(empty)
        shown = site.get(f"/add/{batch.key}.json").json()
        assert (shown["new"], shown["seen"]) == (1 - seen, seen)
        page = site.get(f"/add/{batch.key}").text
        assert "0 new articles, 1 that the ledger had already" in page if seen else f'data-lands="/articles/{shown["lands"]}"' in page
    assert [a[0] for a in articles(empty)] == ["pasted text"]


# ------------------------------------------------------------ what is not taken


@pytest.mark.parametrize(
    ("fields", "files", "status", "says"),
    [
        ({}, [], 400, "neither a text nor a file"),
        ({"text": " \r\n "}, [], 400, "neither a text nor a file"),
        ({"text": "…"}, [], 400, "got no letter"),
        ({"text": " https://post.example/talks?a=1 "}, [], 400, "got an address alone"),
        ({"text": "www.post.example/talks"}, [], 400, "détente fetches nothing"),
        ({"text": TALKS, "published": "soon"}, [], 400, "got the date"),
        ({"text": TALKS, "published": "2999-01-01"}, [], 400, "in the future"),
        ({"text": TALKS, "country": "ZZ"}, [], 400, "got the country"),
        ({"text": TALKS, "url": "javascript:alert(1)"}, [], 400, "begins with https://"),
        ({"url": "https://post.example/1"}, [], 400, "fetches nothing"),
        ({"text": TALKS, "csrf": "guessed"}, [], 403, "another run of the server"),
        ({"text": TALKS, "csrf": ""}, [("a.txt", b"x")], 403, "another run of the server"),
        ({str(n): "x" for n in range(50)}, [], 413, "too many fields"),
        ({}, [("a.txt", b"x")] * 201, 413, "more than 200 files"),
        ({"text": "x" * (uploads.MOST_PASTED + 1)}, [], 413, "more than 2,000,000 bytes"),
    ],
)
def test_what_is_not_taken_leaves_nothing(
    fields: dict[str, str], files: list[tuple[str, bytes]], status: int, says: str, site: Client, empty: Path
) -> None:
    answer = bring(site, fields, files)
    assert answer.status == status, answer.text
    assert says in answer.text.replace("&#39;", "'")
    assert Incoming(empty).batches() == []
    assert not list(empty.parent.rglob("*.part"))


def test_too_many_bytes_are_not_read_on(site: Client, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    assert bring(site, {}, [("a.txt", b"x" * 2000)]).status == 413
    assert Incoming(empty).batches() == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": ""}, 403),
        ({"host": "evil.example", "origin": "http://evil.example"}, 400),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "multipart/form-data"}, 400),
    ],
)
def test_from_elsewhere_nothing_is_taken(
    headers: dict[str, str], status: int, site: Client, empty: Path
) -> None:
    assert bring(site, {"text": TALKS}, **headers).status == status
    assert Incoming(empty).batches() == []


def test_a_server_that_only_shows_takes_nothing(empty: Path) -> None:
    shows = Client(create_app(empty, readonly=True))
    assert shows.get("/add").status == 400
    assert "Add articles" not in shows.get("/").text
    assert bring(shows, {"text": TALKS}).status in (403, 405)


@pytest.mark.parametrize(
    "key", ["..", "x", "20250101-000000-zzzzzz", "20250101-000000-abcdef", "20250101-000000-abcdef.part"]
)
def test_another_batch_is_none(key: str, site: Client) -> None:
    assert site.get(f"/add/{key}").status in (400, 404)


@given(st.text(max_size=300), st.integers(0, 999))
def test_a_files_name_is_one(name: str, number: int) -> None:
    safe = name_for(name, number)
    assert Path(safe).name == safe
    assert safe not in (".", "..")
    assert re.match(r"\d{4}-[^./-]", safe), "no option, no hidden file, no standard input"
    assert called(safe)
    assert len(safe.encode("utf-8")) <= 255 or not safe.isascii()


# ------------------------------------------------------------ reading, whatever happens


def put(ledger: Path, number: int, **said: str) -> Batch:
    """A batch of so many articles."""
    incoming = Incoming(ledger)
    batch = incoming.begin()
    for n in range(number):
        (batch.files / name_for(f"{n}.txt", n)).write_text(
            f"President Ana Velkova said on day {n} that talks go on.\n" * 20, encoding="utf-8"
        )
    return incoming.put(batch, Given(**said))


def test_a_reader_that_is_killed_loses_nothing(empty: Path) -> None:
    batch = put(empty, 12)
    reading = subprocess.Popen(
        [sys.executable, "-m", "detente.web.reading_process", str(empty)], stdin=subprocess.PIPE
    )
    _wait(lambda: batch.progress.outcomes, 60)
    reading.send_signal(signal.SIGKILL)
    reading.wait()
    assert not batch.progress.finished
    read_waiting(empty)
    assert batch.progress.finished
    assert len(articles(empty)) == 12
    with Ledger.open(empty, readonly=True) as ledger:
        assert ledger.check() == []


def test_the_reader_ends_with_the_server_and_goes_on_with_the_next(empty: Path) -> None:
    batch, incoming = put(empty, 2), Incoming(empty)
    incoming.read()
    reading = incoming._reading
    assert reading is not None
    incoming.read()
    assert incoming._reading is reading, "one at a time"
    incoming.close()
    assert reading.poll() is not None
    if not batch.progress.finished:
        again = Incoming(empty)
        again.read()
        _wait(lambda: batch.progress.finished, 60)
        again.close()
    assert len(articles(empty)) == 2


def test_two_readers_do_not_meet(empty: Path) -> None:
    batch = put(empty, 1)
    lock = sqlite3.connect(batch.folder.parent / "lock", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    read_waiting(empty)
    assert batch.progress == Progress(files=batch.progress.files)
    lock.close()


def test_what_stops_the_reading_is_said_and_it_can_go_on(site: Client, empty: Path, tmp_path: Path) -> None:
    batch = put(empty, 1)
    read_waiting(empty, tmp_path / "no-registry")
    assert "no-registry" in batch.progress.stopped
    page = site.get(f"/add/{batch.key}")
    assert "The reading was stopped" in page.text
    assert batch.files.exists(), "what was brought is kept"
    read_waiting(empty)
    assert articles(empty) == [], "nobody asked for it yet"
    assert site.post(f"/add/{batch.key}", {"batch": batch.key}).headers["location"] == f"/add/{batch.key}"
    read_waiting(empty)
    assert len(articles(empty)) == 1


def test_what_breaks_the_reader_off_is_not_tried_for_ever(empty: Path) -> None:
    batch = put(empty, 1)
    batch.say(batch.progress.replace(tries=3))
    read_waiting(empty)
    assert "broke off 3 times" in batch.progress.stopped
    assert any(batch.files.iterdir())


def test_old_batches_are_forgotten(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.web.incoming._KEPT", 2)
    for _ in range(4):
        batch = put(empty, 1)
        batch.say(batch.progress.replace(finished=True))
    waits = put(empty, 1)
    Incoming(empty).tidy()
    assert len(Incoming(empty).batches()) == 3
    assert any(waits.files.iterdir()), "but what is not read is kept"


def _wait(until: object, seconds: float) -> None:
    for _ in _ticks(seconds):
        if until():  # type: ignore[operator]
            return
    raise AssertionError("it did not come")


def _ticks(seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.05)
        yield

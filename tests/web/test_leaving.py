"""What leaves the house: nothing that was rejected, nothing unchecked unless asked for, no path of this machine."""

from pathlib import Path

import pytest

from detente.ledger import Ledger
from detente.records import Article, Authority, Copy, Event, Statement
from detente.web.leaving import WITHHELD, leaving, public_origin
from tests.ledger.made import make


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        ("https://post.example/lenz?id=1", "https://post.example/lenz?id=1"),
        ("http://post.example:8080/a", "http://post.example:8080/a"),
        ("https://ana:secret@post.example/a#part", "https://post.example/a"),
        ("/ho" + "me/ana/a.txt", WITHHELD),
        ("herald/orden.txt", WITHHELD),
        ("C:\\Users\\Ana\\a.txt", WITHHELD),
        ("file:///etc/a.txt", WITHHELD),
        ("http://localhost:8000/a", WITHHELD),
        ("http://127.0.0.1/a", WITHHELD),
        ("http://intranet/a", WITHHELD),
        ("javascript:alert(1)", WITHHELD),
        ("https://[broken", WITHHELD),
        ("https://post.example:99999/a", WITHHELD),
        ("", WITHHELD),
        ("-", WITHHELD),
    ],
)
def test_an_origin_is_shown_where_others_can_reach_it(origin: str, shown: str) -> None:
    assert public_origin(origin) == shown


@pytest.mark.parametrize(("include", "states"), [(False, {"accepted", "edited", "disputed"}), (True, {"accepted", "edited", "disputed", "proposed"})])
def test_only_what_may_leave_is_in_the_copy(include: bool, states: set[str], ledger: Ledger) -> None:
    expected = [r.id for r in ledger.records() if r.review in states]
    with leaving(ledger, include_unreviewed=include) as path, Ledger.open(path, readonly=True) as copy:
        assert [r.id for r in copy.records()] == expected
        assert {r.review for r in copy.records()} == states
        assert {a.id for a in copy.articles} == {r.article for r in copy.records()}
        assert all(a.origin == WITHHELD or a.origin.startswith("https://") for a in copy.articles)


def test_the_copy_is_gone_afterwards_and_the_ledger_as_it_was(path: Path, ledger: Ledger) -> None:
    before = path.read_bytes()
    with leaving(ledger) as copy:
        assert copy.is_file()
        assert copy != path
    assert not copy.exists()
    assert not copy.parent.exists()
    assert path.read_bytes() == before


def test_copies_of_an_article_lose_their_paths(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        article = Article.of("Ana said yes.\n", "/srv/in/a.txt", copies=(Copy(origin="/srv/in/b.txt"), Copy(origin="https://wire.example/b")))
        ledger.add(article, [make(Statement, article, {"cue": "said", "content": "yes"}, speaker=None, mode="indirect")])
        with leaving(ledger, include_unreviewed=True) as path, Ledger.open(path, readonly=True) as copy:
            assert [c.origin for c in copy.articles[0].copies] == [WITHHELD, "https://wire.example/b"]
            assert b"/srv/in" not in path.read_bytes().replace(b"\0", b"")


def test_an_outlet_of_no_name_is_not_called_by_its_file(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        article = Article.of("Ostrava met Marland.\n", "secret-notes.txt")
        by = Authority(kind="outlet", id="secret-notes.txt", name="secret-notes.txt")
        ledger.add(article, [make(Event, article, {"words": "Ostrava met Marland"}, type="CONSULT", according_to=by)])
        with leaving(ledger, include_unreviewed=True) as path, Ledger.open(path, readonly=True) as copy:
            assert "secret-notes" not in str([r.to_dict() for r in copy.records()])
            assert copy.events[0].according_to == Authority(kind="outlet", id=WITHHELD, name=WITHHELD)
        assert ledger.events[0].according_to == by

"""The reading copy: files whose links all lead somewhere, without script, form, reviewer, or path of this machine."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from detente.errors import DetenteError
from detente.ledger import Ledger
from detente.records import Cluster, Origin
from detente.web.leaving import leaving
from detente.web.publishing import name_of, publish

from . import made
from .test_pages import Outline


@pytest.mark.parametrize("kinds", [("term",), ("pledge",), ("position",), ("event",), ("deal",)])
def test_records_may_name_others_that_did_not_leave(kinds: tuple[str, ...], own: Path, tmp_path: Path) -> None:
    """A term hangs on terms, a claim rests on a statement, a pledge has a cluster: whatever of them was accepted."""
    with Ledger.open(own) as ledger:
        chosen = [r.id for kind in kinds for r in ledger.records(kind)][::2]
        pledges = [p.id for p in ledger.pledges][:2]
        ledger.save_clusters([Cluster(id="cl-1", of="pledge", members=tuple(pledges), reason="one loan", origin=Origin(by="person", name="Ida"))])
        ledger.judge_all(chosen, "accept", by="Ida Lund")
        with leaving(ledger) as copy:
            publish(copy, tmp_path / "site")
    known = {page.name: set(Outline(page.read_text(encoding="utf-8")).values("id")) for page in (tmp_path / "site").glob("*.html")}
    for name in known:
        for link in Outline((tmp_path / "site" / name).read_text(encoding="utf-8")).values("href"):
            place, _, anchor = link.partition("#")
            local = not link.startswith("https://") and place.endswith(".html")
            assert not local or (place in known and (not anchor or anchor in known[place])), f"{name}: {link}"


@pytest.fixture(scope="module")
def site(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "site"
    with Ledger.open(path, readonly=True) as ledger, leaving(ledger, include_unreviewed=True) as copy:
        made_ = publish(copy, folder)
    assert made_.first == str(folder / "index.html")
    assert made_.pages == len(list(folder.glob("*.html")))
    return folder


def test_every_link_leads_to_a_file_and_its_anchor(site: Path) -> None:
    known = {page.name: set(Outline(page.read_text(encoding="utf-8")).values("id")) for page in site.glob("*.html")}
    assert len(known) > 60
    for name in known:
        for link in Outline((site / name).read_text(encoding="utf-8")).values("href"):
            if link.startswith("https://"):
                continue
            place, _, anchor = link.partition("#")
            target = unquote(place) or name
            assert (site / target).is_file(), f"{name}: {link}"
            assert not anchor or target.startswith("static/") or anchor in known[target], f"{name}: {link}"


def test_nothing_runs_and_nothing_is_asked(site: Path) -> None:
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        outline = Outline(text)
        assert not outline.all("script", "form", "input", "button", "select"), page.name
        assert "script-src 'none'" in text
        assert not [n for _, attrs in outline.tags for n in attrs if n.startswith("on") or n == "style"]
    assert not list(site.rglob("*.js"))


def test_no_reviewer_and_no_path_is_in_it(site: Path, path: Path) -> None:
    secrets = ("Per Holm", "herald/orden.txt", "wire/0303.txt", "evil.html", str(path.parent), path.name, "csrf")
    for page in site.rglob("*"):
        if page.is_file():
            text = page.read_text(encoding="utf-8")
            assert not [s for s in secrets if s in text], page.name
    # Ida Lund is an author of an article, and a reviewer: her decisions are not told.
    assert not [p.name for p in site.glob("records-*.html") if "Ida Lund" in p.read_text(encoding="utf-8")]


def test_what_nobody_checked_is_stamped(site: Path) -> None:
    assert "machine-read, not checked" in (site / "statements.html").read_text(encoding="utf-8")


def test_articles_are_shown_in_sentences_with_records(site: Path, ledger: Ledger) -> None:
    article = made.articles()[1]
    text = (site / name_of(f"/articles/{article.id}")).read_text(encoding="utf-8")
    assert "A truce nobody watches is a pause" in text
    assert "was called a first step" in text, "the sentence of a record is whole"
    whole = made.articles()[0]
    shown = re.sub(r"<[^>]+>", "", (site / name_of(f"/articles/{whole.id}")).read_text(encoding="utf-8"))
    assert "And we expect others to keep theirs" not in shown
    assert "[…]" in shown


def test_whole_articles_only_when_asked_for(path: Path, tmp_path: Path) -> None:
    with Ledger.open(path, readonly=True) as ledger, leaving(ledger) as copy:
        publish(copy, tmp_path / "site", full_text=True)
    article = made.articles()[0]
    shown = re.sub(r"<[^>]+>", "", (tmp_path / "site" / name_of(f"/articles/{article.id}")).read_text(encoding="utf-8"))
    assert "And we expect others to keep theirs" in shown
    listed = (tmp_path / "site" / "statements.html").read_text(encoding="utf-8")
    assert "hardest winter" not in listed, "nobody accepted it"
    assert "machine-read, not checked</span>" not in listed


def test_the_same_ledger_gives_the_same_files(path: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        with Ledger.open(path, readonly=True) as ledger, leaving(ledger) as copy:
            publish(copy, folder)
    one, other = ({p.name: p.read_bytes() for p in f.glob("*.html")} for f in folders)
    assert one == other


@pytest.mark.parametrize("there", ["file", "full"])
def test_a_place_that_holds_something_is_left_alone(there: str, path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    if there == "file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        (folder / "mine.txt").write_text("mine")
    with Ledger.open(path, readonly=True) as ledger, leaving(ledger) as copy, pytest.raises(DetenteError, match="holds something"):
        publish(copy, folder)
    assert list(tmp_path.rglob("*.html")) == []


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with Ledger.open(tmp_path / "none.db", create=True) as ledger, leaving(ledger) as copy:
        publish(copy, tmp_path / "site")
    assert "This ledger is empty" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "site.part").exists()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/records/pl-0a1b", "records-pl-0a1b.html"),
        ("/actors/unnamed:official", "actors-unnamed_official.html"),
        ("/ask/changes", "ask-changes.html"),
    ],
)
def test_files_are_named_for_their_pages(address: str, name: str) -> None:
    assert name_of(address) == name


def test_odd_addresses_have_plain_names() -> None:
    odd = ["/actors/x%22%3E%3Cscript", "/actors/../../etc", "/records?id=a&id=b", "/records?id=a", "/actors/" + "é" * 300]
    names = [name_of(a) for a in odd]
    assert len(set(names)) == len(odd)
    assert all(re.fullmatch(r"[\w.-]{1,120}", n) and ".." not in n for n in names)

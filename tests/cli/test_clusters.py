"""`detente show clusters`: what is the same, why, and where the outlets differ, for a person and for a program."""

from __future__ import annotations

import csv
import io

import pytest

from detente.ledger import Ledger
from detente.ledger.clustering import cluster
from detente.records import Copy

from ..ledger.clustering.said import article, event, statement
from ..ledger.clustering.summit import TEXTS

BOATS, PORT = (
    "“We will not leave before every boat can sail again.”",
    "“We will not go before every boat can sail again.”",
)


@pytest.fixture
def told(tmp_path, run):
    """A ledger with one statement in two articles, one event in two and one story in two; gives the ids of the statements."""
    with Ledger.open(tmp_path / "detente.db", create=True) as ledger:
        first, second = statement(BOATS), statement(PORT, published="2025-05-13")
        met = [event("Velkova met Reyl", "Ana Velkova", "Tomas Reyl") for _ in range(2)]
        for of, record in (first, (second[0].replace(publisher="Marland Courier"), second[1]), *met):
            ledger.add(of, [record])
        wire = article(TEXTS["wire"][2]).replace(
            title="Ferries", copies=(Copy(origin="b.txt", publisher="Northern Dispatch"),)
        )
        ledger.add(wire, [])
        ledger.add(article(TEXTS["update"][2], publisher="Harbour Herald"), [])
        cluster(ledger)
    return [first[1].id, second[1].id]


def test_a_person_reads_what_is_the_same_and_why_and_where_the_outlets_differ(run, told):
    shown = run("show", "clusters", "--type", "statement")
    assert (shown.status, shown.err) == (0, "")
    head, why, *places, difference = shown.out.strip().split("\n")
    assert head.startswith("one statement in 2 articles: The Ostrava Post, Marland Courier [cl-")
    assert (
        "put together by rule: the same speaker (Ana Velkova); the same words inside the marks (6 or more in a row)"
        in why
    )
    assert [place.split("[")[1].split(",")[0] for place in places] == told
    assert all("Ana Velkova, direct" in place and "machine-read" in place for place in places)
    assert (
        difference.strip()
        == "they print it differently: The Ostrava Post prints “leave”, Marland Courier prints “go”"
    )


def test_a_story_shows_its_articles_and_the_outlets_that_have_the_same_text(run, told):
    shown = run("show", "clusters", "--type", "story").out
    assert "one story in 2 articles: The Ostrava Post, Harbour Herald, Northern Dispatch" in shown or (
        "one story in 2 articles: Harbour Herald, The Ostrava Post, Northern Dispatch" in shown
    )
    assert "“Ferries” — The Ostrava Post, 2025-05-12" in shown
    assert "; the same text: Northern Dispatch, date unknown" in shown


def test_json_csv_and_ids_hold_the_same_clusters(run, told):
    things = run("show", "clusters", "--json").json
    assert sorted(t["of"] for t in things) == ["event", "statement", "story"]
    assert all(t["kind"] == "cluster" for t in things)
    ids = run("show", "clusters", "--ids").out.split()
    assert ids == [t["id"] for t in things]
    rows = list(csv.DictReader(io.StringIO(run("show", "clusters", "--csv").out, newline="")))
    assert [row["id"] for row in rows] == ids
    (quoted,) = (row for row in rows if row["cluster of"] == "statement")
    assert quoted["differences"] == "The Ostrava Post prints “leave”, Marland Courier prints “go”"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--type", "deal"], "expected what a cluster is of: event, pledge, statement, story"),
        (["--speaker", "Ana Velkova"], "clusters are chosen by --type alone"),
        (["--evidence"], "clusters are chosen by --type alone"),
        (["--where", "hearsay=true"], "clusters are chosen by --type alone"),
    ],
)
def test_a_call_that_is_wrong(args, says, run, ledger):
    shown = run("show", "clusters", *args)
    assert shown.status == 2
    assert says in shown.err


def test_what_a_person_put_together_or_kept_apart_says_who(run, told, tmp_path):
    with Ledger.open(tmp_path / "detente.db") as ledger:
        ledger.split(told[0], by="Ana", note="another speech")
    assert "  kept apart by Ana: another speech" in run("show", "clusters", "--type", "statement").out
    run("merge", *told, "--by", "Ana", "--reason", "one speech")
    assert "  put together by Ana: " in run("show", "clusters", "--type", "statement").out


def test_none_is_said(run, ledger):
    assert run("show", "clusters").out == "no clusters found\n"


def test_reading_puts_together_what_is_the_same(run, tmp_path):
    for name in ("wire", "update"):
        (tmp_path / f"{name}.txt").write_text(TEXTS[name][2], encoding="utf-8")
    assert run("read", "wire.txt", "update.txt", "--published", "2025-05-12").status == 0
    assert "one story in 2 articles: update.txt, wire.txt" in run("show", "clusters").out.replace(
        "wire.txt, update.txt", "update.txt, wire.txt"
    )

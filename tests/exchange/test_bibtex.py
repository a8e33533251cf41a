"""BibTeX: read by pybtex, an entry an article."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.exchange.bibtex import key
from detente.ledger import Ledger

from ..ledger import made, strategies
from .written import account_of, filled, written

bibtex = pytest.importorskip("pybtex.database.input.bibtex", reason="pybtex is not installed: pip install 'detente[test]'")


def entries(ledger, records=None):
    return bibtex.Parser().parse_stream(io.StringIO(written(ledger, "bibtex", records).decode())).entries


def entry_of(**fields):
    article = made.article(**fields)
    with Ledger.memory() as ledger:
        ledger.add(article, made.records(article), made.ACTORS)
        (found,) = entries(ledger).values()
        return found


def test_an_article_as_an_entry():
    with Ledger.memory() as ledger:
        (found,) = entries(filled(ledger)).values()
    fields = {name: found.fields[name] for name in ("title", "organization", "date", "langid", "howpublished", "note")}
    assert fields == {
        "title": "{first.txt}", "organization": "The Ostrava Post", "date": "2025-03-02", "langid": "en",
        "howpublished": "coast/first.txt", "note": f"7 records, 2 of them accepted by a person; sha256 {made.article().id}",
    }  # fmt: skip
    assert (found.type, found.key) == ("online", f"theostravapost2025-{made.article().id[:8]}")


def test_authors_are_whole_names():
    found = entry_of(authors=("Ana Velkova", "The Coast Desk and Friends"))
    assert found.fields.get("author") is None  # pybtex keeps persons apart
    assert [str(person) for person in found.persons["author"]] == ["{Ana Velkova}", "{The Coast Desk and Friends}"]


@pytest.mark.parametrize(("title", "field"), [
    ("50% & more_or #less", r"{50\% \& more\_or \#less}"), (r"\input{/etc/passwd}", r"{\textbackslash{}input\{/etc/passwd\}}"),
    ("$x^2$ ~ {", r"{\$x\textasciicircum{}2\$ \textasciitilde{} \{}"), ("two\nlines\t “q”", "{two lines “q”}"),
])  # fmt: skip
def test_nothing_of_a_title_is_a_command(title, field):
    assert written_title(title) == field


def written_title(title):
    article = made.article(title=title)
    with Ledger.memory() as ledger:
        ledger.add(article, [])
        (line,) = (line for line in written(ledger, "bibtex").decode().splitlines() if line.startswith("  title"))
    return line.removeprefix("  title = {").removesuffix("},")


def test_an_address_is_not_escaped_but_ends_nothing():
    assert entry_of(origin="https://post.example/a_b%20c?d=1&e=2#f").fields["url"] == "https://post.example/a_b%20c?d=1&e=2#f"
    assert entry_of(origin="https://post.example/}{").fields["url"] == "https://post.example/%7D%7B"


def test_only_the_articles_of_the_records_given():
    other = made.article(text="Another text.", origin="other.txt")
    with Ledger.memory() as ledger:
        filled(ledger)
        ledger.add(other, [])
        assert entries(ledger).keys() == {key(made.article()), key(other)}
        found = entries(ledger, ledger.pledges)
        assert found[key(made.article())].fields["note"].startswith("1 records, 1 of them accepted")
        assert key(other) not in found
        assert account_of(ledger, "bibtex", ledger.pledges).written == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(strategies.articles(), max_size=3, unique_by=lambda a: a.id))
def test_any_article_is_an_entry_that_balances(articles):
    with Ledger.memory() as ledger:
        for article in articles:
            ledger.add(article, [])
        text = written(ledger, "bibtex").decode()
    assert text.count("@online{") >= len(articles)
    depth, escaped = 0, False
    for character in text:
        if not escaped:
            depth += (character == "{") - (character == "}")
        escaped = character == "\\" and not escaped
        assert depth >= 0
    assert depth == 0

"""One article through every reader: each record stands on its words, and the same article gives the same records."""

from __future__ import annotations

import json
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.articles import read_sources
from detente.exchange import export
from detente.ledger import Ledger
from detente.reading import read_article
from detente.records import Article, check, encode

SENTENCES = [
    "President Ana Velkova of Ostrava said on Friday that she would ‘never sign’ a truce without guarantees.",
    "‘We cannot do it alone,’ she added.",
    "“Any deal has to be defended,” the minister said. “That is the package.”",
    "Ostrava pledged to give Marland a loan worth £400m by 2027, if parliament agrees.",
    "Mr Brandt told reporters that a coalition of the willing would guarantee the truce, as long as Norland joins it.",
    "The components of a lasting peace are a strong Marland; a Norland backstop; and monitors.",
    "Norland is said to be demanding an apology amid threats to cut aid.",
    "Marland met Ostrava in Lindau last night and ruled out sending troops.",
    "The leaders’ summit of ’99 was ‘a once in a lifetime chance, the PM told the gathering.",
    "Asked if he would go, Teodor Brandt did not say.",
    "LINDAU, March 2 (Wire) - Officials declined to comment.",
]
ODD = st.sampled_from(["\u200b", "\u0301", "\U0001f600", "\u05d0\u05d1", "\u00ad", "\u2028", "\r\n", "\t", "\ufeff", "“", "‘", "’", "\"", "'", "…", "£", "(", ")"])  # fmt: skip


def coverage() -> list[Article]:
    found = read_sources([str(files("detente.demo").joinpath("coverage.jsonl"))])
    return [article for article in found if isinstance(article, Article)]


def exported(ledger: Ledger) -> list[dict[str, object]]:
    stream = BytesIO()
    export(ledger, "jsonl", stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def stands(rows: list[dict[str, object]]) -> int:
    """Check every exported evidence against its article's exported text; how many there were."""
    texts = {row["id"]: row["text"] for row in rows if row["kind"] == "article"}
    number = 0
    for row in rows:
        for e in row.get("evidence", ()):  # type: ignore[attr-defined]
            text = texts[row["article"]]
            assert text[e["start"] : e["end"]] == e["exact"], row["id"]  # type: ignore[index]
            assert text[max(0, e["start"] - 32) : e["start"]] == e["prefix"]  # type: ignore[index]
            assert text[e["end"] : e["end"] + 32] == e["suffix"]  # type: ignore[index]
            number += 1
    return number


def test_every_exported_evidence_of_the_example_coverage_is_exact(tmp_path: Path) -> None:
    ledger = detente.read(str(files("detente.demo").joinpath("coverage.jsonl")))
    assert stands(exported(ledger)) > 100


def test_every_exported_evidence_of_the_shared_articles_is_exact(shared: Path) -> None:
    ledger = detente.read(shared / "seeds", published="2025-03-02")
    assert stands(exported(ledger)) > 200


@given(st.lists(st.one_of(st.sampled_from(SENTENCES), ODD, st.text(max_size=30)), max_size=12), st.sampled_from([" ", "\n", "\n\n", ""]))
@settings(max_examples=60)
def test_every_record_of_a_made_text_stands(parts: list[str], between: str) -> None:
    article = Article.of(between.join(parts), "made.txt", published="2026-05-13", country="GB")
    reading = read_article(article)
    for record in reading.records:
        check(record, article.text)
    ids = [record.id for record in reading.records]
    assert len(ids) == len(set(ids)), "an id belongs to one record"
    assert [encode(r) for r in reading.records] == [encode(r) for r in read_article(article).records]


@given(st.permutations(SENTENCES))
@settings(max_examples=15)
def test_what_is_read_of_one_article_does_not_depend_on_others(order: list[str]) -> None:
    alone = [read_article(Article.of(text, text[:9])).records for text in SENTENCES]
    for text in order:
        assert read_article(Article.of(text, text[:9])).records == alone[SENTENCES.index(text)]


@pytest.mark.parametrize("article", coverage(), ids=lambda a: a.publisher)
def test_the_example_coverage_has_every_kind_of_record(article: Article) -> None:
    kinds = {type(record).__name__ for record in read_article(article).records}
    assert {"Statement", "Pledge", "Position", "Event"} <= kinds


def test_the_example_coverage_answers_what_the_first_article_asks() -> None:
    records = [record for article in coverage() for record in read_article(article).records]
    amounts = {(p.amount.value, p.amount.unit) for p in records if type(p).__name__ == "Pledge" and p.amount}
    assert {(2.26e9, "GBP"), (2.2e9, "GBP"), (1.6e9, "GBP"), (2.5, "PCT_GDP")} <= amounts
    packages = [t for t in records if type(t).__name__ == "Term" and len(t.depends_on) == 2]
    assert len(packages) == 3, "three parts, each with the two others"
    conditions = {c.text for m in records if type(m).__name__ == "Membership" for c in m.conditions}
    assert any("backstop" in text for text in conditions)


def test_an_unknown_date_leaves_offices_and_days_unknown() -> None:
    article = Article.of("The prime minister said on Friday that it was over.", "undated.txt", country="GB")
    (statement,) = [r for r in read_article(article).records if type(r).__name__ == "Statement"]
    assert statement.speaker is None
    assert "date" in statement.reasons["speaker"]

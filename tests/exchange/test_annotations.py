"""Web Annotations: what the W3C's model asks of them, words that select themselves, and records that come back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.exchange.annotations import describe
from detente.ledger import Ledger
from detente.records import decode

from ..ledger import made, strategies
from .written import filled, written

# What the model's text lists, of what we use (W3C Recommendation of 23 February 2017, 3.3.5 and 4.2).
MOTIVATIONS = {"assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
               "linking", "moderating", "questioning", "replying", "tagging"}  # fmt: skip


def valid(collection):
    """Check a collection against what the model says MUST be."""
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    page = collection["first"]
    assert (page["type"], page["startIndex"]) == ("AnnotationPage", 0)
    assert collection["total"] == len(page["items"])
    for annotation in page["items"]:
        assert annotation["type"] == "Annotation"
        assert annotation["id"].startswith("urn:")
        assert annotation["motivation"] in MOTIVATIONS
        assert annotation["target"]
        for body in annotation["body"]:
            assert body["type"] == "TextualBody"
            assert isinstance(body["value"], str)
            assert body["purpose"] in MOTIVATIONS
        for target in annotation["target"]:
            assert target["type"] == "SpecificResource"
            assert target["source"]["id"].startswith("urn:")
            quote, place = target["selector"]
            assert quote["type"] == "TextQuoteSelector"
            assert place["type"] == "TextPositionSelector"
            assert 0 <= place["start"] < place["end"]
    return page["items"]


def collection(ledger, records=None):
    return json.loads(written(ledger, "annotations", records))


def test_a_pledge_as_an_annotation():
    with Ledger.memory() as ledger:
        (found,) = valid(collection(filled(ledger), ledger.pledges))
        record = ledger.pledges[0]
    assert found["body"][0]["value"] == "pledge"
    described = found["body"][1]["value"].splitlines()
    assert described[0] == "review: accepted"
    assert {"pledger: Ostrava", "factuality: actual", "hearsay: no", "stage: announced"} <= set(described)
    assert found["creator"] == {"type": "Software", "name": "detente rule made 1"}
    assert found["citation"].startswith("The Ostrava Post, 2025-03-02, coast/first.txt, characters ")
    assert decode(json.dumps(found["record"])) == record


@pytest.mark.parametrize(("origin", "field"), [("https://post.example/1", "via"), ("coast/first.txt", "origin")])
def test_an_address_of_the_web_is_where_the_text_was_had(origin, field):
    article = made.article(origin=origin)
    with Ledger.memory() as ledger:
        ledger.add(article, made.records(article))
        (found, *_) = valid(collection(ledger))
    source = found["target"][0]["source"]
    assert source[field] == origin
    assert len({"via", "origin"} & source.keys()) == 1


def test_an_empty_collection_is_one():
    with Ledger.memory() as ledger:
        assert valid(collection(ledger)) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(strategies.readings(), min_size=1, max_size=2))
def test_the_selectors_select_the_words_and_the_records_come_back(readings):
    texts = {article.id: article.text for article, _ in readings}
    with Ledger.memory() as ledger:
        for article, records in readings:
            ledger.add(article, records)
        found = valid(collection(ledger))
        assert [decode(json.dumps(a["record"])) for a in found] == list(ledger.records())
        for annotation, record in zip(found, ledger.records(), strict=True):
            assert len(annotation["target"]) == len(record.evidence)
            assert describe(record, ledger.article(record.article)).startswith("review: proposed")
            for target in annotation["target"]:
                text = texts[target["source"]["id"].removeprefix("urn:detente:article:")]
                quote, place = target["selector"]
                start, end = place["start"], place["end"]
                assert text[start:end] == quote["exact"]
                assert text[:start].endswith(quote["prefix"])
                assert text[end:].startswith(quote["suffix"])

"""The address holds the whole state: filters, facets with counts, pages, and clear errors for what is not understood."""

from urllib.parse import urlencode

import pytest

from detente.ledger import Ledger
from detente.records import KINDS
from detente.web.forms import values_of
from detente.web.wording import KINDS as PAGES

from .client import Client


def total(client: Client, place: str, **query: str) -> int:
    return int(client.get(f"{place}.json?{urlencode(query)}").json()["total"])


@pytest.mark.parametrize(
    ("place", "query", "count"),
    [
        ("/statements", {"speaker": "Ana Velkova"}, 4),
        ("/statements", {"speaker": "ana velkova"}, 4),
        ("/statements", {"speaker": "ana-velkova"}, 4),
        ("/statements", {"speaker": "President Velkova"}, 4),
        ("/statements", {"speaker": "unknown"}, 1),
        ("/statements", {"speaker": "Nobody Atall"}, 0),
        ("/statements", {"publisher": "Coast Wire"}, 1),
        ("/statements", {"since": "2025-03-02"}, 3),
        ("/statements", {"since": "2025-03-02", "until": "2025-03-02"}, 2),
        ("/statements", {"text": "word"}, 1),
        ("/statements", {"text": "no"}, 1),
        ("/statements", {"mode": "direct", "review": "accepted"}, 1),
        ("/statements", {"hearsay": "yes"}, 1),
        ("/statements", {"hearsay": "no"}, 7),
        ("/statements", {"factuality": "hypothetical"}, 1),
        ("/pledges", {"stage": "floated"}, 1),
        ("/pledges", {"stage": "unknown"}, 1),
        ("/pledges", {"type": "loan"}, 2),
        ("/pledges", {"pledger": "Ostrava", "beneficiary": "Marland"}, 1),
        ("/positions", {"stance": "oppose"}, 1),
        ("/positions", {"review": "rejected"}, 1),
        ("/terms", {"category": "monitoring"}, 1),
        ("/terms", {"required": "yes"}, 1),
        ("/events", {"type": "RETREAT"}, 1),
        ("/events", {"actor": "Marland"}, 2),
        ("/coalition", {"status": "conditional"}, 1),
        ("/records", {"actor": "Tarn"}, 5),
        ("/articles", {"country": "ml"}, 1),
        ("/articles", {"text": "monitors"}, 3),
    ],
)
def test_a_filter_leaves_what_fits(place: str, query: dict[str, str], count: int, client: Client) -> None:
    assert total(client, place, **query) == count
    page = client.get(f"{place}?{urlencode(query)}")
    assert page.status == 200
    assert len(client.get(f"{place}.csv?{urlencode(query)}").rows()) == count


@pytest.mark.parametrize("kind", KINDS)
def test_each_count_of_a_facet_is_what_its_link_shows(kind: str, client: Client) -> None:
    data = client.get(f"{PAGES[kind].path}.json").json()
    for facet in data["facets"]:
        for option in facet["options"]:
            place, _, query = option["href"].partition("?")
            assert client.get(f"{place}.json?{query}").json()["total"] == option["count"], option


def test_a_facet_counts_within_the_other_filters(client: Client) -> None:
    data = client.get("/statements.json?speaker=ana-velkova").json()
    modes = next(f for f in data["facets"] if f["field"] == "mode")
    assert sum(o["count"] for o in modes["options"]) == 4
    speakers = next(f for f in data["facets"] if f["field"] == "speaker")
    assert sum(o["count"] for o in speakers["options"]) == 7, "its own filter asks nothing, so that another can be chosen"
    chosen = [o for o in speakers["options"] if o["chosen"]]
    assert [o["name"] for o in chosen] == ["Ana Velkova"]
    assert chosen[0]["href"] == "/statements", "the link of what is chosen takes it away"


def test_a_filter_in_force_is_named_and_can_be_taken_away(client: Client) -> None:
    page = client.get("/statements?speaker=ana-velkova&mode=direct").text
    assert 'Speaker: <b>Ana Velkova</b>' in page
    assert 'href="/statements?speaker=ana-velkova"' in page
    assert 'href="/statements?mode=direct"' in page
    assert '<option value="direct" selected>' in page
    assert 'name="speaker" type="text" value="ana-velkova"' in page


def test_empty_fields_of_a_form_ask_nothing(client: Client) -> None:
    assert total(client, "/statements", speaker="", text=" ", mode="", since="") == 8


def test_rejected_records_are_left_out_and_counted(client: Client) -> None:
    data = client.get("/positions.json").json()
    assert (data["total"], data["rejected"]) == (3, 1)
    assert 'href="/positions?review=rejected"' in client.get("/positions").text
    assert client.get("/positions.json?review=rejected").json()["rejected"] == 0


def test_records_can_be_asked_for_by_id(client: Client, ledger: Ledger) -> None:
    rejected = ledger.positions.where(review="rejected").first()
    some = [*[r.id for r in ledger.pledges][:2], rejected.id if rejected else ""]
    data = client.get(f"/records.json?{urlencode({'id': some}, doseq=True)}").json()
    assert {e["record"]["id"] for e in data["entries"]} == set(some)


def test_pages_follow_one_another(client: Client, ledger: Ledger) -> None:
    seen: list[str] = []
    for page in (1, 2, 3):
        data = client.get(f"/statements.json?per=3&page={page}").json()
        assert (data["page"], data["pages"], data["total"]) == (page, 3, 8)
        seen += [e["record"]["id"] for e in data["entries"]]
    assert seen == [s.id for s in ledger.statements]
    middle = client.get("/statements?per=3&page=2&hearsay=no").text
    assert 'rel="prev" href="/statements?hearsay=no&amp;page=1&amp;per=3"' in middle
    assert 'rel="next" href="/statements?hearsay=no&amp;page=3&amp;per=3"' in middle
    assert "4–6 of 7 statements" in middle


def test_a_file_can_hold_all(client: Client) -> None:
    assert len(client.get("/statements.csv?per=all").rows()) == 8
    assert len(client.get("/statements.json?per=all").json()["entries"]) == 8
    assert client.get("/statements?per=all").status == 400


def test_the_files_of_a_page_have_its_whole_state(client: Client) -> None:
    page = client.get("/statements?per=3&page=2&hearsay=no").text
    assert 'href="/statements.csv?per=3&amp;page=2&amp;hearsay=no"' in page
    shown = client.get("/statements.csv?per=3&page=2&hearsay=no").rows()
    data = client.get("/statements.json?per=3&page=2&hearsay=no").json()
    assert [row["id"] for row in shown] == [e["record"]["id"] for e in data["entries"]]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/statements?speker=Ana", "'speker', expected one of"),
        ("/statements?stage=announced", "'stage'"),
        ("/statements?mode=loud", "direct, indirect, mixed"),
        ("/statements?since=yesterday", "expected a day as YYYY-MM-DD"),
        ("/statements?since=2025-02-30", "expected a day as YYYY-MM-DD"),
        ("/statements?mode=direct&mode=mixed", "expected it once"),
        ("/statements?page=0", "expected a whole number from 1 to 1"),
        ("/statements?page=2", "expected a whole number from 1 to 1"),
        ("/statements?page=x", "expected a whole number"),
        ("/statements?page=٣", "expected a whole number"),
        ("/statements?per=99999999999999999999", "expected a whole number from 1 to 500"),
        ("/statements?per=all", "expected it for .json or .csv only"),
        ("/articles?speaker=Ana", "expected one of: publisher"),
        ("/actors?name=Ana", "expected one of: text, type"),
        ("/?x=1", "expected one of: none"),
        ("/weighing?draws=0", "from 1 to 10000"),
        ("/weighing?draws=10001", "from 1 to 10000"),
        ("/weighing?seed=-1", "whole number"),
        ("/weighing?without=no+such+thing", "no such thing"),
        ("/search?q=a&kind=rumour", "'rumour'"),
        ("/search?q=a&limit=0", "from 1 to 1000"),
    ],
)
def test_what_is_not_understood_is_said(address: str, words: str, client: Client) -> None:
    place, mark, query = address.partition("?")
    page = client.get(address)
    assert page.status == 400
    data = client.get(f"{place if place != '/' else '/index'}.json{mark}{query}")
    if "per=all" not in address:
        assert data.status == 400
        assert words in data.json()["error"] + data.json()["remedy"]
    assert words.replace("'", "&#39;") in page.text


def test_a_kind_that_is_not_there_cannot_be_switched_on(client: Client, ledger: Ledger) -> None:
    article = ledger.articles.first()
    assert article is not None
    assert client.get(f"/articles/{article.id}?show=rumour").status == 400


@pytest.mark.parametrize(
    ("kind", "field", "values"),
    [
        ("statement", "mode", ("direct", "mixed", "indirect")),
        ("statement", "hearsay", ("yes", "no")),
        ("pledge", "testable", ("yes", "no", "unknown")),
        ("membership", "role", ("leader", "member", "guarantor", "observer", "unknown")),
    ],
)
def test_the_values_of_a_field_are_those_of_its_type(kind: str, field: str, values: tuple[str, ...]) -> None:
    assert values_of(kind, field) == values


@pytest.mark.parametrize("words", ['"', "*", "AND", "NEAR(", "a:b", "(", "--", "'", "\\", "😀", "%", "☃" * 500])
def test_any_words_can_be_searched_for(words: str, client: Client) -> None:
    for place in ("/search?" + urlencode({"q": words}), "/statements?" + urlencode({"text": words})):
        assert client.get(place).status == 200

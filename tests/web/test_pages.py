"""Every page answers as HTML, JSON and CSV, and all three hold the same."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from detente.ledger import Ledger
from detente.records import KINDS, kind_of
from detente.web.questions import QUESTIONS
from detente.web.wording import KINDS as PAGES

from . import made
from .client import Client

LISTS = [kind.path for kind in PAGES.values()]
FIXED = ["/", "/articles", *LISTS, "/records", "/actors", "/actors/ana-velkova", "/actors/unnamed:official", "/weighing", "/search?q=truce", "/search", "/add", "/names", "/names?text=vel", "/review", "/review?kind=pledge&all=accept",
         "/promises", "/matrix", "/deal", "/deal?without=TN&without=League+guarantees", "/timeline", "/network", "/ask",
         *(f"/ask/{name}" for name in QUESTIONS)]


def addresses(ledger: Ledger) -> list[str]:
    return [*FIXED, *(f"/articles/{a.id}" for a in ledger.articles), *(f"/records/{r.id}" for r in ledger.records())]


def as_form(address: str, form: str) -> str:
    place, mark, query = address.partition("?")
    return f"{'/index' if place == '/' else place}.{form}{mark}{query}"


class Outline(HTMLParser):
    """What a page is made of: its headings, landmarks, ids, labels and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]


def test_every_page_answers_in_three_forms(client: Client, ledger: Ledger) -> None:
    for address in addresses(ledger):
        page = client.get(address)
        assert page.status == 200, address
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert client.get(as_form(address, "json")).json() is not None
        table = client.get(as_form(address, "csv"))
        assert table.status == 200
        assert table.headers["content-type"].startswith("text/csv")
        assert re.match(r"[a-z_ ]+(,[a-z_ ]+)*\r\n", table.text), address


def test_every_page_is_well_made(client: Client, ledger: Ledger) -> None:
    for address in addresses(ledger):
        outline = Outline(client.get(address).text)
        ids = outline.values("id")
        assert len(ids) == len(set(ids)), f"{address}: an id twice"
        assert len(outline.all("h1")) == 1, address
        assert len(outline.all("main")) == 1
        labelled = set(outline.values("for"))
        for field in outline.all("input", "select"):
            inside = field.get("type") in ("hidden", "checkbox")
            assert inside or field.get("id") in labelled, f"{address}: {field} has no label"
        headings = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
        assert all(b - a <= 1 for a, b in pairwise(headings)), f"{address}: {headings}"


def test_no_page_has_script_or_style_in_it(client: Client, ledger: Ledger) -> None:
    """The policy forbids them, so that one would be a fault that nobody sees."""
    for address in addresses(ledger):
        outline = Outline(client.get(address).text)
        assert not outline.all("style")
        assert all(script.get("src", "").startswith("/static/") for script in outline.all("script"))  # type: ignore[union-attr]
        assert not [name for _, attrs in outline.tags for name in attrs if name == "style" or name.startswith("on")]


def test_every_address_on_a_page_is_there(client: Client, ledger: Ledger) -> None:
    """With its anchor, so that no link leads past the words that it promises. Of alike filters one is followed."""
    known: dict[str, set[str]] = {}
    followed: set[tuple[str, tuple[str, ...]]] = set()
    for address in addresses(ledger):
        outline = Outline(client.get(address).text)
        for link in {*outline.values("href"), *outline.values("src")}:
            place, _, anchor = (link if link[0] != "#" else address + link).partition("#")
            path, _, query = place.partition("?")
            alike = (path, tuple(sorted({pair.partition("=")[0] for pair in query.split("&")})))
            if link.startswith("https://") or (query and place not in known and alike in followed):
                continue  # the articles' own addresses are elsewhere
            followed.add(alike)
            if place not in known:
                answer = client.get(place)
                assert answer.status == 200, f"{address}: {place}"
                html = answer.headers["content-type"].startswith("text/html")
                known[place] = set(Outline(answer.text).values("id")) if html else set()
            assert not anchor or anchor in known[place], f"{address}: {link}"


def test_one_click_leads_to_the_words(client: Client, ledger: Ledger) -> None:
    """Every record of every list leads to an anchor that its article has."""
    for place in LISTS:
        for record, article in re.findall(r'id="e-([^"]+)".*?href="/articles/(\w+)#r-\1"', client.get(place).text, re.S):
            assert f'id="r-{record}"' in client.get(f"/articles/{article}").text
        shown = client.get(f"{place}.json").json()["entries"]
        assert all(f'/articles/{e["source"]["id"]}#r-{e["record"]["id"]}"' in client.get(place).text for e in shown)


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_shows_the_same_in_each_form(kind: str, client: Client, ledger: Ledger) -> None:
    place = PAGES[kind].path
    standing = [r.id for r in ledger.records(kind) if r.review != "rejected"]
    page, data, table = (client.get(f"{place}{form}") for form in ("", ".json", ".csv"))
    assert [e["record"]["id"] for e in data.json()["entries"]] == standing
    assert [row["id"] for row in table.rows()] == standing
    assert re.findall(r'<article class="entry[^"]*" id="e-([^"]+)"', page.text) == standing
    assert data.json()["total"] == len(standing)


def test_the_overview_counts_what_is_there(client: Client, ledger: Ledger) -> None:
    data = client.get("/index.json").json()
    assert data["articles"] == 4
    for kind, count in data["counts"].items():
        assert count == sum(r.review != "rejected" for r in ledger.records(kind))
    assert data["unchecked"] == len(ledger.records().where(review="proposed"))
    assert data["speakers"][0] == {"value": "ana-velkova", "name": "Ana Velkova", "count": 4}
    assert data["unknown_speakers"] == 1
    text = client.get("/").text
    assert "4 articles" in text
    assert f"{data['assumed'][0]} of {data['assumed'][1]} inputs assumed" in text
    assert {row["count"] for row in client.get("/index.csv").rows() if row["what"] == "Ana Velkova"} == {"4"}


def test_the_overview_folds_what_two_outlets_print(client: Client) -> None:
    data = client.get("/index.json").json()
    assert (data["pledged"]["folded"], data["pledged"]["total"], data["counts"]["pledge"]) == (True, 3, 4)
    loan = next(p for p in data["pledged"]["first"] if len(p["promise"]["places"]) == 2)
    assert {place["outlet"] for place in loan["promise"]["places"]} == {"The Ostrava Post", "Marland Herald"}
    assert "the sum differs between outlets" in client.get("/").text


def test_the_overview_says_where_there_are_too_many_to_fold(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.web.pages import overview

    monkeypatch.setattr(overview, "_COMPARED", 3)
    data = client.get("/index.json").json()
    assert (data["pledged"]["folded"], data["pledged"]["total"]) == (False, 4)
    assert [(s["stage"], s["count"]) for s in data["pledged"]["stages"]] == [("floated", 1), ("announced", 1), ("committed", 1), ("unknown", 1)]
    assert "too many to be compared here" in client.get("/").text
    assert 'href="/pledges?stage=floated"' in client.get("/").text


def test_the_overview_says_what_depends_on_what(client: Client) -> None:
    text = re.sub(r"<[^>]+>|\s+", " ", client.get("/").text)
    assert re.search(r"The League guarantees the truce\. .* depends on +Marland is armed\. +and +A mission monitors the truce\.", text)
    assert "only if Marland does" in text


def test_an_article_lists_its_records(client: Client, ledger: Ledger) -> None:
    article = ledger.articles.where(publisher="The Ostrava Post").first()
    assert article is not None
    data = client.get(f"/articles/{article.id}.json").json()
    assert data["text"] == article.text == made.POST
    assert [e["record"]["id"] for e in data["entries"]] == [r.id for r in ledger.records().where(article=article)]
    assert data["counts"]["term"] == 3
    only = client.get(f"/articles/{article.id}.json?show=none&show=term").json()
    assert {e["record"]["kind"] for e in only["entries"]} == {"term"}
    assert set(only["hidden"]) == set(PAGES) - {"term"}
    page = client.get(f"/articles/{article.id}?show=none&show=term").text
    assert 'class="reading hide-statement hide-pledge hide-position' in page
    assert page.count(" checked>") == 1
    assert [row["kind"] for row in client.get(f"/articles/{article.id}.csv?show=term").rows()] == ["term"] * 3


def test_an_article_does_not_mark_what_was_rejected(client: Client, ledger: Ledger) -> None:
    """Its words only light up for whoever comes from the record itself."""
    rejected = ledger.positions.where(review="rejected").first()
    assert rejected is not None
    page = client.get(f"/articles/{rejected.article}").text
    assert f'<mark class="k-rejected f-words" data-r="{rejected.id}" id="r-{rejected.id}">monitors</mark>' in page
    assert f'id="l-{rejected.id}"' not in page
    assert "1 rejected record not marked" in page
    assert rejected.id not in client.get(f"/articles/{rejected.article}.json").text


def test_a_record_shows_its_fields_reasons_and_judgements(client: Client, ledger: Ledger) -> None:
    spend = made.one(ledger, "pledge", "3 per cent")
    data = client.get(f"/records/{spend.id}.json").json()
    stage = next(f for f in data["fields"] if f["name"] == "stage")
    assert (stage["value"], stage["edited"], stage["machine"]) == ("floated", True, "announced")
    assert [j["by"] for j in data["judgements"]] == ["Ida Lund"]
    text = client.get(f"/records/{spend.id}").text
    for words in ("the machine read:", "announced", "Ida Lund", "is not yet a promise", "edited by a person", "planned, not done", "by 31 December 2027"):
        assert words in text
    assert client.get(f"/records/{spend.id}.csv").rows()[0]["stage"] == "floated"


def test_a_record_says_why_something_is_unknown(client: Client, ledger: Ledger) -> None:
    trap = made.one(ledger, "statement", "a trap")
    text = client.get(f"/records/{trap.id}").text
    assert 'title="an official of Tarn who is not named"' in text
    assert re.search(r'class="reason">an official of Tarn who is not named<', text)
    for place in ("/statements", f"/articles/{trap.article}"):
        assert re.search(r"<b>speaker unknown:</b> an official of Tarn who is not named", client.get(place).text)


def test_a_record_shows_the_paragraph_of_its_words(client: Client, ledger: Ledger) -> None:
    loan = made.one(ledger, "pledge", "signed a loan")
    text = client.get(f"/records/{loan.id}").text
    passage = text.split('class="passage text">')[1].split("</div>")[0]
    paragraph = next(p for p in made.POST.split("\n") if "signed a loan" in p)
    assert re.sub(r"<[^>]+>", "", passage) == paragraph
    assert 'class="k-pledge f-financing"' in passage


def test_a_statement_shows_what_rests_on_it(client: Client, ledger: Ledger) -> None:
    needs = made.one(ledger, "statement", "needs an armed")
    dependents = client.get(f"/records/{needs.id}.json").json()["dependents"]
    assert [kind_of(ledger.get(e["record"]["id"])) for e in dependents] == ["term"] * 3


def test_undone_judgements_are_shown_as_such(client: Client, ledger: Ledger) -> None:
    told = made.one(ledger, "statement", "hardest winter")
    data = client.get(f"/records/{told.id}.json").json()
    assert (len(data["judgements"]), data["standing"]) == (2, [])
    assert "(undone since)" in client.get(f"/records/{told.id}").text


def test_badges_stand_wherever_a_record_does(client: Client, ledger: Ledger) -> None:
    cases = {
        ("event", "ask the League"): ["planned, not done", "machine-read, not checked"],
        ("event", "threatened Marland"): ["said not to be so"],
        ("statement", "could come in June"): ["hypothetical", "hearsay"],
        ("event", "withdrawn its envoy"): ["hearsay", "disputed by a person"],
        ("statement", "We keep our word"): ["accepted by a person"],
    }
    for (kind, words), badges in cases.items():
        record = made.one(ledger, kind, words)
        for place in (PAGES[kind].path, f"/records/{record.id}", f"/records?id={record.id}"):
            text = client.get(place).text
            assert all(badge in text for badge in badges), (place, badges)


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("term", "an armed Marland", r'according to <a href="/records/st-\w+">Ana Velkova</a>'),
        ("pledge", "3 per cent", r'according to <a href="/actors/ana-velkova">Ana Velkova</a>'),
        ("pledge", "signed a loan", r"according to The Ostrava Post<"),
        ("event", "withdrawn its envoy", r'according to <span class="unknown" title="“is said to” names nobody">a source unknown'),
        ("statement", "We keep our word", r"reported by The Ostrava Post"),
    ],
)
def test_it_is_said_whose_word_a_record_is(kind: str, words: str, said: str, client: Client, ledger: Ledger) -> None:
    record = made.one(ledger, kind, words)
    assert re.search(said, client.get(f"/records?id={record.id}").text)


def test_actors_are_counted_over_entries_and_mentions(client: Client) -> None:
    data = client.get("/actors.json").json()
    by_id = {a["id"]: a for a in data["actors"]}
    assert by_id["unnamed:official"]["type"] is None
    assert "the ledger has no entry for it" in client.get("/actors").text
    assert by_id["ana-velkova"]["counts"]["statement"] == 4
    assert [a["id"] for a in client.get("/actors.json?text=orden").json()["actors"]] == ["emile-orden"]
    assert {a["type"] for a in client.get("/actors.json?type=state").json()["actors"]} == {"state"}


def test_an_actor_shows_its_records_by_role(client: Client) -> None:
    data = client.get("/actors/OS.json").json()
    assert [(part["heading"], part["total"]) for part in data["roles"]] == [("Pledged", 3), ("Belongs to", 1), ("Did", 1)]
    assert data["total"] == 5
    page = client.get("/actors/ana-velkova").text
    assert "President, Ostrava: 1 May 2022 to now, or not known" in page


def test_a_weighing_says_what_it_rests_on(client: Client) -> None:
    data = client.get("/weighing.json").json()
    text = client.get("/weighing").text
    assert data["report"]["first_line"] in text
    assert "It is not a forecast" in text
    ids = re.findall(r'class="rests" href="/records\?id=([^"]+)"', text)
    assert ids
    for group in ids:
        assert client.get(f"/records?id={group.replace('&amp;', '&')}").status == 200


def test_a_weighing_is_the_same_for_the_same_address(client: Client) -> None:
    assert client.get("/weighing.json?seed=3&draws=50").body == client.get("/weighing.json?seed=3&draws=50").body
    assert client.get("/weighing.json?seed=3&draws=50").json()["report"]["parameters"]["draws"] == 50


def test_a_weighing_takes_away_what_the_address_says(client: Client) -> None:
    text = client.get("/weighing?without=Marland+is+armed").text
    assert "Without Marland is armed" in text
    assert re.search(r"Terms that fall</dt><dd>[^<]*A mission monitors the truce", text)


def test_search_finds_records_articles_and_actors(client: Client) -> None:
    found = client.get("/search.json?q=truce").json()
    assert {f["kind"] for f in found["found"]} >= {"position", "statement", "article"}
    assert client.get("/search.json?q=truce&kind=statement").json()["found"][0]["kind"] == "statement"
    assert [a["id"] for a in client.get("/search.json?q=ana+velkova").json()["actors"]] == ["ana-velkova"]
    one = client.get("/search.json?q=truce&limit=1").json()
    assert (len(one["found"]), one["more"]) == (1, True)
    assert '<mark class="hit">truce</mark>' in client.get("/search?q=truce&kind=article").text


def test_an_empty_ledger_says_what_to_do(tmp_path, client: Client) -> None:  # type: ignore[no-untyped-def]
    from detente.web import create_app

    Ledger.open(tmp_path / "empty.db", create=True).close()
    empty = Client(create_app(tmp_path / "empty.db"))
    for address in ("/", "/articles", *LISTS, "/records", "/actors", "/weighing", "/search?q=a"):
        assert empty.get(address).status == 200, address
        assert empty.get(as_form(address, "json")).status == 200
        assert empty.get(as_form(address, "csv")).status == 200
    assert "detente read ARTICLE.txt" in empty.get("/").text
    assert "nothing to weigh" in empty.get("/weighing").text


def test_what_is_added_meanwhile_shows(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from detente.web import create_app

    path = made.build(tmp_path / "grows.db")
    client = Client(create_app(path))
    before = client.get("/statements.json?review=accepted").json()["total"]
    with Ledger.open(path) as ledger:
        ledger.judge(made.one(ledger, "statement", "a pause"), "accept", by="Per Holm")
    assert client.get("/statements.json?review=accepted").json()["total"] == before + 1


def test_json_is_what_the_page_shows_and_reads_back(client: Client, ledger: Ledger) -> None:
    from detente.records import decode, encode

    for e in client.get("/records.json?per=all").json()["entries"]:
        assert encode(decode(json.dumps(e["record"]))) == encode(ledger.get(e["record"]["id"]))

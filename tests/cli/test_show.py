"""`detente show`, `search`, `who`: what is on record, put to a person, to a program, to a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.cli.common import _widths, _wrapped
from detente.cli.view import COLUMNS
from detente.ledger import Ledger
from detente.ledger.questions.wording import attributed, hung_on, when
from detente.records import Authority, Condition, Pledge, Statement

from ..ledger import made

RECORD_KINDS = [kind for kind in COLUMNS if kind not in ("actors", "articles")]
COUNTS = {"statements": 2, "pledges": 1, "terms": 1, "positions": 1, "events": 1, "memberships": 1, "deals": 0, "actors": 5, "articles": 1}


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_table_holds_every_thing_with_its_id(kind: str, run, ledger) -> None:
    shown, ids = run("show", kind), run("show", kind, "--ids").out.split()
    assert (shown.status, shown.err) == (0, "")
    assert len(ids) == COUNTS[kind]
    if not ids:
        assert shown.out == f"no {kind} found\n"
        return
    assert shown.out.startswith(f"{COUNTS[kind]} {kind if COUNTS[kind] > 1 else kind[:-1]}")
    for id_ in ids:
        assert (id_ if kind != "articles" else id_[:12]) in shown.out, "an id is in pieces"
    assert max(map(len, shown.out.split("\n"))) <= 100
    assert [line for line in shown.out.split("\n") if line != line.rstrip()] == []


@pytest.mark.parametrize("kind", COLUMNS)
def test_json_and_csv_hold_the_same_things_as_the_table(kind: str, run, ledger) -> None:
    ids = run("show", kind, "--ids").out.split()
    things = run("show", kind, "--json").json
    assert [thing["id"] for thing in things] == ids
    assert all(thing["kind"] == kind.removesuffix("s") for thing in things)
    rows = list(csv.DictReader(io.StringIO(run("show", kind, "--csv").out, newline="")))
    assert [row["id"] for row in rows] == (ids if kind != "articles" else [id_[:12] for id_ in ids])


def test_a_table_says_what_a_person_has_looked_at(run, ledger) -> None:
    assert run("show", "statements").out.startswith("2 statements, machine-read; none of them reviewed")
    assert "review " not in run("show", "statements").out.split("\n")[1]
    run("review", run("show", "statements", "--ids").out.split()[0], "reject", "--by", "Ana")
    shown = run("show", "statements").out
    assert shown.startswith("2 statements, machine-read; 1 of them reviewed")
    assert [line.split()[-1] for line in shown.split("\n") if "st-" in line] == ["rejected", "proposed"]
    assert "machine-read" not in run("show", "actors").out


FILTERS = [
    ("statements", ["--speaker", "Ana Velkova"], 2),
    ("statements", ["--speaker", "the president of Ostrava"], 2),
    ("statements", ["--speaker", "ANA VELKOVA", "--mode", "direct"], 1),
    ("statements", ["--speaker", "Emile Orden"], 0),
    ("statements", ["--actor", "Ana Velkova"], 2),
    ("statements", ["--text", "keep our word"], 1),
    ("statements", ["--publisher", "the ostrava post"], 2),
    ("statements", ["--publisher", "The Marland Times"], 0),
    ("statements", ["--since", "2025-03-02", "--until", "2025-03-02"], 2),
    ("statements", ["--since", "2025-03-03"], 0),
    ("statements", ["--until", "2025-03-01"], 0),
    ("pledges", ["--actor", "Marland"], 1),
    ("pledges", ["--actor", "OS"], 1),
    ("pledges", ["--stage", "announced", "--type", "loan"], 1),
    ("pledges", ["--stage", "delivered"], 0),
    ("terms", ["--type", "monitoring"], None),  # terms have a category and no type
    ("positions", ["--stance", "conditional"], 1),
    ("positions", ["--stance", "support"], 0),
    ("events", ["--type", "CONSULT"], 1),
    ("memberships", ["--review", "proposed"], 1),
    ("memberships", ["--review", "accepted"], 0),
    ("statements", ["--where", "factuality=planned"], 1),
    ("statements", ["--where", "factuality=planned", "--where", "mode=direct"], 0),
    ("pledges", ["--where", "hearsay=false"], 1),
    ("pledges", ["--where", "hearsay=true"], 0),
    ("pledges", ["--where", "beneficiary=Marland"], 1),
    ("pledges", ["--where", "testable=unknown"], 1),
    ("pledges", ["--where", "article=coast/first.txt"], 1),
    ("pledges", ["--where", "factuality"], None),
    ("pledges", ["--where", "mood=angry"], None),
    ("actors", ["--type", "state"], 2),
    ("articles", ["--text", "truce"], 1),
    ("articles", ["--text", "pipeline"], 0),
]


@pytest.mark.parametrize(("kind", "asked", "number"), FILTERS, ids=[f"{k} {' '.join(a)}" for k, a, _ in FILTERS])
def test_filters(kind: str, asked: list[str], number: int | None, run, ledger) -> None:
    ran = run("show", kind, *asked, "--ids")
    if number is None:
        assert ran.status == 2
        assert asked[-1].partition("=")[0] in ran.err or asked[0].removeprefix("--") in ran.err
    else:
        assert (ran.status, len(ran.out.split())) == (0, number)


# ---------------------------------------------------------------- evidence


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_evidence_shows_the_exact_words_in_their_sentence(kind: str, run, ledger) -> None:
    shown = " ".join(run("show", kind, "--evidence").out.split())
    text = " ".join(made.TEXT.split())
    for thing in run("show", kind, "--json").json:
        core = [e["exact"] for e in thing["evidence"] if e["field"] in ("words", "content")]
        for words in core:
            assert f"[{words}]" in shown
            assert words in text
        assert f"{thing['id']} · proposed" in shown
    if COUNTS[kind]:
        assert "The Ostrava Post, 2025-03-02" in shown


def test_every_value_of_the_evidence_says_what_it_is(run, ledger) -> None:
    shown = " ".join(run("show", "pledges", "--evidence").out.split())
    assert shown.startswith("pledger: Ostrava → Marland · comes to: 2.26 million crowns, by 2027-12-31, announced · according to: unknown")


def test_evidence_keeps_quotation_marks_and_tells_why(run, tmp_path) -> None:
    text = "Ms Velkova said: “We keep [all of] our word.” Nobody else spoke."
    article = made.article(text, origin="quoted.txt", publisher=None, published=None)
    said = made.make(Statement, article, {"cue": "said", "content": "“We keep [all of] our word.”"}, speaker=None, mode="direct",
                     reasons={"speaker": "two persons are called Velkova"})  # fmt: skip
    with Ledger.open(tmp_path / "detente.db", create=True) as kept:
        kept.add(article, [said])
    shown = run("show", "statements", "--evidence").out
    assert "Ms Velkova [said]: [“We keep [all of] our word.”]" in shown
    assert "speaker: unknown" in shown
    assert "speaker: two persons are called Velkova" in shown
    assert "quoted.txt, date unknown" in shown
    assert "Nobody else" not in shown


def test_a_table_says_unknown_for_what_is_not_known(run, ledger) -> None:
    assert "unknown" in run("show", "terms").out


# ---------------------------------------------------------------- spreadsheets


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)"]


@pytest.fixture
def hostile(tmp_path):
    """A ledger with a text, an outlet, a title and a speaker that a spreadsheet could take for formulas."""
    text = "\n".join(f"{words} said Velkova. They said: {words}" for words in FORMULAS)
    article = made.article(text, origin="=cmd.txt", publisher="@outlet", title="-title")
    records = [
        made.make(Statement, article, {"content": words, "cue": "said"}, words, mode="direct",
                  speaker=made.VELKOVA.replace(name=words))
        for words in FORMULAS
    ]  # fmt: skip
    actors = [made.ACTORS[2].replace(id=f"person:{n}", name=words) for n, words in enumerate(FORMULAS)]
    with Ledger.open(tmp_path / "detente.db", create=True) as kept:
        kept.add(article, records, actors)


@pytest.mark.parametrize("kind", ["statements", "actors", "articles"])
def test_csv_runs_nothing_in_a_spreadsheet(kind: str, run, hostile) -> None:
    rows = list(csv.reader(io.StringIO(run("show", kind, "--csv").out, newline="")))
    cells = [cell for row in rows[1:] for cell in row]
    assert any(cell.startswith("'") for cell in cells)
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")] == []


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [(None, ""), ("2025-03-02", "2025-03-02"), ("../2027-12-31", "by 2027-12-31"), ("2025-03/..", "from 2025-03"),
     ("2025-03-01/2025-03-31", "2025-03-01 to 2025-03-31"), ("2025-2X", "2025-2X")],
)  # fmt: skip
def test_a_date_is_put_as_a_person_writes_it(edtf: str | None, shown: str) -> None:
    assert when(edtf) == shown


# ---------------------------------------------------------------- layout

WORDS = st.lists(st.text("ab ", max_size=40), min_size=1, max_size=4)


@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(10, 120))
def test_columns_fill_the_room_and_break_no_word_that_fits(columns: list[list[str]], room: int) -> None:
    widths = _widths(columns, room)
    longest = [max((len(w) for cell in cells for w in cell.split()), default=1) for cells in columns]
    assert len(widths) == len(columns)
    assert all(width >= 1 for width in widths)
    if sum(longest) <= room:
        assert sum(widths) <= room
        assert all(width >= low for width, low in zip(widths, longest, strict=True))
    natural = [max(1, *map(len, cells)) for cells in columns]
    if sum(natural) <= room:
        assert widths == natural


def test_the_longest_words_are_broken_first_so_that_days_stay_whole() -> None:
    assert _widths([["2025-03-14"], ["a" * 40], ["b" * 60]], 40) == [10, 15, 15]


@given(st.text("ab c-", max_size=200), st.integers(30, 80))
def test_a_wrapped_line_has_the_same_words(line: str, width: int) -> None:
    wrapped = _wrapped(line, width)
    assert wrapped.split() == line.split()
    assert all(len(part) <= width or " " not in part.strip() for part in wrapped.split("\n"))


def test_a_wrapped_line_stands_under_its_own_indent() -> None:
    assert _wrapped("    - one two three four", 20) == "    - one two three\n        four"
    assert _wrapped("", 20) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Marland joins", "if Marland joins"), ("only if Marland does", "only if Marland does"), ("as long as it lasts", "as long as it lasts"),
     ("Unless it rains", "Unless it rains"), ("ifs and buts", "if ifs and buts"), ("", "if ")],
)  # fmt: skip
def test_a_condition_says_if_once(text: str, shown: str) -> None:
    assert hung_on(Condition(text=text, type="other")) == shown


AUTHORITIES = [
    (Authority(kind="statement", id="st-1", name="Ana Velkova"), {"factuality": "planned"}, ", according to Ana Velkova, planned"),
    (Authority(kind="outlet", id="a", name="The Ostrava Post"), {"hearsay": True}, ", hearsay"),
    (Authority(kind="outlet", id="a", name="The Ostrava Post"), {}, ""),
    (None, {"factuality": "negated"}, ", negated"),
]


@pytest.mark.parametrize(("authority", "fields", "shown"), AUTHORITIES)
def test_whose_word_it_is_stands_behind_the_outlet(authority, fields, shown: str, run, tmp_path) -> None:
    article = made.article()
    pledge = next(r for r in made.records(article) if isinstance(r, Pledge)).replace(according_to=authority, **fields)
    assert attributed(pledge) == shown
    with Ledger.open(tmp_path / "detente.db", create=True) as kept:
        kept.add(article, [pledge], made.ACTORS)
    if fields.get("factuality") != "negated":  # what is denied is no promise
        assert f"The Ostrava Post, 2025-03-02{shown} [" in run("ask", "promises").out


# ---------------------------------------------------------------- search, who, ask


def test_search_finds_records_and_articles(run, ledger) -> None:
    hits = run("search", "crowns", "--json").json
    assert {hit["kind"] for hit in hits} == {"statement", "pledge"}
    shown = run("search", "crowns").out
    assert shown.startswith("2 found")
    assert all(hit["id"] in shown for hit in hits)
    assert [hit["kind"] for hit in run("search", "crowns", "--kind", "article", "--json").json] == ["article"]
    assert len(run("search", "Velkova", "--limit", "1", "--json").json) == 1
    assert run("search", "two", "words", "apart").out == "nothing found\n"
    assert run("search", "two", "words", "apart", "--json").json == []


def test_who_gives_an_actor_with_the_reason(run) -> None:
    ran = run("who", "the", "PM", "--on", "2025-03-02", "--in", "uk")
    assert ran.status == 0
    assert ran.out.startswith("Keir Starmer: Prime Minister of the United Kingdom from 2024-07-05")
    answer = run("who", "the PM", "--on", "2025-03-02", "--in", "GB", "--json").json
    assert (answer["words"], answer["on"], answer["in"]) == ("the PM", "2025-03-02", "GB")
    assert answer["actor"]["name"] == "Keir Starmer"


def test_who_says_that_it_cannot_tell_and_why(run) -> None:
    ran = run("who", "the PM", "--on", "2025-03-02")
    assert (ran.status, ran.out) == (0, "unknown: 'PM': the article's country is not known\n")
    assert run("who", "the PM", "--on", "2025-03-02", "--json").json["actor"] is None


def test_who_reads_a_persons_own_registry(run, tmp_path) -> None:
    (tmp_path / "mine" / "people").mkdir(parents=True)
    (tmp_path / "mine" / "people" / "mine.csv").write_text(
        "id,name,aliases,gender,country,qid\nana-velkova,Ana Velkova,,f,SK,\n", encoding="utf-8"
    )
    assert run("who", "Ana Velkova", "--on", "2025-03-02").out.startswith("unknown")
    assert run("who", "Ana Velkova", "--on", "2025-03-02", "--registry", "mine").out.startswith("Ana Velkova: ")

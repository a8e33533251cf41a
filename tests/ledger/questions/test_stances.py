"""Where parties stand, who shifted, and how propositions are grouped into issues."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import MalformedInput, MissingInput
from detente.ledger import Ledger
from detente.ledger.questions import code_book, contradictions, shifts, stands
from detente.ledger.questions.code_book import default_text
from detente.records import Condition

from .. import made
from .telling import on, position


@pytest.fixture
def ledger():
    with Ledger.memory() as opened:
        yield opened


# ------------------------------------------------------------------ the code book

CODED = [
    ("lift the sanctions on Marland", [("sanctions", -1)]),
    ("the sanctions are to be eased", [("sanctions", -1)]),
    ("keep all the sanctions in place", [("sanctions", 1)]),
    ("the sanctions", [("sanctions", 0)]),
    ("not lift the sanctions", [("sanctions", 0)]),
    ("the sanctions shouldn’t be lifted", [("sanctions", 0)]),
    ("an unconditional ceasefire", [("ceasefire", 1)]),
    ("send peacekeepers to the border", [("troops", 1), ("territory", 0)]),
    ("boots on the ground", [("troops", 1)]),
    ("raise military spending", [("defence-spending", 1)]),
    ("cut the defence budget", [("defence-spending", -1)]),
    ("use the frozen assets", [("assets", 1)]),
    ("join the League", [("membership", 1)]),
    ("no ceasefire", [("ceasefire", -1)]),
    ("a better tomorrow", []),
    ("", []),
]


@pytest.mark.parametrize(("proposition", "expected"), CODED, ids=[c[0] for c in CODED])
def test_a_proposition_is_about_issues_and_says_them_one_way_or_the_other(proposition, expected):
    assert [(c.issue.id, c.direction) for c in code_book().code(proposition)] == expected


def test_every_pattern_of_the_packaged_book_finds_itself():
    """Alternatives, gaps and options taken away, the words of a pattern must be found under its issue."""
    import tomllib

    book = code_book()
    for entry in tomllib.loads(default_text())["issue"]:
        for side in ("about", "for", "against"):
            for pattern in entry.get(side, []):
                words = " ".join(
                    p.split("|")[0].strip("~?") for p in pattern.split() if not p.startswith("*")
                )
                assert entry["id"] in [c.issue.id for c in book.code(words)], (entry["id"], pattern, words)


@given(st.text(max_size=60))
def test_whatever_the_words_are_the_book_answers_the_same_twice(words):
    assert code_book().code(words) == code_book().code(words)


BAD = [
    ("", "nothing"),
    ("[[issue]]\n", "id: got None"),
    ("issue = 3\n", "[[issue]]"),
    ('[[issue]]\nid = "a"\n', "proposition: got None"),
    ('[[issue]]\nid = "a"\nproposition = "A."\n', "no pattern"),
    ('[[issue]]\nid = "a"\nproposition = "A."\nabout = "word"\n', "about: got 'word'"),
    ('[[issue]]\nid = "a"\nproposition = "A."\nabout = ["*"]\n', "about: got ['*']"),
    ('[[issue]]\nid = "a"\nproposition = "A."\nabove = ["word"]\n', "got above"),
    ('[[issue]]\nid = "a"\nproposition = "A."\nabout = ["b"]\n' * 2, "'a' twice"),
    ("[[issue\n", "not TOML"),
]


@pytest.mark.parametrize(("text", "words"), BAD, ids=[b[1] for b in BAD])
def test_a_book_that_is_none_is_refused_with_the_place(tmp_path, text, words):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MalformedInput) as caught:
        code_book(path)
    assert words in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_a_book_that_cannot_be_read(tmp_path):
    with pytest.raises(MissingInput, match="--show-code-book"):
        code_book(tmp_path / "nowhere.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(MalformedInput, match="UTF-8"):
        code_book(tmp_path / "bytes.toml")


# ------------------------------------------------------------------ stands


def stances(ledger, about=None, **more):
    return [(s.actor.name, s.stances, s.proposition) for s in stands(ledger, about, **more)]


def test_a_later_stance_supersedes_an_earlier_one(ledger):
    position(ledger, "Orden opposes a truce.", "There is to be a truce.", "oppose")
    position(ledger, "Orden backs a truce.", "There is to be a truce.", "support", source=on("2025-03-09"))
    (row,) = stands(ledger, "ceasefire")
    assert (row.stances, row.since, row.earlier) == (("support",), "2025-03-09", (("2025-03-02", "oppose"),))
    assert [p.published for p in row.places] == ["2025-03-02", "2025-03-09"]
    assert stances(ledger, as_of="2025-03-05") == [("Émile Orden", ("oppose",), "The fighting is to stop.")]


def test_valid_from_counts_and_not_the_day_of_the_article(ledger):
    position(
        ledger,
        "Orden had opposed a truce.",
        "a truce",
        "oppose",
        valid_from="2025-02-01",
        source=on("2025-03-09"),
    )
    position(ledger, "Orden backs a truce.", "a truce", "support")
    assert stances(ledger)[0][1] == ("support",)


NOT_FIRM = [{"hearsay": True}, {"factuality": "planned"}]


@pytest.mark.parametrize("fields", NOT_FIRM, ids=str)
def test_hearsay_and_plans_supersede_nothing_at_first_hand(ledger, fields):
    position(ledger, "Orden opposes a truce.", "a truce", "oppose")
    position(
        ledger, "Orden is said to back a truce.", "a truce", "support", source=on("2025-03-09"), **fields
    )
    (row,) = stands(ledger)
    assert (row.stances, len(row.places)) == (("oppose",), 2)
    assert shifts(ledger).rows == ()


@pytest.mark.parametrize(
    "fields", [{"factuality": "negated"}, {"factuality": "hypothetical"}, {"actor": None}], ids=str
)
def test_what_is_no_stance_is_left_out_with_the_reason(ledger, fields):
    position(ledger, "Orden and a truce.", "a truce", "oppose", **fields)
    answer = stands(ledger)
    assert answer.rows == ()
    assert len(answer.left_out) == 1


def test_words_that_say_the_opposite_turn_the_stance_round_and_say_so(ledger):
    position(ledger, "Orden wants to lift the sanctions.", "lift the sanctions", "support")
    position(
        ledger, "Velkova wants to keep the sanctions.", "keep the sanctions", "support", actor=made.VELKOVA
    )
    assert stances(ledger, "sanctions") == [
        ("Ana Velkova", ("support",), "Sanctions are to be kept or tightened."),
        ("Émile Orden", ("oppose",), "Sanctions are to be kept or tightened."),
    ]
    assert (
        "turned round, since the words say the opposite: “lift the sanctions”"
        in stands(ledger, actor="Émile Orden").text()
    )


def test_sanctions_on_two_states_are_two_propositions(ledger):
    position(ledger, "Orden wants to lift the sanctions on Chad.", "lift the sanctions on Chad", "support")
    position(
        ledger,
        "Orden wants to keep the sanctions on Peru.",
        "keep the sanctions on Peru",
        "support",
        source=on("2025-04-01"),
    )
    assert {s[2] for s in stances(ledger)} == {
        "Sanctions are to be kept or tightened. (Chad)",
        "Sanctions are to be kept or tightened. (Peru)",
    }
    assert shifts(ledger).rows == ()


def test_an_issue_that_the_book_does_not_know_is_unknown_and_found_by_its_words(ledger):
    position(ledger, "Orden wants a bigger harbour.", "a bigger harbour", "support")
    answer = stands(ledger, "harbour")
    assert answer[0].issues == ()
    assert "[issue unknown]" in answer.text()
    assert answer.table()[0]["issue"] == "unknown"


def test_sources_of_one_day_that_differ_are_both_shown(ledger):
    position(
        ledger,
        "Orden backs a truce.",
        "a truce",
        "support",
        conditions=(Condition(text="with monitors", type="term"),),
    )
    position(ledger, "Orden is against a truce.", "a truce", "oppose", source=on("2025-03-02", "Coast News"))
    (row,) = stands(ledger)
    assert sorted(row.stances) == ["oppose", "support"]
    assert "sources differ on 2025-03-02" in list(row.details())


# ------------------------------------------------------------------ shifts


def test_a_shift_has_both_sentences(ledger):
    before = position(ledger, "Orden opposes a truce.", "There is to be a truce.", "oppose")
    after = position(
        ledger,
        "Orden now backs an immediate ceasefire.",
        "an immediate ceasefire",
        "support",
        source=on("2025-03-09"),
    )
    (shift,) = shifts(ledger)
    assert (shift.before, shift.after, shift.until, shift.since) == (
        "oppose",
        "support",
        "2025-03-02",
        "2025-03-09",
    )
    assert [p.record for p in shift.earlier + shift.later] == [before.id, after.id]
    assert shifts(ledger, "Ana Velkova").rows == ()
    assert shifts(ledger, as_of="2025-03-08").rows == ()


def test_a_stance_that_supersedes_another_of_the_same_day_is_a_shift(ledger):
    before = position(ledger, "Orden had opposed a truce.", "a truce", "oppose")
    after = position(
        ledger,
        "Orden now backs a truce.",
        "a truce",
        "support",
        supersedes=before.id,
        source=on("2025-03-02", "Coast News"),
    )
    (row,) = stands(ledger)
    assert (row.stances, row.earlier) == (("support",), (("2025-03-02", "oppose"),))
    (shift,) = shifts(ledger)
    assert (shift.before, shift.after, [p.record for p in shift.later]) == ("oppose", "support", [after.id])
    assert contradictions(ledger).rows == ()
    ledger.judge(after, "reject", by="A. Reader")
    assert (stands(ledger)[0].stances, shifts(ledger).rows) == (("oppose",), ())


NO_SHIFT = [
    ("said again", [("2025-03-02", "support"), ("2025-03-09", "support")]),
    ("an unclear answer", [("2025-03-02", "support"), ("2025-03-09", "ambiguous")]),
    ("two sources of one day", [("2025-03-02", "support"), ("2025-03-02", "oppose")]),
    (
        "an unclear answer between",
        [("2025-03-02", "support"), ("2025-03-09", "ambiguous"), ("2025-03-12", "support")],
    ),
    ("no day known", [(None, "support"), ("2025-03-09", "oppose")]),
]


@pytest.mark.parametrize("told", [n[1] for n in NO_SHIFT], ids=[n[0] for n in NO_SHIFT])
def test_what_is_no_shift(ledger, told):
    for number, (day, stance) in enumerate(told):
        position(
            ledger,
            f"Orden said in speech {number} what he thinks.",
            "a truce",
            stance,
            source=on(day, f"Outlet {number}"),
        )
    assert shifts(ledger).rows == ()


def test_shifts_there_and_back_are_two(ledger):
    for day, stance in (("2025-03-01", "support"), ("2025-03-05", "conditional"), ("2025-03-09", "support")):
        position(ledger, f"Orden on {day} about a truce.", "a truce", stance, source=on(day))
    assert [(s.before, s.after) for s in shifts(ledger)] == [
        ("support", "conditional"),
        ("conditional", "support"),
    ]

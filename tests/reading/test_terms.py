"""Terms: what a deal is to contain or require, by whom, and what depends on what."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading import terms
from detente.reading.page import Page
from detente.reading.phrases import table
from detente.records import TermCategory, TermStatus, check

from .made_pages import page_of, with_statement

V, R = "Ana Velkova", "Tomas Reyl"
LISTS = [  # text, the words of each term with its category
    (
        "The conditions of the deal are a ceasefire; the release of prisoners; and free elections.",
        [
            ("a ceasefire", "ceasefire"),
            ("the release of prisoners", "prisoners"),
            ("free elections", "elections"),
        ],
    ),
    (
        "The plan includes a truce, the withdrawal of troops and a referendum.",
        [
            ("a truce", "ceasefire"),
            ("the withdrawal of troops", "withdrawal"),
            ("a referendum", "referendum"),
        ],
    ),
    (
        "Three conditions: an amnesty, the return of refugees and the deal’s monitoring.",
        [
            ("an amnesty", "amnesty"),
            ("the return of refugees", "refugees"),
            ("the deal’s monitoring", "monitoring"),
        ],
    ),
    (
        "Any deal must include security guarantees and sanctions relief.",
        [("security guarantees", "security_guarantee"), ("sanctions relief", "sanctions_relief")],
    ),
    (
        "The elements of the accord are a customs house; a joint court; and autonomy for Sundby.",
        [("a customs house", None), ("a joint court", None), ("autonomy for Sundby", "autonomy")],
    ),
    (
        "The agreement calls for the withdrawal of troops and tanks.",
        [("the withdrawal of troops and tanks", "withdrawal")],
    ),
    (
        "The release of prisoners in exchange for a truce was the deal.",
        [("The release of prisoners", "prisoners"), ("a truce", "ceasefire")],
    ),
]
SINGLE = [  # text, words, category, status, required
    ("Ana Velkova called for a ceasefire.", "a ceasefire", "ceasefire", "proposed", None),
    (
        "Ana Velkova demanded the release of hostages before any talks.",
        "the release of hostages",
        "prisoners",
        "proposed",
        True,
    ),
    ("Ana Velkova proposed a truce.", "a truce", "ceasefire", "proposed", None),
    ("Ana Velkova accepted the ceasefire.", "the ceasefire", "ceasefire", "agreed", None),
    ("Ana Velkova agreed to a truce.", "a truce", "ceasefire", "agreed", None),
    ("Ana Velkova rejected the truce.", "the truce", "ceasefire", "rejected", None),
    ("Ana Velkova ruled out an amnesty in any deal.", "an amnesty in any deal", "amnesty", "rejected", None),
    ("Ana Velkova floated a referendum in talks.", "a referendum in talks", "referendum", "floated", None),
    (
        "In the talks, frozen assets are under discussion.",
        "frozen assets",
        "assets",
        "under_negotiation",
        None,
    ),
    (
        "A reassurance force is on the table in the talks.",
        "A reassurance force",
        "security_guarantee",
        "under_negotiation",
        None,
    ),
    ("Keld will back a plan to end the war by talks.", "plan to end the war", "ceasefire", "proposed", None),
    ("Any settlement must be monitored.", "Any settlement must be monitored", "monitoring", "proposed", True),
    (
        "The agreement has to be enforced.",
        "The agreement has to be enforced",
        "enforcement",
        "proposed",
        True,
    ),
]
NOTHING = [
    "Ana Velkova called for a taxi after the talks.",
    "The deal must be signed by May.",
    "Ana Velkova did not accept the truce.",
    "The elections in Ostrava were free.",
    "Ana Velkova called for elections.",
    "Ostrava and Marland agreed Keld will monitor the talks.",
    "The talks are over.",
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_a_list_gives_a_term_for_each_part(text, expected):
    found = terms.read(page_of(text))
    assert [(t.core[0].exact, t.category) for t in found] == expected
    for term in found:
        check(term, text)
        assert term.category or term.reasons["category"]


@pytest.mark.parametrize(("text", "words", "category", "status", "required"), SINGLE)
def test_a_term_by_itself(text, words, category, status, required):
    (term,) = terms.read(page_of(text))
    assert (term.core[0].exact, term.category) == (words, category)
    assert (term.status, term.required) == (status, required)
    check(term, text)


@pytest.mark.parametrize("text", NOTHING)
def test_what_names_no_term_gives_none(text):
    assert terms.read(page_of(text)) == []


@pytest.mark.parametrize(
    ("verb", "field"),
    [
        ("proposed", "proposed_by"),
        ("demanded", "proposed_by"),
        ("accepted", "accepted_by"),
        ("rejected", "rejected_by"),
    ],
)
def test_who_proposes_accepts_and_rejects(verb, field):
    (term,) = terms.read(page_of(f"{V} and {R} {verb} a truce."))
    assert [who.name for who in getattr(term, field)] == [V, R]


TALKS = "The talks on a deal go on in Sundby; the delegations want a treaty. "
CLAUSES = [  # text, the words of each term, its category, its status, who proposes it
    (
        "Keld demands that the tolls on the canal be scrapped at the outset.",
        [("the tolls on the canal be scrapped at the outset", None, "proposed", ["Keld"])],
    ),
    ("Keld wants Marland to close the mine.", [("Marland to close the mine", None, "proposed", ["Keld"])]),
    (
        "Marland pressed for the toll to be halved at once.",
        [("the toll to be halved at once", None, "proposed", ["Marland"])],
    ),
    ("Marland has proposed an even split.", [("an even split", None, "proposed", ["Marland"])]),
    (
        "A proposal from Keld that the truce be renewed every month was rejected by Marland.",
        [("the truce be renewed every month", "ceasefire", "rejected", ["Keld"])],
    ),
    (
        "Under the pact, heavy guns are to be pulled back, and unarmed monitors will be posted at the bridge.",
        [
            ("heavy guns are to be pulled back", "withdrawal", "agreed", []),
            ("unarmed monitors will be posted at the bridge", "monitoring", "agreed", []),
        ],
    ),
    (
        "Nor was there agreement on a prisoner exchange.",
        [("a prisoner exchange", "prisoners", "under_negotiation", [])],
    ),
    ("Still unresolved is a joint court.", [("a joint court", None, "under_negotiation", [])]),
    (
        "Marland agreed on Friday to a truce along the river.",
        [("a truce along the river", "ceasefire", "agreed", [])],
    ),
    (
        "They talked of a no-fly zone, an idea floated by Keld.",
        [("a no-fly zone", "enforcement", "proposed", ["Keld"])],
    ),
]
NO_CLAUSES = [
    "Marland said it was rejected by the rebels, according to a person briefed on the talks.",
    "Marland offered £20m toward the cost of the monitoring mission.",
    "No backstop has been agreed.",
    "Keld wants to leave.",
    "Keld insisted that farmers were pleased.",
    "Marland was proposing something else entirely.",
    "The minister demanded an apology.",
]


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_a_term_that_stands_as_a_clause_or_has_no_category(text, expected):
    found = terms.read(page_of(TALKS + text))
    assert [
        (t.proposition, t.category, t.status, [ref.name for ref in t.proposed_by]) for t in found
    ] == expected


@pytest.mark.parametrize("text", NO_CLAUSES)
def test_what_is_no_term_where_talks_go_on(text):
    assert terms.read(page_of(TALKS + text)) == []


ASKED = [  # text, the words of each term, its category, its status, who proposes it
    (
        "Keld is asking for the northern harbour.",
        [("the northern harbour", None, "proposed", ["Keld"])],
    ),
    ("Marland would like 900 visas a year.", [("900 visas a year", None, "proposed", ["Marland"])]),
    (
        "The rebels want the toll halved before they lift their siege.",
        [("the toll halved before they lift their siege", None, "proposed", [])],
    ),
    ("The union wants Marland to admit lorries.", [("Marland to admit lorries", None, "proposed", [])]),
    ("Keld wants a cap on the tolls.", [("a cap on the tolls", None, "proposed", ["Keld"])]),
    ("The opposition called for a harbour fund.", [("a harbour fund", None, "proposed", [])]),
    ("We asked for 70 lorries.", [("70 lorries", None, "proposed", [])]),
    (
        "Keld’s demand for £2m in cash was rejected.",
        [("£2m in cash", None, "rejected", ["Keld"])],
    ),
    ("The rebels abandoned a demand for £2m in cash.", [("£2m in cash", None, "withdrawn", [])]),
    (
        "What Keld could accept, and it told Marland this, is a cap on the tolls.",
        [("a cap on the tolls", None, "proposed", ["Keld"])],
    ),
    (
        "A Keld paper proposing to close the mine was withdrawn on Friday.",
        [("close the mine", None, "withdrawn", ["Keld"])],
    ),
    (
        "The draft has a joint court at the crossing.",
        [("a joint court at the crossing", None, "proposed", [])],
    ),
    (
        "Keld made a lower toll a condition of its signature.",
        [("a lower toll", None, "proposed", ["Keld"])],
    ),
    (
        "Keld will open the bridge on condition that the toll is halved.",
        [("the toll is halved", None, "proposed", ["Keld"])],
    ),
    (
        "Keld will open the bridge as long as the toll is halved by the same date.",
        [("the toll is halved by the same date", None, "proposed", ["Keld"])],
    ),
    (
        "The siege will end provided the rebels let the hostages go.",
        [("the rebels let the hostages go", "prisoners", "proposed", [])],
    ),
    (
        "The loan from Keld is subject to ratification of the treaty by Marland.",
        [("ratification of the treaty by Marland", None, "proposed", [])],
    ),
    (
        "Keld would free the miners in exchange for ten prisoners.",
        [("ten prisoners", "prisoners", "proposed", [])],
    ),
]
AGREED = [
    (
        "The sides agreed on the return of the fishermen and on reopening the canal.",
        ["the return of the fishermen", "reopening the canal"],
    ),
    ("Keld and Marland agree to raise the toll to 12 crowns.", ["raise the toll to 12 crowns"]),
    ("We have agreed on the ferries: Keld will run two of them.", ["Keld will run two of them"]),
    (
        "What has been agreed\n\nThe old bridge will be rebuilt. Lorries are to pass without papers.\n\n"
        "Keld will run the ferries.\n\nThe crowd went home. Keld will hold elections in May.",
        ["The old bridge will be rebuilt", "Lorries are to pass without papers", "Keld will run the ferries"],
    ),
    (
        "The envoy said which points are settled. Keld will dredge the canal.",
        ["Keld will dredge the canal"],
    ),
    (
        "Under the deal, Keld will withdraw its troops. Marland will free its hostages. The deal will be signed in June.",
        ["Keld will withdraw its troops", "Marland will free its hostages"],
    ),
]
OPEN = [
    (
        "Still open: the harbour dues; who pays for the pilots, which Keld has raised; and whether there should be a court.",
        ["the harbour dues", "who pays for the pilots", "there should be a court"],
    ),
    (
        "Not settled, the envoy added: the legal status of Sundby; and the harbour dues.",
        ["the legal status of Sundby", "the harbour dues"],
    ),
    ("What we have not agreed on is the fishing rights.", ["the fishing rights"]),
    ("The lifting of the ban remains at issue.", ["The lifting of the ban"]),
]
NOT_ASKED = [
    "Keld will open the bridge as long as it takes.",
    "Keld would sign, provided Marland takes the same one.",
    "The official spoke on condition that she not be named.",
    "Keld, which provided guns to Marland, left.",
    "Keld’s exports are subject to the weather.",
    "We want a better life.",
    "We want our children to live.",
    "A farmer would like a new tractor.",
    "Keld asked for a comment.",
    "Keld wants a deal.",
    "Keld and Marland agreed to meet in June.",
    "Marland demanded that the terms be published.",
    "It is all right provided nobody laughs.",
]


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_what_a_party_asks_for_or_makes_a_condition(text, expected):
    page = page_of(TALKS + text)
    found = terms.read(page)
    assert [
        (t.proposition, t.category, t.status, [ref.name for ref in t.proposed_by]) for t in found
    ] == expected
    for term in found:
        check(term, page.text)
        assert term.proposed_by or term.reasons["proposed_by"]


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [*(("agreed", *case) for case in AGREED), *(("under_negotiation", *case) for case in OPEN)],
)
def test_what_is_agreed_and_what_is_open(status, text, expected):
    found = terms.read(page_of(TALKS + "\n\n" + text))
    assert [(t.proposition, t.status) for t in found] == [(words, status) for words in expected]


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_nobody_puts_on_the_table(text):
    assert terms.read(page_of(TALKS + text)) == []


@pytest.mark.parametrize("text", [case[0] for case in ASKED[:8]])
def test_what_is_asked_for_is_no_term_where_nothing_is_negotiated(text):
    assert terms.read(page_of("The harbour has a pact. " + text)) == []


def test_a_condition_is_required():
    (term,) = terms.read(page_of(TALKS + "Keld will open the bridge on condition that the toll is halved."))
    assert term.required is True


def test_who_says_it_is_no_part_of_a_term():
    text = TALKS + "They form a force that would defend the deal, Tomas Reyl told the Times."
    page = with_statement(page_of(text), R, "They form a force that would defend the deal", "told")
    cued = page.statements[0]
    at = text.index(R)
    page = Page(
        article=page.article, analysis=page.analysis, cast=page.cast, origin=page.origin,
        statements=(cued.replace(evidence=(*cued.evidence, page.evidence("source", (at, at + len(R))))),),
    )  # fmt: skip
    (term,) = terms.read(page)
    assert term.proposition == "a force that would defend the deal"


def test_who_rejects_what_a_noun_proposes():
    (found,) = terms.read(page_of(TALKS + CLAUSES[4][0]))
    assert [ref.name for ref in found.rejected_by] == ["Marland"]


def test_what_has_no_category_is_a_term_only_in_an_article_about_talks():
    assert terms.read(page_of("The deal is old. Marland has proposed an even split.")) == []


def test_one_term_proposed_by_one_and_rejected_by_another():
    (term,) = terms.read(page_of(f"{V} proposed a truce. {R} rejected the truce."))
    assert [who.name for who in term.proposed_by] == [V]
    assert [who.name for who in term.rejected_by] == [R]
    assert term.status == "rejected"
    assert len(term.core) == 2


def test_terms_that_name_other_actors_are_other_terms():
    assert (
        len(
            terms.read(
                page_of(
                    "Keld proposed autonomy for Sundby. Keld proposed autonomy for Marland. The deal failed."
                )
            )
        )
        == 2
    )


def test_what_a_speaker_lists_is_the_speakers_proposal():
    page = page_of("Ana Velkova said the conditions of a deal are a truce and an amnesty.")
    page = with_statement(page, V, "the conditions of a deal are a truce and an amnesty", "said")
    for term in terms.read(page):
        assert [who.name for who in term.proposed_by] == [V]
        assert term.according_to.name == V
        assert term.required is True


@pytest.mark.parametrize(
    ("after", "required"),
    [
        ("All the parts must hold.", True),
        ("They come as a package.", None),
        ("It all stands or falls together.", None),
    ],
)
def test_the_parts_of_a_package_depend_on_each_other(after, required):
    text = f"The parts of the deal are a truce; an amnesty; and elections. {after}"
    found = terms.read(page_of(text))
    ids = [term.id for term in found]
    assert len(ids) == 3
    for term in found:
        expected = [other for other in ids if other != term.id]
        assert list(term.depends_on) == ([] if "falls" in after else expected)
        assert term.required is required
        assert bool(term.words("depends_on")) is bool(term.depends_on)


def test_without_such_words_no_term_depends_on_another():
    assert all(
        t.depends_on == () for t in terms.read(page_of("The parts of the deal are a truce; and an amnesty."))
    )


def test_both_sides_of_an_exchange_depend_on_each_other_and_of_a_hinge_only_the_first():
    exchange = terms.read(page_of("Keld offered a truce in exchange for an amnesty in the deal."))
    assert all(term.depends_on for term in exchange if len(exchange) > 1)
    truce, amnesty = terms.read(page_of("A truce hinges on an amnesty."))
    assert truce.depends_on == (amnesty.id,)
    assert amnesty.depends_on == ()


def test_the_tables_name_only_categories_and_statuses_that_exist():
    assert {row["category"] for row in table("term_categories")} <= set(get_args(TermCategory))
    assert {row["status"] for row in table("term_frames")} <= set(get_args(TermStatus))


PIECES = st.sampled_from(
    ["Ana Velkova", "Keld", "the conditions of the deal are", "a truce", "an amnesty", ";", ",", "and", "must", ":",
     "in exchange for", "rejected", "called for", "is on the table", "all three parts need", ".", "\n", "“", "”", "plan to end the war"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=30).map(" ".join), st.text(max_size=60)))
def test_any_text_gives_records_that_stand(text):
    found = terms.read(page_of(text))
    ids = {term.id for term in found}
    assert len(ids) == len(found)
    for term in found:
        check(term, text)
        assert set(term.depends_on) <= ids - {term.id}
        assert term.proposition
    assert found == terms.read(page_of(text))

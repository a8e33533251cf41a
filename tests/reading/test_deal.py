"""Deals: title, terms and steps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading import deal, terms
from detente.records import check

from .made_pages import page_of, with_statement

TERM = " Keld called for a ceasefire."
TITLES = [
    ("Ostrava wants a peace deal.", "peace deal"),
    ("Ostrava and Marland signed a prisoner agreement.", "prisoner agreement"),
    ("There is a plan to end the war.", "plan to end the war"),
    ("There is a framework to halt the conflict.", "framework to halt the conflict"),
    ("A deal was near. It would be a peace settlement.", "peace settlement"),
    ("A deal with Marland was near.", "deal with Marland"),
    ("A pact between Ostrava and Marland was near.", "pact between Ostrava and Marland"),
    ("The accord was near.", "accord"),
    ("A ‘peace plan’ was near.", "peace plan"),
    ("A deal on the river was near.", "deal"),
    ("The grain pact was near.", "grain pact"),
    ("It was quiet.", "ceasefire"),
]
STEPS = [  # text, the actors of each step
    ("Ostrava and Keld will draft a treaty, and then debate it with Marland.", [["Ostrava", "Keld"], ["Marland"]]),
    ("Ostrava will draft a plan and then present it to Keld.", [["Ostrava"], ["Keld"]]),
    ("Keld will sign the deal before Marland ratifies it.", [["Keld"], ["Marland"]]),
    ("After Keld signs the deal, Marland will ratify it.", [["Keld"], ["Marland"]]),
    ("Once Keld signs the deal, Marland will ratify it.", [["Keld"], ["Marland"]]),
    ("Marland will ratify the deal once Keld signs.", [["Keld"], ["Marland"]]),
    ("Keld will sign the deal, then Marland will ratify it, and then Sundby will monitor it.", [["Keld"], ["Marland"], ["Sundby"]]),
    ("Ostrava, along with Keld, will write a proposal for Sundby, and then they’ll put that proposal to Marland.",
     [["Ostrava", "Keld", "Sundby"], ["Marland"]]),
]  # fmt: skip
NO_STEPS = [
    "Keld and Marland signed the deal.",
    "Keld went home and then Marland slept.",
    "The deal was signed and then it rained.",
    "Keld did not sign the deal, and then Marland left.",
]


def deals_of(text: str):
    page = page_of(text)
    return deal.read(page, terms.read(page))


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_title_is_the_most_telling_of_the_articles_words(text, title):
    (found,) = deals_of(text + TERM)
    assert found.title == title
    check(found, text + TERM)


@pytest.mark.parametrize(("text", "actors"), STEPS)
def test_steps_in_their_order_with_who_takes_part(text, actors):
    (found,) = deals_of(text + TERM)
    assert [[who.name for who in step.actors] for step in found.steps] == actors
    assert [step.order for step in found.steps] == list(range(1, len(actors) + 1))
    assert len(found.words("steps")) == len(actors)
    assert "steps" not in found.reasons


@pytest.mark.parametrize("text", NO_STEPS)
def test_what_is_in_no_order_has_no_steps(text):
    (found,) = deals_of(text + TERM)
    assert found.steps == ()
    assert found.reasons["steps"]


def test_a_deal_holds_the_terms_of_the_article():
    text = "The conditions of the deal are a truce; and an amnesty."
    page = page_of(text)
    named = terms.read(page)
    (found,) = deal.read(page, named)
    assert found.terms == tuple(term.id for term in named)


def test_without_terms_there_is_no_deal():
    assert deals_of("Ostrava wants a peace deal.") == []


def test_without_words_for_it_there_is_no_deal():
    page = page_of("In the talks Keld called for an amnesty.")
    assert terms.read(page)
    assert deal.read(page, terms.read(page)) == []


def test_the_sentence_that_names_most_who_take_part_decides():
    text = "We will sign the plan with Keld, and then show it to Marland. " + STEPS[-1][0]
    (found,) = deals_of(text + TERM)
    assert [who.name for who in found.steps[0].actors] == ["Ostrava", "Keld", "Sundby"]


def test_whose_word_it_is():
    page = page_of("“We want a peace deal,” said Ana Velkova." + TERM)
    page = with_statement(page, "Ana Velkova", "We want a peace deal", "said", mode="direct")
    (found,) = deal.read(page, terms.read(page))
    assert found.according_to.name == "Ana Velkova"


PIECES = st.sampled_from(
    ["Keld", "Ana Velkova", "will sign", "the deal", "peace plan", "plan to", "end the war", "and then", "before", "once", "with",
     "called for", "a truce", "an amnesty", ",", ";", ".", "“", "”", "\n", "discuss it"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=30).map(" ".join), st.text(max_size=60)))
def test_any_text_gives_at_most_one_deal_that_stands(text):
    found = deals_of(text)
    assert len(found) <= 1
    for record in found:
        check(record, text)
        assert record.title
        assert all(step.actors for step in record.steps)
    assert found == deals_of(text)

"""What a person may add: once filled in it is TOML that weighs, and with it the report says more."""

from __future__ import annotations

import re

import pytest

from detente.errors import SituationError
from detente.weighing import Situation, dumps, loads, weigh
from detente.weighing.situation import PartOfPackage
from detente.weighing.suggestions import _PARTS, suggestions

from .made import harbour, party, term, told

TERMS = (term("te-1", "a Tessalian\n\"backstop\"", "te-2"), term("te-2", "a strong Marland").replace(levels=("none", "some", "all")))


def talks() -> Situation:
    """Ostrava and Marland have a veto, and it is known what they have without a deal."""
    parties = (party("Ostrava", veto=True), party("Marland", veto=True), harbour().parties[2])
    return harbour().replace(terms=TERMS, parties=tuple(p.replace(without_deal=told(-1)) for p in parties))


def filled_in(situation: Situation) -> str:
    """The file with every table of the suggestions, and a name for every question mark."""
    added = re.sub(r"^# ", "", suggestions(situation), flags=re.MULTILINE)
    named = added.replace('revisionist = "?"', 'revisionist = "marland"').replace('defender = "?"', 'defender = "ostrava"')
    return dumps(situation) + named.replace('"?"', '"Ana"')


def test_as_comments_they_change_nothing() -> None:
    assert loads(dumps(talks()) + suggestions(talks())) == talks()


def test_filled_in_they_let_the_report_say_more() -> None:
    before, after = weigh(talks(), draws=10), weigh(loads(filled_in(talks())), draws=10)
    assert (before.durability, before.enforcement) == (None, None)
    assert before.deal is not None
    assert before.deal.withheld is not None
    assert after.deal is not None
    assert after.deal.withheld is None
    assert after.durability is not None
    assert after.enforcement is not None
    assert len(after.enforcement.packages) == 4
    assert suggestions(loads(filled_in(talks()))) == ""


@pytest.mark.parametrize(("left", "words"), [("assumed_by", "expected the name of who assumes it"), ("revisionist", "expected the id of a party")])
def test_a_question_mark_that_is_left_is_refused(left: str, words: str) -> None:
    text = re.sub(rf'{left} = "[^"]*"', f'{left} = "?"', filled_in(talks()))
    with pytest.raises(SituationError, match=words):
        loads(text)


def test_every_field_of_a_part_is_explained() -> None:
    assert set(_PARTS) == set(PartOfPackage.FIELDS)


def test_nothing_is_suggested_where_there_is_no_deal() -> None:
    assert suggestions(harbour()) == ""


def test_too_many_terms_are_not_listed_one_by_one() -> None:
    many = talks().replace(terms=tuple(term(f"t{k}", f"term {k}") for k in range(13)))
    assert "There are 13 terms: leave out those that nobody disputes" in suggestions(many)
    assert "[[worths]]" not in suggestions(many)

"""Terms reported: what each needs, and which stand and fall together."""

from __future__ import annotations

import numpy as np

from detente.weighing.coalitions import Coalitions
from detente.weighing.draws import draw
from detente.weighing.results import TermReport
from detente.weighing.situation import Situation
from detente.weighing.terms import term_reports

from .made import EMPTY, term


def reports(*terms: object) -> dict[str, TermReport]:
    situation = EMPTY.replace(terms=terms)
    found = term_reports(situation, Coalitions(situation, draw(situation, 10, np.random.default_rng(0))))
    return {r.id: r for r in found}


def test_needs_reach_through_others() -> None:
    r = reports(term("a", "one", "b"), term("b", "two", "c"), term("c", "three"))
    assert {key: x.needs for key, x in r.items()} == {"a": ("b", "c"), "b": ("c",), "c": ()}
    assert all(x.all_necessary == () for x in r.values())


def test_a_package_is_all_necessary_and_has_no_shares() -> None:
    r = reports(term("a", "one", "b", "c"), term("b", "two", "a", "c"), term("c", "three", "a"), term("d", "four", "a"))
    assert {key: x.all_necessary for key, x in r.items()} == dict.fromkeys("abc", ("a", "b", "c")) | {"d": ()}
    assert r["d"].needs == ("a", "b", "c")


def test_what_hangs_on_a_rejected_term_cannot_be_in_place() -> None:
    r = reports(term("a", "one", "b"), term("b", "two", high=0.0), term("c", "three"))
    assert {key: x.possible for key, x in r.items()} == {"a": False, "b": False, "c": True}


def test_no_terms() -> None:
    situation: Situation = EMPTY
    assert term_reports(situation, Coalitions(situation, draw(situation, 2, np.random.default_rng(0)))) == ()

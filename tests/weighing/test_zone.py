"""The zone of agreement: every package asked of every party, every coalition paid, cases worked by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from detente.errors import SituationError
from detente.weighing.bargaining import Bargain
from detente.weighing.zone import Consent, side_payment, zone

from .test_bargaining import bargains


@st.composite
def consents(draw: Any, parties: int) -> Consent:
    veto = np.array(draw(st.lists(st.booleans(), min_size=parties, max_size=parties)))
    votes = np.array(draw(st.lists(st.integers(0, 4), min_size=parties, max_size=parties)), np.float64)
    return Consent(veto, votes, float(draw(st.integers(0, int(votes.sum())))))


def enough(consent: Consent, agree: np.ndarray[Any, Any]) -> bool:
    return bool((agree | ~consent.veto).all() and consent.votes[agree].sum() >= consent.quota)


@settings(max_examples=80)
@given(st.data())
def test_every_package_asked_of_every_party(data: st.DataObject) -> None:
    bargain = data.draw(bargains())
    consent = data.draw(consents(len(bargain.parties)))
    found = zone(bargain, consent)
    agrees = bargain.utility[0] >= bargain.disagreement[0][:, None]
    inside = [enough(consent, column) for column in agrees.T]
    assert found.inside[0].tolist() == inside
    assert_allclose(found.size[0], sum(inside) / len(inside))
    for n in range(len(bargain.parties)):
        willing = agrees.copy()
        willing[n] = True
        assert found.opened[0, n] == sum(enough(consent, column) for column in willing.T) - sum(inside)
    most = found.opened[0].max()
    binding = found.binding[0]
    assert (binding is None) == (most == 0)
    assert binding is None or found.opened[0, bargain.parties.index(binding)] == most


@settings(max_examples=80)
@given(st.data())
def test_the_cheapest_of_all_coalitions_and_packages(data: st.DataObject) -> None:
    bargain = data.draw(bargains())
    consent = data.draw(consents(len(bargain.parties)))
    paid = side_payment(bargain, consent)
    short = np.maximum(bargain.disagreement[0][:, None] - bargain.utility[0], 0)
    coalitions = [np.array(c, np.bool_) for c in product([False, True], repeat=len(bargain.parties))]
    cheapest = min(short[c].sum(axis=0).min() for c in coalitions if enough(consent, c))
    assert_allclose(paid.total[0], cheapest)
    assert_allclose(paid.payment.sum(axis=1), paid.total)
    # What it buys passes: with the payment those agree whose consent is enough.
    after = replace(bargain, utility=bargain.utility + paid.payment[:, :, None])
    assert zone(after, consent).inside[0, paid.package[0]]


@given(st.data())
def test_open_is_free_and_closed_costs(data: st.DataObject) -> None:
    bargain = data.draw(bargains())
    consent = data.draw(consents(len(bargain.parties)))
    assert zone(bargain, consent).inside[0].any() == (side_payment(bargain, consent).total[0] == 0)


@given(st.data())
def test_one_veto_more_never_widens_the_zone(data: st.DataObject) -> None:
    bargain = data.draw(bargains())
    n = len(bargain.parties)
    consent = data.draw(consents(n))
    stricter = replace(consent, veto=consent.veto | (np.arange(n) == data.draw(st.integers(0, n - 1))))
    assert (zone(bargain, stricter).inside <= zone(bargain, consent).inside).all()
    assert side_payment(bargain, stricter).total[0] >= side_payment(bargain, consent).total[0]


@given(bargains(draws=3))
def test_each_draw_stands_alone(bargain: Bargain) -> None:
    consent = Consent.unanimous(len(bargain.parties))
    whole, paid = zone(bargain, consent), side_payment(bargain, consent)
    for b in range(3):
        one = replace(bargain, utility=bargain.utility[b : b + 1], disagreement=bargain.disagreement[b : b + 1])
        assert_array_equal(zone(one, consent).inside[0], whole.inside[b])
        assert zone(one, consent).binding[0] == whole.binding[b]
        assert_allclose(side_payment(one, consent).payment[0], paid.payment[b])


# Three parties, four packages; without a deal everybody has 0.
TALKS = Bargain.equal(
    ("Ostrava", "Marland", "Norland"),
    np.array([[[5.0, 2.0, -1.0, 4.0], [-3.0, 1.0, 6.0, -1.0], [1.0, -2.0, 2.0, 1.0]]]),
    np.zeros((1, 3)),
)


def test_one_party_alone_keeps_out_most() -> None:
    found = zone(TALKS, Consent.unanimous(3))
    assert not found.inside.any()
    assert found.opened.tolist() == [[1, 2, 1]]
    assert found.binding == ("Marland",)


def test_two_that_both_refuse_are_not_one_that_binds() -> None:
    talks = Bargain.equal(("a", "b"), np.array([[[-1.0], [-1.0]]]), np.zeros((1, 2)))
    assert zone(talks, Consent.unanimous(2)).binding == (None,)


def test_the_cheapest_opening() -> None:
    paid = side_payment(TALKS, Consent.unanimous(3))
    assert (paid.total[0], paid.package[0], paid.payment[0].tolist()) == (1.0, 2, [1.0, 0.0, 0.0])


def test_a_majority_with_a_veto() -> None:
    # Two of three must agree, Marland among them: the second and the third package pass.
    consent = Consent(np.array([False, True, False]), np.ones(3), 2.0)
    found = zone(TALKS, consent)
    assert found.inside.tolist() == [[False, True, True, False]]
    assert found.size.tolist() == [0.5]
    assert side_payment(TALKS, consent).total.tolist() == [0.0]
    # Without the two: Marland's consent to the fourth costs 1.
    fewer = replace(TALKS, utility=TALKS.utility[:, :, [0, 3]])
    paid = side_payment(fewer, consent)
    assert (paid.total[0], paid.package[0], paid.payment[0].tolist()) == (1.0, 1, [0.0, 1.0, 0.0])


def test_whose_consent_is_not_needed_is_not_paid() -> None:
    talks = Bargain.equal(("a", "b", "c"), np.array([[[-5.0], [-2.0], [-3.0]]]), np.zeros((1, 3)))
    paid = side_payment(talks, Consent(np.zeros(3, np.bool_), np.ones(3), 2.0))
    assert paid.payment.tolist() == [[0.0, 2.0, 3.0]]
    weighty = side_payment(talks, Consent(np.zeros(3, np.bool_), np.array([3.0, 1.0, 1.0]), 3.0))
    assert weighty.payment.tolist() == [[5.0, 0.0, 0.0]]


def test_consent_that_cannot_be_had_is_refused() -> None:
    with pytest.raises(SituationError, match="quota 4, expected"):
        Consent(np.zeros(3, np.bool_), np.ones(3), 4.0)
    with pytest.raises(SituationError, match="expected a vote from 0"):
        Consent(np.zeros(2, np.bool_), np.array([1.0, -1.0]), 0.0)


@pytest.mark.parametrize("ask", [zone, side_payment])
def test_consent_of_others_is_refused(ask: Any) -> None:
    with pytest.raises(SituationError, match="got 2 parties, expected 3"):
        ask(TALKS, Consent.unanimous(2))


def test_too_many_without_a_veto_are_refused_only_where_coalitions_must_be_tried() -> None:
    talks = Bargain.equal(tuple(f"p{i}" for i in range(20)), -np.ones((1, 20, 1)), np.zeros((1, 20)))
    assert side_payment(talks, Consent.unanimous(20)).total[0] == 20
    with pytest.raises(SituationError, match="got 20 parties without one, expected at most 16"):
        side_payment(talks, Consent(np.zeros(20, np.bool_), np.ones(20), 11.0))

"""What a situation holds, counts and calls things."""

from __future__ import annotations

import pytest
from hypothesis import given

from detente.weighing import situation as s

from . import made, strategies
from .made import harbour, standing, told


def test_a_party_of_whom_nothing_is_known_stays_in_over_the_whole_scale() -> None:
    lorne = harbour().grid()["lorne", "harbour"]
    assert (lorne.position.low, lorne.position.high) == (0.0, 100.0)
    assert lorne.position.assumed_by == lorne.salience.assumed_by == "détente"
    assert lorne.position.note
    assert lorne.unknown


@given(strategies.situations(wordless=True))
def test_the_grid_has_every_party_on_every_issue_in_order(situation: s.Situation) -> None:
    pairs = [(p.id, i.id) for p in situation.parties for i in situation.issues]
    assert list(situation.grid()) == pairs
    assert {pair: x for pair, x in situation.grid().items() if x in situation.standings} == {
        (x.actor, x.issue): x for x in situation.standings
    }


@pytest.mark.parametrize(
    ("position", "unknown"),
    [
        (told(0.0, 100.0), True),
        (told(0.0, 100.0, 70.0), False),
        (told(50.0, 100.0), False),
        (told(0.0, 99.0), False),
        (told(40.0), False),
    ],
)
def test_unknown_is_what_may_be_anything(position: s.Input, unknown: bool) -> None:
    assert standing("a", "i", position).unknown is unknown


def test_every_input_is_counted_once() -> None:
    # Three parties on one issue: six in the grid, three capabilities, one reversion.
    inputs = list(harbour().inputs())
    assert len(inputs) == 10
    # Assumed: Lorne's position, salience and capability.
    assert sum(i.assumed for i in inputs) == 3
    # A veto, and a coalition's member, fact and term with their chances, are inputs too.
    more = harbour(veto=True).replace(
        facts=(made.fact("f"),), terms=(made.term("t", "a truce"),), members=(made.member("ostrava"),),
        coalitions=(s.Coalition(id="pact", name="Pact", needs=2, basis=made.ANALYST),),
        steps=(s.Step(order=1, action="meet", actors=(), basis=made.ANALYST),),
    )  # fmt: skip
    assert len(list(more.inputs())) == 10 + 1 + 2 + 2 + 1 + 1 + 1


def test_names() -> None:
    situation = harbour().replace(facts=(made.fact("f"),), terms=(made.term("t", "a truce"),))
    names = {"ostrava": "Ostrava", "harbour": "Marland keeps the harbour", "f": "f comes true", "t": "a truce", "x": "x"}
    assert {key: situation.name(key) for key in names} == names


def test_parts_are_frozen() -> None:
    with pytest.raises(AttributeError):
        harbour().title = "another"  # type: ignore[misc]

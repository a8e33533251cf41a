"""What hangs on what, as arrays."""

from __future__ import annotations

import pytest
from numpy.testing import assert_array_equal

from detente.weighing.network import closure, network_of

from .made import fact, joining, member, pact, term


def test_nodes_are_members_then_terms_and_facts_are_facts_then_terms() -> None:
    situation = pact(
        member("a", joining(target="f"), joining(target="t2")), member("b", joining(target="a"), joining(count=1)),
        member("c", joining(share=0.5), joining(share=0.25), status="out"),
        facts=(fact("f"),), terms=(term("t1", "one", "t2"), term("t2", "two")),
    )  # fmt: skip
    net = network_of(situation)
    assert net.size == 5
    assert_array_equal(net.needs.nonzero(), [[0, 1], [4, 0]])
    # Member a needs fact f; the first term both terms agreed, the second its own.
    assert_array_equal(net.needs_fact.nonzero(), [[0, 3, 3, 4], [0, 1, 2, 2]])
    assert_array_equal(net.count, [0, 1, 0, 0, 0])
    assert_array_equal(net.share, [0, 0, 0.5, 0, 0])
    assert_array_equal(net.barred, [False, False, True, False, False])
    assert_array_equal(net.party, [0, 1, 2, -1, -1])


def test_peers_are_the_other_members_of_one_coalition() -> None:
    situation = pact(member("a"), member("b"), member("a", coalition="other"), terms=(term("t", "a truce"),))
    situation = situation.replace(coalitions=(*situation.coalitions, situation.coalitions[0].replace(id="other")))
    assert_array_equal(network_of(situation).peers.nonzero(), [[0, 1], [1, 0]])


@pytest.mark.parametrize(
    ("edges", "reached"),
    [
        ({}, {}),
        ({"a": ""}, {"a": ""}),
        ({"a": "b", "b": "c", "c": ""}, {"a": "bc", "b": "c", "c": ""}),
        ({"a": "b", "b": "a"}, {"a": "ab", "b": "ab"}),
        ({"a": "b", "b": "a", "c": "a", "d": ""}, {"a": "ab", "b": "ab", "c": "ab", "d": ""}),
    ],
)
def test_closure(edges: dict[str, str], reached: dict[str, str]) -> None:
    assert closure({key: tuple(to) for key, to in edges.items()}) == {key: set(to) for key, to in reached.items()}

"""What hangs on what, as arrays: members of coalitions, terms, and the facts outside them.

Nodes are the members in the situation's order, then the terms. A node holds where all that it needs holds:
nodes, facts, a number of fellow members, a share of the coalition's capability. A term needs that it and all
that it depends on are agreed; terms that depend on each other are one package, agreed at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.weighing.situation import Member, Situation


@dataclass(frozen=True, slots=True)
class Network:
    """N nodes, K facts.

    Args:
        needs: whether node i needs node j; shape (N, N).
        needs_fact: whether node i needs fact k; shape (N, K).
        peers: whether nodes i and j are different members of one coalition; shape (N, N).
        count: least number of peers that node i needs, 0 for none; shape (N,).
        share: least share of its coalition's capability that node i needs its peers to have; shape (N,).
        barred: whether the node can never hold (a member that is out); shape (N,).
        party: index of a member's party; -1 for a term; shape (N,).
    """

    needs: NDArray[np.bool_]
    needs_fact: NDArray[np.bool_]
    peers: NDArray[np.bool_]
    count: NDArray[np.int64]
    share: NDArray[np.float64]
    barred: NDArray[np.bool_]
    party: NDArray[np.int64]

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.barred)


def network_of(situation: Situation) -> Network:
    """The network of a situation; each term has a fact of its own, that it is agreed."""
    members, terms, facts = situation.members, situation.terms, situation.facts
    size = len(members) + len(terms)
    fact = {f.id: k for k, f in enumerate(facts)}
    term = {t.id: k for k, t in enumerate(terms, len(members))}
    member = {(m.coalition, m.actor): k for k, m in enumerate(members)}
    party = {p.id: k for k, p in enumerate(situation.parties)}
    network = Network(
        needs=np.zeros((size, size), np.bool_),
        needs_fact=np.zeros((size, len(facts) + len(terms)), np.bool_),
        peers=_peers(members, size),
        count=np.zeros(size, np.int64),
        share=np.zeros(size),
        barred=np.array([m.status == "out" for m in members] + [False] * len(terms), np.bool_),
        party=np.array([party[m.actor] for m in members] + [-1] * len(terms), np.int64),
    )
    for i, m in enumerate(members):
        for condition in m.conditions:
            network.count[i] = max(network.count[i], condition.count or 0)
            network.share[i] = max(network.share[i], condition.share or 0.0)
            target = condition.target
            if target in fact:
                network.needs_fact[i, fact[target]] = True
            elif target is not None:
                network.needs[i, term[target] if target in term else member[m.coalition, target]] = True
    for key, others in closure({t.id: t.depends_on for t in terms}).items():
        agreed = [len(facts) + term[other] - len(members) for other in {key, *others}]
        network.needs_fact[term[key], agreed] = True
    return network


def closure(edges: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """What each key leads to, over any number of edges; itself only where a circle leads back."""
    reach = {key: set(targets) for key, targets in edges.items()}
    while True:
        wider = {key: found.union(*(reach[k] for k in found)) for key, found in reach.items()}
        if wider == reach:
            return reach
        reach = wider


def _peers(members: tuple[Member, ...], size: int) -> NDArray[np.bool_]:
    coalition = np.array([m.coalition for m in members] + [""] * (size - len(members)), dtype=object)
    same: NDArray[np.bool_] = np.equal.outer(coalition, coalition).astype(np.bool_)
    same[len(members) :, :] = False
    same[:, len(members) :] = False
    np.fill_diagonal(same, False)
    return same

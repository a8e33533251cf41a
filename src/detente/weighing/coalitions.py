"""The coalition's part of a report: fixed points, probabilities as far as they are known, pivotal conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.weighing.draws import BoolArray, Drawn, Draws
from detente.weighing.grounds import assumers_of, sources_of
from detente.weighing.joining import ConditionalJoining, Joined, greatest_after
from detente.weighing.network import Network, closure
from detente.weighing.pivots import Candidate, deciding
from detente.weighing.results import CoalitionReport, MemberReport, Pivot, Share
from detente.weighing.situation import ENOUGH_CASES, Coalition, Fact, Member, Situation, Term

Measure = Callable[[BoolArray], NDArray[Any]]
"""What is asked of the nodes that hold, shape (B, N): one number or truth a draw, shape (B,)."""

CERTAIN = "in, on no open condition"
NEVER = "cannot be in"
CIRCULAR = "in only if members that wait for each other move at once"
OPEN = "hangs on what is not settled"


class Coalitions:
    """The fixed points of a situation's coalitions over its draws, taken once and asked of many times.

    Args:
        situation: the situation drawn.
        drawn: its draws.
    """

    def __init__(self, situation: Situation, drawn: Drawn) -> None:
        self.situation = situation
        self.drawn = drawn
        run = ConditionalJoining().run
        self.middle, self.low, self.high = run(drawn.draws), run(drawn.low), run(drawn.high)
        self.certain, self.possible = run(drawn.certain), run(drawn.possible)
        self.facts: tuple[Fact | Term, ...] = (*situation.facts, *situation.terms)
        self.open = [k for k, f in enumerate(self.facts) if f.chance.high > 0 and f.chance.low < 1]
        net = drawn.draws.network
        self.needs = closure({t.id: t.depends_on for t in situation.terms})
        self.upstream = upstream(net, net.needs_fact)
        # For every open fact: who holds if it comes true and if it does not, all else as drawn; and who can
        # still hold at all without it.
        self.if_true = {k: self._if(drawn.draws, self.middle, k, True) for k in self.open}
        self.if_false = {k: self._if(drawn.draws, self.middle, k, False) for k in self.open}
        # Where no share of capability counts, what is possible is the same in every draw.
        some = drawn.possible if net.share.any() else drawn.possible.first(1)
        can = run(some)
        self.can_without: dict[int, BoolArray] = {k: np.any(self._if(some, can, k, False), axis=0) for k in self.open}
        # Whether capability decides, which is then as open as a fact of which no case is known.
        unsure = any(p.capability.width > 0 for p in situation.parties)
        self.power = upstream(net, net.share[:, None] > 0)[:, 0] & unsure

    def _if(self, draws: Draws, before: Joined, fact: int, holds: bool) -> BoolArray:
        return greatest_after(draws.with_fact(fact, holds), before.greatest, self.upstream[:, fact])

    def reports(self) -> tuple[CoalitionReport, ...]:
        """One report a coalition, in the situation's order."""
        return tuple(self._coalition(c) for c in self.situation.coalitions)

    def _coalition(self, coalition: Coalition) -> CoalitionReport:
        nodes = [k for k, m in enumerate(self.situation.members) if m.coalition == coalition.id]

        def size(holding: BoolArray) -> NDArray[Any]:
            count: NDArray[Any] = holding[:, nodes].sum(axis=1)
            return count

        def enough(holding: BoolArray) -> NDArray[Any]:
            return size(holding) >= (coalition.needs or 0)

        members = tuple(self._member(k, self.situation.members[k]) for k in nodes)
        return CoalitionReport(
            id=coalition.id, name=coalition.name, needs=coalition.needs,
            reached=None if coalition.needs is None else self._share("greatest", enough, nodes),
            least=_fewest_most(self.certain.least, self.possible.least, nodes),
            greatest=_fewest_most(self.certain.greatest, self.possible.greatest, nodes),
            # Without a stated size, what a condition moves is how many join.
            members=members, pivotal=self._pivot(nodes, size if coalition.needs is None else enough),
            sources=tuple(dict.fromkeys(source for m in members for source in m.sources)),
            assumed_by=tuple(dict.fromkeys(who for m in members for who in m.assumed_by)),
        )  # fmt: skip

    def _member(self, node: int, member: Member) -> MemberReport:
        def holds(holding: BoolArray) -> NDArray[Any]:
            return holding[:, node]

        return MemberReport(
            actor=member.actor, name=self.situation.name(member.actor), status=member.status,
            verdict=self._verdict(node),
            by_itself=self._share("least", holds, [node]), together=self._share("greatest", holds, [node]),
            conditions=tuple(c.text for c in member.conditions),
            pivotal=self._pivot([node], holds), sources=member.basis.sources,
            assumed_by=assumers_of([member.basis, *(self.facts[k].chance for k in self.open if self.upstream[node, k])]),
        )  # fmt: skip

    def _verdict(self, node: int) -> str:
        if self.certain.least[:, node].all():
            return CERTAIN
        if not self.possible.can[node]:
            return NEVER
        return OPEN if self.possible.least[:, node].any() else CIRCULAR

    def _cases(self, nodes: Sequence[int]) -> int | None:
        """The fewest comparable cases behind an open fact that any of the nodes hangs on."""
        if self.power[list(nodes)].any():
            return 0
        return min((self.facts[k].cases for k in self._open(nodes)), default=None)

    def _share(self, which: str, of: Measure, nodes: Sequence[int]) -> Share:
        low, middle, high = (of(getattr(j, which)) for j in (self.low, self.middle, self.high))
        cases = self._cases(nodes)
        if self.power[list(nodes)].any():
            # How often an interval of capabilities suffices is no probability: only always and never are.
            return Share(low=float(low.all()), high=float(high.any()), point=None, cases=cases)
        known = cases is None or cases >= ENOUGH_CASES
        point_value = float(middle.mean()) if known else None
        return Share(low=float(low.mean()), high=float(high.mean()), point=point_value, cases=cases)

    def _pivot(self, nodes: Sequence[int], of: Measure) -> Pivot | None:
        """The open fact that decides most, with those that decide alike."""
        cases = self._cases(nodes)
        grounded = cases is not None and cases >= ENOUGH_CASES
        found = deciding([self._candidate(k, nodes, of) for k in self._open(nodes)], grounded)
        if not found:
            return None
        first, facts = found[0], [self.facts[c.fact] for c in found]
        return Pivot(
            fact=facts[0].id, text=self._name(facts[0]), alike=tuple(self._name(f) for f in facts[1:]),
            with_it=tuple(self._name(t) for t in self._mutual(facts[0].id)),
            named_by=self._members(first.named_by), loses=self._members(first.loses),
            loses_alike=all(c.loses == first.loses for c in found),
            effect=float(first.effect.mean()) if grounded else None, error=first.error,
            sources=sources_of([*(f.basis for f in facts), *(self.situation.members[n].basis for n in first.named_by)]),
            assumed_by=assumers_of(b for f in facts for b in (f.basis, f.chance)),
        )  # fmt: skip

    def _open(self, nodes: Sequence[int]) -> list[int]:
        """The open facts that any of the nodes hangs on."""
        hangs: BoolArray = np.any(self.upstream[list(nodes)], axis=0)
        return [k for k in self.open if hangs[k]]

    def _candidate(self, fact: int, nodes: Sequence[int], of: Measure) -> Candidate:
        can, without, key = self.possible.can, self.can_without[fact], self.facts[fact].id
        named = [n for n in nodes if key in (c.target for c in self.situation.members[n].conditions)]
        effect = of(self.if_true[fact]).astype(np.float64) - of(self.if_false[fact])
        return Candidate(fact, tuple(n for n in nodes if can[n] and not without[n]), tuple(named), effect)

    def _mutual(self, key: str) -> list[Term]:
        """The other terms that a term needs and that need it."""
        needs = self.needs
        return [
            t
            for t in self.situation.terms
            if t.id != key and t.id in needs.get(key, ()) and key in needs[t.id]
        ]

    def _name(self, fact: Fact | Term) -> str:
        return self.situation.name(fact.id)

    def _members(self, nodes: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.situation.name(self.situation.members[n].actor) for n in nodes)


def upstream(network: Network, own: BoolArray) -> BoolArray:
    """What each node hangs on, directly or through other nodes.

    Args:
        own: what it hangs on directly, such as facts; shape (N, K).
    """
    counting = (network.count > 0) | (network.share > 0)
    follows = network.needs | (network.peers & counting[:, None])
    found = own
    while True:
        wider = found | (follows @ found)
        if np.array_equal(wider, found):
            return found
        found = wider


def _fewest_most(certain: BoolArray, possible: BoolArray, nodes: Sequence[int]) -> tuple[int, int]:
    return int(certain[:, nodes].sum(axis=1).min()), int(possible[:, nodes].sum(axis=1).max())

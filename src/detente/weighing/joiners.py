"""Memberships on record made into coalitions, their members' conditions and the facts that these hang on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from detente.actors.wording import content_words
from detente.records import Condition, Membership
from detente.weighing.situation import Basis, Coalition, Fact, Joining, Member, Term, assumed
from detente.weighing.words import names


class Joiners:
    """Coalitions, members and facts, gathered from memberships in the order given.

    Args:
        memberships: the later of two on one member decides its status; the conditions of all stand.
        terms: what conditions may point to.
        term_ids: for ids of term records, the id of the term in the situation.
    """

    def __init__(self, memberships: Iterable[Membership], terms: Sequence[Term], term_ids: dict[str, str]) -> None:
        self._terms, self._term_ids = terms, term_ids
        self._facts: dict[str, Fact] = {}
        self.left_out: list[str] = []
        groups: dict[tuple[str, str], list[Membership]] = {}
        for m in memberships:
            if m.review == "rejected":
                self.left_out.append(f"membership {m.id} of {m.actor.name}: rejected in review")
            else:
                groups.setdefault((m.coalition.id, m.actor.id), []).append(m)
        self._listed = set(groups)
        self.coalitions = tuple(
            Coalition(id=key, name=name)
            for key, name in {g[0].coalition.id: g[0].coalition.name for g in groups.values()}.items()
        )
        self.members = tuple(self._member(group) for group in groups.values())

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that members' conditions hang on, each once."""
        return tuple(self._facts.values())

    def _member(self, group: Sequence[Membership]) -> Member:
        last = group[-1]
        conditions = {c.text: self._condition(m, c) for m in group for c in m.conditions}
        status = last.status
        if last.factuality == "negated":
            status = "out"
        elif status == "in" and (last.factuality != "actual" or last.hearsay):
            status = "conditional"
        if status in ("invited", "conditional") and not conditions:
            conditions[""] = self._own_decision(last)
        note = " then ".join(dict.fromkeys(m.status for m in group))
        hedge = "hearsay" if last.hearsay else last.factuality
        return Member(
            coalition=last.coalition.id, actor=last.actor.id, status=status,
            basis=Basis(sources=tuple(dict.fromkeys(m.id for m in group)), note=f"{note}, {hedge}"),
            conditions=tuple(conditions.values()),
        )  # fmt: skip

    def _own_decision(self, m: Membership) -> Joining:
        """What decides a membership that is open and of which no condition is on record."""
        text = f"whether {m.actor.name} joins (no condition is on record)"
        return Joining(text=text, type="other", target=self._fact((m.coalition.id, m.actor.id), text, m.id))

    def _condition(self, m: Membership, c: Condition) -> Joining:
        """The condition with what decides it: a term, a fellow member, a count, else a fact of its own."""
        if c.type == "count" and c.target and c.target.strip().isdecimal() and int(c.target) > 0:
            return Joining(text=c.text, type=c.type, count=int(c.target))
        if c.type in ("term", "other", "actor_joins") and (term := self._term(c)):
            return Joining(text=c.text, type="term", target=term)
        fellow = (m.coalition.id, c.target) in self._listed and c.target != m.actor.id
        if c.type == "actor_joins" and fellow:
            return Joining(text=c.text, type=c.type, target=c.target)
        # One mandate, one outsider: members that wait for the same wait for one fact.
        shared = (c.type, c.target) if c.target else content_words(c.text) or (c.text,)
        return Joining(text=c.text, type=c.type, target=self._fact(shared, c.text, m.id))

    def _term(self, c: Condition) -> str | None:
        """The one term that the condition means: by its id, else by having all the term's words."""
        if c.target in self._term_ids:
            return self._term_ids[c.target]
        meant = [t.id for t in self._terms if names(t.proposition, c.text)]
        return meant[0] if len(meant) == 1 else None

    def _fact(self, key: Sequence[str], text: str, source: str) -> str:
        digest = hashlib.sha256("\x1f".join(key).encode("utf-8", "surrogatepass")).hexdigest()
        before = self._facts.get(f"fa-{digest[:12]}")
        sources = (*(before.basis.sources if before else ()), source)
        fact = Fact(
            id=f"fa-{digest[:12]}", text=before.text if before else text,
            chance=assumed(0.0, 1.0, "whether it comes true is not known"),
            basis=Basis(sources=tuple(dict.fromkeys(sources))),
        )  # fmt: skip
        self._facts[fact.id] = fact
        return fact.id

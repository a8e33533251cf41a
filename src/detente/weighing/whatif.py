"""What falls where something is not so: "if there is no backstop"."""

from __future__ import annotations

from collections.abc import Sequence

from detente.errors import UnknownName
from detente.records import Part
from detente.weighing.draws import Drawn
from detente.weighing.joining import ConditionalJoining
from detente.weighing.results import Falls
from detente.weighing.situation import Input, Joining, Member, Situation
from detente.weighing.words import names

NEVER = Input(low=0.0, high=0.0, assumed_by="what-if", note="taken not to come true")


class Removed(Part, frozen=True, kw_only=True):
    """What a what-if takes away: ids of terms, facts and parties, conditions by (member, place), parts of the package by name."""

    ids: frozenset[str]
    conditions: frozenset[tuple[int, int]] = frozenset()
    parts: frozenset[str] = frozenset()


def removed(situation: Situation, asked: Sequence[str]) -> Removed:
    """What the names mean: an id exactly, else every term, fact, party, condition or part that has all their words.

    Raises:
        UnknownName: a name fits nothing; the message lists what there is.
    """
    found = [_meant(situation, name) for name in asked]
    return Removed(
        ids=frozenset().union(*(f.ids for f in found)),
        conditions=frozenset().union(*(f.conditions for f in found)),
        parts=frozenset().union(*(f.parts for f in found)),
    )


def _meant(situation: Situation, name: str) -> Removed:
    things = {t.id: t.proposition for t in situation.terms} | {f.id: f.text for f in situation.facts}
    things |= {p.id: p.name for p in situation.parties}
    if name in things:
        return Removed(ids=frozenset([name]))
    ids = {key for key, text in things.items() if names(name, text)}
    conditions = {
        (m, c)
        for m, member in enumerate(situation.members)
        for c, condition in enumerate(member.conditions)
        if names(name, condition.text)
    }
    named = [p.name for p in (situation.enforcement.parts if situation.enforcement else ())]
    parts = {part for part in named if names(name, part)}
    if not ids and not conditions and not parts:
        known = "; ".join([*things.values(), *named]) or "there is none"
        raise UnknownName(f"got {name!r}, expected words of a term, a fact, a party, a condition or a part: {known}")
    return Removed(ids=frozenset(ids), conditions=frozenset(conditions), parts=frozenset(parts))


def without(situation: Situation, gone: Removed) -> Situation:
    """The situation in which nothing of `gone` comes true: terms and facts never, parties and members out."""
    ids = set(gone.ids)
    outside = {t.id for t in situation.terms} | {f.id for f in situation.facts}
    for m, c in gone.conditions:
        ids |= {situation.members[m].conditions[c].target or ""} & outside
    kept = situation.enforcement
    return situation.replace(
        enforcement=kept and kept.replace(parts=tuple(p for p in kept.parts if p.name not in gone.parts and p.term not in ids)),
        terms=tuple(t.replace(chance=NEVER) if t.id in ids else t for t in situation.terms),
        facts=tuple(f.replace(chance=NEVER) if f.id in ids else f for f in situation.facts),
        members=tuple(
            member.replace(status="out") if _leaves(m, member, gone, ids, outside) else member
            for m, member in enumerate(situation.members)
        ),
    )


def _leaves(m: int, member: Member, gone: Removed, ids: set[str], outside: set[str]) -> bool:
    """Whether the member is out at once: it is itself gone, or its condition is, which no term or fact decides."""

    def unmet(c: int, condition: Joining) -> bool:
        return (m, c) in gone.conditions and condition.target not in outside

    return member.actor in ids or any(unmet(c, condition) for c, condition in enumerate(member.conditions))


def falls(situation: Situation, before: Drawn, after: Drawn, asked: Sequence[str], gone: Removed) -> Falls:
    """What could hold before and can hold no more.

    Args:
        situation: the situation before.
        before: its draws.
        after: the draws of `without(situation, gone)`.
        asked: the names as they were given.
    """
    joining = ConditionalJoining()
    could, can = (joining.run(drawn.possible).can for drawn in (before, after))
    lost = could & ~can
    keys = [f"{situation.name(m.actor)} in {situation.name(m.coalition)}" for m in situation.members]
    split = len(keys)
    lost_terms = [t for t, fell in zip(situation.terms, lost[split:], strict=True) if fell]
    return Falls(
        asked=tuple(asked),
        taken_away=_texts(situation, gone),
        members=tuple(key for key, fell in zip(keys, lost[:split], strict=True) if fell),
        terms=tuple(f"{t.proposition} ({t.id})" for t in lost_terms),
        steps=_fallen_steps(situation, gone),
    )


def _texts(situation: Situation, gone: Removed) -> tuple[str, ...]:
    conditions = (situation.members[m].conditions[c].text for m, c in sorted(gone.conditions))
    return (*(f"{situation.name(key)} ({key})" for key in sorted(gone.ids)), *conditions, *sorted(gone.parts))


def _fallen_steps(situation: Situation, gone: Removed) -> tuple[str, ...]:
    """The steps that need a party that is gone, and all that come after the first of them."""
    steps = sorted(situation.steps, key=lambda s: s.order)
    broken = [s for s in steps if gone.ids & set(s.actors)]
    return tuple(f"{s.order}. {s.action}" for s in steps if s in broken or (broken and s.order > broken[0].order))

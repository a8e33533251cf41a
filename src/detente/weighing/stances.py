"""What parties are on record with, grouped into issues: a stance gives no number, only a wide interval."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from detente.actors.wording import content_words
from detente.records import ActorRef, Claim, Part, Position, Stance, Term
from detente.weighing.situation import Input, Issue, Standing, assumed

SPANS: Final[dict[Stance, tuple[float, float]]] = {
    "support": (50.0, 100.0),
    "oppose": (0.0, 50.0),
    "conditional": (0.0, 100.0),
    "ambiguous": (0.0, 100.0),
}
"""All that a stance says of a place on 0–100."""


class Told(Part, frozen=True, kw_only=True):
    """One record's word on where one party stands on one proposition."""

    actor: ActorRef
    proposition: str
    stance: Stance
    source: str
    note: str = ""
    conditions: tuple[str, ...] = ()
    of_term: bool = False


class Stances(Part, frozen=True, kw_only=True):
    """Issues with the standings on them, and what was left out and why."""

    issues: tuple[Issue, ...]
    standings: tuple[Standing, ...]
    left_out: tuple[str, ...]


def stances(positions: Iterable[Position], terms: Sequence[Term]) -> Stances:
    """Group what the records say into issues and place every party on them.

    Two wordings are one issue only where they have the same content words in the same order. An issue is kept
    where two parties have a place on it, or one party has and a term is about it.
    """
    left_out: list[str] = []
    groups: dict[tuple[str, ...], list[Told]] = {}
    for told in (*_by_positions(positions, left_out), *_by_terms(terms)):
        groups.setdefault(content_words(told.proposition), []).append(told)
    issues: list[Issue] = []
    standings: list[Standing] = []
    about = [set(content_words(t.proposition)) for t in terms]
    for words, group in groups.items():
        if why := _why_not(set(words), group, about):
            left_out.append(why)
            continue
        issue = Issue(id=_id("is", words), proposition=group[0].proposition)
        issues.append(issue)
        standings += _standings(issue.id, group)
    return Stances(issues=tuple(issues), standings=tuple(standings), left_out=tuple(left_out))


def _by_positions(positions: Iterable[Position], left_out: list[str]) -> Iterator[Told]:
    """What positions say; those that cannot be used are named in `left_out`."""
    held = list(positions)
    superseded = {p.supersedes for p in held}
    for p in held:
        why = {
            "rejected in review": p.review == "rejected",
            "superseded by a later one": p.id in superseded,
            "nobody could be told who holds it": p.actor is None,
            f"it is {p.factuality}": p.factuality in ("negated", "hypothetical"),
            "its issue has no words that carry meaning": not content_words(p.issue),
        }
        if reasons := [reason for reason, holds in why.items() if holds]:
            left_out.append(f"position {p.id} on {p.issue!r}: {'; '.join(reasons)}")
        elif p.actor:
            texts = tuple(c.text for c in p.conditions)
            yield Told(
                actor=p.actor, proposition=p.issue, stance=p.stance, source=p.id, note=_hedge(p), conditions=texts
            )


def _hedge(claim: Claim) -> str:
    hedges = (["by hearsay"] if claim.hearsay else []) + ([claim.factuality] if claim.factuality != "actual" else [])
    return ", ".join(hedges)


def _by_terms(terms: Iterable[Term]) -> Iterator[Told]:
    """Who proposes or accepts a term supports it, who rejects it opposes it; who is unclear is ambiguous."""
    for term in terms:
        sides: tuple[tuple[Stance, tuple[ActorRef, ...]], ...] = (
            ("support", (*term.proposed_by, *term.accepted_by)),
            ("oppose", term.rejected_by),
            ("ambiguous", term.unclear_for),
        )
        for stance, actors in sides:
            for actor in dict.fromkeys(actors):
                yield Told(
                    actor=actor, proposition=term.proposition, stance=stance, source=term.id, note=_hedge(term),
                    of_term=True,
                )  # fmt: skip


def _why_not(words: set[str], group: Sequence[Told], about: Sequence[set[str]]) -> str | None:
    """Why a group makes no issue: only one party, and no position that a term is about."""
    parties = {told.actor.id for told in group}
    related = any(words <= term or term <= words for term in about if term)
    if len(parties) > 1 or (related and not all(told.of_term for told in group)):
        return None
    ids = ", ".join(dict.fromkeys(told.source for told in group))
    what = "nobody else has a position on it" if all(t.of_term for t in group) else "no other party, no term about it"
    return f"issue {group[0].proposition!r} ({group[0].actor.name}): {what} ({ids})"


def _standings(issue: str, group: Sequence[Told]) -> Iterator[Standing]:
    """One standing a party: the hull of all that it said, so that a contradiction widens it."""
    by_actor: dict[str, list[Told]] = {}
    for told in group:
        by_actor.setdefault(told.actor.id, []).append(told)
    for actor, said in by_actor.items():
        spans = [SPANS[told.stance] for told in said]
        notes = dict.fromkeys(f"{told.stance}{f' ({told.note})' if told.note else ''}" for told in said)
        yield Standing(
            actor=actor, issue=issue,
            position=Input(
                low=min(low for low, _ in spans), high=max(high for _, high in spans),
                sources=tuple(dict.fromkeys(told.source for told in said)), note=" and ".join(notes),
            ),
            salience=assumed(0.0, 1.0, "salience is not in the text"),
            conditions=tuple(dict.fromkeys(text for told in said for text in told.conditions)),
        )  # fmt: skip


def _id(prefix: str, words: Sequence[str]) -> str:
    return f"{prefix}-{hashlib.sha256(' '.join(words).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

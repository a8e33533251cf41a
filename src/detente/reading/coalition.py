"""Coalitions: who is in, who leads, who is invited or out, and on what condition.

A coalition is named by the words of `data/coalitions.csv` ("a coalition of …", and then "the coalition"), or is an actor
of that kind whom the article names. What makes somebody a member stands in `data/memberships.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from detente.language.analysis import Span
from detente.reading.clauses import Clause, clauses_of
from detente.reading.coalition_names import called
from detente.reading.conditions import Stated, condition_after
from detente.reading.factuality import Factual, of_verb
from detente.reading.function_words import ADDING
from detente.reading.page import Page
from detente.reading.participants import actors_after, is_named, subject
from detente.reading.phrases import lexicon
from detente.reading.row import span_of
from detente.reading.verbs import is_verb
from detente.records import ActorRef, Membership, MembershipRole, MembershipStatus, record_id

BODIES = frozenset(("coalition", "bloc"))
BETWEEN = 5  # words that may stand between what makes a member ("join") and the coalition's name
ROLE_REACH = 4  # words from "as" to the role
STATUSES: tuple[MembershipStatus, ...] = ("in", "invited", "conditional", "out")
ROLES: tuple[MembershipRole, ...] = ("leader", "member", "guarantor", "observer")


class Named(NamedTuple):
    """A coalition as a clause names it, and the range of words that do."""

    coalition: ActorRef
    first: int
    last: int


class Found(NamedTuple):
    """Somebody's membership in one place of the text."""

    coalition: ActorRef
    actor: ActorRef
    status: MembershipStatus
    role: MembershipRole | None
    span: Span
    stated: Stated | None
    factual: Factual


def read(page: Page) -> list[Membership]:
    """The memberships that an article tells, in the order of the text.

    Args:
        page: the article's page, its statements read.

    Returns:
        One record for each coalition, actor, status and role; told again, it has more evidence.
    """
    told: dict[tuple[str, str, str, str | None], list[Found]] = {}
    for sentence in page.analysis.sentences:
        for clause in clauses_of(page, sentence):
            for found in in_clause(page, clause):
                told.setdefault((found.coalition.id, found.actor.id, found.status, found.role), []).append(
                    found
                )
    return sorted(
        (record(page, several) for several in told.values()), key=lambda m: (m.core[0].start, m.actor.id)
    )


# ---------------------------------------------------------------- the places that tell a membership


def in_clause(page: Page, clause: Clause) -> Iterator[Found]:
    """The memberships that a clause tells, at the first words that make a member of somebody."""
    for at in range(clause.first, clause.last):
        hit = lexicon("memberships").at(clause.texts, at)
        if hit is None or (hit[0].row["pattern"].startswith("~") and not is_verb(clause.words, at)):
            continue
        row, end = hit[0].row, hit[1]
        named = (
            coalition_before(page, clause, at)
            if row["who"] == "after"
            else coalition_after(page, clause, end)
        )
        factual = of_verb(page, clause, at)
        if named is None or factual.dependent:
            continue
        last = max(end, named.last)
        stated = condition_after(page, clause, last)
        status = status_of(row, factual, stated)
        role = role_after(clause, last) or as_role(row["role"]) if status != "out" else None
        span = span_of(clause.words, min(at, named.first), last)
        for actor in whose(clause, at, end, row["who"]):
            if actor != named.coalition:
                yield Found(named.coalition, actor, status, role, span, stated, factual)
        return


def whose(clause: Clause, at: int, end: int, who: str) -> tuple[ActorRef, ...]:
    """Whose membership words tell: the subject's, the object's within them, or of those named after them."""
    if who == "subject":
        return members(clause, at)
    found = (
        actors_after(clause.words, end, len(clause.words))
        if who == "after"
        else actors_after(clause.words, at + 1, end)
    )
    return tuple(dict.fromkeys(m.actor for m in found.mentions if m.actor is not None))


def role_after(clause: Clause, at: int) -> MembershipRole | None:
    """The role that "as an observer" gives, right behind the coalition's name."""
    following = clause.texts[at : at + ROLE_REACH]
    return (
        next((as_role(text) for text in following if as_role(text)), None)
        if following[:1] == ("as",)
        else None
    )


def coalition_before(page: Page, clause: Clause, at: int) -> Named | None:
    """The coalition whose name ends right before `at`, a comma between them at the most, or `None`."""
    last = at - (clause.texts[at - 1 : at] == (",",))
    for first in range(max(0, last - BETWEEN), last):
        named = coalition_after(page, clause._replace(first=first, last=last), first)
        if named is not None and named.last == last:
            return named
    return None


def coalition_after(page: Page, clause: Clause, start: int) -> Named | None:
    """The coalition named within a few words of `start`, or `None`."""
    words = clause.words
    for at in range(start, min(start + BETWEEN, clause.last)):
        name = called(page, words, at, clause.last)
        if name is not None:
            return Named(name[0], at, name[1])
        mention = words[at].mention
        if mention is not None and mention.actor is not None and is_named(words[at]):
            actor = page.cast.actors.get(mention.actor.id)
            if actor is not None and actor.type in BODIES:
                last = next(
                    (k for k in range(at, clause.last) if words[k].mention is not mention), clause.last
                )
                return Named(mention.actor, at, last)
        if is_verb(words, at) or words[at].text in ADDING:
            break
    return None


def members(clause: Clause, at: int) -> tuple[ActorRef, ...]:
    """Whose membership it is: the subject's, of the phrase or of the clause's first verb."""
    verbs = [k for k in range(clause.first, at) if is_verb(clause.words, k)]
    for place in (at, *verbs[:1]):
        if refs := tuple(
            dict.fromkeys(m.actor for m in subject(clause, place).mentions if m.actor is not None)
        ):
            return refs
    return ()


def status_of(row: Mapping[str, str], factual: Factual, stated: Stated | None) -> MembershipStatus:
    """The status that a row gives, as what is negated or stands under a condition changes it."""
    status = STATUSES[STATUSES.index(row["status"])]
    if factual.factuality == "negated":
        return "out"
    return "conditional" if stated is not None and status == "in" else status


def as_role(name: str) -> MembershipRole | None:
    """A role of the table as a category; an empty cell names none."""
    return next((role for role in ROLES if role == name), None)


# ---------------------------------------------------------------- the record


def record(page: Page, told: list[Found]) -> Membership:
    """One record of the places that tell one membership."""
    first = told[0]
    words = page.evidence_of("words", sorted({found.span for found in told}))
    stated = dict.fromkeys(found.stated for found in told if found.stated)
    reasons = {"role": "the words name no role"} if first.role is None else {}
    return Membership(
        id=record_id(
            page.article.id, "membership", words[:1], first.coalition.id, first.actor.id, first.status
        ),
        article=page.article.id,
        evidence=(*words, *page.evidence_of("conditions", sorted({s.span for s in stated}))),
        origin=page.origin,
        reasons=reasons | ({"factuality": first.factual.reason} if first.factual.reason else {}),
        according_to=page.authority(first.span),
        factuality="actual" if first.status == "out" else first.factual.factuality,
        hearsay=first.factual.hearsay,
        coalition=first.coalition,
        actor=first.actor,
        status=first.status,
        role=first.role,
        conditions=tuple(s.condition for s in stated),
    )

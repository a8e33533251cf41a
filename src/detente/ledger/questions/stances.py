"""Who held which stance when, on propositions that plainly say the same; what stands and shifts are told from.

Two positions are on one proposition where the code book turns both into the same issue and tells which way each says it, and
both name the same states, bodies and persons (sanctions on one state are not those on another), or where their content words are the same in
the same order. A stance on words that say the opposite is turned round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from detente.actors.registry import Registry
from detente.actors.wording import STATE, content_words, named
from detente.ledger.questions.code_book import CodeBook, CodedIssue
from detente.ledger.questions.look import Look
from detente.records import ActorRef, Position, Stance

WORDLESS = ("words", "")
"""The key of words that carry no meaning: they are a proposition of their own wherever they stand."""
_TURNED: dict[Stance, Stance] = {"support": "oppose", "oppose": "support"}


class Held(NamedTuple):
    """A stance of an actor on a proposition.

    Args:
        position: the record.
        actor: who holds it.
        key: the same for all positions on the proposition.
        proposition: the issue's, where the code book tells which way the words say it, else the record's own.
        stance: on that proposition.
        issues: of the code book that it is about.
        day: since when, ISO; the day of the article where that is not known, empty where neither is.
        turned: whether the stance was turned round.
        superseded: whether a later position, maybe of the same article, says that it takes this one's place.
    """

    position: Position
    actor: ActorRef
    key: tuple[str, ...]
    proposition: str
    stance: Stance
    issues: tuple[CodedIssue, ...]
    day: str
    turned: bool
    superseded: bool

    @property
    def step(self) -> tuple[str, bool]:
        """The order of stances: by day, and on one day those that are superseded come first."""
        return self.day, not self.superseded

    @property
    def firm(self) -> bool:
        """Whether it is a plain stance, at first hand: only such a one replaces another."""
        return self.position.factuality == "actual" and not self.position.hearsay


def held(look: Look, book: CodeBook, actor: object = None) -> list[Held]:
    """The stances on record, in the order of their days.

    Negated and hypothetical positions, and those whose holder could not be told, are left out, with the reason.

    Args:
        look: what the question sees.
        book: groups the propositions.
        actor: canonical name, alias or id; everybody where `None`.
    """
    ids = None if actor is None else look.ids_of(actor)
    return held_of(look, book, look.naming("position", ids, "actor"), everybody=ids is None)


def held_of(look: Look, book: CodeBook, positions: Sequence[Position], *, everybody: bool) -> list[Held]:
    """The stances of some positions, in the order of their days.

    Args:
        look: what the question sees.
        book: groups the propositions.
        positions: those that supersede one of them among them.
        everybody: whether positions that do not count are to be noted.
    """
    superseded = {p.supersedes for p in positions}
    found: list[Held] = []
    said: dict[str, list[Placed]] = {}  # by words: many positions are in the same ones
    for p in positions:
        if p.actor is None or p.factuality in ("negated", "hypothetical"):
            if everybody:
                look.leave_out(
                    p, f"it is {p.factuality}" if p.actor else "it could not be told whose position it is"
                )
        else:
            if p.issue not in said:
                said[p.issue] = placed(book, p.issue, "")
            found += _held(look, said[p.issue], p, p.actor, superseded=p.id in superseded)
    return sorted(found, key=lambda h: (h.step, h.position.id, h.key))


def _held(
    look: Look, places: Iterable[Placed], p: Position, actor: ActorRef, *, superseded: bool
) -> Iterator[Held]:
    day = (p.valid_from or look.day(p))[:10]
    for at in places:
        stance = turned(p.stance) if at.turned else p.stance
        key = at.key if at.key != WORDLESS else ("words", p.id)
        yield Held(p, actor, key, at.proposition, stance, at.issues, day, at.turned, superseded)


class Placed(NamedTuple):
    """A proposition on which a stance on some words is one.

    Args:
        key: the same for all words that say it, or its opposite.
        proposition: the issue's with the names in the words, or the words themselves.
        issues: of the code book.
        turned: whether the words say the opposite.
    """

    key: tuple[str, ...]
    proposition: str
    issues: tuple[CodedIssue, ...]
    turned: bool


def placed(book: CodeBook, words: str, alone: str) -> list[Placed]:
    """The propositions that words say, one at least.

    Args:
        book: groups the propositions.
        words: as a record has them.
        alone: the key where there are no words that carry meaning: the record's id.
    """
    coded = book.code(words)
    directed = [c for c in coded if c.direction]
    if not directed:
        key = ("words", *(content_words(words) or (alone,)))
        return [Placed(key, words, tuple(c.issue for c in coded), turned=False)]
    names = named(words)
    about = f" ({', '.join(map(_name, names))})" if names else ""
    return [
        Placed(("issue", c.issue.id, *names), c.issue.proposition + about, (c.issue,), c.direction < 0)
        for c in directed
    ]


def turned(stance: Stance) -> Stance:
    """The stance on the opposite of a proposition."""
    return _TURNED.get(stance, stance)


def _name(word: str) -> str:
    """What a person calls a name that `named` gives."""
    return Registry.load().states[word.removeprefix(STATE).upper()].name if word.startswith(STATE) else word


def by_party(stances: Iterable[Held]) -> dict[tuple[str, tuple[str, ...]], list[Held]]:
    """The stances by actor's id and proposition, in the order of their days."""
    grouped: dict[tuple[str, tuple[str, ...]], list[Held]] = {}
    for h in stances:
        grouped.setdefault((h.actor.id, h.key), []).append(h)
    return grouped


def current(stances: list[Held]) -> list[Held]:
    """Of one party's stances on one proposition, those of the latest day: firm ones before all others.

    More than one of them where sources of that day differ.
    """
    best = [h for h in stances if h.firm] or stances
    last = max(h.step for h in best)
    return [h for h in best if h.step == last]

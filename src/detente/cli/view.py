"""How a record is put to a person on a terminal: its cells, and its sentence with the words marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from detente.ledger.questions.wording import UNKNOWN, doubts, hung_on, names, spaced, when
from detente.records import (
    Actor,
    Amount,
    Article,
    Claim,
    Deal,
    Event,
    Membership,
    OfficeHeld,
    Pledge,
    Position,
    Record,
    Statement,
    Term,
)

if TYPE_CHECKING:
    from rich.text import Text

Row = Mapping[str, object]

COLUMNS: dict[str, dict[str, str]] = {
    "statements": {"speaker": "speaker", "how": "how", "content": "said", "outlet": "outlet", "id": "id"},
    "pledges": {"pledger": "pledger", "what": "in the words", "comes": "comes to", "how": "according to", "id": "id"},
    "terms": {"proposition": "term", "category": "category", "by": "proposed by", "status": "status", "depends": "depends on", "how": "according to", "id": "id"},
    "positions": {"actor": "actor", "stance": "stance", "issue": "issue", "how": "according to", "id": "id"},
    "events": {"date": "date", "type": "type", "actors": "who", "what": "in the words", "how": "according to", "id": "id"},
    "memberships": {"actor": "actor", "coalition": "coalition", "status": "status", "conditions": "on condition", "how": "according to", "id": "id"},
    "deals": {"title": "deal", "terms": "terms", "steps": "steps", "how": "according to", "id": "id"},
    "actors": {"name": "name", "type": "type", "country": "country", "office": "office", "id": "id"},
    "articles": {"published": "published", "publisher": "outlet", "name": "title", "words": "words", "origin": "origin", "id": "id"},
}  # fmt: skip


def sides(actors: tuple[Any, ...], others: tuple[Any, ...]) -> str:
    """Who, and to or with whom: "Ostrava → Marland"."""
    return names(actors) + (f" → {names(others)}" if others else "")


def amount_in_words(amount: Amount | None) -> str:
    """The words of an amount, as printed."""
    return amount.surface if amount else ""


def office(held: OfficeHeld) -> str:
    """An office with its years: "Prime Minister, Ostrava (2024-07-05–)"."""
    return f"{held.title}, {held.of} ({held.since or '?'}–{held.until or ''})"


def said(record: Record) -> str:
    """The words that a record rests on; what stands apart is joined by an ellipsis."""
    return " … ".join(e.exact for e in record.core)


def manner(record: Record) -> str:
    """Whose word it is, and how far it is a fact."""
    if isinstance(record, Statement):
        return ", ".join([record.mode, *doubts(record)])
    authority = record.according_to.name if isinstance(record, Claim) and record.according_to else UNKNOWN
    return ", ".join([authority, *doubts(record)])


def row_of(thing: Any, outlet: str = "") -> Row:
    """The cells of a record, an actor or an article, by column."""
    shared = {"how": manner(thing), "review": thing.review} if isinstance(thing, Record) else {}
    return {"id": thing.id, "outlet": outlet, **shared, **_CELLS[type(thing)](thing)}


def _statement(s: Statement) -> Row:
    return {"speaker": s.speaker.name if s.speaker else UNKNOWN, "content": s.content}


def _pledge(p: Pledge) -> Row:
    comes = (amount_in_words(p.amount), when(p.due), p.stage or "stage unknown")
    return {"pledger": sides(p.pledger, p.beneficiary), "what": said(p), "comes": ", ".join(filter(None, comes))}


def _term(t: Term) -> Row:
    return {"category": spaced(t.category), "proposition": t.proposition, "by": names(t.proposed_by),
            "status": spaced(t.status), "depends": ", ".join(t.depends_on)}  # fmt: skip


def _position(p: Position) -> Row:
    return {"actor": p.actor.name if p.actor else UNKNOWN, "stance": p.stance, "issue": p.issue}


def _event(e: Event) -> Row:
    return {"date": when(e.date) or UNKNOWN, "type": e.type, "actors": sides(e.actors, e.recipients), "what": said(e)}


def _membership(m: Membership) -> Row:
    return {"coalition": m.coalition.name, "actor": m.actor.name, "status": ", ".join(filter(None, (m.status, m.role))),
            "conditions": "; ".join(map(hung_on, m.conditions))}  # fmt: skip


def _deal(d: Deal) -> Row:
    steps = "; ".join(f"{s.order}. {s.action} ({names(s.actors)})" for s in d.steps)
    return {"title": d.title, "terms": len(d.terms), "steps": steps}


def _actor(a: Actor) -> Row:
    last = office(a.offices[-1]) if a.offices else ""
    return {"name": a.name, "type": a.type, "country": a.country or "", "office": last}


def _article(a: Article) -> Row:
    return {"published": a.published or UNKNOWN, "publisher": a.publisher or UNKNOWN, "name": a.name,
            "words": len(a.text.split()), "origin": a.origin, "id": a.id[:12]}  # fmt: skip


_CELLS: dict[type[Any], Callable[[Any], Row]] = {
    Statement: _statement, Pledge: _pledge, Term: _term, Position: _position, Event: _event, Membership: _membership,
    Deal: _deal, Actor: _actor, Article: _article,
}  # fmt: skip


def marked(record: Record, text: str) -> Text:
    """The sentences of a record's core words, with those words in square brackets and, on a terminal, marked."""
    from rich.text import Text

    from detente.language.marking import marked_sentences

    out = Text()
    for piece, core in marked_sentences(text, [(e.start, e.end) for e in record.core]):
        out.append(f"[{piece}]" if core else piece, style="bold reverse" if core else "")
    return out

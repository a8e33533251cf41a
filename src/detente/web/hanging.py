"""Pledges that hang on a condition, as the deal board shows them: what is promised only if something else is so."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from detente.actors.wording import content_words
from detente.ledger import Ledger
from detente.ledger.questions import Place, depends
from detente.ledger.questions.dependencies import Dependency
from detente.ledger.rows import name_key
from detente.records import Part, Pledge
from detente.web.board import Board

_MOST = 40  # conditions that are shown


class Promised(Part, frozen=True, kw_only=True):
    """A pledge that hangs on a condition: who gives it, in which words."""

    record: str
    who: tuple[str, ...]
    words: str
    place: Place


class Hinge(Part, frozen=True, kw_only=True):
    """A condition of pledges, in the articles' words.

    Args:
        off: whether its own switch is thrown.
        falls: whether it names something else that is switched off, and so cannot be met.
        pledges: what is promised on this condition.
    """

    text: str
    off: bool
    falls: bool
    pledges: tuple[Promised, ...]


def hinges(ledger: Ledger) -> dict[str, list[Dependency]]:
    """The conditions of pledges, by their first wording, with what hangs on each; no pledge that is said not to be one."""
    found: dict[str, list[Dependency]] = {}
    wordings: dict[str, str] = {}
    for row in depends(ledger).rows:
        if row.kind == "pledge" and row.place.factuality != "negated":
            found.setdefault(wordings.setdefault(name_key(row.on), row.on), []).append(row)
    return found


def hinged(ledger: Ledger, found: dict[str, list[Dependency]], off: Collection[str], made: Board) -> tuple[Hinge, ...]:
    """The conditions of pledges with what the switches do to them.

    A condition falls where it points to a term that is switched off or falls, or names in its words what is switched off.

    Args:
        ledger: whose pledges.
        found: as `hinges` gives them.
        off: conditions whose own switch is thrown.
        made: the board.
    """
    gone = {t.id for t in made.terms if t.off or t.falls}
    named = [t.proposition for t in made.terms if t.off] + [p.name for p in made.parties if p.off] + [f.text for f in made.facts if f.off]
    words = [set(content_words(name)) for name in named]
    return tuple(
        Hinge(
            text=text, off=text in off, falls=text not in off and _falls(text, rows, gone, words),
            pledges=tuple(_promised(ledger, row) for row in rows),
        )
        for text, rows in list(found.items())[:_MOST]
    )  # fmt: skip


def _falls(text: str, rows: Sequence[Dependency], gone: Collection[str], named: Sequence[set[str]]) -> bool:
    own = set(content_words(text))
    return any(row.target in gone for row in rows) or any(words and words <= own for words in named)


def _promised(ledger: Ledger, row: Dependency) -> Promised:
    pledge = ledger.get(row.record)
    who = tuple(actor.name for actor in pledge.pledger) if isinstance(pledge, Pledge) else ()
    return Promised(record=row.record, who=who, words=row.what, place=row.place)

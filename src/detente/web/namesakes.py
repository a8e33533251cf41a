"""Actors of one name whom different articles introduce, and what each article calls them: whom a person may put together.

Whom no registry knows is made from each article that names him. Those of one name and one office are one (`actors.casting`);
nothing puts others together but a person's decision.
"""

from __future__ import annotations

from pathlib import Path

from detente.actors import Registry
from detente.actors.names import fold, tidy, written_as_name
from detente.actors.roles import has_title
from detente.ledger import Ledger
from detente.ledger.judgements import PLACE
from detente.records import Part

_MADE = "made-"  # how the ids of actors begin that an article introduces
_NAMED = (
    "EXISTS (SELECT 1 FROM record_actors ra JOIN records r ON r.serial = ra.record "
    "WHERE ra.actor = a.id AND r.review <> 'rejected' AND r.merged_into IS NULL)"
)


class Candidate(Part, frozen=True, kw_only=True):
    """One actor of a name: id and name."""

    id: str
    name: str


Group = tuple[Candidate, ...]


def namesakes(ledger: Ledger, registry: Path | None = None) -> list[Group]:
    """Actors of one full name and type, each group of two at least, by name; one that is in a registry comes first.

    Persons by a surname alone, those known by a title alone, and those whom a person took apart are left out.

    Args:
        ledger: whose actors.
        registry: folder of one's own registry files.
    """
    known = Registry.load(registry)
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for key, name, kind in ledger.connection.rows(
        "SELECT id, name, type FROM actors a WHERE type <> 'unnamed' AND id NOT IN (SELECT actor FROM actor_merges) "
        f"AND {_NAMED} AND NOT EXISTS (SELECT 1 FROM judgements WHERE record = a.id AND field = ? AND action = 'split') "
        "ORDER BY id LIKE ?, id",
        (PLACE, f"{_MADE}%"),
    ):
        if _full(name, kind, known):
            groups.setdefault((fold(name), kind), []).append(Candidate(id=key, name=name))
    return [tuple(group) for _, group in sorted(groups.items()) if sum(c.id.startswith(_MADE) for c in group) > 0 < len(group) - 1]


def likely(ledger: Ledger, key: str, name: str, most: int = 8) -> Group:
    """Actors whose name ends as this one does: "Edmund Carrow" for "Carrow".

    Args:
        ledger: whose actors.
        key: id of the actor who is left out.
        name: the name.
        most: how many at most.
    """
    last = tidy(name).split()[-1:] or [""]
    rows = ledger.connection.rows(
        "SELECT id, name FROM actors a WHERE id <> ? AND id NOT IN (SELECT actor FROM actor_merges) "
        f"AND {_NAMED} AND instr(lower(name), lower(?)) ORDER BY length(name) DESC, id",
        (key, last[0]),
    )
    same = [Candidate(id=k, name=n) for k, n in rows if fold(n.split()[-1]) == fold(last[0])]
    return tuple(same[:most])


def _full(name: str, kind: str, registry: Registry) -> bool:
    words = tidy(name).split()
    if not written_as_name(name) or has_title(name, registry):
        return False
    return len(words) > 1 or kind != "person"

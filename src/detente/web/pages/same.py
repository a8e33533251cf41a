"""Names that several articles have: whose title agrees is offered as one person, and a person puts them together."""

from __future__ import annotations

from collections.abc import Iterator

from detente.actors import Registry
from detente.actors.roles import Role, role_beside
from detente.errors import RecordError
from detente.ledger import RecordSet, deciding
from detente.ledger.clustering import cluster
from detente.ledger.judgements import new_batch
from detente.records import AnyRecord, Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.choosing import Choice
from detente.web.entries import Entry
from detente.web.namesakes import Candidate, Group, namesakes
from detente.web.sending import Sent
from detente.web.tables import of_rows
from detente.web.templating import id_path

_MOST = 20  # names on the page
_WHY = "one full name in several articles"


class Known(Part, frozen=True, kw_only=True):
    """One actor of a name, as an article introduces them.

    Args:
        total: how many records name them.
        role: the title beside the name in the article; empty where none stands there.
        agrees: whether the title can be that of the others.
        entry: the first record that names them.
    """

    id: str
    name: str
    total: int
    role: str
    agrees: bool
    entry: Entry


class Name(Part, frozen=True, kw_only=True):
    """A name and those who have it, the most named first.

    Args:
        role: the title that most of them have; empty where none is said.
    """

    name: str
    role: str
    known: tuple[Known, ...]


class Same(Part, frozen=True, kw_only=True):
    """The names that several actors have.

    Args:
        total: how many there are.
        by: who decides.
    """

    total: int
    by: str
    names: tuple[Name, ...]


def same(ask: Ask) -> View:
    """The page of names that several actors have."""
    ask.only()
    groups = namesakes(ask.ledger, ask.registry)
    shown = Same(total=len(groups), by=ask.by, names=tuple(_name(ask, group) for group in groups[:_MOST]))
    columns = ("id", "name", "role", "agrees", "records", "publisher", "sentence")
    return View(template="same.html", shown=shown, table=of_rows(columns, _rows(shown)))


def put_together(ask: Ask, form: Sent) -> str:
    """Put together those of each name that are ticked, as one decision, and lead back to what is left.

    Raises:
        RecordError: nobody is named who decides, nothing is ticked, or the names are no longer what was shown.
    """
    by = form.one("by")
    if not by:
        raise RecordError("got a decision without a name, expected who decides", "write your name beside the decision")
    chosen = set(form.many("same"))
    groups = [[c for c in group if c.id in chosen] for group in namesakes(ask.ledger, ask.registry)]
    if strange := chosen - {c.id for group in groups for c in group}:
        raise RecordError(f"got {min(strange)}, who shares no name with another one now", "look at the names once more, and decide again")
    pairs = [(kept, one) for group in groups if len(group) > 1 for kept, *others in [_most_named(ask, group)] for one in others]
    if not pairs:
        raise RecordError("got no two of one name, expected at least two that are ticked", "tick those who are one")
    batch = new_batch()
    for kept, one in pairs:
        deciding.merge(ask.ledger.connection, one.id, kept.id, by=by, note=form.one("note") or _WHY, batch=batch)
    cluster(ask.ledger)  # what two articles say of one person may be one thing now
    return "/same"


def put_with(ask: Ask, form: Sent) -> str:
    """Say that the actor of the page is another one, and lead to the one that is kept.

    Raises:
        RecordError: nobody is named who decides or who is kept, or the two are one already.
        UnknownName: there is no such actor.
    """
    by, into = form.one("by"), form.one("into")
    if not by or not into:
        raise RecordError("got a decision without who decides or whom it is about, expected both", "choose a name, and write yours beside it")
    ask.ledger.merge(ask.key, into, by=by, note=form.one("note") or None)
    cluster(ask.ledger)
    return id_path("actors", into)


def _name(ask: Ask, group: Group) -> Name:
    roles = {c.id: _role(ask, c) for c in group}
    usual = max(roles.values(), key=lambda role: (sum(bool(r.title) and role.agrees(r) for r in roles.values()), len(str(role))))
    known = tuple(
        Known(
            id=c.id, name=c.name, total=_total(ask, c), role=str(roles[c.id]), agrees=usual.agrees(roles[c.id]),
            entry=ask.reader.entry(_records(ask, c)[0]),
        )
        for c in _most_named(ask, group)
    )  # fmt: skip
    return Name(name=group[0].name, role=str(usual), known=known)


def _role(ask: Ask, one: Candidate) -> Role:
    return role_beside(ask.ledger.article(_records(ask, one)[0].article).text, one.name, Registry.load(ask.registry))


def _most_named(ask: Ask, group: Group | list[Candidate]) -> list[Candidate]:
    """Those of a group, the most named first; one that a registry knows before all."""
    return sorted(group, key=lambda c: (c.id.startswith("made-"), -_total(ask, c), c.id))


def _total(ask: Ask, one: Candidate) -> int:
    return len(_records(ask, one))


def _records(ask: Ask, one: Candidate) -> RecordSet[AnyRecord]:
    return Choice(ask.ledger, None, {"actor": one.id}).records


def _rows(shown: Same) -> Iterator[dict[str, object]]:
    for name in shown.names:
        for k in name.known:
            yield {
                "id": k.id, "name": k.name, "role": k.role, "agrees": k.agrees, "records": k.total,
                "publisher": k.entry.source.publisher, "sentence": k.entry.sentence,
            }  # fmt: skip

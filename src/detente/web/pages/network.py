"""The network: who talks to, supports and criticises whom, and who bridges."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from detente.ledger.questions import Answer, Bridge, sides
from detente.records import ActorRef, Part
from detente.web.answers import View
from detente.web.asking import AddressError, Ask
from detente.web.contacts import Contact, contacts
from detente.web.drawing.network import Node, Tie, network
from detente.web.filtering import Filters
from detente.web.tables import of_rows
from detente.web.templating import href, id_path

_OWN = ("as_of", "relation")
_RELATIONS = ("talks to", "supports", "criticises")
_MOST = 40  # actors that a drawing can hold and a reader can tell apart


class NetworkPage(Part, frozen=True, kw_only=True):
    """The network.

    Args:
        drawn: how many actors are drawn, those with most ties.
        actors: how many there are.
        bridges: who stands between others that are in no contact on record.
    """

    asked: dict[str, Any]
    own: dict[str, Any]
    drawn: int
    actors: int
    answer: Answer[Contact]
    bridges: tuple[Bridge, ...]


def network_page(ask: Ask) -> View:
    """The page of the network."""
    as_of, wanted = ask.one("as_of"), ask.many("relation")
    if strange := [r for r in wanted if r not in _RELATIONS]:
        raise AddressError(f"relation: got {strange[0]!r}, expected one of: {', '.join(_RELATIONS)}")
    own = ({"as_of": as_of} if as_of else {}) | ({"relation": wanted} if wanted else {})
    filters = Filters(ask, "/network", own=_OWN, kept=own)
    found = contacts(ask.ledger, as_of=as_of)
    rows = [row for row in found if not wanted or row.relation in wanted]
    actors = _by_weight(rows)
    drawn = dict(list(actors.items())[:_MOST])
    bridges = tuple(row for row in sides(ask.ledger, as_of=as_of) if isinstance(row, Bridge))
    shown = NetworkPage(
        asked=filters.asked, own=own, drawn=len(drawn), actors=len(actors), answer=found.replace(rows=tuple(rows)), bridges=bridges
    )  # fmt: skip
    page = {"filters": filters, "drawing": _drawing(rows, drawn, bridges), "relations": _RELATIONS}
    lines = [line for row in (*rows, *bridges) for line in row.cells()]
    columns = tuple(dict.fromkeys(c for line in lines for c in line)) or ("who",)
    return View(template="network.html", shown=shown, table=of_rows(columns, lines), marked=page)


def _by_weight(rows: list[Contact]) -> dict[str, tuple[ActorRef, int]]:
    """The actors with how often their ties are told, the most first."""
    found: dict[str, tuple[ActorRef, int]] = {}
    for row in rows:
        for actor in (row.source, row.target):
            found[actor.id] = (actor, found.get(actor.id, (actor, 0))[1] + len(row.places))
    return dict(sorted(found.items(), key=lambda item: (-item[1][1], item[1][0].name, item[0])))


def _drawing(rows: list[Contact], drawn: dict[str, tuple[ActorRef, int]], bridges: tuple[Bridge, ...]) -> Markup:
    if not drawn:
        return Markup("")
    most = max(told for _, told in drawn.values())
    between = {b.actor.id: len(b.between) for b in bridges}
    nodes = [
        Node(key, actor.name, id_path("actors", key), told / most, _says(actor, told, between.get(key, 0)))
        for key, (actor, told) in drawn.items()
    ]
    ties = [
        Tie(r.source.id, r.target.id, r.relation.partition(" ")[0], len(r.places), _words(r), f"{r.heading}: told {len(r.places)} times")
        for r in rows if r.source.id in drawn and r.target.id in drawn
    ]  # fmt: skip
    return network(nodes, ties)


def _says(actor: ActorRef, told: int, between: int) -> str:
    bridging = f"; bridges {between} pairs" if between else ""
    return f"{actor.name}: ties told {told} times{bridging}"


def _words(row: Contact) -> str:
    """Where a tie is told: the sentence, or the list of the sentences."""
    first = row.places[0]
    if len(row.places) == 1:
        return f"{id_path('articles', first.article)}#r-{first.record}"
    return href("/records", id=[place.record for place in row.places])

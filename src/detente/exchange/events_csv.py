"""Events as the field's tables have them: the columns of POLECAT, which is coded in PLOVER, and of CAMEO beside them.

Rows are dyads, as in POLECAT, ICEWS and GDELT: an event of two actors and one recipient is two rows with one "Event ID".
The types of PLOVER and their roots in CAMEO: the conversion table of PLOVER 0.8 (Schrodt 2021).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import product
from typing import IO, Any

from detente.exchange.base import Account, of_kind, with_articles
from detente.exchange.csv import inert, text_of
from detente.exchange.dates import granularity
from detente.exchange.directory import Directory
from detente.exchange.flat import cell, values
from detente.ledger import Ledger
from detente.records import ActorRef, AnyRecord, Article, Event, EventType

# Roots of CAMEO that become each type of PLOVER; where they are two or more, the type alone does not tell which.
CAMEO_ROOTS: dict[EventType, tuple[str, ...]] = {
    "AGREE": ("03",), "CONSULT": ("04",), "SUPPORT": ("05",), "COOPERATE": ("06",), "AID": ("07",), "CONCEDE": ("08",),
    "RETREAT": ("08",), "REQUEST": ("10",), "ACCUSE": ("09", "11"), "REJECT": ("12",), "THREATEN": ("13",),
    "PROTEST": ("14",), "MOBILIZE": ("15",), "SANCTION": ("16",), "COERCE": ("17",), "ASSAULT": ("18", "19", "20"),
}  # fmt: skip

_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
_PLOVER_QUAD: dict[EventType, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip

# POLECAT's header (Halterman et al. 2023, Dataverse AJGVIT), so that rows can be bound to its own.
POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
CAMEO = ("EventRootCode", "EventRootCodes", "QuadClass")
OURS = (
    "review", "factuality", "hearsay", "according_to", "date", "date_granularity", "actor_id", "actor_type", "recipient_id",
    "recipient_type", "sentence", "words", "start", "end", "citation", "read_by", "confidence", "reasons",
)  # fmt: skip


class EventsCsv:
    """Writes the events of a ledger as CSV, a row for each pair of actor and recipient."""

    name = "events"
    extension = ".csv"
    binary = False
    omits = (
        "records that are not events",
        "PLOVER's modes, contexts and intensities, sectors and COW codes, and places on a map: no reader here tells them",
        "the root of CAMEO where a type of PLOVER takes in several (ACCUSE, ASSAULT): EventRootCodes has all of them",
        "countries as alpha-3: they are ISO 3166-1 alpha-2",
    )

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write the events among the records, or all events of the ledger."""
        account, directory = Account(), Directory(ledger)
        with ledger.connection.snapshot(), text_of(stream) as text:
            table = csv.DictWriter(text, (*POLECAT, *CAMEO, *OURS), restval="")
            table.writeheader()
            for event, article in with_articles(ledger, of_kind(ledger, records, Event)):
                for found in _rows(event, article, directory):
                    table.writerow({column: inert(cell(value)) for column, value in found.items()})
                account.wrote(event)
        return account


def dyads(event: Event) -> Iterator[tuple[ActorRef | None, ActorRef | None]]:
    """Every actor with every recipient; `None` in the place of those that are not named."""
    yield from product(event.actors or (None,), event.recipients or (None,))


def cameo_quad(type: EventType) -> int:  # noqa: A002 the field of the record is called so
    """CAMEO's class: verbal cooperation to root 05, material to 08, verbal conflict to 13, material beyond."""
    root = int(CAMEO_ROOTS[type][0])
    return 1 + (root > 5) + (root > 8) + (root > 13)


def _rows(event: Event, article: Article, directory: Directory) -> Iterator[dict[str, Any]]:
    shared = _event(event, article)
    for actor, recipient in dyads(event):
        yield shared | _side("Actor", actor, directory) | _side("Recipient", recipient, directory)


def _event(event: Event, article: Article) -> dict[str, Any]:
    flat, roots = values(event, article), CAMEO_ROOTS[event.type]
    polecat = {
        "Event ID": event.id,
        "Event Date": event.date if granularity(event.date) == "day" else None,
        "Event Type": event.type,
        "Quad Code": _QUADS[_PLOVER_QUAD[event.type]],
        "Raw Placename": event.place,
        "Source": article.publisher,
        "Publication Date": article.published,
        "Language": article.language,
    }
    cameo = {
        "EventRootCode": roots[0] if len(roots) == 1 else None,
        "EventRootCodes": "|".join(roots),
        "QuadClass": cameo_quad(event.type),
    }
    return polecat | cameo | {column: flat[column] for column in OURS if column in flat}


def _side(side: str, ref: ActorRef | None, directory: Directory) -> dict[str, Any]:
    if ref is None:
        return {}
    actor = directory.find(ref)
    return {
        f"{side} Name": ref.name,
        f"{side} Country": actor.country if actor else None,
        f"{side.lower()}_id": ref.id,
        f"{side.lower()}_type": actor.type if actor else None,
    }

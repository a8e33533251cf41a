"""Who talks to, supports and criticises whom: the records of a ledger as ties between actors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from detente.exchange.ties import ties
from detente.ledger import Ledger
from detente.ledger.questions import Answer, Place, Row
from detente.ledger.questions.look import Look
from detente.records import ActorRef, AnyRecord

Relation = Literal["talks to", "supports", "criticises"]
# What a record's tie counts as; requests, retreats and mobilisations are none of the three.
_COUNTS_AS: dict[str, Relation] = {
    "talks_to": "talks to", "supports": "supports", "aid": "supports", "cooperate": "supports", "agree": "supports",
    "concede": "supports", "pledges_to": "supports", "criticises": "criticises",
    "threaten": "criticises", "protest": "criticises", "sanction": "criticises", "coerce": "criticises", "assault": "criticises",
}  # fmt: skip
# Of all statements only those that are said to somebody: most are not, and reading them takes its time.
_ADDRESSED = "SELECT DISTINCT r.id FROM record_actors ra JOIN records r ON r.serial = ra.record WHERE ra.role = 'addressees'"


class Contact(Row, frozen=True, kw_only=True):
    """What one actor has to do with another one."""

    source: ActorRef
    target: ActorRef
    relation: Relation

    @property
    def heading(self) -> str:
        """Who, what, whom."""
        return f"{self.source.name} {self.relation} {self.target.name}"

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        yield {"who": self.source.name, "relation": self.relation, "whom": self.target.name, "told": len(self.places)}


def contacts(ledger: Ledger, *, as_of: str | None = None) -> Answer[Contact]:
    """Who talks to, supports, criticises whom, the most told first.

    Statements count from the speaker to whom is addressed, events and pledges from those who act to those acted on. What is
    planned, hypothetical, said not to be so or hearsay is left out, and said to be.

    Args:
        ledger: the records.
        as_of: last day of publication, as YYYY-MM-DD.
    """
    look = Look(ledger, as_of)
    found: dict[tuple[str, str, Relation], tuple[ActorRef, ActorRef, dict[str, Place]]] = {}
    statements = look.these(ledger.connection.column(_ADDRESSED))
    for record in (*statements, *look.records("event"), *look.records("pledge")):
        told = list(_told(record))
        if told and (why := _doubt(record)):
            look.leave_out(record, why)
            continue
        for source, target, relation in told:
            _, _, places = found.setdefault((source.id, target.id, relation), (source, target, {}))
            places[record.id] = look.place(record)
    rows = [
        Contact(source=source, target=target, relation=relation, places=tuple(places.values()))
        for (_, _, relation), (source, target, places) in found.items()
    ]
    rows.sort(key=lambda c: (-len(c.places), c.source.name, c.target.name, c.relation))
    return Answer.of(look, "contacts", "tie", rows)


def _told(record: AnyRecord) -> Iterator[tuple[ActorRef, ActorRef, Relation]]:
    for tie in ties(record):
        relation = _COUNTS_AS.get(tie.relation)
        if relation and tie.source.id != tie.target.id:
            yield ActorRef(id=tie.source.id, name=tie.source.label), ActorRef(id=tie.target.id, name=tie.target.label), relation


def _doubt(record: AnyRecord) -> str | None:
    """Why a record does not count: it tells of nothing that happened, or of it at second hand."""
    if record.factuality != "actual":
        return f"it is {record.factuality}"
    return "it is hearsay" if record.hearsay else None

"""One record: every field with its reason and its words, what the machine read and what people decided."""

from __future__ import annotations

from detente.ledger.judgements import proposal_of, standing
from detente.records import AnyRecord, Judgement, Part, Statement
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.details import FieldShown, fields_of, passage
from detente.web.entries import Entry
from detente.web.tables import of_records


class RecordPage(Part, frozen=True, kw_only=True):
    """One record with all that is known about it.

    Args:
        standing: serials of the judgements that no later one has undone.
        clusters: ids of records that are the same thing in other articles, with the reason.
        dependents: records that name this one: terms that depend on it, claims according to it.
    """

    entry: Entry
    fields: tuple[FieldShown, ...]
    judgements: tuple[Judgement, ...]
    standing: tuple[int, ...]
    clusters: tuple[tuple[str, tuple[str, ...]], ...]
    dependents: tuple[Entry, ...]


def record(ask: Ask) -> View:
    """The page of one record."""
    ask.only()
    found = ask.ledger.get(ask.key)
    judgements = tuple(ask.ledger.judgements(found.id))
    _, layout = ask.reader.article(found.article)
    shown = RecordPage(
        entry=ask.reader.entry(found),
        fields=fields_of(found, proposal_of(found, judgements)),
        judgements=judgements,
        standing=tuple(j.serial for j in standing(judgements)),
        clusters=tuple((c.reason, c.members) for c in ask.ledger.clusters() if found.id in c.members),
        dependents=ask.reader.entries(_dependents(ask, found)),
    )
    return View(
        template="record.html", shown=shown, table=of_records(ask.ledger, [found]),
        marked={"passage": passage(found, layout, whole=ask.whole)},
    )  # fmt: skip


def _dependents(ask: Ask, found: AnyRecord) -> list[AnyRecord]:
    """Records of the same article that rest on this one."""
    return [
        other
        for other in ask.ledger.records().where(article=found.article)
        if other.id != found.id and other.review != "rejected" and found.id in _rests_on(other)
    ]


def _rests_on(record: AnyRecord) -> set[str]:
    if isinstance(record, Statement):
        return set()
    named = {record.according_to.id} if record.according_to else set()
    for field in ("depends_on", "derived_from", "terms"):
        named.update(getattr(record, field, ()))
    return named | {str(getattr(record, field, None)) for field in ("supersedes", "part_of")}

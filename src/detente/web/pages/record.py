"""One record: every field with its reason and its words, what the machine read and what people decided."""

from __future__ import annotations

from typing import Any

from detente.errors import UnknownName
from detente.ledger.judgements import proposal_of, standing
from detente.records import AnyRecord, Evidence, Judgement, Part, Statement
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.entries import Entry
from detente.web.layout import Layout
from detente.web.marking import anchors, marked, marks_of
from detente.web.tables import of_records

# Shown elsewhere on the page, each in its own way.
_NOT_A_FIELD = frozenset({"kind", "id", "article", "evidence", "origin", "confidence", "review", "reasons"})

_OF_CLAIMS = frozenset({"according_to", "factuality", "hearsay"})


class FieldShown(Part, frozen=True, kw_only=True):
    """A field of a record.

    Args:
        value: as the record has it now, plain.
        reason: why it is what it is, or why it is unknown.
        evidence: its own words.
        machine: what was read, where a person changed it; `None` with `edited` false says nothing.
    """

    name: str
    value: Any
    reason: str | None
    evidence: tuple[Evidence, ...]
    edited: bool
    machine: Any


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
        fields=_fields(found, proposal_of(found, judgements)),
        judgements=judgements,
        standing=tuple(j.serial for j in standing(judgements)),
        clusters=tuple((c.reason, c.members) for c in ask.ledger.clusters() if found.id in c.members),
        dependents=ask.reader.entries(_dependents(ask, found)),
    )
    return View(
        template="record.html", shown=shown, table=of_records(ask.ledger, [found]),
        marked={"passage": _passage(found, layout)},
    )  # fmt: skip


def _fields(now: AnyRecord, machine: AnyRecord) -> tuple[FieldShown, ...]:
    current, before = now.to_dict(), machine.to_dict()
    # What is the kind's own comes first, then what all claims have.
    names = sorted(current.keys() - _NOT_A_FIELD, key=lambda name: (name in _OF_CLAIMS, list(current).index(name)))
    return tuple(
        FieldShown(
            name=name, value=current[name], reason=now.reasons.get(name), evidence=now.words(name),
            edited=current[name] != before[name], machine=before[name] if current[name] != before[name] else None,
        )
        for name in names
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


def _passage(found: AnyRecord, layout: Layout) -> Any:
    """The paragraphs of the core words, with all evidence marked."""
    core = found.core
    near = list(layout.near(min(e.start for e in core), max(e.end for e in core)))
    if not near:
        raise UnknownName(f"{found.id}: its words stand in no paragraph", "detente check")
    within = (near[0][0], near[-1][1])
    marks = marks_of(found, {e.field for e in found.evidence})
    return marked(layout, marks, anchors([found]), within, leads_to=f"/articles/{found.article}#r-")

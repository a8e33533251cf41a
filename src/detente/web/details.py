"""A record in detail: its fields with their reasons and words, what was read beside what people decided, its paragraph."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from detente.errors import UnknownName
from detente.records import AnyRecord, Evidence, Part
from detente.web.layout import Layout
from detente.web.marking import anchors, marked, marks_of

# Shown elsewhere on the page, each in its own way.
_NOT_A_FIELD = frozenset({"kind", "id", "article", "evidence", "origin", "confidence", "review", "reasons"})

OF_CLAIMS = frozenset({"according_to", "factuality", "hearsay"})
"""Fields that all claims have, which stand behind those of their kind."""


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


def fields_of(now: AnyRecord, machine: AnyRecord) -> tuple[FieldShown, ...]:
    """The fields of a record.

    Args:
        now: the record as the judgements leave it.
        machine: as it was read.
    """
    current, before = now.to_dict(), machine.to_dict()
    # What is the kind's own comes first, then what all claims have.
    names = sorted(
        current.keys() - _NOT_A_FIELD, key=lambda name: (name in OF_CLAIMS, list(current).index(name))
    )
    return tuple(
        FieldShown(
            name=name, value=current[name], reason=now.reasons.get(name), evidence=now.words(name),
            edited=current[name] != before[name], machine=before[name] if current[name] != before[name] else None,
        )
        for name in names
    )  # fmt: skip


def passage(found: AnyRecord, layout: Layout, *, whole: bool = True) -> Markup:
    """The paragraphs of the core words, or their sentences alone, with all evidence marked.

    Raises:
        UnknownName: the words stand in no paragraph.
    """
    core = found.core
    near = list(layout.near(min(e.start for e in core), max(e.end for e in core)))
    if not near:
        raise UnknownName(f"{found.id}: its words stand in no paragraph", "detente check")
    within = (near[0][0], near[-1][1])
    marks = marks_of(found, {e.field for e in found.evidence})
    return marked(layout, marks, anchors([found]), within, leads_to=f"/articles/{found.article}#r-", whole=whole)

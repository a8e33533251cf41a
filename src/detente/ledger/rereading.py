"""An article is read again: which proposals are new, which are replaced, and what becomes of the judged ones.

A proposal that somebody judged is never replaced. Where the new reading has a proposal of the same kind on nearly
the same words, that proposal is taken to be the judged record: it is not added a second time, and what refers to it refers to
the judged record. Judged records that the new reading has nothing for stand as they are, and are listed as orphans.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

import msgspec

from detente.records import AnyRecord, decode, encode, kind_of

# Half of all core words that the two have must be common: a statement told inside another one is then not taken for it.
LEAST_OVERLAP = 0.5


class Rereading(msgspec.Struct, frozen=True):
    """What a new reading changes.

    Args:
        added: records that are new.
        changed: records that nobody judged, on the same words, with other values.
        removed: ids of records that nobody judged and that are not proposed any more.
        attached: by id of a new proposal, the id of the judged record that it is.
        orphaned: ids of judged records that the new reading has nothing for.
    """

    added: tuple[AnyRecord, ...]
    changed: tuple[AnyRecord, ...]
    removed: tuple[str, ...]
    attached: Mapping[str, str]
    orphaned: tuple[str, ...]


def compare(kept: Sequence[AnyRecord], judged: Collection[str], proposed: Sequence[AnyRecord]) -> Rereading:
    """Compare the records of an article with those of a new reading.

    Args:
        kept: what the ledger has.
        judged: ids of those that somebody judged or made.
        proposed: what the new reading gives.
    """
    old = {r.id: r for r in kept}
    new = {r.id for r in proposed}
    attached = attach(
        [r for r in kept if r.id in judged and r.id not in new], [r for r in proposed if r.id not in old]
    )
    records = [renamed(r, attached) for r in proposed if r.id not in attached]
    return Rereading(
        added=tuple(r for r in records if r.id not in old),
        changed=tuple(
            r for r in records if r.id in old and r.id not in judged and encode(r) != encode(old[r.id])
        ),
        removed=tuple(r.id for r in kept if r.id not in judged and r.id not in new),
        attached=attached,
        orphaned=tuple(
            r.id for r in kept if r.id in judged and r.id not in new and r.id not in attached.values()
        ),
    )


def attach(judged: Iterable[AnyRecord], proposed: Sequence[AnyRecord]) -> dict[str, str]:
    """Pair judged records with new proposals of the same kind, one to one, the greatest overlap first.

    Returns:
        By id of the proposal, the id of the judged record.
    """
    pairs = [
        (-overlap(old, new), -_agreement(old, new), old.id, new.id)
        for old in judged
        for new in proposed
        if kind_of(old) == kind_of(new) and overlap(old, new) >= LEAST_OVERLAP
    ]
    found: dict[str, str] = {}
    for *_, old_id, new_id in sorted(pairs):
        if new_id not in found and old_id not in found.values():
            found[new_id] = old_id
    return found


def overlap(one: AnyRecord, other: AnyRecord) -> float:
    """The share of their core words that two records have in common, from 0 to 1."""
    a, b = _places(one), _places(other)
    return len(a & b) / len(a | b)


def renamed(record: AnyRecord, names: Mapping[str, str]) -> AnyRecord:
    """The record with the ids that it refers to changed."""
    if not names:
        return record
    data = msgspec.to_builtins(record)
    return cast("AnyRecord", decode(msgspec.json.encode(_with_names(data, names))))


def _with_names(value: Any, names: Mapping[str, str]) -> Any:
    match value:
        case str():
            return names.get(value, value)
        case dict():
            return {key: _with_names(item, names) for key, item in value.items()}
        case list() | tuple():
            return [_with_names(item, names) for item in value]
        case _:
            return value


def _places(record: AnyRecord) -> set[int]:
    return {place for e in record.core for place in range(e.start, e.end)}


def _agreement(one: AnyRecord, other: AnyRecord) -> int:
    """How many fields two records agree in: tells apart records that rest on the same words."""
    return sum(getattr(one, f) == getattr(other, f) for f in one.__struct_fields__)

"""Which pledge is a part of which: by the id or the words that `part_of` gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from detente.ledger.folding import Fold
from detente.ledger.questions.promises import Promise
from detente.ledger.rows import name_key
from detente.records import Pledge


class Whole(NamedTuple):
    """What a promise is a part of.

    Args:
        promises: the whole, the whole of the whole and so on, as far as they are known.
        circular: whether the parts lead back to the promise itself.
        note: the same in words.
    """

    promises: tuple[Promise, ...]
    circular: bool
    note: str


def wholes(found: Sequence[tuple[Fold, Promise]]) -> dict[str, Whole]:
    """By id of a promise that is a part, what it is a part of.

    Args:
        found: the promises, with the records that each was folded from.
    """
    by_record = {p.id: promise for fold, promise in found for p in fold.pledges}
    named = {promise.id: next((p for p in fold.pledges if p.part_of), None) for fold, promise in found}
    upward = {key: _whole(key, part, by_record) for key, part in named.items() if part}
    return {key: _climbed(key, part.part_of or "", upward) for key, part in named.items() if part}


def _whole(own_id: str, part: Pledge, by_record: dict[str, Promise]) -> Promise | None:
    """The promise that `part_of` names: by the id of a record, else by words that only one promise of the pledger has."""
    asked = part.part_of or ""
    if asked in by_record:
        return by_record[asked]
    own, words = {a.id for a in part.pledger}, name_key(asked)
    fitting = {
        p.id: p for p in by_record.values()
        if p.id != own_id and own & {a.id for a in p.pledger} and _has(p, words)
    }  # fmt: skip
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _has(promise: Promise, words: str) -> bool:
    return bool(words) and any(words in name_key(place.words) for place in promise.places)


def _climbed(key: str, asked: str, upward: dict[str, Promise | None]) -> Whole:
    found: dict[str, Promise] = {}
    above = upward[key]
    while above is not None and above.id not in found:
        found[above.id] = above
        above = upward.get(above.id)
    told = next(
        (f"part of: {p.heading}" for p in found.values()), f"part of “{asked}”, which is not counted here"
    )
    return Whole(tuple(found.values()), key in found, told)

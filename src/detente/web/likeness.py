"""Records that may say the same as another one: what a person is offered to merge it with."""

from __future__ import annotations

from itertools import islice

from detente.actors.wording import content_words
from detente.ledger import Ledger
from detente.ledger.rows import actors_in
from detente.records import AnyRecord, kind_of

_LOOKED_AT = 500
_LEAST = 0.12  # share of words in common below which nothing is offered


def alike(ledger: Ledger, record: AnyRecord, most: int = 6) -> list[AnyRecord]:
    """Records of the same kind that name one of the same actors, those with most words in common first.

    Args:
        ledger: where they are.
        record: the record that they are compared with.
        most: how many at most.
    """
    own = _words(record)
    actors = dict.fromkeys(actor.id for _, actor in actors_in(record))
    found = {
        other.id: other
        for actor in actors
        for other in islice(ledger.records(kind_of(record)).where(actor=actor), _LOOKED_AT)
        if other.id != record.id and other.review != "rejected"
    }
    shared = {key: len(own & words) / len(own | words) for key, other in found.items() if (words := _words(other)) | own}
    near = sorted((key for key, share in shared.items() if share >= _LEAST), key=lambda key: (-shared[key], key))
    return [found[key] for key in near[:most]]


def _words(record: AnyRecord) -> set[str]:
    return {word for e in record.core for word in content_words(e.exact)}

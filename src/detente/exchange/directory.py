"""The actors that records name, looked up in the ledger one by one."""

from __future__ import annotations

from functools import lru_cache

from detente.ledger import Ledger
from detente.records import Actor, ActorRef

_KEPT = 4096  # actors held at a time; coverage of one negotiation names a few hundred


class Directory:
    """Finds what the ledger knows of an actor that a record names.

    Args:
        ledger: where the records are from.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._actors = ledger.actors
        self.find = lru_cache(_KEPT)(self._find)

    def _find(self, ref: ActorRef) -> Actor | None:
        """The actor, or `None` where the ledger has no entry for it."""
        return self._actors.where(actor=ref).first()

    def is_person(self, ref: ActorRef) -> bool:
        """Whether it is known to be a person."""
        actor = self.find(ref)
        return actor is not None and actor.type == "person"

    def country(self, ref: ActorRef) -> str | None:
        """Its country as ISO 3166-1 alpha-2, `None` where that is not known."""
        actor = self.find(ref)
        return actor.country if actor else None

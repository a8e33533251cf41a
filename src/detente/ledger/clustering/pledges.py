"""One pledge in several articles: what the ledger's folding of pledges puts together, found by keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, cast

from detente.articles import near
from detente.ledger.clustering import loading
from detente.ledger.clustering.loading import Dated
from detente.ledger.connection import Connection
from detente.ledger.folding import fold_pledges, said_of, same_said
from detente.ledger.likely import Key, Said, asked, indexed
from detente.records import Cluster, Pledge


class Promised:
    """A pledge as it is compared."""

    def __init__(self, dated: Dated) -> None:
        self.dated, self.pledge = dated, cast("Pledge", dated.record)

    @cached_property
    def said(self) -> Said:
        """What the folding compares."""
        return said_of(self.pledge)

    @cached_property
    def keys(self) -> frozenset[int]:
        """The keys under which it is found: its pledgers with what the ledger's questions find a fold by."""
        return self._keys(indexed(self.said))

    @cached_property
    def probes(self) -> frozenset[int]:
        """The keys to look under."""
        return self._keys(asked(self.said))

    def _keys(self, likely: Iterable[Key]) -> frozenset[int]:
        who = sorted(actor.id for actor in self.pledge.pledger)
        if not who or self.pledge.factuality == "negated":
            return frozenset()
        texts = ["\x1f".join(("pledge", *who, repr(key))) for key in likely]
        return frozenset(near.runs(texts, 1).tolist())


class Pledges:
    """How pledges are compared; see `linking.Sameness`."""

    of = "pledge"

    def load(self, connection: Connection, serials: Sequence[int]) -> list[Promised]:
        """The pledges with these numbers that stand."""
        return [Promised(dated) for dated in loading.records(connection, self.of, serials)]

    def serial(self, thing: Promised) -> int:
        """The record's number."""
        return thing.dated.serial

    def name(self, thing: Promised) -> str:
        """The record's id."""
        return thing.pledge.id

    def keys(self, thing: Promised) -> frozenset[int]:
        """The pledgers with what another record must share to be the same pledge."""
        return thing.keys

    def probes(self, thing: Promised) -> frozenset[int]:
        """The pledgers with what the record may find its equal by."""
        return thing.probes

    def order(self, thing: Promised) -> tuple[Any, ...]:
        """The order in which the ledger's questions fold them: by day, unknown ones first, article and place."""
        return (thing.dated.article.published or "", *thing.dated.published[1:])

    def same(self, one: Promised, other: Promised) -> bool:
        """Whether they are one pledge by the rule of the folding."""
        return same_said(one.said, other.said)

    fits = same

    def cluster(self, members: Sequence[Promised]) -> Cluster:
        """The pledge, with the reason that the folding gives."""
        (fold,) = fold_pledges(m.pledge for m in members)
        return cast("Cluster", fold.cluster)

"""Which records a page is about: the filters of its address, in force.

Rejected records are left out of lists and counts unless the address asks for them by `review` or by id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.ledger import Ledger, RecordSet
from detente.ledger.facets import Tally
from detente.ledger.filters import Condition
from detente.records import AnyRecord
from detente.web.asking import AddressError

__all__ = ["Choice", "Tally"]

_MOST_IDS = 500


class Choice:
    """Records that are asked for.

    Args:
        ledger: where they are.
        kind: their kind, or `None` for all.
        asked: filters as `RecordSet.where` takes them.
        ids: ids of records; any where empty.
    """

    def __init__(self, ledger: Ledger, kind: str | None, asked: Mapping[str, Any], ids: tuple[str, ...] = ()) -> None:
        self.ledger = ledger
        self.kind = kind
        self.asked = dict(asked)
        self.ids = ids

    @property
    def records(self) -> RecordSet[AnyRecord]:
        """The records.

        Raises:
            UnknownName: no such filter or category.
            InvalidDate: a bound that is no day.
        """
        if len(self.ids) > _MOST_IDS:
            raise AddressError(f"got {len(self.ids)} ids in the address, expected at most {_MOST_IDS}")
        found = self.ledger.records(self.kind).where(**self.asked)
        if self.ids:
            return found.among(self.ids)
        return found if "review" in self.asked else found.standing()

    def after(self, record: AnyRecord) -> RecordSet[AnyRecord]:
        """Those that come after a record in the order of lists: of a later article, or at a later place in the same one."""
        published, place = self.ledger.connection.rows(
            "SELECT a.published, r.place FROM records r JOIN articles a ON a.id = r.article WHERE r.id = ?", (record.id,)
        )[0]
        # Undated articles come first. The first condition can be met from the index of the articles' order.
        if published:
            later = Condition("(a.published, a.id) >= (?, ?)", (published, record.article), of_article=True)
        else:
            later = Condition("(a.published IS NOT NULL OR a.id >= ?)", (record.article,), of_article=True)
        here = Condition("(r.article <> ? OR (r.place, r.id) > (?, ?))", (record.article, place, record.id))
        return self.records.narrowed(later, here)

    @property
    def rejected(self) -> int:
        """How many more there would be if those that somebody rejected were not left out."""
        if self.ids or "review" in self.asked:
            return 0
        return len(Choice(self.ledger, self.kind, self.asked | {"review": "rejected"}).records)

    def tallies(self, fields: Sequence[str]) -> dict[str, tuple[Tally, ...]]:
        """By field, its values with their counts, the most frequent first; a field's own filter asks nothing.

        Args:
            fields: as `RecordSet.facets` takes them.
        """
        return self.records.facets(*fields)

"""Which records a list shows, and how they spread over the values of a field.

Rejected records are left out of lists and counts unless the address asks for them by `review` or by id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from detente.ledger import Ledger, RecordSet
from detente.ledger.connection import Row
from detente.ledger.filters import UNKNOWN, Condition
from detente.ledger.schema import CATEGORY_COLUMNS
from detente.ledger.views import records as source_of
from detente.records import AnyRecord, Part
from detente.web.asking import AddressError

_STANDING = Condition("r.review <> 'rejected'")
_PUBLISHER = "a.publisher"
_MOST_IDS = 500
_MOST_VALUES = 12


class Tally(Part, frozen=True, kw_only=True):
    """How many records have a value: the value as the address writes it, what it is called, the count."""

    value: str
    name: str
    count: int


class Choice:
    """Records that are asked for.

    Args:
        ledger: where they are.
        kind: their kind, or `None` for all.
        asked: filters as `RecordSet.where` takes them.
        ids: ids of records; any where empty.
    """

    def __init__(
        self, ledger: Ledger, kind: str | None, asked: Mapping[str, Any], ids: tuple[str, ...] = ()
    ) -> None:
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
        source, conditions = source_of(self.ledger.connection, self.kind)
        own = tuple(source.conditions(self.asked))
        return RecordSet(self.ledger.connection, source, (*conditions, *own, *self._narrowing()))

    @property
    def serials(self) -> tuple[str, list[Any]]:
        """SQL for the numbers of the records, and what stands for its question marks."""
        source, conditions = source_of(self.ledger.connection, self.kind)
        chosen = (*conditions, *source.conditions(self.asked), *self._narrowing())
        where = " AND ".join(c.sql for c in chosen) or "1"
        return f"SELECT r.serial FROM {source.few} WHERE {where}", [p for c in chosen for p in c.parameters]

    def after(self, record: AnyRecord) -> RecordSet[AnyRecord]:
        """Those that come after a record in the order of lists."""
        source, conditions = source_of(self.ledger.connection, self.kind)
        own = tuple(source.conditions(self.asked))
        behind = self._behind(record)
        return RecordSet(self.ledger.connection, source, (*conditions, *own, *self._narrowing(), *behind))

    def _behind(self, record: AnyRecord) -> tuple[Condition, ...]:
        """What puts a record behind another one: the later article, or the later place in the same one."""
        published, place = self.ledger.connection.rows(
            "SELECT a.published, r.place FROM records r JOIN articles a ON a.id = r.article WHERE r.id = ?",
            (record.id,),
        )[0]
        # Undated articles come first. The first condition can be met from the index of the articles' order.
        if published:
            later = Condition("(a.published, a.id) >= (?, ?)", (published, record.article), of_article=True)
        else:
            later = Condition("(a.published IS NOT NULL OR a.id >= ?)", (record.article,), of_article=True)
        return later, Condition("(r.article <> ? OR (r.place, r.id) > (?, ?))", (record.article, place, record.id))

    @property
    def rejected(self) -> int:
        """How many more there would be if those that somebody rejected were not left out."""
        if self.ids or "review" in self.asked:
            return 0
        return len(Choice(self.ledger, self.kind, self.asked | {"review": "rejected"}).records)

    def without(self, *names: str) -> Choice:
        """The same without some filters."""
        left = {name: value for name, value in self.asked.items() if name not in names}
        return Choice(self.ledger, self.kind, left, self.ids)

    def tallies(self, fields: Sequence[str]) -> dict[str, list[Tally]]:
        """By field, its values with their counts, the most frequent first; a field's own filter asks nothing.

        Args:
            fields: categories of the kind, or `publisher`.
        """
        # One pass over the records serves all fields whose counts the same filters decide.
        free = [field for field in fields if field not in self.asked]
        found = self._tallies(free) if free else {}
        for field in fields:
            if field in self.asked:
                found |= self.without(field)._tallies([field])
        return {field: found[field] for field in fields}

    def _tallies(self, fields: Sequence[str]) -> dict[str, list[Tally]]:
        rows = self._grouped([_column(field) for field in fields])
        return {field: _counted((row[n], row[-1]) for row in rows) for n, field in enumerate(fields)}

    def tally_actors(self, role: str) -> list[Tally]:
        """The actors in a role with their counts, the most frequent first; the role's own filter asks nothing.

        Args:
            role: a field that names actors, or `actor` for any of them.
        """
        join = "JOIN record_actors ra ON ra.record = r.serial" + (
            "" if role == "actor" else f" AND ra.role = '{role}'"
        )
        rows = self.without(role)._grouped(
            ["ra.actor"],
            "max(ra.name), count(DISTINCT r.serial) AS n",
            join,
            f"ORDER BY n DESC, 1 LIMIT {_MOST_VALUES}",
        )
        return [Tally(value=value, name=name, count=count) for value, name, count in rows]

    def _grouped(
        self, columns: Sequence[str], number: str = "count(*)", join: str = "", ending: str = ""
    ) -> list[Row]:
        source, conditions = source_of(self.ledger.connection, self.kind)
        chosen = (*conditions, *source.conditions(self.asked), *self._narrowing())
        of_article = any(c.of_article for c in chosen) or _PUBLISHER in columns
        names = ", ".join(columns)
        return self.ledger.connection.rows(
            f"SELECT {names}, {number} FROM {source.few if of_article else source.alone} {join} "
            f"WHERE {' AND '.join(c.sql for c in chosen) or '1'} GROUP BY {names} {ending}",
            [p for c in chosen for p in c.parameters],
        )

    def _narrowing(self) -> tuple[Condition, ...]:
        if self.ids:
            if len(self.ids) > _MOST_IDS:
                raise AddressError(f"got {len(self.ids)} ids in the address, expected at most {_MOST_IDS}")
            return (Condition(f"r.id IN ({', '.join('?' * len(self.ids))})", self.ids, selective=True),)
        return () if "review" in self.asked else (_STANDING,)


def _column(field: str) -> str:
    if field == "publisher":
        return _PUBLISHER
    return f"r.{field}" if field in CATEGORY_COLUMNS else f"json_extract(r.value, '$.{field}')"


def _counted(rows: Iterable[tuple[Any, int]]) -> list[Tally]:
    """The values of one column of a finer count, the most frequent first."""
    total: Counter[Any] = Counter()
    for value, count in rows:
        total[value] += count
    ordered = sorted(total.items(), key=lambda item: (-item[1], str(item[0])))[:_MOST_VALUES]
    said = [(UNKNOWN if value is None else str(value), count) for value, count in ordered]
    return [Tally(value=value, name=value, count=count) for value, count in said]

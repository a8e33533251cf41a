"""A set of records that is still a question: filtered further, counted, or read one by one."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import msgspec

from detente.errors import MissingExtra
from detente.ledger.connection import Connection, Row
from detente.ledger.counting import counted
from detente.ledger.coverage import Coverage, coverage
from detente.ledger.facets import MOST, Tally, facets
from detente.ledger.filters import Condition
from detente.ledger.tallies import number
from detente.records import Part
from detente.showing import show

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

T = TypeVar("T", bound=Part)

_CHUNK = 500  # rows read at a time: SQLite's oldest limit on parameters is 999
_ROWS_SHOWN = 50


class Source(msgspec.Struct, frozen=True):
    """Where the members of a set come from.

    Args:
        noun: what they are called, in the plural.
        tables: the FROM clause.
        few: the same, for conditions that leave few members.
        alone: the same, where nothing is asked of the article.
        serial: the column that numbers them.
        order: the ORDER BY clause.
        load: reads members by their serials, in any order, as pairs of serial and object.
        conditions: makes SQL of filters.
        kinds: the kinds of record among the members; none for articles and actors.
    """

    noun: str
    tables: str
    few: str
    alone: str
    serial: str
    order: str
    load: Callable[[list[int]], list[tuple[int, Any]]]
    conditions: Callable[[dict[str, Any]], list[Condition]]
    kinds: tuple[str, ...] = ()


class RecordSet(Generic[T]):
    """Records of the ledger that meet some conditions, in the order of article date, article, and place in the text.

    Nothing is read before it is needed. Going through a set reads what belongs to it when the loop begins, so that records
    may be judged on the way.
    """

    def __init__(
        self, connection: Connection, source: Source, conditions: tuple[Condition, ...] = ()
    ) -> None:
        self._connection = connection
        self._source = source
        self._conditions = conditions

    def where(
        self,
        *,
        speaker: object = None,
        actor: object = None,
        article: object = None,
        publisher: str | None = None,
        since: object = None,
        until: object = None,
        text: str | None = None,
        stage: str | None = None,
        stance: str | None = None,
        type: str | None = None,  # noqa: A002 the field of the records is called so
        review: str | None = None,
        mode: str | None = None,
        **more: object,
    ) -> RecordSet[T]:
        """The members that also meet these conditions; a filter left out or `None` asks nothing.

        Args:
            speaker: canonical name, alias or id of who speaks; case and accents are passed over.
            actor: the same, in whatever role.
            article: an article, its id or its origin.
            publisher: the outlet's name.
            since: first day on which the article was published, as YYYY-MM-DD; undated articles are left out.
            until: last day.
            text: words that the record's own words or names contain.
            stage, stance, type, review, mode: a category of that field, or "unknown" for records without one.
            more: any other category, yes-or-no field or role of the kind: `factuality="planned"`,
                `hearsay=True`, `beneficiary="Marland"`.

        Raises:
            UnknownName: no such filter for these records, or no such category; the message lists the known ones.
            InvalidDate: `since` or `until` is not a day.
        """
        named = {
            "speaker": speaker, "actor": actor, "article": article, "publisher": publisher, "since": since,
            "until": until, "text": text, "stage": stage, "stance": stance, "type": type, "review": review,
            "mode": mode,
        }  # fmt: skip
        asked = {name: value for name, value in (named | more).items() if value is not None}
        return RecordSet(self._connection, self._source, (*self._conditions, *self._source.conditions(asked)))

    def standing(self) -> RecordSet[T]:
        """The members but those that somebody rejected; only records have a review."""
        return self.narrowed(Condition("r.review <> 'rejected'", tallied=True))

    def among(self, ids: Sequence[str]) -> RecordSet[T]:
        """The members that have one of these ids."""
        column = f"{self._source.serial.split('.')[0]}.id"
        return self.narrowed(
            Condition(
                f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),), selective=True
            )
        )

    def without(self, *names: str) -> RecordSet[T]:
        """The set without what filters of these names ask."""
        left = tuple(c for c in self._conditions if not c.asks or c.asks not in names)
        return RecordSet(self._connection, self._source, left)

    def asks(self, name: str) -> bool:
        """Whether a filter of this name narrows the set."""
        return any(c.asks == name for c in self._conditions)

    def facets(self, *names: str, most: int = MOST) -> dict[str, tuple[Tally, ...]]:
        """By facet, its values with their counts, the most frequent first; a facet's own filter asks nothing of it.

        Args:
            names: categories and roles of the kind, `actor` (in whatever role), `issue`, `publisher`, `country`; and `year`,
                `month` and `day` of publication, all of them in the order of time.
            most: values of one facet.

        Raises:
            UnknownName: these records have no such facet.
        """
        return facets(self, names, most)

    def coverage(self) -> Coverage:
        """What the records rest on: how many sentences, articles and outlets, from when to when."""
        return coverage(self)

    def first(self) -> T | None:
        """The first member, or `None` where the set is empty."""
        return next(iter(self._read(self._serials("LIMIT 1"))), None)

    def to_dicts(self) -> list[dict[str, Any]]:
        """All members as plain dicts, `kind` first."""
        return [member.to_dict() for member in self]

    def to_pandas(self) -> DataFrame:
        """All members as a table, a row each.

        Raises:
            MissingExtra: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise MissingExtra("pandas", "pandas", "a table of records") from None
        return pandas.DataFrame(self.to_dicts())

    def __iter__(self) -> Iterator[T]:
        return self._read(self._serials())

    def __len__(self) -> int:
        return number(self)

    def __bool__(self) -> bool:
        return self.first() is not None

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return list(self._read(self._slice(index)))
        place = index if index >= 0 else index + len(self)
        found = list(self._read(self._serials(f"LIMIT 1 OFFSET {int(place)}"))) if place >= 0 else []
        if not found:
            raise IndexError(f"got {index}, expected an index below {len(self)}")
        return found[0]

    def __repr__(self) -> str:
        return f"<{len(self)} {self._source.noun}>"

    def _repr_html_(self) -> str:
        rows = [member.to_dict() for member in islice(self, _ROWS_SHOWN)]
        count = len(self)
        more = f", the first {_ROWS_SHOWN} of them" if count > _ROWS_SHOWN else ""
        return f"<p>{count} {escape(self._source.noun)}{more}</p>{_table(rows)}"

    def _slice(self, asked: slice) -> array[int]:
        """The serials of a slice; one from the front, such as a page, is cut by SQLite."""
        start, stop = asked.start or 0, asked.stop
        if asked.step not in (None, 1) or start < 0 or stop is None or stop < 0:
            return self._serials()[asked]
        sql, parameters = self._ordered(f"LIMIT {max(0, stop - start)} OFFSET {start}")
        return array("q", (serial for (serial,) in counted(self._connection, sql, parameters)))

    @property
    def connection(self) -> Connection:
        """The ledger's connection."""
        return self._connection

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of record among the members; none for articles and actors."""
        return self._source.kinds

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What is asked of the members."""
        return self._conditions

    @property
    def noun(self) -> str:
        """What the members are called, in the plural."""
        return self._source.noun

    def sql(self, columns: str, join: str = "", *, of_article: bool = False) -> tuple[str, list[Any]]:
        """A query over the members, and what stands for its question marks.

        Args:
            columns: over the aliases `r` (records) and, where articles are asked for, `a`.
            join: a JOIN clause.
            of_article: whether the query reads the articles.
        """
        of_article = of_article or any(c.of_article for c in self._conditions)
        of_few = self._source.few if any(c.selective for c in self._conditions) else self._source.tables
        return self._query(columns, f"{of_few if of_article else self._source.alone} {join}")

    def query(self, columns: str, join: str = "", ending: str = "", *, of_article: bool = False) -> list[Row]:
        """The rows of a query over the members that gives few; see `sql`. They are kept until the ledger changes."""
        sql, parameters = self.sql(columns, join, of_article=of_article)
        return counted(self._connection, f"{sql} {ending}", parameters)

    @property
    def tallied(self) -> bool:
        """Whether the members can be counted without reading them: see `tallies`."""
        return bool(self.kinds) and all(c.tallied or c.of_article for c in self._conditions)

    def tallies(self, columns: str, *, of_article: bool = False) -> tuple[str, list[Any]]:
        """A query over how many records the articles have, for a set that is `tallied`.

        Args:
            columns: over the aliases `r` (tallies) and, where articles are asked for, `a`.
            of_article: whether the query reads the articles.
        """
        of_article = of_article or any(c.of_article for c in self._conditions)
        articles = "articles a CROSS JOIN tallied r ON r.article = a.serial"
        return self._query(columns, articles if of_article else "tallied r")

    def narrowed(self, *conditions: Condition) -> RecordSet[T]:
        """The members that also meet conditions of SQL, over the aliases `r` (records) and `a` (articles)."""
        return RecordSet(self._connection, self._source, (*self._conditions, *conditions))

    def _query(self, columns: str, tables: str) -> tuple[str, list[Any]]:
        wheres = " AND ".join(c.sql for c in self._conditions) or "1"
        parameters = [p for c in self._conditions for p in c.parameters]
        return f"SELECT {columns} FROM {tables} WHERE {wheres}", parameters

    def _serials(self, ending: str = "") -> array[int]:
        return self._connection.numbers(*self._ordered(ending))

    def _ordered(self, ending: str) -> tuple[str, list[Any]]:
        """A query for the serials of the members in their order."""
        tables = self._source.few if any(c.selective for c in self._conditions) else self._source.tables
        sql, parameters = self._query(self._source.serial, tables)
        return f"{sql} ORDER BY {self._source.order} {ending}", parameters

    def _read(self, serials: array[int]) -> Iterator[T]:
        for start in range(0, len(serials), _CHUNK):
            chunk = serials[start : start + _CHUNK].tolist()
            found = dict(self._source.load(chunk))
            yield from (found[serial] for serial in chunk if serial in found)


# Columns that say little to a person who reads a table.
_NOT_SHOWN = frozenset({"evidence", "origin", "reasons", "article", "text", "confidence"})


def _table(rows: list[dict[str, Any]]) -> str:
    columns = [c for c in dict.fromkeys(c for row in rows for c in row) if c not in _NOT_SHOWN]
    head = "".join(f"<th>{escape(c)}</th>" for c in ["words", *columns])
    body = "".join(
        f"<tr><td>{escape(_quoted(row))}</td>"
        + "".join(f"<td>{escape(show(row.get(c)))}</td>" for c in columns)
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _quoted(row: dict[str, Any]) -> str:
    spans = [e for e in row.get("evidence", ()) if e["field"] in ("words", "content")]
    return " … ".join(e["exact"] for e in spans)

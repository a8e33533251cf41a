"""What is written to the ledger's tables: one function a kind of row, all inside a transaction of the caller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from detente.errors import RecordError
from detente.ledger import rows, tallies
from detente.ledger.articles import merged
from detente.ledger.connection import Connection
from detente.records import (
    Actor,
    ActorRef,
    AnyRecord,
    Article,
    Cluster,
    Judgement,
    decode,
    encode,
    kind_of,
)

# Records written by one statement: one by one took 12 µs more for each, and more of them at once nothing less.
_AT_ONCE = 5_000


class Unindexed:
    """The articles and records that are written from now on, until the tables and the full-text indexes have them.

    Whatever else is to be done to them comes after `index`: the triggers by which the indexes follow an UPDATE or a DELETE
    take the words out that `index` put in.

    Args:
        connection: inside a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: dict[str, AnyRecord] = {}
        self._mark()

    def insert(self, records: Iterable[AnyRecord]) -> None:
        """Take in records that are not in the ledger yet; they are written many at a time, each article before its records."""
        for record in records:
            if len(self._waiting) >= _AT_ONCE or record.id in self._waiting:
                self.write()
            self._waiting[record.id] = record

    def write(self) -> None:
        """Write the records that wait."""
        insert_records(self._connection, list(self._waiting.values()))
        self._waiting.clear()

    def index(self) -> None:
        """Write what waits, and give the words to the indexes."""
        self.write()
        for index, columns, table, after in (
            ("article_words", "title, text", "articles", self._article),
            ("record_words", "words, names", "records", self._record),
        ):
            self._connection.run(
                f"INSERT INTO {index}(rowid, {columns}) SELECT serial, {columns} FROM {table} WHERE serial > ?",
                (after,),
            )
        self._mark()

    def _mark(self) -> None:
        self._article = self._connection.number("SELECT max(serial) FROM articles")
        self._record = self._connection.number("SELECT seq FROM sqlite_sequence WHERE name = 'records'")


def find_article(connection: Connection, key: str) -> Article | None:
    """The article of an id, or `None`."""
    found = connection.row(f"SELECT {rows.ARTICLE_COLUMNS} FROM articles a WHERE a.id = ?", (key,))
    return rows.article_of(found) if found else None


def insert_article(connection: Connection, article: Article) -> None:
    """Write an article that is not in the ledger yet; `Unindexed` gives its words to the index."""
    row = rows.article_row(article)
    connection.run(f"INSERT INTO articles({', '.join(row)}) VALUES ({_marks(row)})", row)


def update_article(connection: Connection, stored: Article, given: Article) -> bool:
    """Keep what is new about an article that is there.

    Returns:
        Whether what was given is a copy from elsewhere.
    """
    now, is_copy = merged(stored, given)
    if now != stored:
        connection.run(
            "UPDATE articles SET origin = :origin, title = :title, publisher = :publisher, country = :country, "
            "published = :published, json = :json WHERE id = :id",
            {name: value for name, value in rows.article_row(now).items() if name != "text"},
        )
    return is_copy


def write_article(connection: Connection, article: Article) -> None:
    """Write an article over the one of its id, its text among it: only after words of it were redacted."""
    connection.run(
        "UPDATE articles SET title = :title, text = :text, json = :json WHERE id = :id",
        rows.article_row(article),
    )


def save_actor(connection: Connection, actor: Actor) -> None:
    """Write an actor; one that is there keeps the aliases that it had."""
    found = connection.row("SELECT json FROM actors WHERE id = ?", (actor.id,))
    before = as_actor(decode(found[0])) if found else None
    now = actor.replace(aliases=tuple(dict.fromkeys((*(before.aliases if before else ()), *actor.aliases))))
    if now == before:
        return
    connection.run(
        "INSERT INTO actors(id, name, type, country, json) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE "
        "SET name = excluded.name, type = excluded.type, country = excluded.country, json = excluded.json",
        (now.id, now.name, now.type, now.country, encode(now).decode()),
    )
    _index_names(connection, ((n, now.id) for n in (now.name, *now.aliases)))


def as_actor(thing: Any) -> Actor:
    """The thing, where it is an actor.

    Raises:
        RecordError: it is not.
    """
    if not isinstance(thing, Actor):
        raise RecordError(f"got {type(thing).__name__}, expected an actor")
    return thing


def insert_records(connection: Connection, records: Sequence[AnyRecord]) -> None:
    """Write records that are not in the ledger yet; `Unindexed` gives their words to the index."""
    if not records:
        return
    # The serials are given out here: one INSERT of many rows does not say which row got which.
    last = connection.number("SELECT seq FROM sqlite_sequence WHERE name = 'records'")
    merged = rows.kept_actors(connection)
    written: list[tuple[Any, ...]] = []
    named: list[tuple[int, str, ActorRef]] = []
    called: dict[tuple[str, str], None] = {}
    for serial, raw in enumerate(records, start=last + 1):
        as_read = list(rows.actors_in(raw))
        read = rows.with_actors(raw, merged)
        actors = as_read if read is raw else list(rows.actors_in(read))
        row = rows.changing_columns(raw, rows.names_of(actors, as_read))
        written.append((serial, raw.id, kind_of(raw), raw.article, *row.values()))
        named += [(serial, role, actor) for role, actor in actors]
        called |= {(actor.name, actor.id): None for _, actor in as_read}
    columns = ("serial", "id", "kind", "article", *row)
    connection.run_many(
        f"INSERT INTO records({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", written
    )
    _index_actors(connection, named)
    _index_names(connection, called)
    tallies.add(connection, records)
    articles = dict.fromkeys(record.article for record in records)
    connection.run_many("INSERT OR IGNORE INTO unclustered(article) VALUES (?)", [(key,) for key in articles])


def update_record(connection: Connection, record: AnyRecord) -> None:
    """Write a new current value of a record that is in the ledger, with its actors as they were read."""
    as_read = list(rows.actors_in(record))
    actors = list(rows.actors_in(rows.with_actors(record, rows.kept_actors(connection))))
    row = rows.changing_columns(record, rows.names_of(actors, as_read))
    changes = ", ".join(f"{column} = :{column}" for column in row)
    connection.run(f"UPDATE records SET {changes} WHERE id = :id", {"id": record.id} | row)
    serial = connection.number("SELECT serial FROM records WHERE id = ?", (record.id,))
    connection.run("DELETE FROM record_actors WHERE record = ?", (serial,))
    _index_actors(connection, [(serial, *named) for named in actors])
    _index_names(connection, ((actor.name, actor.id) for _, actor in as_read))


def index_again(connection: Connection, serials: Sequence[int]) -> None:
    """Let the actors and names by which records are found follow the merges of actors."""
    merged = rows.kept_actors(connection)
    marks = ", ".join("?" * len(serials))
    for serial, value in connection.rows(
        f"SELECT serial, value FROM records WHERE serial IN ({marks})", serials
    ):
        raw = rows.any_record(value)
        actors = list(rows.actors_in(rows.with_actors(raw, merged)))
        names = rows.names_of(actors, rows.actors_in(raw))
        connection.run("UPDATE records SET names = ? WHERE serial = ?", (names, serial))
        connection.run("DELETE FROM record_actors WHERE record = ?", (serial,))
        _index_actors(connection, [(serial, *named) for named in actors])


def _index_actors(connection: Connection, found: Iterable[tuple[int, str, ActorRef]]) -> None:
    """Let records be found by actors.

    Args:
        found: the record's serial, the role, the actor.
    """
    connection.run_many(
        "INSERT OR IGNORE INTO record_actors(record, role, actor, name) VALUES (?, ?, ?, ?)",
        [(serial, role, actor.id, actor.name) for serial, role, actor in found],
    )


def _index_names(connection: Connection, names: Iterable[tuple[str, str]]) -> None:
    """Let an actor be found under names.

    Args:
        names: pairs of name and actor's id.
    """
    connection.run_many(
        "INSERT OR IGNORE INTO actor_names(key, actor) VALUES (?, ?)",
        [(rows.name_key(name), actor) for name, actor in dict.fromkeys(names)],
    )


def save_cluster(connection: Connection, cluster: Cluster) -> None:
    """Write a cluster; one with the same id is replaced."""
    connection.run("DELETE FROM clusters WHERE id = ?", (cluster.id,))
    json = encode(rows.clean(cluster)).decode()
    connection.run("INSERT INTO clusters(id, of, json) VALUES (?, ?, ?)", (cluster.id, cluster.of, json))
    connection.run_many(
        "INSERT INTO cluster_members(record, cluster) VALUES (?, ?)",
        [(m, cluster.id) for m in cluster.members],
    )


def log(connection: Connection, j: Judgement) -> Judgement:
    """Append a judgement.

    Returns:
        The judgement with its place in the ledger's sequence: the one it has, or else the next.
    """
    cursor = connection.run(
        "INSERT INTO judgements(serial, record, action, by, at, field, old, new, note, batch) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            j.serial or None,
            j.record,
            j.action,
            j.by,
            j.at,
            j.field,
            as_json(j.old),
            as_json(j.new),
            j.note,
            j.batch,
        ),
    )
    return j.replace(serial=int(cursor.lastrowid or 0))


def _marks(row: Iterable[str]) -> str:
    """The named parameters of an INSERT."""
    return ", ".join(f":{column}" for column in row)


def as_json(value: Any) -> str:
    """Plain data as JSON."""
    return msgspec.json.encode(value).decode()

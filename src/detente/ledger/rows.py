"""Records and articles as rows of the ledger's tables, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

import msgspec

from detente.actors.names import fold
from detente.errors import LedgerCorrupt, RecordError
from detente.ledger.connection import Connection, Row, recovery
from detente.ledger.fields import actor_fields
from detente.ledger.schema import CATEGORY_COLUMNS
from detente.ledger.values import check_times, is_day
from detente.records import (
    RECORD_TYPES,
    ActorRef,
    AnyRecord,
    Anything,
    Article,
    Evidence,
    Part,
    Step,
    check,
    decode,
    encode,
    kind_of,
    text_id,
)

ARTICLE_COLUMNS = "a.json, a.text"
_start = attrgetter("start")


def name_key(name: str) -> str:
    """The key under which a name is found: no case, no accents, no leading "the"."""
    return fold(name).casefold()


def clean(thing: Part) -> Anything:
    """The object as it comes back from JSON: every type and category checked.

    Raises:
        RecordError: a category that does not exist, a value of the wrong type, characters that UTF-8 cannot hold.
    """
    try:
        return decode(encode(thing))
    except (TypeError, ValueError) as error:
        raise RecordError(
            f"{type(thing).__name__} {getattr(thing, 'id', '')}: got {error}, expected plain text"
        ) from error


def clean_article(article: Article) -> Article:
    """The article, checked: its id is that of its text, which UTF-8 can hold, and its days are days.

    Raises:
        RecordError: what is wrong with it.
    """
    if article.id != text_id(article.text):
        raise RecordError(
            f"article {article.id} ({article.origin}): the id is not the sha256 of its text",
            "make it with Article.of(text, origin)",
        )
    return clean_dated(article)


def clean_dated(article: Article) -> Article:
    """The article, checked as `clean_article` does but for its id, which is not that of a text with words taken out.

    Raises:
        RecordError: what is wrong with it.
    """
    cleaned = clean(article)
    if not isinstance(cleaned, Article):
        raise RecordError(f"got a {kind_of(cleaned)}, expected an article")
    for day in (cleaned.published, *(copy.published for copy in cleaned.copies)):
        if day is not None and not is_day(day):
            raise RecordError(
                f"article {cleaned.id} ({cleaned.origin}): published got {day!r}, expected a day such as 2025-03-02"
            )
    return cleaned


def clean_record(record: AnyRecord, article: Article, *, decoded: bool = False) -> AnyRecord:
    """The record, checked against the article that it says it belongs to.

    Args:
        decoded: whether it has just come from JSON, as `clean` would give it.

    Raises:
        RecordError: what is wrong with it.
    """
    cleaned = record if decoded else clean(record)
    if not isinstance(cleaned, RECORD_TYPES):
        raise RecordError(
            f"got a {kind_of(cleaned)}, expected a statement, pledge, term, position, event, membership or deal"
        )
    if cleaned.article != article.id:
        raise RecordError(
            f"{cleaned.id}: got a record of article {cleaned.article}, expected one of {article.id}"
        )
    check(cleaned, article.text)
    check_times(cleaned)
    return cleaned


def actors_in(record: AnyRecord) -> Iterator[tuple[str, ActorRef]]:
    """Every actor that a record names, with the field that names it."""
    for field in actor_fields(type(record)):
        value = getattr(record, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, ActorRef):
                yield field, item
            elif isinstance(item, Step):
                yield from ((field, actor) for actor in item.actors)


def words_of(record: AnyRecord) -> str:
    """What full-text search reads of a record: its core words, in the order of the text."""
    return _joined(_in_order(record))


def _in_order(record: AnyRecord) -> Sequence[Evidence]:
    core = record.core
    return core if len(core) == 1 else sorted(core, key=_start)


def _joined(core: Sequence[Evidence]) -> str:
    return " … ".join(e.exact for e in core)


Named = Iterable[tuple[str, ActorRef]]


def names_of(read: Named, as_read: Named) -> str:
    """The names of a record's actors, each once: those they are merged into, then those they were read as.

    Args:
        read: the actors that the record names, with those that they are merged into.
        as_read: the actors as they were read; the same list where none is merged.
    """
    return "; ".join(
        dict.fromkeys(actor.name for _, actor in (read if read is as_read else chain(read, as_read)))
    )


def kept_actors(connection: Connection) -> dict[str, ActorRef]:
    """By the id of a merged actor, the actor that is kept."""
    found = connection.rows(
        "SELECT m.actor, m.kept, coalesce((SELECT name FROM actors WHERE id = m.kept), "
        "(SELECT name FROM record_actors WHERE actor = m.kept LIMIT 1), m.kept) FROM actor_merges m"
    )
    return {actor: ActorRef(id=kept, name=name) for actor, kept, name in found}


def with_actors(record: AnyRecord, merged: Mapping[str, ActorRef]) -> AnyRecord:
    """The record with every actor that is merged into another one replaced by that one.

    Args:
        record: with its actors as they were read.
        merged: by id, the actor that is kept.
    """
    if not merged or not any(actor in merged for actor in _mentioned(record)):
        return record
    return any_record(msgspec.json.encode(followed(msgspec.to_builtins(record), merged)))


def _mentioned(record: AnyRecord) -> Iterator[str]:
    """The ids of actors that a record mentions: in its roles, as its authority, in what its conditions hang on."""
    yield from (actor.id for _, actor in actors_in(record))
    authority = getattr(record, "according_to", None)
    yield from (authority.id,) if authority else ()
    yield from (c.target for c in getattr(record, "conditions", ()) if c.target)


def followed(value: Any, merged: Mapping[str, ActorRef]) -> Any:
    """Plain data with every actor that is merged into another one replaced by that one."""
    match value:
        case {"id": str(key), "name": _} if key in merged:
            return value | {"id": merged[key].id, "name": merged[key].name}
        case {"target": str(key)} if key in merged:
            return value | {"target": merged[key].id}
        case dict():
            return {name: followed(item, merged) for name, item in value.items()}
        case list() | tuple():
            now = [followed(item, merged) for item in value]
            if now == list(value):
                return now
            # Two actors of one role that are one after all are named once.
            return [item for n, item in enumerate(now) if item not in now[:n]]
        case _:
            return value


def any_record(value: str | bytes) -> AnyRecord:
    """A record from its JSON.

    Raises:
        RecordError: it is something else.
    """
    record = decode(value)
    if not isinstance(record, RECORD_TYPES):
        raise RecordError(f"got a {kind_of(record)}, expected a record")
    return record


def place_of(record: AnyRecord) -> int:
    """Where in the text a record begins."""
    return min(e.start for e in record.core)


def changing_columns(record: AnyRecord, names: str) -> dict[str, Any]:
    """The columns of a record's row that a judgement may change.

    Args:
        record: with its actors as they were read.
        names: of its actors, as `names_of` gives them.
    """
    core = _in_order(record)
    return {
        "value": encode(record).decode(),
        "place": core[0].start,
        "words": _joined(core),
        "names": names,
    } | {name: getattr(record, name, None) for name in CATEGORY_COLUMNS}


def article_row(article: Article) -> dict[str, Any]:
    """An article as the columns of its table."""
    return {
        "id": article.id,
        "origin": article.origin,
        "title": article.title,
        "publisher": article.publisher,
        "country": article.country,
        "published": article.published,
        "text": article.text,
        "json": encode(article.replace(text="")).decode(),
    }


def article_of(row: Row) -> Article:
    """An article from its JSON and its text."""
    article = decode(row[0])
    if not isinstance(article, Article):
        raise RecordError(f"got a {kind_of(article)}, expected an article")
    return article.replace(text=row[1])


def record_of(value: str, text: str, name: str) -> AnyRecord:
    """A record from its JSON, checked against the article's text.

    Args:
        value: the JSON.
        text: the article's text.
        name: what errors call the ledger.

    Raises:
        LedgerCorrupt: what the ledger holds is not a record, or its words are not in the article.
    """
    try:
        record = any_record(value)
        check(record, text)
    except RecordError as error:
        raise LedgerCorrupt(f"{name}: the ledger is damaged ({error})", recovery(name)) from error
    return record

"""Records and articles as rows of the ledger's tables, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.actors.names import fold
from detente.errors import LedgerCorrupt, RecordError
from detente.ledger.connection import Row, recovery
from detente.ledger.fields import actor_fields
from detente.ledger.schema import CATEGORY_COLUMNS
from detente.records import (
    RECORD_TYPES,
    ActorRef,
    AnyRecord,
    Anything,
    Article,
    Part,
    Step,
    check,
    decode,
    encode,
    kind_of,
    text_id,
)

ARTICLE_COLUMNS = "a.json, a.text"


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
    except (UnicodeEncodeError, TypeError, ValueError) as error:
        raise RecordError(f"{type(thing).__name__} {getattr(thing, 'id', '')}: got {error}, expected plain text") from error


def clean_article(article: Article) -> Article:
    """The article, checked: its id is that of its text, which UTF-8 can hold.

    Raises:
        RecordError: what is wrong with it.
    """
    if article.id != text_id(article.text):
        raise RecordError(
            f"article {article.id} ({article.origin}): the id is not the sha256 of its text",
            "make it with Article.of(text, origin)",
        )
    cleaned = clean(article)
    if not isinstance(cleaned, Article):
        raise RecordError(f"got a {kind_of(cleaned)}, expected an article")
    return cleaned


def clean_record(record: AnyRecord, article: Article) -> AnyRecord:
    """The record, checked against the article that it says it belongs to.

    Raises:
        RecordError: what is wrong with it.
    """
    cleaned = clean(record)
    if not isinstance(cleaned, RECORD_TYPES):
        raise RecordError(f"got a {kind_of(cleaned)}, expected a statement, pledge, term, position, event, membership or deal")
    if cleaned.article != article.id:
        raise RecordError(f"{cleaned.id}: got a record of article {cleaned.article}, expected one of {article.id}")
    check(cleaned, article.text)
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
    return " … ".join(e.exact for e in sorted(record.core, key=lambda e: e.start))


def names_of(record: AnyRecord) -> str:
    """The names of a record's actors, each once."""
    return "; ".join(dict.fromkeys(actor.name for _, actor in actors_in(record)))


def place_of(record: AnyRecord) -> int:
    """Where in the text a record begins."""
    return min(e.start for e in record.core)


def changing_columns(record: AnyRecord) -> dict[str, Any]:
    """The columns of a record's row that a judgement may change."""
    return {
        "value": encode(record).decode(),
        "place": place_of(record),
        "words": words_of(record),
        "names": names_of(record),
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
        record = decode(value)
        if not isinstance(record, RECORD_TYPES):
            raise RecordError(f"got a {kind_of(record)}, expected a record")
        check(record, text)
    except RecordError as error:
        raise LedgerCorrupt(f"{name}: the ledger is damaged ({error})", recovery(name)) from error
    return record

"""Words are taken out of a ledger for good, and a tombstone says that they were, by whom and why.

What is redacted are places of an article: those of a record's core words, or the whole text. In the text every character of
them, line ends apart, becomes a block, so that the offsets of all else stay true; the article keeps the id that its text gave
it. Every record that rests on such a place goes, and what its judgements quote; the words around other records' evidence are cut
anew. The tombstone is a judgement: action `redact`, the reason as its note, the article and the places as its new value. It
holds for good: where the article is read or imported again, the same places are blacked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from detente.errors import RecordError, UnknownName
from detente.ledger import grouping, rows, views, writes
from detente.ledger.connection import Connection
from detente.ledger.judgements import judgement, new_batch
from detente.ledger.words import match_expression
from detente.records import AnyRecord, Article, Evidence, Judgement, Part, Statement, encode

FILLER = "█"
PURGE = "purge"
_KEPT = frozenset("\n\r")
_LEAST_IN_TITLE = 4  # characters of words that are looked for in the title
_LEAST_ELSEWHERE = 3  # words of a place that is looked for in other articles
_MOST_ELSEWHERE = 50

Places = list[tuple[int, int]]


class Redacted(Part, frozen=True, kw_only=True):
    """What was redacted.

    Args:
        article: id of the article.
        records: ids of the records that went, the one that was named first.
        elsewhere: ids of other articles that have the same words, and still have them.
    """

    article: str
    records: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


def redact(connection: Connection, key: str, *, by: str, reason: str) -> Redacted:
    """Redact the words of a record, or the text of an article. To be called inside a transaction; `purge` follows it.

    Raises:
        UnknownName: there is no such record or article.
        RecordError: no reason is given, or it is redacted already.
    """
    if not reason.strip():
        raise RecordError(f"{key}: got no reason to redact it, expected one: it stands in the words' place")
    if tombstone := tombstone_of(connection, key):
        raise RecordError(f"{key} was redacted by {tombstone.by} on {tombstone.at[:10]}")
    found = views.load(connection, "r.id = ?", (key,), stored=True)
    article = writes.find_article(connection, found[0][1].article if found else key)
    if article is None:
        raise UnknownName(
            f"there is no record or article {key!r} in {connection.name}",
            "detente search WORDS, which shows ids",
        )
    places = _places(found[0][1]) if found else [(0, len(article.text))]
    elsewhere = _elsewhere(connection, article, places) if found else ()
    gone = carry_out(connection, key, article.id, places, by=by, why=reason.strip())
    return Redacted(article=article.id, records=tuple(gone), elsewhere=elsewhere)


def redact_again(connection: Connection, tombstones: Iterable[Judgement]) -> int:
    """Take tombstones of another copy of the ledger over, such as of one that is newer than this backup.

    An article that the ledger does not have is blacked out as soon as it is read.

    Returns:
        How many were new here.

    Raises:
        RecordError: something is no tombstone.
    """
    new = [t for t in tombstones if described(t) and tombstone_of(connection, t.record) is None]
    for tombstone in new:
        writes.log(connection, tombstone.replace(serial=0))
    for tombstone in new:
        article, places = described(tombstone)
        carry_out(connection, tombstone.record, article, places, by=tombstone.by, why=tombstone.note or "")
    return len(new)


def tombstones(connection: Connection, article: str | None = None) -> list[Judgement]:
    """The redactions, oldest first: all, or those of an article."""
    if article is None:
        return views.judgements(connection, "WHERE action = 'redact'", ())
    return views.judgements(
        connection, "WHERE action = 'redact' AND json_extract(new, '$.article') = ?", (article,)
    )


def tombstone_of(connection: Connection, key: str) -> Judgement | None:
    """The redaction of a record or an article, or `None`."""
    found = views.judgements(connection, "WHERE record = ? AND action = 'redact'", (key,))
    return found[0] if found else None


def described(tombstone: Judgement) -> tuple[str, Places]:
    """The article and the places of a tombstone.

    Raises:
        RecordError: it is none.
    """
    match tombstone:
        case Judgement(action="redact", new={"article": str(article), "places": [*places]}) if all(
            map(_is_place, places)
        ):
            return article, [(start, end) for start, end in places]
        case _:
            raise RecordError(
                f"judgement of {tombstone.record}: got no redaction, expected an article and places in it"
            )


def _is_place(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(type(n) is int for n in value)
        and 0 <= value[0] < value[1]
    )


def places_in(connection: Connection, article: str) -> Places:
    """The places of an article that are redacted, in order; they may overlap."""
    return sorted(
        {place for tombstone in tombstones(connection, article) for place in described(tombstone)[1]}
    )


# ------------------------------------------------------------ what it does to texts and records


def masked(text: str, places: Places) -> str:
    """The text with the places blacked out; line ends and the number of characters stay."""
    for start, end in places:
        text = text[:start] + "".join(c if c in _KEPT else FILLER for c in text[start:end]) + text[end:]
    return text


def masked_article(article: Article, places: Places) -> Article:
    """The article with the places blacked out in its text and, where the title has their words, in the title.

    Args:
        article: with its whole text.
    """
    if not places:
        return article
    if any(start == 0 and end >= len(article.text) for start, end in places):
        return article.replace(text=masked(article.text, places), title=None, authors=())
    title = article.title
    for start, end in places:
        words = article.text[start:end]
        if title and len(words) >= _LEAST_IN_TITLE:
            title = title.replace(words, masked(words, [(0, len(words))]))
    return article.replace(text=masked(article.text, places), title=title)


def left_of(records: Sequence[AnyRecord], places: Places, text: str) -> list[AnyRecord]:
    """The records that rest on none of the places, the words around their evidence cut from the text anew.

    Args:
        text: with the places blacked out.
    """
    return [recut(r, text) for r in records if not _rests_on(r, places)] if places else list(records)


def recut(record: AnyRecord, text: str) -> AnyRecord:
    """The record with its evidence, and the words around it, cut from a text in which something was blacked out."""
    found: AnyRecord = record.replace(evidence=tuple(_recut(e, text) for e in record.evidence))
    return found


def _recut(e: Evidence, text: str) -> Evidence:
    return Evidence.of(text, e.field, e.start, e.end, e.role)


def _rests_on(record: AnyRecord, places: Places) -> bool:
    return any(e.start < end and start < e.end for e in record.evidence for start, end in places)


def _places(record: AnyRecord) -> Places:
    """The places of a record's own words: of a statement what was said, and not the verb of saying."""
    words = record.words("content") if isinstance(record, Statement) else ()
    return sorted({(e.start, e.end) for e in words or record.core})


# ------------------------------------------------------------ what it does to the ledger


def carry_out(
    connection: Connection, key: str, article: str, places: Places, *, by: str, why: str
) -> list[str]:
    """Write the tombstones that are not there yet, and let them take effect.

    Returns:
        The ids of the records that went, the one that was named first.
    """
    kept = views.load(connection, "r.article = ?", (article,), stored=True)
    gone = [
        record.id
        for serial, record in kept
        if any(_rests_on(r, places) for r in (record, *_proposal(connection, serial)))
    ]
    gone.sort(key=lambda name: name != key)
    batch = new_batch()
    for name in dict.fromkeys((key, *gone)):
        if tombstone_of(connection, name) is None:
            note = why if name == key else f"{why} (its words overlap those of {key})"
            new = {"article": article, "places": [list(place) for place in places]}
            writes.log(connection, judgement(name, "redact", by, old=None, new=new, note=note, batch=batch))
    _take_effect(connection, article, places, gone)
    return gone


def _take_effect(connection: Connection, article: str, places: Places, gone: Sequence[str]) -> None:
    connection.run("INSERT OR IGNORE INTO due(work) VALUES (?)", (PURGE,))
    connection.run_many(
        "UPDATE judgements SET old = 'null', new = 'null', note = NULL WHERE record = ? AND action <> 'redact'",
        [(key,) for key in (*gone, article)],
    )
    _take_away(connection, gone)
    stored = writes.find_article(connection, article)
    if stored is None:
        return
    black = masked_article(stored, [(start, min(end, len(stored.text))) for start, end in places])
    writes.write_article(connection, black)
    for serial, record in views.load_unchecked(connection, "r.article = ?", (article,)):
        _cut_around(connection, serial, record, black.text)


def _proposal(connection: Connection, serial: int) -> list[AnyRecord]:
    found = connection.column("SELECT proposal FROM records WHERE serial = ?", (serial,))
    return [rows.any_record(json) for json in found if json is not None]


def _take_away(connection: Connection, gone: Sequence[str]) -> None:
    """Delete records, the clusters that have them as members, and actors that nothing else names."""
    merged = {
        other
        for key in gone
        for other in (*grouping.merged_records(connection, key), grouping.kept_record(connection, key))
    }
    named = {
        actor for key in gone for actor in connection.column(
            "SELECT actor FROM record_actors JOIN records ON serial = record WHERE id = ?", (key,))
    }  # fmt: skip
    # The records first: what they were together with is then put together anew.
    connection.run_many("DELETE FROM records WHERE id = ?", [(key,) for key in gone])
    connection.run_many(
        "DELETE FROM clusters WHERE id IN (SELECT cluster FROM cluster_members WHERE record = ?)",
        [(key,) for key in gone],
    )
    for other in sorted(merged.difference(gone)):
        grouping.settle_record(connection, other)
    for actor in sorted(named):
        _forget(connection, actor)


def _forget(connection: Connection, actor: str) -> None:
    """Delete an actor that no record names any more; who comes with another article is written again."""
    if connection.row("SELECT 1 FROM record_actors WHERE actor = ?", (actor,)) is None:
        connection.run("DELETE FROM actors WHERE id = ?", (actor,))
        connection.run("DELETE FROM actor_names WHERE actor = ?", (actor,))


def _cut_around(connection: Connection, serial: int, record: AnyRecord, text: str) -> None:
    """Cut the words around a record's evidence from the text anew, also in what its judgements quote of it."""
    cut = recut(record, text)
    if cut != record:
        proposal = next((encode(recut(r, text)).decode() for r in _proposal(connection, serial)), None)
        connection.run(
            "UPDATE records SET value = ?, proposal = ? WHERE serial = ?",
            (encode(cut).decode(), proposal, serial),
        )
    for j in views.judgements(connection, "WHERE record = ? AND field = 'evidence'", (record.id,)):
        old, new = ([_recut(msgspec.convert(e, Evidence), text) for e in side] for side in (j.old, j.new))
        connection.run(
            "UPDATE judgements SET old = ?, new = ? WHERE serial = ?",
            (writes.as_json(old), writes.as_json(new), j.serial),
        )


def _elsewhere(connection: Connection, article: Article, places: Places) -> tuple[str, ...]:
    """Other articles that have the words of some place, the longest of them, one after the other."""
    found: dict[str, None] = {}
    for start, end in places:
        words = article.text[start:end].replace('"', " ")
        expression = match_expression(f'"{words}"') if len(words.split()) >= _LEAST_ELSEWHERE else None
        if expression is not None:
            found |= dict.fromkeys(connection.column(
                "SELECT a.id FROM article_words JOIN articles a ON a.serial = article_words.rowid "
                f"WHERE article_words MATCH ? AND a.id <> ? ORDER BY a.id LIMIT {_MOST_ELSEWHERE}", (expression, article.id)
            ))  # fmt: skip
    return tuple(found)


# ------------------------------------------------------------ checks


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with the redactions: words that are still there."""
    for (article,) in connection.rows(
        "SELECT DISTINCT json_extract(new, '$.article') FROM judgements WHERE action = 'redact'"
    ):
        places = places_in(connection, article)
        stored = writes.find_article(connection, article)
        if stored is not None and stored.text != masked(stored.text, places):
            yield f"article {article}: words that were redacted are still there"
        for _, record in views.load_unchecked(connection, "r.article = ?", (article,)):
            if _rests_on(record, places):
                yield f"{record.id}: the record rests on words that were redacted"
    if connection.row("SELECT 1 FROM due WHERE work = ?", (PURGE,)):
        yield "words that were redacted may still stand in free pages of the file; detente redact --purge clears them"

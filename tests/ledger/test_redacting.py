"""Redacted words are gone: from the text, the indexes, the file's bytes, its backups, and whatever is read again."""

from __future__ import annotations

import io
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import LedgerLocked, MalformedInput, RecordError, UnknownName
from detente.exchange import export, import_jsonl
from detente.ledger import Ledger
from detente.ledger.redacting import FILLER, masked, places_in
from detente.records import Actor, ActorRef, Judgement, Statement

from . import made, strategies

BY, WHY = "A. Reader", "a source asked for it"
SECRET = "the ferryman Zoltan Quibb hid the harbourmaster"
NAMED = ActorRef(id="article:quibb", name="Zoltan Quibb")
TEXT = f"Émile Orden said {SECRET}, and that talks go on. Ostrava will join the League.\nNobody else spoke.\n"


def secret(origin="secret.txt", text=TEXT):
    return made.article(text, origin, title=f"Orden: {SECRET}", authors=("Ida Malk",))


def records_of(article):
    return [
        made.make(Statement, article, {"source": "Émile Orden", "cue": "said", "content": SECRET}, speaker=NAMED, mode="indirect"),
        made.make(Statement, article, {"cue": "said", "content": "harbourmaster, and that talks go on"}, speaker=made.ORDEN, mode="indirect"),
        made.make(Statement, article, {"content": "that talks go on"}, speaker=made.ORDEN, mode="direct"),
        made.make(Statement, article, {"content": "Ostrava will join"}, speaker=made.ORDEN, mode="direct"),
    ]  # fmt: skip


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "a.db"
    with Ledger.open(place, create=True) as ledger:
        ledger.add(made.article(), made.records(made.article()), made.ACTORS)
        article = secret()
        ledger.add(article, records_of(article), [Actor(id=NAMED.id, name=NAMED.name, type="person")])
    return place


@pytest.fixture
def ledger(path):
    with Ledger.open(path) as ledger:
        yield ledger


def target(ledger):
    return ledger.statements.where(speaker=NAMED.id).first()


def files(path):
    """All bytes that the ledger has on the disk."""
    return {p.name: p.read_bytes() for p in path.parent.iterdir() if p.name.startswith(path.name)}


def test_what_goes_and_what_stays(ledger):
    one = target(ledger)
    talks, joins = (s for s in ledger.statements if s.content in ("that talks go on", "Ostrava will join"))
    ledger.judge(one, "edit", by="B. Writer", field="venue", new="on Quibb’s ferry", note="says Quibb")
    done = ledger.redact(one, by=BY, reason=WHY)
    assert done.article == secret().id
    assert done.records[0] == one.id
    assert len(done.records) == 2, "the record on overlapping words goes too"
    article = ledger.article(secret().id)
    assert len(article.text) == len(TEXT)
    assert article.text == TEXT.replace(SECRET, FILLER * len(SECRET))
    assert article.title == "Orden: " + FILLER * len(SECRET)
    assert [s.content for s in ledger.statements.where(article=article)] == [
        "that talks go on",
        "Ostrava will join",
    ]
    assert ledger.get(joins.id).words("content")[0].exact == "Ostrava will join"
    (words,) = ledger.get(talks.id).words("content")
    assert words.prefix == article.text[words.start - 32 : words.start]
    assert ledger.search("ferryman") == ledger.search("Quibb") == []
    assert NAMED.id not in {a.id for a in ledger.all_actors()}
    with pytest.raises(UnknownName, match=f"redacted by {BY} on .*: {WHY}"):
        ledger.get(one.id)
    emptied, tombstone = ledger.judgements(one.id)
    assert (emptied.by, emptied.action, emptied.old, emptied.new, emptied.note) == (
        "B. Writer",
        "edit",
        None,
        None,
        None,
    )
    assert (tombstone.action, tombstone.by, tombstone.note) == ("redact", BY, WHY)
    start = TEXT.index(SECRET)
    assert tombstone.new == {"article": article.id, "places": [[start, start + len(SECRET)]]}
    assert ledger.check() == []


@pytest.mark.parametrize("whole", [False, True], ids=["a record", "an article"])
def test_the_bytes_are_gone_from_the_file_and_its_log_and_from_later_backups(path, ledger, tmp_path, whole):
    one = target(ledger)
    ledger.judge(one, "edit", by=BY, field="venue", new="Quibb’s ferry")
    ledger.judge(one, "edit", by=BY, field="evidence", new=one.to_dict()["evidence"][1:])
    ledger.judge(ledger.statements.where(text="talks").first(), "edit", by=BY, field="evidence",
                 new=ledger.statements.where(text="talks").first().to_dict()["evidence"])  # fmt: skip
    assert any(b"Quibb" in content for content in files(path).values())
    ledger.redact(secret().id if whole else one, by=BY, reason=WHY)
    ledger.backup(tmp_path / "copy.db")
    words = [
        w.encode() for w in ("Quibb", "quibb", "ferryman", "ferri", "harbourmaster", "Zoltan", "hid the")
    ]
    for name, content in (files(path) | files(tmp_path / "copy.db")).items():
        assert [w for w in words if w in content] == [], name
    with Ledger.open(tmp_path / "copy.db") as copy:
        assert copy.check() == []


def test_a_whole_article_is_redacted(ledger):
    done = ledger.redact(secret(), by=BY, reason=WHY)
    article = ledger.article(secret().id)
    assert set(article.text) == {FILLER, "\n"}
    assert (article.title, article.authors, article.origin) == (None, (), "secret.txt")
    assert len(done.records) == 4
    assert len(ledger.statements) == 2
    assert ledger.check() == []


def test_reading_it_again_brings_nothing_back(ledger):
    ledger.redact(target(ledger), by=BY, reason=WHY)
    before = (ledger.article(secret().id), list(ledger.records()))
    added = ledger.add(secret(), records_of(secret()), [])
    assert (added.records, added.changed, added.removed) == (0, 0, 0)
    assert (ledger.article(secret().id), list(ledger.records())) == before
    assert ledger.check() == []


def test_an_older_backup_takes_the_redactions_over_also_before_it_has_the_article(ledger, tmp_path):
    ledger.backup(tmp_path / "old.db")
    ledger.redact(target(ledger), by=BY, reason=WHY)
    with Ledger.open(tmp_path / "old.db") as old, Ledger.open(tmp_path / "new.db", create=True) as new:
        assert old.redact_again(ledger.redactions()) == 2
        assert old.redact_again(ledger.redactions()) == 0
        assert new.redact_again(ledger.redactions()) == 2
        new.add(made.article(), made.records(made.article()), made.ACTORS)
        new.add(secret(), records_of(secret()))
        for other in (old, new):
            assert [a.text for a in other.articles] == [a.text for a in ledger.articles]
            assert {r.id for r in other.records()} == {r.id for r in ledger.records()}
            assert other.check() == []
    assert b"Quibb" not in (tmp_path / "old.db").read_bytes()
    with Ledger.memory() as other, pytest.raises(RecordError, match="no redaction"):
        other.redact_again([Judgement(record="st-1", action="accept", by=BY, at="2025-03-02")])


def test_it_says_who_else_has_the_words(ledger):
    copy = made.article(f"It is said that {SECRET}.", "elsewhere.txt")
    ledger.add(copy, [])
    assert ledger.redact(target(ledger), by=BY, reason=WHY).elsewhere == (copy.id,)


def test_what_was_merged_into_a_redacted_record_stands_again(ledger):
    one = target(ledger)
    other = ledger.statements[-1]
    assert other.id != one.id
    ledger.merge(other, one, by=BY)
    ledger.redact(one, by=BY, reason=WHY)
    assert ledger.kept(other.id) == other.id
    assert ledger.clusters() == []
    assert ledger.check() == []


WRONG = [
    ("no reason", lambda one: (one.id, " "), RecordError, "no reason"),
    ("nothing", lambda one: ("st-1", WHY), UnknownName, "no record or article"),
    ("nobody", lambda one: (one.id, WHY), RecordError, "without a name"),
]


@pytest.mark.parametrize(
    ("call", "error", "message"), [pytest.param(*case[1:], id=case[0]) for case in WRONG]
)
def test_a_redaction_that_cannot_be_is_refused_and_changes_nothing(ledger, call, error, message):
    one = target(ledger)
    key, reason = call(one)
    with pytest.raises(error, match=message):
        ledger.redact(key, by=" " if message == "without a name" else BY, reason=reason)
    assert ledger.get(one.id) == one
    assert ledger.judgements() == []


def test_a_redaction_is_not_done_twice_and_not_undone(ledger):
    one = target(ledger)
    ledger.redact(one, by=BY, reason=WHY)
    with pytest.raises(RecordError, match="was redacted by"):
        ledger.redact(one.id, by=BY, reason=WHY)
    with pytest.raises(RecordError, match="no undo brings them back"):
        ledger.undo(ledger.redactions()[0].serial, by=BY)
    with pytest.raises(UnknownName, match="none to undo"):
        ledger.undo_last(by=BY)


def test_an_open_reader_is_told_of_and_the_file_is_cleared_afterwards(path, ledger):
    one = target(ledger)
    with Ledger.open(path, readonly=True) as reader, reader.connection.snapshot():
        assert reader.get(one.id)
        with pytest.raises(LedgerLocked, match="redacted, but another program") as caught:
            ledger.redact(one, by=BY, reason=WHY)
        assert "detente redact --purge" in caught.value.remedy
    assert any("--purge" in fault for fault in ledger.check())
    ledger.purge()
    assert ledger.check() == []
    assert b"Quibb" not in b"".join(files(path).values())


def test_a_redaction_goes_with_an_export_and_is_carried_out_where_it_comes_in(ledger):
    ledger.judge(target(ledger), "accept", by=BY)
    before = _exported(ledger)
    ledger.redact(target(ledger), by=BY, reason=WHY)
    after = _exported(ledger)
    assert b"Quibb" not in after
    for first, second in ((after, b""), (before, after), (after, before)):
        with Ledger.memory() as other:
            for content in filter(None, (first, second)):
                import_jsonl(other, content.splitlines(keepends=True))
            assert [a.text for a in other.articles] == [a.text for a in ledger.articles]
            assert {r.id for r in other.records()} == {r.id for r in ledger.records()}
            assert other.check() == []
    article = next(line for line in after.splitlines() if FILLER.encode() in line)
    with Ledger.memory() as other, pytest.raises(MalformedInput, match="no redaction says why"):
        import_jsonl(other, [article])


def _exported(ledger):
    stream = io.BytesIO()
    export(ledger, "jsonl", stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE articles SET text = 'Something else.'",
        "UPDATE judgements SET new = '{}' WHERE action = 'redact'",
        "UPDATE judgements SET by = 'X', old = 'null', new = 'null', note = NULL",
    ],
)
def test_a_redaction_opens_no_way_to_change_other_words(ledger, sql):
    ledger.redact(target(ledger), by=BY, reason=WHY)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.connection.raw.execute(sql)


def test_words_that_come_back_are_found_by_the_check(ledger):
    ledger.redact(target(ledger), by=BY, reason=WHY)
    ledger.connection.raw.execute("DROP TRIGGER articles_keep_their_text")
    ledger.connection.raw.execute("UPDATE articles SET text = ? WHERE id = ?", (TEXT, secret().id))
    assert any("still there" in fault for fault in ledger.check())


@settings(max_examples=30, deadline=None)
@given(strategies.readings(), st.data())
def test_whatever_is_redacted_the_rest_stands(read, data):
    article, found = read
    with Ledger.memory() as ledger:
        ledger.add(article, found)
        keys = [article.id, *(r.id for r in found)]
        for key in data.draw(st.lists(st.sampled_from(keys), max_size=3, unique=True)):
            try:
                ledger.redact(key, by=BY, reason=WHY)
            except (RecordError, UnknownName):
                assert ledger.redactions()
        places = places_in(ledger.connection, article.id)
        assert ledger.article(article.id).text == masked(article.text, places)
        assert len(ledger.article(article.id).text) == len(article.text)
        before = list(ledger.records())
        ledger.add(article, found)
        assert list(ledger.records()) == before
        assert ledger.check() == []

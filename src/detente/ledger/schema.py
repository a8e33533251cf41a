"""What the ledger's file holds: its tables, and the migrations that lead to them.

`PRAGMA application_id` says that a SQLite file is a ledger, `PRAGMA user_version` says of which schema. A new
version of the schema is one more entry in `MIGRATIONS`; an entry is never changed once it has been released.

- The text of an article has its own column, beside the JSON of the rest: lists and filters then pass over the
  text, and the full-text index reads it in place and keeps no second copy.
- `records.value` is the current value, from which all filters and questions read. `records.proposal` is what the
  reading proposed, kept as it was from the first judgement on; until then it is NULL, since the value is the proposal.
- `records.standing` is 0 where the last reading of the article no longer proposes a record that somebody judged.
- `judgements` is append-only: triggers refuse an UPDATE, a DELETE and a REPLACE. The one exception is redaction, which empties
  what earlier judgements quote of the words that are redacted (and cuts the words around other evidence anew), and is itself
  a judgement.
- `records.merged_into` and `actor_merges` say what judgements have put together: always the one that is kept in the end. A
  record's value names actors as they were read; `record_actors` and `records.names` follow the merges.
- `due` names work that is still to be done on the file, such as clearing redacted words out of its free pages.
- `tallies`, and the view `tallied`, have how many records of each kind, review and category an article has, from which large sets are counted. New records are
  added to it by what writes them (`tallies.add`), what becomes of them by triggers.
- `records_gist` has what questions ask of every term, position, event and membership, so that only those that bear on an answer are
  read. Making it costs about 8 % of the speed at which records are added, and 200 bytes for each of these kinds.
- `cluster_keys` finds what may be the same as a record or an article; `unclustered` are the articles whose clusters are not up
  to date. Triggers keep that list, whoever writes.
"""

from __future__ import annotations

from detente.ledger.connection import Connection

APPLICATION_ID = 0x44455445  # "DETE"

# Categories that people filter by all the time. Counting one of three modes among 100,000 statements took 616 ms when it
# was read from the JSON of each record, and 9 ms from an index over these columns.
CATEGORY_COLUMNS = ("review", "mode", "type", "stage", "stance")

# What `tallies` counts by.
TALLIED = ("kind", "review", "merged_into", "mode", "type", "stage", "stance")

# What a question asks of every term, position, event and membership before it chooses which ones to read; in the order of
# `gists.Gist`.
GIST = """json_extract(value, '$.factuality', '$.hearsay', '$.type', '$.actors', '$.recipients', '$.actor.id', '$.issue',
    '$.valid_from', '$.supersedes', '$.proposition', '$.category', '$.depends_on', '$.stance', '$.status', '$.coalition.id')"""
HAVE_GIST = "kind IN ('event', 'membership', 'position', 'term')"

# The full-text indexes.
INDEXES = ("article_words", "record_words")

_TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"


def _kept_in_step(table: str, index: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Triggers by which a full-text index follows the table whose words it indexes."""
    names = ", ".join(columns)
    new = ", ".join(f"new.{c}" for c in columns)
    old = ", ".join(f"old.{c}" for c in columns)
    changed = " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
    insert = f"INSERT INTO {index}(rowid, {names}) VALUES (new.serial, {new});"
    delete = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', old.serial, {old});"
    return (
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {insert} END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {delete} END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE ON {table} WHEN {changed} BEGIN {delete} {insert} END",
    )


_FIRST = (
    """CREATE TABLE articles (
        serial INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        origin TEXT NOT NULL,
        title TEXT,
        publisher TEXT,
        country TEXT,
        published TEXT,
        text TEXT NOT NULL,
        json TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX articles_in_order ON articles(published, id)",
    """CREATE TRIGGER articles_keep_their_text BEFORE UPDATE ON articles
       WHEN old.text IS NOT new.text OR old.id IS NOT new.id
       BEGIN SELECT RAISE(ABORT, 'the text of an article is never changed'); END""",
    """CREATE TABLE records (
        serial INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        article TEXT NOT NULL REFERENCES articles(id),
        place INTEGER NOT NULL,
        value TEXT NOT NULL,
        proposal TEXT,
        review TEXT NOT NULL,
        mode TEXT,
        type TEXT,
        stage TEXT,
        stance TEXT,
        words TEXT NOT NULL,
        names TEXT NOT NULL,
        standing INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE INDEX records_of_article ON records(article, place, id, kind)",
    "CREATE INDEX records_by_category ON records(review, kind, mode, type, stage, stance)",
    """CREATE TABLE record_actors (
        record INTEGER NOT NULL REFERENCES records(serial) ON DELETE CASCADE,
        role TEXT NOT NULL,
        actor TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (record, role, actor)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX records_of_actor ON record_actors(actor, role, record)",
    """CREATE TABLE actors (
        serial INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        country TEXT,
        json TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE actor_names (
        key TEXT NOT NULL,
        actor TEXT NOT NULL,
        PRIMARY KEY (key, actor)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE judgements (
        serial INTEGER PRIMARY KEY AUTOINCREMENT,
        record TEXT NOT NULL REFERENCES records(id),
        action TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        field TEXT,
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        note TEXT
    ) STRICT""",
    "CREATE INDEX judgements_of_record ON judgements(record, serial)",
    *(
        f"""CREATE TRIGGER judgements_refuse_{verb.lower()} BEFORE {verb} ON judgements
            BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ),
    """CREATE TRIGGER judgements_refuse_replace BEFORE INSERT ON judgements
       WHEN EXISTS (SELECT 1 FROM judgements WHERE serial = new.serial)
       BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END""",
    "CREATE TABLE clusters (id TEXT PRIMARY KEY, of TEXT NOT NULL, json TEXT NOT NULL) STRICT",
    """CREATE TABLE cluster_members (
        record TEXT NOT NULL,
        cluster TEXT NOT NULL REFERENCES clusters(id) ON DELETE CASCADE,
        PRIMARY KEY (record, cluster)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE issues (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT",
    "CREATE TABLE weighings (id TEXT PRIMARY KEY, at TEXT NOT NULL, json TEXT NOT NULL) STRICT",
    f"CREATE VIRTUAL TABLE article_words USING fts5(title, text, content = 'articles', content_rowid = 'serial', {_TOKENS})",
    f"CREATE VIRTUAL TABLE record_words USING fts5(words, names, content = 'records', content_rowid = 'serial', {_TOKENS})",
    *_kept_in_step("articles", "article_words", ("title", "text")),
    *_kept_in_step("records", "record_words", ("words", "names")),
)

_REDACTED = """EXISTS (SELECT 1 FROM judgements j WHERE j.action = 'redact' AND {})"""
_THIS_ARTICLE = _REDACTED.format("json_extract(j.new, '$.article') = old.id")
_THIS_RECORD = _REDACTED.format("j.record = old.id")
_SAME_DECISION = " AND ".join(
    f"new.{c} IS old.{c}" for c in ("serial", "record", "action", "by", "at", "field", "batch")
)
_EMPTIED = "new.old = 'null' AND new.new = 'null' AND new.note IS NULL AND old.action <> 'redact'"
_CUT_AROUND = (
    "old.field = 'evidence' AND new.note IS old.note AND EXISTS (SELECT 1 FROM records r JOIN judgements j "
    "ON j.action = 'redact' AND json_extract(j.new, '$.article') = r.article WHERE r.id = old.record)"
)
_REDACTING = (
    f"{_SAME_DECISION} AND ({_EMPTIED} AND {_REDACTED.format('j.record = old.record')} OR {_CUT_AROUND})"
)

_SECOND = (
    "ALTER TABLE judgements RENAME TO judgements_1",
    """CREATE TABLE judgements (
        serial INTEGER PRIMARY KEY AUTOINCREMENT,
        record TEXT NOT NULL,
        action TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        field TEXT,
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        note TEXT,
        batch TEXT
    ) STRICT""",
    "INSERT INTO judgements SELECT serial, record, action, by, at, field, old, new, note, NULL FROM judgements_1",
    "DROP TABLE judgements_1",
    "CREATE INDEX judgements_of_record ON judgements(record, serial)",
    "CREATE INDEX judgements_of_person ON judgements(by, serial)",
    "CREATE INDEX judgements_of_batch ON judgements(batch)",
    "CREATE INDEX redactions ON judgements(json_extract(new, '$.article')) WHERE action = 'redact'",
    f"""CREATE TRIGGER judgements_refuse_update BEFORE UPDATE ON judgements
        WHEN NOT ({_REDACTING})
        BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END""",
    """CREATE TRIGGER judgements_refuse_delete BEFORE DELETE ON judgements
       BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END""",
    """CREATE TRIGGER judgements_refuse_replace BEFORE INSERT ON judgements
       WHEN EXISTS (SELECT 1 FROM judgements WHERE serial = new.serial)
       BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END""",
    f"""CREATE TRIGGER records_keep_what_was_judged BEFORE DELETE ON records
        WHEN EXISTS (SELECT 1 FROM judgements j WHERE j.record = old.id) AND NOT {_THIS_RECORD}
        BEGIN SELECT RAISE(ABORT, 'a record that somebody judged is never removed'); END""",
    "DROP TRIGGER articles_keep_their_text",
    f"""CREATE TRIGGER articles_keep_their_text BEFORE UPDATE ON articles
        WHEN old.id IS NOT new.id OR old.text IS NOT new.text AND NOT {_THIS_ARTICLE}
        BEGIN SELECT RAISE(ABORT, 'the text of an article is never changed'); END""",
    "ALTER TABLE records ADD COLUMN merged_into TEXT",
    "CREATE INDEX records_merged ON records(merged_into) WHERE merged_into IS NOT NULL",
    "DROP INDEX records_by_category",
    "CREATE INDEX records_by_category ON records(review, kind, mode, type, stage, stance, merged_into)",
    # With all that lists ask of every record, so that they are counted by article without reading them.
    "DROP INDEX records_of_article",
    "CREATE INDEX records_of_article ON records(article, place, id, kind, review, merged_into)",
    """CREATE TABLE actor_merges (
        actor TEXT PRIMARY KEY,
        kept TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX actors_kept ON actor_merges(kept)",
    "CREATE TABLE due (work TEXT PRIMARY KEY) STRICT",
    # New rows are indexed many at a time (`writes.Unindexed`): 4 to 13 µs a row, and 38 µs by a trigger, as was measured.
    "DROP TRIGGER article_words_insert",
    "DROP TRIGGER record_words_insert",
)

_SAME_CLUSTER = (
    "SELECT o.cluster FROM cluster_members o JOIN clusters c ON c.id = o.cluster "
    "WHERE o.record = old.id AND json_extract(c.json, '$.origin.by') <> 'person'"
)

_THIRD = (
    """CREATE TABLE cluster_keys (
        key INTEGER NOT NULL,
        thing INTEGER NOT NULL,
        PRIMARY KEY (key, thing)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE unclustered (article TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "INSERT INTO unclustered SELECT id FROM articles",
    "CREATE INDEX members_of_cluster ON cluster_members(cluster)",
    """CREATE TRIGGER articles_to_cluster AFTER INSERT ON articles
       BEGIN INSERT OR IGNORE INTO unclustered VALUES (new.id); END""",
    """CREATE TRIGGER articles_to_cluster_again AFTER UPDATE OF text, published ON articles
       WHEN old.text IS NOT new.text OR old.published IS NOT new.published
       BEGIN INSERT OR IGNORE INTO unclustered VALUES (new.id); END""",
    """CREATE TRIGGER records_to_cluster AFTER INSERT ON records
       BEGIN INSERT OR IGNORE INTO unclustered VALUES (new.article); END""",
    """CREATE TRIGGER records_to_cluster_again AFTER UPDATE OF value, merged_into ON records
       BEGIN INSERT OR IGNORE INTO unclustered VALUES (new.article); END""",
    # What a removed record was together with is put together anew without it.
    f"""CREATE TRIGGER records_leave_their_clusters AFTER DELETE ON records
        BEGIN
        INSERT OR IGNORE INTO unclustered SELECT r.article FROM cluster_members m JOIN records r ON r.id = m.record
        WHERE m.cluster IN ({_SAME_CLUSTER});
        DELETE FROM clusters WHERE id IN ({_SAME_CLUSTER});
        END""",
)

_OF_ARTICLE = (
    "SELECT o.cluster FROM cluster_members o JOIN clusters c ON c.id = o.cluster "
    "WHERE (o.record = new.id OR o.record IN (SELECT id FROM records WHERE article = new.id)) "
    "AND json_extract(c.json, '$.origin.by') <> 'person'"
)

_FOURTH = (
    # A cluster quotes titles and words: where some of them are redacted, it goes with them, and is made anew from the rest.
    f"""CREATE TRIGGER redacted_articles_leave_their_clusters AFTER UPDATE OF text ON articles
        WHEN old.text IS NOT new.text
        BEGIN
        INSERT OR IGNORE INTO unclustered SELECT coalesce(r.article, m.record)
        FROM cluster_members m LEFT JOIN records r ON r.id = m.record WHERE m.cluster IN ({_OF_ARTICLE});
        DELETE FROM clusters WHERE id IN ({_OF_ARTICLE});
        END""",
)

_TALLY_KEY = "article, kind, review, merged_into, mode, type, stage, stance"


def _tally_of(row: str) -> str:
    """The key under which a record's row is counted."""
    values = ", ".join(f"coalesce({row}{column}, '')" for column in ("mode", "type", "stage", "stance"))
    merged = f"CASE WHEN {row}merged_into IS NULL THEN '' ELSE '+' END"
    return (
        f"(SELECT serial FROM articles WHERE id = {row}article), {row}kind, {row}review, {merged}, {values}"
    )


_TALLY_LESS = (
    f"UPDATE tallies SET n = n - 1 WHERE ({_TALLY_KEY}) = ({_tally_of('old.')}); "
    f"DELETE FROM tallies WHERE n = 0 AND ({_TALLY_KEY}) = ({_tally_of('old.')});"
)
_TALLY_MORE = (
    f"INSERT INTO tallies VALUES ({_tally_of('new.')}, 1) ON CONFLICT ({_TALLY_KEY}) DO UPDATE SET n = n + 1;"
)

_FIFTH = (
    # No value is an empty text here, since NULL could not be part of the key, and none again in the view. By article without
    # rowids: a million statements by outlet and month took 66 ms, and 232 ms where the rows lay beside an index.
    f"""CREATE TABLE tallies (
        article INTEGER NOT NULL REFERENCES articles(serial),
        kind TEXT NOT NULL,
        review TEXT NOT NULL,
        merged_into TEXT NOT NULL,
        mode TEXT NOT NULL,
        type TEXT NOT NULL,
        stage TEXT NOT NULL,
        stance TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY ({_TALLY_KEY})
    ) STRICT, WITHOUT ROWID""",
    """CREATE VIEW tallied AS SELECT article, kind, review, nullif(merged_into, '') AS merged_into, nullif(mode, '') AS mode,
       nullif(type, '') AS type, nullif(stage, '') AS stage, nullif(stance, '') AS stance, n FROM tallies""",
    f"INSERT INTO tallies SELECT {_tally_of('')}, count(*) FROM records GROUP BY 1, 2, 3, 4, 5, 6, 7, 8",
    f"""CREATE TRIGGER tallies_follow_change AFTER UPDATE OF review, merged_into, mode, type, stage, stance ON records
        WHEN (old.review, old.merged_into, old.mode, old.type, old.stage, old.stance)
            IS NOT (new.review, new.merged_into, new.mode, new.type, new.stage, new.stance)
        BEGIN {_TALLY_LESS} {_TALLY_MORE} END""",
    f"CREATE TRIGGER tallies_follow_removal AFTER DELETE ON records BEGIN {_TALLY_LESS} END",
    # Who published what when, without the texts that lie beside it in the table.
    "CREATE INDEX articles_by_outlet ON articles(publisher COLLATE NOCASE, published, country)",
    """CREATE INDEX records_hanging ON records(kind)
       WHERE instr(value, '"conditions":[{') OR instr(value, '"depends_on":["')""",
    """CREATE INDEX articles_replaced ON articles(json_extract(json, '$.version_of'))
       WHERE json_extract(json, '$.version_of') IS NOT NULL""",
    """CREATE INDEX articles_retracted ON articles(id) WHERE json_extract(json, '$.status') = 'retracted'""",
    # New records name their articles themselves (`writes.insert_records`): a trigger took 6 µs for each of them.
    "DROP TRIGGER records_to_cluster",
)

_SIXTH = (
    # By gist, so that records of the same one come together: 200,000 positions are 4,800 rows that SQLite gives in 0.14 s.
    "DROP INDEX IF EXISTS records_gist",
    f"""CREATE INDEX records_gist ON records(kind, {GIST}, article, review, merged_into)
        WHERE {HAVE_GIST}""",
    # What may be the same pledge is looked for under other keys than before.
    "INSERT OR IGNORE INTO unclustered SELECT DISTINCT article FROM records WHERE kind = 'pledge'",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH)
VERSION = len(MIGRATIONS)


def migrate(connection: Connection) -> None:
    """Bring the file up to this version's schema. To be called inside a transaction.

    Args:
        connection: open on a ledger of an earlier version, or on an empty database.
    """
    for statements in MIGRATIONS[connection.number("PRAGMA user_version") :]:
        for statement in statements:
            connection.run(statement)
    connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.run(f"PRAGMA user_version = {VERSION}")

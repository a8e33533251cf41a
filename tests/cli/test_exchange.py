"""`detente export`, `import`, `check`, `backup`: records leave whole, come back whole, and damage is found."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from threading import Thread

import pytest

from ..ledger import made


def test_what_is_exported_and_imported_exports_the_same(run, ledger, tmp_path) -> None:
    one = run("show", "pledges", "--ids").out.strip()
    run("review", one, "edit", "stage=committed", "--by", "Ana")
    run("review", one, "undo", "--by", "Ben")
    run("review", one, "accept", "--by", "Ben")
    ran = run("export", "-o", "first.jsonl")
    assert (ran.status, ran.out) == (0, "")
    taken = run("import", "first.jsonl", "--ledger", "second.db")
    assert taken.status == 0
    assert "second.db" in taken.out
    assert "statements: 2" in taken.out
    run("export", "-o", "second.jsonl", "--ledger", "second.db")
    assert (tmp_path / "second.jsonl").read_bytes() == (tmp_path / "first.jsonl").read_bytes()
    history = run("review", one, "history", "--ledger", "second.db").out
    assert history == run("review", one, "history").out
    assert len(history.splitlines()) == 3


def test_importing_again_adds_nothing(run, ledger, tmp_path) -> None:
    run("export", "-o", "all.jsonl")
    run("import", "all.jsonl")
    run("export", "-o", "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "all.jsonl").read_bytes()


def test_an_export_to_standard_output_is_the_file(run, ledger, tmp_path) -> None:
    run("export", "-o", "all.jsonl")
    ran = run("export")
    assert ran.out.encode() == (tmp_path / "all.jsonl").read_bytes()
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert all(next(iter(line)) == "kind" for line in lines)
    assert lines[0]["kind"] == "article"
    assert lines[0]["text"] == made.TEXT


def test_an_export_says_what_no_person_has_accepted(run, ledger) -> None:
    assert "note: 7 of the records are machine-read, and no person has accepted them" in run("export").err
    one = run("show", "pledges", "--ids").out.strip()
    run("review", one, "accept", "--by", "Ana")
    assert "note: 6 of the records" in run("export").err
    assert "machine-read" not in run("export", "--kind", "pledge").err


def test_an_export_of_one_kind_has_what_it_rests_on(run, ledger) -> None:
    kinds = [json.loads(line)["kind"] for line in run("export", "--kind", "pledge").out.splitlines()]
    assert kinds == ["article", "pledge", "actor", "actor", "actor"]


def test_csv_leaves_as_a_table_and_says_what_it_leaves_out(run, ledger) -> None:
    ran = run("export", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert [row["kind"] for row in rows].count("statement") == 2
    assert len(rows) == 7
    assert all(row["words"] in made.TEXT for row in rows if " … " not in row["words"])
    assert "note: csv leaves out the articles' texts" in ran.err


def test_a_failed_export_leaves_what_was_there(run, ledger, tmp_path, monkeypatch) -> None:
    (tmp_path / "all.jsonl").write_text("before", encoding="utf-8")

    def broken(*_: object) -> None:
        from detente.errors import LedgerCorrupt

        raise LedgerCorrupt("the ledger is damaged")

    monkeypatch.setattr("detente.exchange.jsonl.encode", broken)
    assert run("export", "-o", "all.jsonl").status == 1
    assert (tmp_path / "all.jsonl").read_text(encoding="utf-8") == "before"
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_not_replaced(run, ledger, tmp_path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    taken: list[bytes] = []
    reader = Thread(target=lambda: taken.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert run("export", "-o", "pipe").status == 0
    reader.join(timeout=10)
    assert pipe.is_fifo()
    assert taken[0].startswith(b'{"kind":"article"')


@pytest.mark.parametrize("verb", ["export", "situation"])
def test_a_place_that_cannot_be_written_is_named(verb: str, run, ledger) -> None:
    ran = run(verb, "-o", "nowhere/out")
    assert (ran.status, ran.out) == (2, "")
    assert "--output: nowhere/out cannot be written" in ran.err


DAMAGE = [
    ("not JSON", lambda lines: [*lines[:2], "{", *lines[2:]], "line 3"),
    ("words that the text does not have", lambda lines: [line.replace("keep our word", "keep our world") if '"statement"' in line else line for line in lines], "keep our world"),
    ("a record before its article", lambda lines: [lines[1], lines[0], *lines[2:]], "line 1"),
    ("an unknown category", lambda lines: [line.replace('"announced"', '"signed"') for line in lines], "signed"),
    ("nothing", lambda lines: [], "empty"),
]


@pytest.mark.parametrize(("damage", "said"), [d[1:] for d in DAMAGE], ids=[d[0] for d in DAMAGE])
def test_a_damaged_import_is_refused_as_a_whole(damage, said: str, run, ledger, tmp_path) -> None:
    lines = run("export").out.splitlines()
    (tmp_path / "damaged.jsonl").write_text("".join(f"{line}\n" for line in damage(lines)), encoding="utf-8")
    ran = run("import", "damaged.jsonl", "--ledger", "new.db")
    assert (ran.status, ran.out) == (1, "")
    assert "damaged.jsonl" in ran.err
    assert said in ran.err
    assert not (tmp_path / "new.db").exists()


# ---------------------------------------------------------------- care


def test_a_sound_ledger_has_no_faults(run, ledger) -> None:
    ran = run("check")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "no faults: every record stands on its words (1 articles, 2 statements, 1 events, 1 pledges, 1 positions, "
        "1 terms, 1 memberships, 5 actors)\n"
    )
    assert run("check", "--json").json["faults"] == []


def damage(path, sql: str) -> None:
    with sqlite3.connect(path) as file:
        file.execute(sql)
    file.close()


def test_words_that_no_longer_stand_are_found(run, ledger) -> None:
    damage(ledger, "UPDATE records SET value = replace(value, 'We keep our word', 'We keep our oath') WHERE kind = 'statement'")
    ran = run("check")
    assert ran.status == 1
    assert ran.out.splitlines()[-1].startswith("1 fault (")
    assert "We keep our oath" in ran.out
    assert len(run("check", "--json").json["faults"]) == 1


def test_an_index_that_is_out_of_step_is_found(run, ledger) -> None:
    damage(ledger, "INSERT INTO record_words(record_words, rowid, words, names) SELECT 'delete', serial, words, names FROM records LIMIT 1")
    assert run("check").status == 1


def test_a_ledger_that_cannot_be_written_can_be_checked(run, ledger) -> None:
    ledger.chmod(0o444)
    assert run("check").status == 0


def test_a_backup_is_a_whole_ledger(run, ledger, tmp_path) -> None:
    ran = run("backup", "copy.db")
    assert (ran.status, ran.out) == (0, "detente.db → copy.db\n")
    assert run("export", "--ledger", "copy.db").out == run("export").out
    assert [p.name for p in tmp_path.glob("copy.db*")] == ["copy.db"]


# ---------------------------------------------------------------- formats


def test_every_format_is_named_in_the_help(run) -> None:
    from detente.exchange import exporters

    said = " ".join(run("export", "--help").out.split())
    assert all(name in said for name in exporters())


@pytest.mark.parametrize(("path", "begins"), [("all.csv", b"kind,id"), ("all.xlsx", b"PK"), ("all.DNA", b"SQLite format 3"), ("all.txt", b'{"kind"'), ("all.bib", b"@online")])
def test_the_ending_of_a_file_names_its_format(path: str, begins: bytes, run, ledger, tmp_path) -> None:
    assert run("export", "-o", path).status == 0
    assert (tmp_path / path).read_bytes().startswith(begins)


def test_what_a_format_left_out_is_said_with_the_records(run, ledger) -> None:
    position = run("show", "positions", "--ids").out.strip()
    ran = run("export", "--format", "dna", "-o", "all.dna")
    assert f"note: 1 of the records left out, because a stance that is conditional is neither agreement nor disagreement: {position}" in ran.err
    assert "note: dna leaves out" in ran.err


def test_an_export_of_what_a_person_accepted_has_nothing_else(run, ledger) -> None:
    one = run("show", "pledges", "--ids").out.strip()
    assert "note: no record of detente.db is in the file" in run("export", "--format", "csv", "--review", "accepted").err
    run("review", one, "accept", "--by", "Ana")
    ran = run("export", "--format", "csv", "--review", "accepted")
    assert [row["id"] for row in csv.DictReader(io.StringIO(ran.out, newline=""))] == [one]
    assert "machine-read" not in ran.err
    assert run("export", "--review", "fine").status == 2


def test_who_reports_is_in_an_iati_file(run, ledger) -> None:
    assert "unregistered" in run("export", "--format", "iati").out
    ran = run("export", "--format", "iati", "--reporter", "XM-EX-1", "The Coast Institute")
    assert '<reporting-org ref="XM-EX-1"' in ran.out
    assert "<narrative>The Coast Institute</narrative>" in ran.out


@pytest.mark.parametrize("name", ["xlsx", "parquet", "dna"])
def test_a_terminal_is_not_sent_what_is_no_text(name: str, run, ledger, monkeypatch) -> None:
    from detente.cli import export

    class Terminal:
        def __getattr__(self, name: str):
            return getattr(__import__("sys").stdout, name)

        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(export, "sys", type("Sys", (), {"stdout": Terminal()}))
    ran = run("export", "--format", name)
    assert (ran.status, ran.out) == (2, "")
    assert "name a file, such as -o records." in ran.err


@pytest.mark.parametrize("name", ["csv", "xlsx", "parquet", "events", "dna", "annotations", "graphml", "iati", "ucdp", "bibtex"])
def test_a_failed_export_in_any_format_leaves_what_was_there(name: str, run, ledger, tmp_path, monkeypatch) -> None:
    (tmp_path / "all").write_text("before", encoding="utf-8")
    damage(ledger, "UPDATE records SET value = replace(value, '\"exact\":\"', '\"exact\":\"un')")
    ran = run("export", "--format", name, "-o", "all")
    assert ran.status == 1
    assert (tmp_path / "all").read_text(encoding="utf-8") == "before"
    assert list(tmp_path.glob("*.part")) == []

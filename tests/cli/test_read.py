"""`detente read`: whatever articles come in, what can be read is read, and what cannot is said."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

TEXT = (
    "President Ana Velkova of Ostrava met the Marland leader, Teodor Brandt, in Lindau on Friday.\n"
    "Ana Velkova said that any truce ‘has to be defended’. ‘We cannot do it alone,’ she added.\n"
    "Ostrava pledged to give Marland a loan worth £400m by 2027, if parliament agrees.\n"
    "Teodor Brandt told reporters that a coalition of the willing would guarantee the truce.\n"
)
DAY = ["--published", "2025-05-10", "--country", "GB", "--publisher", "The Courier"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "courier.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "courier.txt"


def records(run, ledger: str = "detente.db") -> list[dict]:
    """Everything that was read, without what tells where it was read from."""
    things = [json.loads(line) for line in run("export", "--ledger", ledger).out.splitlines()]
    return [{k: v for k, v in thing.items() if k not in ("origin", "title")} for thing in things]


# ---------------------------------------------------------------- what is read


def test_a_file_becomes_records_of_what_is_in_it(run, article) -> None:
    ran = run("read", "courier.txt", *DAY)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("1 new article → detente.db: ")
    said = run("show", "statements", "--json").json
    assert {s["speaker"]["name"] for s in said} >= {"Ana Velkova", "Teodor Brandt"}
    alone = next(e for s in said for e in s["evidence"] if e["exact"] == "‘We cannot do it alone,’")
    assert TEXT[alone["start"] : alone["end"]] == alone["exact"]
    loan = run("show", "pledges", "--type", "loan", "--json").json
    assert [p["amount"]["surface"] for p in loan] == ["£400m"]
    assert loan[0]["due"] == "../2027-12-31"


def test_what_is_read_is_counted_as_json(run, article) -> None:
    read = run("read", "courier.txt", *DAY, "--json").json
    assert (read["new"], read["seen"], read["failed"]) == (1, 0, [])
    assert read["records"]["statements"] == len(run("show", "statements", "--json").json) > 0


def test_reading_again_adds_nothing(run, article, tmp_path) -> None:
    run("read", "courier.txt", *DAY)
    before = run("export").out
    ran = run("read", "courier.txt", *DAY)
    assert (ran.status, ran.out) == (0, "0 new articles, 1 read before → detente.db\n")
    assert run("export").out == before


def test_a_judged_record_survives_another_reading(run, article) -> None:
    run("read", "courier.txt", *DAY)
    one = run("show", "pledges", "--type", "loan", "--ids").out.split()[0]
    run("review", one, "edit", "stage=committed", "--by", "Ana")
    run("read", "courier.txt", *DAY)
    assert [p["id"] for p in run("show", "pledges", "--review", "edited", "--stage", "committed", "--json").json] == [one]


def in_text(folder: Path) -> list[str]:
    (folder / "a.txt").write_text(TEXT.rstrip("\n"), encoding="utf-8")
    return ["a.txt", *DAY]


def in_lines(folder: Path) -> list[str]:
    row = {"text": TEXT.rstrip("\n"), "published": "2025-05-10", "country": "GB", "publisher": "The Courier"}
    (folder / "a.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return ["a.jsonl"]


def in_html(folder: Path) -> list[str]:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    page = f"<!DOCTYPE html><html lang='en'><body><nav>Home</nav><article>{paragraphs}</article></body></html>"
    (folder / "a.html").write_text(page, encoding="utf-8")
    return ["a.html", *DAY]


def in_utf16(folder: Path) -> list[str]:
    (folder / "a.txt").write_text(TEXT.rstrip("\n"), encoding="utf-16")
    return ["a.txt", *DAY]


def in_cp1252(folder: Path) -> list[str]:
    (folder / "a.txt").write_text(TEXT.rstrip("\n"), encoding="cp1252")
    return ["a.txt", *DAY]


@pytest.mark.parametrize("write", [in_lines, in_html, in_utf16, in_cp1252])
def test_the_format_changes_no_record(write, run, tmp_path) -> None:
    run("read", *in_text(tmp_path), "--ledger", "text.db")
    ran = run("read", *write(tmp_path), "--ledger", "other.db")
    assert ran.status == 0
    assert len(records(run, "text.db")) > 10
    assert records(run, "other.db") == records(run, "text.db")


def test_standard_input_is_an_article(run) -> None:
    ran = run("read", "-", *DAY, given=TEXT)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("1 new article")
    assert run("show", "articles", "--json").json[0]["text"] == TEXT


def test_standard_input_may_hold_lines(run) -> None:
    ran = run("read", "-", given='{"text": "Ostrava and Marland resumed talks."}\n{"text": "The talks ended."}\n')
    assert ran.out.startswith("2 new articles")


def test_a_folder_is_read_with_what_lies_below_it(run, tmp_path) -> None:
    (tmp_path / "coverage" / "may").mkdir(parents=True)
    (tmp_path / "coverage" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "coverage" / "may" / "two.txt").write_text("The talks in Lindau ended.", encoding="utf-8")
    (tmp_path / "coverage" / "notes.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "coverage" / ".hidden.txt").write_text("Not this.", encoding="utf-8")
    assert run("read", "coverage", *DAY).out.startswith("2 new articles → ")


def test_the_options_say_whose_article_it_is(run, article) -> None:
    run("read", "courier.txt", "--published", "2025-05-10", "--country", "uk", "--publisher", "The Lindau Courier")
    kept = run("show", "articles", "--json").json[0]
    assert (kept["published"], kept["country"], kept["publisher"]) == ("2025-05-10", "GB", "The Lindau Courier")


def test_the_offices_of_ones_own_registry_are_known(run, tmp_path) -> None:
    (tmp_path / "mine" / "people").mkdir(parents=True)
    (tmp_path / "mine" / "states.csv").write_text("id,name,aliases,demonyms,capital,qid\nXO,Ostrava,,Ostravan|Ostravans,Hillfort,\n", encoding="utf-8")
    (tmp_path / "mine" / "people" / "mine.csv").write_text("id,name,aliases,gender,country,qid\nana-velkova,Ana Velkova,,f,XO,\n", encoding="utf-8")
    (tmp_path / "mine" / "offices.csv").write_text(
        "person,title,role,of,from,until,source,checked_on\nana-velkova,President,head_of_state,XO,2023-01-15,,Ostrava Gazette,2025-05-01\n",
        encoding="utf-8",
    )
    text = "The Ostravan president said that talks go on."
    for ledger, registry in (("without.db", []), ("with.db", ["--registry", "mine"])):
        run("read", "-", "--published", "2025-05-10", *registry, "--ledger", ledger, given=text)
    assert [s["speaker"]["name"] for s in run("show", "statements", "--ledger", "with.db", "--json").json] == ["Ana Velkova"]
    before = run("show", "statements", "--ledger", "without.db", "--json").json
    assert all((s["speaker"] or {}).get("name") != "Ana Velkova" for s in before)


# ---------------------------------------------------------------- what cannot be read


def broken_line(folder: Path) -> None:
    (folder / "bad.jsonl").write_text('{"text": "Ostrava and Marland resumed talks."}\n{"text": \n', encoding="utf-8")


BAD = [
    ("missing", lambda folder: None, "bad.txt", ["bad.txt", "no such file", "try: "]),
    ("empty", lambda folder: (folder / "bad.txt").write_bytes(b" \n"), "bad.txt", ["bad.txt", "no letter", "try: "]),
    ("binary", lambda folder: (folder / "bad.txt").write_bytes(b"a\0b\xff"), "bad.txt", ["bad.txt", "binary", "try: "]),
    ("a PDF", lambda folder: (folder / "bad.txt").write_bytes(b"%PDF-1.7 x"), "bad.txt", ["a PDF", "try: pdftotext"]),
    ("damaged UTF-8", lambda folder: (folder / "bad.txt").write_bytes("“We agree,” she said. “Yes.”".encode()[:-1]), "bad.txt", ["damaged at byte", "try: iconv"]),
    ("a broken line", broken_line, "bad.jsonl", ["bad.jsonl, line 2", "try: sed -n 2p"]),
    ("a day that is none", lambda folder: (folder / "bad.jsonl").write_text('{"text": "Talks.", "published": "2025-02-30"}\n'), "bad.jsonl", ["2025-02-30", "try: "]),
    ("a page without an article", lambda folder: (folder / "bad.html").write_text("<html><body></body></html>"), "bad.html", ["bad.html", "no article text", "try: "]),
    ("a table without a text", lambda folder: (folder / "bad.csv").write_text("body\nTalks.\n"), "bad.csv", ["expected one named text", "try: "]),
    ("an empty folder", lambda folder: (folder / "bad").mkdir(), "bad", ["folder without articles", "try: "]),
]  # fmt: skip


@pytest.mark.parametrize(("make", "name", "said"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_what_cannot_be_read_is_said_and_the_rest_is_read(make, name: str, said: list[str], run, article, tmp_path) -> None:
    make(tmp_path)
    ran = run("read", name, "courier.txt")
    assert ran.status == 1
    assert ", 1 not read → detente.db: " in ran.out
    for words in said:
        assert words in ran.err
    assert "Traceback" not in ran.err
    origins = [a["origin"] for a in run("show", "articles", "--json").json]
    assert "courier.txt" in origins
    assert len(origins) == (2 if name == "bad.jsonl" and "line 2" in said[0] else 1)


def test_every_fault_is_said_as_json_too(run, article) -> None:
    read = run("read", "one.txt", "two.txt", "courier.txt", "--json").json
    assert read["new"] == 1
    assert ["one.txt" in f["error"] for f in read["failed"]] == [True, False]


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_named(run, article) -> None:
    article.chmod(0)
    ran = run("read", "courier.txt")
    assert ran.status == 1
    assert "try: chmod u+r courier.txt" in ran.err


def test_notes_are_no_errors(run, tmp_path) -> None:
    (tmp_path / "a.txt").write_bytes("Ostrava’s talks".encode("cp1252"))
    ran = run("read", "a.txt", "--published", "2025-05-10")
    assert ran.status == 0
    assert ran.err == "note: a.txt: not UTF-8; read as cp1252\n"


def test_a_day_that_is_not_told_is_missed_once_for_all_articles(run, tmp_path) -> None:
    for name, text in (("a.txt", "Talks went on."), ("b.txt", "Talks stopped.")):
        (tmp_path / name).write_text(text)
    (tmp_path / "c.jsonl").write_text('{"text": "Talks began.", "published": "2025-05-10"}\n')
    ran = run("read", "a.txt", "b.txt", "c.jsonl")
    assert ran.status == 0
    assert ran.err.count("note: ") == 1
    assert ran.err.startswith("note: 2 of 3 articles: day of publication unknown")
    assert "--published" in ran.err


def test_a_fault_of_ours_costs_one_article(run, article, tmp_path, monkeypatch) -> None:
    from detente.reading import reader

    whole = reader.read_article

    def faulty(article, **options):
        if article.origin == "other.txt":
            raise ZeroDivisionError("division by zero")
        return whole(article, **options)

    (tmp_path / "other.txt").write_text("The talks ended.", encoding="utf-8")
    monkeypatch.setattr(reader, "read_article", faulty)
    ran = run("read", "other.txt", "courier.txt")
    assert ran.status == 1
    assert "other.txt: détente itself failed on this article (ZeroDivisionError: division by zero)" in ran.err
    assert ran.out.startswith("1 new article, 1 not read")


def test_a_locked_ledger_is_named(run, article) -> None:
    import sqlite3

    run("read", "courier.txt")
    other = sqlite3.connect("detente.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        ran = run("review", run("show", "statements", "--ids").out.split()[0], "accept")
    finally:
        other.close()
    assert ran.status == 1
    assert "another process is writing" in ran.err


@pytest.mark.parametrize("call", [["read", "empty.txt"], ["import", "empty.txt"]], ids=["read", "import"])
def test_what_fails_leaves_no_empty_ledger_behind(call: list[str], run, tmp_path) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert run(*call).status == 1
    assert [p.name for p in tmp_path.iterdir()] == ["empty.txt"]

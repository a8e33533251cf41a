"""brat's folders: split words, events, attributes, and a refusal that names the line."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import MalformedInput, MissingInput
from detente.exchange.brat import _document, import_brat
from detente.exchange.coding_map import CodingMap
from detente.ledger import Ledger
from detente.records import Article

from .coding import BRAT_MAP, HELD, TEXT, ann


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "talks.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "brat" / "talks.ann").write_text(ann(), encoding="utf-8")
    (tmp_path / "map.toml").write_text(BRAT_MAP, encoding="utf-8")
    return tmp_path / "brat"


def taken(folder, ledger=None):
    ledger = ledger or Ledger.memory()
    return ledger, import_brat(ledger, folder, CodingMap.load(folder.parent / "map.toml"))


def test_annotations_become_records(folder):
    ledger, done = taken(folder)
    (said,), (held,) = ledger.statements, ledger.positions
    assert [e.exact for e in said.words("content")] == ["she would", "keep the truce"]
    assert [said.words(field)[0].exact for field in ("source", "cue")] == ["Ana Velkova", "said"]
    assert (said.speaker.name, said.mode, said.origin.name) == ("Ana Velkova", "mixed", "Ben")
    assert (held.stance, held.words()[0].exact) == ("oppose", HELD)
    assert done.left == {"an annotation labelled Near, which the mapping does not name": 1}
    assert [a.origin for a in ledger.articles] == ["talks.txt"]
    assert ledger.check() == []


def test_a_folder_taken_in_again_adds_nothing(folder):
    ledger, _ = taken(folder)
    before = ledger.counts()
    _, done = taken(folder, ledger)
    assert ledger.counts() == before
    assert done.known == 2


def test_the_machine_s_article_of_the_same_text_is_the_one(folder):
    ledger = Ledger.memory()
    ledger.add(Article.of(TEXT, "https://post.example/talks"), [])
    taken(folder, ledger)
    assert [a.origin for a in ledger.articles] == ["https://post.example/talks"]
    assert len(ledger.statements) == 1


def test_what_nobody_coded_is_left_out_and_what_holds_nothing_is_taken(folder):
    (folder / "sub").mkdir()
    (folder / "sub" / "empty.txt").write_text("Nothing was said.", encoding="utf-8")
    (folder / "sub" / "empty.ann").touch()
    (folder / "uncoded.txt").write_text("Nobody has read this.", encoding="utf-8")
    ledger, done = taken(folder)
    assert sorted(a.origin for a in ledger.articles) == ["sub/empty.txt", "talks.txt"]
    assert done.left["a text without an .ann file, which nobody coded"] == 1


def test_words_over_a_line_end_are_taken_as_brat_writes_them(folder):
    start = TEXT.index("Lindau.")
    words = TEXT[start : start + 9]
    assert "\n" in words
    line = f"T9\tStance {start} {start + 9}\t{words.replace(chr(10), ' ')}\nA9\tWay T9 support\n"
    (folder / "talks.ann").write_text(ann() + line, encoding="utf-8")
    ledger, _ = taken(folder)
    assert sorted(p.words()[0].exact for p in ledger.positions) == sorted([HELD, words])


def test_roles_that_come_again_are_one(folder):
    text = ann().replace(" Content:T3", " Content:T3 Content2:T5")
    (folder / "talks.ann").write_text(text, encoding="utf-8")
    ledger, _ = taken(folder)
    assert [e.exact for e in ledger.statements[0].words("content")] == [
        "she would",
        "keep the truce",
        "Lindau",
    ]


DAMAGE = [
    ("T1\tSource ", "T1\tSource x ", "line 1", "expected LABEL START END"),
    ("\tAna Velkova\n", "\tAna Velkow\n", "line 1", "where the text has 'Ana Velkova'"),
    ("T1\tSource 10 21", "T1\tSource 10 9999", "line 1", "inside"),
    ("T1\tSource 10 21", "T1\tSource 21 10", "line 1", "inside"),
    ("T4\tStance", "T3\tStance", "line 6", "T3 for the second time"),
    ("Source:T1", "Source:T9", "line 4", "got T9"),
    ("Attribution:T2", "Attribution:T9", "line 4", "trigger T9"),
    ("Attribution:T2", "Attribution", "line 4", "LABEL:TRIGGER"),
    ("Arg1:T5", "T5", "line 9", "ROLE:ID"),
    ("A1\tMode E1", "A1\tMode E7", "line 5", "the id of a line"),
    ("E1 mixed", "E1 quoted", "line 5|line 4", "mode: got 'quoted'"),
    ("A1\tMode E1 mixed\n", "", "line 4", "mode: got nothing"),
    ("*\tEquiv", "Q\tEquiv", "line 11", "begins with"),
]


@pytest.mark.parametrize(("old", "new", "place", "said"), DAMAGE)
def test_a_damaged_file_is_refused_as_a_whole(folder, old, new, place, said):
    assert old in ann()
    (folder / "talks.ann").write_text(ann().replace(old, new), encoding="utf-8")
    (folder / "before.txt").write_text("A sound one.", encoding="utf-8")
    (folder / "before.ann").touch()
    with Ledger.memory() as ledger:
        with pytest.raises(MalformedInput) as error:
            taken(folder, ledger)
        assert re.search(rf"talks\.ann, ({place}):", error.value.message)
        assert said in error.value.message
        assert not any(ledger.counts().values())


@pytest.mark.parametrize(("name", "content", "said"), [
    ("talks.ann", b"T1\tX 0 1\t\xff", "UTF-8"), ("talks.txt", b"", "no letter"), ("talks.txt", b"\x89PNG\r\n", "PNG"),
])  # fmt: skip
def test_what_is_no_text_is_refused(folder, name, content, said):
    (folder / name).write_bytes(content)
    with pytest.raises(MalformedInput, match=said):
        taken(folder)


def test_an_annotation_larger_than_an_article_is_refused_and_not_cut(folder, monkeypatch):
    size = (folder / "talks.ann").stat().st_size
    monkeypatch.setattr("detente.exchange.brat.MAX_BYTES", size)
    taken(folder)
    monkeypatch.setattr("detente.exchange.brat.MAX_BYTES", size - 1)
    with pytest.raises(MalformedInput, match="expected the annotation of one article"):
        taken(folder)


def test_an_annotation_without_its_text_is_refused(folder):
    (folder / "talks.txt").rename(folder / "talk.txt")
    with pytest.raises(MalformedInput, match=r"no talks\.txt beside it"):
        taken(folder)


def test_a_folder_without_annotation_is_said(folder):
    shutil.rmtree(folder)
    with pytest.raises(MissingInput, match=r"X\.ann"):
        taken(folder)


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_line_is_read_or_refused(tmp_path_factory, line):
    path = tmp_path_factory.getbasetemp() / "any.ann"
    path.write_bytes(line.encode())
    with suppress(MalformedInput):  # nothing else may be raised
        found = _document(path, TEXT)
        assert all(0 <= start < end <= len(TEXT) for spans in found.words.values() for start, end in spans)


def test_a_corpus_is_read_whole(shared, tmp_path):
    """PolNeAR's folder: every attribution of the first coder of each article, on the words that it marks."""
    mapping = """
    coder = "first coder"
    [[records]]
    label = "Attribution"
    kind = "statement"
    words = { content = "Content", source = "Source", cue = "Cue" }
    fields = { mode = { value = "indirect" } }
    """
    (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
    corpus = tmp_path / "brat"
    corpus.mkdir()
    events = 0
    for text in sorted((shared / "data" / "polnear" / "dev").glob("*.txt"))[:8]:
        first = min(text.parent.glob(f"{text.stem}_*.ann"))
        shutil.copy(text, corpus / text.name)
        shutil.copy(first, corpus / f"{text.stem}.ann")
        events += len(re.findall(r"^E\d+\tAttribution:.*Content", first.read_text("utf-8"), re.M))
    ledger, _ = taken(corpus)
    assert len(ledger.statements) == events > 0
    assert ledger.check() == []

"""Sources cut into shards: in order, other languages left and counted, what cannot be read listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.archives.files import read_articles
from detente.archives.languages import language_of
from detente.archives.plan import cut, fingerprint, load_plan
from detente.errors import DetenteError, MalformedInput, MissingInput, RecordError
from detente.records import Article

from .made import archive_of, articles

pytest.importorskip("pyarrow", reason="an archive needs pyarrow")
pytest.importorskip("py3langid", reason="an archive needs py3langid")

LANGUAGES = [
    ("The talks in Keld failed on Monday, and the envoys of both states went home by train.", "en"),
    ("Die Gespräche in Keld sind am Montag gescheitert, und die Gesandten fuhren mit dem Zug nach Hause.", "de"),
    ("Les discussions à Keld ont échoué lundi et les envoyés des deux pays sont rentrés chez eux.", "fr"),
    ("Переговоры в Кельде провалились в понедельник, и посланники уехали домой на поезде.", "ru"),
    ("Keld.", None),
    ("1 2 3 4", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), LANGUAGES)
def test_a_language_is_told(text: str, expected: str | None) -> None:
    assert language_of(text) == expected


@given(count=st.integers(0, 9), size=st.integers(1, 5))
def test_shards_hold_all_articles_in_order(tmp_path_factory: pytest.TempPathFactory, count: int, size: int) -> None:
    folder = tmp_path_factory.mktemp("cut")
    plan = archive_of(folder, articles(count), size=size)
    paths = sorted((folder / "articles").iterdir())
    assert [path.stem for path in paths] == sorted(plan.shards)
    assert [a for path in paths for a in read_articles(path)] == articles(count)
    assert all(number == size for number in list(plan.shards.values())[:-1])


def test_other_languages_are_left_and_counted(tmp_path: Path) -> None:
    made = [Article.of(text, f"{n}.txt") for n, (text, _) in enumerate(LANGUAGES[:4])]
    made.append(Article.of("The talks failed again on Tuesday, as many had feared.", "said.txt", language="cy"))
    plan = archive_of(tmp_path, made)
    assert plan.other_languages == {"cy": 1, "de": 1, "fr": 1, "ru": 1}
    assert plan.shards == {"00000": 1}


def test_what_cannot_be_read_is_listed(tmp_path: Path) -> None:
    plan = archive_of(tmp_path, [MissingInput("a.txt: got no such file"), *articles(1)])
    assert plan.unread == ("a.txt: got no such file",)
    assert load_plan(tmp_path) == plan


def test_a_second_cut_forgets_shards_it_does_not_have(tmp_path: Path) -> None:
    archive_of(tmp_path, articles(9), size=2)
    archive_of(tmp_path, articles(3), size=2)
    assert [path.name for path in sorted((tmp_path / "articles").iterdir())] == ["00000.parquet", "00001.parquet"]


def failing(count: int) -> Iterator[Article]:
    yield from articles(count)
    raise RecordError("in the middle")


def test_a_cut_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with pytest.raises(RecordError):
        archive_of(folder, failing(5), size=2)
    assert not folder.exists()
    archive_of(folder, articles(4), size=3)
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    with pytest.raises(RecordError):
        archive_of(folder, failing(5), size=2)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def test_a_cut_into_what_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DetenteError, match="cannot be written"):
        archive_of(tmp_path / "file", articles(1))
    assert (tmp_path / "file").is_file()


def test_each_article_is_told_of_as_it_is_cut(tmp_path: Path) -> None:
    told: list[int] = []
    cut(tmp_path / "a", (), articles(5), {}, size=2, told=told.append)
    assert told == [1, 2, 3, 4, 5]


def test_a_fingerprint_tells_a_change(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.txt").write_text("one")
    before = fingerprint([str(tmp_path)])
    assert fingerprint([str(tmp_path)]) == before
    (tmp_path / "b" / "one.txt").write_text("another")
    assert fingerprint([str(tmp_path)]) != before
    assert fingerprint(["-", str(tmp_path / "none")]) == {}


def test_a_damaged_plan_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("[]")
    with pytest.raises(MalformedInput, match="damaged plan"):
        load_plan(tmp_path)


def test_no_size_below_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        cut(tmp_path, (), [], {}, size=0)

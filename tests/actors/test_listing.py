"""The registry as a list: who is found by which words, and which offices are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.actors import Registry
from detente.actors.listing import listed
from detente.errors import MissingInput, RegistryError

REGISTRY = Registry.load()
LINES = list(listed(REGISTRY))


def found(words: str) -> set[str]:
    return {line.id for line in LINES if line.is_called(words)}


@pytest.mark.parametrize(
    ("words", "there", "not_there"),
    [
        ("starmer", "keir-starmer", "lee-jae-myung"),
        ("STAR keir", "keir-starmer", "nicola-sturgeon"),
        ("stør", "jonas-gahr-store", "keir-starmer"),
        ("keir-starmer", "keir-starmer", "rachel-reeves"),
        ("jong un", "kim-jong-un", "kim-yo-jong"),
        ("GB", "GB", "keir-starmer"),
        ("Bibi", "benjamin-netanyahu", "boris-johnson"),
        ("armer", "", "keir-starmer"),
    ],
)
def test_names_are_found_by_how_their_words_begin(words: str, there: str, not_there: str) -> None:
    assert there in found(words) | {""}
    assert not_there not in found(words)


def test_no_words_find_everybody() -> None:
    assert found("") == {*REGISTRY.states, *REGISTRY.organisations, *REGISTRY.people}


@settings(max_examples=50)
@given(st.sampled_from(LINES), st.integers(1, 20))
def test_the_beginning_of_a_name_finds_its_bearer(line, length: int) -> None:
    assert line.is_called(line.name[:length].rstrip("-'’. "))


def test_a_day_tells_the_offices_of_that_day() -> None:
    (then,) = [line for line in listed(REGISTRY, date(2019, 8, 1)) if line.id == "boris-johnson"]
    assert "Prime Minister" in {o.title for o in then.offices}
    assert "Foreign Secretary" not in {o.title for o in then.offices}
    (ever,) = [line for line in LINES if line.id == "boris-johnson"]
    assert {o.title for o in ever.offices} >= {"Prime Minister", "Foreign Secretary", "Mayor of London"}


# ---------------------------------------------------------------- a folder of the user's own


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("a note")
    with pytest.raises(RegistryError, match=r"got no table, expected tables called states\.csv"):
        Registry.load(tmp_path)


@pytest.mark.parametrize("name", ["persons.csv", "People.csv", "offices.csv.csv"])
def test_a_table_by_another_name_is_not_passed_over(name: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name,aliases,gender,country,qid\n")
    (tmp_path / name).write_text("id\n")
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system does not tell capitals apart")
    with pytest.raises(RegistryError, match=f"got {name}, expected"):
        Registry.load(tmp_path)


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="expected a folder that exists"):
        Registry.load(tmp_path / "nowhere")

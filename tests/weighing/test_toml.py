"""Situations as TOML: out and in again unchanged, and errors that say where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from detente.errors import MissingInput, SituationError
from detente.weighing.situation import Situation
from detente.weighing.toml import check, dumps, line_of, load, loads

from . import made, strategies

FILE = """\
title = "The harbour"

[[parties]]
id = "ostrava"
name = "Ostrava"
capability = { low = 1, high = 2, assumed_by = "J. Analyst" }

[[parties]]
id = "marland"
name = "Marland"
capability = { low = 1, high = 1, sources = ["re-1"] }

[[issues]]
id = "harbour"
proposition = "Marland keeps the harbour"

[[standings]]
actor = "marland"
issue = "harbour"
position = { low = 50, high = 100, sources = ["po-1"] }
salience = { low = 0, high = 1, assumed_by = "J. Analyst" }
"""


@settings(max_examples=40)
@given(strategies.situations(deal=True))
def test_out_and_in_again_is_the_same(situation: Situation) -> None:
    text = dumps(situation)
    assert loads(text) == situation
    assert dumps(loads(text)) == text


def test_a_file_written_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "harbour.toml"
    path.write_text(FILE, encoding="utf-8")
    situation = load(path)
    assert [p.name for p in situation.parties] == ["Ostrava", "Marland"]
    assert situation.standings[0].position.low == 50.0
    assert situation.issues[0].hundred == "supports it fully"


def test_what_is_empty_is_not_written() -> None:
    text = dumps(made.harbour())
    assert "mode" not in text
    assert "None" not in text
    assert 'note = ""' not in text


BROKEN: dict[str, tuple[str, str, int, str]] = {
    "off the scale": ("high = 100, sources", "high = 120, sources", 20, "standings[0].position.high: got 120"),
    "text for a number": ("low = 50", 'low = "half"', 20, "standings[0].position.low: got text, expected a number"),
    "a field left out": ('issue = "harbour"\n', "", 17, "standings[0]: got no `issue`, expected it"),
    "a misspelt field": (
        'name = "Marland"', 'nam = "Marland"', 10,
        "parties[1].nam: got an unknown field, expected one of id, name, capability, veto, without_deal; did you mean 'name'?",
    ),
    "a misspelt field in a line": ("low = 50", "lowe = 50", 20, "standings[0].position.lowe: got an unknown field"),
    "a misspelt table": ("[[issues]]", "[[issue]]", 13, "issue: got an unknown field, expected one of title, parties, issues"),
    "a stranger": (
        'actor = "marland"', 'actor = "mareland"', 18,
        "standings[0].actor: got 'mareland', expected the id of a party: marland, ostrava; did you mean 'marland'?",
    ),
    "an id twice": ('id = "marland"', 'id = "ostrava"', 9, "parties[1].id: got 'ostrava' a second time"),
    "title of a number": ('title = "The harbour"', "title = 4", 1, "title: got a whole number, expected text"),
    "no such status": (
        "[[issues]]", '[[members]]\nactor = "marland"\ncoalition = "x"\nbasis = { assumed_by = "J" }\nstatus = "inn"\n\n[[issues]]',
        17, "members[0].status: got 'inn', expected one of in, invited, conditional, out; did you mean 'in'?",
    ),
    "a part of a table": (
        "[[issues]]", '[enforcement]\nrevisionist = "marland"\n[[enforcement.parts]]\nname = "a"\n[[enforcement.parts]]\nnam = "b"\n\n[[issues]]',
        18, "enforcement.parts[1].nam: got an unknown field",
    ),
    "a text that looks like tables": (
        'proposition = "Marland keeps the harbour"', "proposition = '''\n[[standings]]\nactor = 1\n'''\nzero = 4", 19,
        "issues[0].zero: got a whole number, expected text",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_an_error_names_the_file_the_line_the_field_and_what_was_expected(name: str, tmp_path: Path) -> None:
    old, new, line, words = BROKEN[name]
    path = tmp_path / "broken.toml"
    assert FILE.count(old) == 1
    path.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(SituationError) as caught:
        load(path)
    assert f"{path}, line {line}, {words}" in str(caught.value)


def test_all_faults_are_listed_up_to_ten() -> None:
    text = FILE.replace("sources", "source_s")
    with pytest.raises(SituationError, match="unknown field"):
        loads(text)
    standings = "".join(
        f'\n[[standings]]\nactor = "x{k}"\nissue = "harbour"\nposition = {{ low = 0, high = 1, assumed_by = "J" }}\n'
        f'salience = {{ low = 0, high = 1, assumed_by = "J" }}\n'
        for k in range(30)
    )
    with pytest.raises(SituationError) as caught:
        loads(FILE + standings)
    assert str(caught.value).count("expected the id of a party") == 10


def test_what_is_not_toml_is_refused_with_its_line() -> None:
    with pytest.raises(SituationError, match=r"is not TOML: .*line 1.*\n  try: detente situation"):
        loads("title = \n")


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(SituationError, match="is not TOML"):
        loads(f"a = {'[' * 50_000}")


def test_a_file_as_windows_editors_save_it(tmp_path: Path) -> None:
    path = tmp_path / "harbour.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    assert load(path) == loads(FILE)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match=r"cannot read .*none\.toml"):
        load(tmp_path / "none.toml")


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'title = "caf\xe9"')
    with pytest.raises(SituationError, match="byte 12 is not UTF-8"):
        load(path)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(SituationError, match="half a character"):
        dumps(made.EMPTY.replace(title="a\ud800b"))


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("title",), 1),
        (("parties", 0), 3),
        (("parties", 1, "name"), 10),
        (("parties", 1, "capability", "low"), 11),
        (("parties", 1, "veto"), 8),
        (("parties", 2), None),
        (("members",), None),
        ((), None),
    ],
)
def test_line_of(place: tuple[str | int, ...], line: int | None) -> None:
    assert line_of(FILE, place) == line


def test_check_gives_back_what_is_good() -> None:
    assert check(made.harbour()) == made.harbour()

"""A table of coding: its words stand where the article has them once, and a row that does not hold is refused with all others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import MalformedInput, MissingInput
from detente.exchange.coding_csv import _places, import_coding
from detente.exchange.coding_map import CodingMap
from detente.ledger import Ledger
from detente.records import Article

from ..ledger import made
from .coding import CSV_MAP, HEADING, HELD, ROWS, SAID, TEXT


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "map.toml").write_text(CSV_MAP, encoding="utf-8")
    table(tmp_path, *ROWS)
    return tmp_path


def table(folder, *rows, heading=HEADING):
    (folder / "coding.csv").write_text("".join(f"{row}\n" for row in (heading, *rows)), encoding="utf-8")


def taken(folder, ledger=None, mapping=None):
    ledger = ledger or Ledger.memory()
    return ledger, import_coding(
        ledger, folder / "coding.csv", mapping or CodingMap.load(folder / "map.toml")
    )


def test_rows_become_records_of_their_coders(folder):
    ledger, done = taken(folder)
    (said,), (held,) = ledger.statements, ledger.positions
    assert (said.speaker.name, said.mode, said.factuality, said.content) == (
        "Ana Velkova",
        "mixed",
        "planned",
        SAID,
    )
    assert [said.words(field)[0].exact for field in ("source", "cue")] == ["President Ana Velkova", "said"]
    assert (held.actor.name, held.stance, held.words()[0].exact) == ("Émile Orden", "oppose", HELD)
    assert [r.origin.name for r in (said, held)] == ["Ben", "Eva"]
    assert [r.origin.by for r in (said, held)] == ["person"] * 2
    assert (done.merged.records, done.merged.judgements, done.known) == (2, 2, 0)
    assert [a.origin for a in ledger.articles] == ["talks.txt"]
    assert ledger.check() == []


def test_what_the_coding_does_not_say_is_unknown_with_the_reason(folder):
    table(folder, f"talks.txt,Ben,{SAID},,,,,m,")
    ledger, _ = taken(folder)
    (said,) = ledger.statements
    assert said.speaker is None
    assert "empty" in said.reasons["speaker"]
    assert said.reasons["hearsay"]  # cannot be unknown: the default, and that nobody coded it
    assert "factuality" not in said.reasons


def test_a_table_taken_in_again_adds_nothing(folder):
    ledger, _ = taken(folder)
    before = ledger.counts()
    _, done = taken(folder, ledger)
    assert ledger.counts() == before
    assert done.known == 2
    assert done.notes() == ["2 records were in the ledger already, and stay as they are"]


def test_two_coders_of_the_same_words_are_two_records(folder):
    table(folder, ROWS[0], ROWS[0].replace(",Ben,", ",Eva,"))
    ledger, _ = taken(folder)
    assert sorted(s.origin.name for s in ledger.statements) == ["Ben", "Eva"]


def test_an_article_of_the_ledger_is_found_by_origin_and_id(folder):
    (folder / "talks.txt").unlink()
    article = Article.of(TEXT, "https://post.example/talks")
    for name in (article.origin, article.id):
        table(folder, ROWS[0].replace("talks.txt", name))
        ledger = Ledger.memory()
        ledger.add(article, [])
        taken(folder, ledger)
        assert len(ledger.statements.where(article=article)) == 1


def test_a_registered_name_is_the_registry_s(folder):
    table(folder, ROWS[0].replace("Ana Velkova,m", "keir starmer,m"))
    ledger, _ = taken(folder)
    assert str(ledger.statements[0].speaker) == "Keir Starmer"
    assert ledger.actors.where(name="Keir Starmer")[0].type == "person"


AMOUNT_MAP = """
    article = "file"
    coder = "Ben"
    [[records]]
    kind = "pledge"
    words = { words = "held" }
    [records.fields]
    pledger = "who"
    type = { value = "loan" }
    testable = { value = "yes" }
    according_to = { value = "outlet" }
    "amount.value" = "cue"
    "amount.unit" = { value = "GBP" }
"""


def test_amounts_and_several_actors_are_read(folder):
    (folder / "map.toml").write_text(AMOUNT_MAP, encoding="utf-8")
    table(folder, f"talks.txt,,,2.5,,{HELD},Ostrava; Marland,,")
    ledger, _ = taken(folder)
    (pledge,) = ledger.pledges
    assert [actor.name for actor in pledge.pledger] == ["Ostrava", "Marland"]
    assert (pledge.amount.value, pledge.amount.unit, pledge.testable) == (2.5, "GBP", True)
    assert pledge.according_to.kind == "outlet"


@pytest.mark.parametrize("words", ["nan", "inf", "-Infinity", "1e999", "1_000", "2 500", "٣", "two"])
def test_what_is_no_number_is_refused_and_not_unknown(folder, words):
    (folder / "map.toml").write_text(AMOUNT_MAP, encoding="utf-8")
    table(folder, f"talks.txt,,,{words},,{HELD},Ostrava,,")
    with pytest.raises(MalformedInput, match="expected a number without separators"):
        taken(folder)


def test_a_mapping_as_windows_editors_save_it(folder):
    mapping = (folder / "map.toml").read_text(encoding="utf-8")
    table(folder, ROW)
    before, _ = taken(folder)
    (folder / "map.toml").write_bytes(b"\xef\xbb\xbf" + mapping.replace("\n", "\r\n").encode())
    again, _ = taken(folder)
    assert list(again.records()) == list(before.records())


def test_a_quotation_in_parts_is_anchored_part_by_part(folder):
    table(folder, "talks.txt,Ben,she would … keep the truce,,,,Ana Velkova,m,")
    ledger, _ = taken(folder)
    assert [e.exact for e in ledger.statements[0].words("content")] == ["she would", "keep the truce"]


ROW = ROWS[0]
WRONG = [
    ([ROW, ROW.replace(SAID, "she would keep the truce")], "line 3", "which the article does not have"),
    ([ROW.replace(SAID, "truce”.  She")], "line 2", "which the article does not have"),
    ([ROW.replace(SAID, "she")], "line 2", "2 times"),
    ([ROW.replace(",m,", ",x,")], "line 2", "mapping's values"),
    ([ROW.replace(",m,", ",,")], "line 2", "mode: got nothing"),
    ([ROW.replace(",Ben,", ",,")], "line 2", "coder"),
    ([ROW.replace("talks.txt", "other.txt")], "line 2", "other.txt"),
    ([ROW.replace("talks.txt", "../talks.txt")], "line 2", "talks.txt"),
    ([ROW.replace("talks.txt", "")], "line 2", "got no article"),
    ([ROW + ",more"], "line 2", "number of cells"),
    (["talks.txt,Ben"], "line 2", "number of cells"),
    (["talks.txt,Ben,,,,,Ana Velkova,m,"], "line 2", "got no words"),
    ([ROW, '"talks.txt'], "line 3", "broken CSV"),
]


@pytest.mark.parametrize(("rows", "place", "said"), WRONG)
def test_a_row_that_does_not_hold_is_refused_with_all_others(folder, rows, place, said):
    table(folder, *rows)
    with Ledger.memory() as ledger:
        with pytest.raises(MalformedInput) as error:
            taken(folder, ledger)
        assert f"coding.csv, {place}" in error.value.message
        assert said in error.value.message
        assert not any(ledger.counts().values())


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        (HEADING.replace("quote", "words"), "'quote' for content"),
        (f"{HEADING},who", "'who' twice"),
        ("", "expected 'file'"),
    ],
)
def test_a_heading_that_is_not_the_mapping_s_is_refused(folder, heading, said):
    table(folder, *ROWS, heading=heading)
    with pytest.raises(MalformedInput, match=said):
        taken(folder)


def test_empty_rows_are_passed_over_and_a_table_of_nothing_is_refused(folder):
    table(folder, *ROWS, ",,,,,,,,", "")
    ledger, _ = taken(folder)
    assert len(ledger.records()) == 2
    table(folder, ",,,,,,,,")
    with pytest.raises(MalformedInput, match="got no row"):
        taken(folder)


def test_a_file_outside_of_the_table_s_folder_is_not_read(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "talks.txt"
    other.write_text(TEXT, encoding="utf-8")
    (folder / "linked.txt").symlink_to(other)
    for name in (str(other), "linked.txt"):
        table(folder, ROW.replace("talks.txt", name))
        with pytest.raises(MalformedInput, match="beside the table"):
            taken(folder)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'file,coder\n"\xe9'])
def test_what_is_not_utf8_is_refused(folder, content):
    (folder / "coding.csv").write_bytes(content)
    with pytest.raises(MalformedInput, match=r"coding\.csv"):
        taken(folder)


def test_no_table_is_said(folder):
    (folder / "coding.csv").unlink()
    with pytest.raises(MissingInput, match=r"coding\.csv"):
        taken(folder)


MAPS = [
    ("", "records"),
    ("records = []", "coder"),
    ("x = ", r"map\.toml"),
    (CSV_MAP.replace('kind = "statement"', 'kind = "speech"'), "'speech'"),
    (CSV_MAP.replace("speaker =", "talker ="), "'talker'"),
    (CSV_MAP.replace("speaker =", '"speaker.name" ='), "speaker.name"),
    (CSV_MAP.replace("mode = {", "act = {"), "mode"),
    (CSV_MAP.replace('content = "quote", ', ""), r"words\.content"),
    (CSV_MAP.replace('{ value = "planned" }', "{}"), "a column or a value"),
    (CSV_MAP.replace("article =", "articel ="), "articel"),
    ('coder = "Ben"\nrecords = []', "records"),
]


@pytest.mark.parametrize(("content", "said"), MAPS)
def test_a_mapping_that_cannot_be_meant_is_refused(folder, content, said):
    (folder / "map.toml").write_text(content, encoding="utf-8")
    with pytest.raises(MalformedInput, match=said):
        taken(folder)


def test_a_mapping_without_an_article_is_refused(folder):
    (folder / "map.toml").write_text(CSV_MAP.replace('article = "file"', ""), encoding="utf-8")
    with pytest.raises(MalformedInput, match="article"):
        taken(folder)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40), st.data())
def test_words_are_taken_where_they_stand_once_and_nowhere_else(text, data):
    article = made.article(f"{text}\nA word.")
    start = data.draw(st.integers(0, len(article.text) - 1))
    words = article.text[start : data.draw(st.integers(start + 1, len(article.text)))].strip()
    places = _places(words, article.text, 0, len(article.text)) if words else []
    assert all(article.text[a:b] == words for a, b in places)
    assert bool(places) == bool(words)

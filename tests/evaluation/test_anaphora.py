"""Who pronouns and descriptions are, against chains; who speaks, against tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from detente.actors.cast import Cast, Mention
from detente.errors import MalformedInput
from detente.evaluation import anaphora
from detente.evaluation.documents import Document, Sentence, Word
from detente.evaluation.documents import Mention as Marked
from detente.evaluation.scoring import Counts
from detente.evaluation.tables import Meant, read_table, speakers
from detente.evaluation.tables import anaphora as by_table
from detente.language.analysis import Span
from detente.records import ActorRef, Statement

from ..ledger import made

# Chain 1: Ana Velkova, she, the president. Chain 2: Ivo Stan, he. Chain 3: nobody's name.
WORDS = ["Velkova", "met", "Stan", ".", "She", "told", "the", "president", "that", "he", "and", "her", "aide", "left", "."]
TAGS = ["PROPN", "VERB", "PROPN", "PUNCT", "PRON", "VERB", "DET", "NOUN", "SCONJ", "PRON", "CCONJ", "PRON", "NOUN", "VERB", "PUNCT"]
HEADS = [1, -1, 1, 1, 5, 1, 7, 5, 13, 13, 12, 12, 9, 5, 5]
MARKS = [(0, 0, "1"), (2, 2, "2"), (4, 4, "1"), (6, 7, "1"), (9, 9, "2"), (11, 12, "3"), (11, 11, "1")]
VELKOVA, STAN = ActorRef(id="p:v", name="Ana Velkova"), ActorRef(id="p:s", name="Ivo Stan")


def place(first: int, last: int) -> Span:
    start = sum(len(word) + 1 for word in WORDS[:first])
    return Span(start, start + len(" ".join(WORDS[first : last + 1])))


def document() -> Document:
    words = tuple(
        Word(*place(k, k), word, TAGS[k], word.lower(), HEADS[k], "dep") for k, word in enumerate(WORDS)
    )
    return Document("d", " ".join(WORDS), [Span(0, len(" ".join(WORDS)))], sentences=[Sentence("s", words)])


def cast(*told: tuple[int, int, ActorRef | None, str]) -> Cast:
    mentions = tuple(Mention(span=place(a, b), actor=who, kind=kind, reason="") for a, b, who, kind in told)  # type: ignore[arg-type]
    return Cast(mentions=mentions, actors={})


def scored(*told: tuple[int, int, ActorRef | None, str]) -> dict[str, Counts]:
    mentions = {"s": [Marked("person", a, b, chain) for a, b, chain in MARKS]}
    return anaphora.score(document(), mentions, cast((0, 0, VELKOVA, "name"), (2, 2, STAN, "name"), *told))


@pytest.mark.parametrize(
    ("told", "right", "wrong", "unknown"),
    [
        ([(4, 4, VELKOVA, "pronoun"), (11, 11, VELKOVA, "pronoun")], (2, 2), 0, 0),
        ([(4, 4, STAN, "pronoun"), (11, 11, VELKOVA, "pronoun")], (1, 2), 1, 0),
        ([(4, 4, None, "pronoun"), (11, 11, STAN, "pronoun")], (0, 1), 1, 1),
        ([], (0, 0), 0, 2),
    ],
)
def test_a_pronoun_is_right_wrong_or_unknown(
    told: Sequence[tuple[int, int, ActorRef | None, str]], right: tuple[int, int], wrong: int, unknown: int
) -> None:
    found = scored(*told)
    assert found["she_right"] == Counts(right[0], right[1], right[1])
    assert found["she_wrong"] == Counts(wrong, 2, 2)
    assert found["she_unknown"] == Counts(unknown, 2, 2)
    assert found["he_unknown"] == Counts(1, 1, 1)
    assert found["cast_unknown"] == Counts(unknown + 1, 3, 3)


def test_an_actor_of_no_chain_is_wrong() -> None:
    other = ActorRef(id="p:o", name="Lena Haik")
    assert scored((9, 9, other, "pronoun"))["he_wrong"] == Counts(1, 1, 1)


def test_whom_the_reader_does_not_know_is_left_out_of_the_cast() -> None:
    mentions = {"s": [Marked("person", a, b, chain) for a, b, chain in MARKS]}
    found = anaphora.score(document(), mentions, cast((0, 0, VELKOVA, "name"), (9, 9, VELKOVA, "pronoun")))
    assert found["he_wrong"] == Counts(1, 1, 1)
    assert found["cast_wrong"] == Counts(0, 2, 2)


@pytest.mark.parametrize(("who", "right"), [(VELKOVA, 1), (STAN, 0)])
def test_a_description_by_names_alone(who: ActorRef, right: int) -> None:
    assert scored((6, 7, who, "title"))["description_right"] == Counts(right, 1, 1)


def test_whoever_is_never_named_is_not_scored() -> None:
    nameless = Document("d", " ".join(WORDS), [], sentences=document().sentences)
    marks = {"s": [Marked("person", 4, 4, "9"), Marked("person", 9, 9, "8")]}
    assert anaphora.score(nameless, marks, cast((4, 4, VELKOVA, "pronoun"))) == {}


# ---------------------------------------------------------------- tables


def test_a_table_and_its_further_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("document,start,end,words_kind,speaker,also,note\na,1,3,pronoun,Ana Velkova,Velkova|A. Velkova,x\n", encoding="utf8")
    assert read_table(path) == {"a": [Meant(Span(1, 3), frozenset({"Ana Velkova", "Velkova", "A. Velkova"}), "pronoun")]}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "line 1: got '', expected a column 'document'"),
        ("document,start,end,also\n", "a column 'speaker'"),
        ("document,start,end,speaker,also\na,x,3,V,\n", "line 2: got 'x, 3', expected two code points"),
        ("document,start,end,speaker,also\na\n", "line 2"),
        ("document,start,end,speaker,also\na,3,1,V,\n", "line 2: .*a start before its end"),
        ("document,start,end,speaker,also\na,1,3,,\n", "line 2: .*expected a name"),
    ],
)
def test_a_broken_table_is_named_with_its_line(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf8")
    with pytest.raises(MalformedInput, match=says):
        read_table(path)


@pytest.mark.parametrize(("names", "measure"), [({"Ana Velkova", "Velkova"}, "right"), ({"Ivo Stan"}, "wrong"), (set(), "missed")])
def test_speakers_of_a_table(names: set[str], measure: str) -> None:
    article = made.article()
    said = [record for record in made.records(article) if isinstance(record, Statement)]
    content = said[0].words("content")[0]
    where = Span(content.start, content.end) if names else Span(200, 210)
    found = speakers([Meant(where, frozenset(names), "")], said, article.text)
    assert found == {name: Counts(name == measure, 1, 1) for name in ("right", "wrong", "unknown", "unnamed", "missed")}


@pytest.mark.parametrize(("name", "measure"), [("Ivo Stan", "unnamed"), ("unnamed", "right"), ("the ana velkova", "right")])
def test_a_speaker_without_a_name_is_no_wrong_one(name: str, measure: str) -> None:
    article = made.article()
    said = [record for record in made.records(article) if isinstance(record, Statement)]
    content = said[0].words("content")[0]
    speaker = said[0].speaker
    assert speaker is not None
    found = speakers([Meant(Span(content.start, content.end), frozenset({name}), "")], said, article.text, {speaker.id})
    assert found[measure] == Counts(1, 1, 1)


def test_a_name_inside_a_description_is_no_answer() -> None:
    row = Meant(place(4, 8), frozenset({"Ana Velkova"}), "description")
    assert by_table([row], cast((5, 6, STAN, "name")))["description_unknown"] == Counts(1, 1, 1)
    assert by_table([row], cast((4, 6, STAN, "description")))["description_wrong"] == Counts(1, 1, 1)
    assert by_table([row], cast((8, 8, STAN, "name")))["description_wrong"] == Counts(1, 1, 1)


@pytest.mark.parametrize(
    ("names", "who", "measure"),
    [
        ({"Ana Velkova"}, VELKOVA, "right"), ({"Ana Velkova"}, STAN, "wrong"), ({"Ana Velkova"}, None, "unknown"),
        ({"unnamed"}, None, "right"), ({"none"}, STAN, "wrong"),
    ],
)  # fmt: skip
def test_anaphora_of_a_table(names: set[str], who: ActorRef | None, measure: str) -> None:
    found = by_table([Meant(place(4, 4), frozenset(names), "pronoun")], cast((4, 4, who, "pronoun")))
    assert found == {f"pronoun_{name}": Counts(name == measure, 1, 1) for name in ("right", "wrong", "unknown")}

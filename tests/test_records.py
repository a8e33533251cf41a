"""Records: JSON there and back, ids that do not change, checks against the text, and what a person is shown."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import records
from detente.errors import RecordError
from detente.records import (
    CORE_FIELDS,
    KINDS,
    RECORD_TYPES,
    Actor,
    ActorRef,
    Amount,
    Anything,
    Article,
    Evidence,
    OfficeHeld,
    Origin,
    Part,
    Statement,
    check,
    decode,
    encode,
    kind_of,
    record_id,
    text_id,
)
from detente.showing import show

TEXT = "Ana Velkova said: “We will stay.”\nShe left."
RULE = Origin(by="rule", name="test", version="0")
ALL_KINDS = get_args(Anything)

# ---------------------------------------------------------------- any record there is

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS, bool: st.booleans(), int: st.integers(-(2**53), 2**53), type(None): st.none(),
    float: st.floats(allow_nan=False, allow_infinity=False), Any: JSON,
}  # fmt: skip


def of_hint(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type."""
    if hint in PLAIN:
        return PLAIN[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        return st.one_of([of_hint(argument) for argument in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(of_hint(arguments[0]), max_size=2).map(tuple)
    if origin is Mapping:
        return st.dictionaries(WORDS, of_hint(arguments[1]), max_size=2)
    return of_type(hint)


def of_type(kind: type[Part]) -> st.SearchStrategy[Part]:
    """Any object of a record's type, however unlikely."""
    hints = get_type_hints(kind, vars(records))
    fields = msgspec.structs.fields(kind)
    return st.builds(kind, **{field.name: of_hint(hints[field.name]) for field in fields})


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_kind_goes_through_json_and_back(kind, data):
    thing = data.draw(of_type(kind))
    line = encode(thing)
    assert decode(line) == thing
    assert encode(decode(line)) == line
    assert b"\n" not in line


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_kind_says_first_what_it_is(kind, data):
    thing = data.draw(of_type(kind))
    loaded = json.loads(encode(thing))
    assert next(iter(loaded)) == "kind"
    assert loaded["kind"] == kind_of(thing)
    assert json.loads(json.dumps(thing.to_dict())) == loaded


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_notebook_shows_every_value_escaped(kind, data):
    html = data.draw(of_type(kind))._repr_html_()
    inside = html.replace("<table>", "").replace("</table>", "")
    for tag in ("<tr>", "</tr>", "<th style='text-align:left'>", "</th>", "<td style='text-align:left'>", "</td>"):
        inside = inside.replace(tag, "")
    assert "<" not in inside
    assert ">" not in inside


def test_markup_in_an_article_is_no_markup_in_a_notebook():
    html = Article.of("<script>alert(1)</script>", "a & b")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "a &amp; b" in html


def test_a_notebook_leaves_out_what_is_empty():
    assert "addressees" not in made()._repr_html_()
    assert "content: “We will stay.”" in made()._repr_html_()


def test_every_kind_has_its_own_name():
    assert len({kind.__struct_config__.tag for kind in ALL_KINDS}) == len(ALL_KINDS)
    assert list(KINDS) == ["statement", "event", "pledge", "position", "term", "membership", "deal"]
    assert tuple(KINDS.values()) == RECORD_TYPES


def test_a_record_cannot_be_changed_but_copied():
    statement = made()
    with pytest.raises(AttributeError):
        statement.mode = "mixed"  # type: ignore[misc]
    assert statement.replace(mode="mixed").mode == "mixed"
    assert statement.mode == "direct"


# ---------------------------------------------------------------- what is refused

GOOD = json.loads(encode(Statement(id="st-1", article="a", evidence=(), origin=RULE, speaker=None, mode="direct")))
BAD = [
    (b"", "not a record"),
    (b"{", "not a record"),
    (b"[]", "not a record"),
    (b"null", "not a record"),
    (b"{}", "kind"),
    (json.dumps({**GOOD, "kind": "rumour"}), "rumour"),
    (json.dumps({**GOOD, "mode": "shouted"}), "shouted"),
    (json.dumps({**GOOD, "act": "whisper"}), "whisper"),
    (json.dumps({**GOOD, "factuality": "maybe"}), "maybe"),
    (json.dumps({**GOOD, "review": "fine"}), "fine"),
    (json.dumps({**GOOD, "hearsay": "yes"}), "hearsay"),
    (json.dumps({**GOOD, "evidence": [{"field": "content", "start": 0}]}), "end"),
    (json.dumps({**GOOD, "speaker": {"id": "ana-velkova"}}), "name"),
    (json.dumps({key: value for key, value in GOOD.items() if key != "article"}), "article"),
    (json.dumps({**GOOD, "origin": {"by": "magic", "name": "x"}}), "magic"),
]


@pytest.mark.parametrize(("line", "named"), BAD)
def test_what_is_no_record_is_refused_by_name(line, named):
    with pytest.raises(RecordError) as caught:
        decode(line)
    assert named in str(caught.value)


def test_a_field_of_a_later_version_is_passed_over():
    assert decode(json.dumps({**GOOD, "mood": "dark"})) == decode(json.dumps(GOOD))


# ---------------------------------------------------------------- evidence and its check


def made(**changes: Any) -> Statement:
    """A statement that stands on the text."""
    evidence = (
        Evidence.of(TEXT, "cue", 12, 16), Evidence.of(TEXT, "source", 0, 11), Evidence.of(TEXT, "content", 18, 33),
    )  # fmt: skip
    given = {"id": "st-1", "article": text_id(TEXT), "evidence": evidence, "origin": RULE, "speaker": None, "mode": "direct"}
    return Statement(**{**given, **changes})


def test_a_record_that_stands_passes():
    check(made(), TEXT)


def moved(field: str, **changes: Any) -> Statement:
    return made(evidence=tuple(e.replace(**changes) if e.field == field else e for e in made().evidence))


FALSE = [
    (moved("content", start=19), "content at 19–33"),
    (moved("content", end=32), "content at 18–32"),
    (moved("content", exact="“We will go.”"), "“We will go.”"),
    (moved("source", start=-1), "source at -1–11"),
    (moved("source", start=11, end=0), "source at 11–0"),
    (moved("source", start=5, end=5, exact=""), "source at 5–5"),
    (moved("cue", end=900), "cue at 12–900"),
    (made(evidence=()), "without core words"),
    (made(evidence=(Evidence.of(TEXT, "source", 0, 11),)), "without core words"),
]


@pytest.mark.parametrize(("record", "message"), FALSE)
def test_a_record_that_does_not_stand_is_refused(record, message):
    with pytest.raises(RecordError) as caught:
        check(record, TEXT)
    assert message in str(caught.value)
    assert record.id in str(caught.value)


def test_a_record_is_refused_for_another_text():
    with pytest.raises(RecordError, match="evidence for"):
        check(made(), TEXT.replace("said", "sang"))


@given(st.text(max_size=80), st.integers(-2, 82), st.integers(-2, 82))
def test_evidence_is_cut_from_the_text_or_refused(text, start, end):
    if 0 <= start < end <= len(text):
        found = Evidence.of(text, "words", start, end)
        assert found.exact == text[start:end]
        assert text[:start].endswith(found.prefix)
        assert text[end:].startswith(found.suffix)
        assert len(found.prefix) == min(start, Evidence.CONTEXT)
        assert len(found.suffix) == min(len(text) - end, Evidence.CONTEXT)
    else:
        with pytest.raises(RecordError, match=f"{start}–{end}"):
            Evidence.of(text, "words", start, end)


def test_evidence_counts_code_points():
    text = "👩‍⚖️ é said “no”"
    at = text.index("said")
    assert Evidence.of(text, "cue", at, at + 4).exact == "said"


def test_words_come_in_the_order_of_the_text_and_the_core_by_field():
    parts = [Evidence.of(TEXT, "content", 34, 42), *made().evidence]
    statement = made(evidence=tuple(parts))
    assert [e.start for e in statement.words("content")] == [18, 34]
    assert statement.content == "“We will stay.” … She left"
    assert [e.field for e in statement.core] == ["content", "content", "cue"]
    assert CORE_FIELDS[Statement] == ("content", "cue")


# ---------------------------------------------------------------- ids

CORE = (Evidence.of(TEXT, "content", 18, 33), Evidence.of(TEXT, "cue", 12, 16))


def test_ids_are_the_same_for_ever():
    assert text_id("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert record_id("a", "statement", CORE) == "st-c81bdbfb64ce17a5"
    assert record_id("a", "event", CORE, "CONSULT") == "ev-69f7021a53fd4f09"


OTHERS = [
    ("b", "statement", CORE),
    ("a", "event", CORE),
    ("a", "statement", CORE[:1]),
    ("a", "statement", CORE[::-1]),
    ("a", "statement", (CORE[0].replace(start=17), CORE[1])),
    ("a", "statement", CORE, "more"),
]


@pytest.mark.parametrize("other", OTHERS)
def test_another_record_has_another_id(other):
    assert record_id(*other) != record_id("a", "statement", CORE)


def test_what_is_not_core_does_not_change_the_id():
    shown = [e.replace(prefix="", suffix="", role="context") for e in CORE]
    assert record_id("a", "statement", shown) == record_id("a", "statement", CORE)


@given(st.text(st.characters(), max_size=20), st.text(st.characters(), max_size=20))
def test_a_text_has_one_id_and_another_text_another(one, other):
    assert (text_id(one) == text_id(other)) == (one == other)


def test_an_articles_id_is_its_texts():
    article = Article.of(TEXT, "news/made.txt", title="Talks")
    assert article.id == text_id(TEXT)
    assert article.name == "Talks"
    assert Article.of(TEXT, "news/made.txt").name == "made.txt"
    assert Article.of(TEXT, "https://herald.example/talks/").name == "talks"


# ---------------------------------------------------------------- what a person reads

SHOWN = [
    (None, "unknown"),
    ("stay", "stay"),
    (2, "2"),
    (True, "True"),
    ([], ""),
    (["a", "b"], "a, b"),
    (("a", None), "a, unknown"),
    ({"id": "ana-velkova", "name": "Ana Velkova"}, "Ana Velkova"),
    ([{"id": "xo", "name": "Ostrava"}, {"id": "xm", "name": "Marland"}], "Ostrava, Marland"),
    ({"field": "cue", "exact": "said", "start": 12}, "cue: said"),
    (Amount(value=5e9, unit="GBP", surface="£5bn").to_dict(), "£5bn"),
    ({"surface": "", "unit": "GBP"}, "surface: ; unit: GBP"),
    ({"due": None, "stage": "floated"}, "due: unknown; stage: floated"),
]


@pytest.mark.parametrize(("value", "words"), SHOWN)
def test_values_are_shown_as_a_person_reads_them(value, words):
    assert show(value) == words


@given(JSON)
def test_anything_can_be_shown(value):
    assert isinstance(show(value), str)


def test_an_actor_gives_its_reference():
    office = OfficeHeld(title="President", of="Ostrava", since="2028-01-01", until=None, source="Gazette")
    actor = Actor(id="ana-velkova", name="Ana Velkova", type="person", offices=(office,))
    assert actor.ref == ActorRef(id="ana-velkova", name="Ana Velkova")
    assert str(actor.ref) == "Ana Velkova"

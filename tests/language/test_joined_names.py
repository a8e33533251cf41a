"""Runs of capitals and the people whom a model hears, made one list."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.analysis import Name, NameType, Span
from detente.language.joined_names import joined_names

TEXT = (
    "Keld Mayor Ana Velkova met Justice Ivo Stan and Velkova's aide Joseph R. Brandt of the Keld Trust. Ivo Brandt Says No. "
    "The Senate, R-Ky., went home to Keld City."
)
# Runs of capitals, what the model hears, the names that come of it. A type follows a slash; "other" is left out.
CASES = {
    "a title inside a run": (["Keld Mayor Ana Velkova"], ["Ana Velkova/person"], ["Ana Velkova/person"]),
    "a title that the model takes in": (["Ivo Stan"], ["Justice Ivo Stan/person"], ["Ivo Stan/person"]),
    "an owner that the model takes in": (["Velkova"], ["Velkova's aide Joseph R. Brandt/person"], ["Velkova"]),
    "what a person presides over": (["Joseph R", "Brandt", "Keld Trust"], ["Joseph R. Brandt of the Keld Trust/person"], ["Joseph R. Brandt/person", "Keld Trust"]),
    "an initial cuts the run": (["Joseph R", "Brandt"], ["Joseph R. Brandt/person"], ["Joseph R. Brandt/person"]),
    "a verb in a headline": (["Ivo Brandt Says No"], ["Ivo Brandt/person"], ["Ivo Brandt/person", "Says No"]),
    "one word that is no surname here": (["Keld City"], ["Keld/person"], ["Keld City"]),
    "a party and state": ([], ["R-Ky./person"], []),
    "an organisation": (["Keld Trust"], ["Keld Trust/organisation"], ["Keld Trust/organisation"]),
    "an organisation that the capitals cut": (["Keld Trust", "Ivo Brandt"], ["Keld Trust. Ivo Brandt/organisation"], ["Keld Trust. Ivo Brandt/organisation"]),
    "a longer run around an organisation": (["Senate, R-Ky"], ["Senate, R/organisation"], ["Senate, R/organisation"]),
    "a single person in capitals of its own": (["Velkova"], ["Velkova/person"], ["Velkova/person"]),
    "a place that no run of capitals holds": ([], ["Keld City/place", "City/place"], ["Keld City/place"]),
    "a person by a title stays one": (["Ivo Stan/person"], ["Ivo Stan/organisation"], ["Ivo Stan/person"]),
    "a silent model": (["Keld Mayor Ana Velkova", "Senate"], [], ["Keld Mayor Ana Velkova", "Senate"]),
    "nothing": ([], [], []),
}  # fmt: skip


def name(row: str) -> Name:
    """A name of the notation of the table."""
    words, _, kind = row.partition("/")
    start = TEXT.index(words)
    return Name(span=Span(start, start + len(words)), type=kind or "other")  # type: ignore[arg-type]


def shown(found: tuple[Name, ...]) -> list[str]:
    return [n.span.of(TEXT) + (f"/{n.type}" if n.type != "other" else "") for n in found]


@pytest.mark.parametrize(("ruled", "learned", "expected"), CASES.values(), ids=CASES.keys())
def test_names_of_both(ruled: list[str], learned: list[str], expected: list[str]) -> None:
    found = joined_names(TEXT, [name(row) for row in ruled], [name(row) for row in learned])
    assert sorted(shown(found)) == sorted(expected)


def spans(kinds: st.SearchStrategy[NameType]) -> st.SearchStrategy[list[Name]]:
    """Names that do not meet, at the edges of words."""
    edges = [0, *(k + 1 for k, letter in enumerate(TEXT) if letter.isspace()), len(TEXT)]
    cuts = st.lists(st.sampled_from(edges), unique=True, min_size=2, max_size=12).map(sorted)
    pairs = cuts.map(lambda c: [Span(a, a + len(TEXT[a:b].rstrip())) for a, b in zip(c[::2], c[1::2], strict=False) if TEXT[a:b].strip()])
    return pairs.flatmap(lambda p: st.tuples(*(st.builds(Name, span=st.just(s), type=kinds) for s in p)).map(list))


@given(spans(st.just("other")), spans(st.sampled_from(["person", "organisation", "place"])))
def test_no_two_meet_and_none_leaves_the_text(ruled: list[Name], learned: list[Name]) -> None:
    found = joined_names(TEXT, ruled, learned)
    assert list(found) == sorted(found, key=lambda n: n.span)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(0 <= n.span.start < n.span.end <= len(TEXT) for n in found)
    assert all(not n.span.of(TEXT)[0].isspace() and not n.span.of(TEXT)[-1].isspace() for n in found)

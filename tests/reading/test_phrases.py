"""Phrases: the forms of verbs, and patterns found in a row of words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.phrases import Lexicon, compile_pattern, forms, lexicon, match, nouns, plural, table

FORMS = [
    ("meet", "meet meets met met meeting"),
    ("visit", "visit visits visited visited visiting"),
    ("plan", "plan plans planned planned planning"),
    ("urge", "urge urges urged urged urging"),
    ("agree", "agree agrees agreed agreed agreeing"),
    ("deny", "deny denies denied denied denying"),
    ("deploy", "deploy deploys deployed deployed deploying"),
    ("withdraw", "withdraw withdraws withdrew withdrawn withdrawing"),
    ("veto", "veto vetoes vetoed vetoed vetoing"),
    ("put", "put puts put put putting"),
    ("have", "have has had had having"),
    ("push", "push pushes pushed pushed pushing"),
    ("expel", "expel expels expelled expelled expelling"),
]
MATCHES = [  # pattern, words, where the match ends (None: no match)
    ("~hold talks", "held talks", 2),
    ("~hold talks", "held long talks", None),
    ("~hold * talks", "held long talks", 3),
    ("~hold * talks", "held , talks", None),
    ("~put ** on hold", "put the whole of the new grain plan on hold", 10),
    ("~put * on hold", "put the whole of the new grain plan on hold", None),
    ("need|needs to", "needs to", 2),
    ("with a? mandate", "with mandate", 2),
    ("with a? mandate", "with a mandate", 3),
    ("~sign <agreement>", "signed a wide grain treaty", 5),
    ("~sign <agreement>", "signed a letter", None),
]


@pytest.mark.parametrize(("verb", "expected"), FORMS)
def test_the_forms_of_a_verb(verb, expected):
    assert " ".join(forms(verb)) == expected


@pytest.mark.parametrize(("pattern", "words", "end"), MATCHES)
def test_a_pattern_in_a_row_of_words(pattern, words, end):
    assert match(compile_pattern(pattern), words.split(), 0) == end


def test_the_longest_phrase_counts_and_of_two_as_long_the_first():
    words = ["a", "b", "c"]
    found = Lexicon([{"pattern": "a", "n": "1"}, {"pattern": "a b", "n": "2"}, {"pattern": "a b|c", "n": "3"}])
    hit = found.at(words, 0)
    assert hit is not None
    assert (hit[0].row["n"], hit[1]) == ("2", 2)
    assert found.find(words, 1, 3) is None


def test_a_class_of_nouns_has_its_plurals():
    assert {"treaty", "treaties", "deal", "deals"} <= nouns("agreement")
    assert plural("boss") == "boss"


@pytest.mark.parametrize(
    "name",
    ["factuality", "hearsay", "stances", "conditions", "condition_openings", "term_categories",
     "term_frames", "packages", "memberships", "coalitions", "deal_titles", "step_orders"],
)  # fmt: skip
def test_every_pattern_of_the_tables_can_be_matched(name):
    rows = table(name)
    assert len({(row["pattern"], row.get("place")) for row in rows}) == len(rows)
    assert all(None not in row and None not in row.values() for row in rows)
    for row in rows:
        assert all(element.words for element in compile_pattern(row["pattern"])), row
    assert lexicon(name).first


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", ",", "on", "hold", "put", "treaty", "signed"]), max_size=12), st.integers(0, 12))
def test_a_match_lies_within_the_words(words, at):
    for pattern in ("~put ** on hold", "a? b", "* c", "~sign <agreement>"):
        end = match(compile_pattern(pattern), words, at)
        assert end is None or at <= end <= len(words)

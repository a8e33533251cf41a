"""The words between the marks: which two quotations have in common, and where they differ, with both places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.clustering.quotations import (
    LONGEST,
    Version,
    common,
    differences,
    fingerprints,
    marks_of,
    quoted,
)

from .said import statement


def version(content):
    of, record = statement(content)
    return Version(record.id, quoted(record, of.text, marks_of(of.text)), of.text)


def words(content):
    return [w.text for w in version(content).words]


def shown(one, other):
    """The differences as "kind: words of the one | words of the other"."""
    found = differences(version(one), version(other))
    return [f"{d.kind}: {' | '.join(p.evidence.exact for p in d.printed)}" for d in found]


QUOTED = [
    ("“We stay,”", ["we", "stay"]),
    ("they would “stay for good”, and that “nobody” would go", ["stay", "for", "good", "nobody"]),
    ("they would stay", []),
    ("“We can’t”", ["we", "can", "t"]),
    ("“The CEASE-FIRE of 3 March”", ["the", "cease", "fire", "of", "3", "march"]),
    ("“Nobody said ‘never’ to us”", ["nobody", "said", "never", "to", "us"]),
    ("“ﬁne”", ["fine"]),
]


@pytest.mark.parametrize(("content", "expected"), QUOTED)
def test_the_words_inside_the_marks(content, expected):
    assert words(content) == expected


STAY = "“We will not leave before every boat can sail again.”"
DIFFERENCES = [
    ("nothing", STAY, STAY, []),
    ("marks and case", STAY, "“we will NOT leave, before every boat can sail again!”", []),
    ("the other apostrophe", "“We can’t leave before it sails”", "“We can't leave before it sails”", []),
    ("one word or two", "“We want a cease-fire in the harbour”", "“We want a ceasefire in the harbour”", []),
    ("a shorter cut", STAY, "“We will not leave before”", []),
    ("the end alone", STAY, "“every boat can sail again”", []),
    ("a cut that is marked", STAY, "“We will not leave … every boat can sail again.”", []),
    ("a cut between two parts", STAY, "“We will not leave,” she said, “every boat can sail again.”", []),
    ("another word", STAY, "“We will not go before every boat can sail again.”", ["wording: leave | go"]),
    ("another word at the end", STAY, "“We will not leave before every boat can sail soon.”", ["wording: again | soon"]),
    ("two words for one", STAY, "“We will not walk out before every boat can sail again.”", ["wording: leave | walk out"]),
    ("an article for another word", STAY, "“We will not leave before a boat can sail.”", ["wording: every | a"]),
    ("a word more", STAY, "“We will not ever leave before every boat can sail again.”", ["left_out: not leave | not ever leave"]),
    ("a word less", STAY, "“We will leave before every boat can sail again.”", ["left_out: will not leave | will leave"]),
    ("the editor's word", STAY, "“[Ostrava] will not leave before every boat can sail again.”", ["brackets: We | Ostrava"]),
    ("the editor's word more", STAY, "“We will not leave before every [fishing] boat can sail again.”",
     ["brackets: every boat | every [fishing] boat"]),
    ("another sentence before it", STAY, "“There is much to do in Mardon. We will not leave before every boat can sail again.”", []),
    ("two at once", STAY, "“We shall not leave before every ship can sail again.”", ["wording: will | shall", "wording: boat | ship"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "expected"), [pytest.param(*case[1:], id=case[0]) for case in DIFFERENCES]
)
def test_where_two_versions_differ(one, other, expected):
    assert shown(one, other) == expected


@pytest.mark.parametrize(("one", "other"), [pytest.param(*case[1:3], id=case[0]) for case in DIFFERENCES])
def test_every_difference_is_exact_in_its_own_article(one, other):
    pair = version(one), version(other)
    for difference in differences(*pair):
        assert [p.record for p in difference.printed] == [v.record for v in pair]
        for printed, of in zip(difference.printed, pair, strict=True):
            e = printed.evidence
            assert of.text[e.start : e.end] == e.exact


def test_what_is_in_common():
    one, other = version(STAY).words, version("“We will not go before every boat can sail again.”").words
    assert common(one, other) == common(other, one) == (9, 6)
    assert common(one, ()) == (0, 0)


sequences = st.lists(st.sampled_from(["we", "will", "not", "stay", "here", "a", "boat"]), max_size=30)


@given(sequences, sequences)
def test_what_is_in_common_is_symmetric_and_no_more_than_the_shorter(one, other):
    a, b = (version(f"“{' '.join(x)}.”").words for x in (one, other))
    assert common(a, b) == common(b, a)
    assert common(a, b).run <= common(a, b).words <= min(len(a), len(b))


@given(
    sequences,
    st.lists(st.sampled_from(["sell", "the", "harbour", "back", "to", "us"]), min_size=5, max_size=9),
    sequences,
)
def test_five_words_in_a_row_are_always_found(before, run, after):
    whole, cut = (version(f"“{' '.join(x)}.”").words for x in ([*before, *run, *after], run))
    assert fingerprints(whole) & fingerprints(cut)


def test_a_whole_speech_is_compared_as_far_as_it_goes():
    speech = version("“" + "we stay " * 5_000 + "here.”").words
    assert len(speech) == LONGEST
    assert common(speech, speech) == (LONGEST, LONGEST)

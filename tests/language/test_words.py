"""Paragraphs, sentences and words of raw text: where they are cut, and that nothing is lost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.analysis import Span
from detente.language.simple import SimpleLanguage
from detente.language.words import paragraphs, sentences, words

# One paragraph a text; "¦" shows where a sentence ends.
SENTENCES = [
    "",
    "One sentence.",
    "No stop at the end",
    "They met.¦ They talked.",
    "Did they meet?¦ They did!¦ Good.",
    "Mr. Brandt met Mrs. Velkova and Dr. Oduya.¦ They talked.",
    "Gen. Reyl, Lt. Darro and Sen. Haik agreed.¦ St. Olaf did not.",
    "The U.S. Senate met.¦ The U.K. did not.",
    "He flew to the U.S. on Monday.",
    "He lives in the U.S.¦ They left at 5 p.m.¦ The talks went on.",
    "Some papers, e.g. The Keld Post, left.",
    "They met at 5 p.m. on Monday.",
    "It rose by 2.5 per cent to 3.14.¦ It fell later.",
    "J. P. Oduya met T. Brandt.¦ They left.",
    "It was Jan. 5 and Sept. 6.¦ Then came Oct. 7.",
    "Acme Inc. and Reyl Ltd. merged.",
    "The firms, e.g. Acme, i.e. all, left.",
    "He paused... and went on.",
    "He paused...¦ Then he went on.",
    "He paused …¦ Then he went on.",
    "“We stay.”¦ He left.",
    "‘We stay.’¦ He left.",
    '"We stay."¦ He left.',
    "(They met.)¦ They talked.",
    "They met (in Keld).¦ They talked.",
    "They met.¦ “We stay,” he said.",
    "They met.¦ ‘We stay,’ he said.",
    "They met.¦ (They talked.)",
    "They met.¦ — They talked.",
    "They met.¦ • They talked.",
    "They met on 2 March 2031.¦ 40 came.",
    "It cost £5bn.¦ £3bn came late.",
    "It cost 5.¦ $3 came late.",
    "He wrote to @keld.¦ @keld wrote back.",
    "Article No. 5 holds.",
    "See vol. 2, pp. 3-4, fig. 2.",
    "What?!¦ Yes.",
    "What?” he asked.",
    "Keld vs. Marland was drawn.",
    "It fell in Velkova v. Brandt in c. 1990.",
    "They chose plan b.¦ It held.",
    "I met him and I.¦ He left.",
    "the sentence.¦ Élodie left.",
    "They met.¦ Öland did not.",
    "See https://keld.example/a.b?c=d.¦ It is there.",
    "No space.After a stop",
    "Version 2.0.1 came out.",
    "It ended in 1999.¦ The next began.",
    "It is 5.30pm.¦ They talk.",
    "He said so.¹",
]
# A sentence and its words, told apart by spaces.
WORDS = [
    ("They met.", "They met ."),
    ("They met, briefly; then left:", "They met , briefly ; then left :"),
    ("Velkova's plan", "Velkova 's plan"),
    ("Velkova’s plan", "Velkova ’s plan"),
    ("the miners’ plan", "the miners ’ plan"),
    ("don't, won’t, they’ll, I'm", "don't , won’t , they’ll , I'm"),
    ("O'Dowd and D’Arcy", "O'Dowd and D’Arcy"),
    ("a follow-up, a cease‑fire", "a follow-up , a cease‑fire"),
    ("£2.26bn, $5,000 and 2.5%", "£ 2.26bn , $ 5,000 and 2.5 %"),
    ("the 10th of 1990s", "the 10th of 1990s"),
    ("at 10:30", "at 10:30"),
    ("the U.S. and the E.U.", "the U.S. and the E.U."),
    ("see https://keld.example/a?b=c.", "see https://keld.example/a?b=c ."),
    ("@keld and #talks", "@keld and #talks"),
    ("wait... and … so", "wait ... and … so"),
    ("“Yes,” he said", "“ Yes , ” he said"),
    ("it – the plan — ended", "it – the plan — ended"),
    ("Élodie Öberg", "Élodie Öberg"),
    ("мир и война", "мир и война"),
    ("السلام الآن", "السلام الآن"),
    ("peace 🕊️ now", "peace 🕊 \ufe0f now"),
    ("AT&T and R&D", "AT & T and R & D"),
    ("Co-operation’s end", "Co-operation ’s end"),
    ("No10 and G7", "No10 and G7"),
    ("F-16 jets", "F-16 jets"),
]
# A text and its paragraphs.
PARAGRAPHS = [
    ("", []),
    (" \n\t\n ", []),
    ("One.", ["One."]),
    ("One.\nTwo.", ["One.", "Two."]),
    ("One.\n\nTwo.", ["One.", "Two."]),
    ("One.\r\nTwo.\rThree.", ["One.", "Two.", "Three."]),
    ("One.\u2028Two.\u2029Three.\x85Four.", ["One.", "Two.", "Three.", "Four."]),
    ("One.\x0bTwo.\x0cThree.", ["One.", "Two.", "Three."]),
    ("  One. \n\t Two.\u00a0\n", ["One.", "Two."]),
]
_LINE = "the ministers of the five states met again in Sundby\n"
WRAPPED = "A first paragraph in which " + _LINE * 3 + "and left.\n\nA second one in which " + _LINE * 3 + "and left.\n"


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_end_where_they_end(marked):
    text = marked.replace("¦", "")
    found = [s.of(text) for s in sentences(text, Span(0, len(text)))]
    assert found == [part.strip() for part in marked.split("¦") if part.strip()]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_are_cut_at_marks_and_possessives(text, expected):
    assert " ".join(w.of(text) for w in words(text, 0, len(text))) == expected


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_a_line_is_a_paragraph(text, expected):
    assert [p.of(text) for p in paragraphs(text)] == expected


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_wrapped_lines_join_up_to_a_blank_one(end):
    text = WRAPPED.replace("\n", end)
    assert [p.of(text).split()[:2] for p in paragraphs(text)] == [["A", "first"], ["A", "second"]]


def test_short_lines_are_no_wrapping():
    text = "Marland\nOstrava\nKeld\nSundby\n\nThe end"
    assert len(paragraphs(text)) == 5


ODD = "aZé.!?… \n\r\t’'“”\"-()£9\u0301\u200b\u200d\u200f\u202e\u00ad\ufeff\ufe0f🕊👩🇺ש‮日\ud800\udfff\x00\u2028"
TEXTS = st.text(alphabet=st.sampled_from(ODD), max_size=80) | st.text(alphabet=st.characters(), max_size=80)


@given(TEXTS)
def test_every_word_is_the_slice_it_says_and_they_lie_apart(text):
    analysis = SimpleLanguage().analyse(text)
    assert all(text[t.start : t.end] == t.text and t.start < t.end for t in analysis.tokens)
    assert all(a.end <= b.start for a, b in pairwise(analysis.tokens))


@given(TEXTS)
def test_words_cover_every_character_that_is_no_space(text):
    analysis = SimpleLanguage().analyse(text)
    covered = {k for t in analysis.tokens for k in range(t.start, t.end)}
    assert [k for k, c in enumerate(text) if not c.isspace() and k not in covered] == []


@given(TEXTS)
def test_sentences_share_their_paragraphs_out(text):
    analysis = SimpleLanguage().analyse(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(analysis.sentences))
    for sentence in analysis.sentences:
        assert analysis.paragraphs[sentence.paragraph].holds(sentence.span)
        inside = analysis.tokens[sentence.first : sentence.last]
        assert inside
        assert all(sentence.span.holds((t.start, t.end)) for t in inside)
    ranges = [(s.first, s.last) for s in analysis.sentences]
    assert [a for a, _ in ranges] == [0, *(b for _, b in ranges)][: len(ranges)]


@given(TEXTS)
def test_an_analysis_is_the_same_each_time(text):
    assert SimpleLanguage().analyse(text) == SimpleLanguage().analyse(text)


@given(TEXTS, st.integers(0, 80))
def test_the_sentence_at_an_offset_holds_it(text, offset):
    analysis = SimpleLanguage().analyse(text)
    found = analysis.sentence_at(offset)
    holding = [s for s in analysis.sentences if s.span.start <= offset < s.span.end]
    assert ([found] if found else []) == holding


@given(TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_the_words_between_two_offsets_are_those_wholly_inside(text, start, end):
    analysis = SimpleLanguage().analyse(text)
    assert list(analysis.tokens_in(start, end)) == [t for t in analysis.tokens if start <= t.start and t.end <= end]


@given(TEXTS)
def test_names_lie_in_the_text_in_order(text):
    names = SimpleLanguage().analyse(text).names
    assert all(n.span.of(text).strip() for n in names)
    assert all(a.span.end <= b.span.start for a, b in pairwise(names))


@pytest.mark.parametrize("pattern", ["word ", ".", "...", ". A", "?!", "a.b.", "9,", "’s", "http://", "((", "a-", "\n", " ", "Mr. "])
def test_a_hundred_thousand_characters_are_cut_in_linear_time(pattern):
    text = pattern * (100_000 // len(pattern))
    start = time.process_time()
    for paragraph in paragraphs(text):
        for sentence in sentences(text, paragraph):
            assert list(words(text, *sentence))
    assert time.process_time() - start < 3.0  # takes well under a second; a quadratic cut would take minutes


# A text, and its names by capitals; a person's is marked with a slash.
NAMES = {
    "an office without its holder": ("She ran for President of Marland in May.", ["Marland"]),
    "an office with an article": ("He wrote to the Director General of the Keld Trust.", ["Keld Trust"]),
    "an office with its holder": ("We met President Ana Velkova of Ostrava.", ["Ana Velkova/", "Ostrava"]),
    "a courtesy": ("We met Mr. Brandt in Keld.", ["Brandt/", "Keld"]),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.values(), ids=NAMES.keys())
def test_names_by_capitals(text, expected):
    found = SimpleLanguage().analyse(text).names
    assert [n.span.of(text) + "/" * (n.type == "person") for n in found] == expected

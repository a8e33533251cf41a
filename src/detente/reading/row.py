"""The words of a sentence as the readers of records see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.actors.cast import Mention
from detente.language.analysis import Analysis, Sentence, Span
from detente.reading.function_words import POINTING, PRONOUNS
from detente.reading.page import Page, once_a_sentence

QUOTES = frozenset("‘’“”\"'„«»")
CONTRACTIONS = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would", "n't": "not"}
STEMS = {"ca": "can", "wo": "will", "sha": "shall"}


class Word(NamedTuple):
    """A word or mark of a sentence, quotation marks left out: in lower case, contractions resolved."""

    text: str
    start: int
    end: int
    tag: str
    mention: Mention | None


def span_of(words: Sequence[Word], first: int, last: int) -> Span:
    """The code points of a range of words, marks at its ends left out."""
    while first < last - 1 and is_mark(words[first]):
        first += 1
    while first < last - 1 and is_mark(words[last - 1]):
        last -= 1
    return Span(words[first].start, words[last - 1].end)


def is_mark(word: Word) -> bool:
    """Whether it is a mark and not a word."""
    return not any(letter.isalnum() for letter in word.text)


@once_a_sentence
def words_of(page: Page, sentence: Sentence) -> tuple[Word, ...]:
    """The words of a sentence as the readers see them, each with the longest mention that holds it."""
    mentions = sorted(
        page.cast.within(sentence.span.start, sentence.span.end), key=lambda m: m.span.end - m.span.start
    )
    owner: dict[int, Mention] = {}
    found = list(plain_words(page.analysis, sentence))
    for mention in mentions:
        owner.update({word.start: mention for word in found if mention.span.holds((word.start, word.end))})
    return tuple(word._replace(mention=owner.get(word.start) or speaker(page, word)) for word in found)


def speaker(page: Page, word: Word) -> Mention | None:
    """The mention that "I", "me" or "my" is: of whoever speaks the words."""
    said = page.statement_around((word.start, word.end)) if word.text in ("i", "me", "my") else None
    if said is None or said.mode == "indirect":
        return None
    return Mention(
        span=Span(word.start, word.end), actor=said.speaker, kind="pronoun", reason="the speaker of the words",
        possessive=word.text == "my",
    )  # fmt: skip


def plain_words(analysis: Analysis, sentence: Sentence) -> Iterator[Word]:
    """The words of a sentence; "didn't" is two, whichever way the tokens were cut."""
    before = ""
    for token in analysis.tokens[sentence.first : sentence.last]:
        text = token.text.lower().replace("’", "'")
        if text in QUOTES or not text:
            continue
        if text == "'s" and before in PRONOUNS | POINTING:
            text = "is"
        before = text
        stem, mark, rest = text.partition("'")
        ending = "n't" if text.endswith("n't") else mark + rest
        if ending in CONTRACTIONS and len(ending) < len(text):
            cut = token.end - len(ending)
            stem = text[: -len(ending)]
            yield Word(STEMS.get(stem, stem), token.start, cut, token.tag, None)
            yield Word(CONTRACTIONS[ending], cut, token.end, "", None)
        else:
            yield Word(CONTRACTIONS.get(text, STEMS.get(text, text)), token.start, token.end, token.tag, None)

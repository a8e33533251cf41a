"""What a deal lays down, told sentence by sentence: "Under the pact, the guns go. Ferries will run again. …".

The account begins with a sentence that names the deal or says what was agreed, and lasts to the end of its paragraph;
under a heading it lasts as long as each paragraph lays something down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from detente.language.analysis import Sentence
from detente.reading.clauses import STOPS, Clause
from detente.reading.function_words import PRONOUNS
from detente.reading.page import Page
from detente.reading.phrases import lexicon, nouns
from detente.reading.row import span_of
from detente.reading.term_checks import PROCEDURE
from detente.reading.term_items import Item, item_of

OPENING = frozenset(("under", "account"))
HELPERS = frozenset(("will", "would", "shall", "must"))
SUBJECT_REACH = 14  # words that the subject of what is laid down may have, an aside with it
# What the deal itself is to undergo is none of its provisions.
OF_THE_DEAL = PROCEDURE | frozenset(
    ["resume", "signed", "announced", "published", "presented", "voted", "put", "submitted", "take"]
)
POINTING = PRONOUNS | {"this", "that", "these", "those", "there", "but", "if", "critics", "analysts"}


class Account(NamedTuple):
    """The row of the table that opened an account of a deal, and the paragraph to which it lasts."""

    row: Mapping[str, str]
    paragraph: int
    headed: bool

    def lasting(self) -> Account:
        """The account after one more provision: under a heading it goes on to the next paragraph."""
        return self._replace(paragraph=self.paragraph + self.headed)


def account_of(sentence: Sentence, clauses: Sequence[Clause], before: Account | None) -> Account | None:
    """The account of a deal in which the words behind a sentence stand, or `None`.

    Args:
        sentence: the sentence.
        clauses: its clauses.
        before: the account in which it stands itself.
    """
    texts = clauses[0].texts if clauses else ()
    for at in range(len(texts)):
        hit = lexicon("term_frames").at(texts, at)
        if hit is not None and hit[0].row["form"] in OPENING:
            heading = texts[-1] not in STOPS - {"?"}
            return Account({**hit[0].row, "form": "under"}, sentence.paragraph + heading, heading)
    return before if before is not None and sentence.paragraph <= before.paragraph else None


def provision(page: Page, clauses: Sequence[Clause]) -> Item | None:
    """What a sentence of an account says is to be done, or `None`: in the outlet's words or reported, never quoted."""
    words = clauses[0].words if clauses else ()
    texts = tuple(word.text for word in words)
    helper = next((k for k in range(1, min(len(words), SUBJECT_REACH)) if lays_down(texts, k)), 0)
    subject = {*texts[:helper]}
    if not helper or texts[0] in POINTING or subject & (nouns("deal") | nouns("talks") | nouns("meeting")):
        return None
    said = page.statement_around(span_of(words, 0, len(words)))
    quoted = said is not None and said.mode == "direct"
    return None if quoted or OF_THE_DEAL & {*texts[helper : helper + 4]} else item_of(words)


def lays_down(texts: Sequence[str], at: int) -> bool:
    """Whether a word says that its subject is to do something: "will", "must", "are to"."""
    return texts[at] in HELPERS or (texts[at] in ("is", "are") and texts[at + 1 : at + 2] == ("to",))

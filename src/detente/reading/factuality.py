"""Done, planned, hypothetical or negated; and whether it is told at second hand: as the words around a verb say.

The words that decide stand in two tables: `data/factuality.csv` (in the verb's group, "will", "did not",
"is expected to"; anywhere before it in its clause, "if"; in the clause that its "that" goes back to, "denied"; at the start
of its clause, "neither side", or of its sentence, "were they to"; in the clause beside it, "will, if"; or after what was
planned, "but") and `data/hearsay.csv`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from detente.reading.clauses import Clause, clauses_of
from detente.reading.function_words import ADDING, AUXILIARIES, BE
from detente.reading.page import Page
from detente.reading.phrases import Lexicon, Phrase, lexicon, table
from detente.reading.row import is_mark
from detente.reading.verbs import back, is_verb, leads
from detente.records import Factuality

# Where several words speak, the one that takes away most decides: "would not" is negated.
STRENGTH: tuple[Factuality, ...] = ("actual", "planned", "hypothetical", "negated")
PLACES = ("group", "clause", "before", "start", "opening")
# What sets a plan in the past: "was due to", "had planned to".
PAST = frozenset(("was", "were", "had", "planned", "intended", "hoped", "meant"))
THINKING = frozenset(("think", "believe"))
REACH = 7  # words before a verb that may still belong to it: "is now widely expected also to meet"


class Factual(NamedTuple):
    """How far something is a fact.

    Args:
        factuality: done, planned, hypothetical or negated.
        hearsay: told at second hand.
        reason: why, in words; empty for a plain fact.
        dependent: the words only ask for it, or name it as an infinitive: they tell of no event.
    """

    factuality: Factuality
    hearsay: bool
    reason: str
    dependent: bool = False


def factuality(page: Page, span: tuple[int, int]) -> Factual:
    """How far what the words of a span tell is a fact.

    Args:
        page: the article's page.
        span: the words, from their verb on.

    Returns:
        The factuality, whether it is hearsay, and why; `actual` for words outside every sentence.
    """
    sentence = page.analysis.sentence_at(span[0])
    for clause in clauses_of(page, sentence) if sentence else ():
        for at in range(clause.first, clause.last):
            if clause.words[at].end > span[0]:
                return of_deed(page, clause, first_verb(clause, at, span[1]))
    return Factual("actual", False, "")


def first_verb(clause: Clause, at: int, end: int) -> int:
    """The place of the first verb of a span that neither helps nor leads to another, else of its first such word."""
    for place in range(at, clause.last):
        word = clause.words[place]
        if word.start >= end:
            break
        after = place + 1 < clause.last and clause.words[place + 1].start < end and clause.texts[place + 1]
        if after == "to" and word.text in leads():  # "are going to search"
            at = min(place + 2, clause.last - 1)
        elif is_verb(clause.words, place) and word.text not in AUXILIARIES:
            return place
    return at


def of_deed(page: Page, clause: Clause, verb: int, helpers: tuple[str, ...] = ()) -> Factual:
    """How far a deed is a fact: as its verb tells it, yet what is planned under a condition is hypothetical.

    A stance or a pledge under a condition is one all the same, and says so itself: their readers ask `of_verb`.
    """
    told = of_verb(page, clause, verb, helpers)
    if told.factuality == "planned" and (phrase := condition(page, clause, verb)) is not None:
        reason = "; ".join(filter(None, (phrase.row["reason"], told.reason)))
        return told._replace(factuality=as_factuality(phrase.row["value"]), reason=reason)
    return told


def of_verb(page: Page, clause: Clause, verb: int, helpers: tuple[str, ...] = ()) -> Factual:
    """How far what a verb tells is a fact.

    Args:
        page: the article's page.
        clause: the clause of the verb.
        verb: the verb's place among the words of the clause's sentence.
        helpers: the verb's auxiliaries and negations, where a tree tells them.
    """
    found = [phrase for place in PLACES for phrase in spoken(clause, verb, place)]
    places = ("group", "start")
    found += [hit[0] for word in helpers for p in places if (hit := factual_lexicon(p).at((word,), 0)) is not None]
    value: Factuality = max(
        (as_factuality(p.row["value"]) for p in found), key=STRENGTH.index, default="actual"
    )
    reason = because(found)
    if value == "hypothetical" and reported_future(page, clause, verb, found):
        value, reason = "planned", "it was still to come when it was said"
    left = infinitive(clause, verb, found)
    if left and value in ("actual", "negated"):  # "urged them to leave", "warned them not to leave"
        value, reason = "hypothetical", "it is asked for or meant, and not told as done"
    if value == "planned" and (phrase := given_up(clause, verb)) is not None:
        value, reason = as_factuality(phrase.row["value"]), phrase.row["reason"]
    told = hearsay(clause, verb)
    dependent = left or any(p.row["event"] == "no" for p in found)
    return Factual(value, bool(told), "; ".join(filter(None, (reason, told))), dependent)


def because(found: list[Phrase]) -> str:
    """Why, the strongest reason first; what a plain fact is told by is no reason."""
    taken = sorted(found, key=lambda p: -STRENGTH.index(as_factuality(p.row["value"])))
    return "; ".join(dict.fromkeys(p.row["reason"] for p in taken if p.row["value"] != "actual"))


def as_factuality(value: str) -> Factuality:
    """A value of the table as a category."""
    return next(known for known in STRENGTH if known == value)


def spoken(clause: Clause, verb: int, place: str) -> list[Phrase]:
    """The phrases of the table that stand before the verb, in one of the places where they bear on it."""
    opening = clause.first
    while opening < verb and (
        is_mark(clause.words[opening]) or clause.texts[opening] in ADDING | {"that", "but"}
    ):
        opening += 1
    start, end = {
        "group": (group_reach(clause, verb), verb),
        "clause": (clause.first, verb),
        "before": governing(clause),
        "start": (opening, min(opening + 1, verb)),
        "opening": (0, min(1, verb) if clause.first == 0 else 0),
    }[place]
    texts, found, at = clause.texts[: max(end, verb)], list[Phrase](), start
    while at < end:  # what lies in a longer phrase says nothing by itself: "not ruled out"
        hit = factual_lexicon(place).at(texts, at)
        at = hit[1] if hit is not None else at + 1
        found += [hit[0]] if hit is not None else []
    return found


def given_up(clause: Clause, verb: int) -> Phrase | None:
    """The "but" after what was to be: "was due to meet them, but"."""
    if PAST.isdisjoint(clause.texts[group_reach(clause, verb) : verb]):
        return None
    found = factual_lexicon("after").find(clause.texts, verb + 1, len(clause.texts))
    return found[0] if found is not None else None


def condition(page: Page, clause: Clause, verb: int) -> Phrase | None:
    """The "if" with which the clause before or behind the verb's begins."""
    sentence = page.analysis.sentence_at(clause.words[verb].start)
    around = clauses_of(page, sentence) if sentence else ()
    at = next((k for k, other in enumerate(around) if other.first <= verb < other.last), 0)
    beside = (other for other in around[max(0, at - 1) : at + 2] if other.first != clause.first)
    found = (factual_lexicon("condition").at(other.texts, other.first) for other in beside)
    return next((hit[0] for hit in found if hit is not None), None)


def governing(clause: Clause) -> tuple[int, int]:
    """The words before a clause that they govern ("denied that …", "do not think …"); none before any other."""
    opened = clause.words[clause.first].text == "that" or clause.words[clause.first - 1].text in THINKING
    return (max(0, clause.first - REACH) if opened else clause.first), clause.first


@cache
def factual_lexicon(place: str) -> Lexicon:
    """The phrases of one place."""
    return Lexicon(row for row in table("factuality") if row["place"] == place)


def group_reach(clause: Clause, verb: int) -> int:
    """Where the words begin that may belong to the verb: after a mark, a name, or a coordination with another verb."""
    start = verb
    while start > max(clause.first, verb - REACH):
        word = clause.words[start - 1]
        if is_mark(word) or word.mention is not None:
            break
        start -= 1
    return start


def reported_future(page: Page, clause: Clause, verb: int, found: list[Phrase]) -> bool:
    """Whether "would" only moves "will" into the past of a report: "said she would visit"."""
    if {p.row["pattern"] for p in found if p.row["value"] == "hypothetical"} != {"would"}:
        return False
    if (
        factual_lexicon("scheme").find(clause.texts, 0, verb) is not None
    ):  # "under the plan, they would leave"
        return True
    word = clause.words[verb]
    around = page.statement_around((word.start, word.end))
    return around is not None and around.mode != "direct"


def hearsay(clause: Clause, verb: int) -> str:
    """Why what the verb tells is hearsay, or an empty string: looked for from the sentence's start on."""
    texts = clause.texts
    found = lexicon("hearsay").find(texts, 0, verb)
    if found is None or any(word.text in (";", ":") for word in clause.words[found[2] : verb]):
        return ""
    return found[0].row["reason"]


def infinitive(clause: Clause, verb: int, found: list[Phrase]) -> bool:
    """Whether the verb is an infinitive that depends on a word which tells nothing of whether it was done."""
    before = back(clause.words, verb)
    while before > clause.first and clause.texts[before] in ("be", "have", "been"):
        before = back(clause.words, before)
    if before < clause.first or clause.words[before].text != "to":
        return False
    governs = before - 1 >= 0 and clause.words[before - 1].text in BE
    return not governs and not any(
        p.row["pattern"].endswith(" to") and p.row["place"] == "group" for p in found
    )

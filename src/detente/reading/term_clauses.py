"""Terms that stand as clauses: "demanded that the ban be lifted", "wants Keld to leave", "under the pact, Keld will leave"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from detente.reading.clauses import Clause, noun_phrase
from detente.reading.function_words import ADDING, ARTICLES, PREPOSITIONS
from detente.reading.phrases import nouns
from detente.reading.row import Word, is_mark
from detente.reading.verbs import is_verb, verb_forms
from detente.reading.wording import names_matter

# The forms whose term is a clause: "demanded that the ban be lifted", "wants Keld to leave".
CLAUSAL = frozenset(("clause", "noun", "wish", "want", "under", "condition"))
# The verb of which a noun before "that" is the subject begins with one of these.
TAKING_UP = frozenset(("is", "are", "was", "were", "has", "have", "had"))
WHEN = frozenset(("before", "after", "once", "until"))
# What a deal lays down is still to come.
TO_COME = frozenset(("will", "would", "shall", "must", "could", "may"))
# Nouns that only stand for what is proposed.
EMPTY = (
    nouns("offer")
    | ARTICLES
    | {
        "idea",
        "suggestion",
        "scheme",
        "move",
        "step",
        "issue",
        "question",
        "price",
        "it",
        "compromise",
        "comment",
        "response",
        "help",
        "result",
    }
)


def clausal(clauses: Sequence[Clause], at: int, form: str) -> list[Sequence[Word]]:
    """The words of the terms that stand as clauses behind a place.

    Args:
        clauses: those of the sentence.
        at: the place behind the phrase that shows them.
        form: `wish`, `noun`, `under` or `clause`, as the table of frames has it.
    """
    match form:
        case "wish" | "want":
            return [wished(clauses, at)]
        case "noun":  # "a proposal that the truce be renewed was rejected": up to the verb of which the noun is the subject
            words = whole_clause(clauses, at)
            later = [k for k in range(len(words)) if is_verb(words, k)][1:]
            return [words[: next((k for k in later if words[k].text in TAKING_UP), len(words))]]
        case "under":
            return laid_down(clauses[0].words, at)
        case _:
            return [whole_clause(clauses, at)]


def whole_clause(clauses: Sequence[Clause], at: int) -> Sequence[Word]:
    """The words of a clause that begins at a place, on to its verb."""
    last = at
    for clause in clauses:
        if clause.last > at:
            last = clause.last
            if any(is_verb(clause.words, k) for k in range(at, last)):
                break
    return clauses[0].words[at:last]


def wished(clauses: Sequence[Clause], at: int) -> Sequence[Word]:
    """What is wished for at a place: somebody "to" do something, something "halved", else nothing."""
    words = next((c.words[at : until(clauses, c.last)] for c in clauses if c.first <= at < c.last), ())
    marks = next((k for k, word in enumerate(words) if is_mark(word) and word.text != ","), len(words))
    does = any(words[k].text == "to" and may_be_verb(words, k + 1) for k in range(1, marks - 1))
    done = any(is_done(words, k) for k in range(1, marks))
    return words[:marks] if does or done else ()


def until(clauses: Sequence[Clause], last: int) -> int:
    """Where a wish ends whose clause ends at a place: behind the clause that says when ("before the first ship sails")."""
    return next((c.last for c in clauses if c.first == last and c.texts[c.first] in WHEN), last)


def may_be_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a word after "to" is a verb, or one that the tables do not know and that begins no noun phrase."""
    word = words[at]
    opens = word.text in ARTICLES | PREPOSITIONS or word.mention is not None or not word.text.isalpha()
    return is_verb(words, at) or not (word.tag or opens)


def is_done(words: Sequence[Word], at: int) -> bool:
    """Whether a participle says what is to become of the words before it, and does not describe what follows."""
    word, before = words[at], words[at - 1]
    participle = "participle" in verb_forms().get(word.text, ()) or (
        word.text.endswith("ed") and word.text.isalpha()
    )
    described = before.text in ARTICLES | PREPOSITIONS or is_mark(before)
    return participle and word.tag in ("VERB", "") and not described


def laid_down(words: Sequence[Word], at: int) -> list[Sequence[Word]]:
    """What a deal lays down behind the comma after its name: each part that says what is to be done."""
    comma = next((k for k in range(at, len(words)) if words[k].text == ","), len(words))
    cuts = [comma + 1]
    for k in range(comma + 1, len(words)):
        opened = words[k].text == "," or (words[k].text in ADDING and words[k - 1].text != ",")
        end = next((p for p in range(k + 1, len(words)) if words[p].text == ","), len(words))
        if opened and is_to_be(words[k + 1 : end]):
            cuts.append(k + 1)
    parts = [words[first:last] for first, last in zip(cuts, [*cuts[1:], len(words)], strict=True)]
    return [part for part in parts if is_to_be(part)]


def is_to_be(words: Sequence[Word]) -> bool:
    """Whether words say that something is to be done: "will be", "is to be"."""
    texts = [word.text for word in words]
    to_be = any(one in ("is", "are") and other == "to" for one, other in pairwise(texts))
    return to_be or not TO_COME.isdisjoint(texts[1:])


def meant_by(clause: Clause, phrase: Sequence[Word]) -> Sequence[Word]:
    """A noun phrase, or what a bare "an idea", "a proposal" stands beside: "a no-fly zone, an idea floated by Keld"."""
    if not phrase or any(names_matter(word) and word.text not in EMPTY for word in phrase):
        return phrase
    at = next((k for k, word in enumerate(clause.words) if word.start == phrase[0].start), 0)
    return noun_phrase(clause._replace(first=0), at - 1) if at > 1 and clause.texts[at - 1] == "," else phrase

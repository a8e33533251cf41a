"""Who pronouns and descriptions of persons stand for, against the chains of mentions that GUM marks.

The reader names actors, a corpus numbers chains. An actor's chain is the one in which most of the actor's names stand, each
in the smallest mention of a person that holds it; where the text has no name of the actor, titles serve. A pronoun is
right where the actor that it was given has the pronoun's chain. Only chains with a name somewhere in the text are scored:
who is never named cannot be told by name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from detente.actors.cast import Cast
from detente.evaluation.documents import Document, Mention, Word
from detente.evaluation.scoring import Counts
from detente.language.analysis import Span

PRONOUNS = {
    "he": frozenset({"he", "him", "his", "himself"}),
    "she": frozenset({"she", "her", "hers", "herself"}),
    "they": frozenset({"they", "them", "their", "theirs", "themselves"}),
}
DESCRIPTION = "description"
# Taken together for those whom the reader knows at all, so that what it does with a pronoun is told from whom it missed.
CAST = ("he", "she")
_DEFINITE = frozenset({"the", "this", "that"})


class _Person(NamedTuple):
    """A mention of a person in gold: its words, its chain, and what sort of words they are ("name", "he", "" other)."""

    span: Span
    chain: str
    sort: str


def score(document: Document, mentions: Mapping[str, Sequence[Mention]], cast: Cast) -> dict[str, Counts]:
    """The counts of one document: of each sort the share `right` of those told, and the shares `wrong` and `unknown` of all.

    `cast` is he and she where some mention of the person was given an actor.

    Args:
        document: with sentences.
        mentions: by the id of the sentence.
        cast: who is who in the document, as it was read.
    """
    people = list(_people(document, mentions))
    named = {person.chain for person in people if person.sort == "name"}
    names, titles = _chains(people, cast)
    known = {*names.values(), *titles.values()}
    told: dict[str, list[bool | None]] = defaultdict(list)
    for person in people:
        if person.chain in named and person.sort in (*PRONOUNS, DESCRIPTION):
            answer = _right(person, people, cast, names, {} if person.sort == DESCRIPTION else titles)
            told[person.sort].append(answer)
            if person.sort in CAST and person.chain in known:
                told["cast"].append(answer)
    found = {}
    for sort, answers in told.items():
        right, wrong, total = answers.count(True), answers.count(False), len(answers)
        found[f"{sort}_right"] = Counts(right, right + wrong, right + wrong)
        found[f"{sort}_wrong"] = Counts(wrong, total, total)
        found[f"{sort}_unknown"] = Counts(total - right - wrong, total, total)
    return found


def _people(document: Document, mentions: Mapping[str, Sequence[Mention]]) -> Iterator[_Person]:
    for sentence in document.sentences or ():
        for mention in mentions.get(sentence.id, ()):
            if mention.type == "person":
                words = sentence.words[mention.first : mention.last + 1]
                yield _Person(
                    Span(words[0].start, words[-1].end),
                    mention.chain,
                    _sort(words, mention.first, mention.last),
                )


def _sort(words: Sequence[Word], first: int, last: int) -> str:
    """What a mention is by its head, the one word that is governed from outside."""
    heads = [word for word in words if not first <= word.head <= last]
    if len(heads) != 1:
        return ""
    head = heads[0]
    if head.tag == "PRON" and len(words) == 1:
        return next((sort for sort, forms in PRONOUNS.items() if head.form.lower() in forms), "")
    if head.tag == "NOUN" and words[0].form.lower() in _DEFINITE:
        return DESCRIPTION
    return "name" if head.tag == "PROPN" else ""


def _chains(people: Sequence[_Person], cast: Cast) -> tuple[dict[str, str], dict[str, str]]:
    """The chain of each actor by the actor's names, and by titles and descriptions."""
    votes: dict[bool, dict[str, Counter[str]]] = {True: defaultdict(Counter), False: defaultdict(Counter)}
    for mention in cast.mentions:
        if mention.actor and mention.kind != "pronoun" and (person := _smallest(people, mention.span)):
            votes[mention.kind == "name"][mention.actor.id][person.chain] += 1
    names, titles = (
        {actor: found.most_common(1)[0][0] for actor, found in votes[by].items()} for by in (True, False)
    )
    return names, titles


def _smallest(people: Sequence[_Person], span: Span) -> _Person | None:
    """The smallest mention that holds a span."""
    return min(
        (p for p in people if p.span.holds(span)), key=lambda p: p.span.end - p.span.start, default=None
    )


def _right(
    person: _Person,
    people: Sequence[_Person],
    cast: Cast,
    names: Mapping[str, str],
    titles: Mapping[str, str],
) -> bool | None:
    """Whether the actor that the words were given is of their chain; `None` where they were given nobody."""
    for mention in cast.within(*person.span):
        if mention.actor and (mention.span == person.span or _smallest(people, mention.span) == person):
            return (names.get(mention.actor.id) or titles.get(mention.actor.id)) == person.chain
    return None

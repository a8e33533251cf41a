"""The words that tell events, found on the tree of a sentence.

A row of `data/event_verbs.csv` or `data/event_nouns.csv` names a verb or noun and the words that must belong to it,
in any order and voice: "~impose <sanction>" finds "imposed sanctions" and "the sanctions that were imposed".
`~verb` stands for all its forms, `a|b` for either word, `<name>` for a noun of `data/event_things.csv` that it is done to,
`^xcomp` for any word in that relation to the verb. A type `A/B` is A, or B if what is meant to be done is hostile. Of several rows that fit, the one that asks for most is taken; of two that ask for as much, the one named first.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache
from typing import NamedTuple

from detente.reading.function_words import DAYS, MONTHS, PERIODS
from detente.reading.nouns import plural
from detente.reading.phrases import forms, table
from detente.reading.tree import Tree

DEPTH = 3  # how far below a verb its own words stand: "said … must", "carried out a series of attacks"
# The words that belong to a verb, to a noun; and those of them that the verb is done to.
OF_VERB = ("obj", "iobj", "nsubj:pass", "obl", "xcomp", "ccomp", "compound", "advmod", "aux", "mark", "case")
OF_NOUN = ("amod", "compound", "nmod", "nummod", "conj", "case", "acl", "flat", "advmod")
APART = frozenset(
    ("after", "before", "during", "since", "amid", "following", "despite", "because", "over", "until", "by")
)
DONE_TO = ("obj", "iobj", "nsubj:pass", "obl", "xcomp", "compound", "conj", "nmod")


ASSUMING = frozenset(("provided", "providing"))
STIPULATING = frozenset(("understanding", "condition", "proviso"))
TIMES = DAYS | MONTHS | PERIODS


class Belonging(NamedTuple):
    """The words that belong to a verb or noun, with the place of each; and those of them that it is done to."""

    words: dict[str, int]
    things: dict[str, int]


class Element(NamedTuple):
    """One part of a pattern: its words, and whether they are things that something is done to."""

    words: frozenset[str]
    thing: bool

    @property
    def of_tree(self) -> bool:
        """Whether it asks for a relation, which words alone do not show."""
        return any(word.startswith("^") for word in self.words)

    def place(self, belonging: Belonging) -> int | None:
        """Where one of its words stands among those that belong to the verb or noun."""
        among = belonging.things if self.thing else belonging.words
        return next((place for word, place in among.items() if word in self.words), None)


class Pattern(NamedTuple):
    """What a row asks for besides its first word."""

    elements: tuple[Element, ...]
    row: Mapping[str, str]


class Hit(NamedTuple):
    """A row that a word fits, and the places of the words that it asks for."""

    row: Mapping[str, str]
    places: tuple[int, ...]


@cache
def things(name: str) -> frozenset[str]:
    """The nouns of one class, in the singular and the plural."""
    found = {row["noun"] for row in table("event_things") if row["class"] == name}
    return frozenset(found | {plural(noun) for noun in found})


def element(part: str) -> Element:
    """One part of a pattern."""
    if part.startswith("<"):
        return Element(frozenset(word for name in part[1:-1].split("|") for word in things(name)), True)
    return Element(frozenset(form for word in part.split("|") for form in (word, plural(word))), False)


@cache
def patterns(name: str) -> Mapping[str, tuple[Pattern, ...]]:
    """The patterns of a table by their first words, those that ask for most first."""
    found: dict[str, list[Pattern]] = {}
    for row in table(name):
        first, *rest = row["pattern"].split()
        pattern = Pattern(tuple(element(part) for part in rest), row)
        words = first.removeprefix("~").split("|")
        for word in sorted(
            {f for verb in words for f in forms(verb)} if first.startswith("~") else set(words)
        ):
            found.setdefault(word, []).append(pattern)
    return {word: tuple(sorted(several, key=lambda p: -len(p.elements))) for word, several in found.items()}


def hit(tree: Tree, at: int) -> Hit | None:
    """The row of the tables that a word fits, or `None`."""
    tag = tree.tokens[at].tag
    name = {"VERB": "event_verbs", "ADJ": "event_verbs", "NOUN": "event_nouns", "PROPN": "event_nouns"}.get(
        tag
    )
    several = patterns(name).get(tree.texts[at], ()) if name else ()
    if tag == "ADJ":  # "is ready to", and not "free to"
        several = tuple(pattern for pattern in several if "self" in pattern.row["takes"].split())
    if not several or (tree.texts[at] in ASSUMING and tree.relation(at) == "advcl"):
        return None  # "provided the award leaves": a condition
    belongs = belonging(tree, at) if several[0].elements else Belonging({}, {})
    for pattern in several:
        places = [element.place(belongs) for element in pattern.elements]
        if None not in places:
            return Hit(pattern.row, tuple(place for place in places if place is not None))
    return None


def belonging(tree: Tree, at: int) -> Belonging:
    """The words that belong to a verb's or a noun's phrase; days and dates left out."""
    found = Belonging({f"^{tree.relation(kid)}": kid for kid in tree.kids[at]}, {})
    _gather(tree, at, DEPTH, found, True)
    if tree.relation(at) in ("acl", "acl:relcl") and (head := tree.head(at)) is not None:
        found.words.setdefault(tree.texts[head], head)
        found.things.setdefault(tree.texts[head], head)
    return found


def _gather(tree: Tree, at: int, depth: int, found: Belonging, done_to: bool) -> None:
    for kid in tree.of(at, *(OF_NOUN if tree.is_nominal(at) else OF_VERB)):
        if is_time(tree, kid) or tree.case(kid) in APART:
            continue
        if tree.texts[kid] in STIPULATING and tree.case(kid) == "on":
            continue  # "on the understanding that": a condition, and no agreement
        if depth == 1 and tree.relation(kid) == "case":
            continue  # "called it a guarantee for them" is no "call for"
        thing = done_to and tree.relation(kid).partition(":")[0] in ("nsubj", *DONE_TO)
        found.words.setdefault(tree.texts[kid], kid)
        if thing:
            found.things.setdefault(tree.texts[kid], kid)
        if depth > 1:
            _gather(tree, kid, depth - 1, found, thing)


def is_time(tree: Tree, at: int) -> bool:
    """Whether a word tells when ("on Monday", "last week")."""
    return tree.relation(at) == "obl:unmarked" or tree.texts[at] in TIMES


def may_tell(words: Set[str]) -> bool:
    """Whether a sentence of these words may tell an event: most do not, and need no tree."""
    return any(
        all(part.of_tree or not part.words.isdisjoint(words) for part in pattern.elements)
        for name in ("event_verbs", "event_nouns")
        for word in words & patterns(name).keys()
        for pattern in patterns(name)[word]
        if pattern.row["type"]
    )


def first_words() -> Set[str]:
    """The words with which anything that tells an event begins."""
    return patterns("event_verbs").keys() | patterns("event_nouns").keys()

"""Who did it to whom: the two sides of an event's verb or noun, as the tree of its sentence tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from detente.actors.cast import Mention
from detente.language.analysis import Sentence
from detente.reading.event_words import Hit, is_time, things
from detente.reading.function_words import AGENTS, ARTICLES, TITLES
from detente.reading.nouns import is_plural
from detente.reading.page import Page
from detente.reading.phrases import forms
from detente.reading.row import words_of
from detente.reading.tree import Tree

UNKNOWN = "the words name nobody known"
DEPTH = 3  # how many nouns or clauses down a recipient is looked for: "the decision | to lift the ban | on Marland"
MODIFIERS = ("nmod:poss", "amod", "compound", "nmod:desc", "flat", "appos", "nmod:unmarked")
PEOPLE = things("people") | AGENTS
COMMON = PEOPLE | ARTICLES  # a capital does not make these words a name
PLACES = frozenset(("in", "at", "into", "near", "outside"))
ABOUT = frozenset(("about", "against", "for", "of", "over", "with"))
OWN = frozenset(("its", "his", "her", "their", "our", "my"))
SENT = things("troops") | things("inspector") | things("vehicle") | things("arms")
CLAUSES = ("xcomp", "ccomp", "advcl", "acl", "csubj")


class Sides(NamedTuple):
    """The two sides of an event, and the words from its verb or noun through them.

    Args:
        actors: who did it.
        recipients: to whom.
        start: first code point.
        end: one past the last.
        both: whether there is no event unless both sides are named.
        mutual: whether it is done by all who are named together ("they met").
        passive: whether the words put the recipient first and may leave out who did it.
    """

    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    start: int
    end: int
    both: bool = False
    mutual: bool = False
    passive: bool = False


class Scene:
    """A sentence with its tree and its mentions.

    Args:
        page: the article's page.
        sentence: the sentence.
        tree: its tree.
    """

    def __init__(self, page: Page, sentence: Sentence, tree: Tree) -> None:
        self.page, self.tree = page, tree
        at = {word.start: word.mention for word in words_of(page, sentence) if word.mention is not None}
        self.mentions = [at.get(token.start) for token in tree.tokens]

    # ------------------------------------------------------------ who a noun is

    def who(self, at: int) -> tuple[Mention, ...]:
        """Whom a noun, name or pronoun stands for: a mention, else its own words if they are a name or of people."""
        tree = self.tree
        if is_time(tree, at) or (not tree.kids[at] and tree.texts[at].rstrip(".") in TITLES):
            return ()
        if (mention := self.mentions[at]) is not None:
            return (
                (mention,)
                if mention.actor is not None or mention.kind != "pronoun"
                else self._antecedent(at, mention)
            )
        if tree.tokens[at].tag == "PRON":
            return self._antecedent(at, None)
        if tree.texts[at] in things("part") and (
            of := [kid for kid in tree.of(at, "nmod") if tree.case(kid) == "of"]
        ):
            return tuple(m for kid in tree.joined(of[0]) for m in self.who(kid))
        people = tree.is_nominal(at) and tree.texts[at] in PEOPLE
        if not people and tree.tokens[at].tag != "PROPN":
            return ()
        named = [
            m
            for kid in tree.of(at, *MODIFIERS)
            if (m := self.mentions[kid]) is not None and m.actor is not None
        ]
        acting = tree.texts[at] in AGENTS or any(
            tree.relation(kid) in ("flat", "appos", "nmod:desc") and self.mentions[kid]
            for kid in tree.kids[at]
        )
        return (named[0],) if named and acting else (self.described(at),)

    def described(self, at: int) -> Mention:
        """The words of a noun as somebody unknown."""
        return Mention(span=self.tree.phrase(at), actor=None, kind="description", reason=UNKNOWN)

    def _antecedent(self, at: int, mention: Mention | None) -> tuple[Mention, ...]:
        """Whom a pronoun stands for that is the subject of what somebody says: "Keld said it would …"."""
        tree, verb = self.tree, self.tree.head(at)
        said = verb is not None and tree.relation(at).startswith("nsubj") and tree.relation(verb) == "ccomp"
        over = tree.head(verb) if said and verb is not None else None
        found = (
            self.all(subject for subject in tree.subjects(over) if subject != at) if over is not None else ()
        )
        fitting = tuple(m for m in found if tree.texts[at] in self.pronouns(m))
        return fitting or (() if mention is None else (mention,))

    def pronouns(self, mention: Mention) -> frozenset[str]:
        """The pronouns that may stand for a mention: a person is no "it", and one alone no "they"."""
        known = self.page.cast.actors.get(mention.actor.id) if mention.actor is not None else None
        if known is not None and known.type == "person":
            return frozenset(("he", "she"))
        if mention.kind == "group" or is_plural(mention.span.of(self.page.text).split()[-1]):
            return frozenset(("they", "we"))
        return (
            frozenset(("it", "they", "we")) if known is not None else frozenset(("it", "they", "he", "she"))
        )

    def all(self, places: Iterable[int]) -> tuple[Mention, ...]:
        """The mentions of several places, each once."""
        return tuple(dict.fromkeys(m for at in places for m in self.who(at)))

    # ------------------------------------------------------------ the sides of a verb

    def verb_sides(self, verb: int, hit: Hit) -> Sides:
        """The sides of a verb."""
        tree, joins = self.tree, hit.row["takes"].split()
        passive = tree.is_passive(verb) and "self" not in joins
        actors = self.all(tree.agents(verb) if passive else tree.subjects(verb))
        reduced = passive and tree.relation(verb) == "advcl" and not tree.of(verb, "nsubj", "aux")
        if passive and (patients := self.all(tree.subjects(verb))):
            return self._sides(verb, hit, actors, patients, passive=True, both_needed=reduced)
        together = len(actors) > 1 and "with" in joins[:2]
        untold = passive and not actors and tree.relation(verb) == "acl"  # "a letter handed to Keld"
        found = () if reduced or untold else self.recipients(verb, ["with", "."] if together else joins)
        return self._sides(
            verb, hit, actors, self._first(found, actors), passive=passive, both_needed=reduced
        )

    def recipients(self, verb: int, joins: list[str]) -> Iterator[tuple[Mention, ...]]:
        """Whom a verb may be done to, the likeliest first; a `.` among `joins` stops the search at the verb's own words."""
        tree = self.tree
        objects = [*tree.of(verb, "iobj"), *tree.of(verb, "obj")]
        things_done = [*objects, *tree.of(verb, "nsubj:pass")]
        for at in objects:
            addressed = tree.relation(at) == "iobj" or (
                tree.tokens[at].tag == "PRON" and bool(tree.of(verb, "xcomp"))
            )
            if "obj" in joins or addressed:
                more = [kid for kid in tree.of(verb, "obl") if tree.of(kid, "cc")]  # "…, as well as Keld"
                yield self.all([*tree.joined(at), *more]) or ((self.described(at),) if addressed else ())
        yield from self._linked([verb, *things_done], [join for join in joins if join not in PLACES])
        if "." not in joins:
            clauses = self.complements(verb)
            yield from (self.all(tree.of(clause, "nsubj")) for clause in clauses)
            yield from (found for at in things_done for found in self._within(at, joins, DEPTH))
            yield from (found for clause in clauses for found in self._in_clause(clause, joins, DEPTH))
        yield from self._linked([verb, *things_done], [join for join in joins if join in PLACES])
        if "." not in joins:
            others = [at for at in tree.of(verb, "obl") if tree.case(at) != "by"]
            yield from (found for at in others for found in self._within(at, joins, DEPTH))

    def _linked(self, heads: list[int], joins: list[str]) -> Iterator[tuple[Mention, ...]]:
        """Those who are joined by one of the prepositions, in their order."""
        tree = self.tree
        linked = [kid for head in heads for kid in tree.of(head, "obl", "nmod")]
        for join in joins:
            for kid in linked:
                if tree.case(kid) == join:
                    found = self.all(tree.joined(kid))
                    yield found
                    if not found and join in ABOUT:  # "complained about Marland's raid"
                        yield from self._within(kid, [], 0)

    def _within(self, noun: int, joins: list[str], depth: int) -> Iterator[tuple[Mention, ...]]:
        """Those whose a thing is, or whom it concerns: "Marland's offer", "a call from Keld"."""
        tree = self.tree
        for kid in tree.of(noun, *MODIFIERS):
            common = (
                tree.relation(kid) == "compound" and tree.tokens[kid].tag == "NOUN"
            )  # "the town hall" is no town
            yield () if common and self.mentions[kid] is None else self.who(kid) or self._adjective(kid)
        for kid in sorted(
            tree.of(noun, "nmod"), key=lambda k: joins.index(tree.case(k)) if tree.case(k) in joins else 99
        ):
            yield self.all(tree.joined(kid))
            if depth:
                yield from self._within(kid, joins, depth - 1)
        for kid in tree.of(noun, "acl", "conj"):
            if depth and tree.is_nominal(kid):
                yield from self._within(kid, joins, depth - 1)
            elif depth:
                yield self.all(tree.agents(kid))
                yield from self._in_clause(kid, joins, depth - 1)

    def _adjective(self, at: int) -> tuple[Mention, ...]:
        """Those whom a people's adjective names: "an Ostravan request"."""
        token = self.tree.tokens[at]
        return (self.described(at),) if token.tag in ("ADJ", "PROPN") and token.text[:1].isupper() else ()

    def _in_clause(self, verb: int, joins: list[str], depth: int) -> Iterator[tuple[Mention, ...]]:
        """Those of whom a clause tells: its own subject, then whom its verb is done to."""
        tree = self.tree
        yield self.all(more for at in tree.of(verb, "nsubj") for more in tree.joined(at))
        objects = tree.of(verb, "obj", "iobj", "nsubj")
        yield from (self.all(tree.joined(at)) for at in tree.of(verb, "obj", "iobj"))
        yield from self._linked([verb, *objects], joins)
        if depth:
            for at in [*objects, *tree.of(verb, "obl")]:
                yield from self._within(at, joins, depth - 1)
            for clause in self.complements(verb):
                yield from self._in_clause(clause, joins, depth - 1)
            yield from (self.all(tree.joined(at)) for at in tree.of(verb, "obl") if tree.case(at) in PLACES)

    def complements(self, verb: int) -> list[int]:
        """The clauses that say what a verb is about; not those that say when, why or on what condition."""
        tree = self.tree
        clauses = tree.of(verb, *CLAUSES)
        marks = {clause: {tree.texts[mark] for mark in tree.of(clause, "mark")} for clause in clauses}
        return [clause for clause in clauses if tree.relation(clause) != "advcl" or marks[clause] <= {"to"}]

    def _first(
        self, found: Iterable[tuple[Mention, ...]], actors: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """The first mentions that are neither the actors themselves nor what is theirs; forces that are sent come last."""
        refs = {m.actor for m in actors if m.actor is not None}
        spans = {m.span for m in actors}
        sent: tuple[Mention, ...] = ()
        for mentions in found:
            other = tuple(
                m for m in mentions if m.span not in spans and (m.actor is None or m.actor not in refs)
            )
            words = [m.span.of(self.page.text).split() for m in other]
            if other and not all(
                w[-1] in SENT and m.actor is None for m, w in zip(other, words, strict=True)
            ):
                return other
            if not any(w[0].lower() in OWN or is_named(w) for w in words):
                sent = sent or other
        return sent

    # ------------------------------------------------------------ the sides of a noun

    def noun_sides(self, noun: int, hit: Hit) -> Sides:
        """The sides of an event that a noun names, by itself or with a verb that carries it."""
        verb = self.tree.governor(noun)
        done = self.tree.relation(noun) in ("obj", "nsubj:pass")
        if done and verb is not None and is_light(self.tree, verb):
            return self._carried(noun, verb, hit)
        between = [kid for kid in self.tree.of(noun, "nmod") if self.tree.case(kid) == "between"]
        if between:
            both = self.all(self.tree.joined(between[0]))
            return self._sides(noun, hit, both[:1], both[1:], both_needed=True)
        owners = self._owners(noun)
        recipients = self._first(self._linked([noun], hit.row["takes"].split()), owners)
        return self._sides(noun, hit, owners, recipients, both_needed=True)._replace(mutual=False)

    def _carried(self, noun: int, verb: int, hit: Hit) -> Sides:
        """The sides of a noun that a verb only carries: "launched an attack on Keld"."""
        passive = self.tree.is_passive(verb)
        actors = self.all(self.tree.agents(verb) if passive else self.tree.subjects(verb))
        recipients = self._first(self._of_noun(noun, verb, hit.row["takes"].split()), actors)
        met = hit.row["type"] == "CONSULT" and not passive  # talks that somebody "had" are with somebody
        return self._sides(verb, hit, actors, recipients, passive=passive, both_needed=met)

    def _owners(self, noun: int) -> tuple[Mention, ...]:
        """Whose a noun is: "Marland's attack", "an attack by Marland", "the Marlandic attack"."""
        tree = self.tree
        by = [kid for kid in tree.of(noun, "nmod") if tree.case(kid) == "by"]
        if owned := self.all(tree.of(noun, "nmod:poss")) or self.all(by):
            return owned
        described = (self.who(kid) or self._adjective(kid) for kid in tree.of(noun, "amod", "compound"))
        return next(filter(None, described), ())

    def _of_noun(self, noun: int, verb: int, joins: list[str]) -> Iterator[tuple[Mention, ...]]:
        yield from self._linked([noun, verb], joins)
        yield from self._within(noun, joins, DEPTH)

    def _sides(self, at: int, hit: Hit, actors: tuple[Mention, ...], recipients: tuple[Mention, ...], *,
               passive: bool = False, both_needed: bool = False) -> Sides:  # fmt: skip
        """The sides with the words from the verb or noun through what belongs to it and whom it is done to."""
        tokens, joins = self.tree.tokens, hit.row["takes"].split()
        ends = [tokens[at].end, *(tokens[place].end for place in hit.places)]
        ends += [m.span.end for m in (actors if passive else recipients) if m.span.start > tokens[at].start]
        owner = [m.span.start for m in actors if self.tree.is_nominal(at) and m.span.end < tokens[at].start]
        start = min(
            [
                tokens[at].start,
                *owner,
                *(tokens[place].start for place in hit.places if self.tree.head(place) != at),
            ]
        )
        return Sides(
            actors,
            recipients,
            start,
            max(ends),
            both_needed or ("!" in joins and not passive),
            "with" in joins[:2],
            passive,
        )


def is_named(words: list[str]) -> bool:
    """Whether the words of somebody unknown name somebody all the same: "Ostravan farmers", and not "police"."""
    return any(word[:1].isupper() and word.lower() not in COMMON for word in words)


def is_light(tree: Tree, verb: int) -> bool:
    """Whether a verb only carries the noun that is its object: "launch an attack", "hold talks"."""
    return tree.texts[verb] in _light()


@cache
def _light() -> frozenset[str]:
    return frozenset(form for verb in things("light") for form in forms(verb))

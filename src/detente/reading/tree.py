"""The dependency tree of a sentence, as the readers of events walk it.

Relations are those of Universal Dependencies ([deMarneffe2021]). Trees come from the trained language part; where
nothing parses, there is no tree, and what is read from trees stays unread.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from detente.language.analysis import Sentence, Span, Token
from detente.reading.page import Page
from detente.reading.verbs import verb_forms

RELATIVE = frozenset(("who", "which", "that", "whom"))
# Relations of the words before a noun that belong to its phrase.
INNER = frozenset(
    ("det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "case", "nmod:unmarked")
)


def settled(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words with what a parser takes for its neighbour set right where the words around it tell the two apart.

    A clause behind its verb is no subject of it ("is said to be demanding"), an object that stands alone is no indirect
    one ("urging him to push"), a name without a preposition is an object, or before an auxiliary the subject that its verb
    lacks, and what has an auxiliary is a verb.
    """
    objects = {token.head for token in tokens if token.relation == "obj"}
    helped = {token.head for token in tokens if token.relation == "aux"}
    placed = {token.head for token in tokens if token.relation == "case" and token.tag == "ADP"}
    settled_ = tuple(_settled(tokens, at, objects, helped, placed) for at in range(len(tokens)))
    return _with_subjects(settled_)


def _with_subjects(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words, a name before the auxiliary of a verb without a subject made its subject: "Keld “may attack” Marland"."""
    has = {token.head for token in tokens if token.relation.partition(":")[0] in ("nsubj", "csubj", "expl")}
    helped = {
        token.head: at for at, token in reversed(list(enumerate(tokens))) if token.relation.startswith("aux")
    }
    return tuple(
        msgspec.structs.replace(token, relation="nsubj")
        if token.relation == "obj"
        and token.tag == "PROPN"
        and token.head not in has
        and at < helped.get(token.head, 0)
        else token
        for at, token in enumerate(tokens)
    )


def _settled(
    tokens: tuple[Token, ...], at: int, objects: set[int], helped: set[int], placed: set[int]
) -> Token:
    token = tokens[at]
    if token.relation.startswith("csubj") and at > token.head and tokens[token.head].tag == "VERB":
        return msgspec.structs.replace(token, relation="xcomp")
    bare = token.relation == "obl" and token.tag == "PROPN" and at > token.head and at not in placed
    if (token.relation == "iobj" or bare) and token.head not in objects:
        return msgspec.structs.replace(token, relation="obj")
    return msgspec.structs.replace(token, tag="VERB") if token.tag == "ADJ" and at in helped else token


class Tree:
    """The words of a sentence, each with those that depend on it.

    Args:
        tokens: the words; heads are places among them, a root's head is itself.
    """

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens = settled(tokens)
        self.texts = tuple(token.text.lower().replace("’", "'") for token in tokens)
        self.kids: list[list[int]] = [[] for _ in tokens]
        for at, token in enumerate(tokens):
            if token.head != at:
                self.kids[token.head].append(at)

    def relation(self, at: int) -> str:
        """The relation of a word to its head."""
        return self.tokens[at].relation

    def of(self, at: int, *relations: str) -> list[int]:
        """The words that depend on one by some relations; `obl` stands for its subtypes as well."""
        return [
            kid
            for kid in self.kids[at]
            if (name := self.tokens[kid].relation) in relations or name.partition(":")[0] in relations
        ]

    def head(self, at: int) -> int | None:
        """The word that one depends on, or `None` for a root."""
        head = self.tokens[at].head
        return None if head == at else head

    def above(self, at: int) -> Iterator[int]:
        """The words that one depends on, from its head to the root."""
        while (head := self.head(at)) is not None:
            yield head
            at = head

    def case(self, at: int) -> str:
        """The preposition of a noun, or an empty string."""
        return next(
            (self.texts[kid] for kid in self.of(at, "case") if self.texts[kid] not in ("'s", "'")), ""
        )

    def joined(self, at: int) -> list[int]:
        """A word and those that "and" joins to it, whatever the relation is taken for."""
        more = [
            kid
            for kid in self.kids[at]
            if self.relation(kid) == "conj" or (self.of(kid, "cc") and self.is_nominal(kid))
        ]
        return [at, *(other for kid in more for other in self.joined(kid))]

    def is_nominal(self, at: int) -> bool:
        """Whether a word is a noun, a name or a pronoun."""
        return self.tokens[at].tag in ("NOUN", "PROPN", "PRON", "NUM", "SYM", "X")

    def is_passive(self, verb: int) -> bool:
        """Whether a verb's subject is whom it is done to."""
        if self.of(verb, "aux:pass") or (self.of(verb, "nsubj:pass") and self.of(verb, "aux")):
            return True
        reduced = self.relation(verb) in ("acl", "advcl") and not self.of(verb, "nsubj", "aux", "mark", "obj")
        # A sentence that is a noun and its participle is a sentence whose verb was mistaken: "Keld and Marland met".
        alone = self.relation(verb) == "acl" and self.relation(self.tokens[verb].head) == "root"
        return reduced and not self.texts[verb].endswith("ing") and (not alone or bool(self.agents(verb)))

    def sharing(self, verb: int) -> int:
        """The verb whose auxiliaries another goes on with: of "invade" in "may attack Keld or invade Marland", "attack"."""
        while (head := self.head(verb)) is not None and self.relation(verb) == "conj":
            own = self.of(verb, "nsubj", "aux", "mark")
            helped = self.tokens[head].tag == "VERB" and (
                self.of(head, "aux", "mark") or self.relation(head) == "conj"
            )
            known = verb_forms().get(self.texts[verb], frozenset())
            alike = "base" in known or ("participle" in known and self.is_passive(head))
            if own or not helped or not alike:
                break
            verb = head
        return verb

    def subjects(self, verb: int) -> list[int]:
        """Who stands in subject place of a verb; a verb that has no subject takes that of the clause it belongs to."""
        own = [at for at in self.of(verb, "nsubj") if at < verb or self.relation(at) == "nsubj"][-1:]
        head = self.head(verb)
        if own and self.texts[own[0]] in RELATIVE and self.relation(verb) == "acl:relcl" and head is not None:
            return [self._before(own[0]) or head] if self.texts[own[0]] == "who" else [head]
        if own:
            return self.joined(own[0])
        if head is None:
            return []
        return self._inherited(verb, head)

    def _before(self, pronoun: int) -> int | None:
        """The name or noun right before "who": it is nearer the truth than where a parser hangs the clause."""
        at = pronoun - 1
        while at >= 0 and self.tokens[at].tag == "PUNCT":
            at -= 1
        if at < 0 or not self.is_nominal(at):
            return None
        while self.relation(at) in ("flat", "nmod:desc") and (head := self.head(at)) is not None:
            at = head
        return at

    def _inherited(self, verb: int, head: int) -> list[int]:
        relation = self.relation(verb)
        if relation == "xcomp" and not self.is_passive(head) and (objects := self.of(head, "obj", "iobj")):
            return self.joined(objects[0])
        if relation == "acl" and not self.of(verb, "mark"):
            return self.joined(head)
        if relation in ("conj", "xcomp", "advcl", "ccomp", "parataxis") and not self.is_nominal(head):
            return self.subjects(head)
        if relation in ("acl", "advcl", "xcomp", "conj"):  # "its decision to leave", "efforts to leave"
            return self.owners(head)
        return []

    def owners(self, noun: int) -> list[int]:
        """Whose a noun is: the possessor before it, who it is "by", or who does what it is the object of."""
        owned = self.of(noun, "nmod:poss") or [
            kid for kid in self.of(noun, "nmod", "obl") if self.case(kid) == "by"
        ]
        if owned:
            return [more for at in owned for more in self.joined(at)]
        verb = self.governor(noun)
        return (
            [] if verb is None or self.is_passive(verb) else [at for at in self.subjects(verb) if at != noun]
        )

    def governor(self, noun: int) -> int | None:
        """The verb that a noun is the object, the complement or the subject of."""
        return next((at for at in self.above(noun) if self.tokens[at].tag in ("VERB", "AUX")), None)

    def agents(self, verb: int) -> list[int]:
        """Who did what a passive verb tells: those after "by"."""
        return [more for at in self.of(verb, "obl") if self.case(at) == "by" for more in self.joined(at)]

    def phrase(self, noun: int) -> Span:
        """The code points of a noun's phrase, with what stands before it and what it is "of"."""
        places = [noun]
        for kid in self.kids[noun]:
            if (self.relation(kid) in INNER and kid < noun) or self.relation(kid) == "flat":
                places.append(kid)
                places += [more for more in self.kids[kid] if more < noun]
            elif self.relation(kid) == "nmod" and self.case(kid) == "of":
                places.append(kid)
            elif self.relation(kid) == "appos" and kid - noun <= 3 and "," not in self.texts[noun:kid]:
                places += [kid, *self.of(kid, "flat")]
        articles = [at for at in places if self.relation(at) in ("det", "case") and at == min(places)]
        first = min(set(places) - set(articles), default=noun)
        return Span(self.tokens[min(first, noun)].start, self.tokens[max(places)].end)


def tree_of(page: Page, sentence: Sentence) -> Tree | None:
    """The tree of a sentence, or `None` where nothing parsed it."""
    analysis = page.analysis
    if analysis.parser is not None:
        return Tree(_within(analysis.parser(*sentence.span), sentence.span))
    tokens = analysis.tokens[sentence.first : sentence.last]
    if not tokens or tokens[0].head < 0:
        return None
    return Tree(tuple(_under(token, token.head - sentence.first) for token in tokens))


def _within(tokens: tuple[Token, ...], span: Span) -> tuple[Token, ...]:
    """The words inside a sentence, where the parser took more words for one; whatever hangs outside becomes a root."""
    places = [at for at, token in enumerate(tokens) if span.holds((token.start, token.end))]
    if len(places) == len(tokens):
        return tokens
    counted = {place: at for at, place in enumerate(places)}
    return tuple(
        _under(tokens[place], counted.get(tokens[place].head, at)) for at, place in enumerate(places)
    )


def _under(token: Token, head: int) -> Token:
    """The word with another head."""
    return Token(
        start=token.start, end=token.end, text=token.text, tag=token.tag, lemma=token.lemma,
        head=head, relation=token.relation,
    )  # fmt: skip

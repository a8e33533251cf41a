"""The words that name a speaker, by the tree of their sentence: their head, and the noun that "who" stands for.

In "officials at the ministry, a rival of Ana Velkova" officials speak. Where nothing parses, the words beside a name have
to do.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from detente.actors.cast import Mention
from detente.language.analysis import Sentence, Span, Token
from detente.reading.page import Page, once_a_sentence
from detente.reading.tree import Tree, tree_of

_PREPOSITION = re.compile(r"\b(?:of|for|from|at|in|to|by|on|with|near|inside|behind|against)\s|,")
# Between a name and the "who" that goes with it: at most a party and place.
_BESIDE = re.compile(r"(?:,? \([^()]{1,20}\)|, [A-Z][\w.-]{0,9}\.?|, \d\d)?,? ")
# Relations by which a name and the title before it, or the name behind it, are one person.
_ONE = frozenset({"flat", "appos", "compound", "nmod:desc", "nmod:unmarked"})


class Antecedent(NamedTuple):
    """What a relative pronoun stands for.

    Args:
        span: the whole phrase, without its article.
        head: the noun.
    """

    span: Span
    head: Token


@once_a_sentence
def _tree(page: Page, sentence: Sentence) -> Tree | None:
    return tree_of(page, sentence)


def _tree_around(page: Page, span: Span) -> Tree | None:
    sentence = page.analysis.sentence_at(span.start)
    return _tree(page, sentence) if sentence else None


def head_of(page: Page, source: Span) -> Token | None:
    """The word that governs the others of a source, or `None` where no tree tells one."""
    tree = _tree_around(page, source)
    top = _top(tree, source) if tree else None
    return tree.tokens[top] if tree and top is not None else None


def antecedent(page: Page, relative: Span) -> Antecedent | None:
    """The phrase that a relative pronoun stands for, as the tree tells: "who" in "a friend of Ivo Stan who said" is a friend."""
    tree = _tree_around(page, relative)
    at = next((k for k, token in enumerate(tree.tokens) if token.start == relative.start), None) if tree else None
    if tree is None or at is None:
        return None
    verb = next((up for up in (at, *tree.above(at)) if tree.relation(up).startswith("acl")), None)
    noun = tree.head(verb) if verb is not None else None
    return Antecedent(tree.phrase(noun), tree.tokens[noun]) if noun is not None and noun < at else None


def beside(page: Page, relative: Span) -> Mention | None:
    """The name right before a relative pronoun: "Ivo Stan, who", "Ivo Stan (D-Va.), who"."""
    for mention in reversed(page.cast.within(max(0, relative.start - 80), relative.start)):
        if not mention.possessive and _BESIDE.fullmatch(page.text, mention.span.end, relative.start):
            return mention
    return None


def speaks(page: Page, source: Span, mention: Mention) -> bool:
    """Whether a mention in a source is the speaker and not inside a phrase that says more: "a rival of Ana Velkova"."""
    if not _PREPOSITION.search(page.text, source.start, max(source.start, mention.span.start)) or _closes(page, source, mention):
        return True
    tree = _tree_around(page, source)
    top, at = (_top(tree, source), _top(tree, mention.span)) if tree else (None, None)
    if tree is None or top is None or at is None:
        return True
    while at != top and tree.relation(at) in _ONE and (head := tree.head(at)) is not None:
        at = head
    return at == top


def _closes(page: Page, source: Span, mention: Mention) -> bool:
    """Whether a source ends with a name in commas: "one of the lawyers, Ivo Stan,"."""
    behind = page.text[mention.span.end : source.end].strip(" ,")
    return not behind and page.text[mention.span.start - 2 : mention.span.start] == ", "


def _top(tree: Tree, span: Span) -> int | None:
    """The one word of a span whose head stands outside of it, the first where there are several."""
    inside = [at for at, token in enumerate(tree.tokens) if span.holds((token.start, token.end)) and token.tag != "PUNCT"]
    return next((at for at in inside if tree.head(at) not in inside), None)

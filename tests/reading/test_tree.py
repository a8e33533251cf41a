"""The tree of a sentence as the readers of events walk it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.language import load
from detente.language.analysis import Token
from detente.reading.tree import Tree, tree_of

from .made_pages import page_of


def tree(words: str) -> Tree:
    """A tree written as "word/TAG/relation/head …", heads as places."""
    tokens, start = [], 0
    for part in words.split():
        text, tag, relation, head = part.split("/")
        tokens.append(
            Token(start=start, end=start + len(text), text=text, tag=tag, head=int(head), relation=relation)
        )
        start += len(text) + 1
    return Tree(tuple(tokens))


ACTIVE = tree("Keld/PROPN/nsubj/1 attacked/VERB/root/1 Marland/PROPN/obj/1")
PASSIVE = tree(
    "Marland/PROPN/nsubj:pass/2 was/AUX/aux:pass/2 attacked/VERB/root/2 by/ADP/case/4 Keld/PROPN/obl:agent/2"
)
TO_LEAVE = tree("Keld/PROPN/nsubj/1 urged/VERB/root/1 Marland/PROPN/obj/1 to/PART/mark/4 leave/VERB/xcomp/1")
HOPES = tree("Keld/PROPN/nsubj/1 hopes/VERB/root/1 to/PART/mark/3 leave/VERB/xcomp/1")
WHO = tree("Reyl/PROPN/nsubj/4 who/PRON/nsubj/2 met/VERB/acl:relcl/0 Keld/PROPN/obj/2 left/VERB/root/4")
AND = tree(
    "Keld/PROPN/nsubj/3 and/CCONJ/cc/2 Sundby/PROPN/conj/0 met/VERB/root/3 and/CCONJ/cc/5 agreed/VERB/conj/3"
)
REDUCED = tree(
    "Keld/PROPN/nsubj/1 saw/VERB/root/1 tanks/NOUN/obj/1 sent/VERB/acl/2 by/ADP/case/5 Marland/PROPN/obl/3"
)
MISTAKEN = tree("Keld/PROPN/root/0 and/CCONJ/cc/2 Sundby/PROPN/conj/0 met/VERB/acl/0")
DECISION = tree(
    "Keld/PROPN/nmod:poss/2 's/PART/case/0 decision/NOUN/nsubj/5 to/PART/mark/4 leave/VERB/acl/2 shook/VERB/root/5"
)


# 'said that Keld "may attack" Marland', as a parser takes it whose marks mislead it
PART_QUOTED = tree(
    "Reyl/PROPN/nsubj/1 said/VERB/root/1 that/SCONJ/mark/5 Keld/PROPN/obj/5 may/AUX/aux/5 attack/VERB/ccomp/1 Marland/PROPN/obj/5"
)


MAY_OR = tree(
    "Keld/PROPN/nsubj/2 may/AUX/aux/2 attack/VERB/root/2 Marland/PROPN/obj/2 or/CCONJ/cc/5 invade/VERB/conj/2 Sundby/PROPN/obj/5"
)
MAY_AND_DID = tree("Keld/PROPN/nsubj/2 may/AUX/aux/2 leave/VERB/root/2 and/CCONJ/cc/4 attacked/VERB/conj/2")
SHE_MAY = tree("Keld/PROPN/nsubj/2 may/AUX/aux/2 leave/VERB/root/2 and/CCONJ/cc/5 Reyl/PROPN/nsubj/5 stay/VERB/conj/2")


@pytest.mark.parametrize(("sentence", "verb", "first"), [(MAY_OR, 5, 2), (MAY_AND_DID, 4, 4), (SHE_MAY, 5, 5), (AND, 5, 5)])
def test_the_verb_whose_auxiliary_another_shares(sentence, verb, first):
    assert sentence.sharing(verb) == first


@pytest.mark.parametrize(
    ("sentence", "verb", "subjects"),
    [
        (PART_QUOTED, 5, [3]),
        (ACTIVE, 1, [0]),
        (PASSIVE, 2, [0]),
        (TO_LEAVE, 4, [2]),
        (HOPES, 3, [0]),
        (WHO, 2, [0]),
        (WHO, 4, [0]),
        (AND, 3, [0, 2]),
        (AND, 5, [0, 2]),
        (MISTAKEN, 3, [0, 2]),
        (DECISION, 4, [0]),
    ],
)
def test_subjects(sentence, verb, subjects):
    assert sentence.subjects(verb) == subjects


@pytest.mark.parametrize(
    ("sentence", "verb", "passive", "agents"),
    [
        (ACTIVE, 1, False, []),
        (PASSIVE, 2, True, [4]),
        (REDUCED, 3, True, [5]),
        (MISTAKEN, 3, False, []),
        (WHO, 2, False, []),
    ],
)
def test_passives_and_who_did_it(sentence, verb, passive, agents):
    assert sentence.is_passive(verb) is passive
    assert sentence.agents(verb) == agents


def test_a_phrase_has_what_stands_before_its_noun_and_what_it_is_of():
    said = tree(
        "the/DET/det/2 Ostravan/ADJ/amod/2 leaders/NOUN/root/2 of/ADP/case/4 unions/NOUN/nmod/2 left/VERB/acl/2"
    )
    assert said.phrase(2) == (4, 30)


def test_where_nothing_parses_there_is_no_tree():
    page = page_of("Keld attacked Marland.")
    assert tree_of(page, page.analysis.sentences[0]) is None


def test_tokens_with_heads_are_a_tree_and_so_is_what_a_parser_gives():
    text = "Keld was calm. Marland attacked Ostrava."
    page = page_of(text)
    whole = load().analyse(text)
    parsed = msgspec.structs.replace(page, analysis=whole)
    sentence = whole.sentences[-1]
    found = tree_of(parsed, sentence)
    assert found is not None
    tokens = tuple(msgspec.structs.replace(t, start=t.start, head=t.head) for t in found.tokens)
    alone = msgspec.structs.replace(
        whole,
        parser=None,
        tokens=tokens,
        sentences=(msgspec.structs.replace(sentence, first=0, last=len(tokens)),),
    )
    again = tree_of(msgspec.structs.replace(page, analysis=alone), alone.sentences[0])
    assert again is not None
    assert again.tokens == found.tokens


def test_a_tree_is_kept_to_its_sentence():
    page = page_of("Keld left. Marland stayed.")
    first, second = page.analysis.sentences
    whole = load().analyse("Keld left. Marland stayed.").parser
    merged = msgspec.structs.replace(page.analysis, parser=lambda start, end: whole(0, 26))
    for sentence, words in ((first, ["keld", "left", "."]), (second, ["marland", "stayed", "."])):
        found = tree_of(msgspec.structs.replace(page, analysis=merged), sentence)
        assert found is not None
        assert list(found.texts) == words
        assert all(0 <= token.head < len(words) for token in found.tokens)


RELATIONS = st.sampled_from(
    ["nsubj", "obj", "conj", "acl", "xcomp", "ccomp", "advcl", "nmod", "nsubj:pass", "obl", "cc", "acl:relcl"]
)
TAGS = st.sampled_from(["VERB", "NOUN", "PROPN", "ADJ", "PRON", "ADP"])


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    count = draw(st.integers(1, 9))
    tokens = [
        Token(
            start=2 * at, end=2 * at + 1, text="w", tag=draw(TAGS), head=0 if at == 0 else draw(st.integers(0, at - 1)),
            relation="root" if at == 0 else draw(RELATIONS),
        )
        for at in range(count)
    ]  # fmt: skip
    return Tree(tuple(tokens))


@settings(max_examples=200, deadline=None)
@given(trees())
def test_any_tree_can_be_walked(made):
    places = range(len(made.tokens))
    for at in places:
        assert all(
            other in places
            for other in [*made.subjects(at), *made.agents(at), *made.joined(at), *made.owners(at)]
        )
        assert made.joined(at)[0] == at
        assert len(set(made.joined(at))) == len(made.joined(at))
        assert list(made.above(at))[-1:] in ([], [0])
        assert made.phrase(at).start <= made.tokens[at].start < made.phrase(at).end

"""The words that tell events: the tables, and how a row is found on a tree."""

from __future__ import annotations

from typing import get_args

import pytest

from detente.language.analysis import Token
from detente.reading.event_words import element, hit, patterns, things
from detente.reading.function_words import PREPOSITIONS
from detente.reading.phrases import table
from detente.reading.tree import Tree
from detente.records import EventType

FLAGS = {".", "self", "!", "words", "deed"}


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


IMPOSED = tree(
    "Keld/PROPN/nsubj/1 imposed/VERB/root/1 sanctions/NOUN/obj/1 on/ADP/case/4 Marland/PROPN/obl/1"
)
WERE_IMPOSED = tree(
    "Sanctions/NOUN/nsubj:pass/2 were/AUX/aux:pass/2 imposed/VERB/root/2 on/ADP/case/4 Marland/PROPN/obl/2"
)
THAT_WERE = tree("the/DET/det/1 sanctions/NOUN/obj/1 imposed/VERB/acl/1 by/ADP/case/4 Keld/PROPN/obl/2")
CALLED_ON_MONDAY = tree("Keld/PROPN/nsubj/1 called/VERB/root/1 on/ADP/case/3 Monday/PROPN/obl/1")
CALLED_IT = tree(
    "A/DET/det/1 guarantee/NOUN/ccomp/5 for/ADP/case/3 guarantors/NOUN/nmod/1 she/PRON/nsubj/5 called/VERB/root/5 it/PRON/obj/5"
)
CALLED_FOR = tree("Keld/PROPN/nsubj/1 called/VERB/root/1 for/ADP/case/4 a/DET/det/4 vote/NOUN/obl/1")
PROVIDED = tree(
    "Keld/PROPN/nsubj/1 pays/VERB/root/1 ,/PUNCT/punct/3 provided/VERB/advcl/1 it/PRON/nsubj/5 leaves/VERB/ccomp/3"
)
BEGS = tree("Reyl/PROPN/nsubj/1 begs/VERB/root/1 to/PART/mark/3 differ/VERB/xcomp/1")
ON_THE_UNDERSTANDING = tree(
    "Keld/PROPN/nsubj/1 withdraws/VERB/root/1 boats/NOUN/obj/1 from/ADP/case/4 waters/NOUN/obl/1 on/ADP/case/7 the/DET/det/7 "
    "understanding/NOUN/obl/1"
)
SUSPENDS = tree("Keld/PROPN/nsubj/1 suspends/VERB/root/1 a/DET/det/3 levy/NOUN/obj/1")
STRUCK_AFTER = tree(
    "Keld/PROPN/nsubj/1 launched/VERB/root/1 talks/NOUN/obj/1 after/ADP/case/4 attacks/NOUN/obl/1"
)


@pytest.mark.parametrize(
    ("sentence", "at", "kind"),
    [
        (IMPOSED, 1, "SANCTION"),
        (WERE_IMPOSED, 2, "SANCTION"),
        (THAT_WERE, 2, "SANCTION"),
        (CALLED_ON_MONDAY, 1, None),  # and not "called on"
        (STRUCK_AFTER, 4, "ASSAULT"),
        (CALLED_IT, 5, ""),  # and not "called for"
        (CALLED_FOR, 1, "REQUEST"),
        (PROVIDED, 3, None),
        (BEGS, 1, ""),
        (SUSPENDS, 1, "RETREAT"),
        (ON_THE_UNDERSTANDING, 1, "RETREAT"),
        (IMPOSED, 0, None),
        (IMPOSED, 3, None),
    ],
)
def test_a_row_is_found_in_any_voice(sentence, at, kind):
    found = hit(sentence, at)
    assert (found.row["type"] if found else None) == kind


def test_what_was_before_or_after_is_no_thing_that_is_done():
    assert hit(STRUCK_AFTER, 1) is None


def test_the_row_that_asks_for_most_is_taken():
    for several in patterns("event_verbs").values():
        counts = [len(pattern.elements) for pattern in several]
        assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("name", ["event_verbs", "event_nouns"])
def test_every_row_can_be_matched(name):
    rows = table(name)
    assert len({row["pattern"] for row in rows}) == len(rows)
    known = {*get_args(EventType), ""}
    for row in rows:
        assert set(row["type"].split("/")) <= known, row
        assert (
            set(row["takes"].split())
            <= {"obj", "between", "over", "outside", "about", "near"} | FLAGS | PREPOSITIONS
        ), row
        assert all(element(part).words for part in row["pattern"].split()), row


def test_no_class_of_things_is_empty_or_unused():
    classes = {row["class"] for row in table("event_things")}
    used = {name for table_name in ("event_verbs", "event_nouns") for row in table(table_name)
            for part in row["pattern"].split() if part.startswith("<") for name in part[1:-1].split("|")}  # fmt: skip
    assert used <= classes
    assert classes - used <= {
        "people",
        "part",
        "light",
        "inspector",
        "troops",
        "vehicle",
    }  # the readers ask for these
    assert {"treaty", "treaties"} <= things("agreement")

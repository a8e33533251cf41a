"""Cue verbs: what words say that somebody said something, and in which frames their content stands.

`data/cues.csv` holds lemma, frames, the act of saying that the verb most often performs, and whether it tells of
speech at all ("no" for thoughts and deeds: agreed, hoped, welcomed). The frames:

    quote     a quotation                       She continued: “…”
    that      a clause, with or without "that"  said (that) …
    to        an infinitive                     pledged to …
    whom-that an addressee, then a clause       told the BBC (that) …
    whom-to   an addressee, then an infinitive  urged them to …
    np        a noun phrase                     condemned the …
    as        a noun phrase, then as            described the visit as …
    as-bare   a noun phrase, then its predicate called him a …
    as-to     refer to … as …
    of/for/on/at/against  that preposition      accused him of …, called for …
    wh        a question word                   asked whether …
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from detente.records import Act


class Cue(msgspec.Struct, frozen=True):
    """A cue verb: its lemma, the frames it takes, the act it performs, and whether it tells of speech (else of a thought or deed)."""

    lemma: str
    frames: frozenset[str]
    act: Act
    speech: bool


class Form(msgspec.Struct, frozen=True):
    """One inflected form: the verb, and which form it is (base, s, past, participle, ing)."""

    cue: Cue
    inflection: frozenset[str]


_IRREGULAR: dict[str, tuple[str, str]] = {  # past, participle
    "say": ("said", "said"), "tell": ("told", "told"), "write": ("wrote", "written"), "think": ("thought", "thought"),
    "read": ("read", "read"), "swear": ("swore", "sworn"), "forecast": ("forecast", "forecast"), "beg": ("begged", "begged"),
    "admit": ("admitted", "admitted"), "refer": ("referred", "referred"), "rule": ("ruled", "ruled"),
    "label": ("labelled", "labelled"), "signal": ("signalled", "signalled"), "quip": ("quipped", "quipped"),
    "slam": ("slammed", "slammed"), "make": ("made", "made"),
}  # fmt: skip
_DOUBLED = {"beg": "begging", "admit": "admitting", "refer": "referring", "label": "labelling",
            "signal": "signalling", "quip": "quipping", "slam": "slamming"}  # fmt: skip


def inflect(lemma: str) -> dict[str, str]:
    """The forms of a verb: {"base": …, "s": …, "past": …, "participle": …, "ing": …}."""
    verb, _, particle = lemma.partition(" ")
    tail = f" {particle}" if particle else ""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past, ing = verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    elif verb.endswith("e"):
        third, past, ing = verb + "s", verb + "d", verb[:-1] + "ing"
    elif verb.endswith(("s", "sh", "ch", "x", "z")):
        third, past, ing = verb + "es", verb + "ed", verb + "ing"
    else:
        third, past, ing = verb + "s", verb + "ed", verb + "ing"
    past, participle = _IRREGULAR.get(verb, (past, past))
    forms = {"base": verb, "s": third, "past": past, "participle": participle, "ing": _DOUBLED.get(verb, ing)}
    return {name: form + tail for name, form in forms.items()}


@cache
def cue_forms() -> Mapping[str, Form]:
    """Every inflected form of every cue verb, in lower case (particles follow after a space)."""
    forms: dict[str, Form] = {}
    table = files("detente.language").joinpath("data/cues.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        cue = Cue(lemma=row["lemma"], frames=frozenset(row["frames"].split()), act=msgspec.convert(row["act"], Act), speech=row["speech"] == "yes")
        for name, form in inflect(cue.lemma).items():
            before = forms.get(form)
            names = before.inflection | {name} if before else frozenset({name})
            forms[form] = Form(cue=cue, inflection=names)
    return forms

"""Where a commitment is stated: a cue ("pledged to", "is expected to", "will") and what is committed after it.

The cues, the verbs of doing, giving, spending or cutting, and the things that can be promised stand in three
tables: `data/pledge_cues.csv`, `data/pledge_verbs.csv` and `data/pledge_things.csv`. A cue is strong where its
own word is a commitment ("pledged to"), so that any verb may follow; "agreed to" and "offered to" commit to a deed where
somebody is known to do it, and to none where it is talks; after the others only a verb of the table counts, with
something of the table as its object.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.language.analysis import Span
from detente.reading.function_words import ADDING, ARTICLES, AUXILIARIES, PREPOSITIONS
from detente.reading.phrases import forms, lexicon
from detente.reading.pledge_sentence import (
    ANY_VERB,
    MARKS,
    NEGATING,
    REACH,
    REFUSING,
    PledgeSentence,
    Row,
    given,
    things_in,
)
from detente.reading.row import Word, span_of
from detente.reading.verbs import is_adverb, is_passive, is_verb

# Cues that are nouns; after "to" or "will" the same words are verbs.
NOUNS = frozenset(
    ["commitment", "commitments", "pledge", "pledges", "promise", "promises", "undertaking", "vow", "offer",
     "offers", "deal", "agreement", "pact", "accord", "proposal", "idea", "plan", "plans", "invite",
     "invitation"]
)  # fmt: skip
# Before a bare verb these ask for a commitment and make none.
DEMANDING = frozenset(["must", "should", "ought", "need", "needs"])
ASKING = frozenset(["to", "must", "should", "can", "cannot", "let", "need", "ought", "please"])
THREATS = frozenset(["threat", "threats", "threatened", "threatens", "threatening", "threaten"])
# "announced a suspension of aid": the end of a commitment, and no other; "by the end of May" is a time.
ENDED = frozenset(
    ["suspension", "halt", "withdrawal", "freeze", "reduction", "end", "cancellation", "cut", "cuts"]
)
# Behind these "would" is the "will" of a promise, told in the past: "repeated that it would send".
ASSURING = frozenset(
    form
    for verb in ("announce", "confirm", "pledge", "promise", "reaffirm", "reiterate", "repeat", "vow")
    for form in forms(verb)
)
RULING = frozenset(forms("rule"))
CONDITIONAL = frozenset(["if", "unless", "whether"])
RELATIVE = frozenset(["that", "which", "who", "what", "how", "whether"])
MODALS = frozenset(["will", "would", "shall", "could", "may", "might"])
OF_A_PROMISE = frozenset(["promised", "pledged", "tranche", "instalment", "installment", "batch", "agreed"])


class Cue(NamedTuple):
    """A commitment as one clause states it; places are those of `words`, the words of its sentence.

    Args:
        words: the words of the sentence.
        row: the row of the cue.
        at: where the cue begins.
        end: one past its last word.
        verb: the place of what is to be done, or of the cue itself where its object is a thing.
        act: the row of the verb of doing.
        start: where the words that state the commitment begin.
        stop: one past where they end.
        negated: whether it is said not to be done.
        passive: whether the cue is a passive ("was offered"), so that its subject receives.
    """

    words: tuple[Word, ...]
    row: Row
    at: int
    end: int
    verb: int
    act: Row
    start: int
    stop: int
    negated: bool = False
    passive: bool = False

    @property
    def span(self) -> Span:
        """The words that state it."""
        return span_of(self.words, self.start, self.stop)

    @property
    def body(self) -> int:
        """The first place at which what is pledged may be named: behind the verb, or before it where a noun leads."""
        return self.start if self.row["shape"] == "noun" else self.verb + 1

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of the sentence, in lower case."""
        return tuple(word.text for word in self.words)


class VerbCues(PledgeSentence):
    """Looks for commitments in the words of one sentence whose cue stands before what is committed."""

    def __iter__(self) -> Iterator[Cue]:
        at, first = 0, lexicon("pledge_cues").first
        while at < len(self.words):
            found = list(self.at(at)) if self.texts[at] in first else []
            yield from found
            at = max([at + 1, *(cue.stop for cue in found)]) if found else at + 1

    # ------------------------------------------------------------ cues

    def at(self, at: int) -> Iterator[Cue]:
        """The commitment whose cue begins at a place, with those that "and" adds to it."""
        for phrase in lexicon("pledge_cues").first.get(self.texts[at], ()):
            end = phrase.match(self.texts, at)
            if end is None or not self.stands(phrase.row, at):
                continue
            cue = getattr(self, phrase.row["shape"])(phrase.row, at, end)
            if cue and (
                cue.act["type"] == "threat" or (cue.act["type"] == "talk" and phrase.row["strong"] != "yes")
            ):
                return
            if cue and not self.asks(cue):
                yield cue
                yield from self.added(cue)
                return

    def asks(self, cue: Cue) -> bool:
        """Whether the clause is a question, a threat, or itself the condition of another."""
        if self.texts[cue.stop : cue.stop + 1] == ("?",):
            return True
        for place in range(cue.at - 1, -1, -1):
            if self.texts[place] in MARKS | {","}:
                return False
            if self.texts[place] in CONDITIONAL | THREATS:
                return True
        return False

    def stands(self, row: Row, at: int) -> bool:
        """Whether the cue's word is used as the cue means it: said of somebody, and not asked for."""
        text, before = self.texts[at], self.texts[self.before(at)] if self.before(at) >= 0 else ""
        if not row["pattern"].startswith("~"):
            asked = DEMANDING & set(self.texts[max(0, at - 3) : at])
            as_verb = text in NOUNS and before in ASKING | MODALS
            return before not in ("no", "any", "without") and not asked and not as_verb
        if row["outcome"] and set(self.texts[max(0, at - 2) : at]) & REFUSING:
            return True  # "failed to keep its promise"
        if text in RULING and NEGATING & set(self.texts[max(0, at - 3) : at]):
            return False  # "would not rule out sending"
        if "base" in self.forms_of(row, text) and before in ASKING | MODALS:
            return False
        if row["shape"] == "obj" and (before in ARTICLES or before == "'s" or self.owned(at)):
            return False
        return not ("base" in self.forms_of(row, text) and text not in self.pasts(row) and self.is_noun(at))

    def is_noun(self, at: int) -> bool:
        """Whether an article, a preposition or an owner makes the word a noun."""
        return at > 0 and (self.texts[at - 1] in ARTICLES | PREPOSITIONS | {"'s"} or self.owned(at))

    def owned(self, at: int) -> bool:
        """Whether it is somebody's ("Ostrava's pledge")."""
        mention = self.words[at - 1].mention if at else None
        return mention is not None and mention.possessive

    def forms_of(self, row: Row, text: str) -> set[str]:
        """Which forms of the cue's verb a word can be."""
        verbs = row["pattern"].split()[0][1:].split("|")
        return {name for verb in verbs for name, form in forms(verb)._asdict().items() if form == text}

    def pasts(self, row: Row) -> set[str]:
        """The past forms of the verbs of a row."""
        return {forms(verb).past for verb in row["pattern"].split()[0][1:].split("|")}

    def before(self, at: int) -> int:
        """The place before, adverbs passed over."""
        at -= 1
        while at >= 0 and is_adverb(self.texts[at]):
            at -= 1
        return at

    # ------------------------------------------------------------ shapes

    def inf(self, row: Row, at: int, end: int) -> Cue | None:
        """ "pledged to raise": the commitment is the infinitive."""
        if self.amounts_between(at, end) or (
            row["strong"] == "yes" and AUXILIARIES & set(self.texts[at:end])
        ):
            return None
        if row["pattern"].startswith("~") and row["strong"] == "deed" and self.interrupted(at + 1, end - 1):
            return None
        verb = self.past_adverbs(end)
        act = self.act(verb, "base", row["strong"] != "no") or self.act(verb, "gerund", False)
        return self.cue(row, at, end, verb, act, end - 1) if act else None

    def interrupted(self, start: int, end: int) -> bool:
        """Whether another verb stands between two places: "agreed on Monday and seemed to think"."""
        return any(is_verb(self.words, place) for place in range(start, end))

    def ger(self, row: Row, at: int, end: int) -> Cue | None:
        """ "considering sending": the commitment is the gerund."""
        verb = self.past_adverbs(end)
        act = self.act(verb, "gerund", False)
        return self.cue(row, at, end, verb, act, verb) if act else None

    def fin(self, row: Row, at: int, end: int) -> Cue | None:
        """ "Ostrava will send": the commitment is the clause, its subject included."""
        verb = end
        while verb < len(self.words) and (is_adverb(self.texts[verb]) or self.texts[verb] in NEGATING):
            verb += 1
        act = self.act(verb, "base", False)
        if self.texts[at] == "would" and self.assured(at):
            row = {**row, "stage": "announced"}
        return self.cue(row, at, end, verb, act, at) if act else None

    def assured(self, at: int) -> bool:
        """Whether the nearest verb before a place, in the same clause, gives a promise ("repeated that it would")."""
        for place in range(at - 1, max(-1, at - REACH), -1):
            if self.texts[place] in MARKS | {","}:
                return False
            if is_verb(self.words, place) or self.texts[place] in ASSURING:
                return self.texts[place] in ASSURING
        return False

    def obj(self, row: Row, at: int, end: int) -> Cue | None:
        """ "announced £5bn": the commitment is the verb or noun with its object."""
        stop = self.stop(end, at)
        stop = next((p for p in range(end, stop - 1) if self.texts[p : p + 2] == ("to", "be")), stop)
        reach = self.object_end(end, stop)
        every = [thing for _, thing in things_in(self.texts, end, reach)]
        named = [thing for thing in every if row["strong"] == "yes" or given(thing)]
        if any(self.texts[p] in ENDED and not self.inside(self.words[p]) for p in range(end, reach)):
            return None
        if not named and not self.amounts_between(at, reach, self.counts if row["strong"] != "no" else ()):
            return None
        if row["stage"] in ("delivered", "suspended") and not OF_A_PROMISE & set(self.texts[end:stop]):
            return None
        start = at - 1 if at and self.texts[at - 1] in ("has", "have", "had") else at
        passive = row["pattern"].startswith("~") and is_passive_form(self.words, at)
        return self.cue(row, at, end, at, ANY_VERB, start)._replace(stop=stop, passive=passive)

    def cue(self, row: Row, at: int, end: int, verb: int, act: Row, start: int) -> Cue:
        """The commitment, with where its clause ends and whether it is denied."""
        stop = self.stop(verb + 1, at)
        if not row["pattern"].startswith("~") and self.texts[at] in NOUNS:
            stop = self.taken_up(verb + 1, stop)
        return Cue(self.words, row, at, end, verb, act, start, stop, self.negated(at, verb))

    def taken_up(self, start: int, stop: int) -> int:
        """Where the verb of which a noun is the subject ends what it stands for: "its promise to pay is worth little"."""
        for place in range(start, stop):
            if self.texts[place] in RELATIVE:
                return stop
            if self.texts[place] in AUXILIARIES:
                return place
        return stop

    def added(self, cue: Cue) -> Iterator[Cue]:
        """What "and" adds after the commitment: "to cut spending and raise taxes" is two."""
        while cue.row["shape"] in ("inf", "fin") and cue.stop + 1 < len(self.words):
            after = cue.stop + (self.texts[cue.stop] == ",")
            if self.texts[after] not in ADDING:
                return
            verb = self.past_adverbs(after + 1)
            act = self.added_act(verb)
            if act is None:
                return
            cue = cue._replace(verb=verb, act=act, start=verb, stop=self.stop(verb + 1, verb))
            yield cue


def is_passive_form(words: Sequence[Word], at: int) -> bool:
    """Whether the cue's verb is a passive; "is promised" counts though the verb's table may not know the verb."""
    place = at - 1
    while place >= 0 and is_adverb(words[place].text):
        place -= 1
    return is_passive(words, at, 0) or (
        place >= 0
        and words[place].text in ("is", "are", "was", "were", "be", "been", "being")
        and words[at].text.endswith("ed")
    )

"""Where a commitment is stated: a cue ("pledged to", "is expected to", "will") and what is committed after it.

The cues, the verbs of doing, giving, spending or cutting, and the things that can be promised stand in three
tables: `data/pledge_cues.csv`, `data/pledge_verbs.csv` and `data/pledge_things.csv`. A cue is strong where its
own word is a commitment ("pledged to"), so that any verb may follow; after the others only a verb of the table
counts, with something of the table as its object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from detente.language.analysis import Sentence, Span
from detente.language.cues import cue_forms
from detente.reading.amounts import find_amounts
from detente.reading.clauses import STOPS, has_subject_and_verb
from detente.reading.currencies import is_money
from detente.reading.dates import find_dates
from detente.reading.function_words import ADDING, ARTICLES, AUXILIARIES, PREPOSITIONS
from detente.reading.page import Page
from detente.reading.phrases import Lexicon, forms, lexicon, table
from detente.reading.row import Word, span_of, words_of
from detente.reading.verbs import is_adverb, is_passive, is_verb, known_verbs, verb_forms

Row = Mapping[str, str]

ANY_VERB: Row = {"pattern": "", "type": "", "needs": ""}
# Cues that are nouns; after "to" or "will" the same words are verbs.
NOUNS = frozenset(
    [
        "commitment",
        "commitments",
        "pledge",
        "pledges",
        "promise",
        "promises",
        "undertaking",
        "vow",
        "offer",
        "offers",
        "deal",
        "agreement",
        "pact",
        "accord",
        "proposal",
        "idea",
        "plan",
        "plans",
        "invite",
        "invitation",
    ]
)
# The clause of a commitment ends where one of these begins another.
ENDING = frozenset(
    [
        "because",
        "although",
        "though",
        "while",
        "whereas",
        "if",
        "unless",
        "when",
        "whenever",
        "who",
        "whom",
        "whose",
        "which",
        "where",
        "as",
        "but",
        "amid",
        "despite",
        "following",
        "provided",
        "lest",
        "once",
        "so",
        "until",
        "before",
        "after",
        "since",
    ]
)
MARKS = frozenset(";:()[]—–…") | STOPS
NEGATING = frozenset(["not", "never", "neither", "nor"])
REFUSING = frozenset(
    ["refused", "refuses", "refuse", "declined", "declines", "failed", "fails", "unwilling", "reluctant"]
)
# Before a bare verb these ask for a commitment and make none.
DEMANDING = frozenset(["must", "should", "ought", "need", "needs"])
ASKING = frozenset(["to", "must", "should", "can", "cannot", "let", "need", "ought", "please"])
THREATS = frozenset(["threat", "threats", "threatened", "threatens", "threatening", "threaten"])
# "announced a suspension of aid": the end of a commitment, and no other.
ENDED = frozenset(
    ["suspension", "halt", "withdrawal", "freeze", "reduction", "end", "cancellation", "cut", "cuts"]
)
CONDITIONAL = frozenset(["if", "unless", "whether"])
MODALS = frozenset(["will", "would", "shall", "could", "may", "might"])
OF_A_PROMISE = frozenset(["promised", "pledged", "tranche", "instalment", "installment", "batch", "agreed"])
REACH = 10  # words after a verb in which its object must name something of the table
FINANCED = frozenset(["paid", "funded", "financed", "backed", "secured", "covered"])


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
    def texts(self) -> tuple[str, ...]:
        """The words of the sentence, in lower case."""
        return tuple(word.text for word in self.words)


@cache
def things() -> Lexicon:
    """What can be promised."""
    return Lexicon({**row, "pattern": row["noun"]} for row in table("pledge_things"))


def things_in(texts: Sequence[str], start: int, end: int) -> list[tuple[int, Row]]:
    """The things named between two places, the longest name at each."""
    found, at = [], start
    while at < end:
        hit = things().at(texts[:end], at)
        if hit:
            found.append((at, hit[0].row))
        at = hit[1] if hit else at + 1
    return found


def find_cues(page: Page, sentence: Sentence) -> Iterator[Cue]:
    """The commitments that a sentence states, in order; a question states none."""
    words = words_of(page, sentence)
    if not words or page.text[: sentence.span.end].rstrip("’”'\" ").endswith("?"):
        return
    finder = _Finder(page, words)
    at = 0
    while at < len(words):
        found = list(finder.at(at))
        yield from found
        at = max([at + 1, *(cue.stop for cue in found)])


class _Finder:
    """Looks for commitments in the words of one sentence."""

    def __init__(self, page: Page, words: tuple[Word, ...]) -> None:
        self.page, self.words = page, words
        self.texts = tuple(word.text for word in words)
        start, end = words[0].start, words[-1].end
        found = find_amounts(page.text, start, end)
        self.amounts = [one.span for one in found]
        self.sums = [
            one.span for one in found if is_money(one.amount.unit) or one.amount.unit.startswith("PCT")
        ]
        dates = find_dates(page.text, None, start, end)
        self.dates = [found.span for found in dates]

    # ------------------------------------------------------------ cues

    def at(self, at: int) -> Iterator[Cue]:
        """The commitment whose cue begins at a place, with those that "and" adds to it."""
        for phrase in lexicon("pledge_cues").first.get(self.texts[at], ()):
            end = phrase.match(self.texts, at)
            if end is None or not self.stands(phrase.row, at):
                continue
            cue = getattr(self, phrase.row["shape"])(phrase.row, at, end)
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
        if "base" in self.forms_of(row, text) and before in ASKING | MODALS:
            return False
        if row["shape"] == "obj" and (before in ARTICLES or before == "'s" or self.owned(at)):
            return False
        return not ("base" in self.forms_of(row, text) and text not in self.pasts(row) and self.is_noun(at))

    def is_noun(self, at: int) -> bool:
        return self.texts[at - 1] in ARTICLES | PREPOSITIONS if at else False

    def owned(self, at: int) -> bool:
        mention = self.words[at - 1].mention if at else None
        return mention is not None and mention.possessive

    def forms_of(self, row: Row, text: str) -> set[str]:
        """Which forms of the cue's verb a word can be."""
        verbs = row["pattern"].split()[0][1:].split("|")
        return {name for verb in verbs for name, form in forms(verb)._asdict().items() if form == text}

    def pasts(self, row: Row) -> set[str]:
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
        if self.amounts_between(at, end):
            return None
        verb = self.past_adverbs(end)
        act = self.act(verb, "base", row["strong"] == "yes") or self.act(verb, "gerund", False)
        return self.cue(row, at, end, verb, act, end - 1) if act else None

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
        return self.cue(row, at, end, verb, act, at) if act else None

    def obj(self, row: Row, at: int, end: int) -> Cue | None:
        """ "announced £5bn": the commitment is the verb or noun with its object."""
        stop = self.stop(end, at)
        stop = next((p for p in range(end, stop - 1) if self.texts[p : p + 2] == ("to", "be")), stop)
        reach = self.object_end(end, stop)
        every = [thing for _, thing in things_in(self.texts, end, reach)]
        named = [thing for thing in every if row["strong"] == "yes" or given(thing)]
        if ENDED & set(self.texts[end:reach]):
            return None
        if not named and not self.amounts_between(at, reach):
            return None
        if row["stage"] == "delivered" and not OF_A_PROMISE & set(self.texts[end:reach]):
            return None
        start = at - 1 if at and self.texts[at - 1] in ("has", "have", "had") else at
        passive = row["pattern"].startswith("~") and is_passive_form(self.words, at)
        return self.cue(row, at, end, at, ANY_VERB, start)._replace(stop=stop, passive=passive)

    def cue(self, row: Row, at: int, end: int, verb: int, act: Row, start: int) -> Cue:
        return Cue(
            self.words, row, at, end, verb, act, start, self.stop(verb + 1, at), self.negated(at, verb)
        )

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

    # ------------------------------------------------------------ verbs and objects

    def past_adverbs(self, at: int) -> int:
        while at < len(self.words) and is_adverb(self.texts[at]):
            at += 1
        return at

    def act(self, verb: int, form: str, strong: bool) -> Row | None:
        """The row of the verb of doing at a place, if it stands in this form and has the object it needs."""
        if verb >= len(self.words):
            return None
        text = self.texts[verb]
        for phrase in lexicon("pledge_verbs").first.get(text, ()):
            verbs = phrase.row["pattern"].split()[0][1:].split("|")
            end = phrase.match(self.texts, verb)
            if end is None or text not in {getattr(forms(v), form) for v in verbs}:
                continue
            if strong or self.has(
                phrase.row["needs"], end if phrase.row["needs"] == "actor" else verb + 1, verb
            ):
                return phrase.row
        return ANY_VERB if strong and form == "base" and text in known_verbs() else None

    def added_act(self, verb: int) -> Row | None:
        """The row of a verb that "and" adds; before a preposition the word is a noun ("training and support for")."""
        after = self.texts[verb + 1] if verb + 1 < len(self.words) else ","
        return None if after in PREPOSITIONS | ADDING | MARKS | {","} else self.act(verb, "base", False)

    def has(self, needs: str, after: int, verb: int) -> bool:
        """Whether the object of a verb names what its row needs."""
        reach = self.object_end(after, self.stop(after, verb))
        match needs:
            case "thing":
                return bool(things_in(self.texts, after, reach)) or self.amounts_between(verb, reach)
            case "amount":
                return self.amounts_between(verb, reach)
            case "actor":
                return any(word.mention and word.mention.actor for word in self.words[after : after + 3])
            case "coalition":
                return bool({"coalition", "force", "mission", "alliance"} & set(self.texts[after:reach]))
            case _:
                return True

    def object_end(self, start: int, stop: int) -> int:
        """How far the object of a verb goes: up to another verb, "to" or "that", and no further than `REACH`."""
        for at in range(start, min(stop, start + REACH)):
            text = self.texts[at]
            ahead = at + 1 < stop and "base" in verb_forms().get(self.texts[at + 1], ())
            if text == "that" or (text == "to" and ahead) or text in AUXILIARIES:
                return at
        return min(stop, start + REACH)

    def amounts_between(self, at: int, end: int) -> bool:
        first, last = self.words[at].end, self.words[max(at, end - 1)].end
        return any(first <= span.start < last for span in self.sums)

    def negated(self, at: int, verb: int) -> bool:
        """Whether the words from the cue's auxiliaries to the verb say that it is not done."""
        first = at
        while first > 0 and at - first < 4 and self.words[first - 1].mention is None:
            if self.texts[first - 1] in MARKS | {",", "that"} | ADDING:
                break
            first -= 1
        group = self.texts[first:verb]
        return bool((NEGATING | REFUSING) & set(group)) or ("no", "longer") in pairwise(group)

    # ------------------------------------------------------------ the end of the clause

    def stop(self, start: int, at: int) -> int:
        """One past the last word of the clause that goes on at `start`, its cue at `at`."""
        limit = self.quoted_until(at)
        for place in range(start, len(self.words)):
            word = self.words[place]
            if word.start >= limit or (not self.inside(word) and self.ends(place)):
                return place
        return len(self.words)

    def quoted_until(self, at: int) -> int:
        """Where the quotation that holds the cue closes, else the end of the text."""
        where = self.words[at].start
        parts = [p for q in self.page.analysis.quotations if q.depth == 0 for p in q.spans]
        return min(
            (part.end for part in parts if part.start <= where < part.end), default=len(self.page.text)
        )

    def inside(self, word: Word) -> bool:
        """Whether a word or mark is part of an amount or a time ("£2.26bn", "after 2027")."""
        return any(span.holds((word.start, word.end)) for span in (*self.amounts, *self.dates))

    def ends(self, at: int) -> bool:
        """Whether the clause ends before the word at `at`."""
        text = self.texts[at]
        if text in MARKS:
            return True
        if text in ENDING:
            return self.texts[at : at + 3] != ("as", "well", "as")
        if (
            text in FINANCED
            and self.texts[at + 1 : at + 2]
            and self.texts[at + 1] in ("by", "for", "from", "with", "through", "against")
        ):
            return True
        if text == "with":
            return self.with_doing(at)
        if text == ",":
            return self.comma_ends(at + 1)
        return text in ADDING and self.goes_on(at + 1)

    def comma_ends(self, at: int) -> bool:
        if at >= len(self.words):
            return True
        if self.texts[at] in ADDING | {"then"}:
            return self.goes_on(at + 1)
        return (
            self.is_gerund(at) or has_subject_and_verb(self.words, at) or self.says(at) or self.attributes(at)
        )

    def attributes(self, at: int) -> bool:
        """Whether who said it follows, up to the next mark: ", finance minister Tomas Reyl said"."""
        for place in range(at, min(at + REACH, len(self.words))):
            if self.texts[place] in MARKS | {","}:
                return False
            form = cue_forms().get(self.texts[place])
            if form and form.cue.speech and {"past", "s"} & form.inflection and place > at:
                return True
        return False

    def is_gerund(self, at: int) -> bool:
        """Whether a participle opens another clause; before "and" or a comma it is a noun ("training and aid")."""
        text = self.texts[at]
        known = "gerund" in verb_forms().get(text, ()) or (text.endswith("ing") and len(text) > 5)
        return known and at + 1 < len(self.words) and self.texts[at + 1] not in ADDING | {",", "."}

    def says(self, at: int) -> bool:
        """Whether "said Ms Velkova" follows."""
        forms_here = verb_forms().get(self.texts[at], frozenset())
        return (
            "past" in forms_here and at + 1 < len(self.words) and self.words[at + 1].text not in PREPOSITIONS
        )

    def goes_on(self, at: int) -> bool:
        """Whether a verb or a new subject follows a conjunction."""
        at = self.past_adverbs(at)
        while at < len(self.words) and self.texts[at] in ("then", "also"):
            at += 1
        if at >= len(self.words):
            return False
        forms_here = verb_forms().get(self.texts[at], frozenset())
        return (
            self.texts[at] in AUXILIARIES
            or (self.words[at].mention is None and self.added_act(at) is not None)
            or ("past" in forms_here and is_verb(self.words, at))
            or has_subject_and_verb(self.words, at)
        )

    def with_doing(self, at: int) -> bool:
        """Whether "with Ms Velkova urging …" follows."""
        place = at + 1
        while (
            place < len(self.words)
            and place < at + 6
            and (self.words[place].mention or self.texts[place][:1].isalpha())
        ):
            if place > at + 1 and self.words[place - 1].mention and self.is_gerund(place):
                return True
            place += 1
        return False


def given(thing: Row) -> bool:
    """Whether a thing is given or paid: to announce or sign it is a commitment, as to announce a law is not."""
    return thing["type"] not in ("policy", "guarantee") or thing["noun"].startswith(
        ("guarantee", "security guarantee", "backstop")
    )


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

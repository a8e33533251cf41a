"""The words of one sentence as the reader of pledges sees them: verbs of doing, their objects, the end of a clause.

The verbs of doing, giving, spending or cutting, and the things that can be promised stand in two tables:
`data/pledge_verbs.csv` and `data/pledge_things.csv`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise

from detente.language.analysis import Span
from detente.language.cues import cue_forms
from detente.reading.amounts import Found, find_amounts
from detente.reading.clauses import STOPS, has_subject_and_verb
from detente.reading.currencies import is_money
from detente.reading.dates import find_dates
from detente.reading.function_words import ADDING, AUXILIARIES, PREPOSITIONS
from detente.reading.page import Page
from detente.reading.phrases import Lexicon, forms, lexicon, table
from detente.reading.row import Word
from detente.reading.verbs import is_adverb, is_verb, known_verbs, verb_forms

Row = Mapping[str, str]
ANY_VERB: Row = {"pattern": "", "type": "", "needs": ""}
# An "only" before these belongs to what they begin.
CONDITIONING = (("if",), ("when",), ("once",), ("after",))
# The clause of a commitment ends where one of these begins another.
ENDING = frozenset(
    ["because", "although", "though", "while", "whereas", "if", "unless", "when", "whenever", "who", "whom",
     "whose", "which", "where", "as", "but", "amid", "despite", "following", "provided", "lest", "once",
     "so", "until", "before", "after", "since"]
)  # fmt: skip
MARKS = frozenset(";:()[]—–…") | STOPS
NEGATING = frozenset(["not", "never", "neither", "nor"])
REFUSING = frozenset(
    ["refused", "refuses", "refuse", "refusing", "declined", "declines", "decline", "failed", "fails", "unwilling",
     "reluctant", "ruled", "rules", "ruling"]
)  # fmt: skip
# What is denied is said not to be promised.
DENYING = frozenset(["deny", "denies", "denied", "denying"])
REACH = 10  # words after a verb in which its object must name something of the table
FINANCED = frozenset(["paid", "funded", "financed", "backed", "secured", "covered"])


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


def given(thing: Row) -> bool:
    """Whether a thing is given or paid: to announce or sign it is a commitment, as to announce a law is not."""
    return thing["type"] not in ("", "policy", "guarantee") or thing["noun"].startswith(
        ("guarantee", "security guarantee", "backstop")
    )


class PledgeSentence:
    """The words of one sentence, with its amounts and times."""

    def __init__(self, page: Page, words: tuple[Word, ...]) -> None:
        self.page, self.words = page, words
        self.texts = tuple(word.text for word in words)

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """The amounts of the sentence."""
        return find_amounts(self.page.text, self.words[0].start, self.words[-1].end)

    @cached_property
    def sums(self) -> list[Span]:
        """Where its sums of money and its shares stand."""
        units = ((one.span, one.amount.unit) for one in self.found)
        return [span for span, unit in units if is_money(unit) or unit.startswith("PCT")]

    @cached_property
    def counts(self) -> list[Span]:
        """Where its counts of things stand."""
        return [one.span for one in self.found if one.amount.unit.startswith("count:")]

    @cached_property
    def taken_in(self) -> list[Span]:
        """Where its amounts and times stand."""
        dates = find_dates(self.page.text, None, self.words[0].start, self.words[-1].end)
        return [*(one.span for one in self.found), *(one.span for one in dates)]

    # ------------------------------------------------------------ verbs and objects

    def past_adverbs(self, at: int) -> int:
        """The first place from one on that is no adverb."""
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
            needs = phrase.row["needs"]
            if (strong and needs != "theirs") or self.has(
                needs, end if needs in ("actor", "theirs") else verb + 1, verb
            ):
                return phrase.row
        known = text in known_verbs() or self.words[verb].tag in ("VERB", "AUX")
        return ANY_VERB if strong and form == "base" and known else None

    def added_act(self, verb: int) -> Row | None:
        """The row of a verb that "and" adds; before a preposition the word is a noun ("training and support for")."""
        after = self.texts[verb + 1] if verb + 1 < len(self.words) else ","
        row = None if after in PREPOSITIONS | ADDING | MARKS | {","} else self.act(verb, "base", False)
        return row if row is None or row["type"] != "talk" else None

    def has(self, needs: str, after: int, verb: int) -> bool:
        """Whether the object of a verb names what its row needs."""
        reach = self.object_end(after, self.stop(after, verb))
        match needs:
            case "thing":
                return bool(things_in(self.texts, after, reach)) or self.amounts_between(
                    verb, reach, self.counts
                )
            case "amount":
                return self.amounts_between(verb, reach)
            case "actor":
                return any(word.mention and word.mention.actor for word in self.words[after : after + 3])
            case "theirs":
                return any(
                    word.mention and word.mention.kind != "pronoun" for word in self.words[after : after + 2]
                )
            case "coalition":
                return bool({"coalition", "force", "mission", "alliance"} & set(self.texts[after:reach]))
            case _:
                return True

    def object_end(self, start: int, stop: int) -> int:
        """How far the object of a verb goes: up to another verb, "to" or "that", and no further than `REACH`."""
        for at in range(start, min(stop, start + REACH)):
            text = self.texts[at]
            ahead = at + 1 < stop and {"base", "gerund"} & verb_forms().get(self.texts[at + 1], frozenset())
            if text == "that" or (text == "to" and ahead) or text in AUXILIARIES:
                return at
        return min(stop, start + REACH)

    def amounts_between(self, at: int, end: int, also: Sequence[Span] = ()) -> bool:
        """Whether a sum of money or a share, or one of some other amounts, stands between two places."""
        first, last = self.words[at].end, self.words[max(at, end - 1)].end
        return any(first <= span.start < last for span in (*self.sums, *also))

    def negated(self, at: int, verb: int) -> bool:
        """Whether the words from the cue's auxiliaries to the verb say that it is not done."""
        first = at
        while first > 0 and at - first < 4 and self.words[first - 1].mention is None:
            if self.texts[first - 1] in MARKS | {",", "that"} | ADDING:
                break
            first -= 1
        group = self.texts[first:verb]
        if self.denied_subject(first):
            return True
        denied = (
            self.texts[max(0, first - 1) : first] == ("that",) and self.texts[max(0, first - 2)] in DENYING
        )
        return denied or bool((NEGATING | REFUSING) & set(group)) or ("no", "longer") in pairwise(group)

    def denied_subject(self, at: int) -> bool:
        """Whether the subject before a place is nobody: "neither Ostrava nor Keld", "nobody in Ostrava", "no state"."""
        first = at
        while first > 0 and at - first < REACH and self.texts[first - 1] not in MARKS | {",", "that"}:
            if is_verb(self.words, first - 1):
                break
            first -= 1
        return self.texts[first : first + 1] in (("neither",), ("none",), ("nobody",), ("no",))

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
        return any(span.holds((word.start, word.end)) for span in self.taken_in)

    def ends(self, at: int) -> bool:
        """Whether the clause ends before the word at `at`."""
        text = self.texts[at]
        if text in MARKS:
            return True
        if (
            text == "only" and self.texts[at + 1 : at + 2] in CONDITIONING
        ):  # "would sign | only if Keld signs"
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
        """Whether another clause begins after a comma, at a place."""
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
        cue = cue_forms().get(self.texts[at])
        return (
            self.texts[at] in AUXILIARIES
            or (cue is not None and cue.cue.speech and "past" in cue.inflection)
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

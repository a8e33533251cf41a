"""Positions: where an actor stands on a proposition that others could oppose.

They come from statements, and from what the outlet tells of an actor's stance ("Ostrava opposes …"). The words
that show a stance stand in `data/stances.csv`, with where the issue is found: the clause of a duty ("must …"), the
object of a verb ("support …"; "welcome …" where it is a matter and no guest), the verb with it ("trust …"), what
stands within the phrase ("described … as vital") or before it ("… is vital"). The issue keeps
the article's words and is affirmative: a negation turns the stance instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from detente.language.analysis import Span
from detente.language.cues import cue_forms
from detente.reading.clauses import Clause, clauses_of, noun_phrase
from detente.reading.conditions import Stated, condition_after
from detente.reading.dates import find_dates
from detente.reading.factuality import Factual, of_verb
from detente.reading.function_words import ARTICLES, AUXILIARIES, BE, PREPOSITIONS
from detente.reading.page import Page
from detente.reading.participants import RELATIVE, actors_after, subject
from detente.reading.phrases import Phrase, forms, lexicon
from detente.reading.row import Word, is_mark, span_of
from detente.reading.shifts import shifted, told_of
from detente.reading.verbs import back, group_start, is_passive, is_verb, known_verbs
from detente.reading.wording import affirmed, names_matter, proposition, says_something
from detente.records import ActorRef, Position, Stance, Statement, record_id

NO_MATTER = frozenset(("neither", "no", "none", "nothing", "nobody"))
TURNED: dict[Stance, Stance] = {"support": "oppose", "oppose": "support", "ambiguous": "ambiguous"}
SPEAKERS = frozenset(("i", "we"))
# The forms in which the stance is that of the words' own subject, and not of whoever speaks them.
OWN = frozenset(("object", "leaning", "yielding", "verb", "matter", "inside", "actor"))
# Whoever says these words would go along, and so may be told to do so on a condition; the second, on nothing else.
LEANING = ("leaning", "yielding")
# The forms whose verb may stand in the passive.
UNDERGONE = frozenset(("object", "matter"))
NEGATIVE = NO_MATTER | frozenset(("not", "never", "nor"))
ASKED = frozenset(form for verb in ("ask", "press", "question", "wonder", "quiz") for form in forms(verb))
CLOSING = frozenset(";:.!?")
MONEY = frozenset("£$€¥")
WAITING = frozenset(("will", "would", "can", "could"))


class Found(NamedTuple):
    """A stance in one place of the text."""

    actor: ActorRef
    stance: Stance
    issue: str
    span: Span
    condition: Stated | None
    statement: Statement | None
    hearsay: bool
    reason: str
    when: int
    planned: bool


def read(page: Page) -> list[Position]:
    """The positions that an article tells, in the order of the text.

    Args:
        page: the article's page, its statements read.

    Returns:
        One record for each actor, issue and stance; said again in the same words, it has more evidence.
    """
    told: dict[tuple[str, str, str], list[Found]] = {}
    for sentence in page.analysis.sentences:
        for found in in_sentence(page, clauses_of(page, sentence)):
            told.setdefault((found.actor.id, found.issue.lower(), found.stance), []).append(found)
    records = [record(page, several) for several in told.values()]
    when = {position.id: several[0].when for position, several in zip(records, told.values(), strict=True)}
    return shifted(sorted(records, key=lambda p: p.core[0].start), when)


def in_sentence(page: Page, clauses: Sequence[Clause]) -> Iterator[Found]:
    """The stances of a sentence: at most one a clause, and none in words that are the issue of an earlier one."""
    done = 0
    for number, clause in enumerate(clauses):
        if clause.first < done or asks(clause):
            continue
        told = next(
            filter(None, (of_phrase(page, clauses, number, at) for at in range(clause.first, clause.last))),
            None,
        )
        shown = told or waiting(page, clause)
        if shown is not None and shown.issue:
            done = shown.last
            yield from found(page, clause, shown)


def asks(clause: Clause) -> bool:
    """Whether the clause ends a question."""
    return clause.words[clause.last - 1].text == "?"


# ---------------------------------------------------------------- what a clause shows


class Shown(NamedTuple):
    """A stance as a clause shows it: whose, its issue, and the range of words that show it."""

    actors: tuple[ActorRef, ...]
    stance: Stance
    issue: str
    first: int
    last: int
    hearsay: bool = False
    reason: str = ""
    planned: bool = False
    form: str = ""


def of_phrase(page: Page, clauses: Sequence[Clause], number: int, at: int) -> Shown | None:
    """The stance of the phrase that begins at a place, or `None` where none does or it is not told whose it is."""
    hit = lexicon("stances").at(clauses[number].texts, at)
    if hit is None:
        return None
    phrase, end = hit
    clause = spoken(page, clauses[number], at)
    if in_question(clause, at):
        return None
    if not is_shown(clause, at, phrase, end):
        return None
    factual = of_verb(page, clause, at)
    form = phrase.row["form"]
    if form in UNDERGONE and is_verbal(phrase) and is_passive(clause.words, at, clause.first):
        return undergone(page, clause, at, end, phrase, factual)
    first, last = issue_range(clause, clauses[number + 1 :], at, end, form)
    last = before_condition(page, clause, first, last) if form in OWN else last
    issue: Sequence[Word] = clause.words[first:last]
    if not is_issue(issue, form) or (form in OWN and not is_held(clause, at, factual)):
        return None
    negated = factual.factuality == "negated" or (form == "duty" and clause.texts[end : end + 1] == ("not",))
    stance = as_stance(phrase.row["stance"])
    if negated and form in ("duty", "before"):
        issue = affirmed(issue, group_start(clause.words, at, first) - first, end + 1 - first)
    words = proposition(page.text, issue)
    return Shown(
        actors=holders(page, clause, at, phrase),
        stance=TURNED[stance] if negated else stance,
        issue=f"{base(clause.words[at].text)} {words}" if form == "verb" else words,
        first=at if form in OWN else clause.first,
        last=max(last, end),
        hearsay=factual.hearsay,
        reason=f"“{' '.join(clause.texts[at:end])}”" + (", negated" if negated else ""),
        planned=form in OWN and factual.factuality == "planned",
        form=form,
    )


def undergone(
    page: Page, clause: Clause, at: int, end: int, phrase: Phrase, factual: Factual
) -> Shown | None:
    """The stance that a passive tells: of whom "by" names, on what stands before it ("the plan was rejected by Marland")."""
    named = (
        actors_after(clause.words, end + 1, clause.last) if clause.texts[end : end + 1] == ("by",) else None
    )
    issue = noun_phrase(clause, at)
    whole = not any(
        is_verb(clause.words, k) and clause.texts[k] not in AUXILIARIES for k in range(clause.first, at)
    )
    if named is None or factual.factuality != "actual" or not (whole and is_issue(issue, phrase.row["form"])):
        return None
    return Shown(
        actors=tuple(dict.fromkeys(m.actor for m in named.mentions if m.actor is not None)),
        stance=as_stance(phrase.row["stance"]),
        issue=proposition(page.text, issue),
        first=clause.first,
        last=named.last,
        hearsay=factual.hearsay,
        reason=f"“{' '.join(clause.texts[at : end + 1])}”",
    )


def in_question(clause: Clause, at: int) -> bool:
    """Whether words stand in a question that somebody else put: "asked if he would trust Marland"."""
    for place in range(at - 1, 0, -1):
        if is_mark(clause.words[place]):
            return False
        if clause.texts[place] in ("if", "whether"):
            return clause.texts[place] == "whether" or clause.texts[place - 1] in ASKED
    return False


def is_verbal(phrase: Phrase) -> bool:
    """Whether the phrase begins with a verb in any of its forms."""
    return phrase.row["pattern"].startswith("~")


def is_shown(clause: Clause, at: int, phrase: Phrase, end: int) -> bool:
    """Whether the words show the stance of the phrase: its verb is one here, and its object follows at once."""
    form = phrase.row["form"]
    if form == "none" or (is_verbal(phrase) and not is_verb(clause.words, at)):
        return False
    if form == "duty":  # "the need to" is a noun, and a duty that says not to do what is none
        noun = at > 0 and clause.texts[at - 1] in ARTICLES | PREPOSITIONS | {"'s"}
        return not (noun or all(is_mark(word) for word in clause.words[end : clause.last]))
    opened = end < clause.last and (
        (is_mark(clause.words[end]) and clause.texts[end] not in MONEY) or clause.texts[end] in BE
    )  # "what they are asking for is": no object
    return form not in OWN - {"inside"} or not opened


def is_issue(words: Sequence[Word], form: str) -> bool:
    """Whether words name an issue: no guest who is welcomed, somebody where one is sided with, and not "neither"."""
    if words and words[0].text in NO_MATTER:
        return False
    named = bool(actors_after(words, 0, len(words)).mentions)
    return says_something(words) and not (named and form == "matter") and (named or form != "actor")


def as_stance(name: str) -> Stance:
    """A stance of the table as a category."""
    return next(stance for stance in TURNED.values() if stance == name)


@cache
def base(form: str) -> str:
    """The base of a verb of the table, from one of its forms."""
    return next((verb for verb in sorted(known_verbs()) if form in forms(verb)), form)


def is_held(clause: Clause, at: int, factual: Factual) -> bool:
    """Whether a stance is held, and not only possible ("could support") or asked of others ("to support")."""
    group = clause.texts[group_start(clause.words, at, clause.first) : at]
    return not factual.dependent and (factual.factuality != "hypothetical" or "would" in group)


def spoken(page: Page, clause: Clause, at: int) -> Clause:
    """The clause without words that are not part of what is said there ("Velkova said the dam must go")."""
    span = Span(clause.words[at].start, clause.words[at].end)
    said = page.statement_around(span)
    content = (
        next((e for e in said.words("content") if Span(e.start, e.end).holds(span)), None) if said else None
    )
    if content is None:
        return clause
    own = [
        k for k in range(clause.first, clause.last) if content.start <= clause.words[k].start < content.end
    ]
    return clause._replace(first=own[0], last=own[-1] + 1)


def issue_range(clause: Clause, later: Sequence[Clause], at: int, end: int, form: str) -> tuple[int, int]:
    """The range of words that name the issue; a phrase that its clause ends has it in the next one."""
    if form == "before":
        return clause.first, at
    if form == "inside":
        return at + 1, end
    first, last = (clause.first if form in ("duty", "open") else end), clause.last
    relative = later and later[0].texts[later[0].first] in RELATIVE and clause.texts[first] != "to"
    if relative and names_matter(clause.words[last - 1]):
        return first, later[0].last  # "asked for troops who may shoot back"
    onward = later and clause.texts[last - 1] not in CLOSING and not relative  # "asked for time, which"
    if onward and not says_something(clause.words[first:last]):
        return (first if form == "duty" else max(end, later[0].first)), later[0].last
    return first, (later[0].last if later and later[0].texts[later[0].first] == "that" else last)


def before_condition(page: Page, clause: Clause, first: int, last: int) -> int:
    """One past the last word of an issue, without the condition that may follow it: "the toll on condition that"."""
    stated = condition_after(page, clause, first)
    return stated.first if stated is not None and stated.strict and first < stated.first < last else last


def holders(page: Page, clause: Clause, at: int, phrase: Phrase) -> tuple[ActorRef, ...]:
    """Whose stance it is: the speaker's where the speaker's own words show it, else the subject's."""
    word = clause.words[at]
    said = page.statement_around((word.start, word.end))
    before = back(clause.words, group_start(clause.words, at, clause.first))
    stated = tuple(m.actor for m in subject(clause, at).mentions if m.actor is not None)
    if said is None:
        return stated if phrase.row["form"] in OWN else ()
    if said.speaker is None or retold(clause, said):
        return ()
    own = phrase.row["form"] not in OWN or said.speaker in stated
    ours = before >= clause.first and clause.words[before].text in SPEAKERS
    return (said.speaker,) if own or ours or not (stated or is_verbal(phrase)) else ()


def retold(clause: Clause, said: Statement) -> bool:
    """Whether a speaker tells what somebody else said: "“Velkova told him that the dam must go,” Reyl said"."""
    if clause.texts[clause.first : clause.first + 1] != ("that",):
        return False
    spoken_from = min(e.start for e in said.words("content"))
    for place in range(clause.first - 1, -1, -1):
        word = clause.words[place]
        if is_mark(word) or word.start < spoken_from:
            return False
        form = cue_forms().get(word.text)
        if form and form.cue.speech and is_verb(clause.words, place):
            before = back(clause.words, group_start(clause.words, place, 0))
            who = clause.words[before] if before >= 0 else None
            return who is not None and not (
                who.start < spoken_from
                or who.text in SPEAKERS
                or (who.mention is not None and who.mention.actor == said.speaker)
            )
    return False


def waiting(page: Page, clause: Clause) -> Shown | None:
    """What a speaker says will be, or not be, only on a condition: "would not come until …"."""
    clause = spoken(page, clause, clause.last - 1)
    said = page.statement_around(clause.span)
    only = clause.texts[clause.last - 1] == "only"
    stated = condition_after(page, clause, clause.last - only)
    if said is None or said.speaker is None or stated is None or not stated.strict:
        return None
    if stated.first > clause.last or lasts(page, clause, clause.first, stated):
        return None
    issue = affirmed(clause.words[clause.first : clause.last - only], 0, clause.last - clause.first)
    if not WAITING.intersection(word.text for word in issue) or not says_something(issue):
        return None
    return Shown((said.speaker,), "conditional", proposition(page.text, issue), clause.first, clause.last)


def lasts(page: Page, clause: Clause, first: int, stated: Stated) -> bool:
    """Whether "until" tells how long, and no condition: behind what is not negated, or before a day."""
    if clause.texts[stated.first] != "until":
        return False
    days = find_dates(page.text, None, *stated.span)
    timed = any(day.span.start - stated.span.start <= len("until the ") for day in days)
    return timed or NEGATIVE.isdisjoint(clause.texts[first : stated.first])


def found(page: Page, clause: Clause, shown: Shown) -> Iterator[Found]:
    """The stance of each who holds it, with what it hangs on."""
    span = span_of(clause.words, shown.first, shown.last)
    stated = condition_after(page, clause, shown.first)
    follows = stated is not None and stated.first <= shown.last + 1  # right behind, or behind a comma
    strict = stated if stated is not None and stated.strict and follows else None
    if strict is not None and lasts(page, clause, shown.first, strict):
        strict = None
    if strict is None and shown.form == "yielding":
        return  # "could accept it": possible, and no stance
    for actor in shown.actors:
        yield Found(
            actor=actor,
            stance="conditional"
            if strict and (shown.form in LEANING or shown.stance != "ambiguous")
            else shown.stance,
            issue=shown.issue,
            span=Span(span.start, max(span.end, strict.span.end)) if strict else span,
            condition=strict,
            statement=page.statement_around(span) or page.statement_cued(span),
            hearsay=shown.hearsay,
            reason=shown.reason,
            when=told_of(clause),
            planned=shown.planned,
        )


# ---------------------------------------------------------------- the record


def record(page: Page, told: list[Found]) -> Position:
    """One record of the places that show one stance."""
    first = told[0]
    words = page.evidence_of("words", sorted({found.span for found in told}))
    conditions = dict.fromkeys(found.condition for found in told if found.condition)
    spans = sorted({stated.span for stated in conditions})
    since = next((f.statement.said_on for f in told if f.statement and f.statement.said_on), None)
    return Position(
        id=record_id(page.article.id, "position", words[:1], first.actor.id, first.stance),
        article=page.article.id,
        evidence=(*words, *page.evidence_of("conditions", spans)),
        origin=page.origin,
        reasons=reasons(first, since, page.article.published),
        according_to=page.authority(first.span),
        factuality="planned" if all(found.planned for found in told) else "actual",
        hearsay=first.hearsay,
        actor=first.actor,
        issue=first.issue,
        stance=first.stance,
        conditions=tuple(stated.condition for stated in conditions),
        valid_from=since or (page.article.published if first.when >= 0 else None),
        derived_from=tuple(dict.fromkeys(f.statement.id for f in told if f.statement)),
    )


def reasons(first: Found, since: str | None, published: str | None) -> dict[str, str]:
    """Why the stance and its date are what they are."""
    held = (
        "held before the article, from a day that is not told" if first.when < 0 else "the day of the article"
    )
    day = "the day it was said" if since else held if published else "no day is known"
    return {"valid_from": day} | ({"stance": f"the words {first.reason}"} if first.reason else {})

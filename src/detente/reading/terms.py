"""Terms: what a deal is to contain or to require.

They come from lists ("the components of … are …"), from what is demanded, offered, accepted or rejected, from what
is said to be under discussion, and from what a deal "must" do; the words that show them stand in
`data/term_frames.csv`, the categories in `data/term_categories.csv`. An article that speaks of no deal has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from detente.language.analysis import Span
from detente.reading.clauses import Clause, clauses_of, noun_phrase
from detente.reading.factuality import Factual, of_verb
from detente.reading.page import Page
from detente.reading.participants import actors_after, actors_before, subject
from detente.reading.phrases import lexicon
from detente.reading.row import Word, is_mark, span_of
from detente.reading.shifts import FORMERLY
from detente.reading.term_checks import agreed_together, is_of_a_party, is_term, speaks_of_a_deal
from detente.reading.term_clauses import CLAUSAL, clausal, meant_by
from detente.reading.term_items import Item, item_of, items_after
from detente.reading.term_provisions import Account, account_of, provision
from detente.reading.term_shapes import (
    behind_is,
    conditioned,
    listed_behind,
    made_condition,
    told_behind_colon,
    untold,
    wanted,
    who_conditions,
    worded,
)
from detente.reading.verbs import group_start, is_passive, is_verb, table_nouns, verb_forms
from detente.records import ActorRef, Term, TermStatus, record_id

# A term's status is the furthest that the article tells.
_ANTECEDENT = 9  # words before a relative clause among which its noun phrase begins
STATUSES: tuple[TermStatus, ...] = (
    "floated",
    "proposed",
    "under_negotiation",
    "agreed",
    "rejected",
    "withdrawn",
)
ANSWERS = ("accepted_by", "rejected_by")
# The field of whoever does with a term what its status tells.
FIELDS = {
    "proposed": "proposed_by",
    "floated": "proposed_by",
    "agreed": "accepted_by",
    "rejected": "rejected_by",
}
NONE = frozenset(("no", "neither", "none", "any"))
IT = (("it",), ("them",), ("this",))
# The forms of which a sentence may have one in each clause.
SIMPLE = frozenset(("item", "before", "cleft", "condition", "demand", "want"))
# The forms whose term may be that of a party which nobody knows.
SAID_BY_A_PARTY = frozenset(("want", "wish", "clause", "item", "made", "demand"))
# The forms that a noun shows, whose proposal it is being told beside it.
NOMINAL = frozenset(("noun", "demand"))
REQUIRED = {"yes": True, "no": False}
REFUSING = frozenset(
    (
        "will",
        "would",
        "can",
        "could",
        "cannot",
        "never",
        "refuse",
        "refuses",
        "refused",
        "refusing",
        "decline",
        "declines",
        "declined",
    )
)
PERFECT = frozenset(("has", "have", "yet"))
REACH = 12  # words before a phrase in which words may stand that leave it open
NEXT_SENTENCES = 2  # how far behind a list it may be said that all its parts are needed


class Found(NamedTuple):
    """A term in one place of the text.

    Args:
        item: its words and category.
        span: the words' code points.
        frame: the row of the table that shows it.
        who: who proposes, accepts or rejects it.
        hearsay: whether it is told at second hand.
        group: a number that terms named together share.
        because: the words that make it depend on the rest of its group, or `None`.
        required: whether it must be there; `None` where the words do not say.
    """

    item: Item
    span: Span
    frame: Mapping[str, str]
    who: tuple[ActorRef, ...]
    hearsay: bool
    group: int
    because: Span | None = None
    required: bool | None = None

    @property
    def by(self) -> str:
        """The field that says what those named here do with the term: propose, accept, reject it, or leave it open."""
        return self.frame["by"]

    @property
    def sameness(self) -> tuple[object, ...]:
        """What two places share that name one term."""
        words = "" if self.item.bare else " ".join(word.text for word in self.item.words)
        return self.item.category, frozenset(self.item.actors), words


def read(page: Page) -> list[Term]:
    """The terms that an article names, in the order of the text.

    Args:
        page: the article's page, its statements read.

    Returns:
        One record a term; none where the article speaks of no deal.
    """
    told: dict[tuple[object, ...], list[Found]] = {}
    for found in places(page) if speaks_of_a_deal(page) else ():
        told.setdefault(found.sameness, []).append(found)
    ordered = sorted(told.values(), key=lambda several: several[0].span)
    ids = {id(found): term_id(page, several) for several in ordered for found in several}
    groups: dict[int, list[str]] = {}
    for found in (f for several in ordered for f in several):
        groups.setdefault(found.group, []).append(ids[id(found)])
    return [record(page, several, groups) for several in ordered]


def term_id(page: Page, told: list[Found]) -> str:
    """The id of the term that places name."""
    first = min(told, key=lambda found: found.span)
    return record_id(page.article.id, "term", [page.evidence("words", first.span)], first.item.category or "")


# ---------------------------------------------------------------- the places that name a term


def places(page: Page) -> Iterator[Found]:
    """Every place that names a term; those of a list that is called a package depend on each other."""
    sentences = [clauses_of(page, sentence) for sentence in page.analysis.sentences]
    account: Account | None = None
    for number, (sentence, clauses) in enumerate(zip(page.analysis.sentences, sentences, strict=True)):
        found = in_sentence(page, clauses, number)
        account = account_of(sentence, clauses, account)
        if not found and account is not None and (item := provision(page, clauses)) is not None:
            found = [laid_down_by(account.row, untold(page, item), number)]
            account = account.lasting()
        listed = [f for f in found if f.frame["form"] == "list"]
        package = packaged(page, sentences[number : number + 1 + NEXT_SENTENCES]) if len(listed) > 1 else None
        for f in found:
            yield (
                f
                if package is None or f not in listed
                else f._replace(because=package[0], required=package[1] or f.required)
            )


def laid_down_by(row: Mapping[str, str], item: Item, group: int) -> Found:
    """What an account of a deal lays down, as a term that nobody in particular proposes."""
    span = span_of(item.words, 0, len(item.words))
    return Found(item=item, span=span, frame={**row, "by": "nobody"}, who=(), hearsay=False, group=group)


def packaged(page: Page, sentences: Sequence[Sequence[Clause]]) -> tuple[Span, bool] | None:
    """The words that make a list a package ("all three are needed"), and whether they require it."""
    found = [
        (span_of(clause.words, at, hit[1]), hit[0].row["required"] == "yes")
        for clause in (clauses[0] for clauses in sentences if clauses)
        for at in range(len(clause.words))
        if (hit := lexicon("packages").at(clause.texts, at)) is not None
    ]
    return max(found, key=lambda words: words[1], default=None)


def in_sentence(page: Page, clauses: Sequence[Clause], group: int) -> list[Found]:
    """The terms of a sentence: of each clause, behind those told already, those of the first phrase that shows any."""
    told: list[Found] = []
    for clause in clauses:
        if told and clause.words[clause.first].start < told[-1].span.end:
            continue
        found = in_clause(page, clauses, clause, group) or (taken_up(page, clause, told[-1]) if told else [])
        if not told or all(one.frame["form"] in SIMPLE for one in found):
            told += [one for one in found if all(one.span.start >= other.span.end for other in told)]
    return told


def taken_up(page: Page, clause: Clause, term: Found) -> list[Found]:
    """The term named last in the sentence, where a clause answers it with a pronoun: "but Marland rejected it"."""
    for at in range(clause.first, clause.last - 1):
        hit = lexicon("term_frames").at(clause.texts, at)
        if hit is None or hit[0].row["by"] not in ANSWERS or clause.texts[hit[1] : hit[1] + 1] not in IT:
            continue
        factual = of_verb(page, clause, at)
        row = as_told(hit[0].row, clause.texts[clause.first : at], factual, left_open(clause, at) is not None)
        if row["by"] == "accepted_by" and factual.factuality == "negated":
            return []
        span = span_of(clause.words, at, hit[1] + 1)
        return [
            term._replace(frame=row, who=proposers(page, clause, at, factual, row), span=span, because=None)
        ]
    return []


def in_clause(page: Page, clauses: Sequence[Clause], clause: Clause, group: int) -> list[Found]:
    """The terms that the first phrase of a clause shows that shows any."""
    for at in range(clause.first, clause.last):
        hit = lexicon("term_frames").at(clause.texts, at)
        if hit is None or (hit[0].row["pattern"].startswith("~") and not is_shown(clause.words, at)):
            continue
        if hit[0].row["pattern"].startswith("~") and is_passive(clause.words, at, clause.first):
            continue  # "was rejected by": what stands before it is the term
        if hit[0].row["by"] in ANSWERS and FORMERLY & set(clause.texts[clause.first : at]):
            continue  # "once opposed the truce": an answer that is no longer given
        if found := of_frame(page, clauses, clause, at, hit[1], hit[0].row, group):
            return found
    return []


def is_shown(words: Sequence[Word], at: int) -> bool:
    """Whether a word is a verb: as such, or in a form that no noun of the tables has ("the union wants")."""
    forms = verb_forms().get(words[at].text, frozenset())
    return is_verb(words, at) or (
        not words[at].tag and "present" in forms and words[at].text not in table_nouns()
    )


def of_frame(
    page: Page,
    clauses: Sequence[Clause],
    clause: Clause,
    at: int,
    end: int,
    row: Mapping[str, str],
    group: int,
) -> list[Found]:
    """The terms that a phrase of the table shows, or none.

    Args:
        page: the article's page.
        clauses: the clauses of the sentence.
        clause: that of the phrase.
        at: where the phrase begins.
        end: one past its last word.
        row: the row of the table.
        group: the number that its terms share.
    """
    factual = of_verb(page, clause, at)
    open_at = left_open(clause, at)
    row = as_told(row, clause.texts[max(clause.first, at - REACH) : at], factual, open_at is not None)
    agents = agents_of(clause, end, row)
    if agents:
        row = {**row, "by": FIELDS[row["status"]]}
    elif answered_by_none(row):
        row = {**row, "by": "nobody", "uncategorised": ""}
    if told_behind_colon(clause.words, end, row):
        row = {**row, "form": "colon"}
    elif row["uncategorised"] == "joint":
        row = {**row, "uncategorised": "any" if agreed_together(clause, at) else ""}
    items = [untold(page, item) for item in shown(clauses, clause, at, end, row)]
    items = [item for item in items if is_term(page, item, row)]
    who = agents or whose(page, clause, at, end, factual, row, open_at)
    found = [
        Found(
            item=item,
            span=span_of(item.words, 0, len(item.words)),
            frame=row,
            who=who,
            hearsay=factual.hearsay,
            group=group,
            because=span_of(clause.words, at, end) if depends(row["form"], item, items) else None,
            required=REQUIRED.get(row["required"]),
        )
        for item in items
        if item.words
        and not negated(factual, row)
        and (item.category or who or row["by"] != "proposed_by" or by_a_party(page, clause, at, end, row))
    ]
    return [*found, *(fate for one in found if row["form"] in NOMINAL for fate in fates(clause, one))]


def by_a_party(page: Page, clause: Clause, at: int, end: int, row: Mapping[str, str]) -> bool:
    """Whether a party that nobody knows proposes what a phrase shows; a condition, as its sentence begins."""
    if row["form"] == "condition":
        verb = next((k for k in range(at) if is_verb(clause.words, k)), 0)
        return is_of_a_party(page, clause.words[:verb])
    if row["form"] == "cleft":
        return is_of_a_party(page, clause.words[at:end])
    return row["form"] in SAID_BY_A_PARTY and is_of_a_party(page, noun_phrase(clause, at))


def whose(
    page: Page,
    clause: Clause,
    at: int,
    end: int,
    factual: Factual,
    row: Mapping[str, str],
    open_at: int | None,
) -> tuple[ActorRef, ...]:
    """Who proposes, accepts or rejects what a phrase shows, by its form, or nobody where the words do not say."""
    if row["by"] == "unclear_for":
        return undecided(clause, at, open_at)
    if row["form"] in NOMINAL:
        return owners(clause, at, end)
    if row["form"] == "condition":
        return who_conditions(page, clause, at)
    if row["form"] == "cleft" and (
        named := actors_before(clause.words, group_start(clause.words, end - 1, at))
    ):
        return tuple(dict.fromkeys(m.actor for m in named.mentions if m.actor is not None))
    return () if row["by"] == "nobody" else proposers(page, clause, at, factual, row)


def fates(clause: Clause, told: Found) -> list[Found]:
    """What the verb behind a term tells of it: "a proposal that the truce be renewed was rejected by Keld"."""
    behind = next(
        (k for k, word in enumerate(clause.words) if word.start >= told.span.end), len(clause.words) - 1
    )
    hit = lexicon("term_frames").at(clause.texts, behind)
    if hit is None or hit[0].row["form"] != "before":
        return []
    row = hit[0].row
    agents = agents_of(clause, hit[1], row)
    return [told._replace(frame={**row, "by": FIELDS[row["status"]] if agents else "nobody"}, who=agents)]


def agents_of(clause: Clause, end: int, row: Mapping[str, str]) -> tuple[ActorRef, ...]:
    """Who proposes or rejects what stands before the phrase: after "by"."""
    by = end - (clause.texts[end - 1] == "by")
    if row["form"] != "before" or row["status"] not in FIELDS or clause.texts[by : by + 1] != ("by",):
        return ()
    found = actors_after(clause.words, by + 1, len(clause.words)).mentions
    return tuple(dict.fromkeys(m.actor for m in found if m.actor is not None))


def owners(clause: Clause, at: int, end: int) -> tuple[ActorRef, ...]:
    """Whose a proposal or demand is: the possessive before the noun, or who is named after "by" or "from"."""
    by = next((k for k in range(at, end) if clause.texts[k] in ("by", "from")), None)
    named = actors_after(clause.words, by + 1, end).mentions if by is not None else ()
    last = at - 1 - (at > 1 and clause.texts[at - 1] == "'s")
    before = clause.words[last].mention if at else None
    owned = (
        (before,)
        if (before is not None and before.kind != "pronoun") or (before and before.possessive)
        else ()
    )
    return tuple(dict.fromkeys(m.actor for m in named or owned if m.actor is not None))


def answered_by_none(row: Mapping[str, str]) -> bool:
    """Whether a phrase tells what became of a term, and not by whom: "was rejected"."""
    return row["form"] in ("before", "under") and not row["by"] and row["status"] in FIELDS


def as_told(
    row: Mapping[str, str], before: Sequence[str], factual: Factual, unclear: bool
) -> Mapping[str, str]:
    """The row as the words around its phrase turn it: what is not accepted is rejected; what is not yet, is open.

    Args:
        row: the row of the table.
        before: the words before the phrase.
        factual: whether the phrase is negated.
        unclear: whether it stands under words that leave it open ("it is unclear whether").
    """
    answers = row["by"] in ANSWERS
    if not answers or not (unclear or factual.factuality == "negated"):
        return row
    pending = row["by"] == "rejected_by" or bool(
        PERFECT & set(before)
    )  # "has not accepted", "did not rule out"
    if unclear or pending:
        return {**row, "by": "unclear_for", "status": "proposed"}
    # "did not accept" may be waiting still
    return {**row, "by": "rejected_by", "status": "rejected"} if REFUSING & set(before) else row


def left_open(clause: Clause, at: int) -> int | None:
    """The place of the words before a phrase that leave open whether it is so, or `None`."""
    for place in range(max(0, at - REACH), at):
        hit = lexicon("uncertainties").at(clause.texts[:at], place)
        if hit is not None and not any(is_mark(word) for word in clause.words[hit[1] : at]):
            return place
    return None


def undecided(clause: Clause, at: int, open_at: int | None) -> tuple[ActorRef, ...]:
    """Whose answer is open: the subject of the phrase, else of the words that leave it open ("has not said whether it")."""
    for place in filter(None, (at, open_at)):
        found = (
            subject(clause._replace(first=0), place).mentions
            or actors_before(clause.words, group_start(clause.words, place, 0)).mentions
        )
        if refs := tuple(dict.fromkeys(m.actor for m in found if m.actor is not None)):
            return refs
    return ()


def negated(factual: Factual, row: Mapping[str, str]) -> bool:
    """Whether the phrase says that nothing was agreed, offered or demanded."""
    answered = row["by"] in ("rejected_by", "unclear_for")
    return factual.factuality == "negated" and row["form"] == "item" and not answered


def depends(form: str, item: Item, items: Sequence[Item]) -> bool:
    """Whether an item depends on those named with it: both of an exchange, the first of what hinges on another."""
    return form == "exchange" or (form in ("needs", "without") and item is items[0])


def shown(clauses: Sequence[Clause], clause: Clause, at: int, end: int, row: Mapping[str, str]) -> list[Item]:
    """The items of a phrase: what follows it, what stands before it, both, the phrase itself, or its clause."""
    form = row["form"]
    if form in ("list", "item", "demand"):
        return items_after(clauses, end, listed=form == "list")
    if form == "before":
        before = item_of(meant_by(clause, noun_phrase(clause, at)))
        return [before] if before.words and before.words[0].text not in NONE else []
    if form == "want":
        return wanted(clauses, clause, at, end)
    if form == "condition":
        return conditioned(clauses, end)
    if form in CLAUSAL:
        return [item_of(part) for part in clausal(clauses, end, form)]
    if form in ("whole", "duty"):
        first, last = (at, end) if form == "whole" else (with_antecedent(clause), clause.last)
        return [item_of(clause.words[first:last])]
    return beside(clauses, clause, at, end, row)


def beside(
    clauses: Sequence[Clause], clause: Clause, at: int, end: int, row: Mapping[str, str]
) -> list[Item]:
    """The items of a phrase that leads to its terms from further off, or that stands between two of them."""
    match row["form"]:
        case "account":
            return []
        case "colon":
            return told_behind_colon(clause.words, end, row)
        case "open":
            return listed_behind(clauses, end)
        case "cleft":
            return behind_is(clauses, end)
        case "made":
            return made_condition(clause, at, end)
        case "approval":
            return items_after(clauses, end, listed=False)[:1]
        case "without":  # "can be no truce without guarantees"
            before = item_of(clause.words[clause.texts.index("no", at) + 1 : end - 1])
        case _:
            before = item_of(noun_phrase(clause, at))
    after = items_after(clauses, end, listed=False)
    if row["form"] == "exchange":
        return [item for item in (before, *after) if item.category] if any(i.category for i in after) else []
    return [before, *after] if before.category and any(item.category for item in after) else []


def with_antecedent(clause: Clause) -> int:
    """Where a clause begins; a relative one with the noun phrase it belongs to: "a force that would defend …"."""
    words, first = clause.words, clause.first
    if words[first].text not in ("that", "which") or first == 0:
        return first
    for at in range(first - 1, max(-1, first - _ANTECEDENT), -1):
        if is_verb(words, at) or words[at].text in (",", ";", ":"):
            return first
        if words[at].text in ("a", "an", "the", "any") and words[at - 1].text != "of":
            return at
    return first


def proposers(
    page: Page, clause: Clause, at: int, factual: Factual, row: Mapping[str, str]
) -> tuple[ActorRef, ...]:
    """Who proposes, accepts or rejects: the subject of the phrase's verb, else whoever speaks the words."""
    stated = tuple(m.actor for m in subject(clause, at).mentions if m.actor is not None)
    if row["by"] and stated and not factual.dependent:
        return tuple(dict.fromkeys(stated))
    said = page.statement_around((clause.words[at].start, clause.words[at].end))
    return (said.speaker,) if said is not None and said.speaker is not None else ()


# ---------------------------------------------------------------- the record


def record(page: Page, told: list[Found], groups: Mapping[int, Sequence[str]]) -> Term:
    """One record of the places that name one term."""
    own = term_id(page, told)
    # A list names its parts most plainly: its words are the proposition, wherever else the term is spoken of.
    first = next((found for found in told if found.frame["form"] == "list"), told[0])
    words = page.evidence_of("words", sorted({found.span for found in told}))
    because = sorted({found.because for found in told if found.because})
    others = (other for found in told if found.because for other in groups[found.group] if other != own)
    depends_on = tuple(dict.fromkeys(others))
    said = {found.required for found in told} - {None}
    required = said.pop() if len(said) == 1 else None
    proposed = by(told, "proposed_by") or by(told, "")
    answered = {*by(told, "accepted_by"), *by(told, "rejected_by")}
    return Term(
        id=own,
        article=page.article.id,
        evidence=(*words, *page.evidence_of("depends_on", because if depends_on else ())),
        origin=page.origin,
        reasons=reasons(first, proposed, required, disputed=bool(said)),
        according_to=page.authority(first.span),
        hearsay=first.hearsay,
        category=first.item.category,
        proposition=worded(page, first.item),
        proposed_by=proposed,
        accepted_by=by(told, "accepted_by"),
        rejected_by=by(told, "rejected_by"),
        unclear_for=tuple(who for who in by(told, "unclear_for") if who not in answered),
        status=max((as_status(found.frame["status"]) for found in told), key=STATUSES.index),
        depends_on=depends_on,
        required=required,
    )


def by(told: Iterable[Found], field: str) -> tuple[ActorRef, ...]:
    """Who is told to have proposed, accepted or rejected the term."""
    return tuple(dict.fromkeys(who for found in told if found.by == field for who in found.who))


def as_status(name: str) -> TermStatus:
    """A status of the table as a category."""
    return STATUSES[STATUSES.index(name)]


def reasons(
    first: Found, proposed: Sequence[ActorRef], required: bool | None, *, disputed: bool
) -> dict[str, str]:
    """Why values are unknown."""
    unsaid = (
        "it is called required and not required"
        if disputed
        else "the words do not say whether it is required"
    )
    told = {
        "category": "" if first.item.category else "no word of it names a category",
        "proposed_by": "" if proposed else "the words do not say who proposes it",
        "required": "" if required is not None else unsaid,
    }
    return {field: reason for field, reason in told.items() if reason}

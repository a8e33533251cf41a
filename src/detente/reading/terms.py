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
from detente.reading.function_words import AUXILIARIES, PREPOSITIONS, PRONOUNS
from detente.reading.page import Page
from detente.reading.participants import actors_after, actors_before, subject
from detente.reading.phrases import lexicon, nouns
from detente.reading.row import Word, is_mark, span_of
from detente.reading.shifts import FORMERLY
from detente.reading.term_clauses import EMPTY, clausal, meant_by
from detente.reading.term_items import Item, item_of, items_after
from detente.reading.verbs import group_start, is_adverb, is_passive, is_verb
from detente.reading.wording import names_matter, proposition, says_something
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
# The forms whose term is a clause: "demanded that the ban be lifted", "wants Keld to leave".
CLAUSAL = frozenset(("clause", "noun", "wish", "under"))
GIVING = frozenset(("~offer",))
# Words for a deal or talks in an article that is about them: this many, and one in so many words.
MENTIONS, APART = 3, 200
INTRODUCING = frozenset(("a", "an"))
NONE = frozenset(("no", "neither", "none", "any"))
IT = (("it",), ("them",), ("this",))
# The forms of which a sentence may have one in each clause.
SIMPLE = frozenset(("item", "before"))
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


def speaks_of_a_deal(page: Page) -> bool:
    """Whether the article speaks of a deal or of talks at all."""
    return any(token.text.lower() in nouns("deal") | nouns("talks") for token in page.analysis.tokens)


def term_id(page: Page, told: list[Found]) -> str:
    """The id of the term that places name."""
    first = min(told, key=lambda found: found.span)
    return record_id(page.article.id, "term", [page.evidence("words", first.span)], first.item.category or "")


# ---------------------------------------------------------------- the places that name a term


def places(page: Page) -> Iterator[Found]:
    """Every place that names a term; those of a list that is called a package depend on each other."""
    sentences = [clauses_of(page, sentence) for sentence in page.analysis.sentences]
    for number, clauses in enumerate(sentences):
        found = in_sentence(page, clauses, number)
        listed = [f for f in found if f.frame["form"] == "list"]
        package = packaged(page, sentences[number : number + 1 + NEXT_SENTENCES]) if len(listed) > 1 else None
        for f in found:
            yield (
                f
                if package is None or f not in listed
                else f._replace(because=package[0], required=package[1] or f.required)
            )


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
        if hit is None or (hit[0].row["pattern"].startswith("~") and not is_verb(clause.words, at)):
            continue
        if hit[0].row["pattern"].startswith("~") and is_passive(clause.words, at, clause.first):
            continue  # "was rejected by": what stands before it is the term
        if hit[0].row["by"] in ANSWERS and FORMERLY & set(clause.texts[clause.first : at]):
            continue  # "once opposed the truce": an answer that is no longer given
        if found := of_frame(page, clauses, clause, at, hit[1], hit[0].row, group):
            return found
    return []


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
    items = [item for item in shown(clauses, clause, at, end, row["form"]) if is_term(page, item, row)]
    who = (
        agents
        or (undecided(clause, at, open_at) if row["by"] == "unclear_for" else ())
        or (owners(clause, at, end) if row["form"] == "noun" else ())
        or (
            ()
            if row["by"] in ("unclear_for", "nobody") or row["form"] == "noun"
            else proposers(page, clause, at, factual, row)
        )
    )
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
        if item.words and not negated(factual, row) and (item.category or who or row["by"] != "proposed_by")
    ]
    return [*found, *(fate for one in found if row["form"] == "noun" for fate in fates(clause, one))]


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


def is_term(page: Page, item: Item, row: Mapping[str, str]) -> bool:
    """Whether an item can be a term: of a known category, or called one; a thing, where it is accepted or asked for.

    Where the article is about a negotiation, what is demanded, proposed or in dispute is one without a category too.
    """
    form = row["form"]
    if form == "list":
        return True
    first = item.words[0].text if item.words else ""
    if form == "item" and (first in PREPOSITIONS or (row["pattern"] in GIVING and is_sum(item.words))):
        return False  # "rejected by Keld"; what somebody offers to pay is a pledge
    if item.category is None and not (row["uncategorised"] and is_about_a_deal(page) and names(item)):
        return False
    if (
        item.category is None
        and form == "item"
        and row["by"]
        and first not in INTRODUCING
        and not is_sum(item.words)
    ):
        return False  # "proposed an even split", but not "proposed something else", "the same"
    if form in CLAUSAL:
        return item.words[0].text not in PRONOUNS and says_something(item.words)
    return form == "duty" or not any(word.text in AUXILIARIES for word in item.words)


def names(item: Item) -> bool:
    """Whether an item is a noun phrase or clause that says what is meant, and no pronoun, preposition or bare plan."""
    first = item.words[0].text if item.words else ""
    matters = [word for word in item.words if names_matter(word) and word.text not in EMPTY]
    return bool(matters) and not (
        first in PRONOUNS | PREPOSITIONS | {"to", "that", "not"} or is_adverb(first)
    )


def is_sum(words: Sequence[Word]) -> bool:
    """Whether words begin with an amount."""
    return bool(words) and (words[0].text[:1].isdigit() or words[0].text in "£$€¥")


def is_about_a_deal(page: Page) -> bool:
    """Whether the article is about a deal or talks, and does not only mention one."""
    spoken_of = nouns("deal") | nouns("talks")
    spoken = sum(token.text.lower() in spoken_of for token in page.analysis.tokens)
    return spoken >= max(MENTIONS, len(page.analysis.tokens) // APART)


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
    before = clause.words[at - 1].mention if at else None
    owned = (before,) if before is not None and before.possessive else ()
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


def shown(clauses: Sequence[Clause], clause: Clause, at: int, end: int, form: str) -> list[Item]:
    """The items of a phrase: what follows it, what stands before it, both, the phrase itself, or its clause."""
    if form in ("list", "item"):
        return items_after(clauses, end, listed=form == "list")
    if form == "before":
        before = item_of(meant_by(clause, noun_phrase(clause, at)))
        return [before] if before.words and before.words[0].text not in NONE else []
    if form in CLAUSAL:
        return [item_of(part) for part in clausal(clauses, end, form)]
    if form == "whole":
        return [item_of(clause.words[at:end])]
    if form == "duty":
        return [item_of(clause.words[with_antecedent(clause) : clause.last])]
    if form == "without":  # "can be no truce without guarantees"
        none = clause.texts.index("no", at)
        before = item_of(clause.words[none + 1 : end - 1])
    else:
        before = item_of(noun_phrase(clause, at))
    after = items_after(clauses, end, listed=False)
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
        proposition=proposition(page.text, first.item.words),
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

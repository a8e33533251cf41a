"""What a record is.

Every record is a frozen, typed object that belongs to one article and rests on words of that article:
each `Evidence` holds `text[start:end] == exact`, in code points, checked when a record is written and when it
is read back. A value that the reading could not resolve is `None`, and `reasons` says why under the field's
name; a value that was worked out (a date from "on Friday", a person from "the PM") has its reason there too.

As JSON a record is one object with `kind` first (`encode`, `decode`); unknown categories are refused on the way in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from html import escape
from operator import attrgetter
from typing import Any, ClassVar, Literal, Self, get_args

import msgspec

from detente.errors import RecordError
from detente.showing import show

# ---------------------------------------------------------------- categories

ActorType = Literal["person", "state", "government", "organisation", "bloc", "coalition", "armed_group", "media", "unnamed"]
Role = Literal["supports", "contradicts", "context"]
OriginKind = Literal["rule", "model", "person"]
Review = Literal["proposed", "accepted", "edited", "rejected", "disputed"]
Mode = Literal["direct", "mixed", "indirect"]
Act = Literal["assert", "propose", "demand", "promise", "threaten", "agree", "reject", "ask", "express"]
Factuality = Literal["actual", "planned", "hypothetical", "negated"]
Granularity = Literal["day", "month", "season", "year", "decade", "interval"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
PledgeType = Literal["spend", "loan", "grant", "in_kind", "troops", "policy", "guarantee", "diplomatic", "exchange"]
AidType = Literal["military", "financial", "humanitarian", "reconstruction", "diplomatic"]
Stage = Literal["floated", "announced", "committed", "allocated", "delivered", "suspended"]
Outcome = Literal["kept", "part_kept", "broken", "withdrawn"]
Stance = Literal["support", "oppose", "conditional", "ambiguous"]
TermCategory = Literal[
    "ceasefire", "security_guarantee", "military_capacity", "enforcement", "monitoring", "sanctions_relief",
    "assets", "reconstruction", "prisoners", "territory", "status", "withdrawal", "disarmament", "elections",
    "power_sharing", "autonomy", "referendum", "amnesty", "refugees", "humanitarian_access", "talks",
]  # fmt: skip
TermStatus = Literal["floated", "proposed", "under_negotiation", "agreed", "rejected", "withdrawn"]
ConditionType = Literal["term", "actor_joins", "count", "mandate", "other"]
MembershipStatus = Literal["in", "invited", "conditional", "out"]
MembershipRole = Literal["leader", "member", "guarantor", "observer"]
AmountQualifier = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "between"]
AmountBasis = Literal["total", "additional", "per_year"]
Action = Literal["propose", "accept", "edit", "reject", "merge", "split", "dispute", "unsure", "redact"]
ArticleStatus = Literal["live", "corrected", "retracted"]
AuthorityKind = Literal["statement", "actor", "outlet"]
DifferenceKind = Literal["wording", "left_out", "brackets"]

# ---------------------------------------------------------------- parts of records


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """The base of everything here: frozen, compared by value, shown in a notebook."""

    def to_dict(self) -> dict[str, Any]:
        """The object as plain dicts, tuples, strings and numbers, in the order of its fields."""
        value: dict[str, Any] = msgspec.to_builtins(self)
        return value

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return msgspec.structs.replace(self, **changes)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th><td style='text-align:left'>{escape(show(value))}</td></tr>"
            for name, value in self.to_dict().items()
            if value not in (None, (), [], {}, "")
        )
        return f"<table>{rows}</table>"


class ActorRef(Part, frozen=True, kw_only=True):
    """Who, by id and canonical name. `None` in its place is an actor that could not be told."""

    id: str
    name: str

    def __str__(self) -> str:
        return self.name


class Evidence(Part, frozen=True, kw_only=True):
    """Words of the article that a field rests on: W3C TextPosition and TextQuote selectors together.

    Args:
        field: the field they support; `words` for the core words of a record, and for a statement `source`,
            `cue` and `content`.
        start: first code point.
        end: one past the last.
        exact: the words themselves.
        prefix: up to 32 characters before.
        suffix: up to 32 characters after.
        role: whether the words support the value, contradict it, or are context.
    """

    CONTEXT: ClassVar[int] = 32

    field: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    role: Role = "supports"

    @classmethod
    def of(cls, text: str, field: str, start: int, end: int, role: Role = "supports") -> Evidence:
        """Evidence for `field` cut from `text`.

        Raises:
            RecordError: the span is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(text):
            raise RecordError(
                f"evidence for {field}: got the span {start}–{end}, expected one inside 0–{len(text)}"
            )
        return cls(
            field=field, start=start, end=end, exact=text[start:end],
            prefix=text[max(0, start - cls.CONTEXT) : start], suffix=text[end : end + cls.CONTEXT], role=role,
        )  # fmt: skip


class Origin(Part, frozen=True, kw_only=True):
    """What made a record: a rule or a model with its version, or a person by name."""

    by: OriginKind
    name: str
    version: str = ""


class Authority(Part, frozen=True, kw_only=True):
    """Whose word a record is: a statement in the same article, an actor, or the outlet itself."""

    kind: AuthorityKind
    id: str
    name: str


class Amount(Part, frozen=True, kw_only=True):
    """A quantity as stated.

    Args:
        value: the number, in units of `unit`; `None` where words give a range or no number.
        low: least value that the words allow.
        high: greatest value that the words allow.
        qualifier: how the number is hedged.
        unit: ISO 4217 code, `PCT_GDP`, `PCT`, or `count:thing`.
        basis: a total, on top of an earlier sum, or per year; `None` where the words do not say.
        surface: the words.
    """

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    qualifier: AmountQualifier = "exact"
    basis: AmountBasis | None = None
    surface: str = ""


class Condition(Part, frozen=True, kw_only=True):
    """What something hangs on, in the article's words, and what it points to where that could be told."""

    text: str
    type: ConditionType
    target: str | None = None


class StageEntry(Part, frozen=True, kw_only=True):
    """One stage of a pledge: when it was reached (EDTF, `None` unknown) and the words that say so."""

    stage: Stage
    date: str | None
    words: str


class Step(Part, frozen=True, kw_only=True):
    """One step of a deal's sequence: its order from 1, what happens, and who must agree."""

    order: int
    action: str
    actors: tuple[ActorRef, ...]


class Copy(Part, frozen=True, kw_only=True):
    """The same text found elsewhere."""

    origin: str
    publisher: str | None = None
    published: str | None = None


class OfficeHeld(Part, frozen=True, kw_only=True):
    """An office of an actor: ISO dates, `None` open or unknown, and where that can be checked."""

    title: str
    of: str
    since: str | None
    until: str | None
    source: str


# ---------------------------------------------------------------- articles and actors


class Article(Part, frozen=True, kw_only=True, tag_field="kind", tag="article"):
    """A text as it came in. `id` is the sha256 of the text; the text is never changed.

    Args:
        origin: the path or URL as given.
        published: ISO date, or `None` unknown.
        country: ISO 3166-1 alpha-2 of the outlet, which decides who "the PM" is.
        copies: the same text elsewhere.
        version_of: id of an earlier version of the same article.
    """

    id: str
    origin: str
    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    country: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str = "en"
    copies: tuple[Copy, ...] = ()
    version_of: str | None = None
    status: ArticleStatus = "live"

    @classmethod
    def of(cls, text: str, origin: str, **fields: Any) -> Article:
        """An article with the id that its text gives."""
        return cls(id=text_id(text), origin=origin, text=text, **fields)

    @property
    def name(self) -> str:
        """The title, or the origin's last part: what a person calls the article."""
        return self.title or self.origin.rstrip("/").rsplit("/", 1)[-1]


class Actor(Part, frozen=True, kw_only=True, tag_field="kind", tag="actor"):
    """A person or body. `id` is a registry key, or is made from the article that introduces the actor."""

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...] = ()
    qid: str | None = None
    country: str | None = None
    offices: tuple[OfficeHeld, ...] = ()

    @property
    def ref(self) -> ActorRef:
        """The reference that records carry."""
        return ActorRef(id=self.id, name=self.name)


# ---------------------------------------------------------------- records


_start = attrgetter("start")


class Record(Part, frozen=True, kw_only=True, tag_field="kind"):
    """What all records share.

    Args:
        id: stable: made from the article, the kind and the core words (`record_id`).
        article: id of the article.
        evidence: the words that the record and its fields rest on.
        origin: what made it.
        confidence: calibrated probability that the record is right; `None` for a person's, or not known.
        review: the state that the judgements give it.
        reasons: by field, why a value is what it is, or why it is unknown.
    """

    id: str
    article: str
    evidence: tuple[Evidence, ...]
    origin: Origin
    confidence: float | None = None
    review: Review = "proposed"
    reasons: Mapping[str, str] = {}

    def words(self, field: str = "words") -> tuple[Evidence, ...]:
        """The evidence of one field, in the order of the text."""
        found = [e for e in self.evidence if e.field == field]
        if len(found) > 1:
            found.sort(key=_start)
        return tuple(found)

    @property
    def core(self) -> tuple[Evidence, ...]:
        """The core words, on which the id rests."""
        fields = CORE_FIELDS.get(type(self))
        return self.words() if fields is None else tuple(e for field in fields for e in self.words(field))


class Claim(Record, frozen=True, kw_only=True):
    """A record that somebody is the authority for.

    Args:
        according_to: the statement, actor or outlet whose word it is; `None` only where it could not be told.
        factuality: done, planned, hypothetical or negated.
        hearsay: reported of someone at second hand ("is said to", "reports suggest").
    """

    according_to: Authority | None = None
    factuality: Factuality = "actual"
    hearsay: bool = False


class Statement(Record, frozen=True, kw_only=True, tag="statement"):
    """One act of saying, with one speaker; evidence fields `source`, `cue` and `content` (several where split)."""

    speaker: ActorRef | None
    mode: Mode
    reported_by: ActorRef | None = None
    addressees: tuple[ActorRef, ...] = ()
    translated: bool | None = None
    act: Act | None = None
    factuality: Factuality = "actual"
    hearsay: bool = False
    said_on: str | None = None
    venue: str | None = None

    @property
    def content(self) -> str:
        """What was said, in the article's words; parts of a split quotation are joined by an ellipsis."""
        return " … ".join(e.exact for e in self.words("content"))


class Event(Claim, frozen=True, kw_only=True, tag="event"):
    """Something done between actors: one of PLOVER's sixteen types; `date` is EDTF."""

    type: EventType
    actors: tuple[ActorRef, ...] = ()
    recipients: tuple[ActorRef, ...] = ()
    date: str | None = None
    place: str | None = None


class Pledge(Claim, frozen=True, kw_only=True, tag="pledge"):
    """A commitment to do, give, spend or cut; `due` is EDTF ("by 2027" is `../2027-12-31`)."""

    pledger: tuple[ActorRef, ...]
    type: PledgeType | None
    made_by: ActorRef | None = None
    beneficiary: tuple[ActorRef, ...] = ()
    aid_type: AidType | None = None
    amount: Amount | None = None
    due: str | None = None
    conditions: tuple[Condition, ...] = ()
    financing: str | None = None
    testable: bool | None = None
    delivery_test: str | None = None
    stage: Stage | None = None
    stages: tuple[StageEntry, ...] = ()
    outcome: Outcome | None = None
    part_of: str | None = None


class Position(Claim, frozen=True, kw_only=True, tag="position"):
    """An actor's stance on an affirmative proposition that others could oppose."""

    actor: ActorRef | None
    issue: str
    stance: Stance
    conditions: tuple[Condition, ...] = ()
    valid_from: str | None = None
    derived_from: tuple[str, ...] = ()
    supersedes: str | None = None


class Term(Claim, frozen=True, kw_only=True, tag="term"):
    """Something that a deal is to contain or to require; `depends_on` holds ids of terms."""

    category: TermCategory | None
    proposition: str
    proposed_by: tuple[ActorRef, ...] = ()
    accepted_by: tuple[ActorRef, ...] = ()
    rejected_by: tuple[ActorRef, ...] = ()
    unclear_for: tuple[ActorRef, ...] = ()
    status: TermStatus | None = None
    depends_on: tuple[str, ...] = ()
    required: bool | None = None


class Membership(Claim, frozen=True, kw_only=True, tag="membership"):
    """Who is in a coalition, in which role, on what condition."""

    coalition: ActorRef
    actor: ActorRef
    status: MembershipStatus
    role: MembershipRole | None = None
    conditions: tuple[Condition, ...] = ()


class Deal(Claim, frozen=True, kw_only=True, tag="deal"):
    """A deal as one article describes it: ids of its terms, and its steps in order."""

    title: str
    terms: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


# ---------------------------------------------------------------- what stands across articles


class Issue(Part, frozen=True, kw_only=True, tag_field="kind", tag="issue"):
    """An affirmative proposition, and what 0 and 100 mean on its scale."""

    id: str
    proposition: str
    zero: str = "opposes it fully"
    hundred: str = "supports it fully"


class Printed(Part, frozen=True, kw_only=True):
    """Words as one article prints them: the record they belong to, and their place in its article."""

    record: str
    evidence: Evidence


class Difference(Part, frozen=True, kw_only=True):
    """Where two articles differ in the words inside the quotation marks.

    Args:
        kind: another wording; words that one of them leaves out without a mark of it; an editor's words in brackets.
        printed: as each of the two prints it; where one has nothing, the words around the place.
    """

    kind: DifferenceKind
    printed: tuple[Printed, ...]


class Cluster(Part, frozen=True, kw_only=True, tag_field="kind", tag="cluster"):
    """Sameness across articles: one statement, event, pledge or story in several outlets.

    Args:
        of: what it is a cluster of: "story" (members are articles), or a kind of record.
        members: ids, in the order in which they were published.
        reason: why they are the same.
        differences: where the outlets differ inside the quotation marks of a statement; the one that prints most comes first.
    """

    id: str
    of: str
    members: tuple[str, ...]
    reason: str
    origin: Origin
    differences: tuple[Difference, ...] = ()

    @classmethod
    def together(cls, of: str, members: Iterable[str], **fields: Any) -> Cluster:
        """A cluster with the id that its members give, in whatever order they come."""
        found = tuple(members)
        digest = hashlib.sha256("\x1f".join(sorted(found)).encode()).hexdigest()
        return cls(id=f"cl-{digest[:16]}", of=of, members=found, **fields)


class Judgement(Part, frozen=True, kw_only=True, tag_field="kind", tag="judgement"):
    """What somebody decided about a record: append-only; undo is another judgement.

    Args:
        record: id of what is judged: a record; an actor, to merge or split; an article, to redact.
        field: the field changed, or `None` for the whole record.
        old: the value before, as JSON.
        new: the value after, as JSON.
        at: time in UTC, ISO 8601.
        serial: place in the ledger's sequence; 0 before it is saved.
        batch: shared by judgements that were made, and are undone, as one.
    """

    record: str
    action: Action
    by: str
    at: str
    field: str | None = None
    old: Any = None
    new: Any = None
    note: str | None = None
    serial: int = 0
    batch: str | None = None


class Weighing(Part, frozen=True, kw_only=True, tag_field="kind", tag="weighing"):
    """A model's result, with all that is needed to take it again."""

    id: str
    method: str
    parameters: Mapping[str, Any]
    seed: int
    inputs: str
    version: str
    result: Mapping[str, Any]
    at: str


AnyRecord = Statement | Event | Pledge | Position | Term | Membership | Deal
Anything = AnyRecord | Article | Actor | Issue | Cluster | Judgement | Weighing

RECORD_TYPES: tuple[type[AnyRecord], ...] = get_args(AnyRecord)
KINDS: dict[str, type[AnyRecord]] = {str(t.__struct_config__.tag): t for t in RECORD_TYPES}
CORE_FIELDS: dict[type[Record], tuple[str, ...]] = {Statement: ("content", "cue")}


def kind_of(thing: Anything) -> str:
    """The `kind` that the object carries as JSON: "statement", "pledge", …"""
    return str(type(thing).__struct_config__.tag)


# ---------------------------------------------------------------- ids, JSON, checks


def text_id(text: str) -> str:
    """The sha256 of a text's UTF-8, in hexadecimal. Lone surrogates are kept as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def record_id(article: str, kind: str, core: Iterable[Evidence], *distinguish: str) -> str:
    """A stable id: the kind's first letters and a hash of article, kind and core words.

    Args:
        article: id of the article.
        kind: the record's kind.
        core: evidence of the core words; their places count, so that a sentence said twice is two records.
        distinguish: what tells apart two records that rest on the same words (an event's type, a member's id).
    """
    parts = [article, kind, *(f"{e.start}:{e.end}:{e.exact}" for e in core), *distinguish]
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind[:2]}-{digest[:16]}"


_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[Anything] = msgspec.json.Decoder(Anything)


def encode(thing: Part) -> bytes:
    """The object as one line of JSON, `kind` first where it has one.

    Raises:
        RecordError: characters that UTF-8 cannot hold (lone surrogates).
    """
    try:
        return _ENCODER.encode(thing)
    except UnicodeEncodeError as error:
        got = error.object[error.start : error.end]
        raise RecordError(f"{_called(thing)}: got {got!r}, expected characters that UTF-8 can hold") from error


def _called(thing: Part) -> str:
    """What an error calls a thing that cannot be written as it is."""
    key = str(getattr(thing, "id", "")).encode("utf-8", "backslashreplace").decode()
    return f"{type(thing).__name__} {key}".strip()


def decode(line: bytes | str) -> Anything:
    """The object that a line of JSON holds.

    Raises:
        RecordError: not JSON or not UTF-8, a kind or category that does not exist, a field missing or of the wrong type.
    """
    try:
        return _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise RecordError(f"not a record: {error}") from error
    except RecursionError as error:
        raise RecordError("not a record: got JSON that is nested too deeply") from error


def check(record: AnyRecord, text: str) -> None:
    """Check that a record stands: some evidence, every span exact, the core words there.

    Args:
        text: the article's text.

    Raises:
        RecordError: says which record and field, what was got and what the text has.
    """
    if not any(e.field in CORE_FIELDS.get(type(record), ("words",)) for e in record.evidence):
        raise RecordError(f"{record.id}: a {kind_of(record)} without core words")
    for e in record.evidence:
        if not 0 <= e.start < e.end <= len(text) or text[e.start : e.end] != e.exact:
            got = text[max(0, e.start) : e.end]
            where = f"evidence for {e.field} at {e.start}–{e.end}"
            raise RecordError(f"{record.id}: {where} says {e.exact!r}, the text has {got!r}")

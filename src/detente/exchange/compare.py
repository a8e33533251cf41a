"""Two codings of the same articles compared, such as a team's by hand and the machine's: what both have, and where they differ.

One may be the gold, by which the other is measured; or neither is, as with two people, or two versions of the reader.

Records of one kind and one article are matched one to one, the greatest overlap first. What overlaps are the letters and digits
of their words. Statements match by what was said, from a Jaccard index of 0.5 up; others where a stretch of the one has in common
with a stretch of the other half of the shorter, and a tenth of both together. Fields are compared between matched records. Free text
and references to other records are not: two people word the same issue differently.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from html import escape
from typing import Any, Literal

from detente.exchange.base import whose_word
from detente.exchange.coding import GIVEN, SILENT
from detente.exchange.flat import DATES
from detente.exchange.flat import cell as as_cell
from detente.ledger import Ledger
from detente.ledger.agreement import nominal_alpha
from detente.ledger.fields import actor_fields, categories
from detente.ledger.rows import name_key
from detente.records import (
    KINDS,
    ActorRef,
    Amount,
    AnyRecord,
    Article,
    Authority,
    Factuality,
    Part,
    Review,
    Statement,
    kind_of,
)

What = Literal["missed", "extra", "value"]
_STATEMENTS = 0.5  # Jaccard index from which on two statements are one
_SHORTER, _BOTH = (
    0.5,
    0.1,
)  # shares of the shorter stretch, and of both together, from which on two other records are one
_MORE = frozenset({"amount", "according_to"})


class FieldAgreement(Part, frozen=True, kw_only=True):
    """How far matched records agree in one field.

    Args:
        field: its name.
        compared: of how many pairs both have a value.
        agreed: how many of these have the same one.
        gold_only: of how many pairs the gold alone has a value.
        found_only: of how many the other alone.
        alpha: Krippendorff's alpha for nominal data over the pairs compared; `None` where all values are one.
    """

    field: str
    compared: int
    agreed: int
    gold_only: int
    found_only: int
    alpha: float | None


class KindAgreement(Part, frozen=True, kw_only=True):
    """How far two codings agree in one kind of record.

    Args:
        kind: of record.
        gold: how many the gold has in the articles that both have.
        found: how many the other has there.
        matched: how many are in both.
        precision, recall, f1: from 0 to 1, of the other coding against the gold; `None` where there is nothing to divide by.
        fields: for each field that both kinds of coding can hold.
    """

    kind: str
    gold: int
    found: int
    matched: int
    precision: float | None
    recall: float | None
    f1: float | None
    fields: tuple[FieldAgreement, ...]


class CodingDifference(Part, frozen=True, kw_only=True):
    """One thing in which two codings differ.

    Args:
        what: "missed" is in the gold alone, "extra" in the other alone, "value" in both with another value of `field`.
        kind: of record.
        article: its id.
        gold: id of the gold's record.
        found: id of the other's.
        words: those of the gold's record, else of the other's.
        field: where a value differs.
        gold_value: in the gold, as shown; empty for unknown.
        found_value: in the other.
        according_to, factuality, hearsay, review: of the record whose words are shown.
    """

    what: What
    kind: str
    article: str
    gold: str | None
    found: str | None
    words: str
    field: str | None = None
    gold_value: str = ""
    found_value: str = ""
    according_to: str
    factuality: Factuality
    hearsay: bool
    review: Review


class Comparison(Part, frozen=True, kw_only=True):
    """Two codings compared.

    Args:
        articles: how many both have; only these are compared.
        gold_articles: how many the gold alone has.
        found_articles: how many the other alone has.
        unchecked: how many records of the gold no person made or accepted: it is gold only as far as somebody stands behind it.
        uncoded: kinds of which the gold has no record, each with how many the other has; they are not compared. Of two
            equals also those of which the other has none.
        kinds: for each kind that the gold has; of two equals that both have.
        equals: whether neither is the gold: "gold" is then the first of the two, and "found" the second.
        gold_by: who or what made the gold's records, with the version and what review made of them, and how many each.
        found_by: the same of the other's.
        differences: in the order of the gold's articles, then by kind and place.
    """

    articles: int
    gold_articles: int
    found_articles: int
    unchecked: int
    uncoded: dict[str, int]
    kinds: tuple[KindAgreement, ...]
    equals: bool
    gold_by: dict[str, int]
    found_by: dict[str, int]
    differences: tuple[CodingDifference, ...]

    def _repr_html_(self) -> str:
        names = KindAgreement.__struct_fields__[:-1]
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(_figure(getattr(kind, name)))}</td>' for name in names)}</tr>"
            for kind in self.kinds
        )
        counts = f"articles compared: {self.articles}; differences: {len(self.differences)}; records of the gold that no person made or accepted: {self.unchecked}"
        return f"<p>{counts}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def compare(gold: Ledger, found: Ledger, *, equals: bool = False) -> Comparison:
    """Compare two ledgers, article by article; an article is the same where its text is. Rejected records are left out.

    Args:
        gold: with the coding that counts as right.
        found: with the coding that is measured by it.
        equals: neither counts as right: what either alone has, a value as much as a record, is a difference.
    """
    ids = [[article.id for article in ledger.articles] for ledger in (gold, found)]
    shared = [key for key in ids[0] if key in set(ids[1])]
    tallies = {kind: _Tally(kind, equals) for kind in KINDS}
    for key in shared:
        ours, theirs, article = _by_kind(gold, key), _by_kind(found, key), gold.article(key)
        for kind, tally in tallies.items():
            tally.add(ours[kind], theirs[kind], article)
    coded = [tally for tally in tallies.values() if tally.gold and (tally.found or not equals)]
    return Comparison(
        articles=len(shared), gold_articles=len(ids[0]) - len(shared), found_articles=len(ids[1]) - len(shared),
        unchecked=sum(tally.unchecked for tally in coded),
        uncoded={t.kind: t.found or t.gold for t in tallies.values() if (t.gold or t.found) and t not in coded},
        kinds=tuple(tally.agreement() for tally in coded), equals=equals,
        gold_by=_total(t.gold_by for t in tallies.values()), found_by=_total(t.found_by for t in tallies.values()),
        differences=_in_order((d for tally in coded for d in tally.differences), shared),
    )  # fmt: skip


def pairs(gold: list[AnyRecord], found: list[AnyRecord], text: str) -> list[tuple[int, int]]:
    """Which records of one kind and article are the same: places in the two lists, the greatest overlap first.

    Args:
        text: of the article.
    """
    stretches = [[_stretches(record, text) for record in side] for side in (gold, found)]
    scored = sorted(
        (-score, i, j)
        for i, ours in enumerate(stretches[0])
        for j, theirs in enumerate(stretches[1])
        if (score := _likeness(gold[i], ours, theirs))
    )
    left, right, matched = set(range(len(gold))), set(range(len(found))), []
    for _, i, j in scored:
        if i in left and j in right:
            matched.append((i, j))
            left.discard(i)
            right.discard(j)
    return matched


@cache
def comparable(kind: str) -> tuple[str, ...]:
    """The fields of a kind that are compared: categories, yes or no, actors, days, amounts, and whose word it is."""
    known = {*categories((kind,)), *actor_fields(KINDS[kind]), *DATES, *_MORE} - GIVEN - {"steps"}
    return tuple(name for name in KINDS[kind].__struct_fields__ if name in known)


class _Tally:
    """The records of one kind, as they are compared article by article."""

    def __init__(self, kind: str, equals: bool) -> None:
        self.kind, self.equals = kind, equals
        self.gold_by, self.found_by = Counter[str](), Counter[str]()
        self.gold = self.found = self.matched = self.unchecked = 0
        self.values: dict[str, list[tuple[Hashable, Hashable]]] = defaultdict(list)
        self.differences: list[CodingDifference] = []

    def add(self, gold: list[AnyRecord], found: list[AnyRecord], article: Article) -> None:
        """Compare the records of one article."""
        matched = pairs(gold, found, article.text)
        self.gold, self.found, self.matched = (
            self.gold + len(gold),
            self.found + len(found),
            self.matched + len(matched),
        )
        self.gold_by.update(map(_maker, gold))
        self.found_by.update(map(_maker, found))
        self.unchecked += sum(
            r.origin.by != "person" and r.review not in ("accepted", "edited") for r in gold
        )
        for i, j in sorted(matched):
            self._pair(gold[i], found[j], article)
        ours, theirs = {i for i, _ in matched}, {j for _, j in matched}
        self.differences += [self._alone("missed", r, article) for i, r in enumerate(gold) if i not in ours]
        self.differences += [self._alone("extra", r, article) for j, r in enumerate(found) if j not in theirs]

    def agreement(self) -> KindAgreement:
        """What it comes to."""
        precision, recall = _share(self.matched, self.found), _share(self.matched, self.gold)
        return KindAgreement(
            kind=self.kind, gold=self.gold, found=self.found, matched=self.matched, precision=precision, recall=recall,
            f1=_share(2 * self.matched, self.gold + self.found),
            fields=tuple(self._field(name) for name in comparable(self.kind)),
        )  # fmt: skip

    def _field(self, name: str) -> FieldAgreement:
        both = [pair for pair in self.values[name] if None not in pair]
        return FieldAgreement(
            field=name, compared=len(both), agreed=sum(a == b for a, b in both),
            gold_only=sum(b is None and a is not None for a, b in self.values[name]),
            found_only=sum(a is None and b is not None for a, b in self.values[name]), alpha=nominal_alpha(both),
        )  # fmt: skip

    def _pair(self, gold: AnyRecord, found: AnyRecord, article: Article) -> None:
        for name in comparable(self.kind):
            value, other = _coded(gold, name), _coded(found, name)
            keys = _key(value), _key(other)
            self.values[name].append(keys)
            # Where the gold is silent there is nothing to be wrong about: it is counted, and no difference.
            if keys[0] != keys[1] and (self.equals or keys[0] is not None):
                self.differences.append(_difference(
                    "value", gold, article, gold=gold.id, found=found.id, field=name, gold_value=_shown(value), found_value=_shown(other),
                ))  # fmt: skip

    def _alone(self, what: What, record: AnyRecord, article: Article) -> CodingDifference:
        in_gold = what == "missed"
        ids = (record.id, None) if in_gold else (None, record.id)
        return _difference(what, record, article, gold=ids[0], found=ids[1])


def _difference(what: What, record: AnyRecord, article: Article, **told: Any) -> CodingDifference:
    return CodingDifference(
        what=what, kind=kind_of(record), article=article.id, words=_words(record), according_to=whose_word(record, article),
        factuality=record.factuality, hearsay=record.hearsay, review=record.review, **told,
    )  # fmt: skip


def _maker(record: AnyRecord) -> str:
    checked = "" if record.review == "proposed" else f", {record.review} in review"
    return f"{record.origin.by} {record.origin.name} {record.origin.version}".strip() + checked


def _total(counts: Iterable[Counter[str]]) -> dict[str, int]:
    """The most frequent first."""
    return dict(sum(counts, Counter[str]()).most_common())


def _by_kind(ledger: Ledger, article: str) -> Mapping[str, list[AnyRecord]]:
    found: dict[str, list[AnyRecord]] = defaultdict(list)
    for record in ledger.records().where(article=article).standing():
        found[kind_of(record)].append(record)
    return found


def _in_order(differences: Iterable[CodingDifference], articles: list[str]) -> tuple[CodingDifference, ...]:
    place = {key: number for number, key in enumerate(articles)}
    return tuple(sorted(differences, key=lambda d: place[d.article]))


def _figure(value: Any) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


# ---------------------------------------------------------------- which records are the same


def _stretches(record: AnyRecord, text: str) -> list[frozenset[int]]:
    """The places of letters and digits in what is matched: of a statement all that was said, else each stretch of words."""
    spans = record.words("content") if isinstance(record, Statement) else record.core
    places = [frozenset(k for k in range(e.start, e.end) if text[k].isalnum()) for e in spans]
    return [frozenset().union(*places)] if isinstance(record, Statement) else places


def _likeness(record: AnyRecord, ours: list[frozenset[int]], theirs: list[frozenset[int]]) -> float:
    """The greatest Jaccard index of two stretches that are like enough; 0 where none are."""
    enough = _enough_said if isinstance(record, Statement) else _enough_words
    return max(
        (len(a & b) / len(a | b) for a in ours for b in theirs if a and b and enough(a, b)), default=0.0
    )


def _enough_said(a: frozenset[int], b: frozenset[int]) -> bool:
    return len(a & b) >= _STATEMENTS * len(a | b)


def _enough_words(a: frozenset[int], b: frozenset[int]) -> bool:
    both = len(a & b)
    return both >= _SHORTER * min(len(a), len(b)) and both >= _BOTH * len(a | b)


# ---------------------------------------------------------------- which values are the same


def _coded(record: AnyRecord, field: str) -> Any:
    """A field's value, `None` where a coding left it at what the field has by default."""
    return None if record.reasons.get(field) == SILENT else getattr(record, field)


def _key(value: Any) -> Hashable:
    """A value as it is compared: actors by name, a set of them in any order; `None` for unknown."""
    match value:
        case ActorRef() | Authority():
            return name_key(value.name)
        case Amount():
            return (value.value, value.low, value.high, value.unit)
        case tuple():
            return frozenset(map(_key, value)) or None
        case _:
            return value  # type: ignore[no-any-return]


def _shown(value: Any) -> str:
    match value:
        case ActorRef() | Authority():
            return value.name
        case Amount():
            return value.surface or f"{value.value} {value.unit}"
        case tuple():
            return "; ".join(map(_shown, value))
        case _:
            return str(as_cell(value))


def _words(record: AnyRecord) -> str:
    return " … ".join(e.exact for e in sorted(record.core, key=lambda e: e.start))

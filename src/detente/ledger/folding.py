"""One pledge in several articles: which records say the same thing, and why.

Two records are one pledge where all of this holds:

- the same pledger, known in both; no beneficiary, type, basis or due date that contradicts; both a part of something
  larger or neither; neither negated. "spend" is the type of money without more said, and contradicts no loan, grant or
  goods bought with it;
- the sums agree: equal, or for money one is the other rounded or cut short (`sums`);
- what is pledged is the same. Where both name a sum, that sum for an instrument (a loan, a grant, a guarantee, an exchange)
  or that number of things (600 troops) is enough; anything else needs a word in common that says what the money is for.
  Where a sum is missing, half of the words of the shorter must be common, and two at least.

A record joins others only if it is the same as each of them, so that small differences do not add up along a chain.
Sums that do not agree are never a repeat and never a conflict: they are two pledges.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from detente.ledger.likely import Key, Likely, Said, compare_by
from detente.ledger.rows import name_key
from detente.ledger.sums import is_counted, same_sum
from detente.records import Cluster, Origin, Pledge, PledgeType

ORIGIN = Origin(by="rule", name="folding", version="1")

_INSTRUMENTS = frozenset({"loan", "grant", "guarantee", "exchange"})
_SPENT = frozenset({"loan", "grant", "in_kind"})
_LEAST_SHARE = 0.5
_LEAST_WORDS = 2
_LETTERS = re.compile(r"[^\W\d_]{3,}")
# Words that any pledge may have: they say that something is promised, and not what.
_EMPTY = frozenset([
    "a", "about", "above", "additional", "after", "again", "agree", "agreed", "agreement", "all", "also",
    "an", "and", "announce", "announced", "another", "any", "are", "around", "as", "at", "be", "been",
    "before", "being", "below", "between", "billion", "both", "but", "by", "can", "commit", "commitment",
    "committed", "could", "deal", "deals", "did", "does", "each", "extra", "first", "for", "from", "further",
    "give", "given", "giving", "had", "has", "have", "her", "him", "his", "hundred", "increase", "into",
    "its", "just", "last", "least", "less", "look", "looks", "lot", "made", "make", "making", "may",
    "million", "month", "more", "most", "much", "must", "nearly", "new", "next", "not", "now", "off", "offer",
    "offered", "once", "one", "only", "other", "our", "out", "over", "own", "package", "pay", "per",
    "percent", "pledge", "pledged", "promise", "promised", "promises", "provide", "provided", "providing",
    "raise", "send", "set", "should", "sign", "signed", "since", "some", "spend", "spending", "still", "such",
    "sum", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "thousand", "through", "time", "total", "trillion", "two", "under", "until", "use", "used", "very", "vow",
    "vowed", "was", "week", "were", "what", "when", "where", "which", "while", "will", "with", "within",
    "worth", "would", "year", "yesterday", "you",
])  # fmt: skip
# A currency says how much and not what for.
_CURRENCIES = frozenset([
    "bucks", "crown", "dinar", "dirham", "dollar", "euro", "forint", "franc", "hryvnia", "koruna", "krona",
    "krone", "kroner", "kronor", "lari", "leu", "lev", "lira", "peso", "pound", "rand", "real", "riyal",
    "rouble", "ruble", "rupee", "shekel", "sterling", "yen", "yuan", "zloty",
])  # fmt: skip


class Fold(msgspec.Struct, frozen=True):
    """Records that are one pledge, in the order given, and why; one record alone has no reason."""

    pledges: tuple[Pledge, ...]
    reason: str | None = None

    @property
    def cluster(self) -> Cluster | None:
        """The fold as a cluster, or `None` for one record alone."""
        if self.reason is None:
            return None
        return Cluster.together("pledge", (p.id for p in self.pledges), reason=self.reason, origin=ORIGIN)


def fold_pledges(pledges: Iterable[Pledge], decided: Iterable[Cluster] = ()) -> list[Fold]:
    """Put together the records that are one pledge.

    Args:
        pledges: in the order in which they appeared.
        decided: what people put together, which the rule does not take apart or add to.

    Returns:
        A fold for each pledge, in the order of their first records.
    """
    by_hand = {m: c for c in decided if c.of == "pledge" and c.origin.by == "person" for m in c.members}
    groups: list[_Group] = []
    near: dict[frozenset[str], tuple[list[_Group], Likely]] = defaultdict(lambda: ([], Likely()))
    together: dict[str, _Group] = {}
    for pledge in pledges:
        said = said_of(pledge)
        if cluster := by_hand.get(pledge.id):
            group = together.setdefault(cluster.id, _Group())
        else:
            others, likely = near[frozenset(actor.id for actor in pledge.pledger)]
            found = next((others[n] for n in likely.find(said) if others[n].takes(said)), None)
            group = found or _Group()
            if found is None:
                likely.add(len(others), said)
                others.append(group)
        if not group.pledges:
            groups.append(group)
        group.add(said)
    return [Fold(tuple(group.pledges), _reason(group.pledges, by_hand)) for group in groups]


class _Group:
    """Records that are one pledge, on their way; those that do not differ in what is compared are compared once."""

    def __init__(self) -> None:
        self.pledges: list[Pledge] = []
        self.different: dict[Key, Said] = {}

    def add(self, said: Said) -> None:
        """Put a record in."""
        self.pledges.append(said.pledge)
        self.different.setdefault(said.compared, said)

    def takes(self, said: Said) -> bool:
        """Whether the record is the same as each that is in."""
        if said.compared in self.different:
            return same_said(said, said)
        return all(same_said(member, said) for member in self.different.values())


def same_pledge(one: Pledge, other: Pledge) -> bool:
    """Whether two records are one pledge: the rule that stands at the head of this module."""
    return same_said(said_of(one), said_of(other))


def said_of(pledge: Pledge) -> Said:
    """What is compared of a pledge: what is compared with many others makes it once."""
    instrument = pledge.type if pledge.type in _INSTRUMENTS else None
    return compare_by(pledge, frozenset(object_words(pledge)), instrument)


def same_said(one: Said, other: Said) -> bool:
    """Whether two records are one pledge; see `same_pledge`."""
    return not _contradict(one.pledge, other.pledge) and _same_thing(one, other)


def _contradict(one: Pledge, other: Pledge) -> bool:
    """Whether something that both records say keeps them apart."""
    pledgers = {a.id for a in one.pledger}
    beneficiaries = {a.id for a in one.beneficiary}, {a.id for a in other.beneficiary}
    return (
        not pledgers
        or pledgers != {a.id for a in other.pledger}
        or "negated" in (one.factuality, other.factuality)
        or (all(beneficiaries) and not beneficiaries[0] & beneficiaries[1])
        or not _types_agree(one.type, other.type)
        or (one.due is not None and other.due is not None and one.due != other.due)
        or (one.part_of is None) != (other.part_of is None)
    )


def _types_agree(one: PledgeType | None, other: PledgeType | None) -> bool:
    known = {one, other} - {None}
    return len(known) < 2 or ("spend" in known and bool(known & _SPENT))


def _same_thing(one: Said, other: Said) -> bool:
    shared = one.words & other.words
    first, second = one.pledge.amount, other.pledge.amount
    if first is not None and second is not None:
        instrument = one.instrument is not None and one.instrument == other.instrument
        return same_sum(first, second) and (instrument or is_counted(first) or bool(shared))
    least = min(len(one.words), len(other.words))
    return len(shared) >= max(_LEAST_WORDS, _LEAST_SHARE * least)


def object_words(pledge: Pledge) -> set[str]:
    """The words of a pledge that say what is pledged: no names of its actors, no sum, no words of promising."""
    names = {part for a in (*pledge.pledger, *pledge.beneficiary) for part in name_key(a.name).split()}
    words = {name_key(w) for e in pledge.core for w in _LETTERS.findall(e.exact)}
    sum_words = {name_key(w) for w in _LETTERS.findall(pledge.amount.surface)} if pledge.amount else set()
    return {_singular(w) for w in words - names - sum_words - _EMPTY} - _EMPTY - _CURRENCIES


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _reason(group: Sequence[Pledge], by_hand: dict[str, Cluster]) -> str | None:
    if len(group) < 2:
        return None
    first, *rest = group
    if cluster := by_hand.get(first.id):
        return cluster.reason
    said = [f"the same pledger ({', '.join(a.name for a in first.pledger)})"]
    if kinds := list(dict.fromkeys(p.type for p in group if p.type)):
        said.append(
            f"types that agree ({', '.join(kinds)})" if len(kinds) > 1 else f"the same type ({kinds[0]})"
        )
    if sums := list(dict.fromkeys(p.amount.surface for p in group if p.amount and p.amount.surface)):
        said.append(f"sums that agree ({', '.join(sums)})" if len(sums) > 1 else f"the same sum ({sums[0]})")
    if shared := set.intersection(object_words(first), *map(object_words, rest)):
        said.append(f"words in common ({', '.join(sorted(shared))})")
    return "; ".join(said)

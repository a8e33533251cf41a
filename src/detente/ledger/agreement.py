"""How far reviewers agree: Krippendorff's alpha, and the records on which they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence

import msgspec

from detente.ledger.connection import Connection
from detente.ledger.judgements import REVIEWS, changes_value, standing
from detente.ledger.views import judgements
from detente.records import Judgement, Part

_FEWEST = 2  # reviewers of a record between whom there is something to compare


class Disagreement(Part, frozen=True, kw_only=True):
    """A record that reviewers decided differently.

    Args:
        record: its id.
        kind: its kind.
        decisions: by reviewer, what they decided: "accepted", or "edited: stage = committed".
    """

    record: str
    kind: str
    decisions: dict[str, str]


class Agreement(Part, frozen=True, kw_only=True):
    """How far reviewers agree about the records that at least two of them decided.

    Args:
        alpha: Krippendorff's alpha for nominal data, from below 0 to 1; `None` where it has no value, as `reason` says.
        reason: why there is no alpha.
        records: how many records at least two reviewers decided.
        decisions: how many decisions of theirs.
        agreed: on how many of the records all are of one mind.
        reviewers: by name, how many of these records each decided.
        by_kind: alpha for each kind of record.
        disagreements: the records on which they differ, in the order of the ledger.
    """

    alpha: float | None
    reason: str | None
    records: int
    decisions: int
    agreed: int
    reviewers: dict[str, int]
    by_kind: dict[str, float | None]
    disagreements: tuple[Disagreement, ...]


def agreement(connection: Connection) -> Agreement:
    """Compare what reviewers decided: the last decision of each about a record, with the fields that it edited.

    What somebody undid is no decision, and to be unsure is none.
    """
    decided = _decisions(judgements(connection, "", ()))
    shared = {key: by for key, by in decided.items() if len(by) >= _FEWEST}
    kinds: dict[str, str] = {
        key: kind
        for key, kind in connection.rows("SELECT id, kind FROM records ORDER BY serial")
        if key in shared
    }
    units = {key: list(shared[key].values()) for key in kinds}
    alpha = nominal_alpha(units.values())
    by_kind = {
        kind: nominal_alpha(units[key] for key in kinds if kinds[key] == kind)
        for kind in sorted(set(kinds.values()))
    }
    return Agreement(
        alpha=alpha, reason=None if alpha is not None else _reason(units), records=len(units),
        decisions=sum(map(len, units.values())), agreed=sum(len(set(values)) == 1 for values in units.values()),
        reviewers=dict(sorted(Counter(name for key in kinds for name in shared[key]).items())), by_kind=by_kind,
        disagreements=tuple(
            Disagreement(record=key, kind=kinds[key], decisions=shared[key]) for key in kinds if len(set(units[key])) > 1
        ),
    )  # fmt: skip


def nominal_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal data, any number of observers, and values that are missing.

    Args:
        units: for each unit the values that observers gave it, in any order; a unit with fewer than two is passed over.

    Returns:
        1 for full agreement, 0 for as much as chance gives; `None` where nothing can be paired, or all values are one.

    Source:
        Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: coincidences o_cc are counted within
        units, each pair by 1/(m_u - 1); alpha = ((n - 1) Σ o_cc - Σ n_c (n_c - 1)) / (n (n - 1) - Σ n_c (n_c - 1)).
    """
    agreed = 0.0
    values: Counter[Hashable] = Counter()
    for unit in units:
        if len(unit) >= _FEWEST:
            counts = Counter(unit)
            values.update(counts)
            agreed += sum(n * (n - 1) for n in counts.values()) / (len(unit) - 1)
    n = values.total()
    by_chance = sum(c * (c - 1) for c in values.values())
    if n * (n - 1) == by_chance:
        return None
    return ((n - 1) * agreed - by_chance) / (n * (n - 1) - by_chance)


def _decisions(ordered: Iterable[Judgement]) -> dict[str, dict[str, str]]:
    """By record and reviewer, what the reviewer's decisions that stand come to."""
    histories: dict[str, list[Judgement]] = defaultdict(list)
    for j in ordered:
        histories[j.record].append(j)
    found = {key: _by_reviewer(standing(history)) for key, history in histories.items()}
    return {key: by for key, by in found.items() if by}


def _by_reviewer(decisions: Iterable[Judgement]) -> dict[str, str]:
    last: dict[str, str] = {}
    edits: dict[str, dict[str, str]] = defaultdict(dict)
    for j in decisions:
        if changes_value(j):
            edits[j.by][str(j.field)] = msgspec.json.encode(j.new).decode()
        if j.action in REVIEWS:
            last[j.by] = REVIEWS[j.action]
    return {by: _said(review, edits[by] if review == "edited" else {}) for by, review in last.items()}


def _said(review: str, edits: dict[str, str]) -> str:
    changed = "; ".join(f"{field} = {new}" for field, new in sorted(edits.items()))
    return f"{review}: {changed}" if changed else review


def _reason(units: dict[str, list[str]]) -> str:
    if not units:
        return "no record was decided by two reviewers"
    return "all decisions are the same, so that there is nothing to tell agreement from chance by"

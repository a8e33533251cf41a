"""Who speaks in the coverage, how often, and how much of it is quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.ledger.store import Ledger
from detente.records import ActorRef, Part, Statement


class Speaker(Part, frozen=True, kw_only=True):
    """One speaker's statements.

    Args:
        speaker: who; `None` stands for all statements whose speaker could not be told.
        by_mode: ids of the statements, by how they are given: direct, mixed, indirect.
        hearsay: ids of those at second hand.
        articles: ids of the articles that have them.
        reasons: for the unknown speaker, why each statement's could not be told, by statement.
    """

    speaker: ActorRef | None
    by_mode: Mapping[str, tuple[str, ...]]
    hearsay: tuple[str, ...]
    articles: tuple[str, ...]
    reasons: Mapping[str, str]

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of all the statements."""
        return tuple(key for keys in self.by_mode.values() for key in keys)


_MODES = ("direct", "mixed", "indirect")


def statements_by_speaker(ledger: Ledger, **filters: object) -> list[Speaker]:
    """Everybody who speaks, those with most statements first; the unknown ones last.

    Rejected records are left out.

    Args:
        ledger: the records.
        filters: those of `RecordSet.where`, such as `since="2025-03-01"`.
    """
    grouped: dict[str | None, list[Statement]] = {}
    for statement in ledger.statements.where(**filters):  # type: ignore[arg-type]
        if statement.review != "rejected":
            grouped.setdefault(statement.speaker.id if statement.speaker else None, []).append(statement)
    found = [_speaker(statements) for statements in grouped.values()]
    return sorted(
        found, key=lambda s: (s.speaker is None, -len(s.statements), s.speaker.name if s.speaker else "")
    )


def _speaker(statements: Sequence[Statement]) -> Speaker:
    unknown = statements[0].speaker is None
    return Speaker(
        speaker=statements[0].speaker,
        by_mode={mode: tuple(s.id for s in statements if s.mode == mode) for mode in _MODES},
        hearsay=tuple(s.id for s in statements if s.hearsay),
        articles=tuple(dict.fromkeys(s.article for s in statements)),
        reasons={s.id: s.reasons.get("speaker", "the reading gave no reason") for s in statements}
        if unknown
        else {},
    )

"""A record is marked as disputed or corrected, and the reply is kept beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from detente.errors import RecordError, UnknownName
from detente.ledger.judgements import standing
from detente.records import Judgement, Part

Mark = Literal["disputed", "corrected"]


class Remark(Part, frozen=True, kw_only=True):
    """What stands beside a record that somebody denies, or that its outlet has corrected.

    Args:
        mark: whether it is disputed or was corrected.
        reply: the words of who denies or corrects it.
        of: whose words those are.
        source: where they can be read.
        by: who put the mark.
        at: when, in UTC.
        note: why.
    """

    mark: Mark
    reply: str | None
    of: str | None
    source: str | None
    by: str
    at: str
    note: str | None


def remark(mark: str, *, reply: str | None, of: str | None, source: str | None) -> dict[str, str | None]:
    """What a judgement keeps of a remark as its new value.

    Raises:
        UnknownName: no such mark.
        RecordError: somebody is named, or a source, and no reply.
    """
    if mark not in get_args(Mark):
        raise UnknownName(f"got the mark {mark!r}, expected one of: {', '.join(get_args(Mark))}")
    if (of or source) and not (reply and reply.strip()):
        raise RecordError("got whose reply it is or where it can be read, expected the reply itself as well")
    return {"review": "disputed", "mark": mark, "reply": reply, "of": of, "source": source}


def remarks(judgements: Iterable[Judgement]) -> list[Remark]:
    """The remarks of a record that stand, oldest first."""
    return [_remark(j) for j in standing(judgements) if j.action == "dispute"]


def _remark(j: Judgement) -> Remark:
    kept = j.new if isinstance(j.new, dict) else {}
    return Remark(
        mark=kept.get("mark", "disputed"), reply=kept.get("reply"), of=kept.get("of"), source=kept.get("source"),
        by=j.by, at=j.at, note=j.note,
    )  # fmt: skip

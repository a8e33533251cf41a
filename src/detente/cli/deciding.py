"""What the verbs that decide share: who decides and why, and how a decision is told."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from detente.records import Judgement

F = TypeVar("F", bound=Callable[..., Any])

_SHOWN = 5  # decisions told one by one


def by_option(function: F) -> F:
    """`--by NAME`: who decides, by default the user."""
    return click.option("--by", default=getpass.getuser, show_default="your user name", help="Who decides.")(
        function
    )


def reason_option(function: F) -> F:
    """`--reason WORDS`: why, kept with the decision."""
    return click.option("--reason", "--note", "reason", help="Why; kept with the decision.")(function)


def told(judgement: Judgement) -> str:
    """A decision as a line: its number, when, who, what, why."""
    from detente.ledger.judgements import is_undo

    what = f" {judgement.field}: {judgement.old!r} → {judgement.new!r}" if judgement.field else ""
    why = f" ({judgement.note})" if judgement.note else ""
    action = "undo" if is_undo(judgement) else judgement.action
    return f"{judgement.serial} {judgement.at} {judgement.by}: {action} {judgement.record}{what}{_reply(judgement)}{why}"


def _reply(judgement: Judgement) -> str:
    """What is kept beside a record that is disputed or corrected."""
    if judgement.action != "dispute" or not isinstance(judgement.new, dict):
        return ""
    whose = ", ".join(filter(None, (judgement.new.get("of"), judgement.new.get("source"))))
    reply = judgement.new.get("reply")
    said = f": “{reply}”" if reply else ""
    mark = " corrected" if judgement.new.get("mark") == "corrected" else ""
    return f"{mark}{said}{f' — {whose}' if whose else ''}"


def all_told(judgements: Sequence[Judgement]) -> str:
    """Decisions as lines; of many that were made as one, the first and how many."""
    if len(judgements) <= _SHOWN:
        return "\n".join(map(told, judgements))
    return f"{told(judgements[0])}\n… and {len(judgements) - 1} more, decided as one"

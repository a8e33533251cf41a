"""`detente review`: what a person decides about a record."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import ledger_option, open_ledger
from detente.errors import UnknownName
from detente.ledger.judgements import standing

if TYPE_CHECKING:
    from detente.ledger import Ledger
    from detente.records import Judgement

_ACTIONS = ("accept", "reject", "dispute", "edit", "undo", "history")


@click.command("review")
@click.argument("record", metavar="ID")
@click.argument("action", type=click.Choice(_ACTIONS))
@click.argument("change", required=False, metavar="[FIELD=VALUE]")
@ledger_option
@click.option("--by", default=getpass.getuser, show_default="your user name", help="Who decides.")
@click.option("--note", help="Why.")
def command(record: str, action: str, change: str | None, ledger_path: Path, by: str, note: str | None) -> None:
    """Accept, reject, dispute or edit the record ID; undo the last decision; or show its history.

    The machine's value stays beside the person's, and an undo is a decision too: nothing is overwritten.

    \b
    Example:
      export DETENTE_LEDGER=detente-demo.db
      detente review $(detente show pledges --ids | head -n 1) edit stage=committed --by "Ana" --note "signed"
    """
    if change is not None and action != "edit":
        raise click.UsageError(f"got {change!r} with {action}, expected FIELD=VALUE with edit alone")
    if note is not None and action in ("undo", "history"):
        raise click.UsageError(f"got --note with {action}, which keeps none")
    with open_ledger(ledger_path, readonly=action == "history") as ledger:
        _require(ledger, record)
        if action == "history":
            made = ledger.judgements(record)
        elif action == "undo":
            made = [ledger.undo(_last(ledger, record).serial, by=by)]
        else:
            field, new = _change(change, record) if action == "edit" else (None, None)
            made = [ledger.judge(record, action, by=by, field=field, new=new, note=note)]
    click.echo("\n".join(map(_line, made)) or f"nobody has decided anything about {record}")


def _require(ledger: Ledger, record: str) -> None:
    """Refuse an id that the ledger does not have, and say where ids are shown."""
    try:
        ledger.get(record)
    except UnknownName as error:
        error.remedy = error.remedy or "detente search WORDS, which shows the ids of records"
        raise


def _last(ledger: Ledger, record: str) -> Judgement:
    """The last judgement that stands: to undo twice goes two decisions back."""
    made = standing(ledger.judgements(record))
    if not made:
        raise UnknownName(f"no decision about {record} stands, and so there is none to undo", f"detente review {record} history")
    return made[-1]


def _change(change: str | None, record: str) -> tuple[str, Any]:
    field, equals, value = (change or "").partition("=")
    if not equals:
        raise click.UsageError(f"edit needs FIELD=VALUE, such as: detente review {record} edit stage=committed")
    try:
        return field.strip(), json.loads(value)
    except ValueError:
        return field.strip(), value


def _line(judgement: Judgement) -> str:
    what = f" {judgement.field}: {judgement.old!r} → {judgement.new!r}" if judgement.field else ""
    why = f" ({judgement.note})" if judgement.note else ""
    # An undo is kept as a proposal put back; one of a person's own has nothing before it.
    action = "undo" if judgement.action == "propose" and judgement.old is not None else judgement.action
    return f"{judgement.serial} {judgement.at} {judgement.by}: {action} {judgement.record}{what}{why}"

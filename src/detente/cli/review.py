"""`detente review`: what a person decides about a record."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Any

import click

from detente.cli.common import ledger_option, open_ledger
from detente.errors import UnknownName

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
      detente review pl-0123456789abcdef edit stage=committed --by "Ana" --note "signed on Saturday"
    """
    with open_ledger(ledger_path, readonly=action == "history") as ledger:
        if action == "history":
            for judgement in ledger.judgements(record):
                click.echo(_line(judgement))
            return
        if action == "undo":
            made = ledger.judgements(record)
            if not made:
                raise UnknownName(f"nobody has decided anything about {record}", f"detente review {record} accept")
            judgement = ledger.undo(made[-1].serial, by=by)
        elif action == "edit":
            field, new = _change(change, record)
            judgement = ledger.judge(record, "edit", by=by, field=field, new=new, note=note)
        else:
            judgement = ledger.judge(record, action, by=by, note=note)
    click.echo(_line(judgement))


def _change(change: str | None, record: str) -> tuple[str, Any]:
    field, equals, value = (change or "").partition("=")
    if not equals:
        raise click.UsageError(f"edit needs FIELD=VALUE, such as: detente review {record} edit stage=committed")
    try:
        return field.strip(), json.loads(value)
    except ValueError:
        return field.strip(), value


def _line(judgement: Any) -> str:
    what = f" {judgement.field}: {judgement.old!r} → {judgement.new!r}" if judgement.field else ""
    why = f" ({judgement.note})" if judgement.note else ""
    return f"{judgement.serial} {judgement.at} {judgement.by}: {judgement.action} {judgement.record}{what}{why}"

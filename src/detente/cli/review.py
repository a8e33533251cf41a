"""`detente review`: what a person decides about records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import day, ledger_option, open_ledger
from detente.cli.deciding import all_told, by_option, reason_option, told
from detente.errors import UnknownName
from detente.ledger.judgements import standing

if TYPE_CHECKING:
    from detente.ledger import Ledger
    from detente.records import Judgement

_ACTIONS = ("accept", "reject", "dispute", "correct", "unsure", "edit", "undo", "history")
_BULK = ("accept", "reject", "dispute", "unsure")
_MARKS = {"dispute": "disputed", "correct": "corrected"}
_FILTERS = ("speaker", "actor", "publisher", "since", "until", "text", "type", "review")


@click.command("review")
@click.argument("record", required=False, metavar="[ID]")
@click.argument("action", required=False, type=click.Choice(_ACTIONS), metavar="[ACTION]")
@click.argument("change", required=False, metavar="[FIELD=VALUE]")
@ledger_option
@by_option
@reason_option
@click.option(
    "--reply", help="With dispute or correct: the words of who denies or corrects it, kept beside the record."
)
@click.option("--of", help="With --reply: whose words those are.")
@click.option("--source", help="With --reply: where they can be read.")
@click.option(
    "--all", "every", type=click.Choice(_BULK), help="Decide the same about all that the filters leave."
)
@click.option("--yes", is_flag=True, help="With --all: do not ask first.")
@click.option("--kind", help="Only records of this kind, such as pledge.")
@click.option("--speaker", help="Who speaks: a name, an alias or an id.")
@click.option("--actor", help="Whoever takes part, in any role.")
@click.option("--publisher", help="The outlet.")
@click.option("--since", metavar="DATE", callback=day, help="Published on or after this day.")
@click.option("--until", metavar="DATE", callback=day, help="Published on or before this day.")
@click.option("--text", help="Words that the record contains.")
@click.option("--type", help="Type of an event or a pledge.")
@click.option("--review", default="proposed", show_default=True, help="Records in this state.")
def command(
    record: str | None, action: str | None, change: str | None, ledger_path: Path, by: str, reason: str | None, reply: str | None,
    of: str | None, source: str | None, every: str | None, yes: bool, kind: str | None, **filters: str | None,
) -> None:  # fmt: skip
    """Go through records one at a time; or ACTION on the record ID: accept, reject, dispute, correct, unsure, edit, undo, history.

    Without an ID, each record is shown with its sentence marked in its paragraph, and a key decides; ? lists the keys. With
    --all, one decision goes to all records that the filters leave, and `detente undo` takes it back as one. The machine's
    value stays beside the person's, and an undo is a decision too: nothing is overwritten.

    \b
    Example:
      export DETENTE_LEDGER=detente-demo.db
      detente review $(detente show pledges --ids | head -n 1) edit stage=committed --by "Ana" --note "signed"
    """
    beside = {"reply": reply, "of": of, "source": source}
    if record is None:
        if any(beside.values()):
            raise click.UsageError(
                'got --reply without a record, expected: detente review ID dispute --reply "…"'
            )
        _review_many(ledger_path, by, reason, every, yes, kind, filters)
        return
    if action is None or every is not None:
        raise click.UsageError(f"expected what to do with {record}: one of {', '.join(_ACTIONS)}")
    if change is not None and action != "edit":
        raise click.UsageError(f"got {change!r} with {action}, expected FIELD=VALUE with edit alone")
    if reason is not None and action in ("undo", "history"):
        raise click.UsageError(f"got --note with {action}, which keeps none")
    if any(beside.values()) and action not in ("dispute", "correct"):
        raise click.UsageError(f"got --reply with {action}, expected it with dispute or correct")
    with open_ledger(ledger_path, readonly=action == "history") as ledger:
        _require(ledger, record, action)
        made = _decide(ledger, record, action, change, by=by, note=reason, beside=beside)
    click.echo("\n".join(map(told, made)) or f"nobody has decided anything about {record}")


def _decide(
    ledger: Ledger,
    record: str,
    action: str,
    change: str | None,
    *,
    by: str,
    note: str | None,
    beside: dict[str, str | None],
) -> list[Judgement]:
    match action:
        case "history":
            return ledger.judgements(record)
        case "undo":
            return [ledger.undo(_last(ledger, record).serial, by=by)]
        case "dispute" | "correct":
            return [ledger.remark(record, _MARKS[action], by=by, note=note, **beside)]
        case "edit":
            field, new = _change(change, record)
            return [ledger.judge(record, action, by=by, field=field, new=new, note=note)]
        case _:
            return [ledger.judge(record, action, by=by, note=note)]


def _review_many(
    path: Path,
    by: str,
    note: str | None,
    every: str | None,
    yes: bool,
    kind: str | None,
    filters: dict[str, Any],
) -> None:
    asked = {name: filters[name] for name in _FILTERS if filters.get(name) is not None}
    with open_ledger(path) as ledger:
        found = ledger.records(kind).where(**asked)
        ids = [r.id for r in found]
        if not ids:
            click.echo("no records to review")
        elif every is None:
            from detente.cli.reviewing import Session

            Session(ledger, ids, by).run()
        else:
            number = f"{len(ids)} {found.noun if len(ids) != 1 else found.noun[:-1]}"
            if not yes:
                click.confirm(f"{every} {number}?", abort=True, err=True)
            click.echo(all_told(ledger.judge_all(ids, every, by=by, note=note)))
            click.echo(f"{every}: {number}; detente undo takes it back as one")


def _require(ledger: Ledger, record: str, action: str) -> None:
    """Refuse an id that the ledger does not have, and say where ids are shown."""
    if action == "history" and ledger.judgements(record):
        return  # of an actor, or of what was redacted
    try:
        ledger.get(record)
    except UnknownName as error:
        error.remedy = error.remedy or "detente search WORDS, which shows the ids of records"
        raise


def _last(ledger: Ledger, record: str) -> Judgement:
    """The last judgement that stands: to undo twice goes two decisions back."""
    made = standing(ledger.judgements(record))
    if not made:
        raise UnknownName(
            f"no decision about {record} stands, and so there is none to undo",
            f"detente review {record} history",
        )
    return made[-1]


def _change(change: str | None, record: str) -> tuple[str, Any]:
    from detente.cli import reviewing

    if change is None or "=" not in change:
        raise click.UsageError(
            f"edit needs FIELD=VALUE, such as: detente review {record} edit stage=committed"
        )
    return reviewing.change(change)

"""`detente redact`: words are taken out of the ledger for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import json_option, ledger_option, open_ledger, print_json
from detente.cli.deciding import by_option, told

if TYPE_CHECKING:
    from detente.ledger import Ledger
    from detente.records import Judgement


@click.command("redact")
@click.argument("one", required=False, metavar="ID")
@ledger_option
@by_option
@click.option("--reason", help="Why: it stands in the words' place.")
@click.option("--list", "listed", is_flag=True, help="Show what was redacted, when, by whom and why.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Redact what another copy of the ledger lists with --list --json.",
)
@click.option("--purge", is_flag=True, help="Clear redacted words out of the file's free pages once more.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@json_option
def command(
    one: str | None, ledger_path: Path, by: str, reason: str | None, listed: bool, source: Path | None, purge: bool,
    yes: bool, as_json: bool,
) -> None:  # fmt: skip
    """Take the words of the record ID, or the whole article ID, out of the ledger for good. There is no undo.

    The words go from the article's text, where blocks of the same length stand instead, from every record that rests on them,
    from the indexes and from the file. Who redacted, when and why stays. Reading the article again brings nothing back.
    Backups that were made before still have the words: delete them, or bring them up to date with --from.

    \b
    Example:
      export DETENTE_LEDGER=detente-demo.db
      detente redact $(detente show statements --ids | head -n 1) --reason "the speaker is in danger" --yes
    """
    if sum([one is not None, listed, source is not None, purge]) != 1:
        raise click.UsageError("expected one of: an ID, --list, --from FILE, --purge")
    if one is not None and not (reason or "").strip():
        raise click.UsageError(f'expected why, as in: detente redact {one} --reason "…"')
    with open_ledger(ledger_path, readonly=listed) as ledger:
        if listed:
            _print(ledger.redactions(), as_json)
        elif source is not None:
            click.echo(f"{ledger.redact_again(_tombstones(source))} redactions taken over from {source}")
        elif purge:
            ledger.purge()
            click.echo(f"{ledger_path}: nothing that was redacted is left in the file")
        else:
            _redact(ledger, str(one), by, str(reason), yes, as_json)


def _redact(ledger: Ledger, one: str, by: str, reason: str, yes: bool, as_json: bool) -> None:
    if not yes:
        click.confirm(f"Take the words of {one} out of {ledger.name} for good?", abort=True, err=True)
    done = ledger.redact(one, by=by, reason=reason)
    if as_json:
        print_json(done.to_dict())
        return
    click.echo(
        f"redacted in article {done.article}: {', '.join(done.records) or 'its text, on which no record rests'}"
    )
    if done.elsewhere:
        click.echo(
            f"the same words still stand in {', '.join(done.elsewhere)}: detente redact ARTICLE-ID --reason …",
            err=True,
        )


def _print(tombstones: list[Judgement], as_json: bool) -> None:
    if as_json:
        print_json([j.to_dict() for j in tombstones])
    else:
        click.echo("\n".join(map(told, tombstones)) or "nothing was redacted")


def _tombstones(path: Path) -> list[Judgement]:
    import msgspec

    from detente.errors import MalformedInput, MissingInput
    from detente.records import Judgement

    remedy = "detente redact --list --json writes such a file"
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Judgement])
    except OSError as error:
        raise MissingInput(f"{path}: cannot be read ({error.strerror})", remedy) from error
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise MalformedInput(f"{path}: got {error}, expected a list of redactions", remedy) from error

"""The command line: one file a verb.

Every verb is a module of this package with a click command called `command`; it is imported only when it is called,
so that `detente --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from detente import __version__
from detente.errors import DetenteError, InvalidDate, UnknownName

# Verb, the module that holds it, and what it does: in the order in which a person meets them.
VERBS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "The first look: read the example coverage and show what is found."),
    "read": ("read", "Read articles into the ledger."),
    "show": ("show", "Show records of a kind: statements, pledges, terms …"),
    "search": ("search", "Search the articles and the records for words."),
    "who": ("who", "Who is meant by words on a day, and why."),
    "actors": ("actors", "The actors of the registry and the ledger, found by name."),
    "ask": ("ask", "Ask a question: promises, totals, stands, sources, changes …"),
    "review": ("review", "Accept, reject, edit or dispute records, one at a time or all that are shown."),
    "undo": ("undo", "Take back your last decision."),
    "redo": ("redo", "Make again what you undid."),
    "merge": ("merge", "Two records, or two actors, are one."),
    "split": ("split", "Take apart what was put together."),
    "redact": ("redact", "Take words out of the ledger for good."),
    "agreement": ("agreement", "How far reviewers agree, and where they differ."),
    "compare": ("compare", "A coding by hand and the machine's of the same articles: agreement, differences."),
    "situation": ("situation", "Turn the ledger into a situation to weigh, as TOML."),
    "weigh": ("weigh", "Weigh a situation, or the ledger as it stands."),
    "seal": ("seal", "Make a scenario a forecast, in your own name."),
    "grade": ("grade", "Score a sealed forecast against what happened."),
    "export": ("export", "Write records in a format that other tools read."),
    "import": ("import_", "Take in records: an export, DNA, or a coding by hand."),
    "brief": ("brief", "Write a briefing of what is on record since a day."),
    "publish": ("publish", "Write the pages as files that open from a disk."),
    "serve": ("serve", "Open the ledger in a browser."),
    "evaluate": ("evaluate", "Measure accuracy against gold."),
    "check": ("check", "Check every record against its words, and the ledger's file."),
    "backup": ("backup", "Copy the ledger, also while it is in use."),
}


class _Verbs(click.Group):
    """Loads a verb's module when the verb is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"detente.cli.{VERBS[cmd_name][0]}").command
        return command

    def invoke(self, ctx: click.Context) -> None:
        try:
            super().invoke(ctx)
        except BrokenPipeError:
            # The reader of our output (`| head`) has seen enough: no error, and nothing is left to flush at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], VERBS, n=1)
            hint = f" Did you mean: detente {near[0]}?" if near else " detente --help lists them."
            raise click.UsageError(f"No such verb: {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, about) for verb, (_, about) in VERBS.items()])


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="detente")
def cli() -> None:
    """Read the coverage of a negotiation, keep the record, weigh the deal.

    \b
    Example:
      detente demo
    """


def main(args: list[str] | None = None) -> None:
    """Run the command line. Exits 0 when it worked, 1 when the work failed, 2 when the call was wrong."""
    try:
        # Outside standalone mode click returns the status of `Exit`, and None where a verb ran to its end.
        sys.exit(cli.main(args=args, prog_name="detente", standalone_mode=False))
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except DetenteError as error:
        click.echo(f"detente: {error}", err=True)
        # A name or a day that cannot be meant is a wrong call; one in a file is told of by the verb that reads it.
        sys.exit(2 if isinstance(error, UnknownName | InvalidDate) else 1)

"""`detente demo`: the first look, on the package's own example coverage."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import print_table, print_text
from detente.cli.view import COLUMNS, row_of, sides
from detente.errors import DetenteError
from detente.ledger.questions.wording import attributed, when
from detente.records import Statement

if TYPE_CHECKING:
    from detente.ledger import Ledger
    from detente.ledger.questions import Promise

DEMO_LEDGER = "detente-demo.db"


@click.command("demo")
@click.option("--ledger", "ledger_path", default=DEMO_LEDGER, show_default=True, metavar="FILE", type=click.Path(path_type=Path),
              help="Where the demo's ledger is written.")  # fmt: skip
def command(ledger_path: Path) -> None:
    """Read three short articles on the London summit of 2 March 2025, and show what is found.

    The articles are détente's own prose; what they report is true, and every quotation in them was really said.

    \b
    Example:
      detente demo
    """
    from detente.ledger import Ledger

    with _all_or_nothing(ledger_path), Ledger.filling(ledger_path) as ledger:
        _read(ledger)
        for part in (_coverage, _statements, _pledges, _terms, _others, _weighing):
            part(ledger)
    click.echo("Everything above is machine-read, and no person has checked it: each line has its sentence.")
    click.echo(f"  {_program()} show pledges --evidence --ledger {ledger_path}")
    click.echo(f"  {_program()} serve --open --ledger {ledger_path}")


def _program() -> str:
    """How this shell calls détente: by its name where that is found, else by the path that it was called by."""
    called = Path(sys.argv[0])
    return "detente" if shutil.which("detente") or called.stem != "detente" else shlex.quote(os.path.relpath(called))


@contextmanager
def _all_or_nothing(path: Path) -> Iterator[None]:
    """Removes a ledger that was not there before, where what is done with it fails."""
    from detente.ledger.opening import discard

    new = not path.exists()
    try:
        yield
    except BaseException:
        if new:
            discard(path)
        raise


def _read(ledger: Ledger) -> None:
    from detente.articles import read_sources
    from detente.ledger.intake import read_into

    with as_file(files("detente.demo").joinpath("coverage.jsonl")) as coverage:
        intake = read_into(ledger, read_sources([str(coverage)]))
    for outcome in intake.failed:
        raise outcome.error or DetenteError(f"{outcome.origin} could not be read")


def _coverage(ledger: Ledger) -> None:
    found = {
        kind: n
        for kind, n in ledger.counts().items()
        if n and kind not in {"articles", "actors", "weighings", "clusters"}
    }
    lines = [
        f"{len(ledger.articles)} articles read, as three outlets might report the London summit of 2 March 2025:"
    ]
    lines += [f"  {article.published}  {article.publisher}: {article.title}" for article in ledger.articles]
    print_text("\n".join([*lines, "found: " + ", ".join(f"{n} {kind}" for kind, n in found.items()), ""]))


def _statements(ledger: Ledger) -> None:
    from detente.ledger.questions import statements_by_speaker

    rows = [
        {
            "speaker": s.speaker.name if s.speaker else "unknown", "number": len(s.statements),
            "quoted": len(s.by_mode["direct"]) + len(s.by_mode["mixed"]), "example": _example(ledger, s.statements),
        }
        for s in statements_by_speaker(ledger)
    ]  # fmt: skip
    columns = {"speaker": "speaker", "number": "statements", "quoted": "with quotation", "example": "such as"}
    print_table("Who said what", rows, columns, "no statements found")


def _example(ledger: Ledger, statements: Sequence[str]) -> str:
    """The shortest quoted statement: short enough to be shown whole."""
    made = [s for s in map(ledger.get, statements) if isinstance(s, Statement)]
    quoted = [s for s in made if s.mode != "indirect"] or made
    return min((s.content for s in quoted), key=len)


def _pledges(ledger: Ledger) -> None:
    from detente.ledger.questions import promises

    rows = [
        {
            "pledger": sides(p.pledger, p.beneficiary),
            "what": p.places[0].words,
            "comes": _comes(p),
            "told": _told(p),
        }
        for p in promises(ledger)
    ]
    columns = {"pledger": "pledger", "what": "in the words", "comes": "comes to", "told": "told by"}
    print_table("What was promised (repeats folded)", rows, columns, "no pledges found")


def _comes(promise: Promise) -> str:
    sums = " / ".join(f.amount.surface for f in promise.figures)
    return ", ".join(filter(None, (sums, when(promise.due), promise.stage or "stage unknown")))


def _told(promise: Promise) -> str:
    """Who printed it, whose word it is there, and what they disagree about."""
    outlets = dict.fromkeys(place.outlet + attributed(place) for place in promise.places)
    return "; ".join([*outlets, *promise.differences])


def _terms(ledger: Ledger) -> None:
    propositions = {t.id: t.proposition for t in ledger.terms}
    rows = [
        {**row_of(t), "depends": "; ".join(propositions.get(i, i) for i in t.depends_on)}
        for t in ledger.terms
    ]
    print_table("What is on the table", rows, _columns("terms"), "no terms found")


def _others(ledger: Ledger) -> None:
    for title, kind in (
        ("Who wants what", "positions"), ("Who did what", "events"), ("What comes in which order", "deals"),
        ("Who is in the coalition, and on what condition", "memberships"),
    ):  # fmt: skip
        print_table(title, map(row_of, getattr(ledger, kind)), _columns(kind), f"no {kind} found")


def _columns(kind: str) -> dict[str, str]:
    """The columns of a kind without the ids, which serve to go on working."""
    return {key: heading for key, heading in COLUMNS[kind].items() if key != "id"}


def _weighing(ledger: Ledger) -> None:
    from detente.weighing import situation_from, weigh

    report = weigh(situation_from(ledger))
    ledger.save_weighing(report.to_weighing())
    lines = ["One weighing: a scenario, not a forecast", f"{report.first_line}."]
    for issue in report.issues:
        spread = issue.baseline
        outcome = (
            f"{spread.median:.0f} [{spread.low:.0f}–{spread.high:.0f}] on 0–100, weighted mean"
            if spread
            else issue.withheld
        )
        lines.append(f"  {issue.proposition}: {outcome}")
    lines += [
        f"  {c.name}, {member.name}: {member.verdict}" for c in report.coalitions for member in c.members
    ]
    print_text("\n".join([*lines, f"  {_program()} weigh --ledger {ledger.path}   gives the whole of it", ""]))

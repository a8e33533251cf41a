"""`detente demo`: the first look, on the package's own example coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import open_ledger, print_table
from detente.cli.view import names, when
from detente.errors import DetenteError
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
    from detente.articles import read_sources
    from detente.ledger.intake import read_into

    with open_ledger(ledger_path, create=True) as ledger:
        with as_file(files("detente.demo").joinpath("coverage.jsonl")) as coverage:
            intake = read_into(ledger, read_sources([str(coverage)]))
        for outcome in intake.failed:
            raise outcome.error or DetenteError(f"{outcome.origin} could not be read")
        _coverage(ledger)
        _statements(ledger)
        _pledges(ledger)
        _terms(ledger)
        _positions(ledger)
        _events(ledger)
        _coalition(ledger)
        _weighing(ledger)
    click.echo("Everything above is machine-read, and no person has checked it: each line has its sentence.")
    click.echo(f"  detente show pledges --evidence --ledger {ledger_path}")
    click.echo(f"  detente serve --open --ledger {ledger_path}")


def _coverage(ledger: Ledger) -> None:
    click.echo(f"{len(ledger.articles)} articles read, as three outlets might report the London summit of 2 March 2025:")
    for article in ledger.articles:
        click.echo(f"  {article.published}  {article.publisher}: {article.title}")
    found = {kind: n for kind, n in ledger.counts().items() if n and kind not in {"articles", "actors", "weighings", "clusters"}}
    click.echo("found: " + ", ".join(f"{n} {kind}" for kind, n in found.items()))
    click.echo()


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
            "pledger": names(p.pledger), "to": ", ".join(a.name for a in p.beneficiary),
            "amount": " / ".join(f.amount.surface for f in p.figures), "due": when(p.due), "stage": p.stage or "unknown",
            "what": p.places[0].words, "told": _told(p),
        }
        for p in promises(ledger)
    ]  # fmt: skip
    columns = {"pledger": "pledger", "to": "to", "amount": "amount", "due": "due", "stage": "stage", "what": "in the words", "told": "told by"}
    print_table("What was promised (repeats folded)", rows, columns, "no pledges found")


def _told(promise: Promise) -> str:
    """Who printed it, and what they disagree about."""
    return ", ".join(promise.outlets) + "".join(f"; {d}" for d in promise.differences)


def _terms(ledger: Ledger) -> None:
    propositions = {t.id: t.proposition for t in ledger.terms}
    rows = [
        {
            "term": t.proposition, "category": t.category or "unknown", "by": names(t.proposed_by), "status": t.status or "unknown",
            "needs": "; ".join(propositions.get(i, i) for i in t.depends_on),
        }
        for t in ledger.terms
    ]  # fmt: skip
    columns = {"term": "term", "category": "category", "by": "proposed by", "status": "status", "needs": "stands only with"}
    print_table("What is on the table", rows, columns, "no terms found")


def _positions(ledger: Ledger) -> None:
    rows = [{"actor": p.actor.name if p.actor else "unknown", "stance": p.stance, "issue": p.issue} for p in ledger.positions]
    print_table("Who wants what", rows, {"actor": "actor", "stance": "stance", "issue": "issue"}, "no positions found")


def _events(ledger: Ledger) -> None:
    rows = [
        {"date": when(e.date) or "unknown", "type": e.type, "who": names(e.actors), "to": ", ".join(a.name for a in e.recipients), "how": _how(e)}
        for e in ledger.events
    ]
    print_table("Who did what", rows, {"date": "date", "type": "type", "who": "who", "to": "to or with whom", "how": "how"}, "no events found")


def _how(event: Any) -> str:
    marks: Iterable[str] = (event.factuality if event.factuality != "actual" else "", "hearsay" if event.hearsay else "")
    return ", ".join(m for m in marks if m)


def _coalition(ledger: Ledger) -> None:
    rows = [
        {"coalition": m.coalition.name, "actor": m.actor.name, "status": m.status, "role": m.role or "", "if": "; ".join(c.text for c in m.conditions)}
        for m in ledger.memberships
    ]
    columns = {"coalition": "coalition", "actor": "actor", "status": "status", "role": "role", "if": "on condition"}
    print_table("Who is in the coalition, and on what condition", rows, columns, "no coalition found")


def _weighing(ledger: Ledger) -> None:
    from detente.weighing import situation_from, weigh

    report = weigh(situation_from(ledger))
    ledger.save_weighing(report.to_weighing())
    click.echo("One weighing: a scenario, not a forecast")
    click.echo(f"{report.first_line}.")
    for issue in report.issues:
        spread = f"{issue.baseline.median:.0f} [{issue.baseline.low:.0f}–{issue.baseline.high:.0f}] on 0–100, weighted mean" if issue.baseline else issue.withheld
        click.echo(f"  {issue.proposition}: {spread}")
    for coalition in report.coalitions:
        for member in coalition.members:
            click.echo(f"  {coalition.name}, {member.name}: {member.verdict}")
    click.echo(f"  detente weigh --ledger {ledger.path}   gives the whole of it")
    click.echo()

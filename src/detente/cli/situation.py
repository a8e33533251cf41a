"""`detente situation`: the ledger as a situation to weigh."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger, output


@click.command("situation")
@ledger_option
@click.option("--capability", type=click.Path(path_type=Path), metavar="FILE",
              help="Your own CSV of states' power: CINC, SIPRI, World Bank, GDP.")  # fmt: skip
@click.option("--year", type=int, help="Of the capabilities.")
@click.option("--measure", metavar="NAME", help="Which column or series of that CSV, where it has several.")
@click.option("--output", "-o", "path", default="-", show_default="standard output", metavar="FILE", help="Where to write.")
def command(ledger_path: Path, capability: Path | None, year: int | None, measure: str | None, path: str) -> None:
    """Write the situation that the ledger describes as TOML, for a person to complete.

    What no text gives stands at its end as comments to fill in. Each input names the records it rests on, or says that it is assumed. A capability that comes from a CSV
    (--capability FILE --year 2024) names its line.

    \b
    Example:
      detente situation -o london.toml --ledger detente-demo.db
    """
    from detente.weighing import dumps, situation_from
    from detente.weighing.capability import with_capability
    from detente.weighing.state_tables import read_state_table
    from detente.weighing.suggestions import suggestions

    if (capability is None) != (year is None) or (measure and capability is None):
        raise click.UsageError("expected --capability FILE and --year YEAR together (--measure NAME only with them), or neither")
    with open_ledger(ledger_path, readonly=True) as ledger:
        situation = situation_from(ledger)
    if capability is not None and year is not None:
        situation = with_capability(situation, read_state_table(capability, year, measure))
    with output(path) as stream:
        stream.write((dumps(situation) + suggestions(situation)).encode())

"""`detente grade`: a sealed forecast against what happened."""

from __future__ import annotations

from datetime import date
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import day, json_option, print_json

if TYPE_CHECKING:
    from detente.weighing.sealing import Sealed

_WORDS = {"yes": True, "true": True, "no": False, "false": False}


def _outcome(_: click.Context, option: click.Parameter, value: str | None) -> bool | float | None:
    if value is None:
        return None
    if value.casefold() in _WORDS:
        return _WORDS[value.casefold()]
    try:
        return float(value)
    except ValueError:
        raise click.UsageError(f"{option.opts[0]}: got {value!r}, expected yes, no or a number") from None


@click.command("grade")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--outcome", callback=_outcome, metavar="OUTCOME", help="What happened: yes, no or a number.")
@click.option("--on", "on", callback=day, metavar="DATE", help="Day of the grading; today where not given.")
@json_option
def command(path: Path, outcome: bool | float | None, on: str | None, as_json: bool) -> None:
    """Score the sealed forecast in FILE; without an outcome, show it. A changed forecast is refused.

    Lower scores are better: Brier and log of a probability, quantile loss and absolute error of a number.

    \b
    Example:
      detente seal "Does the ceasefire hold through 2030?" --probability 0.6 --by "J. Analyst" \\
          --due 2030-12-31 --settles "no battle in the list of the observers" -o forecast.json
      detente grade forecast.json --outcome yes
    """
    from detente.weighing.sealing import grade, loads

    sealed = loads(_read(path))
    scores = {} if outcome is None else grade(sealed, outcome, on=on or date.today().isoformat()).scores
    if as_json:
        # What was held impossible and came has an infinite log score, which JSON cannot write.
        print_json({**sealed.to_dict(), "outcome": outcome, "scores": {k: v if isfinite(v) else None for k, v in scores.items()}})
        return
    _show(sealed)
    for name, score in scores.items():
        click.echo(f"{name}: {score:.4g}")


def _read(path: Path) -> str:
    from detente.errors import EncodingError, MissingInput

    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingInput(f"{path}: {error.strerror}", f"detente seal QUESTION … -o {path}") from error
    except UnicodeDecodeError as error:
        raise EncodingError(f"{path}: got bytes that are no UTF-8, expected JSON as sealing writes it") from error


def _show(sealed: Sealed) -> None:
    from detente.weighing.sealing import Chance

    click.echo(sealed.question)
    if isinstance(sealed.forecast, Chance):
        click.echo(f"probability {sealed.forecast.probability:g}")
    else:
        values = zip(sealed.forecast.levels, sealed.forecast.values, strict=True)
        click.echo(", ".join(f"{level:.0%}: {value:g}" for level, value in values) + f" {sealed.forecast.unit}".rstrip())
    click.echo(f"sealed by {sealed.by} on {sealed.on}, due {sealed.due}; settled by: {sealed.settles}")
    click.echo(f"hash {sealed.digest}, unchanged")

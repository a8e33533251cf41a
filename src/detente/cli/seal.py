"""`detente seal`: a named person makes a scenario a forecast."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import day, output

if TYPE_CHECKING:
    from detente.weighing.sealing import Chance, Quantiles

_KEPT = ("title", "methods", "parameters", "seed", "inputs", "version")


def _quantile(_: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[float, float], ...]:
    try:
        pairs = [(float(level), float(value)) for level, value in (given.split("=") for given in values)]
    except ValueError:
        raise click.UsageError(f"{option.opts[0]}: got {' '.join(values)}, expected a level and a value such as 0.5=40") from None
    return tuple(sorted(pairs))


@click.command("seal")
@click.argument("question")
@click.option("--probability", type=click.FloatRange(0, 1), help="That it happens, 0 to 1.")
@click.option("--quantile", "quantiles", multiple=True, callback=_quantile, metavar="LEVEL=VALUE", help="Of a number; again for each.")
@click.option("--unit", default="", help="Of the quantiles.")
@click.option("--by", required=True, metavar="NAME", help="Who stands for the forecast.")
@click.option("--due", required=True, callback=day, metavar="DATE", help="When it is settled.")
@click.option("--settles", required=True, metavar="WORDS", help="What counts as the answer, and where it will be read.")
@click.option("--scenario", type=click.Path(path_type=Path), metavar="FILE", help="What it rests on: the file that weigh --json wrote.")
@click.option("--output", "-o", "path", default="-", show_default="standard output", metavar="FILE", help="Where to write.")
def command(
    question: str, probability: float | None, quantiles: tuple[tuple[float, float], ...], unit: str, by: str, due: str, settles: str,
    scenario: Path | None, path: str,
) -> None:  # fmt: skip
    """Seal a forecast of QUESTION, in your own name, dated today; `detente grade` scores it later.

    Its hash shows whether anything was changed. Give the hash to somebody else to show when it was made.

    \b
    Example:
      detente seal "Does the ceasefire hold through 2030?" --probability 0.6 --by "J. Analyst" \\
          --due 2030-12-31 --settles "no battle in the list of the observers" -o forecast.json
    """
    from detente.weighing.sealing import dumps, seal

    sealed = seal(
        question, _forecast(probability, quantiles, unit), by=by, on=date.today().isoformat(), due=due, settles=settles,
        rests_on=_rests_on(scenario) if scenario else {},
    )  # fmt: skip
    with output(path) as stream:
        stream.write(dumps(sealed).encode())
    click.echo(f"sealed {sealed.on} by {sealed.by}: {sealed.digest}", err=True)


def _forecast(probability: float | None, quantiles: tuple[tuple[float, float], ...], unit: str) -> Chance | Quantiles:
    from detente.weighing.sealing import Chance, Quantiles

    if (probability is None) == (not quantiles):
        got = "neither" if probability is None else "both"
        raise click.UsageError(f"got {got} of --probability and --quantile, expected one of them")
    if probability is not None:
        return Chance(probability=probability)
    levels, values = zip(*quantiles, strict=True)
    return Quantiles(levels=levels, values=values, unit=unit)


def _rests_on(path: Path) -> dict[str, Any]:
    """What tells one scenario from another: all that is needed to take it again."""
    from detente.errors import MalformedInput, MissingInput

    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        return {name: report[name] for name in _KEPT}
    except OSError as error:
        raise MissingInput(f"{path}: {error.strerror}", f"detente weigh --json > {path}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedInput(f"{path}: got no scenario, expected what weigh --json writes", f"detente weigh --json > {path}") from error

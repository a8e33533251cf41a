"""`detente who`: an actor on a day, with the reason."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import json_option, print_json


@click.command("who")
@click.argument("words", nargs=-1, required=True)
@click.option("--on", "day", metavar="DATE", help="The day, YYYY-MM-DD; today where left out.")
@click.option("--in", "country", metavar="CODE", help="Country of the article, such as GB.")
@click.option("--registry", type=click.Path(path_type=Path), help="A folder of your own registry files, on top of ours.")
@json_option
def command(words: tuple[str, ...], day: str | None, country: str | None, registry: Path | None, as_json: bool) -> None:
    """Who is meant by words on a day, and why; or that it cannot be told.

    \b
    Example:
      detente who "the PM" --on 2025-03-02 --in GB
    """
    from datetime import date

    from detente.actors import Registry
    from detente.actors import who as look_up
    from detente.errors import InvalidDate

    try:
        on = date.fromisoformat(day) if day else date.today()
    except ValueError as error:
        raise InvalidDate(f"--on: got {day!r}, expected a day such as 2025-03-02", 'detente who "the PM" --on 2025-03-02 --in GB') from error
    answer = look_up(" ".join(words), on=on, country=country.upper() if country else None, registry=Registry.load(registry))
    if as_json:
        print_json({"words": " ".join(words), "on": on.isoformat(), "in": country, **answer.to_dict()})
    else:
        click.echo(f"{answer.actor.name if answer.actor else 'unknown'}: {answer.reason}")

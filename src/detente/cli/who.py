"""`detente who`: an actor on a day, with the reason."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import country, day, json_option, print_json


@click.command("who")
@click.argument("words", nargs=-1, required=True)
@click.option("--on", "on", metavar="DATE", callback=day, help="The day, YYYY-MM-DD; today where left out.")
@click.option("--in", "where", metavar="CODE", callback=country, help="Country of the article, such as GB.")
@click.option("--registry", type=click.Path(path_type=Path), help="A folder of your own registry files, on top of ours.")
@json_option
def command(words: tuple[str, ...], on: str | None, where: str | None, registry: Path | None, as_json: bool) -> None:
    """Who is meant by words on a day, and why; or that it cannot be told.

    \b
    Example:
      detente who "the PM" --on 2025-03-02 --in GB
    """
    from datetime import date

    from detente.actors import Registry
    from detente.actors import who as look_up

    asked, then = " ".join(words), date.fromisoformat(on) if on else date.today()
    answer = look_up(asked, on=then, country=where, registry=Registry.load(registry))
    if as_json:
        print_json({"words": asked, "on": then.isoformat(), "in": where, **answer.to_dict()})
    else:
        click.echo(f"{answer.actor.name if answer.actor else 'unknown'}: {answer.reason}")

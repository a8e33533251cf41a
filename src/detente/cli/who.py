"""`detente who`: an actor on a day, with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import day, json_option, print_json, registry_option

if TYPE_CHECKING:
    from detente.actors import Registry


@click.command("who")
@click.argument("words", nargs=-1, required=True)
@click.option("--on", "on", metavar="DATE", callback=day, help="The day, YYYY-MM-DD; today where left out.")
@click.option("--in", "where", metavar="CODE", help="Country of the article, such as GB.")
@click.option("--near", default="", metavar="WORDS", help="Words around it that may say whose office a title means.")
@registry_option
@json_option
def command(
    words: tuple[str, ...], on: str | None, where: str | None, near: str, registry: Path | None, as_json: bool
) -> None:
    """Who is meant by words on a day, and why; or that it cannot be told.

    \b
    Example:
      detente who "the PM" --on 2025-03-02 --in GB
    """
    from datetime import date

    from detente.actors import Registry
    from detente.actors import who as look_up

    asked, then = " ".join(words), date.fromisoformat(on) if on else date.today()
    offices = Registry.load(registry)
    answer = look_up(asked, on=then, country=_state(where, offices), registry=offices, context=near)
    if as_json:
        print_json({"words": asked, "on": then.isoformat(), "in": where and _state(where, offices), **answer.to_dict()})
    else:
        click.echo(f"{answer.actor.name if answer.actor else 'unknown'}: {answer.reason}")


def _state(code: str | None, registry: Registry) -> str | None:
    """The id of the state that a code means: one of the registry's, the user's own rows included."""
    from detente.articles.check import SYNONYMS

    if code is None:
        return None
    key = SYNONYMS.get(code.upper(), code.upper())
    if key not in registry.states:
        raise click.UsageError(f"--in: got {code!r}, expected a state's two-letter code, such as GB")
    return key

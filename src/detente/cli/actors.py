"""`detente actors`: those whom the registry and the ledger know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from detente.cli.common import (
    DEFAULT_LEDGER,
    country,
    day,
    json_option,
    open_ledger,
    print_json,
    print_table,
    registry_option,
)
from detente.cli.view import office
from detente.records import ActorType

if TYPE_CHECKING:
    from detente.actors.listing import Listed

_ALL = 1_000_000  # actors of one ledger
_COLUMNS = {"name": "name", "type": "type", "country": "country", "office": "office", "records": "records", "id": "id"}


@click.command("actors")
@click.argument("words", nargs=-1)
@click.option("--on", "on", metavar="DATE", callback=day, help="With the offices held on this day; all where left out.")
@click.option("--in", "where", metavar="CODE", callback=country, help="Only of this country, such as GB.")
@click.option("--type", "kind", type=click.Choice(get_args(ActorType)), metavar="TYPE", help="Only of this type, such as person or armed_group.")
@click.option("--ledger", "ledger", envvar="DETENTE_LEDGER", type=click.Path(path_type=Path), metavar="FILE",
              help="Its actors too, and how many records name each; ./detente.db where there is one.")  # fmt: skip
@click.option("--named", "only_named", is_flag=True, help="Only actors that records of the ledger name.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1), help="The most to show.")
@registry_option
@json_option
def command(
    words: tuple[str, ...], on: str | None, where: str | None, kind: str | None, ledger: Path | None, only_named: bool,
    limit: int, registry: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """List the actors of the registry and the ledger whose names have all the WORDS, the most named in records first.

    Who is meant by a mention such as "the PM" is told by detente who.

    \b
    Example:
      detente actors lavrov --on 2025-03-02
    """
    asked = " ".join(words)
    counts, everyone = _counts(_ledger(ledger, only_named)), dict(_everyone(registry, on, _ledger(ledger, only_named)))
    found = [
        a for a in everyone.values()
        if a.is_called(asked) and kind in (None, a.type) and where in (None, a.country) and (a.id in counts or not only_named)
    ]  # fmt: skip
    found.sort(key=lambda a: -counts.get(a.id, 0))
    if as_json:
        print_json([{**a.to_dict(), "records": counts.get(a.id, 0)} for a in found[:limit]])
        return
    more = f", the first {limit}" if len(found) > limit else ""
    rows = [{"name": a.name, "type": a.type or "unknown", "country": a.country or "", "office": "; ".join(map(office, a.offices)),
             "records": counts.get(a.id, ""), "id": a.id} for a in found[:limit]]  # fmt: skip
    columns = {key: heading for key, heading in _COLUMNS.items() if any(row[key] != "" for row in rows)}
    print_table(f"{len(found)} actor{'s' * (len(found) != 1)}{more}", rows, columns, f'no actor is so called; try: detente who "{asked or "the PM"}"')


def _ledger(given: Path | None, needed: bool) -> Path | None:
    """The ledger asked for, else the one in this folder, if there is one."""
    default = Path(DEFAULT_LEDGER)
    return given or (default if needed or default.exists() else None)


def _counts(ledger: Path | None) -> dict[str, int]:
    """By actor's id, how many records of the ledger name it."""
    from detente.ledger.facets import facets

    if ledger is None:
        return {}
    with open_ledger(ledger, readonly=True) as opened:
        return {tally.value: tally.count for tally in facets(opened.records(), ["actor"], _ALL)["actor"]}


def _everyone(registry: Path | None, on: str | None, ledger: Path | None) -> Iterator[tuple[str, Listed]]:
    """Actors by id: the ledger's own, and over them the registry's."""
    from datetime import date

    from detente.actors import Registry
    from detente.actors.listing import entry, listed

    if ledger is not None:
        with open_ledger(ledger, readonly=True) as opened:
            for actor in opened.actors:
                yield actor.id, entry(actor, ())
    for line in listed(Registry.load(registry), date.fromisoformat(on) if on else None):
        yield line.id, line

"""`detente ask`: a question of the ledger, answered with the sentences that the answer rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import json_option, ledger_option, open_ledger, print_json, print_text
from detente.cli.view import attributed, hung_on, spaced, when

if TYPE_CHECKING:
    from detente.ledger import Ledger
    from detente.ledger.questions import Coalition, Dependency, Place, Promise
    from detente.records import Part

Lines = Sequence[str]
Put = Callable[["Place"], str]
"""What makes a line of a place: its words, outlet, day, whose word it is, and whether a person has accepted it."""


def _places(ledger: Ledger) -> Put:
    def put(place: Place) -> str:
        checked = "" if place.accepted else ", machine-read"
        whose = attributed(ledger.get(place.record))
        return f"    “{place.words}” — {place.outlet}, {place.published or 'date unknown'}{whose} [{place.record}{checked}]"

    return put


def _promise(p: Promise, put: Put) -> Lines:
    who = ", ".join(a.name for a in p.pledger) or "unknown"
    to = f" to {', '.join(a.name for a in p.beneficiary)}" if p.beneficiary else ""
    figure = f", {p.amount.surface}" if p.amount else ""
    due = f", due {when(p.due)}" if p.due else ""
    head = f"{who}{to}: {spaced(p.type) if p.type else 'type unknown'}{figure}{due} — {p.stage or 'stage unknown'}"
    conditions = [f"  {hung_on(c)}" for c in p.conditions]
    paid = [f"  paid for by: {p.financing}"] if p.financing else []
    return [head, *conditions, *paid, *(f"  {d}" for d in p.differences), *map(put, p.places)]


def _dependency(d: Dependency, put: Put) -> Lines:
    return [f"{d.what}\n  hangs on: {d.on} ({d.type})", put(d.place)]


def _coalition(c: Coalition, put: Put) -> Lines:
    lines = [c.coalition.name]
    for member in c.members:
        role = f", {member.role}" if member.role else ""
        lines.append(f"  {member.actor.name}: {member.status}{role}" + "".join(f"; {hung_on(x)}" for x in member.conditions))
        lines += [put(place) for _, place in member.history]
    return lines


def _promises(ledger: Ledger, about: str | None) -> Sequence[Part]:
    from detente.ledger.questions import promises

    return promises(ledger, about)


def _repeats(ledger: Ledger, about: str | None) -> Sequence[Part]:
    from detente.ledger.questions import promises

    return [p for p in promises(ledger, about) if len(p.places) > 1]


def _depends(ledger: Ledger, about: str | None) -> Sequence[Part]:
    from detente.ledger.questions import depends

    return depends(ledger, about)


def _members(ledger: Ledger, about: str | None) -> Sequence[Part]:
    from detente.ledger.questions import coalition

    return coalition(ledger, about)


# Question: how it is answered, how an answer is put, and what to say where there is none.
QUESTIONS: dict[str, tuple[Callable[[Ledger, str | None], Sequence[Part]], Callable[[Any, Put], Lines], str]] = {
    "promises": (_promises, _promise, "no promise on record"),
    "repeats": (_repeats, _promise, "no pledge on record is told more than once"),
    "depends": (_depends, _dependency, "nothing on record hangs on anything"),
    "coalition": (_members, _coalition, "no coalition on record"),
}


@click.command("ask")
@click.argument("question", type=click.Choice(list(QUESTIONS)), metavar="QUESTION")
@click.argument("about", required=False)
@ledger_option
@json_option
def command(question: str, about: str | None, ledger_path: Path, as_json: bool) -> None:
    """Ask a question of the ledger; the answer shows the words it rests on.

    \b
    promises [ACTOR]    what has been promised, repeats folded into one
    repeats [ACTOR]     which promises are told in several places
    depends [WORDS]     what hangs on what: terms, conditions (if there is no WORDS)
    coalition [NAME]    who is in, out or invited, and on what condition

    \b
    Example:
      detente ask promises "United Kingdom" --ledger detente-demo.db
    """
    find, put, empty = QUESTIONS[question]
    with open_ledger(ledger_path, readonly=True) as ledger:
        found = find(ledger, about)
        if as_json:
            print_json([answer.to_dict() for answer in found])
            return
        for answer in found:
            print_text("\n".join([*put(answer, _places(ledger)), ""]))
    if not found:
        click.echo(f"{empty}{f' about {about}' if about else ''}")

"""Capability from a table of the user's own, for the parties of a situation that are states."""

from __future__ import annotations

from detente.errors import SituationError
from detente.weighing.situation import Input, Party, Situation
from detente.weighing.state_tables import StateTable


def with_capability(situation: Situation, table: StateTable) -> Situation:
    """The situation with the capabilities that a table gives, as shares of the greatest among the parties.

    Only ratios of capabilities count, and what is assumed of the others runs from 0 to 1: from nothing to as much as
    the strongest. Whoever is no state, or has no number above 0 in the table, keeps what was assumed, and
    `left_out` says so.

    Args:
        situation: parties whose ids are ISO 3166-1 alpha-2 codes are states.

    Raises:
        SituationError: the table has a number for none of the parties.
    """
    numbers = {p.id: v.number for p in situation.parties if (v := table.values.get(p.id)) and v.number}
    if not numbers:
        raise SituationError(
            f"{table.file}: got a number for none of the parties in {table.year}, expected one of: "
            f"{', '.join(p.name for p in situation.parties) or 'there are no parties'}"
        )
    most = max(numbers.values())
    parties = tuple(
        p.replace(capability=_capability(p, numbers[p.id] / most, table)) if p.id in numbers else p for p in situation.parties
    )
    without = tuple(
        f"capability of {p.name}: {table.file} has no number above 0 for it in {table.year}"
        for p in situation.parties
        if p.id not in numbers
    )
    return situation.replace(parties=parties, left_out=(*situation.left_out, *without))


def _capability(party: Party, share: float, table: StateTable) -> Input:
    value = table.values[party.id]
    note = f"{table.measure} in {table.year}: {value.number:g}, as a share of the greatest among the parties"
    return Input(low=share, high=share, sources=(f"{table.file} line {value.line}",), note=note)

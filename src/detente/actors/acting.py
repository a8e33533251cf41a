"""For whom an office-holder acts: what a prime minister wants, the state wants, as long as the office is held."""

from __future__ import annotations

import re

from detente.records import Actor, OfficeHeld

# Offices whose holder does not act for the state or body.
_NOT_ACTING = re.compile(r"opposition|shadow|former|-elect\b", re.IGNORECASE)


def acts_for(actor: Actor, on: str | None) -> tuple[str, ...]:
    """Names of the states and bodies for which an actor acts on a day, in the order of the offices.

    Args:
        actor: a person with offices; anybody else acts for nobody but itself.
        on: ISO date; `None` unknown: then no office is known to be held.
    """
    if actor.type != "person" or not on:
        return ()
    return tuple(dict.fromkeys(office.of for office in actor.offices if holds(office, on)))


def holds(office: OfficeHeld, on: str) -> bool:
    """Whether an office with power to bind is held on a day (ISO)."""
    if _NOT_ACTING.search(office.title):
        return False
    return (office.since or "") <= on[:10] and (office.until is None or on[:10] <= office.until)

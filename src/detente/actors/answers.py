"""What a look-up answers: an actor or none, and the reason as a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from detente.actors.entries import UNSECONDED, Office
from detente.actors.registry import Registry
from detente.records import ActorRef, Part

_WITH_ARTICLE = ("United ", "Republic of ", "Holy See", "Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia",
                 "Czech Republic", "Dominican Republic", "Central African Republic", "Comoros", "Vatican",
                 "Solomon Islands", "Marshall Islands", "DR Congo", "Seychelles")  # fmt: skip


class Answer(Part, frozen=True):
    """Who is meant, or that it cannot be told.

    Args:
        actor: the actor; None: unknown.
        reason: a sentence: why this actor, or why none.
        candidates: those who could have been meant, where there is no actor.
    """

    actor: ActorRef | None
    reason: str
    candidates: tuple[ActorRef, ...] = ()


def known(registry: Registry, key: str, reason: str) -> Answer:
    """An actor, and why."""
    return Answer(actor=_ref(registry, key), reason=reason)


def unknown(reason: str, registry: Registry | None = None, ids: Iterable[str] = ()) -> Answer:
    """No actor, and why; the candidates are named in the reason too."""
    refs = tuple(_ref(registry, key) for key in ids) if registry else ()
    named = ": " + ", ".join(ref.name for ref in refs) if refs else ""
    return Answer(actor=None, reason=reason + named, candidates=refs)


def person(registry: Registry, key: str, office: Office | None, otherwise: str, on: date) -> Answer:
    """A person with the office that says who they are, as far as it is known on a day, or another reason."""
    return known(registry, key, office_in_words(registry, office, on) if office else otherwise)


def office_in_words(registry: Registry, office: Office, on: date) -> str:
    """ "Prime Minister of the United Kingdom from 2024-07-05 (gov.uk: past prime ministers)".

    A row that nobody could check against a second source says so, and one that is asked about a day after it was last
    checked says until when it is known.
    """
    name = registry.named(office.of).name
    if office.of in registry.states:
        name = f" of the {name}" if name.startswith(_WITH_ARTICLE) else f" of {name}"
    else:
        name = f", {name},"
    until = f" to {office.until}" if office.until else ""
    return f"{office.title}{name} from {office.since}{until} ({office.source}{_doubts(office, on)})"


def _doubts(office: Office, on: date) -> str:
    unseconded = "; not checked against a second source" if office.second_source == UNSECONDED else ""
    later = office.until is None and on > office.checked_on
    return unseconded + (f"; known until {office.checked_on}, believed since" if later else "")


def _ref(registry: Registry, key: str) -> ActorRef:
    return ActorRef(id=key, name=registry.named(key).name)

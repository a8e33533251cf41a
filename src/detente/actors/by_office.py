"""Mentions by office: "the PM", "Ukraine's president", "President Zelensky", "Nato secretary general"."""

from __future__ import annotations

from detente.actors.answers import Answer, person, unknown
from detente.actors.entries import HEADS, Office
from detente.actors.names import fold
from detente.actors.question import Question, best_office
from detente.actors.titled import ACTING, Titled, read_titled


def office(q: Question) -> Answer | None:
    """A title, with or without a state or body, with or without a name."""
    titled = read_titled(q.registry, q.words, q.country)
    if titled is None:
        return None
    if titled.name:
        return _named_holder(q, titled)
    if titled.former:
        return unknown(f"{q.words!r}: several people have held the office before")
    if q.owned:
        return unknown(f"{q.words!r}: whose, the words alone do not say")
    return _holder(q, titled)


def _named_holder(q: Question, titled: Titled) -> Answer:
    """ "President Zelensky", "US Secretary of State Rubio", "former president Obama", "King Charles"."""
    name = fold(titled.name)
    ids = q.registry.people_by_surname.get(name, ()) + q.registry.people_by_name.get(name, ())
    if titled.royal:
        ids += q.registry.people_by_given_name.get(name, ())
    offices = [
        o for key in dict.fromkeys(ids) for o in q.registry.offices_of(key) if titled.fits(q.registry, o)
    ]
    now = [o for o in offices if o in q.registry.holders(role=o.role, of=o.of, on=q.on)]
    past = [o for o in offices if o.since <= q.on and o not in now]
    for found in (past,) if titled.former else (now, past):
        people = tuple(dict.fromkeys(o.person for o in found))
        if len(people) == 1:
            return person(q.registry, people[0], best_office(q, people[0]) or found[-1], "", q.on)
        if people:
            return unknown(f"{q.words!r} could be any of {len(people)} people", q.registry, people)
    return unknown(f"{q.words!r}: the registry knows nobody so called who has held that office by {q.on}")


def _holder(q: Question, titled: Titled) -> Answer:
    """ "The PM", "Ukraine's president", "Nato secretary general": whoever holds the office that day."""
    if titled.ambiguous:
        return unknown(f"{q.words!r} could mean several offices")
    states = [key for key in titled.subjects if key in q.registry.states]
    if len(states) > 1:
        return unknown(f"{q.words!r} could be of any of several states", q.registry, states)
    posts = titled.posts
    if not posts:
        why = (
            "the article's country is not known"
            if q.country is None
            else f"no such office is known in {q.country}"
        )
        return unknown(f"{q.words!r}: {why}")
    holding = [(o, row) for role, of, row in posts for o in q.registry.holders(role=role, of=of, on=q.on)]
    held = [
        o for o, row in holding if titled.suits(q.registry, o, row) and (not titled.acting or _for_now(o))
    ]
    held = (
        [o for o in held if o.of == titled.subjects[0]] or held if titled.subjects else held
    )  # the body before its state
    people = tuple(dict.fromkeys(o.person for o in held))
    if (
        len(people) == 1
        and not titled.acting
        and held[0].role in HEADS
        and held[0].title.startswith("Acting ")
    ):
        return unknown(f"{q.words!r}: the office was only held by an {held[0].title}", q.registry, people)
    if len(people) == 1:
        return person(q.registry, people[0], held[0], "", q.on)
    if people:
        return unknown(f"{q.words!r}: {len(people)} people hold such an office", q.registry, people)
    role, of, _ = posts[0]
    if holding and titled.acting:
        return unknown(
            f"{q.words!r}: the registry knows of nobody who held the office for the time being",
            q.registry,
            [o.person for o, _ in holding],
        )
    if holding:
        return unknown(f"{q.words!r}: {q.registry.named(of).name} has no office of that title")
    return unknown(f"{q.words!r}: " + q.registry.why_nobody(role=role, of=of, on=q.on))


def _for_now(office: Office) -> bool:
    """Whether a title says that the office is held for the time being: "Interim President"."""
    return any(word in office.title.casefold() for word in ACTING)

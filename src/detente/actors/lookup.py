"""Who is meant by a mention on a day: names, titles, places and bodies, looked up in the registry.

A wrong name is worse than no name. Where several could be meant, or nobody is known on that day, the answer has no
actor and says why. Pronouns, and "Mr X" after a first mention, belong to the article and are not settled here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from detente.actors.answers import Answer, known, person, unknown
from detente.actors.entries import ROLES, Office
from detente.actors.names import fold, tidy, written_as_name
from detente.actors.registry import Registry
from detente.actors.subjects import subjects_of
from detente.actors.titled import Titled, read_titled

# How long before and after an office a surname alone still means its holder.
LIVING_MEMORY = timedelta(days=5 * 365)

_COURTESY = {
    "mr": "m", "mr.": "m", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "sir": "m", "dame": "f",
    "lord": "m", "lady": "f", "baroness": "f", "dr": None, "dr.": None, "professor": None, "gen": None,
    "gen.": None, "general": None, "senator": None, "ambassador": None, "comrade": None,
}  # fmt: skip
_BRITISH = frozenset({"sir", "dame", "lord", "lady", "baroness"})
_BY_FIRST_NAME = frozenset({"sir", "dame"})
_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "your"})
# Words that make "… Donald Trump" somebody else: "a spokesman for Donald Trump".
_LINKS = frozenset(
    {
        "of", "for", "to", "by", "and", "or", "with", "from", "at", "in", "on", "against", "about", "like", "than",
        "after", "before",
    }
)  # fmt: skip
# How newspapers make a people out of a demonym: "the British", "the Dutch", "the Chinese", "Ukrainians".
_COLLECTIVE = ("s", "sh", "ch", "ese", "men")


@dataclass(frozen=True, slots=True)
class _Question:
    words: str
    definite: bool
    owned: bool
    on: date
    country: str | None
    registry: Registry


def who(words: str, *, on: date, country: str | None, registry: Registry) -> Answer:
    """The actor that words name on a day, with the reason.

    Args:
        words: a mention: "the PM", "Ukraine's president", "Mr Trump", "No10", "Kyiv".
        on: the day of the article; on the day of a handover the new holder is meant.
        country: ISO 3166-1 alpha-2 of the article, which decides who "the PM" is; None, or a code that is
            no state's: unknown.
        registry: who held which office when.

    Returns:
        The actor, or none with the reason and those who could have been meant.
    """
    question = _question(words, on, country, registry)
    if not question.words:
        return unknown("no words were given")
    for look in (_full_name, _words_of_place, _body, _state, _body_of_state, _office, _courtesy, _surname):
        if (answer := look(question)) is not None:
            return answer
    return _domestic_elsewhere(question) or unknown(f"{question.words!r} is not in the registry")


def _question(words: str, on: date, country: str | None, registry: Registry) -> _Question:
    text = tidy(words).strip("\"'“”«»,;:!?()")
    text = text[:-2] if text.endswith("'s") else text
    first, _, rest = text.partition(" ")
    definite = first.lower() == "the"
    owned = first.lower() in _POSSESSIVES
    words = rest if rest and (definite or owned) else text
    home = country if country in registry.states else None
    return _Question(words, definite, owned, on, home, registry)


# ---------------------------------------------------------------- names


def _full_name(q: _Question) -> Answer | None:
    """A full name, alone, before a comma, or after words that describe the person."""
    name, comma, rest = q.words.partition(",")
    found = _called_in_full(q, q.words)
    if not found and comma and _says_office(q, rest):
        found = _called_in_full(q, name)
    if found:
        return _one_of(q, found, q.words)
    tokens = q.words.split()
    for start in range(1, len(tokens) - 1):
        if found := _called_in_full(q, " ".join(tokens[start:])):
            return _one_of(q, found, q.words) if _describes(q, tokens[:start]) else None
    return None


def _says_office(q: _Question, words: str) -> bool:
    """Whether words after a name are an office: "Nato secretary general", "the US president"."""
    text = words.strip(" ,")
    text = text[4:] if text[:4].lower() == "the " else text
    titled = read_titled(q.registry, text, q.country)
    return titled is not None and not titled.name


def _called_in_full(q: _Question, words: str) -> tuple[str, ...]:
    if " " not in words or not written_as_name(words):
        return ()
    return q.registry.people_by_name.get(fold(words.strip(" ,")), ())


def _describes(q: _Question, prefix: list[str]) -> bool:
    """Whether the words before a name describe its bearer and do not lead to somebody else."""
    if any(t.casefold() in _LINKS or t.endswith(",") for t in prefix):
        return False
    if prefix[0].casefold() in _COURTESY and len(prefix) == 1:
        return True
    text = " ".join(prefix)
    if read_titled(q.registry, text, q.country) is not None or subjects_of(q.registry, text, q.country):
        return True
    return not any(t.endswith(("'s", "s'")) for t in prefix) and all(t[0].islower() for t in prefix)


def _one_of(q: _Question, ids: Iterable[str], words: str) -> Answer:
    """The only person so called, or the only one with an office within living memory."""
    people = tuple(ids)
    if len(people) > 1:
        people = tuple(p for p in people if _remembered(q, p)) or people
    if len(people) == 1:
        return person(q.registry, people[0], _best_office(q, people[0]), "named in full")
    return unknown(f"{words!r} is the name of several people", q.registry, people)


def _best_office(q: _Question, key: str) -> Office | None:
    """The most prominent of the offices that a person holds that day, of their own country first."""
    held = [o for o in q.registry.offices_of(key) if o in q.registry.holders(role=o.role, of=o.of, on=q.on)]
    country = q.registry.people[key].country
    return min(held, key=lambda o: (ROLES.index(o.role), o.of != country), default=None)


def _remembered(q: _Question, key: str) -> bool:
    return any(o.near(q.on, LIVING_MEMORY) for o in q.registry.offices_of(key))


def _courtesy(q: _Question) -> Answer | None:
    """ "Mr Trump", "Sir Keir", "Ms von der Leyen"."""
    style, _, name = q.words.partition(" ")
    style = style.casefold()
    if style not in _COURTESY or not name:
        return None
    ids = q.registry.people_by_surname.get(fold(name), ()) + q.registry.people_by_name.get(fold(name), ())
    if style in _BY_FIRST_NAME:
        ids += q.registry.people_by_given_name.get(fold(name), ())
    people = [q.registry.people[key] for key in dict.fromkeys(ids)]
    gender = _COURTESY[style]
    fitting = [
        p.id for p in people
        if gender in (None, p.gender) and (style not in _BRITISH or p.country == "GB")
    ]  # fmt: skip
    return _by_surname(q, fitting, q.words, tie_break=True)


def _surname(q: _Question) -> Answer | None:
    if not written_as_name(q.words) or q.definite or q.owned:
        return None
    ids = q.registry.people_by_surname.get(fold(q.words), ())
    return _by_surname(q, ids, q.words, tie_break=False) if ids else None


def _by_surname(q: _Question, ids: Iterable[str], words: str, *, tie_break: bool) -> Answer:
    """The only person within living memory; with a style before the name, the only one in office will do.

    It will not do where another one so called is of the article's own country, who may well be meant.
    """
    near = [key for key in ids if _remembered(q, key)]
    if len(near) == 1:
        return person(q.registry, near[0], _best_office(q, near[0]), f"the only {words!r} with an office near {q.on}")
    if not near:
        return unknown(f"{words!r}: the registry has nobody so called with an office within five years of {q.on}")
    sitting = [key for key in near if _best_office(q, key)]
    rivals = [key for key in near if key not in sitting and q.registry.people[key].country == q.country]
    if tie_break and q.country and len(sitting) == 1 and not rivals:
        return person(q.registry, sitting[0], _best_office(q, sitting[0]), f"the only {words!r} in office")
    return unknown(f"{words!r} could be any of {len(near)} people", q.registry, near)


# ---------------------------------------------------------------- places and bodies


def _words_of_place(q: _Question) -> Answer | None:
    """A place or a name that stands for an actor, and names that only their own country uses alone."""
    registry = q.registry
    for metonym in registry.metonyms_by_words.get(fold(q.words), ()):
        if not _spelt_so(q.words, metonym.words):
            continue
        if metonym.kind == "ambiguous":
            return unknown(f"{q.words!r} could stand for several actors: {metonym.note}")
        if metonym.kind == "body" and q.country and not q.owned:
            return known(registry, q.country, f"the {q.words} of the article's own country")
        if metonym.actor is None:
            continue
        if metonym.kind == "place":
            at_home = q.country in registry.states_by_capital.get(fold(q.words), ())
            if at_home:
                return unknown(f"{q.words!r} could also be the article's own government", registry, (metonym.actor,))
            return known(registry, metonym.actor, metonym.note or "the place stands for it")
        if metonym.kind == "domestic" and registry.country_of(metonym.actor) == q.country:
            return known(registry, metonym.actor, "so called in its own country")
    return None


def _spelt_so(words: str, forms: Iterable[str]) -> bool:
    """Whether a name is written as one; "parliament" may stand in lower case, "Reform" may not."""
    return written_as_name(words) or any(not written_as_name(form) and fold(form) == fold(words) for form in forms)


def _body(q: _Question) -> Answer | None:
    organisations = q.registry.organisations
    ids = tuple(
        key for key in q.registry.organisations_by_name.get(fold(q.words), ())
        if _spelt_so(q.words, (organisations[key].name, *organisations[key].aliases))
    )  # fmt: skip
    if len(ids) > 1:
        ids = tuple(key for key in ids if q.registry.country_of(key) == q.country) or ids
    if len(ids) > 1:
        return unknown(f"{q.words!r} is the name of several bodies", q.registry, ids)
    return known(q.registry, ids[0], "the name of a body") if ids else None


def _state(q: _Question) -> Answer | None:
    if not written_as_name(q.words):
        return None
    registry, key = q.registry, fold(q.words)
    people = registry.states_by_demonym.get(key, ()) if q.words.endswith(_COLLECTIVE) else ()
    for ids, why in (
        (registry.states_by_name.get(key, ()), "the name of a state"),
        (registry.states_by_capital.get(key, ()), "a capital stands for its government"),
        (people, "a people stands for its state"),
    ):
        if len(ids) == 1:
            return known(registry, ids[0], why)
        if ids:
            return unknown(f"{q.words!r} could be any of several states", registry, ids)
    return None


def _body_of_state(q: _Question) -> Answer | None:
    """ "The Ukrainian government", "Russia's foreign ministry", "Britain's Labour Party"."""
    tokens = q.words.split()
    for cut in range(1, len(tokens)):
        states = [s for s in subjects_of(q.registry, " ".join(tokens[:cut]), q.country) if s in q.registry.states]
        if len(states) == 1 and (answer := _domestic(q, " ".join(tokens[cut:]), states[0])):
            return answer
    return None


def _domestic(q: _Question, words: str, state: str) -> Answer | None:
    for metonym in q.registry.metonyms_by_words.get(fold(words), ()):
        if metonym.kind == "body":
            return known(q.registry, state, f"the {words} stands for the state")
        if metonym.kind == "domestic" and metonym.actor and q.registry.country_of(metonym.actor) == state:
            return known(q.registry, metonym.actor, f"{words} of {q.registry.named(state).name}")
    return None


def _domestic_elsewhere(q: _Question) -> Answer | None:
    actors = [m.actor for m in q.registry.metonyms_by_words.get(fold(q.words), ()) if m.kind == "domestic" and m.actor]
    if not actors or not _spelt_so(q.words, ()):
        return None
    return unknown(f"{q.words!r} has several bearers, and none in the article's own country", q.registry, actors)


# ---------------------------------------------------------------- offices


def _office(q: _Question) -> Answer | None:
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


def _named_holder(q: _Question, titled: Titled) -> Answer:
    """ "President Zelensky", "US Secretary of State Rubio", "former president Obama", "King Charles"."""
    name = fold(titled.name)
    ids = q.registry.people_by_surname.get(name, ()) + q.registry.people_by_name.get(name, ())
    if titled.royal:
        ids += q.registry.people_by_given_name.get(name, ())
    offices = [o for key in dict.fromkeys(ids) for o in q.registry.offices_of(key) if titled.fits(q.registry, o)]
    now = [o for o in offices if o in q.registry.holders(role=o.role, of=o.of, on=q.on)]
    past = [o for o in offices if o.since <= q.on and o not in now]
    for found in (past,) if titled.former else (now, past):
        people = tuple(dict.fromkeys(o.person for o in found))
        if len(people) == 1:
            return person(q.registry, people[0], _best_office(q, people[0]) or found[-1], "")
        if people:
            return unknown(f"{q.words!r} could be any of {len(people)} people", q.registry, people)
    return unknown(f"{q.words!r}: the registry knows nobody so called who has held that office by {q.on}")


def _holder(q: _Question, titled: Titled) -> Answer:
    """ "The PM", "Ukraine's president", "Nato secretary general": whoever holds the office that day."""
    if titled.ambiguous:
        return unknown(f"{q.words!r} could mean several offices")
    posts = titled.posts
    if not posts:
        why = "the article's country is not known" if q.country is None else f"no such office is known in {q.country}"
        return unknown(f"{q.words!r}: {why}")
    holding = [(o, row) for role, of, row in posts for o in q.registry.holders(role=role, of=of, on=q.on)]
    held = [o for o, row in holding if titled.suits(q.registry, o, row)]
    people = tuple(dict.fromkeys(o.person for o in held))
    if len(people) == 1:
        return person(q.registry, people[0], held[0], "")
    if people:
        return unknown(f"{q.words!r}: {len(people)} people hold such an office", q.registry, people)
    role, of, _ = posts[0]
    if holding:
        return unknown(f"{q.words!r}: {q.registry.named(of).name} has no office of that title")
    return unknown(f"{q.words!r}: " + q.registry.why_nobody(role=role, of=of, on=q.on))

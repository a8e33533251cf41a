"""Mentions by name: "Keir Starmer", "Ms von der Leyen", "Sir Keir", "Putin"."""

from __future__ import annotations

from collections.abc import Iterable

from detente.actors.answers import Answer, person, unknown
from detente.actors.common_surnames import shared_by_many
from detente.actors.entries import HEADS
from detente.actors.names import fold, written_as_name
from detente.actors.question import Question, best_office, remembered
from detente.actors.subjects import subjects_of
from detente.actors.titled import read_titled

_COURTESY: dict[str, str | None] = {
    **dict.fromkeys(["mr", "mr.", "sir", "lord", "herr", "monsieur", "señor", "senor", "senhor", "signor", "signore"], "m"),
    **dict.fromkeys(["mrs", "mrs.", "ms", "ms.", "miss", "dame", "lady", "baroness", "frau", "madame", "mme", "señora", "senora",
                     "senhora", "signora"], "f"),
    **dict.fromkeys(["dr", "dr.", "professor", "gen", "gen.", "general", "senator", "ambassador", "comrade"]),
}  # fmt: skip
_BRITISH = frozenset({"sir", "dame", "lord", "lady", "baroness"})
_BY_FIRST_NAME = frozenset({"sir", "dame"})
# Words that make "… Donald Trump" somebody else: "a spokesman for Donald Trump".
_LINKS = frozenset(
    {
        "of", "for", "to", "by", "and", "or", "with", "from", "at", "in", "on", "against", "about", "like", "than",
        "after", "before",
    }
)  # fmt: skip


def full_name(q: Question) -> Answer | None:
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
            fitting = tuple(key for key in found if _suits_style(q, tokens[0], key))
            return _one_of(q, fitting, q.words) if fitting and _describes(q, tokens[:start]) else None
    return None


def _suits_style(q: Question, style: str, key: str) -> bool:
    """Whether "Ms" or "Sir" may stand before a person's name; other words may stand before any."""
    bearer, style = q.registry.people[key], style.casefold()
    gender = _COURTESY.get(style)
    return gender in (None, bearer.gender) and (style not in _BRITISH or bearer.country == "GB")


def _says_office(q: Question, words: str) -> bool:
    """Whether words after a name are an office: "Nato secretary general", "the US president"."""
    text = words.strip(" ,")
    text = text[4:] if text[:4].lower() == "the " else text
    titled = read_titled(q.registry, text, q.country)
    return titled is not None and not titled.name


def _called_in_full(q: Question, words: str) -> tuple[str, ...]:
    if " " not in words or not written_as_name(words):
        return ()
    return q.registry.people_by_name.get(fold(words.strip(" ,")), ())


def _describes(q: Question, prefix: list[str]) -> bool:
    """Whether the words before a name describe its bearer and do not lead to somebody else."""
    if any(t.casefold() in _LINKS or t.endswith(",") for t in prefix):
        return False
    if prefix[0].casefold() in _COURTESY and len(prefix) == 1:
        return True
    text = " ".join(prefix)
    if read_titled(q.registry, text, q.country) is not None or subjects_of(q.registry, text, q.country):
        return True
    return not any(t.endswith(("'s", "s'")) for t in prefix) and all(t[0].islower() for t in prefix)


def _one_of(q: Question, ids: Iterable[str], words: str) -> Answer:
    """The only person so called, or the only one with an office within living memory."""
    people = tuple(ids)
    if len(people) > 1:
        people = tuple(p for p in people if remembered(q, p)) or people
    if len(people) == 1:
        return person(q.registry, people[0], best_office(q, people[0]), "named in full", q.on)
    return unknown(f"{words!r} is the name of several people", q.registry, people)


def courtesy(q: Question) -> Answer | None:
    """ "Mr Trump", "Sir Keir", "Ms von der Leyen"."""
    style, _, name = q.words.partition(" ")
    style = style.casefold()
    if style not in _COURTESY or not name:
        return None
    ids = q.registry.people_by_surname.get(fold(name), ()) + q.registry.people_by_name.get(fold(name), ())
    if style in _BY_FIRST_NAME:
        ids += _by_first_name(q, name)
    fitting = [key for key in dict.fromkeys(ids) if _suits_style(q, style, key)]
    return _by_surname(q, fitting, q.words, tie_break=True)


def _by_first_name(q: Question, name: str) -> tuple[str, ...]:
    """The Briton of a first name that only one has, in office or not: "Sir Keir", but not "Sir John"."""
    ids = q.registry.people_by_given_name.get(fold(name), ())
    britons = tuple(key for key in ids if q.registry.people[key].country == "GB")
    return britons if len(britons) == 1 else ()


def surname(q: Question) -> Answer | None:
    """ "Putin", "von der Leyen", "MBS"."""
    if not written_as_name(q.words) or q.definite or q.owned:
        return None
    ids = q.registry.people_by_surname.get(fold(q.words), ())
    return _by_surname(q, ids, q.words, tie_break=False) if ids else None


def _by_surname(q: Question, ids: Iterable[str], words: str, *, tie_break: bool) -> Answer:
    """The only person within living memory; with a style before the name, the only one in office will do.

    It will not do where another one so called is of the article's own country, who may well be meant.
    """
    near = [key for key in ids if remembered(q, key)]
    if len(near) == 1 and not _prominent(q, near[0]) and shared_by_many(q.registry.people[near[0]]):
        return unknown(f"{words!r} has a surname that very many people share", q.registry, near)
    if len(near) == 1:
        return person(
            q.registry,
            near[0],
            best_office(q, near[0]),
            f"the only {words!r} with an office near {q.on}",
            q.on,
        )
    if not near:
        return unknown(
            f"{words!r}: the registry has nobody so called with an office within five years of {q.on}"
        )
    sitting = [key for key in near if best_office(q, key)]
    rivals = [key for key in near if key not in sitting and q.registry.people[key].country == q.country]
    if tie_break and q.country and len(sitting) == 1 and not rivals:
        return person(
            q.registry, sitting[0], best_office(q, sitting[0]), f"the only {words!r} in office", q.on
        )
    return unknown(f"{words!r} could be any of {len(near)} people", q.registry, near)


def _prominent(q: Question, key: str) -> bool:
    """Whether a person leads a state or an international body that day, and so needs no first name."""
    office = best_office(q, key)
    if office is None or office.role not in HEADS:
        return False
    return office.of in q.registry.states or q.registry.country_of(office.of) is None

"""How values of records are put in words: days, categories, names, whose word something is, numbers with their nouns."""

from __future__ import annotations

from typing import Any

from detente.records import Condition

UNKNOWN = "unknown"
_OPENINGS = frozenset(
    {"if", "only", "unless", "provided", "as", "so", "once", "until", "when", "without", "on"}
)


def when(date: str | None) -> str:
    """An EDTF date as a person writes it: "by 2027-12-31" for `../2027-12-31`."""
    match (date or "").split("/"):
        case ["..", last]:
            return f"by {last}"
        case [first, ".."]:
            return f"from {first}"
        case [first, last]:
            return f"{first} to {last}"
        case _:
            return date or ""


def names(actors: tuple[Any, ...]) -> str:
    """Names joined; "unknown" for nobody."""
    return ", ".join(a.name for a in actors) or UNKNOWN


def spaced(category: str | None) -> str:
    """A category as words: "security guarantee"; "unknown" for none."""
    return category.replace("_", " ") if category else UNKNOWN


def hung_on(condition: Condition) -> str:
    """A condition as words behind a comma: with "if" before it, unless it opens with such a word of its own."""
    opens = condition.text.split()[:1]
    return condition.text if opens and opens[0].lower() in _OPENINGS else f"if {condition.text}"


def doubts(thing: Any) -> list[str]:
    """How far something is from a plain fact: its factuality, unless it is actual, and hearsay."""
    marks = [getattr(thing, "factuality", "actual"), "hearsay" if getattr(thing, "hearsay", False) else ""]
    return [mark for mark in marks if mark and mark != "actual"]


def attributed(thing: Any) -> str:
    """What stands behind the outlet's name: ", according to Ana Velkova, planned"; nothing for its own plain word.

    Args:
        thing: a record, or the place of one in an answer.
    """
    authority = getattr(thing, "according_to", None)
    whose = [f"according to {authority.name}"] if authority and authority.kind != "outlet" else []
    return "".join(f", {words}" for words in [*whose, *doubts(thing)])


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 article", "1,204 statements"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

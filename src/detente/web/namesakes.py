"""Actors of one name whom different articles introduce, and what each article calls them: whom a person may put together.

Whom no registry knows is made anew from each article that names him. Nothing puts two of them together but a person's decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from detente.actors import Registry
from detente.actors.names import fold, tidy, written_as_name
from detente.ledger import Ledger
from detente.ledger.judgements import PLACE
from detente.records import Part

_MADE = "made-"  # how the ids of actors begin that an article introduces
_NEAR = 90  # characters before and behind a name in which its title may stand
_NAMED = (
    "EXISTS (SELECT 1 FROM record_actors ra JOIN records r ON r.serial = ra.record "
    "WHERE ra.actor = a.id AND r.review <> 'rejected' AND r.merged_into IS NULL)"
)
_APART = re.compile(r"[.;:!?\n“”\"]|, (?:who|which)\b")
_OWNER = re.compile(r"([A-Z][\w-]*(?: [A-Z][\w-]*)*)['’]s? $")
_OF = re.compile(r"(?: for)?,? of (?:the )?([A-Z][\w-]*(?: [A-Z][\w-]*)*)")


class Role(Part, frozen=True, kw_only=True):
    """What stands beside a name: a title, and of what.

    Args:
        title: in lower case; empty where none stands there.
        of: the state or body, where the words name it.
    """

    title: str = ""
    of: str = ""

    def __str__(self) -> str:
        return f"{self.title} of {self.of}" if self.of else self.title

    def agrees(self, other: Role) -> bool:
        """Whether the two can be one person's: what both say is the same, or one says more than the other."""
        one, two = set(self.title.split()), set(other.title.split())
        titles = one <= two or two <= one
        return titles and (not self.of or not other.of or fold(self.of) == fold(other.of))


class Candidate(Part, frozen=True, kw_only=True):
    """One actor of a name: id and name."""

    id: str
    name: str


Group = tuple[Candidate, ...]


def namesakes(ledger: Ledger, registry: Path | None = None) -> list[Group]:
    """Actors of one full name and type, each group of two at least, by name; one that is in a registry comes first.

    Persons by a surname alone, those known by a title alone, and those whom a person took apart are left out.

    Args:
        ledger: whose actors.
        registry: folder of one's own registry files.
    """
    titles = _titles(registry)
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for key, name, kind in ledger.connection.rows(
        "SELECT id, name, type FROM actors a WHERE type <> 'unnamed' AND id NOT IN (SELECT actor FROM actor_merges) "
        f"AND {_NAMED} AND NOT EXISTS (SELECT 1 FROM judgements WHERE record = a.id AND field = ? AND action = 'split') "
        "ORDER BY id LIKE ?, id",
        (PLACE, f"{_MADE}%"),
    ):
        if _full(name, kind, titles):
            groups.setdefault((fold(name), kind), []).append(Candidate(id=key, name=name))
    return [tuple(group) for _, group in sorted(groups.items()) if sum(c.id.startswith(_MADE) for c in group) > 0 < len(group) - 1]


def likely(ledger: Ledger, key: str, name: str, most: int = 8) -> Group:
    """Actors whose name ends as this one does: "Edmund Carrow" for "Carrow".

    Args:
        ledger: whose actors.
        key: id of the actor who is left out.
        name: the name.
        most: how many at most.
    """
    last = tidy(name).split()[-1:] or [""]
    rows = ledger.connection.rows(
        "SELECT id, name FROM actors a WHERE id <> ? AND id NOT IN (SELECT actor FROM actor_merges) "
        f"AND {_NAMED} AND instr(lower(name), lower(?)) ORDER BY length(name) DESC, id",
        (key, last[0]),
    )
    same = [Candidate(id=k, name=n) for k, n in rows if fold(n.split()[-1]) == fold(last[0])]
    return tuple(same[:most])


def role_beside(text: str, name: str, registry: Path | None = None) -> Role:
    """The title that stands beside a name in a text, the longest that does.

    Args:
        text: the article's.
        name: the name in full, as the text writes it.
        registry: folder of one's own registry files.
    """
    titles = _titles(registry)
    found = [role for match in re.finditer(re.escape(name), text) for role in _roles(text, match.span(), titles)]
    return max(found, key=lambda role: (len(role.title.split()), bool(role.of)), default=Role())


def _roles(text: str, span: tuple[int, int], titles: frozenset[str]) -> Iterator[Role]:
    before = _APART.split(text[max(0, span[0] - _NEAR) : span[0]])[-1]
    behind = text[span[1] : span[1] + _NEAR]
    yield from _before(before.lstrip(), titles)
    if behind.startswith(","):
        stretch = _APART.split(behind.lstrip(", "))[0]
        yield from _behind(stretch, titles)


def _before(stretch: str, titles: frozenset[str]) -> Iterator[Role]:
    """Titles that end at the name: "Sudmark's Prime Minister ", "The Prime Minister of Sudmark, "."""
    for at, title in _in(stretch, titles):
        rest = stretch[at + len(title) :]
        owner, of = _OWNER.search(stretch[:at]), _OF.fullmatch(rest.rstrip(" ,"))
        if not rest.strip(" ,") or of:
            yield Role(title=title, of=of[1] if of else owner[1] if owner else "")


def _behind(stretch: str, titles: frozenset[str]) -> Iterator[Role]:
    """Titles with which an apposition begins: ", the prime minister of Sudmark"."""
    for at, title in _in(stretch, titles):
        lead = stretch[:at].strip()
        owner, of = _OWNER.search(stretch[:at]), _OF.match(stretch[at + len(title) :])
        if lead in ("", "the", "its", "their") or owner:
            yield Role(title=title, of=of[1] if of else owner[1] if owner else "")


def _in(stretch: str, titles: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The titles in a stretch of words, with where they begin."""
    low = stretch.lower()
    starts = [m.start() for m in re.finditer(r"\b\w", low)]
    ends = [m.end() for m in re.finditer(r"\w\b", low)]
    yield from ((s, low[s:e]) for s in starts for e in ends if s < e and low[s:e] in titles)


def _full(name: str, kind: str, titles: frozenset[str]) -> bool:
    words = tidy(name).split()
    if not written_as_name(name) or any(True for _ in _in(name, titles)):
        return False
    return len(words) > 1 or kind != "person"


@lru_cache(maxsize=2)
def _titles(registry: Path | None) -> frozenset[str]:
    return frozenset(Registry.load(registry).titles_by_words)

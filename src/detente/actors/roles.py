"""What stands beside a name in an article: a title, and of what. Two people of one name and one office are one person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.actors.names import fold
from detente.actors.registry import Registry
from detente.records import Part

_NEAR = 90  # characters before and behind a name in which its title may stand
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


def role_beside(text: str, name: str, registry: Registry) -> Role:
    """The title that stands beside a name in a text: one that says of what, if there is one, and the longest of these.

    Args:
        text: the article's.
        name: the name in full, as the text writes it.
        registry: which words are titles, and which peoples' names stand for their states.
    """
    found = [role for match in re.finditer(re.escape(name), text) for role in _roles(text, match.span(), registry)]
    return max(found, key=lambda role: (bool(role.of), len(role.title.split())), default=Role())


def has_title(words: str, registry: Registry) -> bool:
    """Whether some of the words are a title."""
    return any(True for _ in _in(words, registry))


def _roles(text: str, span: tuple[int, int], registry: Registry) -> Iterator[Role]:
    before = _APART.split(text[max(0, span[0] - _NEAR) : span[0]])[-1]
    behind = text[span[1] : span[1] + _NEAR]
    yield from _before(before.lstrip(), registry)
    if behind.startswith(","):
        stretch = _APART.split(behind.lstrip(", "))[0]
        yield from _behind(stretch, registry)


def _before(stretch: str, registry: Registry) -> Iterator[Role]:
    """Titles that end at the name: "Sudmark's Prime Minister ", "The Prime Minister of Sudmark, "."""
    for at, title in _in(stretch, registry):
        rest = stretch[at + len(title) :]
        owner, of = _OWNER.search(stretch[:at]), _OF.fullmatch(rest.rstrip(" ,"))
        if not rest.strip(" ,") or of:
            people = registry.states_by_demonym.get(fold(stretch[:at].split()[-1]), ()) if stretch[:at].split() else ()
            state = registry.states[people[0]].name if len(people) == 1 else ""
            yield Role(title=title, of=of[1] if of else owner[1] if owner else state)


def _behind(stretch: str, registry: Registry) -> Iterator[Role]:
    """Titles with which an apposition begins: ", the prime minister of Sudmark"."""
    for at, title in _in(stretch, registry):
        lead = stretch[:at].strip()
        owner, of = _OWNER.search(stretch[:at]), _OF.match(stretch[at + len(title) :])
        if lead in ("", "the", "its", "their") or owner:
            yield Role(title=title, of=of[1] if of else owner[1] if owner else "")


def _in(stretch: str, registry: Registry) -> Iterator[tuple[int, str]]:
    """The titles in a stretch of words, with where they begin."""
    low = stretch.lower()
    starts = [m.start() for m in re.finditer(r"\b\w", low)]
    ends = [m.end() for m in re.finditer(r"\w\b", low)]
    yield from ((s, low[s:e]) for s in starts for e in ends if s < e and low[s:e] in registry.titles_by_words)

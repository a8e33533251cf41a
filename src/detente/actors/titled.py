"""Mentions by title taken apart: "the US Secretary of State Marco Rubio" is a state, a title and a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.actors.entries import ANYWHERE, Office, TitleWords
from detente.actors.registry import WIDER, Registry
from detente.actors.subjects import subjects_of

_PASSED_OVER = frozenset({"current", "incumbent", "outgoing", "embattled", "sitting"})
# Who holds an office for the time being; a title in the registry says so with the same words.
ACTING = ("acting", "interim", "transitional", "caretaker")
_HEADS = frozenset().union(*WIDER.values())
_FORMER = frozenset({"former", "ex", "late", "one-time"})
_ROYAL = frozenset({"King", "Queen", "Emperor", "Emir", "Sultan", "Pope", "Crown Prince", "Grand Duke"})

Post = tuple[str, str, TitleWords]


@dataclass(frozen=True, slots=True)
class Titled:
    """A mention by title.

    Args:
        title: the title's words in lower case.
        rows: what the words can mean here, the most particular meaning alone.
        subjects: ids of the states or bodies named; empty where none is.
        country: the article's.
        name: the name after the title, or nothing.
        former: whether the words say that the office was left.
        acting: whether they say that it is held for the time being.
    """

    title: str
    rows: tuple[TitleWords, ...]
    subjects: tuple[str, ...]
    country: str | None
    name: str
    former: bool
    acting: bool

    @property
    def royal(self) -> bool:
        """Whether the bearers of the title are called by their first names."""
        return any(row.title in _ROYAL for row in self.rows)

    @property
    def ambiguous(self) -> bool:
        """Whether the words mean several offices here: "the minister" is not the only one whom the registry knows."""
        return any(not row.roles or len(set(row.roles) - _HEADS) > 1 for row in self._particular())

    @property
    def posts(self) -> tuple[Post, ...]:
        """The offices meant without a name: role, state or body, and the row that says so."""
        rows = self._particular()
        return tuple((role, of, row) for row in rows for role in row.roles for of in self._targets(row))

    def fits(self, registry: Registry, office: Office) -> bool:
        """Whether an office is one that the words can mean, the holder's name being given."""
        return any(
            office.role in _wider(row) and self._suits_row(registry, office, row)
            for row in self.rows
            if self._about(row, office)
        )

    def suits(self, registry: Registry, office: Office, row: TitleWords) -> bool:
        """Whether a holder found for a post is meant: with no state named, by the office's own title only."""
        if not self._suits_row(registry, office, row):
            return False
        if self.subjects or row.country is not None:
            return True
        return any(words.casefold() in office.title.casefold() for words in row.words)

    def _suits_row(self, registry: Registry, office: Office, row: TitleWords) -> bool:
        if row.title is None and office.role not in row.roles:
            return False  # "the US prime minister": who is both head of state and of government is not meant
        gender = registry.people[office.person].gender
        return (row.title is None or row.title in office.title) and row.gender in (None, gender)

    def _about(self, row: TitleWords, office: Office) -> bool:
        if self.subjects and office.of not in self._targets(row):
            return False
        return not row.of or office.of in row.of

    def _particular(self) -> tuple[TitleWords, ...]:
        """The rows that apply; those of the country before those of some states before those of all."""
        applying = [row for row in self.rows if self._targets(row)]
        for kept in (
            [row for row in applying if row.country not in (None, ANYWHERE)],
            [row for row in applying if row.of],
        ):
            if kept:
                return tuple(kept)
        return tuple(applying)

    def _targets(self, row: TitleWords) -> tuple[str, ...]:
        """The states or bodies whose office a row means here."""
        if self.subjects:
            if row.country not in (None, ANYWHERE) and row.country not in self.subjects:
                return ()
            named = tuple(s for s in self.subjects if not row.of or s in row.of)
            return named or (row.of if row.country in self.subjects else ())
        if row.country == ANYWHERE:
            return row.of
        if self.country is None or row.country not in (None, self.country):
            return ()
        if not row.of or self.country in row.of:
            return (self.country,)
        return row.of if row.country == self.country else ()


def read_titled(registry: Registry, words: str, country: str | None) -> Titled | None:
    """Take a mention apart; None where no title is in it, or other words are left over.

    Args:
        words: "French President Emmanuel Macron", "president of Ukraine", "Chancellor Reeves".
        country: the article's.
    """
    tokens = words.replace("ex-", "former ").replace("Ex-", "former ").split()
    for start, end in _longest_first(len(tokens)):
        title = " ".join(tokens[start:end]).casefold()
        if title not in registry.titles_by_words:
            continue
        before, after = _before(registry, tokens[:start], country), _after(registry, tokens[end:], country)
        if before is None or after is None or (before[0] and after[0]):
            continue
        return Titled(
            title=title, rows=registry.titles_by_words[title], subjects=before[0] or after[0], country=country,
            name=after[1], former=before[1], acting=any(t.casefold() in ACTING for t in tokens[:start]),
        )  # fmt: skip
    return None


def _longest_first(count: int) -> Iterator[tuple[int, int]]:
    return ((start, start + size) for size in range(count, 0, -1) for start in range(count - size + 1))


def _before(registry: Registry, tokens: list[str], country: str | None) -> tuple[tuple[str, ...], bool] | None:
    """The state or body before a title, and whether "former" is there; None where other words are."""
    former = any(t.casefold() in _FORMER for t in tokens)
    rest = " ".join(t for t in tokens if t.casefold() not in _FORMER | _PASSED_OVER and t.casefold() not in ACTING)
    if not rest:
        return (), former
    subjects = subjects_of(registry, rest, country)
    return (subjects, former) if subjects else None


def _after(registry: Registry, tokens: list[str], country: str | None) -> tuple[tuple[str, ...], str] | None:
    """The state or body after "of", and the name after that; None where the words lead elsewhere."""
    if not tokens or tokens[0] != "of":
        name = " ".join(tokens).strip(" ,")
        return None if name and not _name_like(name) else ((), name)
    for end in range(len(tokens), 1, -1):
        if subjects := subjects_of(registry, " ".join(tokens[1:end]), country):
            name = " ".join(tokens[end:]).strip(" ,")
            return None if name and not _name_like(name) else (subjects, name)
    return None


def _name_like(words: str) -> bool:
    """Whether words look like a name: the last one, at least, has a capital."""
    return words.split()[-1][0].isupper()


def _wider(row: TitleWords) -> frozenset[str]:
    return frozenset(role for named in row.roles for role in WIDER.get(named, {named}))

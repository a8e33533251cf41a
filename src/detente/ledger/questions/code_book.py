"""The code book of issues: which propositions are about one thing, and which way they say it. A file that the user edits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from detente.errors import MalformedInput, MissingInput
from detente.records import Part

Side = Literal["about", "for", "against"]
_KEYS = ("id", "proposition", *get_args(Side))
_WORD = re.compile(r"\w+(?:[-‐‑'’]\w+)*")
_NEGATIONS = frozenset({"not", "no", "never", "nor", "neither", "without", "cannot"})
_EXAMPLE = "detente ask --show-code-book > issues.toml"


class CodedIssue(Part, frozen=True, kw_only=True):
    """An issue of the code book.

    Args:
        id: one word, unique in the book.
        proposition: affirmative.
    """

    id: str
    proposition: str


class Coded(NamedTuple):
    """What a proposition is about.

    Args:
        issue: of the book.
        direction: 1 where the words say the issue's proposition, -1 where they say its opposite, 0 where that is not told.
    """

    issue: CodedIssue
    direction: int


class CodeBook:
    """Issues, and the words by which a proposition is known to be about one.

    Args:
        issues: in the order of the file.
        patterns: as `detente.reading.phrases` has them, each with its issue's id and its side.
    """

    def __init__(self, issues: tuple[CodedIssue, ...], patterns: tuple[Mapping[str, str], ...]) -> None:
        # Here and not above: the reading is large, and most questions have no use for it.
        from detente.reading.phrases import Lexicon

        self.issues = issues
        self._lexicon = Lexicon(patterns)
        self._known: dict[str, tuple[Coded, ...]] = {}

    def code(self, proposition: str) -> tuple[Coded, ...]:
        """The issues that a proposition is about, in the order of the book; none where no pattern fits."""
        if proposition not in self._known:
            self._known[proposition] = tuple(self._coded(proposition))
        return self._known[proposition]

    def _coded(self, proposition: str) -> Iterator[Coded]:
        words = [re.sub(r"['’]s$", "", w) for w in _WORD.findall(proposition.lower())]
        sides: dict[str, set[str]] = {}
        said: set[int] = set()
        for place in range(len(words)):
            for phrase in self._lexicon.first.get(words[place], ()):
                if (end := phrase.match(words, place)) is not None:
                    sides.setdefault(phrase.row["issue"], set()).add(phrase.row["side"])
                    own = set(re.findall(r"\w+", phrase.row["pattern"]))
                    said |= {n for n in range(place, end) if words[n] in own}
        turned = any(_negates(w) for n, w in enumerate(words) if n not in said)
        yield from (Coded(i, 0 if turned else _direction(sides[i.id])) for i in self.issues if i.id in sides)


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith(("n't", "n’t"))


def _direction(sides: set[str]) -> int:
    return ("for" in sides) - ("against" in sides)


def code_book(path: str | Path | None = None) -> CodeBook:
    """The code book of a file, or the packaged one.

    Args:
        path: TOML as `default_text` has it.

    Raises:
        MissingInput: there is no such file.
        MalformedInput: it is no TOML, or no code book; names the place.
    """
    return _packaged() if path is None else _loaded(Path(path))


def default_text() -> str:
    """The packaged code book as TOML, to be copied and edited."""
    return (files(__package__) / "code_book.toml").read_text(encoding="utf-8")


@cache
def _packaged() -> CodeBook:
    return _parsed(default_text(), "the packaged code book")


def _loaded(path: Path) -> CodeBook:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingInput(f"{path}: the code book cannot be read ({error.strerror})", _EXAMPLE) from error
    except UnicodeDecodeError as error:
        raise MalformedInput(
            f"{path}: got bytes that are no UTF-8, expected a code book", _EXAMPLE
        ) from error
    return _parsed(text, str(path))


def _parsed(text: str, name: str) -> CodeBook:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MalformedInput(f"{name}: not TOML: {error}", _EXAMPLE) from error
    entries = found.get("issue")
    if set(found) != {"issue"} or not isinstance(entries, list) or not entries:
        raise MalformedInput(
            f"{name}: got {', '.join(found) or 'nothing'}, expected [[issue]] tables and no other", _EXAMPLE
        )
    for number, entry in enumerate(entries, 1):
        _check(entry, f"{name}, issue {number}")
    ids = [entry["id"] for entry in entries]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise MalformedInput(f"{name}: got the id {twice[0]!r} twice, expected an id for each issue")
    issues = tuple(CodedIssue(id=e["id"], proposition=e["proposition"]) for e in entries)
    return CodeBook(issues, tuple(row for entry in entries for row in _patterns(entry)))


def _check(entry: Any, place: str) -> None:
    if not isinstance(entry, dict) or set(entry) - set(_KEYS):
        got = ", ".join(sorted(set(entry) - set(_KEYS))) if isinstance(entry, dict) else repr(entry)
        raise MalformedInput(f"{place}: got {got}, expected {', '.join(_KEYS)}", _EXAMPLE)
    for key in ("id", "proposition"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise MalformedInput(f"{place}: {key}: got {entry.get(key)!r}, expected words", _EXAMPLE)
    for side in get_args(Side):
        patterns = entry.get(side, [])
        if not isinstance(patterns, list) or not all(isinstance(p, str) and p.strip(" *") for p in patterns):
            raise MalformedInput(f"{place}: {side}: got {patterns!r}, expected a list of patterns", _EXAMPLE)
    if not any(entry.get(side) for side in get_args(Side)):
        raise MalformedInput(f"{place}: got no pattern, expected some in about, for or against", _EXAMPLE)


def _patterns(entry: dict[str, Any]) -> Iterator[Mapping[str, str]]:
    for side in get_args(Side):
        for pattern in entry.get(side, []):
            yield {"pattern": pattern.lower(), "issue": entry["id"], "side": side}

"""What the call says of every article it reads, and the contract of the formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import Any, Protocol

from detente.articles import check
from detente.errors import InputError
from detente.records import Article

MAX_BYTES = 20_000_000  # A long newspaper article is 60 kB: what is larger by far is another kind of file.


def _say_nothing(note: str) -> None:
    """Drop a note: nobody asked for them."""


@dataclass(frozen=True)
class Given:
    """What the call says. It is a person's word, and goes before what a file says of itself.

    Args:
        published: day of publication, ISO.
        country: ISO 3166-1 alpha-2 of the outlet.
        publisher: name of the outlet.
        max_bytes: the most that one article may take, in bytes as stored.
        note: called with a sentence for the person where a choice was made that is no error.

    Raises:
        InvalidDate: `published` is no day.
        MalformedInput: `country` is no code.
        ValueError: `max_bytes` is less than 1.
    """

    published: str | None = None
    country: str | None = None
    publisher: str | None = None
    max_bytes: int = MAX_BYTES
    note: Callable[[str], None] = _say_nothing

    def __post_init__(self) -> None:
        if self.max_bytes < 1:
            raise ValueError(f"max_bytes: got {self.max_bytes}, expected at least 1")
        for name, checked, example in (("published", check.day, "2025-03-02"), ("country", check.country, "GB")):
            if (value := getattr(self, name)) is None:
                continue
            try:
                object.__setattr__(self, name, checked(value, name))
            except InputError as error:
                error.remedy = f"detente read PATH --{name} {example}"
                raise

    def article(self, text: str, origin: str, where: str, **found: Any) -> Article:
        """The article that a text makes.

        Args:
            text: the text, not to be changed from here on.
            origin: the path or URL.
            where: what to call the place in errors and notes.
            found: fields that the file says of itself, or None where it does not.

        Raises:
            EmptyArticle: there is nothing to read in the text.
            EncodingError: a character that cannot be stored.
        """
        fields = {name: value for name, value in found.items() if value}
        for name in ("published", "country", "publisher"):
            if value := getattr(self, name):
                if fields.get(name, value) != value:
                    self.note(f"{where}: {name} is {fields[name]!r} in the file; {value!r} was given and is used")
                fields[name] = value
        if fields.get("language", "en") != "en":
            self.note(f"{where}: the language is {fields['language']!r}; détente reads English")
        return Article.of(check.readable(text, where), origin, **fields)

    def whole(self, stream: BufferedReader, origin: str) -> bytes:
        """All bytes of a stream that holds one article.

        Raises:
            InputError: more than `max_bytes`.
        """
        data = stream.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise too_large(origin, self.max_bytes)
        return data


def too_large(where: str, limit: int) -> InputError:
    """The error for an article over the limit."""
    return InputError(
        f"{where}: got more than {limit:,} bytes, expected one article",
        "split it into one file an article, or one article a line in a .jsonl file",
    )


class Reader(Protocol):
    """The contract of a format: the articles of one open file, and an error in place of each that cannot be read."""

    def __call__(self, stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
        """Read one file.

        Args:
            stream: the bytes, from the start.
            origin: the path as given.
            given: what the call says.

        Raises:
            InputError: nothing more of the file can be read.
        """
        ...

"""What a request asks: the whole state of a page, read from its address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from starlette.datastructures import QueryParams

from detente.errors import UnknownName
from detente.ledger import Ledger
from detente.records import RECORD_TYPES
from detente.web.entries import Reader
from detente.web.incoming import Incoming

PER_PAGE = 50
MOST_PER_PAGE = 500
_PAGING = frozenset({"page", "per"})
_YES_OR_NO = frozenset(
    field.name
    for kind in RECORD_TYPES
    for field in msgspec.structs.fields(kind)
    if field.type in (bool, bool | None)
)


class AddressError(UnknownName):
    """An address that asks for something in a way that the page does not understand."""


class Ask:
    """One request, as pages see it.

    Args:
        ledger: open for reading.
        query: the address's query; `token`, which the guard has read, is passed over.
        key: the id in the path, or an empty string.
        endless: whether the answer is a file, which may hold more than a page.
        by: who asks, where the browser's reviewer has a name.
        whole: whether whole articles may be shown, or their sentences with records alone.
        registry: folder of one's own registry files.
        incoming: what waits to be read; `None` where no articles are taken.
    """

    def __init__(
        self,
        ledger: Ledger,
        query: QueryParams,
        key: str = "",
        *,
        endless: bool = False,
        by: str = "",
        whole: bool = True,
        registry: Path | None = None,
        incoming: Incoming | None = None,
    ) -> None:
        self.ledger = ledger
        self.incoming = incoming
        self.registry = registry
        self.whole = whole
        self.by = by
        self.query = query
        self.key = key
        self.endless = endless
        self.reader = Reader(ledger)

    def only(self, *names: str) -> None:
        """Refuse a query with other names than these: a misspelt one would show something else than was asked for.

        Raises:
            AddressError: names what the page knows.
        """
        for name in self.query:
            if name not in names:
                known = ", ".join(names) or "none"
                raise AddressError(f"got {name!r} in the address, expected one of: {known}")

    def one(self, name: str) -> str | None:
        """The value of a name that may be given once; `None` where it is absent or empty.

        Raises:
            AddressError: it was given more than once.
        """
        given = [value for value in self.query.getlist(name) if value.strip()]
        if len(given) > 1:
            raise AddressError(f"got {name} {len(given)} times in the address, expected it once")
        return given[0].strip() if given else None

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a name, each once."""
        return tuple(dict.fromkeys(value for value in self.query.getlist(name) if value.strip()))

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number between two bounds, both of them allowed.

        Raises:
            AddressError: it is not one, or lies outside.
        """
        given = self.one(name)
        if given is None:
            return default
        # `isdecimal` alone would let digits of other scripts through; int() refuses more than 4,300 of them.
        if given.isascii() and given.isdecimal() and len(given) < 10 and least <= int(given) <= most:
            return int(given)
        raise AddressError(f"{name}: got {given!r}, expected a whole number from {least} to {most}")

    def filters(self, *own: str) -> dict[str, Any]:
        """What `RecordSet.where` is to be asked; yes and no become true and false.

        Args:
            own: names in the address that the page itself understands.
        """
        asked = {name: self.one(name) for name in self.query if name not in (*_PAGING, "id", *own)}
        return {name: _said(name, value) for name, value in asked.items() if value is not None}

    def paging(self, total: int) -> Paging:
        """Which part of a list to show.

        Raises:
            AddressError: `page` or `per` is not a number in its bounds.
        """
        if self.one("per") == "all":
            if not self.endless:
                raise AddressError(
                    "per: got 'all', expected it for .json or .csv only", f"per={MOST_PER_PAGE}"
                )
            return Paging(page=1, per=max(1, total), total=total)
        per = self.number("per", PER_PAGE, 1, MOST_PER_PAGE)
        pages = max(1, -(-total // per))
        return Paging(page=self.number("page", 1, 1, pages), per=per, total=total)


class Paging:
    """A part of a list.

    Args:
        page: its number, from 1.
        per: how many there are on a page.
        total: how many there are in all.
    """

    def __init__(self, page: int, per: int, total: int) -> None:
        self.page = page
        self.per = per
        self.total = total

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.per))

    @property
    def part(self) -> slice:
        """The members on this page."""
        return slice((self.page - 1) * self.per, self.page * self.per)


def changed(query: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A query with some values changed, back on the first page; `None` takes a name away."""
    kept = {name: value for name, value in query.items() if name != "page"} | changes
    return {name: value for name, value in kept.items() if value is not None}


def _said(name: str, value: str) -> object:
    return {"yes": True, "no": False}.get(value, value) if name in _YES_OR_NO else value

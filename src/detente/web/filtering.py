"""What an address narrows a page to: the same filters, counts and form on every page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from detente.errors import UnknownName
from detente.web.asking import AddressError, Ask
from detente.web.choosing import Choice
from detente.web.forms import Facet, Field, facets, fields, spoken
from detente.web.narrowing import narrow


class Filters:
    """The filters of an address, put in force: from here on the ledger of the request holds what they leave.

    Args:
        ask: what is asked.
        path: of the page.
        kind: of the records that the page is about; `None` for any.
        own: the names in the address that are the page's own and no filters.
        kept: what these say, to be kept where a filter is changed.

    Raises:
        AddressError: there is no such filter or category.
        InvalidDate: a bound that is no day.
    """

    def __init__(
        self, ask: Ask, path: str, kind: str | None = None, own: tuple[str, ...] = (), kept: Mapping[str, Any] = MappingProxyType({})
    ) -> None:  # fmt: skip
        choice = Choice(ask.ledger, kind, ask.filters(*own), ask.many("id"))
        self.asked: dict[str, Any] = spoken(choice)
        self.kept = dict(kept)
        try:
            self.facets: tuple[Facet, ...] = facets(choice, path, kept)
        except UnknownName as error:  # a filter that does not exist, and not a page that does not
            raise AddressError(error.message, error.remedy) from error
        self.form: tuple[Field, ...] = fields(choice)
        narrow(ask.ledger, choice)

"""Lists of records: one page for each kind, and one for records of any kind."""

from __future__ import annotations

from collections.abc import Callable

from detente.ledger import Coverage
from detente.records import Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.choosing import Choice
from detente.web.entries import Entry
from detente.web.forms import Facet, Field, facets, fields, spoken
from detente.web.tables import of_records
from detente.web.wording import KINDS


class Records(Part, frozen=True, kw_only=True):
    """A part of a list of records.

    Args:
        kind: of all of them, or `None`.
        total: how many the filters leave.
        rejected: how many more there would be if rejected ones were not left out.
        asked: the filters as the address writes them.
        coverage: what all of them rest on.
        articles: how many articles the ledger has.
    """

    kind: str | None
    total: int
    rejected: int
    page: int
    pages: int
    per: int
    asked: dict[str, str | tuple[str, ...]]
    coverage: Coverage
    articles: int
    facets: tuple[Facet, ...]
    entries: tuple[Entry, ...]


def list_of(kind: str | None) -> Callable[[Ask], View]:
    """The page that lists the records of a kind, or of all kinds."""

    def page(ask: Ask) -> View:
        return _records(ask, kind)

    return page


def _records(ask: Ask, kind: str | None) -> View:
    choice = Choice(ask.ledger, kind, ask.filters(), ask.many("id"))
    records = choice.records
    paging = ask.paging(len(records))
    chosen = records[paging.part]
    path = KINDS[kind].path if kind else "/records"
    shown = Records(
        kind=kind, total=paging.total, rejected=choice.rejected, page=paging.page, pages=paging.pages, per=paging.per,
        asked=spoken(choice), coverage=records.coverage(), articles=len(ask.ledger.articles), facets=facets(choice, path), entries=ask.reader.entries(chosen),
    )  # fmt: skip
    form: tuple[Field, ...] = fields(choice)
    return View(template="records.html", shown=shown, table=of_records(ask.ledger, chosen), marked={"form": form})

"""Where articles are from: those that do not say it, and what a person says of them."""

from __future__ import annotations

from collections.abc import Iterator

from detente.articles.given import Given as Checked
from detente.errors import InputError
from detente.records import Article, Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.incoming import Given, paste
from detente.web.origins import Unplaced, unplaced
from detente.web.pages.adding import incoming_of
from detente.web.sending import Sent
from detente.web.tables import of_rows
from detente.web.templating import id_path

_MOST = 50  # articles on the page


class Origins(Part, frozen=True, kw_only=True):
    """The articles whose outlet or day is not known.

    Args:
        total: how many there are.
        outlets: names of those that are on record, to choose from.
    """

    total: int
    articles: tuple[Unplaced, ...]
    outlets: tuple[str, ...]


def origins(ask: Ask) -> View:
    """The page that asks where articles are from."""
    ask.only("article")
    total, found = unplaced(ask.ledger, most=_MOST, keys=ask.many("article"))
    outlets = ask.ledger.connection.column(
        "SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL ORDER BY publisher LIMIT 200"
    )
    suggested = {a.suggestion.publisher for a in found if a.suggestion.publisher}
    shown = Origins(total=total, articles=found, outlets=tuple(sorted({*outlets, *suggested})))
    columns = ("id", "name", "origin", "publisher", "published")
    return View(template="origins.html", shown=shown, table=of_rows(columns, (a.to_dict() for a in found)))


def place(ask: Ask, form: Sent) -> str:
    """Read articles again with the outlet and the day that a person gives, and lead to the page of the reading.

    Raises:
        InputError: nothing is said, or it cannot be so.
        UnknownName: there is no such article, or the server takes none.
    """
    rows = list(_rows(ask, form))
    if not rows:
        raise InputError(
            "got neither an outlet nor a day, expected one of them at least",
            "go back one page, and write it beside the article",
        )
    incoming = incoming_of(ask)
    batch = incoming.begin()
    try:
        paste(batch, *rows)
        whole = incoming.put(batch, Given(again=True))
    except BaseException:
        incoming.drop(batch)
        raise
    incoming.read()
    return id_path("add", whole.key)


def _rows(ask: Ask, form: Sent) -> Iterator[dict[str, object]]:
    """The articles of which something new is said, as rows that are read again."""
    for key in form.many("article"):
        article = ask.ledger.article(key)
        said = _said(article, form)
        if any(said.values()):
            own = {
                name: getattr(article, name) for name in ("text", "title", "authors", "country", "language")
            }
            kept = {name: said[name] or getattr(article, name) for name in said}
            yield {name: value for name, value in (own | kept | {"url": article.origin}).items() if value}


def _said(article: Article, form: Sent) -> dict[str, str | None]:
    """What a person says that was not known, checked; what is known already is not theirs to change here."""
    given = {
        name: " ".join(form.one(f"{name}-{article.id}").split()) or None
        for name in ("publisher", "published")
        if getattr(article, name) is None
    }
    try:
        checked = Checked(**given)  # type: ignore[arg-type]
    except InputError as error:
        error.message = f"{article.name}: {error.message}"
        error.remedy = "correct it in the form: go back one page, where what you wrote still stands"
        raise
    return {name: getattr(checked, name) for name in given}

"""What a page shows, as HTML, JSON or CSV; and an error in the same three forms."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from detente.records import Part
from detente.web.tables import Table
from detente.web.templating import render

Format = Literal["html", "json", "csv"]
TYPES: dict[Format, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
}
FORMATS: tuple[Format, ...] = ("html", "json", "csv")


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One page, before it takes a form.

    Args:
        template: the file that makes HTML of it.
        shown: all that the page shows; as JSON it is this and nothing else.
        table: writes the same as CSV.
        marked: HTML that the template needs beside what is shown (the article with its marks).
    """

    template: str
    shown: Part
    table: Table
    marked: Mapping[str, Any] = {}


def answer(view: View, form: Format, request: Request, ledger: str) -> Response:
    """A page in one of its forms.

    Args:
        ledger: what the page calls the ledger.
    """
    match form:
        case "html":
            body = render(view.template, request, ledger, page=view.shown, **view.marked).encode()
        case "json":
            body = msgspec.json.encode(view.shown)
        case "csv":
            stream = BytesIO()
            view.table(stream)
            body = stream.getvalue()
    return Response(body, media_type=TYPES[form], headers={"cache-control": "private, no-cache"})


def refusal(request: Request, status: int, message: str, remedy: str = "") -> Response:
    """An error as a page, or in the form that was asked for."""
    form = form_of(request.url.path)
    if form == "html":
        sent = request.method == "POST"
        body = render("error.html", request, "", status=status, message=message, remedy=remedy, sent=sent).encode()
        return Response(body, status_code=status, media_type=TYPES["html"])
    plain = {"error": message, "remedy": remedy, "status": status}
    return Response(msgspec.json.encode(plain), status_code=status, media_type=TYPES["json"])


def form_of(path: str) -> Format:
    """The form that a path asks for."""
    ending = path.rpartition(".")[2]
    return ending if ending in ("json", "csv") else "html"  # type: ignore[return-value]

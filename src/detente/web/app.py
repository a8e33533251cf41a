"""The ledger in a browser: `create_app` makes the application, `serve` runs it on this machine."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from detente.errors import DetenteError, LedgerError, UnknownName
from detente.ledger import Ledger
from detente.web.answers import FORMATS, Format, View, answer, refusal
from detente.web.asking import AddressError, Ask
from detente.web.listening import address, listen
from detente.web.pages.actors import actor, actors
from detente.web.pages.articles import article, articles
from detente.web.pages.lists import list_of
from detente.web.pages.overview import overview
from detente.web.pages.record import record
from detente.web.pages.search import search
from detente.web.pages.weighing import weighing
from detente.web.security import HEADERS, Guard
from detente.web.wording import KINDS

Page = Callable[[Ask], View]


class Place(NamedTuple):
    """Where a page is, and the page."""

    path: str
    page: Page


PLACES = (
    Place("/", overview),
    Place("/articles", articles),
    Place("/articles/{key:path}", article),
    *(Place(kind.path, list_of(name)) for name, kind in KINDS.items()),
    Place("/actors", actors),
    Place("/actors/{key:path}", actor),
    Place("/records", list_of(None)),
    Place("/records/{key:path}", record),
    Place("/weighing", weighing),
    Place("/search", search),
)


def create_app(ledger_path: Path, *, token: str | None = None) -> Starlette:
    """The pages over a ledger, as an ASGI application; the ledger is read and never written.

    Args:
        ledger_path: the ledger's file. It is opened anew for each request, so that what is read or judged meanwhile shows.
        token: what a browser must show once; needed where others than this machine can reach the server.

    Raises:
        LedgerError: there is no ledger there that can be read.
    """
    Ledger.open(ledger_path, readonly=True).close()
    routes: list[BaseRoute] = [Mount("/static", StaticFiles(packages=[("detente.web", "static")]), name="static")]
    # The endings first: `{key:path}` would take them for a part of the id.
    routes += [_route(ledger_path, place, form) for form in reversed(FORMATS) for place in PLACES]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=token)],
        exception_handlers={DetenteError: _wrong, HTTPException: _no_page, Exception: _broken},
    )


def serve(
    ledger_path: Path, host: str = "127.0.0.1", port: int = 8000, open_browser: bool = False, *, token: str | None = None
) -> None:
    """Serve a ledger until it is interrupted.

    Args:
        ledger_path: the ledger's file.
        host: the address to listen at: this machine's own, or with a token any.
        port: 1 to 65535; 0 takes a free one.
        open_browser: open the first page in the person's browser.
        token: what a browser must show once.

    Raises:
        DetenteError: another address without a token, or the port is taken.
        LedgerError: there is no ledger there that can be read.
    """
    app = create_app(ledger_path, token=token)
    socket = listen(host, port, token)
    place = address(socket, host, token)
    print(f"{ledger_path} at {place}\nCtrl-C ends it.", flush=True)
    if open_browser:
        webbrowser.open(place)
    config = uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False, lifespan="off")
    try:
        uvicorn.Server(config).run(sockets=[socket])
    except KeyboardInterrupt:
        pass
    finally:
        socket.close()


def _route(ledger_path: Path, place: Place, form: Format) -> Route:
    def respond(request: Request) -> Response:
        with Ledger.open(ledger_path, readonly=True) as ledger, ledger.connection.snapshot():
            ask = Ask(ledger, request.query_params, request.path_params.get("key", ""), endless=form != "html")
            return answer(place.page(ask), form, request, ledger_path.name)

    stem = "/index" if place.path == "/" and form != "html" else place.path
    return Route(stem if form == "html" else f"{stem}.{form}", respond, methods=["GET"])


def _wrong(request: Request, error: Exception) -> Response:
    """A page for what was asked and cannot be answered, or for a ledger that cannot be read."""
    assert isinstance(error, DetenteError)
    if isinstance(error, LedgerError):
        status = 503
    elif isinstance(error, UnknownName) and not isinstance(error, AddressError) and "key" in request.path_params:
        status = 404
    else:
        status = 400
    return refusal(request, status, error.message, error.remedy)


def _no_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return refusal(request, 404, f"there is no page {request.url.path}", "begin at the overview")
    answer = refusal(request, error.status_code, f"{request.method} is not done here: {error.detail}", "pages are read with GET")
    answer.headers.update(error.headers or {})
    return answer


def _broken(request: Request, error: Exception) -> Response:
    """A fault of ours. It is raised again after this, and the server logs it."""
    answer = refusal(request, 500, "the page could not be made: this is a fault of détente", "report what you did, with the log")
    answer.headers.update(HEADERS)  # this answer is made outside the guard
    return answer

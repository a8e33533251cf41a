"""The ledger in a browser: `create_app` makes the application, `serve` runs it on this machine."""

from __future__ import annotations

import secrets
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from detente.errors import DetenteError, LedgerError, UnknownName
from detente.ledger import Ledger
from detente.web import uploads
from detente.web.answers import FORMATS, Format, View, answer, refusal
from detente.web.asking import AddressError, Ask
from detente.web.incoming import Incoming
from detente.web.listening import address, listen
from detente.web.pages.actors import actor, actors
from detente.web.pages.adding import adding, again, brought
from detente.web.pages.articles import article, articles
from detente.web.pages.board import deal_board
from detente.web.pages.lists import list_of
from detente.web.pages.matrix import matrix
from detente.web.pages.names import names
from detente.web.pages.network import network_page
from detente.web.pages.origins import origins, place
from detente.web.pages.overview import overview
from detente.web.pages.promises import pledge_ledger
from detente.web.pages.questions import question, questions
from detente.web.pages.record import record
from detente.web.pages.review import decide, review
from detente.web.pages.same import put_together, put_with, same
from detente.web.pages.search import search
from detente.web.pages.timeline import timeline_page
from detente.web.pages.weighing import weighing
from detente.web.security import COOKIE_BY, HEADERS, Guard
from detente.web.sending import NotTaken, Sent, sent
from detente.web.templating import STATIC, id_path
from detente.web.wording import KINDS

Page = Callable[[Ask], View]
Deed = Callable[[Ask, Sent], str]
"""What a form does: from the address and what was sent to the address that is shown next."""

_YEAR = 365 * 24 * 3600


class Place(NamedTuple):
    """Where a page is, the page, and what a form that is sent there does."""

    path: str
    page: Page
    deed: Deed | None = None


PLACES = (
    Place("/", overview),
    Place("/articles", articles),
    Place("/articles/{key:path}", article),
    *(Place(kind.path, list_of(name)) for name, kind in KINDS.items()),
    Place("/actors", actors),
    Place("/actors/{key:path}", actor, put_with),
    Place("/same", same, put_together),
    Place("/records", list_of(None)),
    Place("/records/{key:path}", record),
    Place("/weighing", weighing),
    Place("/search", search),
    Place("/promises", pledge_ledger),
    Place("/matrix", matrix),
    Place("/deal", deal_board),
    Place("/timeline", timeline_page),
    Place("/network", network_page),
    Place("/ask", questions),
    Place("/ask/{key}", question),
    Place("/review", review, decide),
    Place("/names", names),
    Place("/origins", origins, place),
    Place("/add", adding),
    Place("/add/{key}", brought, again),
)


def create_app(
    ledger_path: Path,
    *,
    token: str | None = None,
    by: str = "",
    readonly: bool = False,
    published: bool = False,
    whole: bool = True,
    registry: Path | None = None,
) -> Starlette:
    """The pages over a ledger, as an ASGI application.

    Args:
        ledger_path: the ledger's file. It is opened anew for each request, so that what is read or judged meanwhile shows.
        token: what a browser must show once; needed where others than this machine can reach the server.
        by: who decides in the review, until a reviewer gives another name.
        readonly: never write to the ledger; the review then shows and takes no decision.
        published: whether the pages are for readers outside, who see neither reviewers nor files.
        whole: whether whole articles may be shown, or their sentences with records alone.
        registry: folder of one's own registry files, on top of the packaged ones.

    Raises:
        LedgerError: there is no ledger there that can be read.
    """
    Ledger.open(ledger_path, readonly=True).close()
    routes: list[BaseRoute] = [
        Mount("/static", StaticFiles(packages=[(package, "static") for package in STATIC]), name="static")
    ]
    # The endings first: `{key:path}` would take them for a part of the id.
    routes += [_route(ledger_path, place, form) for form in reversed(FORMATS) for place in PLACES]
    routes += [
        _taking(ledger_path, place.path, place.deed) for place in PLACES if place.deed and not readonly
    ]
    routes += [] if readonly else [Route("/add", _bring, methods=["POST"])]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=token)],
        exception_handlers={DetenteError: _wrong, HTTPException: _no_page, Exception: _broken},
    )
    app.state.csrf, app.state.by, app.state.readonly = secrets.token_urlsafe(32), by, readonly
    app.state.published, app.state.whole, app.state.registry = published, whole, registry
    app.state.incoming = None if readonly else Incoming(ledger_path, registry)
    return app


def serve(
    ledger_path: Path, host: str = "127.0.0.1", port: int = 8000, open_browser: bool = False, *,
    token: str | None = None, by: str = "", readonly: bool = False, registry: Path | None = None,
) -> None:  # fmt: skip
    """Serve a ledger until it is interrupted.

    Args:
        ledger_path: the ledger's file.
        host: the address to listen at: this machine's own, or with a token any.
        port: 1 to 65535; 0 takes a free one.
        open_browser: open the first page in the person's browser.
        token: what a browser must show once.
        by: who decides in the review, until a reviewer gives another name.
        readonly: never write to the ledger.
        registry: folder of one's own registry files, by which articles are read that are brought in the browser.

    Raises:
        DetenteError: another address without a token, or the port is taken.
        LedgerError: there is no ledger there that can be read.
    """
    app = create_app(ledger_path, token=token, by=by, readonly=readonly, registry=registry)
    socket = listen(host, port, token)
    if app.state.incoming:
        app.state.incoming.read()  # what an earlier run did not come to
    place = address(socket, host, token)
    print(f"{ledger_path} at {place}\nCtrl-C ends it.", flush=True)
    if open_browser:
        webbrowser.open(place)
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, proxy_headers=False, lifespan="off"
    )
    try:
        uvicorn.Server(config).run(sockets=[socket])
    except KeyboardInterrupt:
        pass
    finally:
        socket.close()
        if app.state.incoming:
            app.state.incoming.close()


def _route(ledger_path: Path, place: Place, form: Format) -> Route:
    def respond(request: Request) -> Response:
        with Ledger.open(ledger_path, readonly=True) as ledger, ledger.connection.snapshot():
            ask = Ask(
                ledger, request.query_params, request.path_params.get("key", ""),
                endless=form != "html", by=_by(request), whole=request.app.state.whole, incoming=request.app.state.incoming, registry=request.app.state.registry,
            )  # fmt: skip
            return answer(place.page(ask), form, request, ledger_path.name)

    stem = "/index" if place.path == "/" and form != "html" else place.path
    return Route(stem if form == "html" else f"{stem}.{form}", respond, methods=["GET"])


def _taking(ledger_path: Path, path: str, deed: Deed) -> Route:
    """The route that takes a page's form: what it does is kept whole or not at all, and then a page is shown."""

    def do(request: Request, form: Sent) -> str:
        with Ledger.open(ledger_path) as ledger, ledger.connection.writing():
            state = request.app.state
            key = request.path_params.get("key", "")
            ask = Ask(ledger, request.query_params, key, by=_by(request), registry=state.registry, incoming=state.incoming)
            return deed(ask, form)

    async def respond(request: Request) -> Response:
        form = await sent(request, request.app.state.csrf)
        answer = RedirectResponse(await run_in_threadpool(do, request, form), status_code=303)
        if by := form.one("by"):
            answer.set_cookie(COOKIE_BY, quote(by), max_age=_YEAR, httponly=True, samesite="strict", path="/")
        return answer

    return Route(path, respond, methods=["POST"])


async def _bring(request: Request) -> Response:
    """Take articles: they are on the disk before the answer, and are read by another process after it."""
    state = request.app.state
    batch = await uploads.brought(request, state.csrf, state.incoming)
    await run_in_threadpool(state.incoming.read)
    return RedirectResponse(id_path("add", batch.key), status_code=303)


def _by(request: Request) -> str:
    """Who decides: the name that the browser's reviewer gave last, else the one that the server was started with."""
    return unquote(request.cookies.get(COOKIE_BY, "")) or str(request.app.state.by)


def _wrong(request: Request, error: Exception) -> Response:
    """A page for what was asked and cannot be answered, or for a ledger that cannot be read."""
    assert isinstance(error, DetenteError)
    if isinstance(error, NotTaken):
        status = error.status
    elif isinstance(error, LedgerError):
        status = 503
    elif (
        isinstance(error, UnknownName)
        and not isinstance(error, AddressError)
        and "key" in request.path_params
    ):
        status = 404
    else:
        status = 400
    return refusal(request, status, error.message, error.remedy)


def _no_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return refusal(request, 404, f"there is no page {request.url.path}", "begin at the overview")
    answer = refusal(
        request,
        error.status_code,
        f"{request.method} is not done here: {error.detail}",
        "pages are read with GET",
    )
    answer.headers.update(error.headers or {})
    return answer


def _broken(request: Request, error: Exception) -> Response:
    """A fault of ours. It is raised again after this, and the server logs it."""
    answer = refusal(
        request,
        500,
        "the page could not be made: this is a fault of détente",
        "report what you did, with the log",
    )
    answer.headers.update(HEADERS)  # this answer is made outside the guard
    return answer

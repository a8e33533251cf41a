"""Who may ask, and what a browser may do with the answer.

A page on the internet can make a reader's browser send requests to a server on the same machine. So the server answers
only to names of this machine (a name that an attacker has pointed at 127.0.0.1 is refused), only to pages of its own
(`Origin`), and tells the browser to run and load nothing that is not one of its own files. Where a token is set, it
stands in place of the check of the name: the browser sends the cookie only to the name that it was set for.
"""

from __future__ import annotations

from hmac import compare_digest
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.web.answers import refusal

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
COOKIE = "detente"
COOKIE_BY = "detente-by"  # the name of whoever reviews in this browser
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # With "no-referrer" a browser would not say where a form that it posts comes from.
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class Guard:
    """Refuses what comes from elsewhere, and puts the protecting headers on every answer.

    Args:
        app: what answers the rest.
        token: what a browser must show once, in the address, or a script in `Authorization: Bearer`; `None` where the
            server listens to this machine only.
    """

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self._refuse(Request(scope)) or self.app
        await answer(scope, receive, _with_headers(send))

    def _refuse(self, request: Request) -> Response | None:
        """An answer instead of the page, or `None` where the page may be shown."""
        host = request.headers.get("host", "")
        if self.token is None and hostname(host) not in LOCAL:
            return refusal(
                request,
                400,
                f"got a request for {host!r}, expected one for this machine",
                "open http://127.0.0.1 with the same port",
            )
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return refusal(
                request,
                403,
                f"got a request from a page of {origin}, expected one of this server",
                "type the address yourself",
            )
        return self._ask_for_token(request) if self.token else None

    def _ask_for_token(self, request: Request) -> Response | None:
        if given := request.query_params.get("token"):
            return self._let_in(request) if self._fits(given) else _unauthorised(request)
        if self._fits(request.cookies.get(COOKIE, "")) or self._fits(_bearer(request.headers)):
            return None
        return _unauthorised(request)

    def _fits(self, given: str) -> bool:
        return self.token is not None and compare_digest(given.encode(), self.token.encode())

    def _let_in(self, request: Request) -> Response:
        """Keep the token in a cookie, and take it out of the address, which people send to one another."""
        query = [(k, v) for k, v in parse_qsl(request.url.query, keep_blank_values=True) if k != "token"]
        place = URL(path=request.url.path, query=urlencode(query))
        answer = RedirectResponse(str(place), status_code=303)
        answer.set_cookie(COOKIE, self.token or "", httponly=True, samesite="lax", path="/")
        return answer


def hostname(host: str) -> str:
    """The name in a `Host` header, without the port; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _bearer(headers: Headers) -> str:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


def _unauthorised(request: Request) -> Response:
    return refusal(
        request,
        401,
        "got no token, or not the one of this server",
        "open the address that `detente serve` printed, with its token",
    )


def _with_headers(send: Send) -> Send:
    async def protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return protected

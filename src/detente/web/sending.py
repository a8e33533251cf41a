"""What a browser sends: a form of this server's own pages, bounded, with the token that only such a page has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hmac import compare_digest
from urllib.parse import parse_qsl

from starlette.requests import Request

from detente.errors import DetenteError

MOST_BYTES = 256 * 1024
MOST_FIELDS = 2000
_FORM = "application/x-www-form-urlencoded"


class NotTaken(DetenteError):
    """Something was sent that the server does not take.

    Args:
        status: of the answer, as HTTP counts them.
    """

    def __init__(self, status: int, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.status = status


class Sent:
    """The fields of a form.

    Args:
        fields: by name, the values in the order in which they were sent.
    """

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self._fields = fields

    def one(self, name: str) -> str:
        """The value of a field that may be sent once, without space around it; empty where it was not sent.

        Raises:
            NotTaken: it was sent more than once.
        """
        given = self.many(name)
        if len(given) > 1:
            raise NotTaken(400, f"got {name} {len(given)} times, expected it once")
        return given[0].strip() if given else ""

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a field."""
        return tuple(self._fields.get(name, ()))

    def starting(self, prefix: str) -> dict[str, str]:
        """The fields whose names begin so, by the rest of the name, with the last value of each."""
        return {
            name.removeprefix(prefix): values[-1]
            for name, values in self._fields.items()
            if name.startswith(prefix)
        }


async def sent(request: Request, token: str) -> Sent:
    """The form that a request carries.

    Args:
        token: the secret that every form of this server's pages holds.

    Raises:
        NotTaken: it is no form, is too long, or comes from elsewhere.
    """
    require_form(request, _FORM)
    fields = _parsed(await _body(request))
    require_token("".join(fields.get("csrf", ())), token)
    return Sent(fields)


def require_form(request: Request, kind: str) -> None:
    """Refuse what no page of this server can have sent.

    Args:
        kind: the media type of the form.

    Raises:
        NotTaken: it is of another type, or does not say that it comes from here.
    """
    # A browser names the origin of everything it posts; the guard has refused those that are not this server's.
    if (
        request.headers.get("origin") is None
        or request.headers.get("sec-fetch-site", "same-origin") != "same-origin"
    ):
        raise NotTaken(
            403,
            "got a form without the address it comes from, expected one of this server's pages",
            "load the page again",
        )
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
        raise NotTaken(415, f"got {request.headers.get('content-type')!r}, expected a form ({kind})")


def require_token(given: str, token: str) -> None:
    """Refuse a form without the token that every form of this server's pages holds.

    Raises:
        NotTaken: it has none, or another one.
    """
    if not compare_digest(given.encode("utf-8", "replace"), token.encode()):
        raise NotTaken(
            403,
            "got a form of another run of the server, or of another page",
            "load the page again, and send it from there",
        )


async def _body(request: Request) -> bytes:
    """The body, read no further than it may be long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise NotTaken(
                413,
                f"got more than {MOST_BYTES:,} bytes, expected fewer",
                "decide about fewer records at once",
            )
    return body


def _parsed(body: bytes) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError as error:
        raise NotTaken(400, f"got a form that cannot be read ({error})") from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields

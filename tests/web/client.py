"""A client that asks an ASGI application without a network."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote, urlencode, urlsplit

from starlette.types import ASGIApp, Message

HOST = "127.0.0.1:8000"


class Answer(NamedTuple):
    """What came back: names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def json(self) -> Any:
        return json.loads(self.body)

    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.text, newline="")))


class Client:
    """Asks one application. `raised` is what it raised after its answer, as it does for the server's log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.raised: Exception | None = None

    def get(self, address: str, method: str = "GET", **headers: str) -> Answer:
        """One request; `host` is this machine's unless it is given, and `_` in a header's name is a hyphen."""
        return asyncio.run(self._ask(address, method, {"host": HOST} | headers))

    def post(self, address: str, fields: Mapping[str, str | Iterable[str]], **headers: str) -> Answer:
        """A form as a browser sends it from a page of this server, with the token of the page unless one is given."""
        body = urlencode({"csrf": self.csrf} | dict(fields), doseq=True).encode()
        given = {"host": HOST, "origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"} | headers
        return asyncio.run(self._ask(address, "POST", {k: v for k, v in given.items() if v}, body))

    @property
    def csrf(self) -> str:
        """The token that the forms of the server's pages hold."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/review").text)
        return found[1] if found else ""

    async def _ask(self, address: str, method: str, headers: dict[str, str], sent_body: bytes = b"") -> Answer:
        parts, sent = urlsplit(address), []
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": unquote(parts.path), "raw_path": parts.path.encode(), "query_string": parts.query.encode(), "root_path": "",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
            "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 50000),
        }  # fmt: skip

        async def receive() -> Message:
            return {"type": "http.request", "body": sent_body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        try:
            await self.app(scope, receive, send)
        except Exception as error:
            if not sent:
                raise
            self.raised = error
        start = sent[0]
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body)

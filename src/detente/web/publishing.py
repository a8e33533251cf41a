"""The reading copy: the pages as static files that open from a disk, with nothing that needs a server."""

from __future__ import annotations

import re
import shutil
from collections import deque
from collections.abc import Callable
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Match, Route
from starlette.types import Scope

from detente.errors import DetenteError
from detente.ledger import Ledger
from detente.records import Part
from detente.web.app import create_app
from detente.web.templating import STATIC

_START, _RECORD = "/", "/records/"
_PLAIN = re.compile(r"[A-Za-z0-9_:-]{1,80}")
# What needs a server, or serves those who work with the ledger.
_LEFT_OUT = frozenset({"form", "script"})
_LEFT_OUT_CLASSES = frozenset({"side", "chips", "narrow", "files", "switch"})
_NOT_FOLLOWED = ("/review", "/search", "/names", "/add", "/static/")
_POLICY = "<meta http-equiv=\"content-security-policy\" content=\"script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'\">"
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


class Published(Part, frozen=True, kw_only=True):
    """What was written: how many pages, and the first of them."""

    pages: int
    first: str


def publish(ledger: Path, folder: Path, *, full_text: bool = False) -> Published:
    """Write the pages of a ledger as files.

    Args:
        ledger: what may leave the house (see `leaving`).
        folder: new or empty; it is made with all that is in it, or not at all.
        full_text: whether whole articles go along; whoever asks must have the right to that.

    Raises:
        DetenteError: the folder holds something, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DetenteError(f"{folder}: got a place that holds something, expected a new or an empty folder", f"detente publish {folder}-2")
    unfinished = folder.with_name(folder.name + ".part")
    app = create_app(ledger, readonly=True, published=True, whole=full_text)
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        for package in STATIC:
            with as_file(files(package) / "static") as static:
                shutil.copytree(static, unfinished / "static", ignore=shutil.ignore_patterns("*.js"), dirs_exist_ok=True)
        with Ledger.open(ledger, readonly=True) as held:
            known = frozenset(held.connection.column("SELECT id FROM records"))
        pages = _crawl(app, unfinished, known)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as error:
        raise DetenteError(f"{folder}: the copy cannot be written ({error.strerror})", "name a folder in a place of your own") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Published(pages=pages, first=str(folder / name_of(_START)))


def name_of(address: str) -> str:
    """The file of a page: `/records/pl-0a1b` is records-pl-0a1b.html."""
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/").replace("/", "-") or "index"
    stem = path if _PLAIN.fullmatch(path) else f"{path.partition('-')[0]}-{_digest(path)}"
    # A colon is no part of a file's name on every system.
    return stem.replace(":", "_") + (f"-{_digest(parts.query)}" if parts.query else "") + ".html"


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:12]


def _crawl(app: Starlette, folder: Path, records: frozenset[str]) -> int:
    """Write the first page and every page that links lead to.

    Args:
        records: ids of those that are in the ledger: a record may name others that did not leave the house.
    """
    waiting, seen = deque([_START]), {_START}

    def follow(href: str) -> str | None:
        place, _, anchor = href.partition("#")
        if place.startswith(_RECORD) and unquote(place.removeprefix(_RECORD)) not in records:
            return None
        if place not in seen:
            seen.add(place)
            waiting.append(place)
        return name_of(place) + (f"#{anchor}" if anchor else "")

    while waiting:
        address = waiting.popleft()
        copy = _Copy(follow)
        copy.feed(_get(app, address))
        copy.close()
        (folder / name_of(address)).write_text("".join(copy.out), encoding="utf-8", newline="")
    return len(seen)


def _get(app: Starlette, address: str) -> str:
    """A page as the application makes it, without a server or a loop between."""
    parts = urlsplit(address)
    scope: Scope = {
        "type": "http", "method": "GET", "scheme": "http", "root_path": "", "app": app, "headers": [],
        "path": unquote(parts.path), "query_string": parts.query.encode(), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    for route in app.routes:
        match, found = route.matches(scope)
        if match is Match.FULL and isinstance(route, Route):
            return bytes(route.endpoint(Request({**scope, **found})).body).decode()
    raise DetenteError(f"a page leads to {address}, which is none", "report this, with the ledger's `detente check`")


class _Copy(HTMLParser):
    """One page rewritten: links lead to files, and what needs a server is left out.

    Args:
        follow: for an address of the server, the file that it becomes; `None` where there is no such page.
    """

    def __init__(self, follow: Callable[[str], str | None]) -> None:
        super().__init__(convert_charrefs=False)
        self.follow = follow
        self.out: list[str] = []
        self._leaving: tuple[str, int] | None = None  # the element that is left out, and how deep in others of its name

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._leaving:
            name, depth = self._leaving
            self._leaving = (name, depth + (tag == name))
            return
        given = dict(attrs)
        if tag in _LEFT_OUT or _LEFT_OUT_CLASSES & set((given.get("class") or "").split()):
            self._leaving = None if tag in _VOID else (tag, 1)
            return
        self.out.append(self._tag(tag, given))
        if tag == "head":
            self.out.append(_POLICY)

    handle_startendtag = handle_starttag

    def _tag(self, tag: str, given: dict[str, str | None]) -> str:
        address = given.get("href")
        if address is None or not address.startswith("/"):
            return self.get_starttag_text() or ""
        if address.startswith("/static/"):
            given["href"] = address.lstrip("/")
        elif address.startswith(_NOT_FOLLOWED):
            del given["href"]
        elif file := self.follow(address):
            given["href"] = file
        else:
            del given["href"]
        said = "".join(f' {name}="{escape(value or "")}"' for name, value in given.items())
        return f"<{tag}{said}>"

    def handle_endtag(self, tag: str) -> None:
        if self._leaving is None:
            self.out.append(f"</{tag}>")
        elif tag == self._leaving[0]:
            depth = self._leaving[1] - 1
            self._leaving = (tag, depth) if depth else None

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def _keep(self, words: str) -> None:
        if self._leaving is None:
            self.out.append(words)

"""Templates: every value escaped, every name that a template uses must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape
from starlette.requests import Request

import detente
from detente.records import KINDS, kind_of
from detente.web import wording
from detente.web.entries import BETWEEN, pieces
from detente.web.marking import hits

# Whose folders `static` hold what pages load.
STATIC = ("detente.web", "detente.weighing")
_ENVIRONMENT = Environment(loader=PackageLoader("detente.web"), autoescape=True, undefined=StrictUndefined)
_BACKQUOTED = re.compile(r"`([^`\n]+)`")
_ID = re.compile(rf"\b(?:{'|'.join(kind[:2] for kind in KINDS)})-[0-9a-f]{{16}}\b")


def href(path: str, **query: Any) -> str:
    """An address on this server.

    Args:
        path: with its parts quoted.
        query: what stands behind the question mark; `None` is left out, a tuple or list is said once for each member.
    """
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def id_path(folder: str, key: str) -> str:
    """The page of one thing: `/records/pl-0a1b`."""
    return f"/{folder}/{quote(key, safe=':')}"


def within(sentence: str, words: str) -> Iterator[tuple[str, bool]]:
    """A sentence cut into pieces, each with whether it belongs to the words.

    Args:
        words: exact stretches of the sentence, in their order and joined by an ellipsis; one that is not in it is passed over.
    """
    here = 0
    for stretch in words.split(BETWEEN):
        start = sentence.find(stretch, here)
        if stretch and start >= 0:
            yield sentence[here:start], False
            yield stretch, True
            here = start + len(stretch)
    yield sentence[here:], False


def web_address(origin: str) -> str | None:
    """An origin as what a link may lead to: addresses of the web alone, since any other scheme could run a script."""
    return origin if origin.startswith(("https://", "http://")) else None


def linked(text: str) -> Markup:
    """A text in which every id of a record leads to the record; what stands between backquotes is to be typed."""
    parts, here = [], 0
    for match in _ID.finditer(text):
        parts.append(_typed(text[here : match.start()]))
        parts.append(
            Markup('<a href="{}"><code>{}</code></a>').format(id_path("records", match[0]), match[0])
        )
        here = match.end()
    return Markup("").join([*parts, _typed(text[here:])])


def _typed(text: str) -> Markup:
    return Markup(_BACKQUOTED.sub(r"<code>\1</code>", str(escape(text))))


def sentence_case(text: str) -> str:
    """A text with a capital first."""
    return text[:1].upper() + text[1:]


def number(value: float) -> str:
    """A number with its thousands apart: 2,260,000,000 or 2.5."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def template(name: str) -> Template:
    """A template by its file's name."""
    return _ENVIRONMENT.get_template(name)


def render(template: str, request: Request, ledger: str, **values: Any) -> str:
    """A template as HTML.

    Args:
        ledger: the ledger's name, shown on every page.
        values: what the template asks for.
    """
    path, state = request.url.path, request.app.state
    base = {
        "path": path,
        "stem": "/index" if path == "/" else path.rstrip("/"),
        "query": request.url.query,
        "ledger": ledger,
        "version": detente.__version__,
        "csrf": state.csrf,
        "readonly": state.readonly,
        "published": state.published,
        "adds": not (state.readonly or state.published),
    }
    return _ENVIRONMENT.get_template(template).render(**base, **values)


_ENVIRONMENT.globals |= {
    "href": href,
    "id_path": id_path,
    "kinds": wording.KINDS,
    "kind_of": kind_of,
    "counted": wording.counted,
    "label": wording.label,
    "pieces": pieces,
    "sign": wording.sign,
    "verb": wording.verb,
    "within": within,
    "web_address": web_address,
}
_ENVIRONMENT.filters |= {"words": wording.words, "time": wording.time, "amount": wording.amount, "hits": hits}
_ENVIRONMENT.filters |= {"linked": linked, "sentence_case": sentence_case, "number": number}

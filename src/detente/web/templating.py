"""Templates: every value escaped, every name that a template uses must exist."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request

import detente
from detente.records import kind_of
from detente.web import wording
from detente.web.entries import pieces
from detente.web.marking import hits

_ENVIRONMENT = Environment(
    loader=PackageLoader("detente.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


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


def render(template: str, request: Request, ledger: str, **values: Any) -> str:
    """A template as HTML.

    Args:
        ledger: the ledger's name, shown on every page.
        values: what the template asks for.
    """
    path = request.url.path
    base = {
        "path": path,
        "stem": "/index" if path == "/" else path.rstrip("/"),
        "query": request.url.query,
        "ledger": ledger,
        "version": detente.__version__,
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
}
_ENVIRONMENT.filters |= {"words": wording.words, "time": wording.time, "amount": wording.amount, "hits": hits}

"""W3C Web Annotations: a record as an annotation of the article's text, in JSON-LD.

Each target has a TextQuoteSelector and a TextPositionSelector, whose units are code points of the text as the ledger keeps it
(Web Annotation Data Model, W3C Recommendation of 23 February 2017, 4.2.4 and 4.2.5). The record itself stands beside the body as a
JSON literal of JSON-LD 1.1, so that nothing of it is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import msgspec

from detente.exchange.base import Account, web_address, with_articles
from detente.exchange.flat import cell, citation, values
from detente.ledger import Ledger
from detente.records import AnyRecord, Article, Evidence, Origin, encode, kind_of

CONTEXT: tuple[Any, ...] = (
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "detente": "urn:detente:",
        "record": {"@id": "detente:record", "@type": "@json"},
        "field": "detente:field",
        "role": "detente:role",
        "citation": "detente:citation",
        "origin": "detente:origin",
    },
)
_HEADING = (
    "kind",
    "id",
    "review",
    "sentence",
    "words",
    "start",
    "end",
    "source",
    "outlet",
    "published",
    "title",
    "citation",
)
_encode = msgspec.json.encode


class Annotations:
    """Writes an annotation collection with one page."""

    name = "annotations"
    extension = ".jsonld"
    binary = False
    omits = (
        "the articles' texts: a target names its article by the sha256 of its text, and gives the words",
        "judgements, actors, issues, clusters and weighings",
    )

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write an annotation for each record, or for each of the ledger."""
        account = Account()
        with ledger.connection.snapshot():
            head = _encode(
                {"@context": CONTEXT, "id": "urn:detente:annotations", "type": "AnnotationCollection"}
            )
            stream.write(
                head[:-1]
                + b',"first":{"id":"urn:detente:annotations:1","type":"AnnotationPage","startIndex":0,"items":['
            )
            for record, article in with_articles(ledger, ledger.records() if records is None else records):
                stream.write((b",\n" if account.written else b"\n") + _encode(annotation(record, article)))
                account.wrote(record)
            # How many there are is known at the end alone: what has been written is not held.
            stream.write(b'\n]},"total":%d}\n' % account.written)
        return account


def annotation(record: AnyRecord, article: Article) -> dict[str, Any]:
    """A record as an annotation without its context."""
    start, end = min(e.start for e in record.core), max(e.end for e in record.core)
    return {
        "id": f"urn:detente:record:{record.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": _maker(record.origin),
        "body": [
            {
                "type": "TextualBody",
                "purpose": "classifying",
                "format": "text/plain",
                "value": kind_of(record),
            },
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": describe(record, article),
            },
        ],
        "target": [_target(evidence, article) for evidence in record.evidence],
        "citation": citation(article, start, end),
        "record": msgspec.Raw(encode(record)),
    }


def describe(record: AnyRecord, article: Article) -> str:
    """A record in a line a field, review first: what a reader that shows bodies alone will show."""
    found = values(record, article)
    told = {
        name: cell(value) for name, value in found.items() if name not in _HEADING and value not in (None, ())
    }
    return "\n".join(f"{name}: {value}" for name, value in ({"review": record.review} | told).items())


def _maker(origin: Origin) -> dict[str, str]:
    if origin.by == "person":
        return {"type": "Person", "name": origin.name}
    return {
        "type": "Software",
        "name": " ".join(part for part in ("detente", origin.by, origin.name, origin.version) if part),
    }


def _target(evidence: Evidence, article: Article) -> dict[str, Any]:
    return {
        "type": "SpecificResource",
        "source": {
            "id": f"urn:detente:article:{article.id}",
            "type": "Text",
            "format": "text/plain",
            "language": article.language,
            # An address of the web is where it was had; a file's name is no IRI.
            **({"via": address} if (address := web_address(article)) else {"origin": article.origin}),
        },
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": evidence.exact,
                "prefix": evidence.prefix,
                "suffix": evidence.suffix,
            },
            {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end},
        ],
        "field": evidence.field,
        "role": evidence.role,
    }

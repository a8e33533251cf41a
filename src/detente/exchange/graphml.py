"""GraphML: who talks to, supports and criticises whom, and who stands where on what, for Gephi, Cytoscape, R and networkx.

An edge is a pair, a relation, and how the words have it: what was done and what was planned or denied are never one edge. Its
weight is the number of records, which `records` names.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import IO, Any

from detente.exchange.base import ACCEPTED, Account, whose_word, with_articles
from detente.exchange.directory import Directory
from detente.exchange.ties import Node, Tie, ties
from detente.exchange.xml import Markup
from detente.ledger import Ledger
from detente.records import ActorRef, AnyRecord, Article, text_id

NODE_KEYS = {"label": "string", "ref": "string", "kind": "string", "type": "string", "country": "string"}
EDGE_KEYS = {
    "relation": "string", "factuality": "string", "hearsay": "boolean", "weight": "int", "accepted": "int", "outlets": "int",
    "first_reported": "string", "last_reported": "string", "dates": "string", "according_to": "string", "records": "string",
}  # fmt: skip

_TOKEN = re.compile(r"[\w.:-]+", re.ASCII)

# Edges are added up on the disk: SQLite keeps a nameless database in a file of its own once it outgrows its cache.
_TABLES = """
    CREATE TABLE nodes (number INTEGER PRIMARY KEY, kind TEXT, id TEXT, label TEXT, UNIQUE (kind, id));
    CREATE TABLE ties (
        source INTEGER, target INTEGER, relation TEXT, factuality TEXT, hearsay INTEGER, accepted INTEGER, outlet TEXT,
        reported TEXT, date TEXT, according_to TEXT, record TEXT
    );
"""
_EDGES = """
    SELECT source, target, relation, factuality, hearsay, count(DISTINCT record), count(DISTINCT iif(accepted, record, NULL)),
        count(DISTINCT outlet), min(reported), max(reported), json_group_array(DISTINCT date),
        json_group_array(DISTINCT according_to), json_group_array(DISTINCT record)
    FROM ties GROUP BY source, target, relation, factuality, hearsay ORDER BY source, target, relation, factuality, hearsay
"""


class GraphMl:
    """Writes a directed graph with several edges between two nodes."""

    name = "graphml"
    extension = ".graphml"
    binary = False
    omits = (
        "the words and the review of each record: an edge names its records, and says how many a person has accepted",
        "records that a person rejected",
        "amounts, conditions, deals, and ties of which an end is unknown",
    )

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write the network of the records, or of all of the ledger; rejected records are no tie."""
        account = Account()
        with ledger.connection.snapshot(), closing(sqlite3.connect("")) as sums:
            sums.executescript(_TABLES)
            for record, article in with_articles(ledger, ledger.records() if records is None else records):
                _take(sums, record, article, account)
            _write(sums, Markup(stream), Directory(ledger))
        return account


def _take(sums: sqlite3.Connection, record: AnyRecord, article: Article, account: Account) -> None:
    if record.review == "rejected":
        return account.leave(record, "a person rejected them")
    found = list(ties(record))
    if not found:
        return account.leave(record, "they tie nobody known to anybody or anything")
    sums.executemany(
        f"INSERT INTO ties VALUES ({', '.join('?' * 11)})",
        (_row(sums, tie, record, article) for tie in found),
    )
    return account.wrote(record)


def _row(sums: sqlite3.Connection, tie: Tie, record: AnyRecord, article: Article) -> tuple[Any, ...]:
    return (
        _number(sums, tie.source), _number(sums, tie.target), tie.relation, record.factuality, record.hearsay,
        record.review in ACCEPTED, article.publisher, article.published, tie.date,
        whose_word(record, article), record.id,
    )  # fmt: skip


def _number(sums: sqlite3.Connection, node: Node) -> int:
    sums.execute("INSERT OR IGNORE INTO nodes (kind, id, label) VALUES (?, ?, ?)", node)
    return int(sums.execute("SELECT number FROM nodes WHERE kind = ? AND id = ?", node[:2]).fetchone()[0])


def _write(sums: sqlite3.Connection, out: Markup, directory: Directory) -> None:
    with out.element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"}):
        for of, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
            for name, holds in keys.items():
                out.leaf(
                    "key", None, {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": holds}
                )
        with out.element("graph", {"id": "G", "edgedefault": "directed"}):
            for node in map(Node._make, sums.execute("SELECT kind, id, label FROM nodes ORDER BY number")):
                with out.element("node", {"id": node_id(node)}):
                    _data(out, "node", _described(node, directory))
            for serial, edge in enumerate(_edges(sums)):
                with out.element(
                    "edge", {"id": f"e{serial}", "source": edge.pop("source"), "target": edge.pop("target")}
                ):
                    _data(out, "edge", edge)


def _described(node: Node, directory: Directory) -> dict[str, Any]:
    actor = directory.find(ActorRef(id=node.id, name=node.label)) if node.kind == "actor" else None
    return {
        "label": node.label,
        "ref": node.id,
        "kind": node.kind,
        "type": actor and actor.type,
        "country": actor and actor.country,
    }


def _edges(sums: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for source, target, *rest in sums.execute(_EDGES):
        yield {"source": _id(sums, source), "target": _id(sums, target)} | dict(
            zip(EDGE_KEYS, rest, strict=True)
        )


def node_id(node: Node) -> str:
    """A node's id in the file, the same in every export: the schema of GraphML has it an NMTOKEN, with no space in it."""
    if node.kind == "actor" and _TOKEN.fullmatch(node.id):
        return node.id
    return f"{node.kind}-{text_id(node.id)[:16]}"


def _id(sums: sqlite3.Connection, number: int) -> str:
    return node_id(
        Node(*sums.execute("SELECT kind, id, label FROM nodes WHERE number = ?", (number,)).fetchone())
    )


def _data(out: Markup, of: str, found: dict[str, Any]) -> None:
    for name, value in found.items():
        if value is not None:
            out.leaf("data", _text(name, value), {"key": f"{of}_{name}"})


def _text(name: str, value: Any) -> str:
    match name:
        case "hearsay":
            return "true" if value else "false"
        case "dates" | "according_to" | "records":
            return "; ".join(sorted(item for item in json.loads(value) if item))
        case _:
            return str(value)

"""Networks as graphs of networkx: who talks to, supports and criticises whom, and who stands where on what.

They are those of the GraphML export, edge for edge: what was done and what was planned, supposed, denied or heard of are apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from detente.errors import MissingExtra
from detente.exchange.graphml import GraphMl
from detente.ledger import Ledger
from detente.records import AnyRecord

if TYPE_CHECKING:
    import networkx  # type: ignore[import-untyped]

Of = Literal["actors", "issues"]


def network(
    ledger: Ledger, records: Iterable[AnyRecord] | None = None, *, of: Of | None = None
) -> networkx.MultiDiGraph:
    """The network of records.

    Args:
        ledger: where they are from.
        records: those to have, all of the ledger where `None`; what a person rejected ties nobody.
        of: "actors", what actors do and say to each other; "issues", who stands where on which issue; both, and terms,
            where `None`.

    Returns:
        A directed graph with several edges between two nodes. A node has `label`, `ref` (its id in the ledger), `kind` (actor,
        issue, term) and, where known, `type` and `country`; an edge `relation`, `factuality`, `hearsay`, `weight` (how many
        records), `accepted` (of how many a person stands behind them), `records`, `according_to`, `dates`.

    Raises:
        MissingExtra: networkx is not installed.
    """
    try:
        import networkx
    except ImportError:
        raise MissingExtra("networkx", "networkx", "a network") from None
    stream = BytesIO()
    GraphMl().write(ledger, stream, records)
    stream.seek(0)
    graph: networkx.MultiDiGraph = networkx.read_graphml(stream, force_multigraph=True)
    if of is None:
        return graph
    kinds = networkx.get_node_attributes(graph, "kind")
    target = "actor" if of == "actors" else "issue"
    kept = [(a, b, key) for a, b, key in graph.edges(keys=True) if kinds[a] == "actor" and kinds[b] == target]
    return graph.edge_subgraph(kept).copy()

"""The same thing in several articles: one story, statement, event or pledge in several outlets becomes a cluster.

`cluster` brings a ledger's clusters up to date, and is the one place where a machine makes clusters. What is the same is
decided by one file a kind: `stories`, `statements` (with `quotations`), `events`, `pledges`. `linking` makes groups of pairs
and `index` finds the pairs.
"""

from detente.ledger.clustering.update import cluster

__all__ = ["cluster"]

"""Read the coverage of a negotiation, keep the record, weigh the deal.

>>> import detente
>>> ledger = detente.read("article.txt")                               # doctest: +SKIP
>>> ledger.statements.where(speaker="Keir Starmer")                    # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.api import read
    from detente.ledger import Ledger
    from detente.weighing.from_ledger import situation_from
    from detente.weighing.weigh import weigh

__version__ = "0.1.0"
__all__ = ["Ledger", "__version__", "read", "situation_from", "weigh"]

# Loaded when first asked for: `import detente` alone costs nothing.
_LAZY = {"read": "detente.api", "Ledger": "detente.ledger", "weigh": "detente.weighing", "situation_from": "detente.weighing"}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'detente' has no attribute {name!r}")

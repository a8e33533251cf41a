"""Records are kept: store, search, judgements, the questions asked of them."""

from detente.ledger.recordset import RecordSet
from detente.ledger.store import Added, Ledger

__all__ = ["Added", "Ledger", "RecordSet"]

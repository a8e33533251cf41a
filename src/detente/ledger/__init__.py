"""Records are kept: store, search, judgements, the questions asked of them."""

from detente.ledger.adding import Added
from detente.ledger.coverage import Coverage
from detente.ledger.facets import Tally
from detente.ledger.recordset import RecordSet
from detente.ledger.search import Hit
from detente.ledger.store import Ledger

__all__ = ["Added", "Coverage", "Hit", "Ledger", "RecordSet", "Tally"]

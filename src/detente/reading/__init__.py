"""Words become records: one file a record kind, beside amounts and dates."""

from detente.reading.page import Page
from detente.reading.reader import Reading, read_article

__all__ = ["Page", "Reading", "read_article"]

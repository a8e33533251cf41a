"""Read the coverage of a negotiation, keep the record, weigh the deal."""

__version__ = "0.1.0"

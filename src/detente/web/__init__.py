"""The ledger and the models in a browser."""

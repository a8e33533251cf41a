"""The ledger and the models in a browser."""

from detente.web.app import create_app, serve

__all__ = ["create_app", "serve"]

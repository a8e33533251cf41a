"""The record becomes a model: situation, one model a file."""

from detente.weighing.from_ledger import situation_from
from detente.weighing.results import Report
from detente.weighing.situation import Situation
from detente.weighing.toml import dumps, load, loads
from detente.weighing.weigh import weigh

__all__ = ["Report", "Situation", "dumps", "load", "loads", "situation_from", "weigh"]

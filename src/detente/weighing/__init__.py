"""The record becomes a model: situation, one model a file."""

from detente.weighing.arrays import issue_draws
from detente.weighing.challenge import ChallengeModel
from detente.weighing.exchange_of_positions import PositionExchange
from detente.weighing.from_ledger import situation_from
from detente.weighing.ktab import SpatialModel
from detente.weighing.results import Report
from detente.weighing.situation import Situation
from detente.weighing.toml import dumps, load, loads
from detente.weighing.weigh import weigh

__all__ = [
    "ChallengeModel",
    "PositionExchange",
    "Report",
    "Situation",
    "SpatialModel",
    "dumps",
    "issue_draws",
    "load",
    "loads",
    "situation_from",
    "weigh",
]

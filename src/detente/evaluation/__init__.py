"""Accuracy against gold: every score of the language model and of reading, taken again from a data folder."""

from detente.evaluation.evaluating import evaluate
from detente.evaluation.floors import read_floors, unmet
from detente.evaluation.layout import PARTS
from detente.evaluation.report import Figure, Report

__all__ = ["PARTS", "Figure", "Report", "evaluate", "read_floors", "unmet"]

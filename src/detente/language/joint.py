"""The language part that reading uses where onnxruntime is installed: the trained model beside the rules."""

from __future__ import annotations

from typing import Protocol

import msgspec

from detente.language.analysis import Analysis, Heard
from detente.language.joined_names import joined_names
from detente.language.reconcile import reconcile
from detente.language.simple import SimpleLanguage


class Hearer(Protocol):
    """A trained model that hears who said what."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """Its version."""
        ...

    def hear(self, text: str) -> Heard:
        """Who said what in a text, and who is named in it."""
        ...


class JointLanguage:
    """Words and sentences by rules; names and attributions from the model and the rules together; trees by the model.

    Args:
        model: the trained language part.
    """

    name = "joint"

    def __init__(self, model: Hearer) -> None:
        self._model, self._rules = model, SimpleLanguage()
        self.version = f"{self._rules.version}+{model.version}"

    def analyse(self, text: str) -> Analysis:
        """Analyse one article's text. Never raises on any string; takes time linear in its length."""
        told = self._rules.analyse(text)
        heard = self._model.hear(text)
        attributions = reconcile(text, told.quotations, heard.attributions, told.attributions)
        names = joined_names(text, told.names, heard.names)
        return msgspec.structs.replace(told, names=names, attributions=attributions, parser=heard.parser)

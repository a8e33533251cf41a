"""The language part that reading uses where onnxruntime is installed: the trained model beside the rules."""

from __future__ import annotations

import msgspec

from detente.language.analysis import Analysis, Language
from detente.language.reconcile import reconcile
from detente.language.simple import SimpleLanguage


class JointLanguage:
    """Words, sentences and names by rules; attributions from the model and the rules together.

    Args:
        model: the trained language part.
    """

    name = "joint"

    def __init__(self, model: Language) -> None:
        self._model, self._rules = model, SimpleLanguage()
        self.version = f"{self._rules.version}+{model.version}"

    def analyse(self, text: str) -> Analysis:
        """Analyse one article's text. Never raises on any string; takes time linear in its length."""
        told, heard = self._rules.analyse(text), self._model.analyse(text)
        attributions = reconcile(text, told.quotations, heard.attributions, told.attributions)
        return msgspec.structs.replace(told, attributions=attributions)

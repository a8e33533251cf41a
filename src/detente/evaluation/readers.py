"""What is measured: the model alone, the language part as reading uses it, and reading as a whole."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from detente.actors.cast import Cast
from detente.actors.casting import cast_of
from detente.actors.registry import Registry
from detente.errors import DetenteError, MalformedInput, MissingInput
from detente.language.analysis import Analysis, Heard
from detente.language.encoder import Encoder
from detente.language.joint import JointLanguage
from detente.language.model import WEIGHTS, EncoderLanguage
from detente.reading import Reading, read_article
from detente.records import Article

MODEL, JOINT, READING = "model", "joint", "reading"


class Readers:
    """The three of them over one model file. The last text is remembered, so that the network reads it once.

    Args:
        model: the ONNX file.

    Raises:
        MissingInput: there is no such file.
        MalformedInput: it is no language model of détente.
    """

    def __init__(self, model: Path = WEIGHTS) -> None:
        if not model.is_file():
            raise MissingInput(
                f"{model}: no such file, expected a language model (.onnx)",
                "leave out --model for the packaged one",
            )
        self.path = model
        try:
            self.model = EncoderLanguage(model)
        except DetenteError:
            raise
        # onnxruntime has an exception of its own for every kind of damage, and notes may lack in a whole file too.
        except Exception as error:
            reason = str(error).splitlines()[0][:100]
            raise MalformedInput(
                f"{model}: got a file that is no language model of détente ({reason}), expected what `python -m training` writes"
            ) from error
        self._registry = Registry.load()
        self._remembering = _Remembering(self.model)
        self._joint = JointLanguage(self._remembering)
        self._last: Analysis | None = None

    @property
    def name(self) -> str:
        """Of the joint language part."""
        return self._joint.name

    @property
    def version(self) -> str:
        """Of the joint language part, the model's version in it."""
        return self._joint.version

    @cached_property
    def encoder(self) -> Encoder:
        """The network alone."""
        return Encoder(self.path)

    def hear(self, text: str) -> Heard:
        """What the model alone hears."""
        return self._remembering.hear(text)

    def analyse(self, text: str) -> Analysis:
        """What the joint language part tells."""
        if self._last is None or self._last.text != text:
            self._last = self._joint.analyse(text)
        return self._last

    def read(self, article: Article) -> Reading:
        """What is read as a whole."""
        return read_article(article, language=self, registry=self._registry)

    def cast(self, article: Article) -> Cast:
        """Who is who in an article."""
        return cast_of(article, self.analyse(article.text), self._registry)


class _Remembering:
    """A model that remembers what it heard in the last text."""

    def __init__(self, model: EncoderLanguage) -> None:
        self._model = model
        self.name, self.version = model.name, model.version
        self._last: tuple[str, Heard] | None = None

    def hear(self, text: str) -> Heard:
        if self._last is None or self._last[0] != text:
            self._last = (text, self._model.hear(text))
        return self._last[1]

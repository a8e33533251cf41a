"""The language part without a trained model: words, sentences, names, quotations and attributions by rules."""

from __future__ import annotations

from detente.language import words as tokenizer
from detente.language.analysis import Analysis, Sentence, Span, Token
from detente.language.attribution import attributions
from detente.language.names import names
from detente.language.quotations import quotations


class SimpleLanguage:
    """Rules alone: no tags, no trees. Tells what capitals, marks and closed word classes tell."""

    name = "simple"
    version = "1"

    def analyse(self, text: str) -> Analysis:
        """Analyse one article's text. Never raises on any string."""
        paragraphs = tokenizer.paragraphs(text)
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for number, paragraph in enumerate(paragraphs):
            for span in tokenizer.sentences(text, paragraph):
                first = len(tokens)
                tokens += [Token(start=w.start, end=w.end, text=w.of(text)) for w in tokenizer.words(text, *span)]
                sentences.append(Sentence(span=Span(*span), paragraph=number, first=first, last=len(tokens)))
        found = quotations(text, paragraphs)
        return Analysis(
            text=text, paragraphs=paragraphs, sentences=tuple(sentences), tokens=tuple(tokens),
            names=names(text, sentences, tokens), quotations=found,
            attributions=attributions(text, paragraphs, found),
        )  # fmt: skip

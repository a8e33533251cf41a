"""One article with all that is known of its words: what every reader of records is given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from detente.actors.cast import Cast
from detente.language.analysis import Analysis, Span
from detente.records import Article, Authority, Evidence, Origin, Statement


class Page(msgspec.Struct, frozen=True):
    """An article, its analysis, who is who in it, and (once they are read) its statements.

    Args:
        article: the article.
        analysis: what the language part tells of its text.
        cast: the actors that its words name.
        origin: what the records made from it will say made them.
        statements: the statements read from it; empty while they are being read.
    """

    article: Article
    analysis: Analysis
    cast: Cast
    origin: Origin
    statements: tuple[Statement, ...] = ()

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def evidence(self, field: str, span: tuple[int, int], **more: Any) -> Evidence:
        """Evidence for `field`: the words of `span`."""
        return Evidence.of(self.text, field, span[0], span[1], **more)

    def evidence_of(self, field: str, spans: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
        """Evidence for `field` from several spans."""
        return tuple(self.evidence(field, span) for span in spans)

    def statement_around(self, span: tuple[int, int]) -> Statement | None:
        """The innermost statement whose content holds the span, or `None` where the outlet itself speaks."""
        holding = [
            (e.end - e.start, s)
            for s in self.statements
            for e in s.words("content")
            if Span(e.start, e.end).holds(span)
        ]
        return min(holding, key=lambda pair: pair[0])[1] if holding else None

    def authority(self, span: tuple[int, int]) -> Authority:
        """Whose word the span is: the statement around it, else the outlet."""
        if statement := self.statement_around(span):
            name = statement.speaker.name if statement.speaker else "unknown speaker"
            return Authority(kind="statement", id=statement.id, name=name)
        return Authority(kind="outlet", id=self.article.id, name=self.article.publisher or self.article.name)

"""One article with all that is known of its words: what every reader of records is given."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property, wraps
from typing import Any, NamedTuple, TypeVar

import msgspec

from detente.actors.cast import Cast
from detente.language.analysis import Analysis, Sentence, Span
from detente.records import Article, Authority, Evidence, Origin, Statement


class _Content(NamedTuple):
    """A part of what a statement says, and how far it or any part before it reaches."""

    span: Span
    statement: Statement
    reach: int

    @property
    def size(self) -> int:
        return self.span.end - self.span.start


class Page(msgspec.Struct, frozen=True, dict=True):
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
        """Evidence for `field`: the words of `span`; core words keep both marks of a quotation that they hold."""
        start, end = self._with_marks(span) if field == "words" else span
        return Evidence.of(self.text, field, start, end, **more)

    @cached_property
    def worked_out(self) -> dict[Callable[..., Any], dict[Sentence, Any]]:
        """What `once_a_sentence` has worked out; a changed page is another page, and begins anew."""
        return {}

    def _with_marks(self, span: tuple[int, int]) -> tuple[int, int]:
        """The span with the opening or closing mark that stands right beside it."""
        for quotation in self.analysis.quotations:
            first, last = quotation.spans[0].start, quotation.spans[-1].end
            if quotation.closed and span[0] <= first < span[1] and last == span[1] + 1:
                return span[0], last
            if quotation.closed and first == span[0] - 1 and span[0] < last <= span[1]:
                return first, span[1]
        return span

    def evidence_of(self, field: str, spans: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
        """Evidence for `field` from several spans."""
        return tuple(self.evidence(field, span) for span in spans)

    def statement_around(self, span: tuple[int, int]) -> Statement | None:
        """The innermost statement whose content holds the span, or `None` where the outlet itself speaks."""
        best: _Content | None = None
        for at in range(bisect_right(self._contents, span[0], key=lambda c: c.span.start) - 1, -1, -1):
            content = self._contents[at]
            if content.reach < span[1]:
                break
            if content.span.holds(span) and (best is None or content.size <= best.size):
                best = content
        return best.statement if best else None

    def statement_cued(self, span: Span) -> Statement | None:
        """The statement whose verb of saying the span holds, or `None`."""
        return next(
            (s for s in self.statements if any(span.holds((e.start, e.end)) for e in s.words("cue"))), None
        )

    @cached_property
    def _contents(self) -> list[_Content]:
        """The contents of the statements in the order of the text."""
        parts = [(Span(e.start, e.end), s) for s in self.statements for e in s.words("content")]
        found: list[_Content] = []
        reach = 0
        for span, statement in sorted(parts, key=lambda part: part[0]):
            reach = max(reach, span.end)
            found.append(_Content(span, statement, reach))
        return found

    def authority(self, span: tuple[int, int]) -> Authority:
        """Whose word the span is: the statement around it, else the outlet."""
        if statement := self.statement_around(span):
            name = statement.speaker.name if statement.speaker else "unknown speaker"
            return Authority(kind="statement", id=statement.id, name=name)
        return Authority(kind="outlet", id=self.article.id, name=self.article.publisher or self.article.name)


T = TypeVar("T")


def once_a_sentence(work: Callable[[Page, Sentence], T]) -> Callable[[Page, Sentence], T]:
    """What `work` makes of a sentence, worked out once a page: every reader of records asks for the same words and clauses."""

    @wraps(work)
    def remembered(page: Page, sentence: Sentence) -> T:
        known = page.worked_out.setdefault(work, {})
        if sentence not in known:
            known[sentence] = work(page, sentence)
        found: T = known[sentence]
        return found

    return remembered

"""The questions: a list of them, and each with its answer, one click from the sentences that it rests on."""

from __future__ import annotations

from typing import Any

from detente.errors import UnknownName
from detente.ledger.questions import Answer
from detente.records import Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.filtering import Filters
from detente.web.questions import LABELS, QUESTIONS, last_day
from detente.web.tables import of_rows


class QuestionLine(Part, frozen=True, kw_only=True):
    """A question in the list."""

    name: str
    title: str
    asks: str


class QuestionList(Part, frozen=True, kw_only=True):
    """The list of questions."""

    questions: tuple[QuestionLine, ...]


class AnswerPage(Part, frozen=True, kw_only=True):
    """A question with its answer.

    Args:
        asked: the filters as the address writes them.
        own: what else it says.
        answer: with its rows, what they rest on, and what was left out and why.
    """

    question: str
    asked: dict[str, Any]
    own: dict[str, str]
    answer: Answer[Any]


def questions(ask: Ask) -> View:
    """The page that lists the questions."""
    ask.only()
    lines = tuple(QuestionLine(name=name, title=q.title, asks=q.asks) for name, q in QUESTIONS.items())
    table = of_rows(("question", "title", "asks"), ({"question": q.name, "title": q.title, "asks": q.asks} for q in lines))
    return View(template="questions.html", shown=QuestionList(questions=lines), table=table)


def question(ask: Ask) -> View:
    """The page of one question.

    Raises:
        UnknownName: there is no such question.
    """
    asked = QUESTIONS.get(ask.key)
    if asked is None:
        raise UnknownName(f"got the question {ask.key!r}, expected one of: {', '.join(QUESTIONS)}")
    own = {name: value for name in asked.fields if (value := ask.one(name))}
    filters = Filters(ask, f"/ask/{ask.key}", asked.kind, own=asked.fields, kept=own)
    if "from" in asked.fields:
        own.setdefault("from", last_day(ask))
    found = asked.answer(ask)
    page = {"filters": filters, "fields": [(name, LABELS[name]) for name in asked.fields], "about": asked}
    shown = AnswerPage(question=ask.key, asked=filters.asked, own=own, answer=found)
    rows = found.table()
    columns = tuple(dict.fromkeys(column for row in rows for column in row)) or ("about",)
    table = of_rows(columns, rows)
    return View(template="answer.html", shown=shown, table=table, marked=page)

"""Questions that an analyst asks of a ledger; every number in an answer carries the ids of the records it rests on."""

from detente.ledger.questions.answer import Answer, Counts, LeftOut, Row, Scope
from detente.ledger.questions.changes import Change, changes
from detente.ledger.questions.coalition import Coalition, Member, coalition
from detente.ledger.questions.code_book import CodeBook, CodedIssue, code_book
from detente.ledger.questions.contradictions import Contradiction, Version, contradictions
from detente.ledger.questions.dependencies import Dependency, depends
from detente.ledger.questions.overdue import Overdue, overdue
from detente.ledger.questions.places import Place
from detente.ledger.questions.promises import Figure, Promise, promises
from detente.ledger.questions.repeats import Repeat, repeats
from detente.ledger.questions.shifts import Shift, shifts
from detente.ledger.questions.sides import Bridge, Pairing, Shared, sides
from detente.ledger.questions.sources import Source, Telling, sources
from detente.ledger.questions.speakers import Speaker, statements_by_speaker
from detente.ledger.questions.stands import Stand, stands
from detente.ledger.questions.terms import PartyView, TermViews, terms
from detente.ledger.questions.totals import Summand, Total, totals

__all__ = [
    "Answer", "Bridge", "Change", "Coalition", "CodeBook", "CodedIssue", "Contradiction", "Counts",
    "Dependency", "Figure", "LeftOut", "Member", "Overdue", "Pairing", "PartyView", "Place", "Promise", "Repeat", "Row",
    "Scope", "Shared", "Shift", "Source", "Speaker", "Stand", "Summand", "Telling", "TermViews", "Total", "Version", "changes",
    "coalition", "code_book", "contradictions", "depends", "overdue", "promises", "repeats", "shifts", "sides", "sources",
    "stands", "statements_by_speaker", "terms", "totals",
]  # fmt: skip

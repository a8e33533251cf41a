"""Questions that an analyst asks of a ledger; every number in an answer carries the ids of the records it rests on."""

from detente.ledger.questions.coalition import Coalition, Member, coalition
from detente.ledger.questions.dependencies import Dependency, depends
from detente.ledger.questions.places import Place
from detente.ledger.questions.promises import Figure, Promise, promises
from detente.ledger.questions.speakers import Speaker, statements_by_speaker

__all__ = [
    "Coalition", "Dependency", "Figure", "Member", "Place", "Promise", "Speaker", "coalition", "depends", "promises",
    "statements_by_speaker",
]  # fmt: skip

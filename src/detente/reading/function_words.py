"""Words of closed classes, from `data/function_words.csv`."""

from __future__ import annotations

from detente.reading.phrases import table


def of_class(name: str) -> frozenset[str]:
    """The words of one class of the table."""
    return frozenset(row["word"] for row in table("function_words") if row["class"] == name)


ADDING = frozenset(("and", "or", "&"))
ADVERBS = of_class("adverb")
AGENTS = of_class(
    "agent"
)  # what acts for the state whose name stands before it: "the Ostravan army attacked"
ARTICLES = of_class("article")
BEFORE_DAYS = of_class("before_day")
BE = of_class("be")
CONJUNCTIONS = of_class("conjunction")
DAYS = of_class("day")
MONTHS = of_class("month")
MODALS = of_class("modal")
AUXILIARIES = of_class("auxiliary") | MODALS
PERIODS = of_class("period")
POINTING = of_class("pointing")
PREPOSITIONS = of_class("preposition")
PRONOUNS = of_class("pronoun")
TITLES = of_class("title")

"""The expressions that name a time by themselves: "Friday", "2 March", "last week", "three years ago".

Each rule is a pattern and a function from the match to a period or, where the words do not decide, to the
reason why not. What stands before an expression ("by", "since", "the end of") is `dates`' part.
"""

from __future__ import annotations

import re

from detente.reading import date_counted, date_days, date_stretches
from detente.reading.date_grammar import NUMERAL, Rule

# Of two rules that match the same words, the first is taken.
RULES: tuple[Rule, ...] = (*date_days.RULES, *date_stretches.RULES, *date_counted.RULES)
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


def rules_for(words: str) -> list[Rule]:
    """The rules that may match in words, by their keys."""
    tokens = {NUMERAL if token.isdigit() else token for token in _TOKEN.findall(words.casefold())}
    return [rule for rule in RULES if not rule.keys.isdisjoint(tokens)]

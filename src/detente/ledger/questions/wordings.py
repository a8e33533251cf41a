"""Two printings of one quotation: cuts of the same words, or other words inside the marks."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|…|\.{3,}|\[[^\]]*\]")
_GAP = re.compile(r"…|\.{3,}|\[")


class Differs(NamedTuple):
    """Words that stand at one place of two printings, exact; an empty string where one has nothing there."""

    one: str
    other: str


def differences(one: str, other: str) -> list[Differs]:
    """Where two printings of a quotation differ in their words.

    What one has before or after the other, and what an ellipsis or square brackets leave out or put in, is a cut and no
    difference; nor are case, punctuation and the form of apostrophes.

    Args:
        one: the words between quotation marks in one outlet.
        other: in another.
    """
    a, b = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    matcher = SequenceMatcher(None, [_plain(m[0]) for m in a], [_plain(m[0]) for m in b], autojunk=False)
    changes = matcher.get_opcodes()
    found = []
    for number, (kind, i, j, k, m) in enumerate(changes):
        at_edge = number in (0, len(changes) - 1)
        if kind == "equal" or (at_edge and kind != "replace"):
            continue
        if at_edge and _cut(j - i, m - k):
            continue
        if not any(_GAP.match(w[0]) for w in (*a[i:j], *b[k:m])):
            found.append(Differs(_exact(one, a[i:j]), _exact(other, b[k:m])))
    return found


def _cut(one: int, other: int) -> bool:
    """Whether unlike ends are two cuts, and not a word put for another: they are of unlike length."""
    return one != other


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _exact(text: str, words: list[re.Match[str]]) -> str:
    return text[words[0].start() : words[-1].end()] if words else ""

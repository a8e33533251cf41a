"""Lemmas as edit scripts: what to do to a word to get its dictionary form.

A script names the letters to cut at the front and at the end and what to put there instead, so that a few hundred
scripts serve all words (UDPipe's lemma rules, [Straka2018], section 3.3). "went" and "go" share nothing: their
script replaces the whole word.
"""

from __future__ import annotations


def script(word: str, lemma: str) -> str:
    """The edit script that makes `lemma` of `word`.

    Returns:
        "<case>|<letters to cut>|<ending to add>"; the case is `l` (lower), `k` (kept); a whole form is "=lemma".
    """
    case, base = ("k", word) if _shared(word, lemma) > _shared(word.lower(), lemma) else ("l", word.lower())
    if word == lemma:
        case, base = "k", word
    shared = _shared(base, lemma)
    if shared == 0 and lemma:
        return "=" + lemma
    return f"{case}|{len(base) - shared}|{lemma[shared:]}"


def lemma(word: str, edit: str) -> str:
    """The lemma that an edit script makes of a word; the word itself in lower case where the script cuts too much."""
    if edit.startswith("="):
        return edit[1:]
    case, cut, ending = edit.split("|", 2)
    base = word if case == "k" else word.lower()
    kept = len(base) - int(cut)
    return base[:kept] + ending if kept >= 0 else word.lower()


def _shared(one: str, other: str) -> int:
    """How many letters the two begin with alike."""
    alike = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        alike += 1
    return alike

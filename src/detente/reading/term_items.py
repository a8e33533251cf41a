"""The parts of a list of terms: which words each has, and of which category it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, get_args

from detente.reading.clauses import Clause
from detente.reading.function_words import ADDING, ARTICLES, AUXILIARIES, PREPOSITIONS
from detente.reading.phrases import lexicon, nouns
from detente.reading.row import Word, is_mark
from detente.reading.wording import DOES, trimmed
from detente.records import ActorRef, TermCategory

# Words that add nothing to what a term is ("a possible truce", "an immediate truce").
PLAIN = frozenset(
    ["possible", "potential", "immediate", "full", "new", "proposed", "future", "lasting", "temporary", "any"]
)


OF_A_DEAL = frozenset(["part", "plan", "draft", "package", "framework"])


class Item(NamedTuple):
    """A part of a list: its words, its category, and whether it is no more than the category's own noun."""

    words: tuple[Word, ...]
    category: TermCategory | None
    bare: bool

    @property
    def actors(self) -> tuple[ActorRef, ...]:
        """The actors that its words name."""
        named = (word.mention.actor for word in self.words if word.mention is not None)
        return tuple(dict.fromkeys(actor for actor in named if actor is not None))


def item_of(words: Sequence[Word]) -> Item:
    """The item that words are, what joins them to the rest left out."""
    kept = tuple(trimmed(words))
    if len(kept) > 2 and kept[-1].text == "so" and kept[-2].text not in DOES:  # "let them in so | that …"
        kept = kept[:-1]
    texts = [word.text for word in kept]
    for at in range(len(kept)):
        if (hit := lexicon("term_categories").at(texts, at)) is not None:
            rest = [word for k, word in enumerate(kept) if not at <= k < hit[1] and adds(word)]
            return Item(kept, as_category(hit[0].row["category"]), not rest)
    return Item(kept, None, False)


def as_category(name: str) -> TermCategory:
    """A category of the table."""
    known: tuple[TermCategory, ...] = get_args(TermCategory)
    return known[known.index(name)]


def adds(word: Word) -> bool:
    """Whether a word tells more of a term than whose it is, or of which deal or talks it is a part."""
    frame = word.text in nouns("deal") | nouns("talks") | OF_A_DEAL
    return not (frame or word.mention or is_mark(word) or word.text in ARTICLES | PREPOSITIONS | PLAIN)


def items_after(clauses: Sequence[Clause], at: int, *, listed: bool) -> list[Item]:
    """The items of a list that begins at a place.

    Args:
        clauses: the clauses of the sentence.
        at: the place of the list's first word.
        listed: whether the words before say that a list follows, so that every part is an item; else a part
            without a category belongs to the item before it.
    """
    words = clauses[0].words if clauses else ()
    clause = next((c for c in clauses if c.first <= at < c.last), None)
    if clause is None:
        return []
    if listed and any(word.text == ";" for word in words[at:]):
        starts = [at, *(k + 1 for k in range(at, len(words)) if words[k].text == ";")]
        parts = [words[start : part_end(clauses, start)] for start in starts]
        return [item for part in parts if (item := item_of(part)).words]
    stop = next((k for k in range(at, clause.last) if words[k].text in AUXILIARIES), clause.last)
    return joined(words, split(words, at, stop), listed=listed)


def part_end(clauses: Sequence[Clause], start: int) -> int:
    """One past the last word of the part of a list that begins at a place: where its first clause ends."""
    return next((clause.last for clause in clauses if clause.first <= start < clause.last), start)


def split(words: Sequence[Word], start: int, stop: int) -> list[tuple[int, int]]:
    """The ranges of words between commas and "and"."""
    cuts = [at for at in range(start, stop) if words[at].text == "," or words[at].text in ADDING]
    ranges = zip([start, *(at + 1 for at in cuts)], [*cuts, stop], strict=True)
    return [(first, last) for first, last in ranges if first < last]


def joined(words: Sequence[Word], parts: Sequence[tuple[int, int]], *, listed: bool) -> list[Item]:
    """The parts as items; what is no item of its own goes with the part before ("of troops and tanks")."""
    kept: list[tuple[int, int]] = []
    led = words[parts[0][0] - 1].text if parts and parts[0][0] else ""
    for first, last in parts:
        if kept and led in PREPOSITIONS and words[first].text == led and first + 1 < last:
            kept.append((first + 1, last))  # "on the return of refugees and on an amnesty"
            continue
        known = item_of(words[first:last]).category is not None
        alone = (known and not shares(words, first, last)) or (listed and len(parts) > 2)
        if kept and not alone:
            kept[-1] = kept[-1][0], last
        else:
            kept.append((first, last))
    return [item for first, last in kept if (item := item_of(words[first:last])).words]


def shares(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a part is one bare word that goes with the noun before it: "of troops and tanks"."""
    bare = sum(not is_mark(word) for word in words[first:last]) == 1
    return bare and first > 2 and words[first - 1].text in ADDING and words[first - 3].text == "of"

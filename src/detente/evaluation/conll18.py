"""The scoring of the CoNLL 2018 shared task ([Zeman2018]): raw text against a treebank, matched by letters.

System and gold words match when they cover the same letters of the text; the words of a multiword token are told
apart by the letters that they share out. A head is right when it is matched too; relations count without subtype.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from detente.evaluation.documents import Sentence
from detente.evaluation.scoring import Counts

METRICS = ("words", "sentences", "UPOS", "lemmas", "UAS", "LAS")


class Parsed(NamedTuple):
    """A word of either side: code points, head as an index over the document (its own for a root)."""

    start: int
    end: int
    tag: str
    lemma: str
    head: int
    relation: str


def gold_words(sentences: Sequence[Sentence]) -> tuple[list[Parsed], list[tuple[int, int]]]:
    """The words of a document's sentences, and the sentences' spans."""
    words: list[Parsed] = []
    spans = []
    for sentence in sentences:
        base = len(words)
        for number, word in enumerate(sentence.words):
            head = base + (word.head if word.head >= 0 else number)
            words.append(Parsed(word.start, word.end, word.tag, word.lemma, head, word.relation))
        spans.append((sentence.words[0].start, sentence.words[-1].end))
    return words, spans


def compare(
    gold: Sequence[Parsed],
    system: Sequence[Parsed],
    gold_sentences: Sequence[tuple[int, int]],
    system_sentences: Sequence[tuple[int, int]],
) -> dict[str, Counts]:
    """The counts of one document by metric of `METRICS`."""
    at = {(word.start, word.end): number for number, word in enumerate(system)}
    partner = [at.get((word.start, word.end), -1) for word in gold]
    right = dict.fromkeys(METRICS, 0)
    for number, word in enumerate(gold):
        if partner[number] < 0:
            continue
        other = system[partner[number]]
        attached = partner[word.head] >= 0 and other.head == partner[word.head]
        same_relation = word.relation.split(":")[0] == other.relation.split(":")[0]
        right["words"] += 1
        right["UPOS"] += word.tag == other.tag
        right["lemmas"] += word.lemma == other.lemma
        right["UAS"] += attached
        right["LAS"] += attached and same_relation
    out = {name: Counts(right[name], len(system), len(gold)) for name in METRICS if name != "sentences"}
    shared = len(set(gold_sentences) & set(system_sentences))
    return {**out, "sentences": Counts(shared, len(system_sentences), len(gold_sentences))}

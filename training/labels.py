"""The labels of every head, counted from the training data once and kept with the weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from detente.evaluation.documents import NAME_TYPES, Document
from detente.language.lemmas import script

ROLES = ("source", "cue", "content")
# Rarer lemma scripts are mostly whole forms; the word in lower case serves as well.
LEAST_SCRIPTS = 3


@dataclass(frozen=True)
class Labels:
    """What the heads' outputs stand for, by number.

    Args:
        tags: UPOS.
        relations: UD relations with subtypes.
        scripts: lemma edit scripts.
        names: "O", then "B-" and "I-" of each type.
        roles: "O", then "B-" and "I-" of source, cue, content.
    """

    tags: tuple[str, ...]
    relations: tuple[str, ...]
    scripts: tuple[str, ...]
    names: tuple[str, ...]
    roles: tuple[str, ...]

    @classmethod
    def count(cls, documents: Iterable[Document]) -> Labels:
        """The labels that treebank documents use."""
        words = [w for d in documents for s in d.sentences or () for w in s.words]
        scripts = Counter(script(word.form, word.lemma) for word in words)
        return cls(
            tags=tuple(sorted({word.tag for word in words})),
            relations=tuple(sorted({word.relation for word in words})),
            scripts=tuple(sorted(s for s, n in scripts.items() if n >= LEAST_SCRIPTS)),
            names=bio(NAME_TYPES),
            roles=bio(ROLES),
        )

    def as_lists(self) -> dict[str, list[str]]:
        """For JSON."""
        return {key: list(value) for key, value in asdict(self).items()}


def bio(types: Iterable[str]) -> tuple[str, ...]:
    """The BIO labels of types: "O" is 0, "B-" odd, "I-" even."""
    return ("O", *(f"{mark}-{kind}" for kind in types for mark in "BI"))

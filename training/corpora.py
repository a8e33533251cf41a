"""The data folder's corpora, by name, and what each is licensed under: the model card's first part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.evaluation.attributions import read_brat
from detente.evaluation.documents import Document
from detente.evaluation.names import CROSSNER, WIKIGOLD, WNUT, read_columns, read_re3d
from detente.evaluation.treebanks import add_gum_names, add_uner, read_treebank


@dataclass(frozen=True)
class Corpora:
    """What the model learns from.

    Args:
        treebanks: corpora of trees.
        names: corpora of names.
        shares: how often a window of each corpus of names comes up, against the others.
        attributions: one corpus.
    """

    treebanks: list[list[Document]]
    names: list[list[Document]]
    shares: list[float]
    attributions: list[Document]


# The political corpus is small and nearest to the news; the noisy one is large and farthest.
SHARES = {"CrossNER": 3.0, "Wikigold": 3.0, "WNUT": 1.0, "re3d": 1.0}


def read_corpora(data: Path, part: str = "train", unlicensed: bool = True) -> Corpora:
    """Reads the data folder.

    Args:
        data: the folder.
        part: "train" or "dev".
        unlicensed: whether to read the attribution corpus, which states no licence.

    Raises:
        FileNotFoundError: a corpus is missing.
    """
    ud, ner = data / "ud", data / "ner"
    ewt = read_treebank(ud / f"en_ewt-{part}.conllu")
    add_uner(ewt, ner / f"uner_ewt-{part}.iob2")
    gum = read_treebank(ud / f"en_gum_clean-{part}.conllu")
    add_gum_names(gum, ud / f"en_gum_clean-{part}.conllu")
    names = [read_columns(ner / f"crossner_politics-{part}.txt", CROSSNER)]
    if part == "train":
        names += [
            read_columns(ner / "wikigold.conllu", WIKIGOLD, word=1),
            read_columns(ner / "wnut17-train.conll", WNUT),
            read_re3d(ner / "re3d" / "CENTCOM") + read_re3d(ner / "re3d" / "Wikipedia"),
        ]
    shares = list(SHARES.values())[: len(names)]
    return Corpora([ewt, gum], names, shares, read_brat(data / "polnear" / part) if unlicensed else [])

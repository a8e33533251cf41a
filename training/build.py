"""The steps from the data folder to the weights, each resumable."""

from __future__ import annotations

import json
import random
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file

from detente.language.wordpiece import WordPiece
from training.corpora import Corpora, read_corpora
from training.labels import Labels
from training.loop import Recipe, train
from training.model import MINILM, Network, minilm_folder, start_from_minilm
from training.windows import Windows


def vocabulary() -> list[str]:
    """MiniLM's word pieces by number."""
    return (minilm_folder() / "vocab.txt").read_text(encoding="utf8").split("\n")[: MINILM.vocabulary]


def learn(data: Path, out: Path, recipe: Recipe, unlicensed: bool = True) -> tuple[Network, Labels]:
    """Trains a network on the data folder.

    Args:
        data: the folder of corpora.
        out: for checkpoints, log, labels and recipe.
        recipe: how to train.
        unlicensed: whether to use the attribution corpus, which states no licence.
    """
    out.mkdir(parents=True, exist_ok=True)
    corpora: Corpora = read_corpora(data, unlicensed=unlicensed)
    labels = Labels.count([document for corpus in corpora.treebanks for document in corpus])
    (out / "labels.json").write_text(json.dumps(labels.as_lists()), encoding="utf8")
    (out / "recipe.json").write_text(json.dumps({**asdict(recipe), "unlicensed": unlicensed}), encoding="utf8")
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    network = Network(labels)
    start_from_minilm(network, load_file(minilm_folder() / "model.safetensors"))
    train(network, Windows(WordPiece(vocabulary()), labels), corpora, recipe, out)
    return network, labels

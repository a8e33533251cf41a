"""The steps from the data folder to the weights, each resumable."""

from __future__ import annotations

import hashlib
import json
import logging
import random
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file

from detente.evaluation import evaluate
from detente.evaluation.readers import MODEL
from detente.language.model import EncoderLanguage
from detente.language.wordpiece import WordPiece
from training.calibrate import examples, fit
from training.card import card
from training.corpora import Corpora, read_corpora
from training.export import describe, export, quantize
from training.labels import Labels
from training.loop import Recipe, train
from training.model import MINILM, Network, minilm_folder, start_from_minilm
from training.windows import Windows

log = logging.getLogger("training")


def vocabulary() -> list[str]:
    """MiniLM's word pieces by number."""
    return (minilm_folder() / "vocab.txt").read_text(encoding="utf8").split("\n")[: MINILM.vocabulary]


def learn(
    data: Path, out: Path, recipe: Recipe, unlicensed: bool = True, start: Path | None = None
) -> tuple[Network, Labels]:
    """Trains a network on the data folder.

    Args:
        data: the folder of corpora.
        out: for checkpoints, log, labels and recipe.
        recipe: how to train.
        unlicensed: whether to use the attribution corpus, which states no licence.
        start: the checkpoint of an earlier round to begin with, instead of MiniLM.
    """
    out.mkdir(parents=True, exist_ok=True)
    corpora: Corpora = read_corpora(data, unlicensed=unlicensed)
    labels = Labels.count([document for corpus in corpora.treebanks for document in corpus])
    (out / "labels.json").write_text(json.dumps(labels.as_lists()), encoding="utf8")
    (out / "recipe.json").write_text(json.dumps({**asdict(recipe), "unlicensed": unlicensed}), encoding="utf8")
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    network = Network(labels)
    if start:
        network.load_state_dict(torch.load(start, weights_only=True)["network"])
    else:
        start_from_minilm(network, load_file(minilm_folder() / "model.safetensors"))
    train(network, Windows(WordPiece(vocabulary()), labels), corpora, recipe, out)
    return network, labels


def finish(network: Network, labels: Labels, data: Path, out: Path) -> dict[str, str]:
    """Exports, quantizes, calibrates, evaluates, and writes the card.

    Args:
        network: trained.
        labels: its labels.
        data: the folder of corpora.
        out: for `full.onnx`, `model.onnx`, `scores.json`, `card.md`.

    Returns:
        the scores by name.
    """
    recipe = json.loads((out / "recipe.json").read_text(encoding="utf8"))
    full, small = out / "full.onnx", out / "model.onnx"
    export(network, labels, vocabulary(), full, {"version": version(network)})
    quantize(full, small)
    if recipe["unlicensed"]:
        calibrate(small, data)
    log.info("%s: %.1f MB", small, small.stat().st_size / 1e6)
    parts = ("trees", "names", "attributions") if recipe["unlicensed"] else ("trees", "names")
    report = evaluate(data, model=small, parts=parts, whole=False)
    alone = [figure for figure in report.figures if figure.reader == MODEL]
    scores = {f"{f.part}, {f.corpus}: {f.measure.replace('_', ' ')}": f.score for f in alone}
    (out / "scores.json").write_text(json.dumps(scores, indent=1), encoding="utf8")
    facts = {
        "version": version(network),
        "steps": json.loads((out / "log.jsonl").read_text(encoding="utf8").splitlines()[-1])["step"],
        **recipe,
    }
    (out / "card.md").write_text(card(scores, facts, recipe["unlicensed"]), encoding="utf8")
    return scores


def version(network: Network) -> str:
    """Eight letters that change with any weight."""
    digest = hashlib.sha256()
    for name, weight in sorted(network.state_dict().items()):
        digest.update(name.encode())
        digest.update(weight.detach().contiguous().numpy().tobytes())
    return digest.hexdigest()[:8]


def calibrate(model: Path, data: Path) -> None:
    """Fits the confidence of attributions on the development part and writes it into the file."""
    documents = read_corpora(data, "dev").attributions
    x, y = examples(EncoderLanguage(model), documents)
    describe(model, {"calibration": json.dumps(fit(x, y))})

"""The network learns a made corpus by heart, and the 8-bit file says what the network says."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch")
pytest.importorskip("onnx", reason="export needs onnx")
pytest.importorskip("onnxruntime", reason="the exported file is run by onnxruntime")

from detente.evaluation.attributions import read_brat  # noqa: E402
from detente.evaluation.treebanks import add_uner, read_treebank  # noqa: E402
from detente.language.analysis import Analysis  # noqa: E402
from detente.language.model import EncoderLanguage  # noqa: E402
from detente.language.wordpiece import WordPiece  # noqa: E402
from tests.evaluation import made  # noqa: E402
from training.corpora import Corpora  # noqa: E402
from training.export import export, quantize  # noqa: E402
from training.labels import Labels  # noqa: E402
from training.loop import Recipe, mixed, train  # noqa: E402
from training.losses import collate, losses, total  # noqa: E402
from training.model import Network, Size  # noqa: E402
from training.windows import Windows  # noqa: E402

torch.set_num_threads(1)
# Enough to learn five sentences by heart from random weights.
STEPS = 150
SIZE = Size(len(made.vocabulary()), 300, 64, 4, 2, 128, 64, 64, 64)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Corpora:
    folder = tmp_path_factory.mktemp("made")
    made.write(folder)
    trees = read_treebank(folder / "made.conllu")
    add_uner(trees, folder / "made.iob2")
    return Corpora([trees], [trees], [1.0], read_brat(folder))


@pytest.fixture(scope="module")
def labels(corpora: Corpora) -> Labels:
    return Labels.count(corpora.treebanks[0] * 3)


@pytest.fixture(scope="module")
def windows(labels: Labels) -> Windows:
    return Windows(WordPiece(made.vocabulary()), labels)


@pytest.fixture(scope="module")
def network(corpora: Corpora, labels: Labels, windows: Windows) -> Network:
    torch.manual_seed(1)
    network = Network(labels, SIZE, dropout=0.0)
    said = [window for document in corpora.attributions for window in windows.of_attributions(document)]
    trees = [window for document in corpora.treebanks[0] for window in windows.of_trees([document])]
    batch = collate([*trees, *said], len(labels.names))
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3)
    for _ in range(STEPS):
        out = network(batch.ids, batch.shapes, batch.quotes, batch.mask)
        loss = total(losses(network, out, batch))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.15
    return network


@pytest.fixture(scope="module")
def language(network: Network, labels: Labels, tmp_path_factory: pytest.TempPathFactory) -> EncoderLanguage:
    folder = tmp_path_factory.mktemp("weights")
    export(network, labels, made.vocabulary(), folder / "full.onnx", {"version": "made"})
    quantize(folder / "full.onnx", folder / "model.onnx")
    assert (folder / "model.onnx").stat().st_size < 0.6 * (folder / "full.onnx").stat().st_size
    return EncoderLanguage(folder / "model.onnx")


def test_words_sentences_and_trees(language: EncoderLanguage, corpora: Corpora) -> None:
    for document in corpora.treebanks[0]:
        analysis = language.analyse(document.text)
        gold = [word for sentence in document.sentences or () for word in sentence.words]
        assert [(t.start, t.end) for t in analysis.tokens] == [(w.start, w.end) for w in gold]
        assert [t.tag for t in analysis.tokens] == [w.tag for w in gold]
        assert len(analysis.sentences) == len(document.sentences or ())
        assert [t.relation for t in analysis.tokens] == [w.relation for w in gold]
        heads = [
            sentence.first + (word.head if word.head >= 0 else k)
            for sentence, given in zip(analysis.sentences, document.sentences or (), strict=True)
            for k, word in enumerate(given.words)
        ]
        assert [t.head for t in analysis.tokens] == heads
        assert [t.lemma for t in analysis.tokens] == [w.lemma for w in gold]


def test_names(language: EncoderLanguage, corpora: Corpora) -> None:
    for document in corpora.treebanks[0]:
        names = language.analyse(document.text).names
        # The made corpus marks neither events nor others: of those the network may say anything.
        found = [(tuple(name.span), name.type) for name in names if name.type in document.types]
        assert found == [(tuple(span), kind) for span, kind in document.names or ()]


def test_attributions(language: EncoderLanguage) -> None:
    analysis: Analysis = language.analyse(made.ARTICLE)
    found = [
        tuple(span.of(made.ARTICLE) if span else None for span in (a.source, a.cue, *a.content))
        for a in analysis.attributions
    ]
    assert found == [
        ("Ana Velkova", "said", "the truce would hold"),
        ("the envoy", "told reporters", "“We want peace,”"),
    ]
    assert all(a.speech and a.confidence is None for a in analysis.attributions)  # never calibrated


def test_british_marks_change_nothing(language: EncoderLanguage) -> None:
    turned = made.ARTICLE.replace("“", "‘").replace("”", "’")
    assert language.analyse(turned).attributions == language.analyse(made.ARTICLE).attributions


def test_training_goes_on_from_its_checkpoint(
    corpora: Corpora, labels: Labels, windows: Windows, tmp_path: Path
) -> None:
    recipe = Recipe(seconds=1.5, save_every=0.0)
    network = Network(labels, SIZE)
    train(network, windows, corpora, recipe, tmp_path)
    first = torch.load(tmp_path / "last.pt", weights_only=True)
    again = Network(labels, SIZE)
    train(again, windows, corpora, recipe, tmp_path)
    second = torch.load(tmp_path / "last.pt", weights_only=True)
    lines = (tmp_path / "log.jsonl").read_text(encoding="utf8").splitlines()
    assert json.loads(lines[-1])["step"] == first["step"]
    assert first["step"] == second["step"] > 0  # the time was spent: nothing is trained twice
    assert all(torch.equal(a, b) for a, b in zip(network.state_dict().values(), again.state_dict().values(), strict=True))


def test_batches_are_seeded_and_mixed(corpora: Corpora, windows: Windows) -> None:
    def first(seed: int) -> list[list[int]]:
        return [window.ids for window in next(mixed(windows, corpora, Recipe(), random.Random(seed)))]

    assert first(1) == first(1)
    without: Any = Corpora(corpora.treebanks, corpora.names, [1.0], [])
    batch = next(mixed(windows, without, Recipe(names=1.0), random.Random(1)))
    assert len(batch) == 3
    assert not any(window.cues for window in batch)


def test_labels_survive_the_file(language: EncoderLanguage, labels: Labels) -> None:
    assert language._encoder.labels == json.loads(json.dumps(labels.as_lists()))
    assert language.version == "made"

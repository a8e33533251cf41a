"""Takes every score of a model file from a data folder: trees, names, attributions, speed."""

from __future__ import annotations

import importlib.util
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np

from detente.language import lemmas
from detente.language.analysis import Analysis, Attribution
from detente.language.encoder import Encoder
from detente.language.model import EncoderLanguage
from detente.language.wordpiece import WordPiece
from training.attributions import british
from training.conll18 import Parsed, compare, gold_words
from training.corpora import read_corpora
from training.documents import IGNORED, Document
from training.labels import Labels
from training.scoring import Counts, Score, f1
from training.windows import Windows

NAMES = ("person", "organisation", "place")


def evaluate(data: Path, tools: Path, model: Path, parts: Iterable[str] = ("trees", "names", "said")) -> dict[str, str]:
    """The scores by name, as text with intervals.

    Args:
        data: the folder of corpora.
        tools: the folder of the attribution scorer.
        model: the ONNX file.
        parts: which to take.
    """
    language = EncoderLanguage(model)
    corpora = read_corpora(data, "dev")
    found: dict[str, str] = {}
    if "trees" in parts:
        for name, documents in zip(("EWT", "GUM"), corpora.treebanks, strict=True):
            for how, scores in (("gold", gold_trees(model, documents)), ("raw", raw_trees(language, documents))):
                found.update({f"{name} dev, {how}: {metric}": str(score) for metric, score in scores.items()})
    if "names" in parts:
        found["names F, UNER EWT dev"] = str(names_score(language, corpora.treebanks[0]))
        found["names F, CrossNER politics dev"] = str(names_score(language, corpora.names[0]))
    if "said" in parts:
        scorer = load_scorer(tools)
        found.update(said_scores(language, scorer, data / "polnear" / "dev", corpora.attributions))
        turned = [british(document) for document in corpora.attributions]
        marks = said_scores(language, scorer, data / "polnear" / "dev", turned)
        found.update({f"{name}, British marks": score for name, score in marks.items()})
    return found


def raw_trees(language: EncoderLanguage, documents: Sequence[Document]) -> dict[str, Score]:
    """CoNLL 2018 scores of raw text."""
    counts = defaultdict(list)
    for document in documents:
        gold, spans = gold_words(document.sentences or ())
        analysis = language.analyse(document.text)
        system = [Parsed(t.start, t.end, t.tag, t.lemma, t.head, t.relation) for t in analysis.tokens]
        found = compare(gold, system, spans, [tuple(s.span) for s in analysis.sentences])
        for metric, count in found.items():
            counts[metric].append(count)
    return {metric: f1(rows) for metric, rows in counts.items()}


def gold_trees(model: Path, documents: Sequence[Document]) -> dict[str, Score]:
    """The same where words and sentences are given."""
    encoder = Encoder(model)
    labels = Labels(**{name: tuple(values) for name, values in encoder.labels.items()})
    windows = Windows(WordPiece(encoder.vocabulary), labels)
    counts = defaultdict(list)
    for document in documents:
        gold, spans = gold_words(document.sentences or ())
        at = {word.start: number for number, word in enumerate(gold)}
        system = [word._replace(tag="", lemma="", head=-1, relation="") for word in gold]
        for window in windows.of_trees([document], gold_words=True):
            columns = (np.array(column) for column in (window.ids, window.shapes, window.quotes))
            scores = encoder.run(*columns)
            sentences = np.array(window.labels["sentence"])
            for number in np.unique(sentences[sentences >= 0]):
                where = np.flatnonzero(sentences == number)
                heads, relations = encoder.tree(scores, where)
                tags = scores.tag[where].argmax(axis=1)
                words = [at[window.starts[position]] for position in where]
                for k, word in enumerate(words):
                    text = document.text[gold[word].start : gold[word].end]
                    edit = labels.scripts[scores.lemma[where[k]]]
                    head = words[heads[k]] if heads[k] >= 0 else word
                    system[word] = Parsed(
                        gold[word].start, gold[word].end, labels.tags[tags[k]], lemmas.lemma(text, edit), head,
                        relations[k],
                    )  # fmt: skip
        for metric, count in compare(gold, system, spans, spans).items():
            counts[metric].append(count)
    return {metric: f1(rows) for metric, rows in counts.items() if metric not in ("words", "sentences")}


def names_score(language: EncoderLanguage, documents: Sequence[Document]) -> Score:
    """F1 of persons, organisations and places, by exact span and type, on raw text."""
    counts = []
    for document in documents:
        left_out = [span for span, kind in document.names or () if kind == IGNORED]
        gold = {(tuple(span), kind) for span, kind in document.names or () if kind in NAMES}
        system = {
            (tuple(name.span), name.type)
            for name in language.analyse(document.text).names
            if name.type in NAMES and not any(span.meets(name.span) for span in left_out)
        }
        counts.append(Counts(len(gold & system), len(system), len(gold)))
    return f1(counts)


def load_scorer(tools: Path) -> ModuleType:
    """The fixed scorer of attributions, `score.py`."""
    spec = importlib.util.spec_from_file_location("score", tools / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no score.py in {tools}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said_scores(
    language: EncoderLanguage, scorer: ModuleType, gold_folder: Path, documents: Sequence[Document]
) -> dict[str, str]:
    """Overlap and e2e F1, and e2e recall by kind, by the scorer's own rules."""
    docs = scorer.load_polnear(str(gold_folder))
    overlap, e2e = [], []
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for document in documents:
        text, gold = docs[document.id]
        pred = [_as_scored(scorer, text, found) for found in language.analyse(document.text).attributions]
        pairs = scorer.jaccard_match(pred, gold, 0.5)
        right = {j: bool(pred[i]["S"] & gold[j]["S"]) if gold[j]["S"] else not pred[i]["S"] for i, j in pairs}
        overlap.append(Counts(len(pairs), len(pred), len(gold)))
        e2e.append(Counts(sum(right.values()), len(pred), len(gold)))
        for j, statement in enumerate(gold):
            kinds[statement["kind"]][0] += right.get(j, False)
            kinds[statement["kind"]][1] += 1
    recalls = {f"PolNeAR dev e2e recall, {kind}": f"{100 * a / n:.1f} (n {n})" for kind, (a, n) in sorted(kinds.items())}
    return {"PolNeAR dev overlap F1": str(f1(overlap)), "PolNeAR dev e2e F1": str(f1(e2e)), **recalls}


def _as_scored(scorer: ModuleType, text: str, found: Attribution) -> dict[str, object]:
    return {
        "C": scorer.letters(text, found.content),
        "S": scorer.letters(text, [found.source] if found.source else []),
        "V": scorer.letters(text, [found.cue] if found.cue else []),
    }


def speed(language: EncoderLanguage, documents: Sequence[Document]) -> float:
    """Words analysed in a second of processor time, on one thread."""
    began = time.process_time()
    analyses: list[Analysis] = [language.analyse(document.text) for document in documents]
    return sum(len(analysis.tokens) for analysis in analyses) / (time.process_time() - began)

"""The trained language part: exact offsets, the same analysis anywhere, no network, and no text that breaks it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.language import encoder
from detente.language.analysis import Analysis, Span
from detente.language.encoder import Article
from detente.language.joint import JointLanguage
from detente.language.model import WEIGHTS, EncoderLanguage, _Hearing, _Text

needs_model = pytest.mark.skipif(not WEIGHTS.exists(), reason="the weights are not in this checkout")

STORY = (
    "President Ana Velkova of Ostrava said on Monday that the truce would hold.\n\n"
    "“We will not walk away,” she told reporters in Port Marland. “Not now.”\n\n"
    "Her foreign minister, Ivo Brandt, hopes to sign the treaty by June, officials said."
)
ODD = ["😀", "👩‍👩‍👧", "e\u0301", "\u0301", "\u200b", "\ufeff", "\u00ad", "\u202b", "\u2067", "مرحبا", "שלום", "中国", "İ", "\0", "\x85",
       "\u2028", "\n\n", "“", "”", "‘", "’", "'", '"', " said ", "Velkova", "don't", "U.S.", "£2.26bn", "Talks failed. ", "\ud800"]  # fmt: skip
texts = st.lists(st.sampled_from(ODD) | st.text(max_size=8), max_size=25).map("".join)


@pytest.fixture(scope="module")
def language() -> EncoderLanguage:
    if not WEIGHTS.exists():
        pytest.skip("the weights are not in this checkout")
    pytest.importorskip("onnxruntime", reason="the model is run by onnxruntime")
    return EncoderLanguage()


def check(analysis: Analysis) -> None:
    """What must hold of any analysis."""
    text, tokens = analysis.text, analysis.tokens
    assert all(t.text == text[t.start : t.end] and t.start < t.end for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert [t for s in analysis.sentences for t in range(s.first, s.last)] == list(range(len(tokens)))
    for sentence in analysis.sentences:
        roots = [k for k in range(sentence.first, sentence.last) if tokens[k].head == k]
        assert len(roots) == 1
        assert tokens[roots[0]].relation == "root"
        assert all(
            sentence.first <= tokens[k].head < sentence.last for k in range(sentence.first, sentence.last)
        )
        assert analysis.paragraphs[sentence.paragraph].holds(sentence.span)
        assert sentence.span == (tokens[sentence.first].start, tokens[sentence.last - 1].end)
    starts, ends = {t.start for t in tokens}, {t.end for t in tokens}
    for span in [name.span for name in analysis.names]:
        assert span.start in starts
        assert span.end in ends
    outer = [part for q in analysis.quotations if q.depth == 0 for part in q.spans]
    for attribution in analysis.attributions:
        assert attribution.content
        assert attribution.confidence is not None
        assert 0 <= attribution.confidence <= 1
        for span in attribution.content:
            assert 0 <= span.start < span.end <= len(text)
    contents = [span for attribution in analysis.attributions for span in attribution.content]
    for part in outer:
        # Never shared; split only where the content itself is cut at a word that the mark is part of.
        assert sum(span.holds(part) for span in contents) <= 1


def test_who_said_what(language: EncoderLanguage) -> None:
    found = [
        tuple(span.of(STORY) if span else None for span in (a.source, a.cue, *a.content))
        for a in language.analyse(STORY).attributions
    ]
    assert any(
        source and "Velkova" in source and "the truce would hold" in said for source, _, said, *_ in found
    )
    assert any(source == "she" and "“We will not walk away,”" in said for source, _, *said in found)


def test_names_and_tags(language: EncoderLanguage) -> None:
    analysis = language.analyse(STORY)
    # With what she presides over or without: where names are joined, "of Ostrava" is cut off.
    names = {name.span.of(STORY): name.type for name in analysis.names}
    assert [kind for words, kind in names.items() if "Ana Velkova" in words] == ["person"]
    assert names["Ivo Brandt"] == "person"
    joined = {name.span.of(STORY): name.type for name in JointLanguage(language).analyse(STORY).names}
    assert (joined["Ana Velkova"], joined["Ivo Brandt"]) == ("person", "person")
    tags = {t.text: t.tag for t in analysis.tokens}
    assert (tags["said"], tags["treaty"], tags["truce"]) == ("VERB", "NOUN", "NOUN")
    assert {t.text: t.lemma for t in analysis.tokens}["reporters"] == "reporter"
    assert len(analysis.sentences) in (4, 5)


def test_a_speech_apart_from_a_hope(language: EncoderLanguage) -> None:
    hopes = [a for a in language.analyse(STORY).attributions if a.cue and a.cue.of(STORY).startswith("hopes")]
    said = [a for a in language.analyse(STORY).attributions if a.cue and a.cue.of(STORY).startswith("said")]
    assert not any(a.speech for a in hopes)
    assert said
    assert all(a.speech for a in said)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\u200b", "\x00", "a", "”", "“", "😀" * 3, "\u0301" * 5, "中" * 700]
)
def test_small_and_odd_texts(language: EncoderLanguage, text: str) -> None:
    check(language.analyse(text))


@given(text=texts)
@settings(max_examples=60, deadline=None)
def test_any_text(language: EncoderLanguage, text: str) -> None:
    check(language.analyse(text))


def test_a_whole_article(language: EncoderLanguage) -> None:
    check(language.analyse(STORY * 20))


def test_the_same_alone_and_after_others(language: EncoderLanguage) -> None:
    alone = EncoderLanguage().analyse(STORY)
    language.analyse("Something else entirely. " * 50)
    assert language.analyse(STORY) == alone


def test_the_same_on_many_threads(language: EncoderLanguage) -> None:
    expected = language.analyse(STORY)
    found: list[Any] = [None] * 4

    def work(number: int) -> None:
        found[number] = language.analyse(STORY)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_time_is_linear(language: EncoderLanguage) -> None:
    """Eight times the text may take at most sixteen times as long: a quadratic step would take sixty-four."""

    def took(text: str) -> float:
        began = time.process_time()
        language.analyse(text)
        return time.process_time() - began

    for piece in (STORY + "\n\n", "word " * 120, "“", "(" * 300, "a" * 300 + " "):
        took(piece * 2)
        assert took(piece * 16) < 16 * max(took(piece * 2), 0.05)


NO_NETWORK = """
import json, socket, sys
opened = []
def refuse(*args, **kwargs):
    opened.append(repr(args))
    raise OSError("no network in this test")
socket.socket.connect = refuse
socket.create_connection = refuse
socket.getaddrinfo = refuse
from detente.language.model import EncoderLanguage
analysis = EncoderLanguage().analyse(sys.stdin.read())
import os
print(json.dumps([opened, len(analysis.tokens), os.environ["ORT_DISABLE_TELEMETRY"]]))
"""


@needs_model
def test_no_connection_is_opened_outside_ci() -> None:
    pytest.importorskip("onnxruntime", reason="the model is run by onnxruntime")
    known = {
        k: v for k, v in os.environ.items() if k not in ("CI", "GITHUB_ACTIONS", "ORT_DISABLE_TELEMETRY")
    }
    out = subprocess.run(
        [sys.executable, "-c", NO_NETWORK], input=STORY, text=True, capture_output=True, env=known, check=True
    )
    opened, words, switch = json.loads(out.stdout)
    assert opened == []
    assert words > 40
    assert switch == "1"


def test_without_onnxruntime_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(encoder, "import_module", missing)
    with pytest.raises(DetenteError, match="pip install onnxruntime"):
        EncoderLanguage(tmp_path / "model.onnx")


NAMES = ["O", "B-person", "I-person", "B-place", "I-place"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("B-person B-person O", [("Ana Velkova", "person")]),
        ("B-person B-place O", [("Ana", "person"), ("Velkova", "place")]),
        ("O B-person B-person", [("Velkova, Brandt", "person")]),
        ("B-person I-person B-person", [("Ana Velkova, Brandt", "person")]),
        ("B-person O B-person", [("Ana", "person"), ("Brandt", "person")]),
    ],
)
def test_names_side_by_side(labels: str, expected: list[tuple[str, str]]) -> None:
    text, words = "Ana Velkova  Brandt", [(0, 3), (4, 11), (13, 19)]
    scores = np.full((3, len(NAMES)), 0.02, dtype=np.float32)
    for row, label in enumerate(labels.split()):
        scores[row, NAMES.index(label)] = 0.92
    starts, ends = [a for a, _ in words], [b for _, b in words]
    empty = Article(*(np.zeros(3, dtype=np.int64),) * 3)
    stub: Any = SimpleNamespace(labels={"names": NAMES, "roles": ["O"]}, calibration=[])
    hearing = _Hearing(stub, _Text(text, empty, starts, ends, [0, 3]))
    hearing._names, hearing._heard = scores, np.ones(3, dtype=np.float32)
    hearing._words = [Span(a, b) for a, b in words]
    found = [(name.span.of(text), name.type) for name in hearing.names()]
    assert found == [(name.replace(", ", "  "), kind) for name, kind in expected]


@needs_model
def test_the_file_is_small_enough() -> None:
    assert WEIGHTS.stat().st_size < 26e6
    assert (WEIGHTS.parent / "card.md").exists()


def test_a_sentence_is_parsed_when_it_is_asked_for(language: EncoderLanguage) -> None:
    whole = language.analyse(STORY)
    heard, names, parser = language.hear(STORY)
    assert (heard, names) == (whole.attributions, whole.names)
    assert parser is not None
    for sentence in whole.sentences:
        alone = parser(*sentence.span)
        expected = whole.tokens[sentence.first : sentence.last]
        assert [(t.text, t.tag, t.relation) for t in alone] == [(t.text, t.tag, t.relation) for t in expected]
        assert [t.head for t in alone] == [t.head - sentence.first for t in expected]
    assert parser(len(STORY), len(STORY) + 5) == ()

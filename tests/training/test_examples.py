"""What the confidence curve is fitted on: every attribution that is heard, and whether it is right."""

from __future__ import annotations

from pathlib import Path

from detente.evaluation.attributions import read_brat
from detente.language.confidence import features
from detente.language.model import EncoderLanguage
from tests.evaluation import made
from training.calibrate import examples


def test_every_attribution_with_whether_it_is_right(tmp_path: Path) -> None:
    made.write(tmp_path)
    documents = read_brat(tmp_path)
    language = EncoderLanguage()
    _, linked = language.analyse_with_links(made.ARTICLE)
    x, y = examples(language, documents)
    assert x.tolist() == [list(features(one)) for one in linked]
    assert set(y.tolist()) <= {0.0, 1.0}
    assert y.sum() >= 1
    documents[0].attributions = []
    assert examples(language, documents)[1].sum() == 0

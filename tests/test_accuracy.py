"""The gate of accuracy: what is read scores no lower than the floors pinned in benchmarks/floors.toml."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import detente
from detente.exchange import export

FLOORS = tomllib.loads((Path(__file__).parents[1] / "benchmarks" / "floors.toml").read_text(encoding="utf-8"))
NUMBER = r"([\d.]+)"
PATTERNS = {
    "e2e_f1": rf"^e2e\s.*F1\s+{NUMBER}",
    "overlap_f1": rf"^overlap\s.*F1\s+{NUMBER}",
    "direct_recall": rf"^\s+direct\s.*recall overlap\s+{NUMBER}",
    "speaker": rf"^speaker named right on matched {NUMBER}",
    "f1": rf"F1\s+{NUMBER}",
}
Score = Callable[[str, str], str]


def figure(output: str, name: str) -> float:
    """One figure of the scorer's output, in per cent."""
    if found := re.search(PATTERNS.get(name, "(?!)"), output, re.M):
        return float(found[1])
    label = "planned and hearsay told" if name == "how" else rf"\s+{name}\s"
    right = re.search(rf"^{label}.*?right on (\d+)/(\d+)", output, re.M)
    assert right, f"the scorer prints no {name}:\n{output}"
    return 100 * int(right[1]) / max(1, int(right[2]))


def scored(shared: Path, folder: Path, articles: Path, kind: str, gold: Path, **given: str) -> str:
    """The scorer's output for articles read now."""
    exported = folder / f"{articles.name}.jsonl"
    if not exported.exists():
        with exported.open("wb") as stream:
            export(detente.read(articles, **given), "jsonl", stream)
    command = [sys.executable, str(shared / "tools" / "score.py"), kind, str(exported), str(gold)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scored")


@pytest.mark.parametrize("name", FLOORS["first_article"])
def test_first_article(shared: Path, folder: Path, name: str) -> None:
    kind, _, measure = name.partition("_")
    gold = shared / "gold" / "seed" / f"{kind}.jsonl"
    output = scored(shared, folder, shared / "seeds", kind, gold, published="2025-03-02")
    assert figure(output, measure) >= FLOORS["first_article"][name]


@pytest.mark.parametrize("name", FLOORS["polnear_dev"])
def test_polnear_dev(shared: Path, folder: Path, name: str) -> None:
    dev = shared / "data" / "polnear" / "dev"
    texts = folder / "texts"
    if not texts.exists():
        texts.mkdir()
        for path in dev.glob("*.txt"):
            (texts / path.name).symlink_to(path)
    output = scored(shared, folder, texts, "statements", dev, country="US")
    assert figure(output, name.partition("_")[2]) >= FLOORS["polnear_dev"][name]

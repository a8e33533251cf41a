"""How fast text is analysed and read, in how much memory, and how soon the first sentence is there.

    python benchmarks/language.py [--texts FOLDER] [--articles 100] [--runs 5]

Of the trained model alone, of the language part that reading uses (model and rules together), and of reading as a whole. Each
run is a process of its own on one thread; its processor time is the system's count for the whole of it, start and loading
of the weights included. Shown are medians over runs, with the least and the most: where other work shares the cores, processor
seconds vary by a third, and wall time says little. Words are counted at white space. Without --texts, a folder of .txt, the
articles are made from templates, which are easier than news.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from archives import made

from detente.language.model import WEIGHTS

PARTS = ("model", "joint", "reading")
SENTENCE = "President Ana Velkova said that talks go on."


class Run(NamedTuple):
    """One process: wall and processor seconds, and its largest size in MB."""

    wall: float
    cpu: float
    memory: float


def analyse(part: str, folder: Path, weights: Path) -> None:
    """What the measured process does: every text of a folder, one after another."""
    one = analyser(part, weights)
    for path in sorted(folder.glob("*.txt")):
        one(path.read_text(encoding="utf-8"))


def analyser(part: str, weights: Path) -> Callable[[str], object]:
    from detente.language.joint import JointLanguage
    from detente.language.model import EncoderLanguage

    model = EncoderLanguage(weights)
    if part == "model":
        return model.analyse
    joint = JointLanguage(model)
    if part == "joint":
        return joint.analyse

    from detente.actors import Registry
    from detente.reading import read_article
    from detente.records import Article

    registry = Registry.load()
    return lambda text: read_article(
        Article.of(text, "a.txt", published="2016-10-01", country="US"), language=joint, registry=registry
    )


def run(part: str, folder: Path, weights: Path) -> Run:
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, "--part", part, str(folder), "--model", str(weights)])
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{part}: exit status {os.waitstatus_to_exitcode(status)}")
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def spread(values: Sequence[float], digits: int = 0) -> str:
    """Median, least and most."""
    return " ".join((f"{median(values):,.{digits}f}", f"({min(values):,.{digits}f}–{max(values):,.{digits}f})"))


def measure(folder: Path, weights: Path, runs: int) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} texts, {words:,} words; weights of {weights.stat().st_size / 1e6:.1f} MB; {runs} runs of each")
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "one.txt").write_text(SENTENCE, encoding="utf-8")
        # In turn, so that what else the machine does falls on all alike.
        taken = [{part: (run(part, folder, weights), run(part, Path(place), weights)) for part in PARTS} for _ in range(runs)]
    for part in PARTS:
        whole, start = zip(*(one[part] for one in taken), strict=True)
        print(
            f"{part:8} words a processor second {spread([words / r.cpu for r in whole])}, "
            f"without the start {spread([words / max(r.cpu - s.cpu, 1e-9) for r, s in zip(whole, start, strict=True)])}; "
            f"memory {spread([r.memory for r in whole])} MB; to the first sentence {spread([r.wall for r in start], 2)} s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="a folder of .txt")
    parser.add_argument("--articles", type=int, default=100, help="how many to make, or to take of the folder")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--model", type=Path, default=WEIGHTS)
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        return analyse(given.part[0], Path(given.part[1]), given.model)
    with tempfile.TemporaryDirectory() as place:
        paths = sorted(given.texts.glob("*.txt"))[: given.articles] if given.texts else []
        texts = [path.read_text(encoding="utf-8") for path in paths] or [article.text for article in made(given.articles)]
        for number, text in enumerate(texts):
            (Path(place) / f"{number:05}.txt").write_text(text, encoding="utf-8")
        measure(Path(place), given.model, given.runs)


if __name__ == "__main__":
    main()

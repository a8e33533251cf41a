"""The gate of accuracy: nothing scores lower than the floors pinned in benchmarks/floors.toml, and no floor sinks unseen."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import detente
from detente.evaluation import PARTS, Report, evaluate, read_floors
from detente.evaluation.attributions import read_brat
from detente.evaluation.gold import FIELDS, compare_records, gold_statements, gold_text
from detente.evaluation.scoring import Counts, f1
from detente.evaluation.statements import compare, of_corpus, of_statement
from detente.exchange import export
from detente.records import KINDS, Article, Statement, decode

ROOT = Path(__file__).parents[1]
FILE = ROOT / "benchmarks" / "floors.toml"
FLOORS = tomllib.loads(FILE.read_text(encoding="utf-8"))
NUMBER = r"([\d.]+)"
PATTERNS = {
    "e2e_f1": rf"^e2e\s.*F1\s+{NUMBER}",
    "overlap_f1": rf"^overlap\s.*F1\s+{NUMBER}",
    "direct_recall": rf"^\s+direct\s.*recall overlap\s+{NUMBER}",
    "speaker": rf"^speaker named right on matched {NUMBER}",
    "f1": rf"F1\s+{NUMBER}",
}
# The gate takes every third document: the whole takes minutes, and is for `detente evaluate`.
EVERY = 3


def flat(table: Mapping[str, Any], before: str = "") -> dict[str, float]:
    """The floors of a file by their whole name."""
    found = {}
    for key, value in table.items():
        if key != "lowered" or before:
            found |= flat(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}": value}
    return found


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


@pytest.fixture(scope="module")
def polnear(shared: Path, folder: Path) -> str:
    """The scorer's output for PolNeAR's development part."""
    dev, texts = shared / "data" / "polnear" / "dev", folder / "texts"
    texts.mkdir()
    for path in dev.glob("*.txt"):
        (texts / path.name).symlink_to(path)
    return scored(shared, folder, texts, "statements", dev, country="US")


@pytest.mark.parametrize("name", FLOORS["polnear_dev"])
def test_polnear_dev(polnear: str, name: str) -> None:
    assert figure(polnear, name.partition("_")[2]) >= FLOORS["polnear_dev"][name]


@pytest.fixture(scope="module")
def third(shared: Path) -> Report:
    return evaluate(shared / "data", parts=("trees", "names", "attributions"), every=EVERY, whole=False)


@pytest.mark.parametrize("name", read_floors(FILE, "gate"))
def test_every_third_document(third: Report, name: str) -> None:
    values = {figure.name: figure.value for figure in third.figures}
    assert values[name] >= read_floors(FILE, "gate")[name]


@pytest.fixture(scope="module")
def people(shared: Path) -> dict[str, float]:
    """Of the tables of speakers and anaphora, the share right, and those not wrong and not unknown."""
    tables = ROOT / "tests" / "reading" / "data"
    report = evaluate(shared / "data", parts=("speakers", "anaphora"), tables=tables)
    shares = {figure.name.removeprefix("reading."): figure.value for figure in report.figures}
    shares["speakers.polnear.unknown"] += shares["speakers.polnear.unnamed"]
    bad = {name: value for name, value in shares.items() if name.endswith(("wrong", "unknown"))}
    return shares | {re.sub(r"(wrong|unknown)$", r"not_\1", name): 100 - value for name, value in bad.items()}


@pytest.mark.parametrize("name", flat(FLOORS["people"]))
def test_who_speaks_and_who_is_meant(people: dict[str, float], name: str) -> None:
    assert people[name] >= flat(FLOORS["people"])[name]


# ---------------------------------------------------------------- the package's own scorer is the fixed one


def shares(output: str) -> dict[str, float]:
    """What the fixed scorer prints of statements, under the names that the package gives the measures."""
    found = {f"{name}_f1": float(value) for name, value in re.findall(rf"^(overlap|exact|e2e)\s.*F1\s+{NUMBER}", output, re.M)}
    kinds = re.findall(rf"^  (\S[\w ]*?)\s+n\s+\d+  recall overlap\s+{NUMBER}  exact\s+{NUMBER}  e2e\s+{NUMBER}", output, re.M)
    for kind, *values in kinds:
        for name, value in zip(("overlap", "exact", "e2e"), values, strict=True):
            found[f"{name}_recall_{kind.replace(' ', '_')}"] = float(value)
    found["cue"] = float(re.findall(rf"^cue right on matched {NUMBER}", output, re.M)[0])
    for right, total, unknown in re.findall(r"^speaker named right.*\((\d+)/(\d+); left unknown (\d+)\)", output, re.M):
        found |= {"speaker": 100 * int(right) / int(total), "speaker_unknown": 100 * int(unknown) / int(total)}
    return found


def exported(folder: Path, articles: str) -> dict[str, tuple[Article, list[Any]]]:
    """The articles and records of an export by the article's name."""
    things = [decode(line) for line in (folder / f"{articles}.jsonl").read_bytes().splitlines()]
    found = {thing.id: (thing, []) for thing in things if isinstance(thing, Article)}
    for thing in things:
        if isinstance(thing, tuple(KINDS.values())):
            found[thing.article][1].append(thing)
    return {Path(article.origin).stem: (article, records) for article, records in found.values()}


def told(counts: Iterator[Mapping[str, Counts]]) -> dict[str, float]:
    """F1 by measure over documents."""
    gathered: dict[str, list[Counts]] = defaultdict(list)
    for one in counts:
        for measure, count in one.items():
            gathered[measure].append(count)
    return {measure: f1(found).value for measure, found in gathered.items()}


def agrees(ours: dict[str, float], fixed: dict[str, float]) -> None:
    assert set(fixed) <= set(ours)
    assert {name: ours[name] for name in fixed} == pytest.approx(fixed, abs=0.051)


def test_statements_are_scored_as_the_fixed_scorer_does(shared: Path, folder: Path, polnear: str) -> None:
    read = exported(folder, "texts")
    ours = told(
        compare([of_statement(document.text, s) for s in read[document.id][1] if isinstance(s, Statement)], of_corpus(document))
        for document in read_brat(shared / "data" / "polnear" / "dev")
    )
    fixed = shares(polnear)
    assert len(fixed) == 16
    agrees(ours, fixed)


def test_gold_statements_are_scored_as_the_fixed_scorer_does(shared: Path, folder: Path) -> None:
    gold = shared / "gold" / "seed"
    output = scored(shared, folder, shared / "seeds", "statements", gold / "statements.jsonl", published="2025-03-02")
    document = gold_text(gold)
    said = [s for s in exported(folder, "seeds")[document.id][1] if isinstance(s, Statement)]
    ours = compare([of_statement(document.text, s) for s in said], gold_statements(gold, document.text))
    agrees(told(iter([ours])), shares(output))
    assert 100 * ours["how"].right / ours["how"].gold == figure(output, "how")


@pytest.mark.parametrize("kind", FIELDS)
def test_gold_records_are_scored_as_the_fixed_scorer_does(shared: Path, folder: Path, kind: str) -> None:
    gold = shared / "gold" / "seed"
    output = scored(shared, folder, shared / "seeds", kind, gold / f"{kind}.jsonl", published="2025-03-02")
    document = gold_text(gold)
    records = [r for r in exported(folder, "seeds")[document.id][1] if isinstance(r, KINDS[kind.removesuffix("s")])]
    ours = told(iter([compare_records(kind, records, gold, document.text)]))
    fixed = {name: figure(output, name) for name in ("f1", *FIELDS[kind]) if name in ours}
    assert len(fixed) == 1 + len(FIELDS[kind])
    agrees(ours, fixed)


# ---------------------------------------------------------------- no floor sinks unseen


def sunk(earlier: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The floors that an earlier version of the file had higher, but for those that are listed as lowered to what they are."""
    floors, lowered = flat(now), now.get("lowered", {})
    found = []
    for name, floor in flat(earlier).items():
        listed = lowered.get(name, {"to": 100.0, "why": ""})
        agreed = min(floor, listed["to"]) if listed["why"] else floor
        if floors.get(name, 0.0) < agreed:
            found.append(name)
    return found


def versions() -> list[str]:
    """The commits that changed the floors."""
    try:
        log = subprocess.run(["git", "log", "--format=%H", "--", str(FILE)], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"not a checkout: {error}")
    return log.stdout.split()


def test_no_floor_was_ever_higher_without_a_reason() -> None:
    for commit in versions():
        path = f"{commit}:{FILE.relative_to(ROOT).as_posix()}"
        text = subprocess.run(["git", "show", path], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert sunk(tomllib.loads(text), FLOORS) == [], f"lower than in {commit[:8]}: list them in [lowered] of {FILE.name} with the reason"


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ({"a": {"b": 50.0}}, []),
        ({"a": {"b": 60.0, "c": 1.0}}, []),
        ({"a": {"b": 49.9}}, ["a.b"]),
        ({"a": {}}, ["a.b"]),
        ({"a": {"b": 45.0}, "lowered": {"a.b": {"to": 45.0, "why": "the gold was corrected"}}}, []),
        ({"a": {"b": 44.0}, "lowered": {"a.b": {"to": 45.0, "why": "the gold was corrected"}}}, ["a.b"]),
        ({"a": {"b": 45.0}, "lowered": {"a.b": {"to": 45.0, "why": ""}}}, ["a.b"]),
        ({"lowered": {"a.b": {"to": 0.0, "why": "the measure is gone"}}}, []),
    ],
)
def test_a_sunk_floor_would_be_found(now: dict[str, Any], found: list[str]) -> None:
    assert sunk({"a": {"b": 50.0}, "lowered": {}}, now) == found


def test_the_floors_are_of_parts_that_are_evaluated() -> None:
    names = [*read_floors(FILE), *read_floors(FILE, "gate")]
    assert {name.split(".")[1] for name in names} <= set(PARTS)
    assert len(names) == 2 * len(set(names))

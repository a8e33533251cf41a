"""Events on two hand-coded sets score no lower than the floors pinned in benchmarks/floors.toml; and the scorer itself."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from detente.language.analysis import Span

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FLOORS = tomllib.loads((BENCHMARKS / "floors.toml").read_text(encoding="utf-8"))["events"]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    found = importlib.util.spec_from_file_location("benchmark_events", BENCHMARKS / "events.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


def test_types_with_the_actors_given(scorer: ModuleType, shared: Path) -> None:
    answers = scorer.type_answers(shared, held_out=False)
    _, macro = scorer.score((gold, told) for _, gold, told in answers)
    assert macro >= FLOORS["types_macro_f1"]


def test_triples_from_raw_text(scorer: ModuleType, shared: Path) -> None:
    total = sum(scorer.triple_counts(shared), Counter())
    assert scorer.f1(total) >= FLOORS["triples_f1"]


def test_macro_f1_by_hand(scorer: ModuleType) -> None:
    each, macro = scorer.score([("A", "A"), ("A", "B"), ("B", "B"), ("B", "NONE")])
    assert each == {"A": pytest.approx(200 / 3), "B": pytest.approx(50)}
    assert macro == pytest.approx((200 / 3 + 50) / 2)


def test_marks_are_taken_off_and_their_spans_kept(scorer: ModuleType) -> None:
    text, spans = scorer.marked("<s>Keld </s>, on Monday, met <t>Marland</t>.")
    assert text == "Keld , on Monday, met Marland."
    assert [(side, span.of(text)) for side, span in spans] == [("s", "Keld"), ("t", "Marland")]


@pytest.mark.parametrize(
    ("kind", "factuality", "reason", "label"),
    [
        ("AID", "actual", "", "AID"),
        ("AID", "planned", "it is still to come", "AGREE"),
        ("AID", "negated", "the verb is negated", None),
        ("RETREAT", "negated", "it was refused", "REJECT"),
        ("RETREAT", "negated", "the verb is negated; it is still to come", "REJECT"),
        ("SANCTION", "hypothetical", "", "THREATEN"),
        ("RETREAT", "actual", "", "YIELD"),
        ("REQUEST", "planned", "", "REQUEST"),
    ],
)
def test_labels_of_the_data(
    scorer: ModuleType, kind: str, factuality: str, reason: str, label: str | None
) -> None:
    assert scorer.plover(kind, factuality, reason) == label


def test_triples_match_one_to_one_and_sides_may_change_where_both_act(scorer: ModuleType) -> None:
    a, b, other = ((Span(0, 4),), (Span(9, 16),), (Span(20, 22),))
    gold = [scorer.Triple(a, "CONSULT", b, True)]
    assert scorer.matched(gold, [scorer.Triple(b, "CONSULT", a)]) == 1
    assert scorer.matched(gold * 2, [scorer.Triple(a, "CONSULT", b)]) == 1
    assert scorer.matched(gold, [scorer.Triple(a, "ACCUSE", b), scorer.Triple(a, "CONSULT", other)]) == 0
    assert scorer.matched([scorer.Triple(a, "AID", ())], [scorer.Triple(a, "AID", b)]) == 0

"""The card names every source with its licence, and every score."""

from __future__ import annotations

import pytest

from training.card import ATTRIBUTIONS, LIMITS, SOURCES, card

SCORES = {"EWT dev, raw: LAS": "84.1 (83.0–85.2)", "names F, UNER EWT dev": "76.0 (75.0–77.0)"}


@pytest.mark.parametrize("unlicensed", [True, False])
def test_sources_and_licences(unlicensed: bool) -> None:
    text = card(SCORES, {"seed": 1}, unlicensed)
    for name, licence, _ in SOURCES:
        if name == ATTRIBUTIONS and not unlicensed:
            assert f"| {name} |" not in text
        else:
            assert f"| {name} | {licence} |" in text
    assert ("states no licence" in text) == unlicensed


def test_scores_and_facts_are_given_as_they_came() -> None:
    text = card(SCORES, {"steps": 2500})
    assert all(f"| {name} | {score} |" in text for name, score in SCORES.items())
    assert "| steps | 2500 |" in text
    assert text.endswith(LIMITS.read_text(encoding="utf8").rstrip() + "\n")

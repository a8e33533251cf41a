"""The party and place behind a lawmaker's name."""

from __future__ import annotations

import pytest

from detente.actors.labels import label_behind

CASES = {
    " (D-Calif.) said": {"democrat", "democratic", "california"},
    ", R-S.C., said": {"republican", "south", "carolina"},
    " (I-VT)": {"independent", "vermont"},
    " of New York said": {"new", "york"},
    " (R-Nowhere)": {"republican"},
    " said": set(),
    " (D)": set(),
    "": set(),
}


@pytest.mark.parametrize("behind", CASES)
def test_a_label(behind: str) -> None:
    assert label_behind(f"Ute Sonn{behind}", 8) == CASES[behind]

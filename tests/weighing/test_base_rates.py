"""Base rates against the published survival table."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from detente.errors import UnknownName
from detente.weighing.base_rates import ANY, comparable, conflicts, endings
from detente.weighing.survival import KaplanMeier

ENDINGS = {"victory gov/side A": "victory of side A", "victory rebel/side B": "victory of side B"}


def test_every_row_of_the_survival_table(shared: Path) -> None:
    # Kaplan–Meier by outcome, from UCDP Termination v.3-2021, printed to three places.
    with (shared / "reference/models/ucdp_termination_km_by_outcome.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 20
    for row in rows:
        conflict = ANY if row["type"] == "all" else row["type"]
        spells = comparable(conflict, ENDINGS.get(row["outcome"], row["outcome"]))
        assert (len(spells), spells.summary().ended) == (int(row["n"]), int(row["recurred"])), row
        curve = KaplanMeier(spells)
        for years in (1, 2, 3, 5, 10, 20):
            # 0.5625 is printed as .563 and rounds to .562.
            assert_allclose(curve.at(years).share, float(row[f"S{years}"]), atol=0.000501, err_msg=str(row))
        interval = curve.at(5).greenwood
        if interval is None:
            assert row["S5_lo"] == row["S5_hi"] == "1.0"
        else:
            assert_allclose(interval, (float(row["S5_lo"]), float(row["S5_hi"])), atol=0.000501, err_msg=str(row))


@pytest.mark.parametrize(
    ("conflict", "ending", "cases", "five_years"),
    [("interstate", "ceasefire", 15, 14 / 15), ("intrastate", "ceasefire", 72, 0.610), (ANY, ANY, 849, 0.742)],
)
def test_the_rates_that_the_reports_name(conflict: str, ending: str, cases: int, five_years: float) -> None:
    spells = comparable(conflict, ending)
    assert len(spells) == cases
    assert KaplanMeier(spells).at(5).share == pytest.approx(five_years, abs=0.0006)


def test_the_exact_interval_of_few_cases_holds_greenwoods_low_end_in_doubt() -> None:
    found = KaplanMeier(comparable("interstate", "peace agreement")).at(5)
    assert found.share == 1.0
    assert found.low == pytest.approx(0.025 ** (1 / 14))


def test_the_kinds_share_out_the_cases() -> None:
    for kinds, cases in ((conflicts(), [len(comparable(c)) for c in conflicts()]), (endings(), [len(comparable(ANY, e)) for e in endings()])):
        assert len(kinds) == len(cases)
        assert sum(cases) == len(comparable())


def test_all_are_watched_from_the_start() -> None:
    assert np.all(comparable().entered == 0)


@pytest.mark.parametrize(("conflict", "ending"), [("civil", ANY), (ANY, "truce"), ("Interstate", ANY)])
def test_an_unknown_kind_is_refused_with_the_kinds_there_are(conflict: str, ending: str) -> None:
    with pytest.raises(UnknownName, match=r"expected one of: any, "):
        comparable(conflict, ending)

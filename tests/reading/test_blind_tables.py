"""The blind tables of amounts and dates: floors that may rise and never fall, and few disputes, each with a reason."""

from __future__ import annotations

import pytest

from .blind_tables import Verdict, amounts, dates, last_day, plain, rows, tally

FLOORS = {"amounts": 1.0, "dates": 0.97}
DISPUTED = 0.02
VERDICTS: dict[str, list[Verdict]] = {"amounts": amounts(), "dates": dates()}


def counted(name: str) -> list[Verdict]:
    """The verdicts on the rows that nobody disputes."""
    return [verdict for verdict in VERDICTS[name] if not verdict.row["disputed"]]


def told(verdicts: list[Verdict]) -> str:
    """The verdicts as lines, for whoever has to mend them."""
    return "\n".join(f"{v.outcome}: {v.row['text']} | {v.row['surface']} | {v.why}" for v in verdicts)


@pytest.mark.parametrize("name", FLOORS)
def test_the_share_of_rows_right(name: str) -> None:
    every = counted(name)
    faulty = [verdict for verdict in every if verdict.outcome != "right"]
    assert 1 - len(faulty) / len(every) >= FLOORS[name], told(faulty)


@pytest.mark.parametrize("name", FLOORS)
def test_no_row_is_silently_wrong(name: str) -> None:
    wrong = [verdict for verdict in counted(name) if verdict.outcome == "wrong"]
    assert not wrong, told(wrong)


@pytest.mark.parametrize(("name", "least"), [("amounts", 300), ("dates", 200)])
def test_the_tables_are_whole_and_little_of_them_is_disputed(name: str, least: int) -> None:
    assert len(VERDICTS[name]) == len(rows(name)) >= least
    assert tally(VERDICTS[name])["disputed"] <= DISPUTED * len(rows(name))


@pytest.mark.parametrize(
    ("edtf", "same"),
    [
        ("2024-33", "2024-01/2024-03"),
        ("../2025-06", "../2025-06-30"),
        ("../2024-02", "../2024-02-29"),
        ("../2027", "../2027-12-31"),
        ("2025-03-05", "2025-03-05"),
        ("199X", "199X"),
        ("2014/..", "2014/.."),
    ],
)
def test_two_ways_of_writing_one_time_are_alike(edtf: str, same: str) -> None:
    assert plain(edtf) == plain(same)


def test_a_month_is_not_the_month_beside_it() -> None:
    assert last_day("2025-12") == "2025-12-31"
    assert plain("../2025-06") != plain("../2025-07")
    assert plain("2024-33") != plain("2024-34")

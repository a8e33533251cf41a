"""Sealing and grading: who, when, nothing changed after the fact."""

from __future__ import annotations

import hashlib
import json
from math import log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DetenteError, InvalidDate, MalformedInput, RecordError, SituationError
from detente.weighing.sealing import Chance, Quantiles, Sealed, dumps, grade, loads, seal, verify

QUESTION = "Will the Ostrava ceasefire hold until the end of 2027?"


def sealed(**changed: Any) -> Sealed:
    arguments: dict[str, Any] = {
        "forecast": Chance(probability=0.7), "by": "J. Analyst", "on": "2026-03-02", "due": "2027-12-31",
        "settles": "no battle with ten dead in the Courier's list", "rests_on": {"weighing": "we-1"},
    }  # fmt: skip
    arguments |= changed
    return seal(arguments.pop("question", QUESTION), arguments.pop("forecast"), **arguments)


spread = Quantiles(levels=(0.05, 0.5, 0.95), values=(20.0, 40.0, 70.0), unit="points")
texts = st.text(min_size=1).filter(lambda t: bool(t.strip()) and t.strip().casefold() != "détente" and t.isprintable())


@given(texts, texts, st.floats(0, 1))
def test_a_forecast_comes_back_as_it_was_sealed(question: str, by: str, probability: float) -> None:
    first = sealed(question=question, by=by, forecast=Chance(probability=probability))
    assert loads(dumps(first)) == first
    verify(first)


def test_quantiles_come_back_too() -> None:
    assert loads(dumps(sealed(forecast=spread))) == sealed(forecast=spread)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question", "Will it hold until Easter?"), ("by", "K. Analyst"), ("on", "2026-03-01"), ("due", "2028-12-31"),
        ("settles", "whatever I say"), ("rests_on", {}), ("forecast", {"type": "chance", "probability": 0.71}),
        ("digest", "0" * 64),
    ],
)  # fmt: skip
def test_a_changed_field_breaks_the_seal(field: str, value: Any) -> None:
    data = json.loads(dumps(sealed()))
    data[field] = value
    with pytest.raises(RecordError, match="it was changed"):
        loads(json.dumps(data))


def test_the_hash_is_the_same_everywhere() -> None:
    # sha256 of the fields but the hash, keys in order, without spaces, in UTF-8: as any other program would take it.
    text = (
        '{"by":"Zoë","due":"2026-01-02","forecast":{"probability":0.5,"type":"chance"},"on":"2026-01-01",'
        '"question":"q","rests_on":{},"settles":"s"}'
    )
    found = sealed(question="q", by="Zoë", on="2026-01-01", due="2026-01-02", settles="s", rests_on={}, forecast=Chance(probability=0.5))
    assert found.digest == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(("came", "brier", "nats"), [(True, 0.09, -log(0.7)), (False, 0.49, -log(0.3))])
def test_a_probability_is_graded(came: bool, brier: float, nats: float) -> None:
    found = grade(sealed(), came, on="2028-01-05")
    assert found.scores == {"brier": pytest.approx(brier), "log": pytest.approx(nats)}
    assert found.digest == sealed().digest


@pytest.mark.parametrize(
    ("outcome", "quantile", "absolute"),
    # Pinball loss at 5, 50 and 95 %: of 50, .05 × 30, .5 × 10, .05 × 20; of 80, .05 × 60, .5 × 40, .95 × 10.
    [(50.0, (1.5 + 5 + 1) / 3, 10.0), (80.0, (3 + 20 + 9.5) / 3, 40.0), (40.0, (1 + 0 + 1.5) / 3, 0.0)],
)
def test_quantiles_are_graded(outcome: float, quantile: float, absolute: float) -> None:
    found = grade(sealed(forecast=spread), outcome, on="2028-01-05")
    assert found.scores == {"quantile": pytest.approx(quantile), "absolute": pytest.approx(absolute)}


def test_without_a_median_there_is_no_absolute_error() -> None:
    lone = Quantiles(levels=(0.9,), values=(3.0,), unit="months")
    assert set(grade(sealed(forecast=lone), 2.0, on="2028-01-05").scores) == {"quantile"}


def test_a_changed_forecast_is_not_graded() -> None:
    with pytest.raises(RecordError):
        grade(sealed().replace(forecast=Chance(probability=0.99)), True, on="2028-01-05")


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"by": " "}, SituationError, "by: got nothing"),
        ({"by": "detente"}, SituationError, "expected the name of the person"),
        ({"by": "Détente"}, SituationError, "expected the name of the person"),
        ({"question": ""}, SituationError, "question: got nothing"),
        ({"settles": ""}, SituationError, "settles: got nothing"),
        ({"on": "yesterday"}, InvalidDate, "on: got 'yesterday'"),
        ({"due": "2026-02-30"}, InvalidDate, "due: got '2026-02-30'"),
        ({"due": "2026-03-01"}, InvalidDate, "expected a day not before 2026-03-02"),
        ({"forecast": Chance(probability=1.2)}, SituationError, "probability: got 1.2"),
        ({"forecast": Chance(probability=float("nan"))}, SituationError, "probability: got nan"),
        ({"forecast": Quantiles(levels=(), values=(), unit="")}, SituationError, "levels: got"),
        ({"forecast": Quantiles(levels=(0.5,), values=(1.0, 2.0), unit="")}, SituationError, "levels: got"),
        ({"forecast": Quantiles(levels=(0.0, 0.5), values=(1.0, 2.0), unit="")}, SituationError, "levels: got"),
        ({"forecast": Quantiles(levels=(0.5, 0.1), values=(1.0, 2.0), unit="")}, SituationError, "expected both to rise"),
        ({"forecast": Quantiles(levels=(0.1, 0.5), values=(2.0, 1.0), unit="")}, SituationError, "expected both to rise"),
    ],
)
def test_what_cannot_be_sealed(changed: dict[str, Any], error: type[DetenteError], message: str) -> None:
    with pytest.raises(error, match=message):
        sealed(**changed)


@pytest.mark.parametrize(
    ("forecast", "outcome", "on", "error", "message"),
    [
        (Chance(probability=0.7), 1.0, "2028-01-05", SituationError, "expected true or false"),
        (spread, True, "2028-01-05", SituationError, "expected a number"),
        (spread, float("nan"), "2028-01-05", SituationError, "expected a number"),
        (spread, 3.0, "2026-03-01", InvalidDate, "not before the sealing"),
        (spread, 3.0, "soon", InvalidDate, "on: got 'soon'"),
    ],
)
def test_what_cannot_be_graded(forecast: Any, outcome: Any, on: str, error: type[DetenteError], message: str) -> None:
    with pytest.raises(error, match=message):
        grade(sealed(forecast=forecast), outcome, on=on)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"question": 3}'])
def test_what_is_no_forecast_is_refused(text: str) -> None:
    with pytest.raises(MalformedInput, match="expected JSON as sealing writes it"):
        loads(text)

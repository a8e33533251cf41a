"""Pledges: made sentences with what they hold, and what no sentence may break."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading import pledges
from detente.reading.page import Page
from detente.records import Actor, OfficeHeld, Pledge, check

from .made_pages import page_of, with_statement

Case = dict[str, Any]
FILE = Path(__file__).parent / "cases" / "pledges.toml"
CASES: list[Case] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
OFFICES = {
    "Ana Velkova": ("President", "Ostrava"),
    "Tomas Reyl": ("Finance Minister", "Marland"),
    "Ines Darro": ("Leader of the Opposition", "Ostrava"),
}


def made(text: str, published: str | None = "2031-05-14", **pronouns: str) -> Page:
    """A made page whose people hold offices since 2030."""
    page = page_of(text, published, **pronouns)
    actors = {key: in_office(actor) for key, actor in page.cast.actors.items()}
    return msgspec.structs.replace(page, cast=msgspec.structs.replace(page.cast, actors=actors))


def in_office(actor: Actor) -> Actor:
    title, of = OFFICES.get(actor.name, (None, None))
    if title is None or of is None:
        return actor
    return actor.replace(
        offices=(OfficeHeld(title=title, of=of, since="2030-01-01", until="2032-01-01", source="made"),)
    )


def only(page: Page) -> Pledge:
    (found,) = pledges.read(page)
    return found


def seen(pledge: Pledge, field: str) -> Any:
    """A field of a pledge as the cases write it."""
    amount = pledge.amount
    match field:
        case "words":
            return [e.exact for e in pledge.words()]
        case "pledger" | "beneficiary":
            return sorted(ref.name for ref in getattr(pledge, field))
        case "made_by":
            return pledge.made_by and pledge.made_by.name
        case "amount":
            return [amount.value, amount.unit] if amount else []
        case "basis" | "qualifier" | "low" | "high":
            return getattr(amount, field)
        case "conditions":
            return [[condition.text, condition.type] for condition in pledge.conditions]
        case "stage_date":
            return pledge.stages[-1].date
        case _:
            return getattr(pledge, field)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: Case) -> None:
    found = pledges.read(made(case["text"], **case.get("pronouns", {})))
    expected = case.get("pledge", [])
    assert [
        {field: seen(pledge, field) for field in row} for pledge, row in zip(found, expected, strict=False)
    ] == expected
    assert len(found) == len(expected), [seen(pledge, "words") for pledge in found]


def test_there_are_enough_cases() -> None:
    assert sum("pledge" in case for case in CASES) >= 25
    assert sum("pledge" not in case for case in CASES) >= 10


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_record_stands_and_says_what_it_does_not_know(case: Case) -> None:
    page = made(case["text"], **case.get("pronouns", {}))
    for pledge in pledges.read(page):
        check(pledge, page.text)
        assert pledge.according_to is not None
        assert pledge.stage == pledge.stages[-1].stage
        assert all(entry.words in page.text for entry in pledge.stages)
        unknown = [f for f in ("pledger", "amount", "due", "financing", "type") if not getattr(pledge, f)]
        assert all(pledge.reasons.get(field) for field in unknown)
        assert pledge.testable == (pledge.delivery_test is not None)
        assert pledge.testable or not (pledge.amount or pledge.due)
        assert pledge.testable or pledge.reasons["delivery_test"]


@given(
    st.lists(st.sampled_from([case["text"] for case in CASES]), min_size=1, max_size=4),
    st.sampled_from([" ", "\n", "\n\n"]),
)
def test_any_run_of_the_sentences_gives_records_that_stand(sentences: list[str], between: str) -> None:
    page = made(between.join(sentences))
    found = pledges.read(page)
    for pledge in found:
        check(pledge, page.text)
    assert len({pledge.id for pledge in found}) == len(found)
    assert found == pledges.read(page), "the same page gives the same records"


@given(st.text(alphabet="Ostrava will pledge to send £5bn,.’‘?\n ifMarlnd", max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    page = made(text)
    for pledge in pledges.read(page):
        check(pledge, text)


# ---------------------------------------------------------------- who says it


def test_what_is_repeated_is_promised_and_has_its_own_sum_and_day() -> None:
    first, second = "it would give Keld 90 radars by June", "that it would lend Sundby $40m"
    page = made(f"Ostrava said {first} and repeated {second}.")
    page = with_statement(page, "Ostrava", f"{first} and repeated {second}", "said")
    one, other = pledges.read(with_statement(page, "Ostrava", second, "repeated"))
    assert (seen(one, "amount"), one.due, one.stage) == ([90.0, "count:radar"], "../2031-06-30", "floated")
    assert (seen(other, "amount"), other.due, other.stage) == ([40000000.0, "USD"], None, "announced")
    assert other.factuality == "actual"


@pytest.mark.parametrize("owned", ["country", "government"])
def test_somebodys_country_is_the_state_they_act_for(owned: str) -> None:
    told = f"her {owned} would send 900 soldiers to Keld"
    page = made(f"President Ana Velkova said {told}.", her="Ana Velkova")
    pledge = only(with_statement(page, "Ana Velkova", told, "said"))
    assert seen(pledge, "pledger") == ["Ostrava"]
    assert seen(pledge, "words") == [told]


def test_the_speaker_of_the_promising_verb_promises_where_no_subject_is_told() -> None:
    page = made("The Pact pledged €2.4bn in loans to Keld.")
    assert only(page).reasons["pledger"]
    pledge = only(with_statement(page, "Ostrava", "€2.4bn in loans to Keld", "pledged"))
    assert seen(pledge, "pledger") == ["Ostrava"]
    assert pledge.made_by is None


def test_we_in_a_quotation_is_the_speakers_state() -> None:
    page = made("‘We will send 12 generators to Keld,’ Mr Reyl said.")
    pledge = only(
        with_statement(page, "Tomas Reyl", "‘We will send 12 generators to Keld,’", "said", mode="direct")
    )
    assert seen(pledge, "pledger") == ["Marland"]
    assert seen(pledge, "made_by") == "Tomas Reyl"
    assert pledge.according_to is not None
    assert pledge.according_to.kind == "statement"


def test_we_without_a_known_speaker_binds_nobody() -> None:
    assert pledges.read(made("‘We will send 12 generators to Keld.’")) == []


def test_a_day_beside_a_signature_is_when_it_was_signed() -> None:
    assert only(made("Marland signed a loan agreement worth £2m with Ostrava on Saturday.")).due is None
    assert only(made("Marland signed a loan agreement worth £2m with Ostrava by 2033.")).due is not None


def test_would_in_a_report_is_a_promise_of_the_one_who_said_it() -> None:
    page = made("Ana Velkova said she would send jets to Keld.", she="Ana Velkova")
    pledge = only(with_statement(page, "Ana Velkova", "she would send jets to Keld", "said"))
    assert seen(pledge, "pledger") == ["Ostrava"]


def test_would_without_speaker_or_condition_commits_nobody() -> None:
    assert pledges.read(made("Analysts think Ostrava would send jets to Keld.")) == []


def test_it_after_a_saying_is_whoever_said_it() -> None:
    page = made("Ostrava said it will send jets to Keld.")
    pledge = only(with_statement(page, "Ostrava", "it will send jets to Keld", "said"))
    assert seen(pledge, "pledger") == ["Ostrava"]


@pytest.mark.parametrize("opening", ["only if", "only when", "only once", "only after"])
def test_only_before_a_condition_is_no_word_of_the_pledge(opening: str) -> None:
    pledge = only(made(f"Ostrava promised to send jets to Keld {opening} Marland withdraws."))
    assert pledge.core[0].exact.endswith("to send jets to Keld")
    assert [condition.text for condition in pledge.conditions] == ["Marland withdraws"]


def test_only_within_a_pledge_stays() -> None:
    assert (
        only(made("Ostrava promised to send only jets to Keld."))
        .core[0]
        .exact.endswith("send only jets to Keld")
    )


def test_an_office_binds_only_while_it_is_held() -> None:
    before = only(made("President Velkova pledged to send jets to Keld.", published="2029-05-14"))
    undated = only(made("President Velkova pledged to send jets to Keld.", published=None))
    assert seen(before, "pledger") == seen(undated, "pledger") == ["Ana Velkova"]


def test_without_the_articles_date_a_relative_day_is_unknown_and_says_why() -> None:
    pledge = only(made("Ostrava will send jets to Keld next week.", published=None))
    assert pledge.due is None
    assert "not known" in pledge.reasons["due"]


def test_the_delivery_test_says_what_would_have_to_be_seen() -> None:
    assert (
        only(made("Ostrava will send 30 tanks to Keld by 2033.")).delivery_test
        == "30 tanks delivered by 2033-12-31"
    )
    assert only(made("Ostrava promised to send tanks to Keld.")).delivery_test is None


# ---------------------------------------------------------------- the first article


@pytest.mark.shared
def test_the_first_article() -> None:
    shared = os.environ.get("DETENTE_SHARED")
    if not shared or not Path(shared, "gold", "seed", "pledges.jsonl").is_file():
        pytest.skip("DETENTE_SHARED names no folder with gold/seed/pledges.jsonl")
    from detente.reading.reader import read_article
    from detente.records import Article

    (file,) = Path(shared, "seeds").glob("*.txt")
    text = file.read_bytes().decode("utf-8")
    gold = [
        msgspec.json.decode(line)
        for line in Path(shared, "gold", "seed", "pledges.jsonl").read_bytes().splitlines()
    ]
    article = Article.of(text, file.name, published="2025-03-02", country="GB")
    found = [record for record in read_article(article).records if isinstance(record, Pledge)]
    pairs = [(p, g) for g in gold for p in found if overlaps(p, g["evidence"])]
    assert len({g["id"] for _, g in pairs}) >= 9
    assert len(found) <= 12
    for pledge, row in pairs:
        assert seen(pledge, "amount") == (
            [row["amount"]["value"], row["amount"]["unit"]] if row["amount"] else []
        )
        assert pledge.due == row["due"]


def overlaps(pledge: Pledge, spans: list[list[int]]) -> bool:
    """Whether words of a pledge and of the gold share half of the shorter."""
    return any(
        2 * (min(e.end, end) - max(e.start, start)) >= min(e.end - e.start, end - start)
        for e in pledge.words()
        for start, end in spans
    )

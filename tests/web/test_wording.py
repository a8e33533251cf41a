"""How values read: days and spans of time, amounts, categories, numbers."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger import Ledger
from detente.records import Act, Amount, Factuality
from detente.web.templating import href, id_path, linked, number, sentence_case
from detente.web.wording import amount, counted, label, sign, time, verb, words

from . import made


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2025-03-02", "2 March 2025"),
        ("2025-03", "March 2025"),
        ("2025", "2025"),
        ("2025-21", "spring 2025"),
        ("2025-24", "winter 2025"),
        ("../2027-12-31", "by 31 December 2027"),
        ("/2027", "by 2027"),
        ("2025-06/..", "from June 2025"),
        ("2025-06/", "from June 2025"),
        ("2025-06-01/2025-06-30", "1 June 2025 to 30 June 2025"),
        ("2025?", "about 2025"),
        ("2025-03~", "about March 2025"),
        ("202X", "202X"),
        ("2025-02-30", "2025-02-30"),
        ("2025-13", "2025-13"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_time(edtf: str, said: str) -> None:
    assert time(edtf) == said


@given(st.text())
def test_any_text_for_a_time_is_shown(edtf: str) -> None:
    assert isinstance(time(edtf), str)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("under_negotiation", "under negotiation"), ("PCT_GDP", "% of GDP"), ("in_kind", "in kind"), ("RETREAT", "Retreat"),
        (True, "yes"), (False, "no"), ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_words(value: object, said: str) -> None:
    assert words(value) == said


def test_signs_tell_stances_and_stages_apart() -> None:
    for group in (("support", "oppose", "conditional", "ambiguous"), ("floated", "announced", "committed", "allocated", "delivered", "suspended")):
        assert len({sign(value) for value in group}) == len(group)
    assert sign("loan") == sign(None) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Amount(value=2.26e9, unit="GBP", surface="£2.26bn"), "£2.26bn (£2.26 billion)"),
        (Amount(value=5.0, unit="count:ship", surface="five ships"), "five ships (5 ships)"),
        (Amount(value=5.0, unit="count:ship", surface="5 ships"), "5 ships"),
        (Amount(value=5.0, unit="count:ship"), "5 ships"),
        (Amount(value=None, unit="GBP", surface="some millions"), "some millions"),
    ],
)
def test_amounts(value: Amount, said: str) -> None:
    assert amount(value) == said


@pytest.mark.parametrize(("n", "said"), [(0, "0 pledges"), (1, "1 pledge"), (2, "2 pledges"), (1234, "1,234 pledges")])
def test_counted(n: int, said: str) -> None:
    assert counted(n, "pledge") == said


def test_counted_with_a_plural_of_its_own() -> None:
    assert counted(2, "copy", "copies") == "2 copies"


@pytest.mark.parametrize(
    ("kind", "words", "changes", "said"),
    [
        ("pledge", "signed a loan", {}, "pledges"),
        ("pledge", "signed a loan", {"pledger": (made.OSTRAVA, made.MARLAND)}, "pledge"),
        ("pledge", "signed a loan", {"factuality": "negated"}, "does not pledge"),
        ("pledge", "signed a loan", {"factuality": "negated", "pledger": (made.OSTRAVA, made.MARLAND)}, "do not pledge"),
        ("pledge", "3 per cent", {}, "is to pledge"),
        ("pledge", "signed a loan", {"factuality": "hypothetical"}, "would pledge"),
        ("statement", "a trap", {}, "says"),
        ("statement", "a trap", {"act": "demand"}, "demands"),
        ("statement", "a trap", {"act": "demand", "factuality": "planned"}, "is to demand"),
        ("statement", "a trap", {"factuality": "negated"}, "does not say"),
    ],
)
def test_what_is_not_done_does_not_read_as_done(kind: str, words: str, changes: dict[str, Any], said: str, ledger: Ledger) -> None:
    assert verb(made.one(ledger, kind, words).replace(**changes)) == said  # type: ignore[arg-type]


def test_every_act_and_factuality_has_its_words(ledger: Ledger) -> None:
    said = made.one(ledger, "statement", "a trap")
    found = {verb(said.replace(act=act, factuality=f)) for act in (*get_args(Act), None) for f in get_args(Factuality)}  # type: ignore[arg-type]
    assert len(found) == (len(get_args(Act)) + 1) * len(get_args(Factuality))


def test_labels_name_the_kind_and_whom_it_is_about(ledger: Ledger) -> None:
    said = {label(record) for record in ledger.records()}
    assert {
        "statement: Ana Velkova", "statement: speaker unknown", "pledge: Ostrava", "event: Ostrava – Marland", "event: actors unknown",
        "term: Marland is armed.", "position: Tarn", "position: holder unknown", "membership: Ostrava and League of the Coast",
        "deal: A lasting peace",
    } <= said  # fmt: skip


def test_addresses_are_quoted() -> None:
    assert href("/search", q="a&b=c ü", kind=None) == "/search?q=a%26b%3Dc+%C3%BC"
    assert href("/records", id=("a", "b")) == "/records?id=a&id=b"
    assert href("/records") == "/records"
    assert id_path("actors", "a/b?c#d e") == "/actors/a%2Fb%3Fc%23d%20e"
    assert id_path("actors", "unnamed:official") == "/actors/unnamed:official"


def test_ids_in_a_text_lead_to_their_records() -> None:
    key = "te-0123456789abcdef"
    assert linked(f"<b> {key}.") == f'&lt;b&gt; <a href="/records/{key}"><code>{key}</code></a>.'
    assert linked("te-012 and xx-0123456789abcdef") == "te-012 and xx-0123456789abcdef"


@pytest.mark.parametrize(("value", "said"), [(2260000000.0, "2,260,000,000"), (2.5, "2.5"), (3, "3")])
def test_numbers(value: float, said: str) -> None:
    assert number(value) == said


def test_a_sentence_begins_with_a_capital() -> None:
    assert (sentence_case("no outcome"), sentence_case("")) == ("No outcome", "")


def test_the_made_articles_hold_what_they_should() -> None:
    assert [a.published for a in made.articles()] == ["2025-03-01", "2025-03-02", "2025-03-03", None]


def test_a_sum_beyond_all_bounds_is_still_shown() -> None:
    assert amount(Amount(value=1e300, unit="EUR", surface="9" * 41)) == f"{'9' * 41} (1e+300 EUR)"

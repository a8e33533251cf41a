"""The adversarial ledger: no total is wrong, and each refusal says which records and why."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ledger import Ledger
from detente.ledger.questions import totals
from detente.records import ActorRef, Amount, Cluster, Origin

from .. import made
from .telling import on, pledge, pounds

TORMUND = ActorRef(id="state:TM", name="Tormund")
PER_CENT = Amount(value=2.5, unit="PCT_GDP", surface="2.5 per cent of GDP")


@pytest.fixture
def ledger():
    with Ledger.memory() as opened:
        yield opened


def sums(ledger, actor=None, **more):
    return [(t.stage, t.type, t.label, len(t.parts)) for t in totals(ledger, actor, **more)]


def reasons(ledger, actor=None, **more):
    return {item.place.record: item.why for item in totals(ledger, actor, **more).left_out}


# ------------------------------------------------------------------ what is added


def test_different_pledges_of_one_stage_are_added(ledger):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    pledge(ledger, "Ostrava gave £1,600m for radar.", pounds(1600))
    assert sums(ledger) == [("announced", "grant", "£2 billion", 2)]
    (total,) = totals(ledger)
    assert (total.low, total.high, total.unit) == (2e9, 2e9, "GBP")
    assert [p.record for p in total.places] == [p.record for part in total.parts for p in part.places]


def test_a_repeat_is_counted_once_at_its_latest_stage(ledger):
    pledge(ledger, "Ostrava promised £400m for bridges.", pounds(400))
    pledge(
        ledger,
        "Ostrava signed its £400m for bridges.",
        pounds(400),
        stage="committed",
        source=on("2025-03-09", "Coast News"),
    )
    assert sums(ledger) == [("committed", "grant", "£400 million", 1)]
    assert sums(ledger, as_of="2025-03-05") == [("announced", "grant", "£400 million", 1)]


DIFFERENT = [
    ({"stage": "committed"}, pounds(100)),
    ({"type": "loan"}, pounds(100)),
    ({}, Amount(value=1e8, unit="EUR", surface="€100m")),
    ({}, pounds(100, basis="per_year", surface="£100m a year")),
    ({}, pounds(100, basis="additional", surface="a further £100m")),
    ({"stage": None}, pounds(100)),
]


@pytest.mark.parametrize(
    ("fields", "amount"),
    DIFFERENT,
    ids=["stage", "type", "currency", "per year", "additional", "stage unknown"],
)
def test_what_differs_is_never_in_one_sum(ledger, fields, amount):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    pledge(ledger, "Ostrava gives a hundred million for radar.", amount, **fields)
    found = totals(ledger)
    assert sorted(len(t.parts) for t in found) == [1, 1]
    assert sorted(t.low for t in found) == [1e8, 4e8]
    assert found.left_out == ()


HEDGED = [
    ([pounds(100, qualifier="more_than", low=1e8), pounds(50)], "more than £150 million", 1.5e8, None),
    ([pounds(100, qualifier="at_least", low=1e8), pounds(50)], "at least £150 million", 1.5e8, None),
    ([pounds(100, qualifier="at_most", high=1e8)], "up to £100 million", 0.0, 1e8),
    ([pounds(100, qualifier="at_most", high=1e8), pounds(50)], "between £50 million and £150 million", 5e7, 1.5e8),
    ([pounds(100, qualifier="about"), pounds(50)], "about £150 million", 1.5e8, 1.5e8),
    ([Amount(value=None, low=1e8, high=2e8, unit="GBP", qualifier="between"), pounds(50)], "between £150 million and £250 million", 1.5e8, 2.5e8),
    ([Amount(value=None, low=1e8, high=2e8, unit="GBP", qualifier="between"), pounds(50, qualifier="about")], "between £150 million and £250 million; some of it is “about”", 1.5e8, 2.5e8),
    ([pounds(0.1), pounds(0.2)], "£300,000", 3e5, 3e5),
]  # fmt: skip


@pytest.mark.parametrize(("amounts", "label", "low", "high"), HEDGED, ids=[h[1] for h in HEDGED])
def test_ranges_stay_ranges_and_hedges_stay_on_the_label(ledger, amounts, label, low, high):
    for amount, thing in zip(amounts, ("bridges", "radar"), strict=False):
        pledge(ledger, f"Ostrava gives money for {thing}.", amount)
    (total,) = totals(ledger)
    assert (total.label, total.low, total.high) == (label, low, high)


def test_things_are_counted_apart_from_other_things(ledger):
    for number, thing in ((5000, "missile"), (2000, "missile"), (300, "truck")):
        amount = Amount(
            value=number,
            unit=f"count:{thing}",
            qualifier="more_than",
            low=number,
            surface=f"more than {number} {thing}s",
        )
        pledge(ledger, f"Ostrava sends {number} {thing}s.", amount, type="in_kind")
    assert {(t.unit, t.label) for t in totals(ledger)} == {
        ("count:missile", "more than 7,000 missiles"),
        ("count:truck", "more than 300 trucks"),
    }


# ------------------------------------------------------------------ what is refused

REFUSED = [
    ("it is hearsay", {"hearsay": True}, pounds(100)),
    ("it is hypothetical", {"factuality": "hypothetical"}, pounds(100)),
    ("it is planned", {"factuality": "planned"}, pounds(100)),
    ("it is said not to be pledged", {"factuality": "negated"}, pounds(100)),
    ("no sum is told", {}, None),
    ("a share cannot be added up", {}, PER_CENT),
    ("the words give no number", {}, Amount(value=None, unit="GBP", surface="billions of pounds")),
    ("a sum in a pledge of type policy", {"type": "policy"}, pounds(100)),
    ("a sum in a pledge of type unknown", {"type": None}, pounds(100)),
    ("the pledge was withdrawn", {"outcome": "withdrawn"}, pounds(100)),
    ("the pledge was broken", {"outcome": "broken"}, pounds(100)),
    ("it is not told who pledges", {"pledger": ()}, pounds(100)),
]


@pytest.mark.parametrize(("why", "fields", "amount"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_cannot_be_added_is_left_out_with_the_reason(ledger, why, fields, amount):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    odd = pledge(ledger, "Ostrava and something for radar.", amount, **fields)
    assert sums(ledger) == [("announced", "grant", "£400 million", 1)]
    assert reasons(ledger)[odd.id].startswith(why)


def test_a_hearsay_copy_does_not_stand_beside_what_it_copies(ledger):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    copy = pledge(
        ledger,
        "Ostrava is said to have given £400m for bridges.",
        pounds(400),
        hearsay=True,
        source=on("2025-03-03", "Coast News"),
    )
    assert sums(ledger) == [("announced", "grant", "£400 million", 1)]
    assert copy.id in reasons(ledger)


JUDGED = [("reject", "a person rejected the record"), ("dispute", "a person disputes the record")]


@pytest.mark.parametrize(("action", "why"), JUDGED, ids=[j[0] for j in JUDGED])
def test_what_a_person_doubts_is_left_out(ledger, action, why):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    odd = pledge(ledger, "Ostrava gave £100m for radar.", pounds(100))
    ledger.judge(odd, action, by="A. Reader")
    assert sums(ledger) == [("announced", "grant", "£400 million", 1)]
    assert reasons(ledger) == {odd.id: why}


def test_a_retracted_article_and_a_corrected_version_count_for_nothing(ledger):
    gone = pledge(
        ledger, "Ostrava gave £900m for harbours.", pounds(900), source=on("2025-03-02", status="retracted")
    )
    first = pledge(ledger, "Ostrava gave £4,000m for bridges.", pounds(4000))
    pledge(
        ledger,
        "Correction: Ostrava gave £400m for bridges.",
        pounds(400),
        source=on("2025-03-03", version_of=first.article),
    )
    assert sums(ledger) == [("announced", "grant", "£400 million", 1)]
    assert reasons(ledger) == {
        gone.id: "the outlet retracted the article", first.id: "a later version of the article is on record",
    }  # fmt: skip
    assert sums(ledger, as_of="2025-03-02") == [("announced", "grant", "£4 billion", 1)]


def test_without_a_date_an_article_is_not_taken_for_an_early_one(ledger):
    undated = pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400), source=on(None))
    assert sums(ledger) == [("announced", "grant", "£400 million", 1)]
    assert reasons(ledger, as_of="2025-03-02") == {
        undated.id: "the article has no date, so that it may be later"
    }


# ------------------------------------------------------------------ parts and wholes


def test_a_part_is_not_counted_beside_its_whole(ledger):
    whole = pledge(ledger, "Ostrava gave £1,000m for the coast.", pounds(1000))
    part = pledge(ledger, "Of that £300m is for bridges.", pounds(300), part_of=whole.id)
    smaller = pledge(ledger, "Of the bridges' money £50m is for bolts.", pounds(50), part_of=part.id)
    assert sums(ledger) == [("announced", "grant", "£1 billion", 1)]
    assert {key: why.partition(":")[0] for key, why in reasons(ledger).items()} == dict.fromkeys(
        (part.id, smaller.id), "a part of what is counted"
    )


def test_a_part_by_its_words_is_a_part(ledger):
    pledge(ledger, "Ostrava gave £1,000m for the coast.", pounds(1000))
    part = pledge(ledger, "Bridges get £300m.", pounds(300), part_of="£1,000m for the coast")
    assert sums(ledger) == [("announced", "grant", "£1 billion", 1)]
    assert part.id in reasons(ledger)


def test_parts_are_added_where_the_whole_cannot_be(ledger):
    whole = pledge(ledger, "Ostrava gave money for the coast.", None)
    for number, thing in ((300, "bridges"), (200, "radar")):
        pledge(ledger, f"Of that £{number}m is for {thing}.", pounds(number), part_of=whole.id)
    assert sums(ledger) == [("announced", "grant", "£500 million", 2)]
    assert reasons(ledger) == {whole.id: "no sum is told"}


def test_a_part_at_another_stage_says_that_its_whole_is_counted_elsewhere(ledger):
    whole = pledge(ledger, "Ostrava gave £1,000m for the coast.", pounds(1000))
    pledge(ledger, "Of that £300m has arrived.", pounds(300), part_of=whole.id, stage="delivered")
    assert sums(ledger) == [
        ("announced", "grant", "£1 billion", 1),
        ("delivered", "grant", "£300 million", 1),
    ]
    notes = [part.note for t in totals(ledger) for part in t.parts]
    assert notes == [None, "part of: Ostrava to Marland: grant, £1000m — announced"]


def test_parts_of_each_other_are_both_refused(ledger):
    one = pledge(ledger, "Ostrava gave £100m for bridges.", pounds(100))
    other = pledge(ledger, "Ostrava gave £200m for radar.", pounds(200), part_of=one.id)
    ledger.judge(one, "edit", by="A. Reader", field="part_of", new=other.id)
    assert sums(ledger) == []
    assert set(reasons(ledger)) == {one.id, other.id}


# ------------------------------------------------------------------ one pledge or two


def test_two_sums_for_what_may_be_one_loan_are_both_refused(ledger):
    kept = pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    two = [
        pledge(ledger, "Ostrava signed a loan of £2,260m.", pounds(2260), type="loan"),
        pledge(
            ledger,
            "The loan is worth £2,600m.",
            pounds(2600),
            type="loan",
            source=on("2025-03-04", "Coast News"),
        ),
    ]
    assert sums(ledger) == [("announced", "grant", "£400 million", 1)]
    found = reasons(ledger)
    assert set(found) == {r.id for r in two}
    assert set(found.values()) == {
        "may be one pledge, told with a different sum: £2260m (The Ostrava Post); £2600m (Coast News)"
    }
    assert kept.id not in found


def test_a_person_who_accepts_both_says_that_they_are_two(ledger):
    for record in (
        pledge(ledger, "Ostrava signed a loan of £2,260m.", pounds(2260), type="loan"),
        pledge(
            ledger,
            "The loan is worth £2,600m.",
            pounds(2600),
            type="loan",
            source=on("2025-03-04", "Coast News"),
        ),
    ):
        ledger.judge(record, "accept", by="A. Reader")
    assert sums(ledger) == [("announced", "loan", "£4.86 billion", 2)]


TWO = [
    ("a month apart", {"source": on("2025-04-04", "Coast News")}),
    ("to another state", {"source": on("2025-03-04", "Coast News"), "beneficiary": (TORMUND,)}),
    ("by another state", {"source": on("2025-03-04", "Coast News"), "pledger": (TORMUND,)}),
]


@pytest.mark.parametrize("fields", [t[1] for t in TWO], ids=[t[0] for t in TWO])
def test_two_loans_are_two(ledger, fields):
    pledge(ledger, "Ostrava signed a loan of £2,260m.", pounds(2260), type="loan")
    pledge(ledger, "The other loan is worth £2,600m.", pounds(2600), type="loan", **fields)
    assert sums(ledger) == [("announced", "loan", "£4.86 billion", 2)]


def test_a_sum_in_two_currencies_says_so_in_both_totals(ledger):
    pledge(ledger, "Ostrava signed a loan of £2,260m.", pounds(2260), type="loan")
    dollars = Amount(value=2.85e9, unit="USD", surface="$2.85bn")
    pledge(ledger, "The loan is worth $2.85bn.", dollars, type="loan", source=on("2025-03-04", "Coast News"))
    found = totals(ledger)
    assert [t.unit for t in found] == ["GBP", "USD"]
    assert all("different currency" in (part.note or "") for t in found for part in t.parts)


def test_sums_that_a_person_put_together_and_that_do_not_agree_are_refused(ledger):
    one = pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    other = pledge(
        ledger, "Ostrava gave £700m for the coast.", pounds(700), source=on("2025-03-04", "Coast News")
    )
    ledger.save_clusters(
        [
            Cluster(
                id="cl-1",
                of="pledge",
                members=(one.id, other.id),
                reason="one gift",
                origin=Origin(by="person", name="A. Reader"),
            )
        ]
    )
    assert sums(ledger) == []
    assert all(why.startswith("its sums do not agree") for why in reasons(ledger).values())


# ------------------------------------------------------------------ who pledges


def test_what_two_pledge_together_is_no_sum_of_one(ledger):
    joint = pledge(ledger, "Ostrava and Tormund gave £400m.", pounds(400), pledger=(made.OSTRAVA, TORMUND))
    assert sums(ledger) == [("announced", "grant", "£400 million", 1)]
    assert sums(ledger, "Ostrava") == []
    assert reasons(ledger, "Ostrava")[joint.id].startswith("pledged together (Ostrava, Tormund)")


def test_a_bloc_does_not_stand_beside_its_members(ledger):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    bloc = pledge(ledger, "The League gave £900m for radar.", pounds(900), pledger=(made.LEAGUE,))
    assert sums(ledger) == [("announced", "grant", "£400 million", 1)]
    assert "detente ask totals 'League of the Coast'" in reasons(ledger)[bloc.id]
    assert sums(ledger, "League of the Coast") == [("announced", "grant", "£900 million", 1)]


# ------------------------------------------------------------------ whatever comes

ADVERSARIAL = [
    ("Ostrava gave £400m for bridges.", pounds(400), {}),
    ("Ostrava repeated its £400m for bridges.", pounds(400), {"source": on("2025-03-03", "Coast News")}),
    ("Ostrava gave more than £100m for radar.", pounds(100, qualifier="more_than", low=1e8), {}),
    ("Ostrava gave €50m for grain.", Amount(value=5e7, unit="EUR", surface="€50m"), {}),
    ("Ostrava signed £30m for schools.", pounds(30), {"stage": "committed"}),
    ("Ostrava pays £20m a year for roads.", pounds(20, basis="per_year"), {}),
    ("Ostrava may give £70m for boats.", pounds(70), {"factuality": "hypothetical"}),
    ("Ostrava withdrew £60m for ferries.", pounds(60), {"outcome": "withdrawn"}),
    ("Retracted: £80m for pipes.", pounds(80), {"source": on("2025-03-02", status="retracted")}),
]
GOLDEN = [
    ("announced", "grant", "€50 million", 1), ("announced", "grant", "more than £500 million", 2),
    ("announced", "grant", "£20 million a year", 1), ("committed", "grant", "£30 million", 1),
]  # fmt: skip


@pytest.mark.parametrize("order", [list(o) for o in list(permutations(range(9)))[:: 9 * 8 * 7 * 6 * 5 * 4]])
def test_the_adversarial_ledger_in_any_order(order):
    with Ledger.memory() as opened:
        for number in order:
            words, amount, fields = ADVERSARIAL[number]
            pledge(opened, words, amount, **fields)
        assert sorted(sums(opened)) == sorted(GOLDEN)
        assert len(totals(opened).left_out) == 3


amounts = st.builds(
    lambda low, width, qualifier: pounds(low, qualifier=qualifier, low=low * 1e6 if qualifier in ("at_least", "more_than") else None)
    if qualifier != "between" else Amount(value=None, low=low * 1e6, high=(low + width) * 1e6, unit="GBP", qualifier="between"),
    st.integers(1, 900), st.integers(1, 90), st.sampled_from(["exact", "about", "at_least", "more_than", "between"]),
)  # fmt: skip
drawn = st.tuples(
    amounts, st.sampled_from(["announced", "committed", None]), st.sampled_from(["grant", "loan", "policy", None]),
    st.sampled_from(["actual", "planned", "hypothetical"]), st.booleans(), st.integers(-1, 3),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(drawn, max_size=6), st.randoms())
def test_every_pledge_is_counted_once_or_left_out_and_order_is_nothing(plan, rng):
    """Conservation: no record is in two sums; no sum exceeds its parts; the order of arrival changes nothing."""
    told = list(enumerate(plan))
    found = []
    for _ in range(2):
        with Ledger.memory() as opened:
            ids: dict[int, str] = {}
            for number, (amount, stage, kind, factuality, hearsay, whole) in (
                sorted(told) if not found else told
            ):
                fields = {
                    "stage": stage,
                    "type": kind,
                    "factuality": factuality,
                    "hearsay": hearsay,
                    "part_of": f"thing {whole}" if whole >= 0 else None,
                }
                record = pledge(opened, f"Ostrava gives money for thing {number}.", amount, **fields)
                ids[number] = record.id
            answer = totals(opened)
            counted = [p.record for t in answer for p in t.places]
            left = [item.place.record for item in answer.left_out]
            assert sorted([*counted, *left]) == sorted(ids.values())
            for total in answer:
                assert total.low == pytest.approx(
                    math.fsum(part.amount.value or part.amount.low for part in total.parts)
                )
                assert total.high is None or total.low <= total.high
            found.append((answer.to_dict()["rows"], sorted((i.place.record, i.why) for i in answer.left_out)))
        rng.shuffle(told)
    assert found[0] == found[1]

"""One pledge in several articles: put together where it is one, kept apart where it is not."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ledger.folding import fold_pledges, object_words, same_pledge
from detente.records import Amount, Article, Cluster, Origin, Pledge

from . import made

CROWNS = "CRN"


def crowns(surface, value):
    return Amount(value=value, unit=CROWNS, surface=surface)


def pledge(words, amount=None, **fields):
    """A pledge of Ostrava to Marland, said with these words in an article of its own."""
    article = Article.of(f"{words}. {fields.pop('origin_text', '')}", "a.txt")
    given = {
        "pledger": (made.OSTRAVA,),
        "beneficiary": (made.MARLAND,),
        "type": "spend",
        "amount": amount,
    } | fields
    return made.make(Pledge, article, {"words": words}, **given)


LOAN = pledge("a loan of 2.26bn crowns to buy air defences", crowns("2.26bn crowns", 2.26e9), type="loan")

TROOPS = Amount(value=600.0, unit="count:troop", surface="600 troops")

SAME = [
    ("the same sum", LOAN, pledge("would lend Marland 2.26bn crowns", crowns("2.26bn crowns", 2.26e9), type="loan")),
    ("the sum cut short", LOAN, pledge("a 2.2bn crown loan", crowns("2.2bn", 2.2e9), type="loan")),
    ("the sum rounded", LOAN, pledge("a 2.3bn crown loan for its army", crowns("2.3bn", 2.3e9), type="loan")),
    ("one beneficiary unknown", LOAN, pledge("a 2.26bn crown loan", crowns("2.26bn", 2.26e9), type="loan", beneficiary=())),
    ("one type unknown", LOAN, pledge("2.26bn crowns for air defences", crowns("2.26bn", 2.26e9), type=None)),
    ("money in general", LOAN, pledge("2.2bn crowns for air defences", crowns("2.2bn", 2.2e9), type="spend")),
    ("a due date in one", LOAN, pledge("a 2.26bn crown loan by 2027", crowns("2.26bn", 2.26e9), type="loan", due="../2027-12-31")),
    ("a share of its income", pledge("to raise defence spending to 2.5 per cent", Amount(value=2.5, unit="PCT_GDP")),
     pledge("will lift defence outlays to 2.5 per cent", Amount(value=2.5, unit="PCT_GDP"))),
    ("a number of things", pledge("600 troops", TROOPS, type="troops"), pledge("would deploy 600 troops", TROOPS, type="troops")),
    ("no sum", pledge("to send a field hospital and forty nurses"), pledge("promised a field hospital with nurses")),
    ("a sum in one", pledge("an army hospital for 3m crowns", crowns("3m crowns", 3e6)), pledge("to build a hospital for the army")),
]  # fmt: skip

APART = [
    ("another sum", LOAN, pledge("1.6bn crowns of export finance for missiles", crowns("1.6bn crowns", 1.6e9), type="loan")),
    ("another sum for the same thing", LOAN, pledge("a loan of 3bn crowns to buy air defences", crowns("3bn", 3e9), type="loan")),
    ("another type", LOAN, pledge("a grant of 2.26bn crowns for air defences", crowns("2.26bn", 2.26e9), type="grant")),
    ("money in general, for another thing", LOAN, pledge("2.26bn crowns for schools", crowns("2.26bn", 2.26e9), type="spend")),
    ("another pledger", LOAN, LOAN.replace(pledger=(made.LEAGUE,))),
    ("one pledger of two", LOAN, LOAN.replace(pledger=(made.OSTRAVA, made.LEAGUE))),
    ("pledgers unknown", LOAN.replace(pledger=()), LOAN.replace(pledger=())),
    ("another beneficiary", LOAN, LOAN.replace(beneficiary=(made.LEAGUE,))),
    ("another day", LOAN.replace(due="../2027-12-31"), LOAN.replace(due="../2030-12-31")),
    ("another number of things", pledge("600 troops", TROOPS), pledge("500 troops", TROOPS.replace(value=500.0))),
    ("as many other things", pledge("600 troops", TROOPS), pledge("600 tents", TROOPS.replace(unit="count:tent"))),
    ("a denial", LOAN, LOAN.replace(factuality="negated")),
    ("a part of it", LOAN, LOAN.replace(part_of="the first tranche")),
    ("the same sum for another thing", pledge("5m crowns for tents", crowns("5m", 5e6)), pledge("5m crowns for medicine", crowns("5m", 5e6))),
    ("one word in common and no sum", pledge("to send field hospitals"), pledge("to rebuild three hospitals")),
    ("nothing but words of promising", pledge("has pledged to give more"), pledge("pledged that it would give more")),
    ("only the actors' names", pledge("to stand by Marland"), pledge("to visit Marland")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [pytest.param(*case[1:], id=case[0]) for case in SAME])
def test_one_pledge(one, other):
    assert same_pledge(one, other)
    assert same_pledge(other, one)


@pytest.mark.parametrize(("one", "other"), [pytest.param(*case[1:], id=case[0]) for case in APART])
def test_two_pledges(one, other):
    assert not same_pledge(one, other)
    assert not same_pledge(other, one)


def test_a_fold_says_why_and_is_a_cluster():
    short = pledge("a 2.2bn crown loan", crowns("2.2bn", 2.2e9), type="loan")
    finance = pledge("1.6bn crowns of export finance", crowns("1.6bn crowns", 1.6e9), type="loan")
    folded, alone = fold_pledges([LOAN, finance, short])
    assert folded.pledges == (LOAN, short)
    assert folded.reason == (
        "the same pledger (Ostrava); the same type (loan); sums that agree (2.26bn crowns, 2.2bn); words in common (loan)"
    )
    assert folded.cluster.members == (LOAN.id, short.id)
    assert folded.cluster.of == "pledge"
    assert (alone.pledges, alone.reason, alone.cluster) == ((finance,), None, None)


def test_small_differences_do_not_add_up():
    sums = [("2.26bn", 2.26e9), ("2.3bn", 2.3e9), ("2.34bn", 2.34e9)]
    loans = [
        pledge(f"a loan of {surface} crowns", crowns(surface, value), type="loan") for surface, value in sums
    ]
    assert [len(f.pledges) for f in fold_pledges(loans)] == [2, 1]


def test_what_people_put_together_stays_together():
    finance = pledge("1.6bn crowns of export finance", crowns("1.6bn crowns", 1.6e9))
    by_hand = Cluster(
        id="c",
        of="pledge",
        members=(LOAN.id, finance.id),
        reason="one law",
        origin=Origin(by="person", name="A. Reader"),
    )
    (fold,) = fold_pledges([LOAN, finance], [by_hand])
    assert (fold.pledges, fold.reason) == ((LOAN, finance), "one law")
    by_machine = by_hand.replace(origin=made.RULE)
    assert len(fold_pledges([LOAN, finance], [by_machine])) == 2


def test_the_words_that_say_what_is_pledged():
    assert object_words(LOAN) == {"loan", "buy", "air", "defence"}


@settings(max_examples=50, deadline=None)
@given(st.permutations([LOAN, *(case[2] for case in SAME), *(case[2] for case in APART)]))
def test_every_pledge_is_in_one_fold_and_every_fold_agrees(pledges):
    unique = list({id(p): p for p in pledges}.values())
    folds = fold_pledges(unique)
    assert sorted(p.id for f in folds for p in f.pledges) == sorted(p.id for p in unique)
    for fold in folds:
        assert all(same_pledge(a, b) for n, a in enumerate(fold.pledges) for b in fold.pledges[:n])


# ------------------------------------------------------------------ found by an index, and not by going through all


def folded_one_by_one(pledges):
    """The rule itself: a record joins the first fold with each of whose records it is the same."""
    groups = []
    for pledge in pledges:
        group = next((g for g in groups if all(same_pledge(m, pledge) for m in g)), None)
        if group is None:
            groups.append([pledge])
        else:
            group.append(pledge)
    return groups


SURFACES = st.one_of(
    st.tuples(st.integers(1, 99999), st.sampled_from(["{}", "{}.0", "0.{}", "{}.5", "about {}", "{},000"]), st.sampled_from([1, 1000, 1e6, 1e9, 12])),
    st.tuples(st.sampled_from([226, 225, 23, 22, 2, 20, 200, 2260]), st.just("{}"), st.sampled_from([1e6, 1e7, 1e8])),
)  # fmt: skip


@st.composite
def amounts(draw):
    number, words, scale = draw(SURFACES)
    surface = words.format(number)
    printed = float(surface.removeprefix("about ").replace(",", ""))
    unit = draw(st.sampled_from(["CRN", "CRN", "EUR", "PCT", "count:tank"]))
    value = draw(st.sampled_from([printed * scale, printed * scale, float(round(printed * scale, -1)), None]))
    basis = draw(st.sampled_from([None, None, "total", "per_year"]))
    return Amount(
        value=value,
        low=draw(st.sampled_from([None, None, value])),
        unit=unit,
        basis=basis,
        surface=draw(st.sampled_from([surface, surface, ""])),
    )


@st.composite
def any_pledges(draw):
    words = " ".join(
        draw(
            st.lists(
                st.sampled_from(["tents", "missiles", "hospital", "nurses", "bridge", "rail", "grain"]),
                min_size=1,
                max_size=4,
            )
        )
    )
    who = st.sampled_from([(made.OSTRAVA,), (made.MARLAND,), ()])
    return pledge(
        words, draw(st.none() | amounts()), pledger=draw(who), beneficiary=draw(who), origin_text=str(draw(st.integers(0, 10**9))),
        type=draw(st.sampled_from(["loan", "grant", "spend", "guarantee", None])), due=draw(st.sampled_from([None, None, "2027", "2030"])),
        part_of=draw(st.sampled_from([None, None, "more"])), factuality=draw(st.sampled_from(["actual", "actual", "negated"])),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(any_pledges(), max_size=14))
def test_the_index_gives_what_the_rule_gives(pledges):
    folds = fold_pledges(pledges)
    assert [[p.id for p in f.pledges] for f in folds] == [
        [p.id for p in g] for g in folded_one_by_one(pledges)
    ]


@settings(max_examples=300, deadline=None)
@given(amounts(), amounts())
def test_two_sums_that_are_one_meet_in_the_index(one, other):
    pledges = [pledge("a hospital", one), pledge("the hospital", other)]
    assert len(fold_pledges(pledges)) == len(folded_one_by_one(pledges))


def test_ten_times_as_many_pledges_are_compared_about_ten_times_as_often(monkeypatch):
    from detente.ledger import folding

    compared = 0

    def counting(one, other, same=folding.same_said):
        nonlocal compared
        compared += 1
        return same(one, other)

    monkeypatch.setattr(folding, "same_said", counting)
    found = []
    for number in (100, 1000):
        compared = 0
        # Each is told twice; a third of them says no sum.
        ends = ["".join(letters) for letters in product("bcdfghjklm", repeat=3)]
        things = [(f"tent{end} bridge{end} hospital", n) for n, end in enumerate(ends[:number])]
        told = [
            pledge(words, crowns(f"{n + 1}m", (n + 1) * 1e6) if n % 3 else None, origin_text=origin)
            for words, n in things
            for origin in ("a", "b")
        ]
        assert len(fold_pledges(told)) == number
        found.append(compared)
    assert found[1] < 20 * found[0]

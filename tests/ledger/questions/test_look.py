"""What a question reads of a ledger: only what it asks for, and the same as if it had read everything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ledger import Ledger
from detente.ledger.questions.look import Look
from detente.ledger.rows import actors_in
from detente.records import Cluster, Term

from .. import made, strategies

BY = "A. Reader"


@pytest.fixture
def ledger():
    with Ledger.memory() as ledger:
        for n, (publisher, day, status) in enumerate(
            [
                ("The Ostrava Post", "2025-03-04", "live"),
                (None, None, "live"),
                ("", "2025-03-02", "retracted"),
                ("2.txt", "2025-03-01", "live"),
            ]
        ):
            article = made.article(
                made.TEXT + "Velkova said so again. " * n,
                f"{n}.txt",
                publisher=publisher,
                published=day,
                status=status,
            )
            ledger.add(article, made.records(article), made.ACTORS)
        yield ledger


NAMED = [
    ("pledge", ("pledger",), made.OSTRAVA), ("pledge", ("pledger", "made_by"), made.VELKOVA), ("pledge", ("beneficiary",), made.OSTRAVA),
    ("position", ("actor",), made.ORDEN), ("membership", ("coalition",), made.LEAGUE), ("event", ("actors", "recipients"), made.VELKOVA),
    ("term", ("proposed_by",), made.OSTRAVA),
]  # fmt: skip


def of_all(look, kind, ids, roles):
    return [r for r in look.records(kind) if any(role in roles and a.id in ids for role, a in actors_in(r))]


@pytest.mark.parametrize(("kind", "roles", "actor"), NAMED, ids=str)
@pytest.mark.parametrize("as_of", [None, "2025-03-03"])
@pytest.mark.parametrize("merged", [False, True])
def test_who_is_named_is_found_without_reading_all(ledger, kind, roles, actor, as_of, merged):
    if merged:
        ledger.merge(made.VELKOVA.id, made.ORDEN.id, by=BY)
        ledger.merge(ledger.pledges[1], ledger.pledges[0], by=BY)
        ledger.judge(ledger.positions[0], "reject", by=BY)
    one, other = Look(ledger, as_of), Look(ledger, as_of)
    ids = one.ids_of(actor.name)
    found = one.naming(kind, ids, *roles)
    assert found == of_all(other, kind, ids, roles) == other.naming(kind, ids, *roles)
    assert {item.place.record for item in one.left_out} <= {item.place.record for item in other.left_out}


def test_everybody_is_all_records(ledger):
    look = Look(ledger)
    assert look.naming("pledge", None, "pledger") == look.records("pledge")
    assert look.naming("pledge", (), "pledger") == []


@settings(max_examples=20, deadline=None)
@given(st.lists(strategies.readings(), min_size=1, max_size=3))
def test_any_actor_is_found_by_role(read):
    with Ledger.memory() as ledger:
        for article, found in read:
            ledger.add(article, found)
        for kind in ("pledge", "statement", "term", "event", "membership", "deal", "position"):
            # SQLite reads JSON as far as the first NUL: no id that is read from a text has one.
            named = {
                (role, a.id)
                for r in Look(ledger).records(kind)
                for role, a in actors_in(r)
                if "\0" not in a.id
            }
            for role, actor in named:
                assert Look(ledger).naming(kind, [actor], role) == of_all(Look(ledger), kind, {actor}, {role})


def test_the_articles_are_those_that_were_asked_for(ledger):
    look = Look(ledger)
    keys = [a.id for a in ledger.articles]
    look.articles.know(keys[:2])
    assert list(look.articles) == keys[:2]
    assert look.articles[keys[3]] == ledger.article(keys[3]).replace(text="")
    with pytest.raises(KeyError):
        look.articles["nothing"]


@pytest.mark.parametrize("as_of", [None, "2025-03-03", "2024-01-01"])
def test_the_scope_is_that_of_all_articles(ledger, as_of):
    seen = [a for a in ledger.articles if as_of is None or (a.published and a.published <= as_of)]
    days = sorted(a.published for a in seen if a.published)
    scope = Look(ledger, as_of).scope
    # An outlet without a name is known by the article's origin: the file 2.txt is one with the outlet of that name.
    assert scope.outlets == len({a.publisher or a.origin for a in seen})
    assert (scope.articles, scope.undated) == (len(seen), len(seen) - len(days))
    assert (scope.first, scope.last) == ((days[0], days[-1]) if days else (None, None))


def test_a_later_version_takes_the_place_of_the_first(ledger):
    first = ledger.articles.where(article="0.txt").first()
    later = made.article(
        made.TEXT + "It was corrected.", "later.txt", version_of=first.id, published="2025-03-09"
    )
    ledger.add(later, made.records(later), made.ACTORS)
    assert first.id not in {p.article for p in Look(ledger).records("pledge")}
    assert first.id in {p.article for p in Look(ledger, "2025-03-08").records("pledge")}


def test_the_clusters_of_some_records_are_those_that_hold_them(ledger):
    ids = [p.id for p in ledger.pledges]
    for key, members in (("b", ids[:2]), ("a", ids[1:3])):
        ledger.save_clusters(
            [Cluster(id=key, of="pledge", members=tuple(members), reason="the same", origin=made.RULE)]
        )
    look = Look(ledger)
    assert [c.id for c in look.clusters("pledge", ids[1:2])] == ["a", "b"]
    assert [c.id for c in look.clusters("pledge", ids[:1])] == ["b"]
    assert look.clusters("statement", ids) == look.clusters("pledge", ids[3:]) == []


def test_what_hangs_on_something_is_found_without_reading_the_rest(ledger):
    mission = ledger.terms[0]
    needs = made.make(Term, ledger.article(mission.article), {"words": "a truce"}, category="ceasefire", proposition="There is a truce.",
                      depends_on=(mission.id,), origin=made.RULE.replace(by="person"))  # fmt: skip
    ledger.propose(needs, by=BY)
    ledger.judge(ledger.positions[0], "reject", by=BY)
    look, other = Look(ledger), Look(ledger)
    for kind in ("term", "pledge", "position", "membership"):
        hangs = [
            r for r in other.records(kind) if getattr(r, "conditions", ()) or getattr(r, "depends_on", ())
        ]
        assert look.hanging(kind) == hangs
    assert [t.id for t in look.hanging("term")] == [needs.id]

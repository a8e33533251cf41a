"""Clusters are brought up to date: the same whatever the order, nothing twice, and nothing that a person decided is undone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ledger import Ledger
from detente.ledger.clustering import cluster, update
from detente.ledger.folding import fold_pledges
from detente.ledger.intake import read_into
from detente.ledger.merging import merge
from detente.records import Cluster, Origin, encode

from ...articles.test_near import TEXT
from .. import made
from .said import article, event, ledger_of, pledge, statement
from .summit import articles

EXPECTED = {
    ("story", frozenset({"wire", "copy", "update"})),
    ("statement", frozenset({"wire", "copy", "update", "cut", "word", "gap"})),  # the quotation
    ("statement", frozenset({"wire", "update", "indirect"})),  # the customs office
    ("statement", frozenset({"wire", "copy", "update"})),  # that both agreed to open talks
}


@pytest.fixture(scope="module")
def read() -> Ledger:
    ledger = Ledger.memory()
    assert not read_into(ledger, articles()).failed
    return ledger


def named(ledger):
    """The clusters as pairs of their kind and their articles."""
    called = {a.id: a.origin.removesuffix(".txt") for a in ledger.articles}
    return {
        (c.of, frozenset(called[m] if c.of == "story" else called[ledger.get(m).article] for m in c.members))
        for c in ledger.clusters()
    }


def kept(ledger):
    """The clusters as they are kept."""
    return [encode(c) for c in ledger.clusters()]


def test_the_summit(read):
    assert named(read) >= EXPECTED
    for of, members in named(read):
        assert not members & {"other", "slogan", "later"}, f"a {of} that only looks the same"


def test_what_the_outlets_print_differently_is_kept_with_both_places(read):
    (found,) = (c for c in read.clusters("statement") if c.differences)
    shown = {(d.kind, tuple(p.evidence.exact for p in d.printed)) for d in found.differences}
    assert shown == {("wording", ("harbour", "port")), ("brackets", ("is a", "is [only] a"))}
    for difference in found.differences:
        for printed in difference.printed:
            text = read.article(read.get(printed.record).article).text
            assert text[printed.evidence.start : printed.evidence.end] == printed.evidence.exact


def test_clustering_again_changes_nothing(read):
    before = kept(read)
    changes = read.connection.raw.total_changes
    assert cluster(read) == 0
    assert read.connection.raw.total_changes == changes
    read.connection.run("INSERT INTO unclustered SELECT id FROM articles")
    assert cluster(read) == 10
    assert kept(read) == before


@settings(max_examples=8)
@given(st.permutations(range(10)), st.lists(st.integers(1, 9), max_size=3))
def test_the_order_of_the_articles_makes_no_difference(read, order, stops):
    given_, actors = list(read.articles), list(read.actors)
    with Ledger.memory() as ledger:
        for count, at in enumerate(order, start=1):
            ledger.add(given_[at], list(read.records().where(article=given_[at])), actors)
            if count in stops:
                cluster(ledger)
        cluster(ledger)
        assert kept(ledger) == kept(read)


WORDS = [
    "we will not leave the harbour",
    "before every boat can sail again",
    "and nobody will make us",
    "sell it to them now",
]
DRAWN = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True),
        st.sampled_from(["Ana Velkova", "Tomas Reyl", None]),
        st.integers(1, 28),
    ),
    min_size=2, max_size=14,
)  # fmt: skip


@settings(max_examples=20)
@given(DRAWN, st.randoms(use_true_random=False), st.integers(1, 5))
def test_many_that_are_nearly_the_same_come_out_alike_in_any_order_and_step(
    monkeypatch_batch, drawn, random, batch
):
    told = [statement(f"“{', '.join(w)}.”", who, f"2025-05-{day:02}") for w, who, day in drawn]
    told += [event("Velkova met Reyl", "Ana Velkova", "Tomas Reyl", f"2025-05-{day:02}") for *_, day in drawn]
    told += [pledge(f"to send {day % 3} boats and {w[0]}", f"2025-05-{day:02}") for w, _, day in drawn]
    with ledger_of(*told) as once:
        cluster(once)
        random.shuffle(told)
        with Ledger.memory() as ledger:
            for number, (of, record) in enumerate(told):
                ledger.add(of, [record])
                if number % batch == 0:
                    cluster(ledger)
            cluster(ledger)
            assert kept(ledger) == kept(once)


@settings(max_examples=20)
@given(DRAWN, st.lists(st.integers(0, 40), max_size=5))
def test_what_is_rejected_leaves_the_clusters_that_were_made_without_it(monkeypatch_batch, drawn, rejected):
    told = [statement(f"“{', '.join(w)}.”", who, f"2025-05-{day:02}") for w, who, day in drawn]
    out = sorted({told[n % len(told)][1].id for n in rejected})
    with ledger_of(*told) as late, ledger_of(*told) as early:
        cluster(late)
        for ledger in (late, early):
            for record in out:
                ledger.judge(record, "reject", by="A. Reader")
            cluster(ledger)
        assert kept(late) == kept(early)


@pytest.fixture(scope="module")
def monkeypatch_batch():
    """Small steps, so that one update takes several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(update, "_BATCH", 3)
        yield


@settings(max_examples=30)
@given(st.lists(st.sampled_from([f"2.{n}bn crowns" for n in range(20, 40)]), min_size=2, max_size=8))
def test_pledges_come_out_as_the_questions_fold_them(surfaces):
    from detente.records import Amount

    told = [
        pledge(
            f"a loan of {s} for boats",
            amount=Amount(value=float(s[:4].rstrip("bn")) * 1e9, unit="CRN", surface=s),
            type="loan",
        )
        for s in surfaces
    ]
    with ledger_of(*told) as ledger:
        cluster(ledger)
        folded = [f.cluster for f in fold_pledges(ledger.pledges) if f.cluster]
        assert ledger.clusters("pledge") == sorted(folded, key=lambda c: c.id)


BOATS = "“We will not leave before every boat can sail again.”"


def test_everything_in_a_group_is_the_same_as_its_leader():
    """A chain of cuts, each of which shares words with the next: no member is there by way of another."""
    sentence = [f"word{n}" for n in range(17)]
    chain = [statement(f"“{' '.join(sentence[at : at + 9])}.”") for at in range(9)]
    with ledger_of(*chain) as ledger:
        cluster(ledger)
        how = update.KINDS[1]
        said = {how.name(t): t for t in how.load(ledger.connection, range(1, 10))}
        for found in ledger.clusters("statement"):
            members = sorted((said[m] for m in found.members), key=how.order)
            assert all(how.same(members[0], m) for m in members[1:])
        assert len(ledger.clusters("statement")) > 1


def test_a_merge_by_a_person_stays_and_nothing_is_added_to_it():
    told = [statement(BOATS), statement(BOATS, "Tomas Reyl"), statement(BOATS)]
    ids = [record.id for _, record in told]
    by_hand = Cluster.together(
        "statement", ids[:2], reason="one radio", origin=Origin(by="person", name="A. Reader")
    )
    with ledger_of(*told) as ledger:
        cluster(ledger)
        assert [set(c.members) for c in ledger.clusters()] == [{ids[0], ids[2]}]
        ledger.save_clusters([by_hand])
        for article, _ in told:
            ledger.connection.run("INSERT INTO unclustered VALUES (?)", (article.id,))
        more = statement(BOATS)
        ledger.add(more[0], [more[1]])
        cluster(ledger)
        assert by_hand in ledger.clusters()
        assert [set(c.members) for c in ledger.clusters() if c != by_hand] == [{ids[2], more[1].id}]


def test_clusters_that_others_made_stay():
    told = [statement(BOATS), statement(BOATS)]
    theirs = Cluster(
        id="cl-theirs",
        of="statement",
        members=tuple(r.id for _, r in told),
        reason="so it was",
        origin=made.RULE,
    )
    with ledger_of(*told) as ledger:
        ledger.save_clusters([theirs])
        cluster(ledger)
        assert theirs in ledger.clusters()
        assert len(ledger.clusters()) == 2


def test_merge_and_split_by_a_person_stay():
    told = [
        statement(BOATS),
        statement(BOATS, published="2025-05-13"),
        statement(BOATS, published="2025-05-14"),
    ]
    ids = [record.id for _, record in told]
    with ledger_of(*told) as ledger:
        cluster(ledger)
        ledger.split(ids[0], by="A. Reader")
        cluster(ledger)
        machine = [c for c in ledger.clusters() if c.origin.by == "rule"]
        assert [set(c.members) for c in machine] == [set(ids[1:])]
        cluster(ledger)
        assert [c for c in ledger.clusters() if c.origin.by == "rule"] == machine


def test_what_is_rejected_or_no_longer_proposed_leaves_its_cluster():
    told = [
        statement(BOATS),
        statement(BOATS, published="2025-05-13"),
        statement(BOATS, published="2025-05-14"),
    ]
    ids = [record.id for _, record in told]
    with ledger_of(*told) as ledger:
        cluster(ledger)
        ledger.judge(ids[0], "reject", by="A. Reader")
        cluster(ledger)
        assert [set(c.members) for c in ledger.clusters()] == [set(ids[1:])]
        ledger.add(told[1][0], [])
        assert ledger.clusters() == [], "a cluster never holds what is not in the ledger"
        cluster(ledger)
        assert ledger.clusters() == []
        assert ledger.check() == []


def test_an_article_whose_day_is_learnt_later_is_compared_anew():
    of, record = statement(BOATS, published=None)
    other = statement(BOATS)
    with ledger_of((of, record), other) as ledger:
        cluster(ledger)
        assert ledger.clusters() == []
        ledger.add(of.replace(published="2025-05-13"), [record])
        cluster(ledger)
        assert [set(c.members) for c in ledger.clusters()] == [{record.id, other[1].id}]


def test_a_step_that_fails_is_made_up_for(monkeypatch):
    told = [statement(BOATS), statement(BOATS)]
    with ledger_of(*told) as ledger:
        monkeypatch.setattr(update, "_replace", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            cluster(ledger)
        monkeypatch.undo()
        assert ledger.clusters() == []
        assert cluster(ledger) == 2
        assert len(ledger.clusters()) == 1


def test_what_is_imported_is_clustered_as_what_is_read(read):
    things = [*read.articles, *read.records(), *read.actors]
    with Ledger.memory() as ledger:
        merge(ledger, ((f"line {n}", thing) for n, thing in enumerate(things)))
        cluster(ledger)
        assert kept(ledger) == kept(read)


def test_what_is_redacted_stands_in_no_cluster_and_the_rest_is_put_together_anew():
    told = [
        statement(f"“We will not {verb} before every boat can sail again.”")
        for verb in ("leave", "vanish", "leave")
    ]
    texts = [of.replace(title=f"Title {of.origin}") for of, _ in told]
    with Ledger.memory() as ledger:
        for of, (_, record) in zip(texts, told, strict=True):
            ledger.add(of, [record])
        for _ in range(2):  # either may be the one that the cluster's reason names
            ledger.add(article(TEXT).replace(title="A secret title"), [])
        cluster(ledger)
        assert "vanish" in str(ledger.clusters())
        assert "A secret title" in str(ledger.clusters())
        ledger.redact(told[1][1].id, by="A. Reader", reason="a private name")
        assert "vanish" not in str(ledger.clusters())
        cluster(ledger)
        assert [set(c.members) for c in ledger.clusters("statement")] == [{told[0][1].id, told[2][1].id}]
        (story,) = ledger.clusters("story")
        for member in story.members:
            ledger.redact(member, by="A. Reader", reason="not ours")
        assert "A secret title" not in str(ledger.clusters())
        cluster(ledger)
        assert ledger.clusters("story") == []

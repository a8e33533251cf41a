"""What people put together and take apart: records and actors that are one, and undo, which restores them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import RecordError, UnknownName
from detente.exchange import export, import_jsonl
from detente.ledger import Ledger
from detente.ledger.folding import fold_pledges
from detente.ledger.merging import merge
from detente.records import Actor, ActorRef, Pledge, Statement

from . import made

BY = "A. Reader"
GHOST = ActorRef(id="article:ana", name="Ana")
SECOND = (
    "Ana said Ostrava would lend its neighbour 2.2 million crowns. “No more than that,” Ana told the Harbour Times.\n"
    "Émile Orden met Ana on Monday.\n"
)


def second():
    return made.article(SECOND, "coast/second.txt", published="2025-03-04", publisher="Harbour Times")


def second_records(of):
    return [
        made.make(Statement, of, {"source": "Ana", "cue": "said", "content": "Ostrava would lend its neighbour 2.2 million crowns"},
                  speaker=GHOST, mode="indirect"),
        made.make(Statement, of, {"source": "Ana", "cue": "told", "content": "No more than that"}, speaker=GHOST, mode="direct"),
        made.make(Pledge, of, {"words": "would lend its neighbour 2.2 million crowns"}, pledger=(made.OSTRAVA,), made_by=GHOST,
                  type="loan", stage="announced"),
    ]  # fmt: skip


@pytest.fixture
def ledger():
    with Ledger.memory() as ledger:
        first, other = made.article(), second()
        ledger.add(first, made.records(first), made.ACTORS)
        ledger.add(
            other, second_records(other), [Actor(id=GHOST.id, name="Ana", type="person", aliases=("A. V.",))]
        )
        yield ledger
        assert ledger.check() == [], "whatever was done, the ledger is sound"


@pytest.fixture
def pair(ledger):
    """Two statements of the same thing, each from an article of its own."""
    return ledger.statements[0], next(s for s in ledger.statements if s.speaker == GHOST)


def copied(ledger):
    """The ledger as it comes back from its export."""
    stream = io.BytesIO()
    export(ledger, "jsonl", stream)
    other = Ledger.memory()
    import_jsonl(other, stream.getvalue().splitlines(keepends=True))
    return other, stream.getvalue()


# ------------------------------------------------------------------ records


def test_a_merged_record_points_to_the_one_that_is_kept(ledger, pair):
    kept, merged = pair
    made_ = ledger.merge(merged, kept, by=BY, note="one speech")
    assert (made_.action, made_.field, made_.old, made_.new) == ("merge", "merged_into", None, kept.id)
    assert [s.id for s in ledger.statements] == [s.id for s in ledger.statements if s.id != merged.id]
    assert ledger.counts()["statements"] == len(ledger.statements) == 3
    assert ledger.kept(merged.id) == kept.id
    assert ledger.merged(kept.id) == [merged.id]
    assert ledger.get(merged.id) == merged, "its words are still one step away"
    assert len(ledger.records("statement", merged=True)) == 4
    assert merged.id not in {h.id for h in ledger.search("neighbour", "statement")}
    (cluster,) = ledger.clusters("statement")
    assert (cluster.members, cluster.reason, cluster.origin.by) == (
        (kept.id, merged.id),
        "one speech",
        "person",
    )


def test_undo_restores_what_was_merged(ledger, pair):
    before = list(ledger.records())
    ledger.undo(ledger.merge(pair[1], pair[0], by=BY).serial, by=BY)
    assert list(ledger.records()) == before
    assert ledger.clusters() == []
    assert ledger.kept(pair[1].id) == pair[1].id


def test_a_chain_of_merges_leads_to_its_end_and_can_be_cut_in_the_middle(ledger):
    a, b, c, d = (s.id for s in ledger.statements)
    ledger.merge(b, a, by=BY)
    ledger.merge(a, c, by=BY)
    ledger.merge(d, b, by=BY)
    assert [ledger.kept(k) for k in (a, b, c, d)] == [c] * 4
    assert ledger.merged(c) == [a, b, d]
    assert len(ledger.clusters()) == 1
    ledger.split(a, by=BY)
    assert [ledger.kept(k) for k in (a, b, c, d)] == [a, a, c, c]


WRONG = [
    ("itself", lambda s, p: (s[0].id, s[0].id), RecordError, "one already"),
    ("another kind", lambda s, p: (s[0].id, p.id), RecordError, "expected two of one kind"),
    ("nothing", lambda s, p: (s[0].id, "st-0"), UnknownName, "no record or actor 'st-0'"),
    (
        "an actor into a record",
        lambda s, p: (made.VELKOVA.id, s[0].id),
        RecordError,
        "got the actor person:velkova .* the statement",
    ),
    ("actors that nobody names", lambda s, p: (made.VELKOVA.id, "person:none"), UnknownName, "person:none"),
]


@pytest.mark.parametrize(
    ("pick", "error", "message"), [pytest.param(*case[1:], id=case[0]) for case in WRONG]
)
def test_a_merge_that_cannot_be_is_refused_and_changes_nothing(ledger, pick, error, message):
    one, into = pick(list(ledger.statements), ledger.pledges[0])
    with pytest.raises(error, match=message):
        ledger.merge(one, into, by=BY)
    assert ledger.judgements() == []


def test_what_is_merged_is_merged_once(ledger):
    a, b, c, _ = (s.id for s in ledger.statements)
    ledger.merge(b, a, by=BY)
    with pytest.raises(RecordError, match="one already"):
        ledger.merge(a, b, by=BY)
    with pytest.raises(RecordError, match="is merged into") as caught:
        ledger.merge(b, c, by=BY)
    assert f"detente merge {a} {c}" in caught.value.remedy
    with pytest.raises(RecordError, match="the one that is kept"):
        ledger.split(a, by=BY)


def test_a_pledge_that_was_split_off_is_folded_with_none(ledger):
    one, other = ledger.pledges
    twin = [one, one.replace(id="pl-twin")]
    assert len(fold_pledges(twin)) == 1
    ledger.split(one, by=BY, note="another law")
    assert len(fold_pledges(twin, ledger.clusters("pledge"))) == 2
    with pytest.raises(RecordError, match="stands alone"):
        ledger.split(one, by=BY)
    ledger.merge(other, one, by=BY)
    (fold,) = fold_pledges(ledger.records("pledge", merged=True), ledger.clusters("pledge"))
    assert (fold.pledges, fold.reason) == ((one, other), "another law")


def test_reading_again_keeps_what_is_merged_and_what_it_was_merged_into(ledger, pair):
    kept, merged = pair
    ledger.merge(merged, kept, by=BY)
    ledger.add(made.article(), [])
    ledger.add(second(), [])
    assert {r.id for r in ledger.records(merged=True)} == {kept.id, merged.id}
    assert ledger.kept(merged.id) == kept.id


# ------------------------------------------------------------------ actors


def test_the_records_of_a_merged_actor_are_those_of_the_one_that_is_kept(ledger):
    before = {r.id for r in ledger.records().where(actor=GHOST.id)}
    ledger.merge(GHOST.id, made.VELKOVA.id, by=BY)
    for asked in (GHOST.id, "Ana", "A. V.", made.VELKOVA.id, "Ana Velkova"):
        assert len(ledger.statements.where(speaker=asked)) == 4, asked
        assert before <= {r.id for r in ledger.records().where(actor=asked)}
    assert {s.speaker for s in ledger.statements} == {made.VELKOVA}
    assert ledger.pledges[1].made_by == made.VELKOVA
    assert GHOST.id not in {a.id for a in ledger.actors}
    assert ledger.counts()["actors"] == len(ledger.actors) == 5
    assert ledger.get(next(iter(before)), stored=True) != ledger.get(next(iter(before)))
    assert {h.id for h in ledger.search("velkova neighbour", "statement")} <= before


def test_the_machines_reading_stays_under_an_actors_merge_and_undo_restores_it(ledger):
    before = list(ledger.records())
    actors = list(ledger.actors)
    merge = ledger.merge(GHOST.id, made.VELKOVA.id, by=BY)
    statement = ledger.statements[2]
    ledger.judge(statement, "edit", by=BY, field="venue", new="the harbour")
    assert ledger.get(statement.id).speaker == made.VELKOVA
    assert ledger.get(statement.id, stored=True).speaker == GHOST
    assert ledger.add(second(), second_records(second())).changed == 0
    ledger.undo_last(by=BY)
    ledger.undo(merge.serial, by=BY)
    assert list(ledger.records()) == before
    assert list(ledger.actors) == actors
    assert len(ledger.statements.where(speaker="Ana Velkova")) == 2


def test_what_is_read_after_a_merge_follows_it(ledger):
    ledger.merge(GHOST.id, made.VELKOVA.id, by=BY)
    later = made.article("Ana said “Tomorrow”.", "later.txt")
    ledger.add(later, [made.make(Statement, later, {"content": "Tomorrow"}, speaker=GHOST, mode="direct")])
    assert len(ledger.statements.where(speaker="Ana Velkova")) == 5
    ledger.split(GHOST.id, by=BY)
    assert len(ledger.statements.where(speaker="Ana")) == 3


def test_one_actor_named_twice_after_a_merge_is_named_once():
    with Ledger.memory() as ledger:
        article = made.article()
        pledge = made.make(
            Pledge,
            article,
            {"words": "would lend"},
            pledger=(made.OSTRAVA, made.MARLAND, made.LEAGUE),
            type="loan",
        )
        ledger.add(article, [pledge], made.ACTORS)
        ledger.merge(made.MARLAND.id, made.OSTRAVA.id, by=BY)
        assert ledger.get(pledge.id).pledger == (made.OSTRAVA, made.LEAGUE)


def test_an_actor_is_split_by_giving_some_of_its_records_to_another(ledger):
    one, other = (s for s in ledger.statements if s.speaker == made.VELKOVA)
    made_ = ledger.reassign([other], made.VELKOVA, made.ORDEN, by=BY, note="the translator errs")
    assert [(j.action, j.field) for j in made_] == [("split", "speaker")]
    assert (ledger.get(one.id).speaker, ledger.get(other.id).speaker) == (made.VELKOVA, made.ORDEN)
    assert ledger.get(other.id).review == "proposed", "nobody has said that the rest of it is so"
    assert len(ledger.statements.where(speaker="Émile Orden")) == 1
    ledger.undo_last(by=BY)
    assert ledger.get(other.id) == other
    with pytest.raises(RecordError, match="does not name it"):
        ledger.reassign([one.id, other.id, ledger.pledges[0].id], made.LEAGUE, made.ORDEN, by=BY)


# ------------------------------------------------------------------ export


def test_merges_come_back_from_an_export(ledger, pair):
    ledger.merge(pair[1], pair[0], by=BY)
    ledger.merge(GHOST.id, made.VELKOVA.id, by=BY)
    ledger.judge(ledger.statements[2], "edit", by=BY, field="speaker", new=made.ORDEN)
    ledger.undo_last(by=BY)
    other, written = copied(ledger)
    with other:
        assert list(other.records()) == list(ledger.records())
        assert other.clusters() == ledger.clusters()
        assert other.counts() == ledger.counts()
        assert other.check() == []
        again, once_more = copied(other)
        again.close()
        assert once_more == written
        other.undo_last(by=BY)
        other.undo_last(by=BY)
        assert pair[1] in list(other.statements)


# ------------------------------------------------------------------ any order of decisions

NAMES = [a.id for a in made.ACTORS] + [GHOST.id]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["merge", "split"]), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.sampled_from(["merge actor", "split actor"]), st.integers(0, 5), st.integers(0, 5)),
        st.tuples(st.sampled_from(["accept", "reject", "undo", "redo"]), st.integers(0, 3), st.just(0)),
    ),
    max_size=14,
)


def step(ledger, keys, action, one, other):
    match action:
        case "merge":
            ledger.merge(keys[one], keys[other], by=BY)
        case "split":
            ledger.split(keys[one], by=BY)
        case "merge actor":
            ledger.merge(NAMES[one], NAMES[other], by=BY)
        case "split actor":
            ledger.split(NAMES[one], by=BY)
        case "undo":
            ledger.undo_last(by=BY)
        case "redo":
            ledger.redo_last(by=BY)
        case _:
            ledger.judge(keys[one], action, by=BY)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_whatever_is_merged_the_ledger_is_sound_and_undo_leads_back(steps):
    with Ledger.memory() as ledger:
        first, other = made.article(), second()
        ledger.add(first, made.records(first), made.ACTORS)
        ledger.add(other, second_records(other), [Actor(id=GHOST.id, name="Ana", type="person")])
        before, keys = list(ledger.records()), [s.id for s in ledger.statements]
        for action in steps:
            try:
                step(ledger, keys, *action)
            except (RecordError, UnknownName):
                continue
            assert len(ledger.records()) + sum(len(ledger.merged(k)) for k in keys) == len(before)
        assert ledger.check() == []
        for _ in range(len(ledger.judgements()) + 1):
            try:
                ledger.undo_last(by=BY)
            except UnknownName:
                break
        assert list(ledger.records()) == before
        assert ledger.clusters() == []
        assert ledger.check() == []


def test_a_record_is_in_the_ledger_before_the_next_thing_is_asked_for():
    article = made.article()
    with Ledger.memory() as ledger:

        def things():
            yield "line 1", article
            for record in made.records(article):
                yield "a line", record
                assert ledger.get(record.id) == record

        assert merge(ledger, things()).records == len(made.records(article))
        assert ledger.check() == []

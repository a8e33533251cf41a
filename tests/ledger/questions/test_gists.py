"""What is chosen before it is read: the gists say what the records say, and no answer changes by it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from detente.ledger import Ledger
from detente.ledger.clustering import cluster
from detente.ledger.questions import Bridge, Pairing, bearing, changes, sides, terms
from detente.ledger.questions import gists as module
from detente.ledger.questions.look import Look
from detente.records import ActorRef

from .. import made
from .telling import event, member, on, pledge, position, pounds, term

BY = "A. Reader"
ACTORS = [ActorRef(id=f"state:{n}", name=f"State {n}") for n in range(6)]
ISSUES = ["a bigger harbour", "a longer bridge", "keep the sanctions", "lift the sanctions", "?"]
DAYS = ["2025-01-01", "2025-02-02", "2025-03-03"]


def told(seed: int) -> Ledger:
    """A ledger of terms, positions and events of all sorts, in live and retracted articles."""
    pick = random.Random(seed)
    ledger, before = Ledger.memory(), []
    for n in range(60):
        source = on(pick.choice(DAYS), status=pick.choice(["live", "live", "live", "retracted"]))
        how = {
            "factuality": pick.choice(["actual", "actual", "actual", "negated", "planned"]),
            "hearsay": pick.random() < 0.1,
            "source": source,
        }
        one, other = pick.sample(ACTORS, 2)
        kind = pick.choice(["term", "position", "position", "event", "membership"])
        if kind == "event":
            event(ledger, f"Met number {n}.", [one], [other], type=pick.choice(["CONSULT", "REJECT"]), **how)
        elif kind == "membership":
            status = pick.choice(["in", "out", "invited"])
            member(ledger, f"Member {n}.", status, other, coalition=one, **how)
        elif kind == "term":
            proposition = pick.choice([*ISSUES, "A mission monitors."])
            needs = tuple(pick.sample(before, 1)) if before else ()
            made_term = term(
                ledger, f"{proposition} {n}", proposition=proposition, proposed_by=(one,), rejected_by=(other,),
                depends_on=needs, **how,
            )  # fmt: skip
            before.append(made_term.id)
        else:
            position(
                ledger, f"Wants {n}.", pick.choice(ISSUES), pick.choice(["support", "oppose"]), actor=one,
                valid_from=pick.choice([None, "2025-02"]), **how,
            )  # fmt: skip
    return ledger


@pytest.fixture(params=range(4))
def ledger(request):
    with told(request.param) as opened:
        opened.judge(opened.positions[1], "reject", by=BY)
        yield opened


def whole(answer, fits):
    return [row.to_dict() for row in answer if fits(row)]


@pytest.mark.parametrize("as_of", [None, "2025-02-15"])
@pytest.mark.parametrize("kind", ["term", "position", "event", "membership"])
def test_gists_say_what_the_records_say_that_stand(ledger, kind, as_of):
    look = Look(ledger, as_of)
    seen = {serial: one.gist for one in look.gists(kind) for serial in one.serials}
    records = Look(ledger, as_of).records(kind)
    assert sorted(r.id for r in look.chosen(kind, seen)) == sorted(r.id for r in records)
    for record in records:
        (serial,) = look.rows_of([record.id])
        gist = seen[serial]
        assert (gist.factuality, gist.hearsay) == (record.factuality, record.hearsay)
        for field in (
            "issue",
            "valid_from",
            "supersedes",
            "proposition",
            "category",
            "depends_on",
            "stance",
            "status",
        ):
            assert getattr(gist, field) == getattr(record, field, None)
        assert gist.type == (record.type if kind == "event" else None)
        assert gist.coalition == getattr(getattr(record, "coalition", None), "id", None)
        assert [a.id for a in gist.actors or ()] == [a.id for a in getattr(record, "actors", ())]
        assert gist.actor == getattr(getattr(record, "actor", None), "id", None)


@pytest.mark.parametrize("kind", ["term", "position", "event", "membership"])
def test_what_does_not_stand_is_left_out_whatever_is_chosen(ledger, kind):
    every, none = Look(ledger), Look(ledger)
    every.records(kind)
    assert none.chosen(kind, []) == []
    assert none.left_out == every.left_out


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("as_of", [None, "2025-02-15"])
def test_the_sides_of_one_actor_are_those_of_the_whole_that_name_it(ledger, as_of, merged):
    if merged:
        ledger.merge(ACTORS[1].id, ACTORS[2].id, by=BY)
    for actor in ACTORS[:1] + ACTORS[2:]:
        one, every = sides(ledger, actor, as_of=as_of, least=1), sides(ledger, as_of=as_of, least=1)

        def pair(row, key=actor.id):
            return isinstance(row, Pairing) and key in [a.id for a in row.pair]

        def bridge(row, key=actor.id):
            return isinstance(row, Bridge) and key == row.actor.id

        assert whole(one, pair) == whole(every, pair)
        assert whole(one, bridge) == whole(every, bridge)
        assert len(one) == len(whole(one, pair)) + len(whole(one, bridge))
        assert one.left_out == every.left_out


@pytest.mark.parametrize("about", [None, "mission", "sanctions"])
def test_the_terms_of_one_actor_are_those_of_the_whole_that_name_it(ledger, about):
    for actor in ACTORS:
        one, every = terms(ledger, about, actor=actor), terms(ledger, about)
        assert whole(one, lambda row: True) == whole(
            every, lambda row, key=actor.id: key in [p.actor.id for p in row.parties]
        )
        assert one.left_out == every.left_out


@pytest.mark.parametrize("what", ["_ALIKE", "_DIFFERENT"])
def test_gists_are_read_from_their_index_and_not_from_the_records(what):
    columns, ending = getattr(module, what)
    with Ledger.memory() as ledger:
        asked = module._STANDING.format(columns, module._IN_TIME, ending)
        plan = ledger.connection.rows(f"EXPLAIN QUERY PLAN {asked}", ("term", "[]", "2025-01-01"))
        assert "records_gist" in plan[0][-1]
        assert not [line for *_, line in plan if "SCAN records" in line or "TEMP B-TREE" in line]


def test_a_later_stance_of_the_same_words_counts_and_an_earlier_one_does_not():
    with Ledger.memory() as ledger:
        for day, stance in (("2025-03-03", "oppose"), ("2025-01-01", "support")):
            position(
                ledger, f"Velkova, {day}.", "a bigger harbour", stance, actor=made.VELKOVA, source=on(day)
            )
        position(ledger, "Orden.", "a bigger harbour", "oppose", actor=made.ORDEN)
        (pair,) = sides(ledger, "Ana Velkova", least=1)
        assert pair.agreement == 1.0


def test_a_ledger_with_the_gists_of_before_is_given_the_new_ones(tmp_path):
    path = tmp_path / "old.db"
    with told(1) as memory, closing(sqlite3.connect(path)) as copy:
        before = sides(memory, least=1)
        memory.connection.copy_to(copy)
        new = copy.execute("SELECT sql FROM sqlite_master WHERE name = 'records_gist'").fetchone()
        copy.executescript("""
            DROP INDEX records_gist; CREATE INDEX records_gist ON records(kind, article, review) WHERE kind = 'term';
            PRAGMA user_version = 5;
        """)
    with Ledger.open(path) as ledger:
        assert ledger.connection.row("SELECT sql FROM sqlite_master WHERE name = 'records_gist'") == new
        assert ledger.check() == []
        assert sides(ledger, least=1) == before


@pytest.mark.parametrize("most", [0, 1, 3, 1_000])
def test_the_first_sides_are_those_of_the_whole_and_the_rest_is_told(ledger, most):
    every, first = sides(ledger, least=1), sides(ledger, least=1, most=most)
    assert first.rows == every.rows[:most]
    assert first.found == every.found == len(every)
    assert first.left_out == every.left_out
    said = [note for note in first.notes if note.startswith(f"these are the first {most} of {len(every)} ")]
    assert len(said) == (most < len(every))
    assert [note for note in first.notes if note not in said] == list(every.notes)


def everything(kind):
    def rows(look, since, *_):
        return {
            *look.rows_of(look.ids_since(kind, "0000")),
            *(s for one in looked_at(look, kind) for s in one.serials),
        }

    return rows


def looked_at(look, kind):
    return () if kind == "pledge" else look.gists(kind)


@pytest.mark.parametrize("since", ["2025-01-15", "2025-02-02", "2025-03-04"])
@pytest.mark.parametrize("as_of", [None, "2025-02-15"])
def test_what_is_chosen_by_gists_is_all_that_changes_rest_on(ledger, monkeypatch, since, as_of):
    ledger.merge(ACTORS[1].id, ACTORS[2].id, by=BY)
    chosen = changes(ledger, since=since, as_of=as_of)
    for kind in ("pledge", "position", "term", "membership"):
        monkeypatch.setattr(bearing, f"{kind}s", everything(kind))
    assert chosen == changes(ledger, since=since, as_of=as_of)
    assert chosen.rows or since > "2025-03-03" or as_of


def test_pledges_are_told_against_those_that_are_together_with_them(monkeypatch):
    with Ledger.memory() as ledger:
        for n in range(6):
            for day, stage in (
                ("2025-01-01", "announced"),
                ("2025-02-02", "committed"),
                ("2025-03-03", "delivered"),
            )[n % 3 :]:
                words = f"A loan of £{n + 1}m for bridges on pier {n}, {stage}."
                pledge(ledger, words, pounds(n + 1), type="loan", stage=stage, source=on(day))
        cluster(ledger)
        chosen = changes(ledger, since="2025-02-15")
        assert [c.kind for c in chosen] == ["new pledge", "new pledge", "stage", "stage", "stage", "stage"]
        monkeypatch.setattr(bearing, "pledges", everything("pledge"))
        assert chosen == changes(ledger, since="2025-02-15")

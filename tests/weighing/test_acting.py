"""Persons and seats of power counted as the state they act for."""

from __future__ import annotations

import pytest

from detente.actors import Registry
from detente.actors.acting import acts_for
from detente.records import Actor, ActorRef, Article, OfficeHeld
from detente.weighing import situation_from
from detente.weighing.acting import Acting

from .made import Records, position_record

LEADER = OfficeHeld(title="President", of="Latvia", since="2030-01-01", until="2034-01-01", source="made")
OPPOSITION = OfficeHeld(title="Leader of the Opposition", of="Latvia", since="2029-01-01", until=None, source="made")
VELKOVA = Actor(id="ana-velkova", name="Ana Velkova", type="person", country="LV", offices=(OPPOSITION, LEADER))
PALACE = Actor(id="long-hall", name="Long Hall", type="government", country="LV")


@pytest.mark.parametrize(
    ("day", "names"),
    [("2029-12-31", ()), ("2030-01-01", ("Latvia",)), ("2034-01-01", ("Latvia",)), ("2034-01-02", ()), (None, ())],
)
def test_an_office_binds_while_it_is_held(day: str | None, names: tuple[str, ...]) -> None:
    assert acts_for(VELKOVA, day) == names


def test_whoever_is_no_person_acts_for_itself() -> None:
    assert acts_for(PALACE, "2031-01-01") == ()


@pytest.mark.parametrize("actor", [VELKOVA, PALACE])
def test_the_holder_and_the_seat_of_power_are_the_state(actor: Actor) -> None:
    assert Acting([actor], []).party(actor.ref, "2031-05-14") == ActorRef(id="LV", name=Registry.load().states["LV"].name)


def test_the_leader_of_the_opposition_is_a_party_of_her_own() -> None:
    assert Acting([VELKOVA], []).party(VELKOVA.ref, "2029-06-01") == VELKOVA.ref


def test_an_actor_without_a_record_stays() -> None:
    assert Acting([], []).party(VELKOVA.ref, "2031-05-14") == VELKOVA.ref


def test_a_president_and_her_state_are_one_party() -> None:
    said = position_record("po-1", "Ana Velkova", "support", "a truce").replace(actor=VELKOVA.ref, article="a" * 64)
    article = Article.of("text", "made.txt", published="2031-05-14").replace(id="a" * 64)
    held = Records(positions=(said,), actors=(VELKOVA,), articles=(article,))
    assert [p.id for p in situation_from(held).parties] == ["LV"]

"""Who is in a coalition, and how that came about."""

from __future__ import annotations

from detente.ledger.questions import coalition
from detente.records import Article, Membership

from .. import made
from .conftest import TERM


def test_a_coalition_with_its_members_and_what_they_ask_for(deal):
    later = Article.of(
        "Tormund is in the League. Marland was asked to join it.", "later.txt", published="2025-03-09"
    )
    deal.add(later, [
        made.make(Membership, later, {"words": "Tormund is in the League"}, coalition=made.LEAGUE, actor=TERM, status="in", role="leader"),
        made.make(Membership, later, {"words": "Marland was asked to join"}, coalition=made.LEAGUE, actor=made.MARLAND, status="invited"),
    ])  # fmt: skip
    (league,) = coalition(deal)
    assert [(m.actor.name, m.status, m.role) for m in league.members] == [
        ("Tormund", "in", "leader"),
        ("Marland", "invited", None),
    ]
    tormund = league.members[0]
    assert tormund.shifted
    assert [status for status, _ in tormund.history] == ["conditional", "in"]
    assert [deal.get(place.record).actor for _, place in tormund.history] == [TERM, TERM]
    assert league.who("invited") == (made.MARLAND,)
    assert list(coalition(deal, "league of the coast")) == [league]
    assert coalition(deal, "Nobody").rows == ()


def test_a_coalition_before_anything_changed(deal):
    (league,) = coalition(deal)
    assert [(m.status, m.shifted, [c.text for c in m.conditions]) for m in league.members] == [
        ("conditional", False, ["if Marland does"])
    ]
    deal.judge(deal.memberships[0], "reject", by="A. Reader")
    assert coalition(deal).rows == ()

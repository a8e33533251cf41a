"""Who said it first, in which manner, from how many sources."""

from __future__ import annotations

import pytest

from detente.ledger import Ledger
from detente.ledger.questions import sources
from detente.records import Actor, ActorRef, Cluster, Copy, Origin

from .. import made
from .telling import on, statement

RULE = Origin(by="rule", name="made")
DIPLOMAT = ActorRef(id="unnamed:diplomat", name="a diplomat")


@pytest.fixture
def ledger():
    with Ledger.memory() as opened:
        yield opened


def together(ledger, *records, of="statement"):
    members = tuple(r if isinstance(r, str) else r.id for r in records)
    ledger.save_clusters(
        [Cluster(id=f"cl-{of}-{members[0]}", of=of, members=members, reason="made", origin=RULE)]
    )


def test_the_first_day_and_every_telling(ledger):
    later = statement(ledger, "“We keep our word on the bridge,”", source=on("2025-03-04", "Coast News"))
    first = statement(ledger, "Velkova said they would keep their word on the bridge.", mode="indirect")
    together(ledger, first, later)
    (source,) = sources(ledger, "bridge")
    assert (source.first, source.first_day, source.stories) == (("The Ostrava Post",), "2025-03-02", 2)
    assert source.words == "“We keep our word on the bridge,”"
    assert source.modes == {"direct": 1, "indirect": 1}
    assert [t.place.record for t in source.tellings] == [first.id, later.id]
    assert "2 articles in 2 outlets: 2 that are not copies of each other" in list(source.details())


def test_the_same_words_of_one_speaker_are_one_statement_without_a_cluster(ledger):
    statement(ledger, "“We keep our word on the bridge,”")
    statement(ledger, "“we keep our word on the bridge”", source=on("2025-03-02", "Coast News"))
    statement(
        ledger, "“We keep our word on the bridge”", speaker=made.ORDEN, source=on("2025-03-03", "Coast News")
    )
    found = sources(ledger, "bridge")
    assert [(s.speaker.name, len(s.tellings)) for s in found] == [("Ana Velkova", 2), ("Émile Orden", 1)]
    assert "on the same day; which was first is not told" in found.text()
    assert [len(s.tellings) for s in sources(ledger)] == [2]
    assert sources(ledger).notes == ("without words: only what several articles tell",)
    assert [s.speaker.name for s in sources(ledger, "bridge", actor="Émile Orden")] == ["Émile Orden"]


def test_two_short_answers_and_two_unknown_speakers_are_not_one(ledger):
    statement(ledger, "“No comment.”")
    statement(ledger, "“No comment!”", source=on("2025-03-02", "Coast News"))
    statement(ledger, "“We keep our word on the bridge”", speaker=None)
    statement(
        ledger, "“We keep our word on the bridge.”", speaker=None, source=on("2025-03-02", "Coast News")
    )
    assert sources(ledger).rows == ()


def test_one_wire_story_is_one_source(ledger):
    told = [
        statement(ledger, f"“We keep our word on the bridge” {n}", source=on("2025-03-02", f"Outlet {n}"))
        for n in range(3)
    ]
    together(ledger, *told)
    together(ledger, told[0].article, told[1].article, of="story")
    (source,) = sources(ledger, "bridge")
    assert (source.stories, len(source.outlets)) == (2, 3)
    together(ledger, *(s.article for s in told), of="story")
    assert "3 articles in 3 outlets: one story" in list(sources(ledger, "bridge")[0].details())


def test_copies_of_a_text_are_outlets_and_no_sources(ledger):
    copies = (Copy(origin="b.txt", publisher="Coast News", published="2025-03-02"), Copy(origin="c.txt"))
    statement(ledger, "“We keep our word on the bridge”", source=on("2025-03-02", copies=copies))
    (source,) = sources(ledger, "bridge")
    assert source.outlets == ("The Ostrava Post", "Coast News", "c.txt")
    assert source.stories == 1
    assert "3 articles in 3 outlets: one story" in list(source.details())


@pytest.mark.parametrize("speaker", [None, DIPLOMAT], ids=["unknown", "unnamed"])
def test_nobody_answers_by_name(ledger, speaker):
    one = statement(
        ledger,
        "“The bridge will not hold,”",
        speaker=speaker,
        reasons={"speaker": "no name near"},
        hearsay=True,
    )
    ledger.add(
        ledger.article(one.article), [one], [Actor(id=DIPLOMAT.id, name=DIPLOMAT.name, type="unnamed")]
    )
    (source,) = sources(ledger, "bridge")
    assert source.anonymous
    assert "nobody answers for it by name: no name near" in list(source.details())
    assert "hearsay among them" in "\n".join(source.details())
    assert next(source.cells())["anonymous"] == "yes"


def test_without_a_date_nobody_is_called_the_first(ledger):
    one = statement(ledger, "“We keep our word on the bridge,”", source=on(None, "Coast News"))
    other = statement(ledger, "“We keep our word on the bridge”")
    together(ledger, one, other)
    (source,) = sources(ledger, "bridge")
    assert (source.first, source.undated) == (("The Ostrava Post",), 1)
    assert "1 without a date may be earlier" in "\n".join(source.details())
    ledger.judge(other, "reject", by="A. Reader")
    assert sources(ledger, "bridge")[0].first_day is None


def test_a_cluster_brings_in_tellings_in_other_words(ledger):
    one = statement(ledger, "“We keep our word on the bridge,”")
    other = statement(
        ledger, "Velkova promised to stand by it.", mode="indirect", source=on("2025-03-01", "Coast News")
    )
    together(ledger, one, other)
    (source,) = sources(ledger, "bridge")
    assert source.first == ("Coast News",)

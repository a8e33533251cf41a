"""Where sources contradict each other, and where they only print more or less of the same."""

from __future__ import annotations

import pytest

from detente.ledger import Ledger
from detente.ledger.clustering import cluster
from detente.ledger.questions import contradictions
from detente.records import Cluster, Origin, Statement

from .. import made
from .telling import add_to, article, event, on, pledge, position, pounds


@pytest.fixture
def ledger():
    with Ledger.memory() as opened:
        yield opened


def found(ledger, actor=None):
    return [(c.kind, [v.says for v in c.versions]) for c in contradictions(ledger, actor)]


# ------------------------------------------------------------------ pledges

ONE_LOAN = [
    ("sum", {"amount": pounds(2600)}, ["£2260m", "£2600m"]),
    ("due date", {"amount": pounds(2260), "due": "../2027-12-31"}, ["by 2026-12-31", "by 2027-12-31"]),
]


@pytest.mark.parametrize(("kind", "fields", "says"), ONE_LOAN, ids=[o[0] for o in ONE_LOAN])
def test_one_loan_told_in_two_ways(ledger, kind, fields, says):
    pledge(ledger, "Ostrava signed a loan of £2,260m.", pounds(2260), type="loan", due="../2026-12-31")
    amount = fields["amount"]
    more = {"due": "../2026-12-31"} | {k: v for k, v in fields.items() if k != "amount"}
    pledge(ledger, "The loan is signed.", amount, type="loan", source=on("2025-03-04", "Coast News"), **more)
    assert found(ledger) == [(kind, says)]
    assert found(ledger, "Ostrava") == [(kind, says)]
    assert found(ledger, "Marland") == []
    assert "£2260m — The Ostrava Post" in contradictions(ledger).text() or kind == "due date"


def test_a_rounded_sum_is_no_contradiction(ledger):
    pledge(ledger, "Ostrava signed a loan of £2.26bn.", pounds(2260, surface="£2.26bn"), type="loan")
    pledge(
        ledger,
        "The loan of £2.2bn is signed.",
        pounds(2200, surface="£2.2bn"),
        type="loan",
        source=on("2025-03-04", "Coast News"),
    )
    assert found(ledger) == []


def test_sums_in_one_cluster_of_a_person_that_do_not_agree(ledger):
    one = pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    other = pledge(
        ledger, "Ostrava gave £700m for the coast.", pounds(700), source=on("2025-03-04", "Coast News")
    )
    person = Origin(by="person", name="A. Reader")
    ledger.save_clusters(
        [Cluster(id="cl-1", of="pledge", members=(one.id, other.id), reason="one gift", origin=person)]
    )
    assert found(ledger) == [("sum", ["£400m", "£700m"])]


def test_a_minister_and_the_state_that_tell_one_loan_differ_in_who_promises(ledger):
    from detente.records import Actor, OfficeHeld

    pledge(ledger, "Ostrava signed a loan of £2,260m.", pounds(2260), type="loan")
    office = OfficeHeld(title="President", of="Ostrava", since="2024-01-01", until=None, source="made")
    mine = pledge(
        ledger,
        "Velkova signed a loan of £2,260m.",
        pounds(2260),
        type="loan",
        pledger=(made.VELKOVA,),
        source=on("2025-03-04", "Coast News"),
    )
    ledger.add(
        ledger.article(mine.article),
        [mine],
        [Actor(id=made.VELKOVA.id, name="Ana Velkova", type="person", offices=(office,))],
    )
    assert found(ledger) == [("pledger", ["Ostrava", "Ana Velkova"])]


# ------------------------------------------------------------------ events and stances


def test_an_event_told_as_done_and_as_not_done(ledger):
    event(ledger, "Velkova met Orden on Sunday.", [made.VELKOVA], [made.ORDEN])
    event(
        ledger,
        "Velkova did not meet Orden on Sunday.",
        [made.VELKOVA],
        [made.ORDEN],
        factuality="negated",
        source=on("2025-03-03", "Coast News"),
    )
    assert found(ledger) == [("event", ["it happened", "it did not happen"])]
    assert contradictions(ledger)[0].about == "CONSULT Ana Velkova → Émile Orden, 2025-03-02"


@pytest.mark.parametrize(("day", "count"), [("2025-03-04", 1), ("2025-03-09", 0), (None, 1)])
def test_a_denial_without_a_day_is_of_the_same_days(ledger, day, count):
    event(ledger, "Velkova met Orden.", [made.VELKOVA], [made.ORDEN], date=None)
    event(
        ledger,
        "Velkova denied it.",
        [made.VELKOVA],
        [made.ORDEN],
        date=None,
        factuality="negated",
        source=on(day, "Coast News"),
    )
    assert len(found(ledger)) == count


def test_without_a_day_and_without_recipients_two_events_may_be_two(ledger):
    event(ledger, "Velkova protested.", [made.VELKOVA], [], date=None, type="PROTEST")
    event(
        ledger,
        "Velkova did not protest.",
        [made.VELKOVA],
        [],
        date=None,
        type="PROTEST",
        factuality="negated",
    )
    assert found(ledger) == []


NO_EVENT = [
    ("another day", {"date": "2025-03-01"}), ("no day", {"date": None}), ("hearsay", {"hearsay": True}),
    ("planned", {"factuality": "planned"}), ("another type", {"type": "AGREE"}), ("other people", {"recipients": [made.LEAGUE]}),
]  # fmt: skip


@pytest.mark.parametrize("fields", [n[1] for n in NO_EVENT], ids=[n[0] for n in NO_EVENT])
def test_what_is_no_contradiction_of_an_event(ledger, fields):
    event(ledger, "Velkova met Orden on Sunday.", [made.VELKOVA], [made.ORDEN])
    given_ = {"factuality": "negated", "recipients": [made.ORDEN]} | fields
    recipients = given_.pop("recipients")
    event(
        ledger,
        "Velkova did not meet Orden.",
        [made.VELKOVA],
        recipients,
        source=on("2025-03-03", "Coast News"),
        **given_,
    )
    assert found(ledger) == []


STANCES = [
    ("two outlets", {"source": on("2025-03-02", "Coast News")}, [("stance", ["oppose", "support"])]),
    ("one outlet", {"source": on("2025-03-02")}, []),
    ("another day", {"source": on("2025-03-03", "Coast News")}, []),
    ("hearsay", {"source": on("2025-03-02", "Coast News"), "hearsay": True}, []),
    ("conditional", {"source": on("2025-03-02", "Coast News"), "stance": "conditional"}, []),
]


@pytest.mark.parametrize(("fields", "expected"), [s[1:] for s in STANCES], ids=[s[0] for s in STANCES])
def test_an_actor_for_and_against_on_one_day(ledger, fields, expected):
    position(ledger, "Orden backs a truce.", "a truce", "support")
    position(ledger, "Orden is against a truce.", "a truce", **({"stance": "oppose"} | fields))
    assert found(ledger) == expected


# ------------------------------------------------------------------ words inside quotation marks

LONG = "We will never leave the coast to anybody who asks for it with guns"


def clustered(ledger, *told, **fields):
    for number, (words, speaker) in enumerate(told):
        text = article(
            f"“{words}” That was printed in outlet {number}.", **on("2025-03-02", f"Outlet {number}")
        )
        add_to(ledger, text, Statement, f"“{words}”", speaker=speaker, **({"mode": "direct"} | fields))
    cluster(ledger)


def test_two_wordings_of_one_quotation(ledger):
    clustered(ledger, (LONG, made.VELKOVA), (LONG.replace("never", "not"), made.VELKOVA))
    assert [(kind, sorted(says)) for kind, says in found(ledger)] == [("wording", ["“never”", "“not”"])]
    assert found(ledger, "Ana Velkova") == found(ledger)
    assert found(ledger, "Émile Orden") == []


def test_one_quotation_and_two_speakers(ledger):
    clustered(ledger, (LONG, made.VELKOVA), (LONG, made.ORDEN))
    assert [(kind, sorted(says)) for kind, says in found(ledger)] == [
        ("speaker", ["Ana Velkova", "Émile Orden"])
    ]


SAME = [
    ("a cut", [(LONG, made.VELKOVA), (LONG[:40], made.VELKOVA)], {}),
    ("an ellipsis", [(LONG, made.VELKOVA), (LONG.replace("to anybody", "…"), made.VELKOVA)], {}),
    ("brackets", [(LONG, made.VELKOVA), (LONG.replace("it with", "[it] with"), made.VELKOVA)], {}),
    (
        "a translation",
        [(LONG, made.VELKOVA), (LONG.replace("never", "not"), made.VELKOVA)],
        {"translated": True},
    ),
    ("an unknown speaker", [(LONG, made.VELKOVA), (LONG, None)], {}),
]


@pytest.mark.parametrize(("told", "fields"), [s[1:] for s in SAME], ids=[s[0] for s in SAME])
def test_what_is_no_contradiction_of_a_quotation(ledger, told, fields):
    clustered(ledger, *told, **fields)
    assert found(ledger) == []


def test_a_rejected_telling_contradicts_nothing(ledger):
    clustered(ledger, (LONG, made.VELKOVA), (LONG.replace("never", "not"), made.VELKOVA))
    ledger.judge(ledger.statements[0], "reject", by="A. Reader")
    assert found(ledger) == []

"""One statement in two articles, or two: quotations by their words, speaker and day; reported words more strictly."""

from __future__ import annotations

import pytest

from detente.ledger.clustering.statements import Statements

from .said import ledger_of, statement

BOATS = "“We will not leave before every boat can sail again.”"
LONG = "“We will not leave before every boat can sail again, and nobody will make us sell the harbour.”"
OFFICE = "Marland would reopen its customs office in Mardon before the summer"

SAME = [
    ("the same words", statement(BOATS), statement(BOATS)),
    ("within a week", statement(BOATS), statement(BOATS, published="2025-05-19")),
    ("a cut of it", statement(LONG), statement("“every boat can sail again”")),
    ("half of it", statement(LONG), statement("They would “not leave before every boat can sail again”.")),
    ("a word that differs", statement(BOATS), statement("“We will not go before every boat can sail again.”")),
    ("the surname alone", statement(BOATS), statement(BOATS, "Velkova")),
    ("nobody named in one", statement(BOATS), statement(BOATS, None)),
    ("a spokesman in one", statement(BOATS), statement(BOATS, "spokesman for the president")),
    ("other people, twelve words", statement(LONG), statement(LONG, "Tomas Reyl")),
    ("days unknown, eight words", statement(BOATS, published=None), statement(BOATS, published=None)),
    ("said late in the evening", statement(BOATS, said_on="2025-05-11"), statement(BOATS, said_on="2025-05-12")),
    ("reported alike", statement(OFFICE, "Tomas Reyl"), statement(f"that {OFFICE}, if all goes well", "Tomas Reyl")),
    ("reported with other small words", statement(OFFICE), statement("it is Marland that would reopen a customs office in Mardon before summer")),
]  # fmt: skip
APART = [
    ("other words", statement(BOATS), statement("“We will build every bridge on this road again.”")),
    ("more than a week", statement(BOATS), statement(BOATS, published="2025-05-20")),
    ("another day of saying", statement(BOATS, said_on="2025-05-09"), statement(BOATS, said_on="2025-05-12")),
    ("one day unknown", statement(BOATS), statement(BOATS, published=None)),
    ("other people, few words", statement(BOATS), statement(BOATS, "Tomas Reyl")),
    ("three words", statement("“Not an end.”"), statement("“Not an end.”")),
    ("four words, nobody named", statement("“Not yet an end.”", None), statement("“Not yet an end.”")),
    ("a denial", statement(BOATS), statement(BOATS, factuality="negated")),
    ("days unknown, five words", statement("“We will not leave now.”", published=None), statement("“We will not leave now.”", published=None)),
    ("reported by another", statement(OFFICE, "Tomas Reyl"), statement(OFFICE, "Ana Velkova")),
    ("reported, and nobody named", statement(OFFICE, None), statement(OFFICE, None)),
    ("reported, turned round", statement(OFFICE), statement(f"{OFFICE} but not now")),
    ("reported, another number", statement(f"{OFFICE} with 40 clerks"), statement(f"{OFFICE} with 50 clerks")),
    ("reported four days later", statement(OFFICE), statement(OFFICE, published="2025-05-16")),
    ("reported as a plan", statement(OFFICE), statement(OFFICE, factuality="planned")),
    ("reported, few words in common", statement(OFFICE), statement("Marland would close its customs office for the whole winter")),
]  # fmt: skip


def load(*told):
    with ledger_of(*told) as ledger:
        return Statements().load(ledger.connection, range(1, 10))


@pytest.mark.parametrize(("one", "other"), [pytest.param(*case[1:], id=case[0]) for case in SAME])
def test_one_statement_that_is_found(one, other):
    how, (a, b) = Statements(), load(one, other)
    assert how.same(a, b)
    assert how.same(b, a)
    assert how.probes(a) & how.keys(b)


@pytest.mark.parametrize(("one", "other"), [pytest.param(*case[1:], id=case[0]) for case in APART])
def test_two_statements(one, other):
    how, (a, b) = Statements(), load(one, other)
    assert not how.same(a, b)
    assert not how.same(b, a)


REASONS = [
    ((BOATS, {}), (BOATS, {"speaker": None}),
     "the same speaker (Ana Velkova), not named in 1; the same words inside the marks (10 or more in a row); published on one day"),
    ((BOATS, {}), (BOATS, {"published": "2025-05-14"}),
     "the same speaker (Ana Velkova); the same words inside the marks (10 or more in a row); published within 3 days"),
    ((LONG, {}), (LONG, {"speaker": "Tomas Reyl"}),
     "the outlets name different speakers (Ana Velkova; Tomas Reyl); the same words inside the marks (18 or more in a row); published on one day"),
    ((BOATS, {"speaker": None, "published": None}), (BOATS, {"speaker": None, "published": None}),
     "no speaker is named; the same words inside the marks (10 or more in a row); not all days of publication known"),
    ((OFFICE, {}), (OFFICE, {}),
     "the same speaker (Ana Velkova); nearly the same words in the articles’ own wording; published on one day"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "reason"), REASONS)
def test_a_cluster_says_why(one, other, reason):
    how = Statements()
    members = sorted(load(statement(one[0], **one[1]), statement(other[0], **other[1])), key=how.order)
    found = how.cluster(members)
    assert found.reason == reason
    assert set(found.members) == {m.statement.id for m in members}


def test_the_members_stand_in_the_order_of_publication_and_the_fullest_is_compared_with():
    how = Statements()
    late, early = (
        statement(LONG, published="2025-05-14"),
        statement("“We will not go before every boat can sail again.”"),
    )
    members = sorted(load(late, early), key=how.order)
    found = how.cluster(members)
    assert found.members == (early[1].id, late[1].id)
    (difference,) = found.differences
    assert [(p.record, p.evidence.exact) for p in difference.printed] == [
        (late[1].id, "leave"),
        (early[1].id, "go"),
    ]


def test_what_one_article_tells_as_two_statements_is_two():
    of, first = statement(f"{BOATS} “We will not leave before a boat can sail again.”")
    assert len({w.text for w in load((of, first))[0].quoted}) == 11
    from detente.records import Evidence, record_id

    second = [e for e in first.evidence if e.field == "cue"]
    start = of.text.index("“We will not leave before a")
    content = Evidence.of(of.text, "content", start, of.text.index("again.”", start) + 7)
    whole = first.words("content")[0]
    one = first.replace(evidence=(Evidence.of(of.text, "content", whole.start, start - 1), *second))
    other = first.replace(evidence=(content, *second))
    records = [r.replace(id=record_id(of.id, "statement", r.core)) for r in (one, other)]
    with ledger_of() as ledger:
        ledger.add(of, records)
        a, b = Statements().load(ledger.connection, [1, 2])
    assert not Statements().same(a, b)
    assert not Statements().fits(a, b)

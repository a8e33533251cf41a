"""IATI: valid against the schema of 2.03, and no sum in it that nobody pledged."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.exchange.iati import Iati
from detente.ledger import Ledger
from detente.records import Amount, Authority, Cluster, Condition, Pledge, StageEntry

from ..ledger import made, strategies
from .written import account_of, filled, written

etree = pytest.importorskip("lxml.etree", reason="lxml is not installed: pip install lxml")

EUR = Amount(value=2.26e9, unit="EUR", surface="€2.26bn")


@pytest.fixture(scope="module")
def schema(shared):
    return etree.XMLSchema(etree.parse(str(shared / "reference/iati/iati-activities-schema.xsd")))


def parse(content):
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def pledge(article=None, **fields):
    fields = {"pledger": (made.OSTRAVA,), "beneficiary": (made.MARLAND,), "type": "loan", "stage": "announced", "amount": EUR} | fields
    return made.make(Pledge, article or made.article(), {"words": "would lend Marland"}, **fields)


def file_of(record, article=None, review=None):
    with Ledger.memory() as ledger:
        ledger.add(article or made.article(), [record], made.ACTORS)
        if review:
            ledger.judge(record, review, by="A. Reader")
        return parse(written(ledger, "iati")), account_of(ledger, "iati")


def test_a_pledge_is_an_activity_of_a_secondary_reporter():
    root, account = file_of(pledge(due="../2027-12-31", conditions=(Condition(text="if the truce holds", type="other"),)))
    (activity,) = root
    found = {
        "identifier": activity.findtext("iati-identifier"), "secondary": activity.find("reporting-org").get("secondary-reporter"),
        "title": activity.findtext("title/narrative"), "who": activity.findtext("participating-org/narrative"),
        "status": activity.find("activity-status").get("code"), "country": activity.find("recipient-country").get("code"),
        "dates": [(d.get("type"), d.get("iso-date")) for d in activity.findall("activity-date")],
        "transaction": activity.find("transaction/transaction-type").get("code"), "value": activity.findtext("transaction/value"),
        "currency": activity.find("transaction/value").get("currency"), "receiver": activity.findtext("transaction/receiver-org/narrative"),
    }  # fmt: skip
    assert found == {
        "identifier": f"unregistered-{pledge().id}", "secondary": "1", "title": "Ostrava: would lend Marland", "who": "Ostrava",
        "status": "1", "country": "ML", "dates": [("1", "2025-03-02"), ("3", "2027-12-31")], "transaction": "12",
        "value": "2260000000", "currency": "EUR", "receiver": "Marland",
    }  # fmt: skip
    own = activity.find("{urn:detente:record}record")
    assert (own.get("review"), own.get("factuality"), own.get("hearsay"), own.get("start")) == ("proposed", "actual", "false", "35")
    assert "condition: if the truce holds" in activity.findall("description/narrative")[1].text
    assert account.lacks == {}


def test_whoever_publishes_is_named():
    import io

    stream = io.BytesIO()
    with Ledger.memory() as ledger:
        Iati("GB-CHC-1234567", "The Coast Institute").write(filled(ledger), stream)
    (activity,) = parse(stream.getvalue())
    assert activity.findtext("iati-identifier").startswith("GB-CHC-1234567-pl-")
    assert activity.find("reporting-org").get("ref") == "GB-CHC-1234567"
    assert activity.findtext("reporting-org/narrative") == "The Coast Institute"


STAGES = [
    ("floated", "1", None), ("announced", "1", "12"), ("committed", "2", "2"), ("allocated", "2", "2"), ("delivered", "3", "3"),
    ("suspended", "6", None), (None, "1", None),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "status", "transaction"), STAGES)
def test_a_stage_is_a_status_and_a_sum_only_where_it_was_pledged(stage, status, transaction):
    (activity,), account = file_of(pledge(stage=stage))
    assert activity.find("activity-status").get("code") == status
    found = activity.find("transaction/transaction-type")
    assert (found.get("code") if found is not None else None) == transaction
    assert bool(account.lacks) == (transaction is None)


NO_SUM = [
    ({"amount": None}, "the words give no sum"),
    ({"amount": Amount(value=2.5, unit="PCT_GDP", surface="2.5% of GDP")}, "the amount is in no currency"),
    ({"amount": Amount(value=2.5, unit="PCT", surface="2.5%")}, "the amount is in no currency"),
    ({"amount": Amount(value=5000.0, unit="count:missile", surface="5,000 missiles")}, "the amount is in no currency"),
    ({"amount": Amount(value=None, low=1e9, high=2e9, unit="EUR", surface="one to two billion")}, "the words give a range"),
    ({"amount": Amount(value=1e9, unit="EUR", basis="per_year", surface="€1bn a year")}, "the sum is per year"),
    ({"hearsay": True}, "it is hearsay or hypothetical"),
    ({"factuality": "hypothetical"}, "it is hearsay or hypothetical"),
]


@pytest.mark.parametrize(("fields", "reason"), NO_SUM)
def test_a_sum_that_iati_would_misread_is_words_alone(fields, reason):
    (activity,), account = file_of(pledge(**fields))
    assert activity.find("transaction") is None
    assert account.lacks[f"a transaction ({reason})"].count == 1
    surface = getattr(fields.get("amount", EUR), "surface", "unknown")
    assert f"amount: {surface}" in activity.findall("description/narrative")[1].text


LEFT = [
    (pledge(factuality="negated"), None, "the words deny them"),
    (pledge(pledger=()), None, "IATI asks who pays, and the words do not tell"),
    (pledge(), "reject", "a person rejected them"),
]


@pytest.mark.parametrize(("record", "review", "reason"), LEFT)
def test_what_is_no_activity_is_left_out_and_said(record, review, reason):
    root, account = file_of(record, review=review)
    assert len(root) == 0
    assert account.left[reason].ids == [record.id]


def test_a_pledge_that_two_articles_print_has_its_sum_once():
    other = made.article(text=made.TEXT + "More.\n", published="2025-03-09")
    first, again, signed = pledge(), pledge(other), pledge(other, stage="committed").replace(id="pl-signed")
    with Ledger.memory() as ledger:
        ledger.add(made.article(), [first])
        ledger.add(other, [again, signed])
        ids = (first.id, again.id, signed.id)
        ledger.save_clusters([Cluster(id="c", of="pledge", members=ids, reason="printed twice", origin=made.RULE)])
        root, account = parse(written(ledger, "iati")), account_of(ledger, "iati")
    assert sorted(found.get("code") for found in root.iter("transaction-type")) == ["12", "2"]
    assert len(root) == 3
    assert account.lacks["a transaction (another article's pledge that is the same has it)"].ids == [again.id]


def test_without_any_day_there_is_no_activity():
    article = made.article(published=None)
    root, account = file_of(pledge(article), article)
    assert len(root) == 0
    assert sum(found.count for found in account.left.values()) == 1
    (activity,), account = file_of(pledge(article, due="2027"), article)
    assert [d.get("iso-date") for d in activity.findall("activity-date")] == ["2027-12-31"]
    assert list(account.lacks) == ["a transaction (no day is known)"]


def test_the_day_of_a_stage_is_the_day_of_its_transaction():
    (activity,), _ = file_of(pledge(stages=(StageEntry(stage="announced", date="2025-02-27", words="said"),)))
    assert activity.find("transaction/transaction-date").get("iso-date") == "2025-02-27"


def test_whose_word_it_is_stands_in_the_description():
    word = Authority(kind="actor", id=made.ORDEN.id, name=made.ORDEN.name)
    (activity,), _ = file_of(pledge(according_to=word, hearsay=True))
    assert activity.findall("description/narrative")[1].text.startswith("according to Émile Orden; actual, hearsay; stage: announced")
    assert activity.find("{urn:detente:record}record").get("according-to") == "Émile Orden"


@pytest.mark.parametrize(("origin", "linked"), [
    ("https://post.example/a b{c}?x=1&y=<2>", "https://post.example/a%20b%7Bc%7D?x=1&y=%3C2%3E"), ("https://é.example:80/100%", "https://%C3%A9.example:80/100%25"),
    ("http://[::1", None), ("http://a:b/", None), ("https://", None), ("coast/first.txt", None), ("javascript://post.example/", None),
])  # fmt: skip
def test_an_article_of_the_web_is_linked(origin, linked, schema):
    article = made.article(origin=origin)
    root, _ = file_of(pledge(article), article)
    found = root.find("iati-activity/document-link")
    assert (None if found is None else found.get("url")) == linked
    schema.assertValid(root)


@given(text=st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_address_is_valid_or_none(schema, text):
    article = made.article(origin=f"https://{text}")
    schema.assertValid(file_of(pledge(article), article)[0])


def test_two_countries_are_none_for_iati_asks_for_their_shares():
    (activity,), _ = file_of(pledge(beneficiary=(made.OSTRAVA, made.MARLAND)))
    assert activity.find("recipient-country") is None


def test_the_made_ledger_is_valid(schema):
    with Ledger.memory() as ledger:
        schema.assertValid(parse(written(filled(ledger), "iati")))


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_pledge_is_valid(schema, data):
    article = data.draw(strategies.articles())
    fields = {"article": article, "amount": data.draw(st.sampled_from([None, EUR])), "due": data.draw(st.none() | strategies.days)}
    record = data.draw(strategies.records_of(article, Pledge)).replace(amount=fields["amount"], due=fields["due"])
    with Ledger.memory() as ledger:
        ledger.add(article, [record])
        root = parse(written(ledger, "iati"))
        account = account_of(ledger, "iati")
    assert len(root) == account.written
    if len(root):  # the schema asks for one activity at least
        schema.assertValid(root)

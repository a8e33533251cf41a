"""Everything that a reviewer may edit can be edited in the form: parts, links, amounts, times, names; wrong values are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.ledger import Ledger
from detente.records import AnyRecord

from . import made
from .client import Answer, Client


def find(own: Path, kind: str, words: str) -> AnyRecord:
    with Ledger.open(own, readonly=True) as ledger:
        return made.one(ledger, kind, words)


def now(own: Path, key: str) -> dict[str, Any]:
    with Ledger.open(own, readonly=True) as ledger:
        return ledger.get(key).to_dict()


def send(desk: Client, record: AnyRecord, form: dict[str, str]) -> Answer:
    given = {f"e-{name}": value for name, value in form.items()}
    return desk.post("/review", given | {"do": "edit", "record": record.id, "by": "Per Holm"})


LOAN, SPEND, JOINS = (
    ("pledge", "signed a loan"),
    ("pledge", "3 per cent"),
    ("membership", "Ostrava will join"),
)
GUARANTEE, ARMY, POSITION, DEAL = (
    ("term", "a guarantee by"),
    ("term", "an armed Marland"),
    ("position", "rejected a truce"),
    ("deal", "A lasting peace"),
)


@pytest.mark.parametrize(
    ("which", "form", "field", "value"),
    [
        # A part is changed, added, taken out; what the form does not name stays.
        (JOINS, {"conditions.0.target": ""}, "conditions", [{"text": "only if Marland does", "type": "actor_joins", "target": None}]),
        (
            JOINS,
            {"conditions.1.text": "if parliament\r\nagrees", "conditions.1.type": "mandate"},
            "conditions",
            [
                {"text": "only if Marland does", "type": "actor_joins", "target": "ML"},
                {"text": "if parliament\nagrees", "type": "mandate", "target": None},
            ],
        ),
        (JOINS, {"conditions.0.target": "Tarn"}, "conditions", [{"text": "only if Marland does", "type": "actor_joins", "target": "TN"}]),
        (JOINS, {"conditions.0.out": "on"}, "conditions", []),
        (POSITION, {"conditions.0.type": "other"}, "conditions", [{"text": "without a monitoring mission", "type": "other", "target": None}]),
        (
            LOAN,
            {"stages.1.stage": "delivered", "stages.1.date": "on Sunday", "stages.1.words": "arrived"},
            "stages",
            [{"stage": "committed", "date": "2025-03-01", "words": "signed"}, {"stage": "delivered", "date": "2025-02-23", "words": "arrived"}],
        ),
        (LOAN, {"stages.0.date": ""}, "stages", [{"stage": "committed", "date": None, "words": "signed"}]),
        (
            DEAL,
            {"steps.0.actors": "Marland", "steps.1.order": "2", "steps.1.action": "Ships come", "steps.1.actors": "League of the Coast; Ostrava"},
            "steps",
            [
                {"order": 1, "action": "Marland and Tarn agree to monitors", "actors": [{"id": "ML", "name": "Marland"}]},
                {
                    "order": 2,
                    "action": "Ships come",
                    "actors": [{"id": "league-of-the-coast", "name": "League of the Coast"}, {"id": "OS", "name": "Ostrava"}],
                },
            ],
        ),
        # Times, as records hold them or in words.
        (LOAN, {"due": "by 2027"}, "due", "../2027-12-31"),
        (LOAN, {"due": "2026-02"}, "due", "2026-02"),
        (SPEND, {"due": ""}, "due", None),
        # Whose word it is.
        (LOAN, {"according_to.who": "Ana Velkova"}, "according_to", {"kind": "actor", "id": "ana-velkova", "name": "Ana Velkova"}),
        (LOAN, {"according_to": ""}, "according_to", None),
        # Names that the registry alone knows.
        (LOAN, {"made_by": "Norway"}, "made_by", {"id": "NO", "name": "Norway"}),
        (LOAN, {"beneficiary": "Marland; Denmark"}, "beneficiary", [{"id": "ML", "name": "Marland"}, {"id": "DK", "name": "Denmark"}]),
    ],
)  # fmt: skip
def test_a_field_is_edited(
    which: tuple[str, str], form: dict[str, str], field: str, value: object, desk: Client, own: Path
) -> None:
    record = find(own, *which)
    with Ledger.open(own, readonly=True) as ledger:
        before = ledger.judgements()[-1].serial
    answer = send(desk, record, form)
    assert answer.status == 303, answer.text
    found = now(own, record.id)[field]
    assert (list(found) if isinstance(found, tuple) else found) == _as_plain(value)
    with Ledger.open(own, readonly=True) as ledger:
        assert [
            j.field for j in ledger.judgements(record.id) if j.by == "Per Holm" and j.serial > before
        ] == [field], "one field, one decision"
    page = desk.get(f"/review?at={record.id}").text
    assert "the machine read:" in page


def _as_plain(value: object) -> object:
    if isinstance(value, list):
        return [_as_plain(one) for one in value]
    return (
        {k: tuple(map(_as_plain, v)) if isinstance(v, list) else v for k, v in value.items()}
        if isinstance(value, dict)
        else value
    )


def test_what_a_term_depends_on_is_ticked(desk: Client, own: Path) -> None:
    term, army = find(own, *GUARANTEE), find(own, *ARMY)
    monitors = find(own, "term", "a monitoring mission")
    control = next(
        c for c in desk.get(f"/review.json?at={term.id}").json()["controls"] if c["name"] == "depends_on"
    )
    ticks = {
        cell["name"].split(".")[1]: cell["value"] for cell in control["rows"][0] if cell["form"] == "tick"
    }
    assert ticks == {army.id: "on", monitors.id: "on"}, "the article's other terms, and not the term itself"
    assert send(desk, term, {"depends_on": "", f"depends_on.{army.id}": "on"}).status == 303
    assert list(now(own, term.id)["depends_on"]) == [army.id]
    assert send(desk, term, {"depends_on": ""}).status == 303
    assert list(now(own, term.id)["depends_on"]) == []
    assert send(desk, term, {"depends_on": f"{monitors.id}; {army.id}"}).status == 303, (
        "ids can be written, too"
    )
    assert list(now(own, term.id)["depends_on"]) == [monitors.id, army.id]


def test_a_position_is_told_which_one_it_supersedes_and_a_pledge_what_it_is_part_of(
    desk: Client, own: Path
) -> None:
    first, other = find(own, "position", "did not oppose"), find(own, *POSITION)
    assert send(desk, other, {"supersedes": first.id}).status == 303
    assert now(own, other.id)["supersedes"] == first.id
    loan, spend = find(own, *LOAN), find(own, *SPEND)
    assert send(desk, spend, {"part_of": "", f"part_of.{loan.id}": "on"}).status == 303
    assert now(own, spend.id)["part_of"] == loan.id
    assert send(desk, spend, {"part_of": ""}).status == 303
    assert now(own, spend.id)["part_of"] is None


def test_a_statement_is_the_authority(desk: Client, own: Path) -> None:
    loan, said = find(own, *LOAN), find(own, "statement", "We keep our word")
    assert send(desk, loan, {"according_to": f"statement:{said.id}"}).status == 303
    assert now(own, loan.id)["according_to"] == {"kind": "statement", "id": said.id, "name": "Ana Velkova"}
    assert send(desk, loan, {"according_to": "outlet"}).status == 303
    assert now(own, loan.id)["according_to"] == {
        "kind": "outlet",
        "id": loan.article,
        "name": "The Ostrava Post",
    }


def test_an_amount_is_given_in_parts(desk: Client, own: Path) -> None:
    loan = find(own, *LOAN)
    parts = {
        "amount.value": "",
        "amount.low": "2,200,000,000",
        "amount.high": "2.3e9",
        "amount.qualifier": "between",
        "amount.basis": "per_year",
    }
    assert send(desk, loan, parts).status == 303
    amount = now(own, loan.id)["amount"]
    assert (amount["value"], amount["low"], amount["high"], amount["unit"], amount["qualifier"], amount["basis"]) == (
        None, 2.2e9, 2.3e9, "SEK", "between", "per_year",
    )  # fmt: skip
    gone = dict.fromkeys(["amount", "amount.value", "amount.low", "amount.high", "amount.unit"], "")
    assert send(desk, loan, gone).status == 303
    assert now(own, loan.id)["amount"] is None
    assert send(desk, loan, {"amount": "£3m"}).status == 303, "and words alone are read again"
    assert now(own, loan.id)["amount"]["value"] == 3e6


def test_who_the_registry_alone_knows_comes_into_the_ledger(desk: Client, own: Path) -> None:
    said = find(own, "statement", "We keep our word")
    assert send(desk, said, {"speaker": "Norway", "addressees": "Marland"}).status == 303
    with Ledger.open(own, readonly=True) as ledger:
        assert ledger.get(said.id).speaker.id == "NO"
        assert [a.type for a in ledger.actors.where(name="Norway")] == ["state"]


def test_the_articles_people_are_offered(desk: Client, own: Path) -> None:
    page = desk.get(f"/review?at={find(own, *LOAN).id}").text
    people = page.partition('<datalist id="people">')[2].partition("</datalist>")[0]
    assert "Ana Velkova" in people
    assert "Émile Orden" not in people, "of another article"


@pytest.mark.parametrize(
    ("which", "form", "says"),
    [
        (LOAN, {"due": "soon"}, "expected a time as EDTF"),
        (LOAN, {"due": "2025-02-30"}, "expected a time as EDTF"),
        (LOAN, {"stages.1.stage": "delivered", "stages.1.date": "2025-13"}, "expected a time as EDTF"),
        (LOAN, {"stages.1.words": "arrived"}, "row 2: got no stage, expected one of: floated"),
        (LOAN, {"stages.0.stage": "signed"}, "stages cannot be"),
        (JOINS, {"conditions.1.text": "if it rains"}, "row 2: got no type, expected one of: term"),
        (JOINS, {"conditions.0.target": "Nobody at all"}, "row 1 got the name"),
        (JOINS, {"conditions.0.text": " "}, "expected the words of the condition"),
        (DEAL, {"steps.0.order": "first"}, "got the order"),
        (DEAL, {"steps.0.actors": "Nobody at all"}, "no actor in this ledger has"),
        (GUARANTEE, {"depends_on": "te-0000000000000000"}, "expected the id of a term in this ledger"),
        (LOAN, {"amount.value": "much"}, "expected a number"),
        (LOAN, {"amount.unit": "crowns"}, "expected the unit"),
        (LOAN, {"amount.low": "9e12"}, "expected the least"),
        (LOAN, {"according_to": "statement:te-0"}, "there is no record"),
        (LOAN, {"according_to": "nobody"}, "expected the outlet"),
        (LOAN, {"made_by": "the PM"}, "no actor in this ledger has; in the registry"),
    ],
)
def test_what_a_field_cannot_be_is_refused(
    which: tuple[str, str], form: dict[str, str], says: str, desk: Client, own: Path
) -> None:
    record = find(own, *which)
    answer = send(desk, record, form)
    assert answer.status == 400
    assert says in answer.text.replace("&#39;", "'")
    assert now(own, record.id) == record.to_dict()


def test_a_term_does_not_depend_on_itself_nor_on_a_pledge(desk: Client, own: Path) -> None:
    term, loan = find(own, *GUARANTEE), find(own, *LOAN)
    for key, says in ((term.id, "expected another term than itself"), (loan.id, "which is a pledge")):
        answer = send(desk, term, {"depends_on": key})
        assert (answer.status, says in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("due", "soon"), ("part_of", "pl-0"), ("stages", [{"stage": "delivered", "date": "x", "words": ""}])],
)
def test_the_command_line_refuses_the_same(field: str, value: object, own: Path) -> None:
    """What is checked is checked where decisions are kept, whoever they come from."""
    from detente.errors import RecordError

    with Ledger.open(own) as ledger, pytest.raises(RecordError, match="expected"):
        ledger.judge(made.one(ledger, *LOAN), "edit", by="Per Holm", field=field, new=value)

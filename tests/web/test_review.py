"""The review: one record at a time, what was decided kept, what was read beside it, the next record shown."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from detente.ledger import Ledger
from detente.records import KINDS
from detente.web import create_app

from . import made
from .client import Answer, Client


def state(own: Path, key: str) -> str:
    with Ledger.open(own, readonly=True) as ledger:
        return ledger.get(key).review


def says(control: dict[str, Any]) -> dict[str, str]:
    """What a browser would send of a field of the form that nobody touched."""
    cells = [cell for row in control["rows"] for cell in row if cell["form"] != "tick" or cell["value"]]
    return {cell["name"]: cell["value"] for cell in cells or [control]}


def waiting(desk: Client, address: str = "/review") -> str:
    """The id of the record that the page shows."""
    entry = desk.get(address.replace("/review", "/review.json", 1)).json()["entry"]
    return str(entry["record"]["id"])


def led_to(answer: Answer) -> str:
    assert answer.status == 303, answer.text
    return answer.headers["location"]


def test_the_first_record_that_waits_is_shown_with_its_words_marked(desk: Client) -> None:
    page = desk.get("/review")
    key = waiting(desk)
    assert f'data-r="{key}"' in page.text
    assert re.search(r'<div class="passage text">.*<mark class="k-\w+ f-\w+"', page.text, re.S)
    for name in ("a", "r", "e", "d", "u", "m", "s", "z", "y", "?"):
        assert f'data-key="{name}"' in page.text


@pytest.mark.parametrize(("what", "review"), [("accept", "accepted"), ("reject", "rejected"), ("dispute", "disputed")])
def test_a_decision_is_kept_and_the_next_record_comes(what: str, review: str, desk: Client, own: Path) -> None:
    key, after = waiting(desk), desk.get("/review.json").json()["after"]
    place = led_to(desk.post("/review", {"do": what, "record": key, "by": "Per Holm", "note": "heard it"}))
    assert parse_qs(urlsplit(place).query)["at"] == [after]
    assert waiting(desk, place) == after
    with Ledger.open(own, readonly=True) as ledger:
        last = ledger.judgements()[-1]
        assert (ledger.get(key).review, last.by, last.note, last.record) == (review, "Per Holm", "heard it", key)


def test_every_record_comes_once_and_then_none_is_left(desk: Client, own: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger:
        proposed = [r.id for r in ledger.records().where(review="proposed")]
    seen, place = [], "/review"
    while entry := desk.get(place.replace("/review", "/review.json", 1)).json()["entry"]:
        seen.append(entry["record"]["id"])
        place = led_to(desk.post("/review", {"do": "accept", "record": seen[-1], "by": "Per Holm"}))
    assert seen == proposed
    assert "Nothing is left to decide" in desk.get("/review").text


def test_skipping_goes_round_and_decides_nothing(desk: Client, own: Path) -> None:
    first, seen, key = waiting(desk, "/review?kind=term"), set(), ""
    while key != first:
        key = desk.get(f"/review.json?kind=term&at={key or first}").json()["after"]
        assert key not in seen
        seen.add(key)
    with Ledger.open(own, readonly=True) as ledger:
        assert seen == {t.id for t in ledger.terms.where(review="proposed")}


def test_the_filters_stay_while_one_decides(desk: Client) -> None:
    key = waiting(desk, "/review?kind=statement&mode=indirect")
    place = led_to(desk.post("/review?kind=statement&mode=indirect", {"do": "accept", "record": key, "by": "Per Holm"}))
    asked = parse_qs(urlsplit(place).query)
    assert (asked["kind"], asked["mode"]) == (["statement"], ["indirect"])
    shown = desk.get(place.replace("/review", "/review.json", 1)).json()["entry"]["record"]
    assert shown["mode"] == "indirect"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_edited_and_is_unchanged_by_its_own_form(kind: str, desk: Client, own: Path) -> None:
    """What the form says at first changes nothing: no value is lost on its way through the browser."""
    with Ledger.open(own, readonly=True) as ledger:
        keys = [r.id for r in ledger.records(kind)]
    for key in keys:
        controls = desk.get(f"/review.json?kind={kind}&at={key}").json()["controls"]
        assert controls
        form = {f"e-{name}": value for c in controls for name, value in says(c).items()}
        answer = desk.post("/review", form | {"do": "edit", "record": key, "by": "Per Holm"})
        assert "changes nothing" in answer.text, key


@pytest.mark.parametrize(
    ("words", "field", "given", "value"),
    [
        ("signed a loan", "stage", "delivered", "delivered"),
        ("signed a loan", "stage", "unknown", None),
        ("signed a loan", "hearsay", "yes", True),
        ("signed a loan", "due", "2026", "2026"),
        ("signed a loan", "financing", "", None),
        ("signed a loan", "pledger", "Ostrava; the Republic of Ostrava; Tarn", ["OS", "OS", "TN"]),
        ("signed a loan", "made_by", "President Velkova", "ana-velkova"),
        ("signed a loan", "beneficiary", "", []),
    ],
)
def test_a_field_is_edited(words: str, field: str, given: str, value: object, desk: Client, own: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger:
        record = made.one(ledger, "pledge", words)
    led_to(desk.post("/review", {"do": "edit", f"e-{field}": given, "record": record.id, "by": "Per Holm"}))
    with Ledger.open(own, readonly=True) as ledger:
        now = ledger.get(record.id).to_dict()[field]
    ids = [a["id"] for a in now] if isinstance(now, list | tuple) else now["id"] if isinstance(now, dict) else now
    assert ids == value
    page = desk.get(f"/review?at={record.id}").text
    assert "the machine read:" in page


def test_a_sum_is_read_as_it_is_written(desk: Client, own: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger:
        record = made.one(ledger, "pledge", "signed a loan")
    led_to(desk.post("/review", {"do": "edit", "e-amount": "£2.3bn", "record": record.id, "by": "Per Holm"}))
    with Ledger.open(own, readonly=True) as ledger:
        amount = ledger.get(record.id).to_dict()["amount"]
    assert (amount["value"], amount["unit"], amount["surface"]) == (2.3e9, "GBP", "£2.3bn")


def test_several_fields_at_once_are_one_step(desk: Client, own: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger:
        record = made.one(ledger, "pledge", "signed a loan")
        before = len(ledger.judgements())
    wrong = {"e-stage": "delivered", "e-pledger": "Nobody at all"}
    assert desk.post("/review", wrong | {"do": "edit", "record": record.id, "by": "Per Holm"}).status == 400
    with Ledger.open(own, readonly=True) as ledger:
        assert len(ledger.judgements()) == before
        assert ledger.get(record.id).to_dict()["stage"] == "committed"


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"do": "accept", "by": " "}, "without a name"),
        ({"do": "shrug"}, "expected one of: accept, reject, dispute"),
        ({"do": ""}, "got the decision"),
        ({"do": "edit", "e-stage": "signed"}, "expected one of"),
        ({"do": "edit", "e-pledger": "Nobody at all"}, "which no actor in this ledger has"),
        ({"do": "edit", "e-amount": "a lot"}, "expected one sum"),
        ({"do": "edit", "e-amount": "£2 and £3"}, "expected one sum"),
        ({"do": "edit", "e-nothing": "x"}, "changes nothing"),
        ({"do": "edit"}, "changes nothing"),
        ({"do": "accept", "record": "pl-0"}, "there is no record"),
    ],
)
def test_what_cannot_be_decided_is_said_and_changes_nothing(form: dict[str, str], says: str, desk: Client, own: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger:
        record = made.one(ledger, "pledge", "signed a loan")
        before = len(ledger.judgements())
    answer = desk.post("/review", {"record": record.id, "by": "Per Holm"} | form)
    assert answer.status == 400
    assert says in answer.text.replace("&#39;", "'")
    with Ledger.open(own, readonly=True) as ledger:
        assert len(ledger.judgements()) == before


def test_undo_and_redo_survive_a_restart(desk: Client, own: Path) -> None:
    key = waiting(desk)
    led_to(desk.post("/review", {"do": "accept", "record": key, "by": "Per Holm", "note": "heard it"}))
    for what, review in [("undo", "proposed"), ("redo", "accepted"), ("undo", "proposed")]:
        again = Client(create_app(own))
        place = led_to(again.post("/review", {"do": what, "by": "Per Holm"}))
        assert state(own, key) == review
        assert parse_qs(urlsplit(place).query)["at"] == [key], "the record is shown once more"


def test_all_at_once_is_undone_as_one(desk: Client, own: Path) -> None:
    page = desk.get("/review.json?kind=term&all=reject").json()
    ids = [e["record"]["id"] for e in page["listed"]]
    led_to(desk.post("/review?kind=term", {"all": "reject", "shown": page["shown"], "by": "Per Holm"}))
    assert {state(own, key) for key in ids} == {"rejected"}
    led_to(desk.post("/review", {"do": "undo", "by": "Per Holm"}))
    assert {state(own, key) for key in ids} == {"proposed"}


def test_an_edit_of_several_fields_is_undone_as_one(desk: Client, own: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger:
        record = made.one(ledger, "pledge", "signed a loan")
    led_to(desk.post("/review", {"do": "edit", "e-stage": "delivered", "e-due": "2026", "record": record.id, "by": "Per Holm"}))
    led_to(desk.post("/review", {"do": "undo", "by": "Per Holm"}))
    with Ledger.open(own, readonly=True) as ledger:
        assert ledger.get(record.id) == record


def test_one_undoes_ones_own_decisions(desk: Client, own: Path) -> None:
    led_to(desk.post("/review", {"do": "accept", "record": waiting(desk), "by": "Per Holm"}))
    answer = desk.post("/review", {"do": "undo", "by": "Émile Orden"})
    assert answer.status == 400
    assert "undo" in answer.text


def test_who_is_unsure_leaves_it_open_and_says_so(desk: Client, own: Path) -> None:
    key = waiting(desk)
    led_to(desk.post("/review", {"do": "unsure", "record": key, "by": "Per Holm", "note": "which loan?"}))
    assert state(own, key) == "proposed"
    page = desk.get(f"/review?at={key}").text
    assert "was unsure" in page
    assert "which loan?" in page


def test_a_record_is_merged_into_one_that_says_the_same(desk: Client, own: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger:
        one, other = made.one(ledger, "pledge", "2.2bn crowns"), made.one(ledger, "pledge", "signed a loan")
    offered = desk.get(f"/review.json?kind=pledge&at={one.id}").json()["alike"]
    assert offered[0]["record"]["id"] == other.id, "the other telling of the loan is offered first"
    led_to(desk.post("/review?kind=pledge", {"do": "merge", "into": other.id, "into-id": "", "record": one.id, "by": "Per Holm"}))
    with Ledger.open(own, readonly=True) as ledger:
        assert ledger.kept(one.id) == other.id
    assert one.id not in [e["record"]["id"] for e in desk.get("/pledges.json").json()["entries"]]
    led_to(desk.post("/review", {"do": "undo", "by": "Per Holm"}))
    assert one.id in [e["record"]["id"] for e in desk.get("/pledges.json").json()["entries"]]


@pytest.mark.parametrize("into", ["", "pl-0", "itself", "statement"])
def test_a_merge_into_nothing_like_it_is_refused(into: str, desk: Client, own: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger:
        record = made.one(ledger, "pledge", "signed a loan")
        named = {"itself": record.id, "statement": ledger.statements[0].id}.get(into, into)
        before = len(ledger.judgements())
    assert desk.post("/review", {"do": "merge", "into-id": named, "record": record.id, "by": "Per Holm"}).status == 400
    with Ledger.open(own, readonly=True) as ledger:
        assert len(ledger.judgements()) == before


def test_what_one_decided_last_is_shown(desk: Client) -> None:
    key = waiting(desk)
    led_to(desk.post("/review", {"do": "reject", "record": key, "by": "Ida Lund", "note": "nobody says so"}))
    recent = desk.get("/review.json").json()["recent"]
    assert (recent[0]["record"], recent[0]["action"]) == (key, "reject")
    assert "nobody says so" in desk.get("/review").text


def test_the_reviewers_name_is_remembered(own: Path) -> None:
    desk = Client(create_app(own))
    answer = desk.post("/review", {"do": "accept", "record": waiting(desk), "by": "Émile; Orden"})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert 'value="Émile; Orden"' in desk.get("/review", cookie=cookie.partition(";")[0]).text


def test_all_that_are_shown_are_decided_and_no_others(desk: Client, own: Path) -> None:
    page = desk.get("/review.json?kind=term&all=accept").json()
    assert page["left"] == len(page["listed"]) > 1
    assert f"Accept {page['left']} records" in desk.get("/review?kind=term&all=accept").text
    led_to(desk.post("/review?kind=term", {"all": "accept", "shown": page["shown"], "by": "Per Holm"}))
    ids = [e["record"]["id"] for e in page["listed"]]
    assert {state(own, key) for key in ids} == {"accepted"}
    with Ledger.open(own, readonly=True) as ledger:
        assert [j.record for j in ledger.judgements()][-len(ids) :] == ids


def test_all_is_refused_where_something_changed_meanwhile(desk: Client, own: Path) -> None:
    shown = desk.get("/review.json?kind=term&all=reject").json()
    led_to(desk.post("/review", {"do": "accept", "record": shown["listed"][0]["record"]["id"], "by": "Ida Lund"}))
    answer = desk.post("/review?kind=term", {"all": "reject", "shown": shown["shown"], "by": "Per Holm"})
    assert answer.status == 400
    assert "other records than" in answer.text
    assert {state(own, e["record"]["id"]) for e in shown["listed"]} == {"accepted", "proposed"}


@pytest.mark.parametrize("address", ["/review?kind=nothing", "/review?all=edit", "/review?mood=good", "/review?kind=term&mode=direct"])
def test_an_address_that_says_nothing_is_refused(address: str, desk: Client) -> None:
    assert desk.get(address).status == 400



"""What is sent is taken only from a page of this server, with its token, as a form, and not without end."""

from pathlib import Path

import pytest

from detente.ledger import Ledger
from detente.web import create_app
from detente.web.sending import MOST_BYTES

from .client import HOST, Client


@pytest.fixture
def decision(own: Path) -> dict[str, str]:
    """A form that would be taken."""
    with Ledger.open(own, readonly=True) as ledger:
        record = next(r for r in ledger.terms if r.review == "proposed")
    return {"do": "accept", "record": record.id, "by": "Ida Lund"}


def judged(own: Path) -> int:
    with Ledger.open(own, readonly=True) as ledger:
        return len(ledger.judgements())


def test_a_form_of_a_page_is_taken(desk: Client, own: Path, decision: dict[str, str]) -> None:
    before = judged(own)
    assert desk.post("/review", decision).status == 303
    assert judged(own) == before + 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://127.0.0.1:9000"}, 403),
        ({"host": "evil.example", "origin": "http://evil.example"}, 400),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"content_type": "multipart/form-data; boundary=x", "content-type": ""}, 415),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": ""}, 415),
    ],
)
def test_a_form_from_elsewhere_is_refused(headers: dict[str, str], status: int, desk: Client, own: Path, decision: dict[str, str]) -> None:
    before = judged(own)
    answer = desk.post("/review", decision, **headers)
    assert answer.status == status
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert judged(own) == before


@pytest.mark.parametrize("token", ["", "guessed", "é", "x" * 500])
def test_without_the_token_of_the_page_nothing_is_written(token: str, desk: Client, own: Path, decision: dict[str, str]) -> None:
    before = judged(own)
    assert desk.post("/review", decision | {"csrf": token}).status == 403
    assert judged(own) == before


def test_the_token_of_another_run_is_none(desk: Client, own: Path, decision: dict[str, str]) -> None:
    answer = Client(create_app(own)).post("/review", decision | {"csrf": desk.csrf})
    assert answer.status == 403
    assert "load the page again" in answer.text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"note": "n" * MOST_BYTES}, 413),
        ({f"e-{n}": "x" for n in range(3000)}, 400),
        ({"do": ["accept", "reject"]}, 400),
        ({"by": ["Ida", "Per"]}, 400),
    ],
)
def test_a_form_has_bounds(fields: dict[str, str], status: int, desk: Client, own: Path, decision: dict[str, str]) -> None:
    before = judged(own)
    assert desk.post("/review", decision | fields).status == status
    assert judged(own) == before


def test_a_form_that_is_no_text_is_refused(desk: Client) -> None:
    import asyncio

    headers = {"host": HOST, "origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"}
    for body in (b"\xff\xfe", b"a=%ff"):
        assert asyncio.run(desk._ask("/review", "POST", headers, body)).status == 400


def test_a_server_that_only_shows_takes_nothing(own: Path, decision: dict[str, str]) -> None:
    shown = Client(create_app(own, readonly=True))
    before = judged(own)
    assert shown.post("/review", decision).status == 405
    assert judged(own) == before
    assert "to change nothing" in shown.get("/review").text


def test_a_token_is_asked_for_before_anything_is_taken(own: Path, decision: dict[str, str]) -> None:
    locked = Client(create_app(own, token="s3same"))
    assert locked.post("/review", decision | {"csrf": "x"}).status == 401
    assert locked.post("/review", decision | {"csrf": "x"}, cookie="detente=s3same").status == 403


def test_only_the_review_takes_forms(desk: Client, decision: dict[str, str]) -> None:
    for place in ("/", "/statements", "/records", "/weighing"):
        assert desk.post(place, decision).status == 405, place

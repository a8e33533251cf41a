"""Only this machine, only its own pages, only what is read; and a token where others can reach the server."""

from pathlib import Path

import pytest

from detente.ledger import Ledger
from detente.web import create_app
from detente.web.security import hostname

from .client import HOST, Client
from .test_pages import FIXED

TOKEN = "sesame & öpen"


@pytest.fixture(scope="module")
def locked(path: Path) -> Client:
    return Client(create_app(path, token=TOKEN))


def protected(headers: dict[str, str]) -> bool:
    policy = headers["content-security-policy"]
    return (
        "default-src 'none'" in policy
        and "unsafe" not in policy
        and "frame-ancestors 'none'" in policy
        and headers["x-content-type-options"] == "nosniff"
        and headers["referrer-policy"] == "same-origin"
        and headers["cross-origin-resource-policy"] == "same-origin"
    )


@pytest.mark.parametrize("address", [*FIXED, "/nothing", "/statements?x=1", "/static/page.css", "/index.json", "/index.csv"])
def test_every_answer_is_protected(address: str, client: Client) -> None:
    assert protected(client.get(address).headers)


@pytest.mark.parametrize("host", ["127.0.0.1", HOST, "localhost", "LOCALHOST:8000", "[::1]:8000"])
def test_this_machine_is_answered(host: str, client: Client) -> None:
    assert client.get("/", host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "localhost.evil.example", "[", "192.168.0.7", "127.0.0.1@evil.example"])
def test_another_name_is_refused(host: str, client: Client) -> None:
    """An attacker who points a name at 127.0.0.1 must not read the ledger through the reader's browser."""
    for address in ("/", "/statements.json", "/static/page.css"):
        answer = client.get(address, host=host)
        assert answer.status == 400
        assert "Velkova" not in answer.text


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:9000", "null", "http://localhost:8000", "file://"])
def test_a_page_of_another_server_is_refused(origin: str, client: Client) -> None:
    assert client.get("/statements.json", origin=origin).status == 403


def test_a_page_of_this_server_is_answered(client: Client) -> None:
    assert client.get("/statements.json", origin=f"http://{HOST}").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_is_written(method: str, client: Client, path: Path) -> None:
    before = path.read_bytes()
    for address in ("/", "/statements", "/records/x", "/statements.json"):
        answer = client.get(address, method=method)
        assert answer.status == 405, address
        assert protected(answer.headers)
    assert path.read_bytes() == before


def test_head_has_no_body(client: Client) -> None:
    answer = client.get("/statements", method="HEAD")
    assert answer.status == 200


def test_without_the_token_nothing_is_shown(locked: Client) -> None:
    for address in ("/", "/statements.json", "/?token=wrong", "/static/page.css"):
        answer = locked.get(address)
        assert answer.status == 401
        assert "Velkova" not in answer.text
        assert "set-cookie" not in answer.headers
    assert locked.get("/", cookie="detente=wrong").status == 401
    assert locked.get("/", authorization="Bearer wrong").status == 401
    assert locked.get("/", authorization="Basic " + TOKEN.replace("ö", "o")).status == 401


def test_the_token_becomes_a_cookie_and_leaves_the_address(path: Path) -> None:
    locked = Client(create_app(path, token="s3same"))
    answer = locked.get("/statements?speaker=Ana+Velkova&token=s3same", host="ledger.example")
    assert answer.status == 303
    assert answer.headers["location"] == "/statements?speaker=Ana+Velkova"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    page = locked.get(answer.headers["location"], cookie=cookie.partition(";")[0], host="ledger.example")
    assert page.status == 200


def test_a_token_of_any_characters_opens(locked: Client) -> None:
    from urllib.parse import quote

    answer = locked.get(f"/?token={quote(TOKEN)}", host="ledger.example")
    assert answer.status == 303
    cookie = answer.headers["set-cookie"].partition(";")[0]
    assert locked.get("/", cookie=cookie, host="ledger.example").status == 200


def test_a_script_shows_the_token_in_a_header(path: Path) -> None:
    assert Client(create_app(path, token="s3same")).get("/index.json", authorization="Bearer s3same", host="ledger.example").status == 200


@pytest.mark.parametrize(("host", "name"), [("a:1", "a"), ("[::1]:8", "::1"), ("A", "a"), ("", ""), ("[", ""), ("x y", "x y")])
def test_the_name_in_a_host_header(host: str, name: str) -> None:
    assert hostname(host) == name


def test_what_is_not_there_is_a_page(client: Client, ledger: Ledger) -> None:
    some = next(iter(ledger.pledges)).id
    for address in ("/nowhere", "/records/pl-0", "/articles/0", "/actors/nobody", f"/records/{some[:-1]}"):
        page = client.get(address)
        assert page.status == 404, address
        assert page.headers["content-type"].startswith("text/html")
        assert "<h1>That is not here</h1>" in page.text
        data = client.get(f"{address}.json")
        assert (data.status, data.json()["status"]) == (404, 404)
    assert f"did you mean {some}" in client.get(f"/records/{some[:-1]}").text


def test_a_ledger_that_went_away_is_a_page(tmp_path: Path, path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Ledger.open(path, readonly=True) as ledger:
        ledger.backup(copy)
    client = Client(create_app(copy))
    copy.unlink()
    page = client.get("/")
    assert page.status == 503
    assert "there is no ledger here" in page.text
    assert protected(page.headers)


def test_a_fault_of_ours_is_a_page_without_its_insides(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.web import app as module

    def broken(ask: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(module, "PLACES", (module.Place("/", broken),))  # type: ignore[arg-type]
    client = Client(module.create_app(path))
    page = client.get("/")
    assert page.status == 500
    assert "secret" not in page.text
    assert protected(page.headers)
    assert isinstance(client.raised, ZeroDivisionError)

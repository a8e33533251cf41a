"""The server on a real socket: which address, which port, and clear errors for those that cannot be had."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.errors import DetenteError, LedgerMissing, NotALedger
from detente.web import create_app, serve
from detente.web.listening import address, listen

SERVER = "import sys; from pathlib import Path; from detente.web import serve; serve(Path(sys.argv[1]), port=0)"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.7", "::", "ledger.example"])
def test_another_address_needs_a_token(host: str, path: Path) -> None:
    with pytest.raises(DetenteError, match="other machines can reach") as caught:
        serve(path, host=host)
    assert "--token" in caught.value.remedy


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none(port: int) -> None:
    with pytest.raises(DetenteError, match="expected 0 to 65535"):
        listen("127.0.0.1", port, None)


def test_a_port_that_is_taken(path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DetenteError, match=f"port {port} of 127.0.0.1 is taken") as caught:
            serve(path, port=port)
    assert caught.value.remedy == f"detente serve --port {port + 1}"


def test_an_address_that_is_not_this_machines() -> None:
    with pytest.raises(DetenteError, match="not this machine's"):
        listen("203.0.113.9", 0, "token")


def test_the_address_has_the_port_and_the_token() -> None:
    with listen("127.0.0.1", 0, None) as listening:
        port = listening.getsockname()[1]
        assert address(listening, "127.0.0.1", None) == f"http://127.0.0.1:{port}/"
        assert address(listening, "127.0.0.1", "a b&c") == f"http://127.0.0.1:{port}/?token=a+b%26c"
        assert address(listening, "::1", None) == f"http://[::1]:{port}/"


def test_only_this_machine_is_listened_to() -> None:
    with listen("127.0.0.1", 0, None) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_a_ledger_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        create_app(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("not a ledger")
    with pytest.raises(NotALedger):
        serve(tmp_path / "text.db", port=0)


def get(port: int, path: str, host: str | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"host": host} if host else {})
    return connection.getresponse()


def test_the_server_serves_until_it_is_interrupted(path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(path)], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONWARNINGS": "error::ResourceWarning"})
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        port = int(first.rstrip("/\n").rpartition(":")[2])
        page = get(port, "/statements")
        assert page.status == 200
        assert b"Ana Velkova" in page.read()
        assert page.getheader("server") is None
        assert get(port, "/", host="evil.example").status == 400
        assert get(port, "/static/page.css").status == 200
        assert get(port, "/static/../app.py").status == 404
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (0, -signal.SIGINT, 130)
    finally:
        process.kill()
        process.wait()


def test_the_browser_is_opened_at_the_address(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import webbrowser

    import uvicorn

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: None)
    serve(path, port=0, open_browser=True, token="s3same")
    said = capsys.readouterr().out
    assert opened[0] in said
    assert opened[0].endswith("/?token=s3same")


def test_many_readers_at_once(path: Path) -> None:
    """Each request has a connection of its own, so that none waits for another or sees its state."""
    from concurrent.futures import ThreadPoolExecutor

    from .client import Client

    client = Client(create_app(path))
    places = ["/", "/statements.json", "/weighing.json?draws=50", "/search?q=truce"] * 8
    begun = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        assert {answer.status for answer in pool.map(client.get, places)} == {200}
    assert time.monotonic() - begun < 60

"""`detente serve`: a ledger in the browser, until it is stopped."""

from __future__ import annotations

import getpass
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

SERVE = [sys.executable, "-c", "from detente.cli import main; main()", "serve"]


def test_it_answers_on_this_machine_and_ends_with_control_c(ledger: Path) -> None:
    process = subprocess.Popen([*SERVE, "--port", "0"], cwd=ledger.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+\S*", said)
        assert address, said
        with urllib.request.urlopen(address[0], timeout=30) as page:
            assert "detente.db" in page.read().decode()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert "Traceback" not in err
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("args", "options"),
    [
        (["--token", "secret", "--host", "0.0.0.0"], {"host": "0.0.0.0", "token": "secret", "by": ""}),
        (["--token", "secret", "--by", "Ana"], {"token": "secret", "by": "Ana"}),
        (["--open", "--port", "8123"], {"port": 8123, "open_browser": True, "by": getpass.getuser()}),
        (["--read-only", "--by", "Ana"], {"readonly": True, "by": "Ana"}),
        (["--registry", "own", "--by", "Ana"], {"registry": Path("own"), "by": "Ana"}),
    ],
)
def test_what_is_asked_for_is_what_is_served(args: list[str], options: dict, run, ledger, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr("detente.web.serve", lambda path, **options: asked.append((path, options)))
    Path("own").mkdir()
    Path("own/states.csv").write_text("id,name,aliases,demonyms,capital,qid\nXO,Ostrava,,Ostravan,Hillfort,\n")
    assert run("serve", *args, "--ledger", "talks.db").status == 0
    plain = {"host": "127.0.0.1", "port": 8000, "open_browser": False, "token": None, "readonly": False, "registry": None}
    assert asked == [(Path("talks.db"), plain | options)]


def test_a_new_ledger_is_made_where_asked_and_no_other_is_touched(run, ledger, monkeypatch) -> None:
    monkeypatch.setattr("detente.web.serve", lambda path, **options: None)
    assert run("serve", "--new", "--ledger", "fresh.db").status == 0
    assert Path("fresh.db").exists()
    before = Path(ledger).read_bytes()
    assert run("serve", "--new", "--ledger", str(ledger)).status == 0
    assert Path(ledger).read_bytes() == before


@pytest.mark.parametrize(("args", "opened"), [([], 1), (["--read-only"], 0)])
def test_a_ledger_is_opened_to_be_written_once_so_that_an_earlier_one_is_brought_up_to_date(
    args: list[str], opened: int, run, ledger, monkeypatch
) -> None:
    from detente.ledger import Ledger

    plain, seen = Ledger.open, []
    monkeypatch.setattr(Ledger, "open", lambda path, **options: seen.append(options) or plain(path, **options))
    monkeypatch.setattr("detente.web.serve", lambda path, **options: None)
    assert run("serve", *args, "--ledger", str(ledger)).status == 0
    assert [options for options in seen if not options.get("readonly")] == [{}] * opened


@pytest.mark.parametrize(
    ("args", "said"),
    [(["--ledger", "nowhere.db"], "nowhere.db"), (["--host", "0.0.0.0", "--port", "0"], "token")],
)
def test_what_cannot_be_served_is_said(args: list[str], said: str, run, ledger) -> None:
    ran = run("serve", *args)
    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err
    assert "Traceback" not in ran.err

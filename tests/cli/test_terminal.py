"""What a person sees on a terminal: lines that fit, words marked, a progress bar that leaves nothing behind."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="pseudo-terminals are POSIX")

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
CALL = [sys.executable, "-c", "from detente.cli import main; main()"]


def on_terminal(folder: Path, columns: int, *args: str) -> tuple[int, str]:
    """The exit status of a command, and all that it wrote to a terminal of so many columns."""
    mine, its = os.openpty()
    settings = os.environ | {"COLUMNS": str(columns), "LINES": "50", "TERM": "xterm-256color"}
    settings.pop("NO_COLOR", None)
    process = subprocess.Popen([*CALL, *args], cwd=folder, stdin=its, stdout=its, stderr=its, env=settings)
    os.close(its)
    written = b""
    try:
        while more := os.read(mine, 4096):
            written += more
    except OSError:  # Linux says so when the other end is closed
        pass
    finally:
        os.close(mine)
    return process.wait(timeout=60), written.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("call", ["show pledges", "show statements --evidence", "show terms", "ask promises", "ask depends", "search Velkova", "weigh"])
def test_no_line_is_wider_than_the_terminal(call: str, ledger: Path) -> None:
    status, shown = on_terminal(ledger.parent, 70, *call.split())
    assert status == 0
    lines = [CONTROL.sub("", line).rstrip() for line in shown.split("\n")]
    assert len(lines) > 2
    assert [line for line in lines if len(line) > 70] == []


def test_the_words_are_marked(ledger: Path) -> None:
    _, shown = on_terminal(ledger.parent, 120, "show", "pledges", "--evidence")
    assert re.search(r"\x1b\[[0-9;]*7m\[would lend Marland 2\.26 million crowns by 2027\]", shown), "not in reverse video"


def test_no_colour_where_none_is_wanted(ledger: Path, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    ran = subprocess.run([*CALL, "show", "pledges", "--evidence"], cwd=ledger.parent, capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert "\x1b" not in ran.stdout


def test_reading_shows_how_far_it_is_and_clears_it_away(ledger: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (ledger.parent / name).write_text(f"President Ana Velkova said that talks go on. {name}", encoding="utf-8")
    status, shown = on_terminal(ledger.parent, 100, "read", "a.txt", "b.txt", "--published", "2025-05-10")
    assert status == 0
    assert "reading: 2 articles" in shown
    assert CONTROL.sub("", shown.rstrip("\n").rpartition("\n")[2]).lstrip("\r").startswith("2 new articles → detente.db")


def test_a_run_with_workers_shows_its_line_in_a_narrow_terminal_and_clears_it_away(ledger: Path) -> None:
    pytest.importorskip("pyarrow", reason="an archive needs pyarrow")
    pytest.importorskip("py3langid", reason="an archive needs py3langid")
    (ledger.parent / "a.txt").write_text("President Ana Velkova of Ostrava said on Friday that talks go on.", encoding="utf-8")
    status, shown = on_terminal(ledger.parent, 24, "read", "a.txt", "--workers", "1", "--published", "2025-05-10")
    assert status == 0
    states = re.findall(r"\r([^\r\n]*)\x1b\[K", shown)
    assert "articles cut: 1" in states
    assert [state for state in states if len(state) > 23] == []
    assert "\x1b" not in shown.rpartition("\x1b[K")[2]
    assert shown.rpartition("\x1b[K")[2].startswith("1 of 1 shard read: 1 article, 12 words")

"""How the command is called: help, exit statuses, errors with what helps, nothing loaded in vain, no network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from detente.cli import VERBS, cli

from ..documents import Command
from ..documents import run as run_example

VERB_NAMES = list(VERBS)
SERVES = {"serve"}  # runs until it is stopped; its own tests start and stop it


def verb(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


def example(name: str) -> str:
    """The lines below "Example:" in a verb's help."""
    shown = verb(name).get_help(click.Context(verb(name), info_name=f"detente {name}", max_content_width=200))
    found = re.search(r"^  Example:\n((?:    .+\n)+)", shown, re.M)
    assert found, f"detente {name} --help has no example"
    return re.sub(r"^    ", "", found[1], flags=re.M)


# ---------------------------------------------------------------- help


def test_help_lists_every_verb(run) -> None:
    shown = run("--help")
    assert shown.status == 0
    assert shown.err == ""
    for name, (_, about) in VERBS.items():
        assert re.search(rf"^  {name} +{re.escape(about)}$", shown.out, re.M), f"{name} is not on a line of its own"


@pytest.mark.parametrize("name", VERB_NAMES)
def test_a_verb_has_help_with_one_example_that_begins_where_it_should(name: str, run) -> None:
    shown = run(name, "--help")
    assert shown.status == 0
    assert shown.out.startswith(f"Usage: detente {name} ")
    assert re.search(rf"\bdetente {name}\b", example(name))


@pytest.mark.parametrize("name", VERB_NAMES)
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [p.name for p in verb(name).params if isinstance(p, click.Option) and not p.help]
    assert silent == []


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where somebody has taken the first look."""
    folder = tmp_path_factory.mktemp("examples")
    back = Path.cwd()
    os.chdir(folder)
    try:
        assert run_example(Command("detente demo", "", 0)) is None
    finally:
        os.chdir(back)
    return folder


@pytest.mark.parametrize("name", [name for name in VERB_NAMES if name not in SERVES])
def test_the_example_runs_after_the_first_look(name: str, demo_folder: Path, tmp_path: Path, monkeypatch) -> None:
    shutil.copytree(demo_folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    if name == "import":  # takes in what the example of export wrote
        assert run_example(Command(example("export"), "", 0)) is None
    assert run_example(Command(example(name), "", 0)) is None


def test_the_version(run) -> None:
    import detente

    assert run("--version").out == f"detente, version {detente.__version__}\n"


# ---------------------------------------------------------------- exit statuses and errors


CALLS: list[tuple[list[str], int, list[str]]] = [
    # arguments, exit status, what standard error must hold
    (["shwo"], 2, ["shwo", "detente show"]),
    (["qqqqq"], 2, ["qqqqq", "detente --help"]),
    (["show"], 2, ["KIND", "statements"]),
    (["show", "statement"], 2, ["'statement'", "statements"]),
    (["show", "statements", "--colour", "red"], 2, ["--colour"]),
    (["show", "statements", "--evidence", "--json"], 2, ["one at most"]),
    (["show", "actors", "--evidence"], 2, ["detente show pledges --evidence"]),
    (["show", "statements", "--stage", "announced"], 2, ["'stage'", "speaker"]),
    (["show", "pledges", "--stage", "anounced"], 2, ["'anounced'", "floated", "try: announced"]),
    (["show", "statements", "--since", "last week"], 2, ["--since", "'last week'", "2025-03-02"]),
    (["show", "statements", "--until", "2025-02-30"], 2, ["--until", "'2025-02-30'", "2025-03-02"]),
    (["show", "statements", "--ledger", "nowhere.db"], 1, ["nowhere.db", "try: detente read"]),
    (["search"], 2, ["WORDS"]),
    (["search", "crowns", "--kind", "plegde"], 2, ["'plegde'", "try: pledge"]),
    (["search", "crowns", "--limit", "0"], 2, ["--limit"]),
    (["who", "the PM", "--in", "Britain"], 2, ["--in", "'Britain'", "GB"]),
    (["who", "the PM", "--on", "2025-13-01"], 2, ["--on", "2025-13-01", "2025-03-02"]),
    (["who", "the PM", "--registry", "nowhere"], 1, ["nowhere"]),
    (["ask", "promise"], 2, ["'promise'", "promises"]),
    (["review", "pl-0123456789abcdef", "accept"], 2, ["'pl-0123456789abcdef'", "try:"]),
    (["review", "pl-0123456789abcdef", "history"], 2, ["'pl-0123456789abcdef'", "try:"]),
    (["review", "pl-0123456789abcdef", "approve"], 2, ["'approve'", "accept"]),
    (["situation", "--ledger", "nowhere.db"], 1, ["nowhere.db", "try:"]),
    (["weigh", "nowhere.toml"], 1, ["nowhere.toml", "try: detente situation"]),
    (["weigh", "--draws", "0"], 2, ["--draws"]),
    (["weigh", "--without", "a pipeline"], 2, ["'a pipeline'", "A mission monitors the truce."]),
    (["export", "--format", "docx"], 2, ["'docx'", "csv, dna", "try: detente export"]),
    (["export", "--reporter", "XM-1", "The Coast Institute"], 2, ["--reporter", "jsonl", "--format iati"]),
    (["export", "--kind", "pledges"], 2, ["'pledges'", "try: pledge"]),
    (["import", "nowhere.jsonl", "--ledger", "new.db"], 1, ["nowhere.jsonl", "try: detente export"]),
    (["backup", "detente.db"], 1, ["detente.db", "try:"]),
    (["backup", "nowhere/copy.db"], 1, ["nowhere", "try: mkdir"]),
    (["check", "--ledger", "nowhere.db"], 1, ["nowhere.db", "try:"]),
    (["read"], 2, ["PATH"]),
    (["read", "a.txt", "--country", "Ostrava"], 2, ["--country", "'Ostrava'", "GB"]),
    (["read", "a.txt", "--published", "2025-02-30"], 2, ["2025-02-30", "try: detente read"]),
    (["read", "a.txt", "--published", "2999-01-01"], 2, ["future"]),
    (["serve", "--port", "70000"], 2, ["--port"]),
]  # fmt: skip


@pytest.mark.parametrize(("args", "status", "said"), CALLS, ids=[" ".join(args) for args, *_ in CALLS])
def test_a_call_that_cannot_work_says_why_on_standard_error(args, status, said, run, ledger) -> None:
    ran = run(*args)
    assert ran.status == status
    assert ran.out == ""
    for words in said:
        assert words in ran.err
    assert "Traceback" not in ran.err


def test_a_call_that_cannot_work_makes_no_ledger(run, tmp_path: Path) -> None:
    for args in (["import", "nowhere.jsonl"], ["show", "statements"], ["review", "st-1", "accept"], ["read", "a.txt", "--country", "X"]):
        assert run(*args, "--ledger", "new.db").status in (1, 2)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_ledger_is_left_alone(run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Not a ledger.", encoding="utf-8")
    ran = run("show", "statements", "--ledger", "notes.txt")
    assert (ran.status, ran.out) == (1, "")
    assert "notes.txt" in ran.err
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "Not a ledger."


def test_an_id_that_is_nearly_right_is_named(run, ledger) -> None:
    known = run("show", "pledges", "--ids").out.strip()
    ran = run("review", known[:-3] + "xyz", "accept")
    assert ran.status == 2
    assert f"did you mean {known}?" in ran.err


def test_interrupting_a_verb_is_no_fault(run, ledger, monkeypatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.ledger.Ledger.search", interrupted)
    ran = run("search", "crowns")
    assert (ran.status, ran.out, ran.err.strip()) == (130, "", "stopped")


# ---------------------------------------------------------------- the ledger that is meant


def test_the_ledger_is_the_option_then_the_variable_then_the_folders(run, ledger, tmp_path, monkeypatch) -> None:
    shutil.copy(ledger, tmp_path / "named.db")
    one = run("show", "pledges", "--ids").out.strip()
    run("review", one, "reject", "--by", "Ana", "--ledger", "named.db")
    assert run("show", "pledges", "--review", "rejected", "--ids").out == ""
    monkeypatch.setenv("DETENTE_LEDGER", str(tmp_path / "named.db"))
    assert run("show", "pledges", "--review", "rejected", "--ids").out.strip() == one
    assert run("show", "pledges", "--review", "rejected", "--ids", "--ledger", "detente.db").out == ""


# ---------------------------------------------------------------- processes of their own


def python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False)


HEAVY = ("numpy", "trafilatura", "lxml", "rich", "pandas", "starlette", "uvicorn", "onnxruntime")


@pytest.mark.parametrize(
    ("args", "may"),
    [(["--help"], ()), (["--version"], ()), (["show", "pledges", "--json"], ()), (["export"], ()), (["check"], ()), (["show", "pledges"], ("rich",))],
)
def test_what_a_call_does_not_need_is_not_imported(args: list[str], may: tuple[str, ...], ledger: Path) -> None:
    code = f"""
import sys
from detente.cli import main
try:
    main({args!r})
except SystemExit as left:
    print("\\nended", left.code, *(m for m in {HEAVY!r} if m in sys.modules), file=sys.stderr)
"""
    ran = python(code, ledger.parent)
    ended, status, *loaded = ran.stderr.strip("\n").split("\n")[-1].split()
    assert (ended, status) in (("ended", "0"), ("ended", "None")), ran.stderr
    assert set(loaded) <= set(may)


NO_NETWORK = """
import socket, sys
def refuse(*args, **kwargs):
    raise AssertionError("a network connection was opened")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.create_connection = socket.getaddrinfo = refuse
from detente.cli import main
for args in {calls!r}:
    try:
        main(args)
    except SystemExit as left:
        assert not left.code, (args, left.code)
"""


def test_nothing_opens_a_network_connection(ledger: Path) -> None:
    (ledger.parent / "a.txt").write_text("President Ana Velkova of Ostrava said that talks go on.", encoding="utf-8")
    (ledger.parent / "a.html").write_text(
        "<html><head><link rel='stylesheet' href='https://courier.example/a.css'></head><body><article><p>"
        + "President Ana Velkova of Ostrava said that talks with Marland go on. " * 5
        + "</p></article></body></html>",
        encoding="utf-8",
    )
    calls = [
        ["read", "a.txt", "a.html", "--published", "2025-05-10"], ["show", "statements", "--evidence"], ["weigh"],
        ["search", "talks"], ["who", "the", "PM", "--on", "2025-03-02", "--in", "GB"], ["export", "-o", "out.jsonl"],
    ]  # fmt: skip
    ran = python(NO_NETWORK.format(calls=calls), ledger.parent)
    assert ran.returncode == 0, ran.stderr


def test_the_network_test_can_fail(tmp_path: Path) -> None:
    code = NO_NETWORK.format(calls=[]) + "socket.create_connection(('127.0.0.1', 9))"
    assert "a network connection was opened" in python(code, tmp_path).stderr


@pytest.mark.parametrize("args", ["show statements --json", "show actors --csv", "export", "show pledges", "weigh"])
def test_a_reader_that_has_seen_enough_breaks_nothing(args: str, ledger: Path) -> None:
    # The reader is gone before the first word is written, so that every write meets a broken pipe.
    reading, writing = os.pipe()
    os.close(reading)
    call = [sys.executable, "-c", "from detente.cli import main; main()", *args.split()]
    ran = subprocess.run(call, cwd=ledger.parent, stdout=writing, stderr=subprocess.PIPE, encoding="utf-8", timeout=60, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, "")

"""`detente brief` and `detente publish` as they are called."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli import cli
from tests.web import made


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(made.build(tmp_path_factory.mktemp("brief") / "coast.db"))


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


def test_what_was_accepted_is_written_and_the_rest_is_counted(ledger: str) -> None:
    result = run("brief", "--since", "2025-03-01", "--ledger", ledger)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("# Since 2025-03-01\n")
    assert "We keep our word" in result.stdout
    assert "hardest winter" not in result.stdout
    assert "records since 2025-03-01 were left out" in result.stderr


@pytest.mark.parametrize(("name", "begins"), [("b.html", b"<!doctype html>"), ("b.md", b"# "), ("b.docx", b"PK"), ("b.txt", b"# ")])
def test_the_ending_says_the_format(name: str, begins: bytes, ledger: str, tmp_path: Path) -> None:
    if name.endswith("docx"):
        pytest.importorskip("docx")
    result = run("brief", "--since", "2025-03-01", "--include-unreviewed", "--title", "Lenz", "-o", str(tmp_path / name), "--ledger", ledger)
    assert result.exit_code == 0, result.output
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert result.output == ""


@pytest.mark.parametrize("args", [[], ["--since", "soon"], ["--since", "2025-03-01", "--format", "pdf"], ["--since", "2025-03-01", "-o", "no/such/b.md"]])
def test_a_wrong_call_is_told(args: list[str], ledger: str) -> None:
    assert run("brief", *args, "--ledger", ledger).exit_code == 2


def test_a_folder_of_files_is_written(ledger: str, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    result = run("publish", str(folder), "--ledger", ledger)
    assert result.exit_code == 0, result.output
    assert f"pages → {folder}/index.html" in result.stdout
    assert "were left out" in result.stderr
    again = run("publish", str(folder), "--ledger", ledger)
    assert again.exit_code == 1
    assert "holds something" in str(again.exception)

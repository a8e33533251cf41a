"""`detente.read`: the shortest way in from Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import detente
from detente.errors import InputError, InvalidDate, MalformedInput, MissingInput

TEXT = "President Ana Velkova said that talks ‘go on’. Her government will give Marland a loan worth £400m by 2027."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "article.txt"


def test_an_article_becomes_a_ledger_in_memory(article: Path) -> None:
    ledger = detente.read(article, published="2025-05-10", country="GB", publisher="The Courier")
    assert ledger.path is None
    assert [a.publisher for a in ledger.articles] == ["The Courier"]
    statement = ledger.statements.where(speaker="Ana Velkova")[0]
    assert statement.words("content")[0].exact in TEXT
    assert ledger.pledges[0].amount.value == 400_000_000
    assert list(article.parent.iterdir()) == [article]


def test_several_articles_and_folders_are_one_ledger(article: Path) -> None:
    (article.parent / "more").mkdir()
    (article.parent / "more" / "b.txt").write_text("The talks ended.", encoding="utf-8")
    assert len(detente.read(article, str(article.parent / "more")).articles) == 2


def test_a_ledger_may_be_given_or_named(article: Path, tmp_path: Path) -> None:
    with detente.Ledger.memory() as given:
        assert detente.read(article, ledger=given) is given
    for _ in range(2):
        with detente.read(article, ledger=tmp_path / "talks.db") as kept:
            assert len(kept.articles) == 1
    with detente.Ledger.open(tmp_path / "talks.db", readonly=True) as kept:
        assert len(kept.statements) == 1


def test_an_empty_ledger_is_a_ledger(article: Path) -> None:
    ledger = detente.Ledger.memory()
    assert not ledger.statements
    assert detente.read(article, ledger=ledger) is ledger


def test_a_registry_of_ones_own(article: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "people.csv").write_text("id,name,aliases,gender,country,qid\nvelkova,Ana Velkova,,f,SK,\n", encoding="utf-8")
    assert detente.read(article, registry=tmp_path / "mine").statements[0].speaker.id == "velkova"
    assert detente.read(article).statements[0].speaker.id != "velkova"


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"published": "last Friday"}, InvalidDate, "last Friday"),
        ({"country": "Ostrava"}, MalformedInput, "Ostrava"),
        ({"registry": "nowhere"}, MissingInput, "nowhere"),
    ],
)
def test_what_cannot_be_meant_is_refused(options, error, said: str, article: Path) -> None:
    with pytest.raises(error, match=said):
        detente.read(article, **options)


def test_the_error_comes_after_the_rest_is_kept(article: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match=r"nowhere\.txt"):
        detente.read(tmp_path / "nowhere.txt", article, ledger=tmp_path / "talks.db")
    with detente.Ledger.open(tmp_path / "talks.db") as kept:
        assert len(kept.articles) == 1


def test_several_errors_are_counted(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"one\.txt.*\(and 1 more\)") as caught:
        detente.read(tmp_path / "one.txt", tmp_path / "two.txt")
    assert caught.value.remedy


def test_no_ledger_is_made_where_the_folder_is_missing(article: Path, tmp_path: Path) -> None:
    with pytest.raises(detente.errors.LedgerMissing, match="no folder"):
        detente.read(article, ledger=tmp_path / "nowhere" / "talks.db")


def test_the_front_door_offers_what_it_says() -> None:
    for name in detente.__all__:
        assert getattr(detente, name) is not None
    with pytest.raises(AttributeError, match="'reed'"):
        detente.reed  # noqa: B018


def test_importing_detente_loads_nothing_of_others() -> None:
    code = "import sys, detente; print(*{m.split('.')[0] for m in sys.modules} & {'numpy', 'msgspec', 'click', 'trafilatura', 'rich'})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert ran.stdout.strip() == ""

"""`detente actors`: the registry's actors and the ledger's, found by name, with how many records name each."""

from __future__ import annotations

import pytest


def test_a_name_finds_its_bearer_with_the_office_of_the_day(run) -> None:
    shown = run("actors", "lavrov", "--on", "2025-03-02")
    assert shown.status == 0
    assert shown.out.startswith("1 actor\n")
    assert "Foreign Minister, Russia (2004-03-09–)" in shown.out


def test_json_has_names_offices_and_sources(run) -> None:
    (found,) = run("actors", "lavrov", "--json").json
    assert (found["id"], found["type"], found["country"], found["records"]) == ("sergei-lavrov", "person", "RU", 0)
    assert "Sergey Lavrov" in found["aliases"]
    assert found["offices"][0]["source"]


def test_actors_of_the_ledger_come_first_with_their_records(run, ledger) -> None:
    named = run("actors", "--named", "--ledger", ledger, "--json").json
    assert named
    assert all(actor["records"] > 0 for actor in named)
    counts = [actor["records"] for actor in named]
    assert counts == sorted(counts, reverse=True)
    everybody = run("actors", "--ledger", ledger, "--json", "--limit", 9999).json
    assert [a["id"] for a in everybody[: len(named)]] == [a["id"] for a in named]
    assert len(everybody) > len(named)
    assert all(actor["records"] == 0 for actor in everybody[len(named) :])


def test_filters_and_limit(run) -> None:
    found = run("actors", "--type", "armed_group", "--in", "YE", "--json").json
    assert found
    assert {(actor["type"], actor["country"]) for actor in found} == {("armed_group", "YE")}
    assert len(run("actors", "--limit", 2, "--json").json) == 2
    assert "the first 2" in run("actors", "--limit", 2).out


def test_rows_of_ones_own_are_listed(run, tmp_path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "states.csv").write_text("id,name,aliases,demonyms,capital,qid\nXO,Ostrava,,Ostravan,Hillfort,\n")
    (mine / "people.csv").write_text("id,name,aliases,gender,country,qid\nana-velkova,Ana Velkova,,f,XO,\n")
    assert [a["id"] for a in run("actors", "velkova", "--registry", mine, "--json").json] == ["ana-velkova"]


def test_nobody_of_that_name_points_to_who(run) -> None:
    shown = run("actors", "the hillfort envoy")
    assert (shown.status, shown.out) == (0, 'no actor is so called; try: detente who "the hillfort envoy"\n')


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--in", "Britain"], 2, ["--in", "'Britain'", "GB"]),
        (["--type", "persons"], 2, ["--type", "'persons'"]),
        (["--on", "2025-02-30"], 2, ["--on", "2025-02-30"]),
        (["--limit", "0"], 2, ["--limit"]),
        (["--ledger", "nowhere.db"], 1, ["nowhere.db", "try:"]),
        (["--registry", "nowhere"], 1, ["nowhere"]),
    ],
)
def test_a_wrong_call_says_what_was_expected(arguments: list[str], status: int, said: list[str], run) -> None:
    shown = run("actors", "lavrov", *arguments)
    assert shown.status == status
    assert all(words in shown.err for words in said)


def test_named_without_a_ledger_says_so(run) -> None:
    shown = run("actors", "--named")
    assert shown.status == 1
    assert "detente.db" in shown.err


def test_who_takes_the_words_around_a_title(run) -> None:
    asked = ["who", "the chancellor", "--on", "2025-06-10", "--in", "GB"]
    assert run(*asked).out.startswith("Rachel Reeves: ")
    assert run(*asked, "--near", "addressing the Bundestag in Berlin").out.startswith("Friedrich Merz: ")
    assert run(*asked, "--near", "in Berlin").out.startswith("unknown: ")

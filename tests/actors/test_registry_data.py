"""The packaged registry: files in order, rows that agree with one another and with two outside lists."""

from __future__ import annotations

import csv
import json
import os
import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

import detente
from detente.actors import Office, Registry
from detente.actors.names import fold

DATA = Path(detente.__file__).parent / "actors" / "data"
FILES = sorted(p.relative_to(DATA).as_posix() for p in DATA.rglob("*.csv"))
OURS = ("offices/ministers.csv", "offices/parties.csv", "offices/posts.csv")
NEWEST_SOURCE = date(2026, 11, 22)

# Offices that several hold at once: envoys by the subject, party leaders in pairs.
SHARED_OFFICES = {("US", "special_envoy"), ("spd", "party_leader"), ("afd", "party_leader"), ("greens-de", "party_leader")}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shared(name: str) -> Path:
    folder = os.environ.get("DETENTE_SHARED")
    if not folder:
        pytest.skip("DETENTE_SHARED is not set: it names the folder with the outside lists")
    file = Path(folder) / "reference" / "actors" / name
    if not file.exists():
        pytest.skip(f"DETENTE_SHARED has no reference/actors/{name}")
    return file


# ---------------------------------------------------------------- the files


@pytest.mark.parametrize("name", FILES)
def test_files_are_utf8_with_plain_line_ends_and_no_stray_spaces(name: str) -> None:
    content = (DATA / name).read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    for row in rows(name):
        for cell in row.values():
            assert cell == cell.strip(), row
            assert all(part and part == part.strip() for part in cell.split("|")) or cell == "", row


@pytest.mark.parametrize("name", ["organisations.csv", "people/others.csv"])
def test_rows_are_sorted_by_id(name: str) -> None:
    ids = [row["id"] for row in rows(name)]
    assert ids == sorted(ids)


def test_the_registry_covers_what_it_is_for(registry: Registry) -> None:
    assert sum(len(rows(name)) for name in OURS) >= 550
    assert len(registry.organisations) >= 350
    of_ministers = {o.of for o in registry.offices if o.role == "foreign_minister"}
    assert {"GB", "US", "FR", "DE", "IT", "PL", "UA", "RU", "TR", "IL", "IR", "SA", "CN", "IN", "JP"} <= of_ministers


# ---------------------------------------------------------------- offices


def test_no_two_people_hold_one_office_at_once(registry: Registry) -> None:
    by_post: dict[tuple[str, str, str], list[Office]] = defaultdict(list)
    for office in registry.offices:
        acting = office.title.removeprefix("Acting ")
        if (office.of, office.role) not in SHARED_OFFICES and office.role not in ("head_of_state", "head_of_state_and_government", "head_of_government", "deputy_head", "heir"):
            by_post[office.of, office.role, acting].append(office)
    for post, holdings in by_post.items():
        for one, two in combinations(sorted(holdings, key=lambda o: o.since), 2):
            end = one.until or date.max
            if one.until is None and two.since > one.checked_on:
                continue
            assert end <= two.since, (post, one, two)


def test_rows_were_checked_no_later_than_the_newest_source(registry: Registry) -> None:
    late = [o for o in registry.offices if o.checked_on > NEWEST_SOURCE]
    assert late == []


def test_offices_begin_and_end_within_reason(registry: Registry) -> None:
    """Nobody here has held a ministry, party or post for more than 45 years; a typing error would."""
    for name in OURS:
        for row in rows(name):
            since, end = date.fromisoformat(row["from"]), date.fromisoformat(row["until"] or row["checked_on"])
            assert timedelta(0) <= end - since < timedelta(days=45 * 365), row
            assert end >= date(2013, 12, 1), row


def test_sources_say_where_to_look(registry: Registry) -> None:
    for name in OURS:
        for row in rows(name):
            assert re.match(r"(Wikipedia|Ballotpedia|gov\.uk|history\.state\.gov|Meduza|general knowledge \(see Wikipedia:)\b.{4,}|general knowledge \(see Wikipedia: .{4,}\)", row["source"]), row


SECOND_SOURCES = {"REIGN 2021-8", "world_leaders 2026-08-22", "unitedstates executive", "Phoenix actor dictionaries", "none"}


@pytest.mark.parametrize("name", [*OURS, "offices/leaders.csv"])
def test_every_row_says_what_it_was_checked_against(name: str) -> None:
    for row in rows(name):
        assert set(row["second_source"].split("; ")) <= SECOND_SOURCES, row
        assert row["second_source"] == "none" or not row["source"].startswith(tuple(row["second_source"].split("; "))), row


def test_every_title_word_of_a_state_office_has_a_holder(registry: Registry) -> None:
    titles = {o.title for o in registry.offices}
    unused = {t.title for t in registry.titles if t.title and not any(t.title in title for title in titles)}
    assert unused == set()


# ---------------------------------------------------------------- people and bodies


def test_ids_of_people_are_slugs_of_their_names() -> None:
    for row in rows("people/others.csv"):
        slug = re.sub(r"[^a-z0-9]+", "-", fold(row["name"]).casefold().replace("'", "")).strip("-")
        assert row["id"] == slug


def test_an_alias_of_one_word_is_not_just_the_last_word_of_the_name() -> None:
    for row in rows("people/others.csv"):
        assert row["name"].split()[-1] not in row["aliases"].split("|"), row


def test_no_two_people_share_a_full_name(registry: Registry) -> None:
    assert {name: ids for name, ids in registry.people_by_name.items() if len(ids) > 1} == {}


def test_no_two_bodies_share_a_name_unless_only_their_own_papers_use_it(registry: Registry) -> None:
    assert {name: ids for name, ids in registry.organisations_by_name.items() if len(ids) > 1} == {}


def test_no_body_is_called_like_a_state_or_a_person(registry: Registry) -> None:
    bodies = set(registry.organisations_by_name)
    assert bodies & set(registry.states_by_name) == set()
    assert bodies & set(registry.people_by_name) == set()
    assert bodies & set(registry.states_by_capital) == set()


def test_names_of_several_countries_bodies_are_domestic_in_each(registry: Registry) -> None:
    """Within one country a domestic name must mean one body."""
    for words, metonyms in registry.metonyms_by_words.items():
        homes = [registry.country_of(m.actor) for m in metonyms if m.kind == "domestic" and m.actor]
        assert len(homes) == len(set(homes)), words
        assert None not in homes, words


# ---------------------------------------------------------------- outside lists


def test_us_presidents_and_vice_presidents_agree_with_the_executive_list(registry: Registry) -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    people = yaml.safe_load(shared("us_executive.yaml").read_text(encoding="utf-8"))
    roles = {"prez": "head_of_state", "viceprez": "deputy_head"}
    checked = 0
    for person in people:
        for term in person["terms"]:
            start, end = (date.fromisoformat(str(term[key])) for key in ("start", "end"))
            if end < date(2014, 6, 1):
                continue
            for day in (max(start, date(2014, 1, 1)), min(end, date(2026, 1, 1)) - timedelta(days=1)):
                (office,) = registry.holders(role=roles[term["type"]], of="US", on=day)
                assert fold(person["name"]["last"]) == fold(registry.people[office.person].name.split()[-1]), day
                checked += 1
    assert checked >= 12


def test_the_heads_of_unions_agree_with_the_snapshot(registry: Registry) -> None:
    countries = json.loads(shared("world_leaders_2026-08-22.json").read_text(encoding="utf-8"))["countries"]
    posts = {
        "european-commission": ("european_union", "head_of_government"),
        "european-council": ("european_union", "head_of_state"),
        "african-union": ("african_union", "head_of_government"),
    }
    for of, (union, position) in posts.items():
        theirs = countries[union]["positions"][position]["current_holder"]
        (office,) = registry.holders(role="head_of_organisation", of=of, on=date(2026, 8, 22))
        assert fold(registry.people[office.person].name) == fold(theirs["name_en"])
        assert office.since.isoformat() == theirs["since"]

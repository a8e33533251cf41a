"""The registry: loading, refusing what is malformed, and who holds an office on a day."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.actors import Registry
from detente.actors.entries import FRESH, ROLES
from detente.errors import MissingInput, RegistryError, UnknownName

STATES = """id,name,aliases,demonyms,capital,qid
XO,Ostrava,Republic of Ostrava,Ostravan|Ostravans,Ostragrad,
XM,Marland,Republic of Marland,Marlander|Marlanders,Mardon,Q0
"""
PEOPLE = """id,name,aliases,gender,country,qid
ana-velkova,Ana Velkova,Anna Velkova|AV,f,XO,Q1
ivo-stan,Ivo Stan,,m,XO,
pia-lund,Pia Lund,,f,XM,
"""
ORGANISATIONS = """id,name,type,country,aliases,qid
long-hall,Long Hall,government,XO,The Hall,
"""
OFFICES = """person,title,role,of,from,until,source,checked_on
ivo-stan,President,head_of_state,XO,2010-03-01,2020-03-01,Gazette of Ostrava,2020-03-01
ana-velkova,President,head_of_state,XO,2020-03-01,,Gazette of Ostrava,2021-01-01
pia-lund,President,head_of_state_and_government,XM,2015-06-01,2019-06-01,Gazette of Marland,2019-06-01
"""
TITLES = """words,role,of,country,gender,title
president,head_of_state,,,,President
"""
METONYMS = """words,actor,kind,note
Riverside,long-hall,place,the hall stands by the river
"""
FILES = {
    "states.csv": STATES, "people/all.csv": PEOPLE, "organisations.csv": ORGANISATIONS,
    "offices/all.csv": OFFICES, "titles.csv": TITLES, "metonyms.csv": METONYMS,
}  # fmt: skip


def folder(path: Path, **changed: str) -> Path:
    """A folder of the invented registry; `people_all_csv` changes the file people/all.csv."""
    names = {name.replace("/", "_").replace(".", "_"): name for name in FILES}
    for key, name in names.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(changed.get(key, FILES[name]), encoding="utf-8")
    return path


@pytest.fixture
def invented(tmp_path: Path) -> Registry:
    return Registry.read(folder(tmp_path))


def names(registry: Registry, role: str, of: str, day: str) -> list[str]:
    return [o.person for o in registry.holders(role=role, of=of, on=date.fromisoformat(day))]


# ---------------------------------------------------------------- who holds an office


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        ("2010-02-28", []),
        ("2010-03-01", ["ivo-stan"]),
        ("2020-02-29", ["ivo-stan"]),
        ("2020-03-01", ["ana-velkova"]),
        ("2022-02-05", ["ana-velkova"]),
        ("2022-02-06", []),
    ],
)
def test_the_new_holder_holds_the_office_from_the_day_of_handover(
    invented: Registry, day: str, holders: list[str]
) -> None:
    assert names(invented, "head_of_state", "XO", day) == holders


def test_who_is_both_head_of_state_and_of_government_is_found_by_either(invented: Registry) -> None:
    for role in ("head_of_state", "head_of_government", "head_of_state_and_government"):
        assert names(invented, role, "XM", "2016-01-01") == ["pia-lund"]
    assert names(invented, "head_of_state_and_government", "XO", "2016-01-01") == []


def test_a_holder_without_successor_keeps_the_last_day(invented: Registry) -> None:
    assert names(invented, "head_of_state", "XM", "2019-06-01") == ["pia-lund"]
    assert names(invented, "head_of_state", "XM", "2019-06-02") == []


@pytest.mark.parametrize(
    ("of", "day", "words"),
    [
        ("XO", "2009-01-01", "before 2010-03-01"),
        ("XO", "2024-01-01", "last checked on 2021-01-01, more than 400 days before 2024-01-01"),
        ("XM", "2020-01-01", "after 2019-06-01"),
        ("long-hall", "2020-01-01", "the registry has no head of state of Long Hall"),
    ],
)
def test_why_nobody_is_known(invented: Registry, of: str, day: str, words: str) -> None:
    assert words in invented.why_nobody(role="head_of_state", of=of, on=date.fromisoformat(day))


def test_roles_and_ids_that_do_not_exist_are_refused(invented: Registry) -> None:
    with pytest.raises(UnknownName, match="got 'king'"):
        invented.holders(role="king", of="XO", on=date(2020, 1, 1))
    with pytest.raises(UnknownName, match="got 'nobody'"):
        invented.actor("nobody")


@given(st.dates(date(2009, 1, 1), date(2024, 1, 1)))
def test_one_office_has_at_most_one_holder_a_day(day: date) -> None:
    registry = Registry.load()
    assert len(registry.holders(role="head_of_government", of="GB", on=day)) <= 1


# ---------------------------------------------------------------- actors as records


def test_a_person_as_a_record_has_the_offices_with_their_sources(invented: Registry) -> None:
    actor = invented.actor("ana-velkova")
    assert (actor.name, actor.type, actor.country, actor.qid) == ("Ana Velkova", "person", "XO", "Q1")
    (office,) = actor.offices
    assert (office.title, office.of, office.since, office.until) == ("President", "Ostrava", "2020-03-01", None)
    assert office.source == "Gazette of Ostrava"


def test_states_and_bodies_as_records(invented: Registry) -> None:
    assert invented.actor("XM").type == "state"
    assert invented.actor("XM").country == "XM"
    assert invented.actor("long-hall").type == "government"
    assert str(invented.actor("long-hall").ref) == "Long Hall"


# ---------------------------------------------------------------- a folder of one's own


def test_an_own_folder_adds_and_replaces(tmp_path: Path) -> None:
    base, own = folder(tmp_path / "base"), tmp_path / "own"
    (own / "people").mkdir(parents=True)
    (own / "people" / "mine.csv").write_text(
        "id,name,aliases,gender,country,qid\nivo-stan,Ivan Stan,,m,XO,\nlea-orn,Lea Orn,,f,XO,\n", encoding="utf-8"
    )
    registry = Registry.read(base, own)
    assert registry.people["ivo-stan"].name == "Ivan Stan"
    assert registry.people["lea-orn"].country == "XO"
    assert len(registry.people) == 4


def test_one_line_for_a_new_holder_ends_the_row_that_was_open(tmp_path: Path) -> None:
    base, own = folder(tmp_path / "base"), tmp_path / "own"
    (own / "offices").mkdir(parents=True)
    (own / "offices" / "new.csv").write_text(
        OFFICES.splitlines()[0]
        + "\npia-lund,President,head_of_state,XO,2021-06-01,,Gazette of Ostrava,2021-07-01\n",
        encoding="utf-8",
    )
    registry = Registry.read(base, own)
    assert names(registry, "head_of_state", "XO", "2021-05-31") == ["ana-velkova"]
    assert names(registry, "head_of_state", "XO", "2021-06-01") == ["pia-lund"]
    assert names(registry, "head_of_state", "XO", "2021-12-01") == ["pia-lund"]


def test_a_successor_long_after_the_last_check_does_not_fill_the_gap(tmp_path: Path) -> None:
    late = date(2021, 1, 1) + FRESH + timedelta(days=2)
    offices = OFFICES + f"pia-lund,President,head_of_state,XO,{late},,Gazette of Ostrava,{late}\n"
    registry = Registry.read(folder(tmp_path, offices_all_csv=offices))
    assert names(registry, "head_of_state", "XO", str(late - timedelta(days=1))) == []
    assert names(registry, "head_of_state", "XO", str(late)) == ["pia-lund"]


def test_an_own_row_of_the_same_first_day_replaces_the_packaged_one(tmp_path: Path) -> None:
    base, own = folder(tmp_path / "base"), tmp_path / "own"
    (own / "offices").mkdir(parents=True)
    (own / "offices" / "end.csv").write_text(
        OFFICES.splitlines()[0]
        + "\nana-velkova,President,head_of_state,XO,2020-03-01,2020-12-31,Gazette of Ostrava,2020-12-31\n",
        encoding="utf-8",
    )
    assert names(Registry.read(base, own), "head_of_state", "XO", "2021-01-01") == []


def test_load_with_an_own_folder_keeps_the_packaged_rows(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "mine.csv").write_text(
        "id,name,aliases,gender,country,qid\nlea-orn,Lea Orn,,f,GB,\n", encoding="utf-8"
    )
    registry = Registry.load(tmp_path)
    assert "lea-orn" in registry.people
    assert "keir-starmer" in registry.people


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("offices_all_csv", "2010-03-01,2020", "1.3.2010,2020", "all.csv, line 2, column from: got '1.3.2010', expected a date"),
        ("offices_all_csv", "ivo-stan,", "ivo,", "column person: got 'ivo', expected the id of a row in people"),
        ("offices_all_csv", ",XO,2010", ",XX,2010", "column of: got 'XX', expected the id of a state"),
        ("offices_all_csv", "head_of_state,XO,2010", "king,XO,2010", "column role: got 'king', expected one of "),
        ("offices_all_csv", "2010-03-01,2020-03-01", "2010-03-01,2009-03-01", "expected a day not before 2010-03-01"),
        ("offices_all_csv", ",2021-01-01", ",2019-01-01", "column checked_on: got '2019-01-01'"),
        ("offices_all_csv", "Gazette of Marland", "", "column source: got '', expected a value"),
        ("people_all_csv", ",f,XO", ",w,XO", "column gender: got 'w', expected one of f, m, x"),
        ("people_all_csv", ",m,XO", ",m,XX", "line 3, column country: got 'XX'"),
        ("people_all_csv", "pia-lund,", "ivo-stan,", "line 4, column id: got 'ivo-stan', expected a row that does not repeat all.csv, line 3"),
        ("people_all_csv", "gender", "sex", "line 1: got the columns id,name,aliases,sex,country,qid, expected id,name"),
        ("people_all_csv", "Ivo Stan,,m,XO,", "Ivo Stan,m,XO", "line 3: got 4 cells, expected 6"),
        ("states_csv", "XO,", "OST,", "column id: got 'OST', expected an ISO 3166-1 alpha-2 code"),
        ("organisations_csv", "government", "person", "column type: got 'person'"),
        ("titles_csv", "head_of_state,", "emperor,", "column role: got 'emperor', expected roles; 'emperor' is none"),
        ("titles_csv", "head_of_state,,,", "head_of_state,,ZZ,", "column country: got 'ZZ'"),
        ("metonyms_csv", "place", "nickname", "column kind: got 'nickname'"),
        ("metonyms_csv", "long-hall,place", ",place", "column actor: got '', expected an actor"),
    ],
)  # fmt: skip
def test_an_error_names_file_line_column_got_and_expected(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    names_ = {name.replace("/", "_").replace(".", "_"): text for name, text in FILES.items()}
    assert old in names_[file]
    with pytest.raises(RegistryError) as caught:
        Registry.read(folder(tmp_path, **{file: names_[file].replace(old, new, 1)}))
    assert message in str(caught.value)


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    (folder(tmp_path) / "titles.csv").write_bytes(b"words,role,of,country,gender,title\n\xff\xfe,,,,,\n")
    with pytest.raises(RegistryError, match=r"titles.csv: got bytes that are not UTF-8"):
        Registry.read(tmp_path)


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="expected a folder that exists"):
        Registry.load(tmp_path / "nowhere")


def test_blank_lines_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    registry = Registry.read(folder(tmp_path, people_all_csv="\ufeff" + PEOPLE + "\n,,,,,\n"))
    assert len(registry.people) == 3


# ---------------------------------------------------------------- speed


def test_the_packaged_registry_is_read_once_and_fast() -> None:
    assert Registry.load() is Registry.load()
    data = Path(__file__).parents[2] / "src" / "detente" / "actors" / "data"
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        Registry.read(data)
        taken.append(time.perf_counter() - start)
    # Measured at 0.04 s; the aim is 0.15 s, doubled for a busy machine.
    assert min(taken) < 0.3


def test_every_role_is_named_once() -> None:
    assert len(set(ROLES)) == len(ROLES)

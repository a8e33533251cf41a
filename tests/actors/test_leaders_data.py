"""The registry of leaders: rows that are well formed, holders that do not overlap, and two outside lists.

The outside lists lie in the shared folder named by ``DETENTE_SHARED``: REIGN's effective leaders (to August
2021) and a snapshot of 30 countries of 22 August 2026. Where they differ from our rows, the difference is
listed here with its reason.
"""

import csv
import json
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

import detente

DATA = Path(detente.__file__).parent / "actors" / "data"
ROLES = {"head_of_state", "head_of_government", "head_of_state_and_government", "deputy_head", "heir"}
COLUMNS = {
    "states.csv": "id,name,aliases,demonyms,capital,qid",
    "people/leaders.csv": "id,name,aliases,gender,country,qid",
    "offices/leaders.csv": "person,title,role,of,from,until,source,checked_on,second_source",
}
COVERED_SINCE = date(2014, 1, 1)
NEWEST_SOURCE = date(2026, 11, 22)

# Words that name two states in English coverage: the resolver must ask for more, not choose.
SHARED_WORDS = {"Congo", "Congolese", "Dominican", "Dominicans"}

# Two people rightly hold one office at once: the president suspended, another acting for them.
ACTING_BESIDE_SUSPENDED = {
    ("BR", "dilma-rousseff", "michel-temer"),
    ("KR", "park-geun-hye", "hwang-kyo-ahn"),
    ("KR", "yoon-suk-yeol", "han-duck-soo"),
    ("KR", "yoon-suk-yeol", "choi-sang-mok"),
}


class Held(NamedTuple):
    """One row of offices/leaders.csv, its dates read."""

    person: str
    title: str
    role: str
    of: str
    since: date
    until: date | None
    source: str
    checked_on: date

    def on(self, day: date) -> bool:
        """Say whether the office is held on a day: the day of handover belongs to the new holder."""
        return self.since <= day and (self.until is None or day < self.until)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def held(row: dict[str, str]) -> Held:
    return Held(
        row["person"],
        row["title"],
        row["role"],
        row["of"],
        date.fromisoformat(row["from"]),
        date.fromisoformat(row["until"]) if row["until"] else None,
        row["source"],
        date.fromisoformat(row["checked_on"]),
    )


STATES = {row["id"]: row for row in rows("states.csv")}
PEOPLE = {row["id"]: row for row in rows("people/leaders.csv")}
OFFICES = [held(row) for row in rows("offices/leaders.csv")]


def fold(text: str) -> str:
    """Reduce a name to lower-case ASCII, so that spellings with and without accents compare."""
    plain = text.translate(str.maketrans("øØłŁđĐıə", "oOlLdDie"))
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", fold(text)))


def known_words(person: str) -> set[str]:
    """Every word of the name and the aliases of a person."""
    return words(" ".join([PEOPLE[person]["name"], *split(PEOPLE[person]["aliases"])]))


def holders(state: str, day: date, roles: set[str] = ROLES - {"deputy_head", "heir"}) -> list[Held]:
    return [office for office in OFFICES if office.of == state and office.role in roles and office.on(day)]


# --- the files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COLUMNS)
def test_a_file_is_utf8_with_the_agreed_columns_and_plain_line_ends(name: str) -> None:
    raw = (DATA / name).read_bytes()
    assert raw.decode("utf-8").splitlines()[0] == COLUMNS[name]
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


@pytest.mark.parametrize("name", COLUMNS)
def test_cells_carry_no_stray_spaces_and_lists_no_empty_items(name: str) -> None:
    for row in rows(name):
        for column, cell in row.items():
            assert cell == cell.strip(), (column, row)
            if column in {"aliases", "demonyms", "capital"}:
                assert all(item and item == item.strip() for item in split(cell)), (column, row)


@pytest.mark.parametrize("name", ["states.csv", "people/leaders.csv"])
def test_ids_are_unique_and_sorted(name: str) -> None:
    ids = [row["id"] for row in rows(name)]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("name", ["states.csv", "people/leaders.csv"])
def test_a_wikidata_id_is_well_formed_and_belongs_to_one_row(name: str) -> None:
    qids = [row["qid"] for row in rows(name) if row["qid"]]
    assert all(re.fullmatch(r"Q[1-9]\d*", qid) for qid in qids)
    assert len(qids) == len(set(qids))


# --- states ----------------------------------------------------------------------------------------------


def test_every_state_is_there() -> None:
    assert len(STATES) == 193 + len({"XK", "PS", "TW", "VA"})
    assert {"XK", "PS", "TW", "VA", "GB", "US", "UA", "SS"} <= STATES.keys()
    assert all(re.fullmatch(r"[A-Z]{2}", state) for state in STATES)


def test_a_word_names_one_state_but_for_the_ambiguous_few() -> None:
    named = defaultdict(set)
    for state, row in STATES.items():
        for word in {row["name"], *split(row["aliases"]), *split(row["demonyms"]), *split(row["capital"])}:
            named[word].add(state)
    assert {word for word, states in named.items() if len(states) > 1} == SHARED_WORDS


@pytest.mark.parametrize(
    ("word", "column", "state"),
    [
        ("Britain", "aliases", "GB"),
        ("US", "aliases", "US"),
        ("Ukrainian", "demonyms", "UA"),
        ("Kiev", "capital", "UA"),
        ("Dutch", "demonyms", "NL"),
        ("Nigerien", "demonyms", "NE"),
        ("Türkiye", "aliases", "TR"),
    ],
)
def test_a_state_is_known_by_the_words_of_newspapers(word: str, column: str, state: str) -> None:
    assert word in split(STATES[state][column])


# --- people ----------------------------------------------------------------------------------------------


def slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"['.]", "", fold(name))))


def test_a_person_is_well_formed() -> None:
    for row in PEOPLE.values():
        assert row["id"] == slug(row["name"])
        assert row["gender"] in {"f", "m", "x"}, row
        assert row["country"] in STATES, row
        aliases = split(row["aliases"])
        assert len(aliases) == len({row["name"], *aliases}) - 1, row


def test_no_alias_is_the_bare_last_word_of_the_name() -> None:
    """A surname alone belongs to whoever is meant: only the resolver, with a date, may decide."""
    for row in PEOPLE.values():
        assert not {row["name"].split()[-1]} & set(split(row["aliases"])), row


def test_a_full_name_or_alias_belongs_to_one_person() -> None:
    named = defaultdict(set)
    for person, row in PEOPLE.items():
        for name in [row["name"], *split(row["aliases"])]:
            named[name].add(person)
    assert {name: people for name, people in named.items() if len(people) > 1} == {}


def test_every_person_holds_an_office() -> None:
    assert PEOPLE.keys() == {office.person for office in OFFICES}


# --- offices ---------------------------------------------------------------------------------------------


def test_an_office_is_well_formed() -> None:
    for office in OFFICES:
        assert office.person in PEOPLE, office
        assert office.of in STATES, office
        assert office.role in ROLES, office
        assert office.title, office
        assert office.source, office
        assert office.since < (office.until or NEWEST_SOURCE), office
        assert (office.until or NEWEST_SOURCE) > COVERED_SINCE, office
        assert (office.until or office.since) <= office.checked_on <= NEWEST_SOURCE, office


def overlaps() -> Iterator[tuple[str, str, str]]:
    """Yield state and both people wherever two rows hold one role of one state on the same day."""
    by_role: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for office in OFFICES:
        by_role[office.of, office.role].append(office)
    for offices in by_role.values():
        for first, second in combinations(sorted(offices, key=lambda office: office.since), 2):
            if first.on(second.since):
                yield first.of, first.person, second.person


def test_two_people_hold_one_office_at_once_only_where_one_was_suspended() -> None:
    assert set(overlaps()) == ACTING_BESIDE_SUSPENDED


def test_no_one_is_at_once_head_of_state_and_the_two_in_one() -> None:
    """A state has either a joint head or a separate one: the roles must not both be held on a day."""
    joint = [office for office in OFFICES if office.role == "head_of_state_and_government"]
    separate = [office for office in OFFICES if office.role in {"head_of_state", "head_of_government"}]
    clashes = {
        (a.of, a.person, b.person)
        for a in joint
        for b in separate
        if a.of == b.of and (a.on(b.since) or b.on(a.since))
    }
    assert clashes == set()


def test_the_coverage_is_wide() -> None:
    assert len({office.of for office in OFFICES}) >= 150
    assert len(OFFICES) >= 950


def test_the_newest_row_of_an_office_only_is_open() -> None:
    """An office without an end must not be followed by another holder."""
    newest: dict[tuple[str, str], date] = {}
    for office in OFFICES:
        newest[office.of, office.role] = max(office.since, newest.get((office.of, office.role), office.since))
    for office in OFFICES:
        assert office.until or office.since == newest[office.of, office.role], office


@pytest.mark.parametrize(
    ("state", "role", "day", "person"),
    [
        ("GB", "head_of_government", "2024-07-04", "rishi-sunak"),
        ("GB", "head_of_government", "2024-07-05", "keir-starmer"),
        ("GB", "head_of_state", "2022-09-07", "elizabeth-ii"),
        ("GB", "head_of_state", "2022-09-08", "king-charles"),
        ("US", "head_of_state_and_government", "2025-01-19", "joe-biden"),
        ("US", "head_of_state_and_government", "2025-01-20", "donald-trump"),
        ("US", "deputy_head", "2025-03-02", "jd-vance"),
        ("UA", "head_of_state", "2025-03-02", "volodymyr-zelensky"),
        ("UA", "head_of_government", "2025-07-16", "denys-shmyhal"),
        ("UA", "head_of_government", "2025-07-17", "yulia-svyrydenko"),
        ("FR", "head_of_state", "2025-03-02", "emmanuel-macron"),
        ("DE", "head_of_government", "2025-05-05", "olaf-scholz"),
        ("DE", "head_of_government", "2025-05-06", "friedrich-merz"),
        ("IL", "head_of_government", "2022-08-01", "yair-lapid"),
        ("SA", "head_of_government", "2022-09-26", None),
        ("SA", "head_of_government", "2022-09-27", "mohammed-bin-salman"),
        ("VA", "head_of_state", "2025-05-01", None),
        ("LB", "head_of_state", "2023-01-01", None),
    ],
)
def test_the_holder_on_a_day(state: str, role: str, day: str, person: str | None) -> None:
    found = [office.person for office in holders(state, date.fromisoformat(day), {role})]
    assert found == ([person] if person else [])


# --- the outside lists -----------------------------------------------------------------------------------

# REIGN's letters for a state, as in the Correlates of War project, and ours.
REIGN_LETTERS = """
    USA=US CAN=CA CUB=CU HAI=HT DOM=DO JAM=JM TRI=TT BAR=BB MEX=MX GUA=GT HON=HN SAL=SV NIC=NI COS=CR PAN=PA
    COL=CO VEN=VE GUY=GY SUR=SR ECU=EC PER=PE BRA=BR BOL=BO PAR=PY CHL=CL ARG=AR URU=UY UKG=GB IRE=IE NTH=NL
    BEL=BE LUX=LU FRN=FR MNC=MC LIE=LI SWZ=CH SPN=ES AND=AD POR=PT GMY=DE POL=PL AUS=AT HUN=HU CZR=CZ SLO=SK
    ITA=IT MLT=MT ALB=AL MNG=ME MAC=MK CRO=HR YUG=RS BOS=BA KOS=XK SLV=SI GRC=GR CYP=CY BUL=BG MLD=MD ROM=RO
    RUS=RU EST=EE LAT=LV LIT=LT UKR=UA BLR=BY ARM=AM GRG=GE AZE=AZ FIN=FI SWD=SE NOR=NO DEN=DK ICE=IS GNB=GW
    EQG=GQ GAM=GM MLI=ML SEN=SN BEN=BJ MAA=MR NIR=NE CDI=CI GUI=GN BFO=BF LBR=LR SIE=SL GHA=GH TOG=TG CAO=CM
    NIG=NG GAB=GA CEN=CF CHA=TD CON=CG DRC=CD UGA=UG KEN=KE TAZ=TZ BUI=BI RWA=RW SOM=SO DJI=DJ ETH=ET ERI=ER
    ANG=AO MZM=MZ ZAM=ZM ZIM=ZW MAW=MW SAF=ZA NAM=NA LES=LS BOT=BW SWA=SZ MAG=MG MAS=MU SEY=SC MOR=MA ALG=DZ
    TUN=TN LIB=LY SUD=SD SSD=SS IRN=IR TUR=TR IRQ=IQ EGY=EG SYR=SY LEB=LB JOR=JO ISR=IL SAU=SA YEM=YE KUW=KW
    BAH=BH QAT=QA UAE=AE OMA=OM AFG=AF TKM=TM TAJ=TJ KYR=KG UZB=UZ KZK=KZ CHN=CN MON=MN PRK=KP ROK=KR JPN=JP
    IND=IN BHU=BT PAK=PK BNG=BD MYA=MM SRI=LK MAD=MV NEP=NP THI=TH CAM=KH LAO=LA DRV=VN MAL=MY SIN=SG BRU=BN
    PHI=PH INS=ID ETM=TL
"""
REIGN_STATES = dict(pair.split("=") for pair in REIGN_LETTERS.split())

# REIGN's spellings that share no word with those of newspapers.
REIGN_SPELLINGS = {
    "Afeworki": "Afwerki",
    "Berdymukhammedov": "Berdymukhamedov",
    "Campaore": "Compaore",
    "Chakewera": "Chakwera",
    "Essebi": "Essebsi",
    "Muhammad VI": "Mohammed VI",
    "Nyussi": "Nyusi",
    "Rakhmonov": "Rahmon",
    "Spasovksi": "Spasovski",
}

# REIGN names who rules in effect, these files who holds the office of state: where that is another person.
REIGN_DIFFERS_IN = {
    "the general secretary of the party led Vietnam, and was president only from 2018": (
        "VN",
        range(2014, 2019),
    ),
    "the Houthis held Sanaa; the recognised president was Hadi": ("YE", range(2015, 2021)),
    "Raul Castro led the party after he left the presidency": ("CU", range(2018, 2021)),
}
REIGN_DIFFERS = {(state, year) for state, years in REIGN_DIFFERS_IN.values() for year in years}

SNAPSHOT_DIFFERS = {
    ("SA", "head_of_state"): "the snapshot repeats the prime minister; the king is Salman",
}


def shared(name: str) -> Path:
    folder = os.environ.get("DETENTE_SHARED")
    if not folder:
        pytest.skip("DETENTE_SHARED is not set: the outside lists of leaders are in the shared folder")
    path = Path(folder) / "reference" / "actors" / name
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return path


def reign_leader(table: list[dict[str, str]], letters: str, day: date) -> str | None:
    """Name REIGN's effective leader on a day; its ends are months, so the latest start decides."""
    began = [
        (date(int(row["syear"]), int(row["smonth"]), int(row["sdate"])), row["leader"])
        for row in table
        if row["stateabb"] == letters
    ]
    before = [entry for entry in began if entry[0] <= day]
    return max(before)[1] if before else None


@pytest.fixture(scope="module")
def reign() -> list[dict[str, str]]:
    path = shared("reign_leaders_1950-2021.csv")
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("year", range(2014, 2021))
def test_reigns_effective_leader_is_among_ours(reign: list[dict[str, str]], year: int) -> None:
    day, differs = date(year, 7, 1), {}
    for letters, state in REIGN_STATES.items():
        leader = reign_leader(reign, letters, day)
        assert leader, f"REIGN has no leader of {letters} on {day}"
        ours = [office.person for office in holders(state, day)]
        if not any(words(REIGN_SPELLINGS.get(leader, leader)) & known_words(person) for person in ours):
            differs[state, year] = (leader, ours)
    assert differs.keys() == {key for key in REIGN_DIFFERS if key[1] == year}, differs


def test_rows_marked_as_seconded_by_reign_are(reign: list[dict[str, str]]) -> None:
    """Each such row has a leader of that name whom REIGN has in office from within 31 days of the same start."""
    letters = {state: three for three, state in REIGN_STATES.items()}
    marked = [row for row in rows("offices/leaders.csv") if "REIGN" in row["second_source"]]
    assert len(marked) >= 350
    for row in marked:
        assert any(
            words(REIGN_SPELLINGS.get(theirs["leader"], theirs["leader"])) & known_words(row["person"])
            for theirs in reign
            if theirs["stateabb"] == letters[row["of"]]
            and abs(date(int(theirs["syear"]), int(theirs["smonth"]), int(theirs["sdate"])) - date.fromisoformat(row["from"])).days <= 31
        ), row


def snapshot_holders() -> Iterator[tuple[str, str, dict[str, str]]]:
    countries = json.loads(shared("world_leaders_2026-08-22.json").read_text(encoding="utf-8"))["countries"]
    for country in countries.values():
        for role, position in country["positions"].items():
            if (position["current_holder"] or {}).get("name_en"):
                yield country["country"]["iso_code"], role, position["current_holder"]


def test_the_snapshot_of_2026_names_our_holders() -> None:
    day, differs = date(2026, 8, 22), set()
    for state, role, holder in snapshot_holders():
        if state not in STATES:  # the European Union and the African Union are organisations
            continue
        ours = {office.person for office in holders(state, day, {role, "head_of_state_and_government"})}
        if not any(same_person(PEOPLE[person], holder) for person in ours):
            differs.add((state, role))
    assert differs == SNAPSHOT_DIFFERS.keys()


def same_person(row: dict[str, str], holder: dict[str, str]) -> bool:
    if row["qid"]:
        return row["qid"] == holder["wikidata_id"]
    return holder["name_en"] in {row["name"], *split(row["aliases"])}


def test_rows_marked_as_seconded_by_the_snapshot_are() -> None:
    theirs = list(snapshot_holders())
    for row in rows("offices/leaders.csv"):
        if "world_leaders" in row["second_source"]:
            assert not row["source"].startswith("world_leaders"), row
            assert any(of == row["of"] and same_person(PEOPLE[row["person"]], holder) for of, _, holder in theirs), row


def test_our_dates_agree_with_the_snapshot() -> None:
    """The day of taking office agrees to within three weeks, where the snapshot gives one for that office."""
    checked = 0
    for state, role, holder in snapshot_holders():
        if state in STATES and holder["since"]:
            given = date.fromisoformat(holder["since"])
            terms = [
                abs(office.since - given)
                for office in OFFICES
                if office.of == state and office.role != "heir" and same_person(PEOPLE[office.person], holder)
            ]
            if terms:
                assert min(terms) <= timedelta(days=21), (state, role, holder)
                checked += 1
    assert checked >= 40

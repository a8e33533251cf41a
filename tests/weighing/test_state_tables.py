"""Tables of states and years as their publishers lay them out, and what is refused, with its line and column.

The layouts are those of the publishers; the numbers are made.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.actors import Registry
from detente.errors import (
    DetenteError,
    EncodingError,
    MalformedInput,
    MissingInput,
    SituationError,
    UnknownName,
)
from detente.weighing import dumps, loads
from detente.weighing.base_rates import read_table
from detente.weighing.capability import with_capability
from detente.weighing.situation import Situation, assumed
from detente.weighing.state_tables import Value, read_state_table

from . import made

CINC = """\
stateabb,ccode,year,milex,cinc,version
USA,2,2015,50,0.5,2021
USA,2,2016,60,0.6,2021
SWZ,225,2016,1,0.01,2021
UKG,200,2016,4,0.04,2021
UKR,369,2016,3,-9,2021
PRU,255,2016,9,0.9,2021
"""
SIPRI = """\
Military expenditure by country, in millions of US$
Figures in blue are estimates

Country,Notes,2023,2024
Europe,,,
United Kingdom,,"1,000","2,000.5"
USA,†,3000,4000
Ukraine,,xxx,...
"""
WORLD_BANK = """\
"Data Source","World Development Indicators",

"Last Updated Date","2025-01-28",

"Country Name","Country Code","Indicator Name","Indicator Code","2023","2024",
"United Kingdom","GBR","GDP (current US$)","NY.GDP.MKTP.CD","1e12","2.5e12",
"World","WLD","GDP (current US$)","NY.GDP.MKTP.CD","9e12","9e12",
"Ukraine","UKR","GDP (current US$)","NY.GDP.MKTP.CD","1e11","",
"""
DATABANK = """\
Country Name;Country Code;Series Name;Series Code;2024 [YR2024]
United Kingdom;GBR;GDP;A;7
United Kingdom;GBR;Armed forces;B;8
;;;;
Data from database;;;;
Last Updated: 01/28/2025;;;;
"""
LONG = "country\tyear\tvalue\nUnited Kingdom\t2024\t5\nUkraine\t2024\t1\nUkraine\t2023\t2\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "year", "measure", "name", "values"),
    [
        (CINC, 2016, None, "cinc", {"US": (0.6, 3), "CH": (0.01, 4), "GB": (0.04, 5), "UA": (None, 6)}),
        (CINC, 2015, "MILEX", "milex", {"US": (50, 2)}),
        (SIPRI, 2024, None, "table", {"GB": (2000.5, 6), "US": (4000, 7), "UA": (None, 8)}),
        (SIPRI, 2023, None, "table", {"GB": (1000, 6), "US": (3000, 7), "UA": (None, 8)}),
        (WORLD_BANK, 2024, None, "GDP (current US$)", {"GB": (2.5e12, 6), "UA": (None, 8)}),
        (DATABANK, 2024, "armed forces", "Armed forces", {"GB": (8, 3)}),
        (LONG, 2024, None, "value", {"GB": (5, 2), "UA": (1, 3)}),
        ("\ufeffentity,code,year,gdp\nWorld,,2024,9\nUkraine,UKR,2024,3\n", 2024, None, "gdp", {"UA": (3, 3)}),
    ],
)
def test_the_tables_as_they_come(
    text: str, year: int, measure: str | None, name: str, values: dict[str, tuple[float | None, int]], tmp_path: Path
) -> None:
    table = read_state_table(written(tmp_path, text), year, measure)
    assert (table.file, table.measure, table.year) == ("table.csv", name, year)
    assert table.values == {state: Value(*value) for state, value in values.items()}


@pytest.mark.parametrize(
    ("text", "year", "measure", "error", "words"),
    [
        (CINC, 2024, None, UnknownName, "got the year 2024, expected one that is in the table: 2015 to 2016\n  try: --year 2016"),
        (CINC, 2016, "gdp", UnknownName, "got the measure 'gdp', expected the column to take: milex, cinc"),
        (DATABANK, 2024, None, UnknownName, "got no measure, expected the series to take: GDP, Armed forces\n  try: --measure 'GDP'"),
        (SIPRI, 2024, "milex", UnknownName, "expected none: the table has one number a state and year"),
        (SIPRI.replace("4000", "four"), 2024, None, MalformedInput, "line 7, column 4: got 'four', expected a number"),
        (SIPRI.replace("4000", "1.2.3"), 2024, None, MalformedInput, "line 7, column 4: got '1.2.3'"),
        (SIPRI.replace("4000", "-5"), 2024, None, MalformedInput, "line 7, column 4: got '-5', expected 0 or more"),
        (SIPRI.replace('"2,000.5"', '"2000,5"'), 2024, None, MalformedInput, "line 6, column 4: got '2000,5'"),
        (SIPRI.replace("Ukraine", "UK"), 2024, None, MalformedInput, "line 8, column 1: got 'UK', expected each state once in a year: it is on line 6 too"),
        (CINC.replace("2016,1,", "MMXVI,1,"), 2016, None, MalformedInput, "line 4, column 3: got 'MMXVI', expected a year"),
        ("", 2024, None, MalformedInput, "line 1: got an empty file"),
        ("a,b\n1,2\n", 2024, None, MalformedInput, "line 1: got the columns 'a, b', expected a table with a column of states"),
        ("<html>\n<b>no</b>\n", 2024, None, MalformedInput, "got the columns '<html>'"),
        ("country,year,value\n", 2024, None, UnknownName, "in the table: there is none"),
    ],
)
def test_what_is_refused(
    text: str, year: int, measure: str | None, error: type[DetenteError], words: str, tmp_path: Path
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(error) as caught:
        read_state_table(path, year, measure)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


def test_files_that_are_no_text(tmp_path: Path) -> None:
    workbook, latin = tmp_path / "a.xlsx", tmp_path / "b.csv"
    workbook.write_bytes(b"PK\x03\x04\xff\xfe")
    latin.write_bytes(b"country,year,value\nC\xf4te d'Ivoire,2024,1\n")
    with pytest.raises(MalformedInput, match="got a workbook or a zip, expected CSV"):
        read_state_table(workbook, 2024)
    with pytest.raises(EncodingError, match="byte 20 is not UTF-8"):
        read_state_table(latin, 2024)
    with pytest.raises(MissingInput, match="cannot read"):
        read_state_table(tmp_path / "none.csv", 2024)


@given(st.text(max_size=200), st.integers(1900, 2030))
def test_any_text_is_read_or_refused(text: str, year: int) -> None:
    # A fixture of a folder would be shared by all the examples, and so would be this one.
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text("country,year,value\n" + text, encoding="utf-8", errors="replace")
        try:
            table = read_state_table(path, year)
        except DetenteError:
            return
        assert table.year == year


def test_every_state_of_the_registry_has_its_codes_each_once() -> None:
    rows = read_table("state_codes.csv")
    assert [row["id"] for row in rows] == sorted(Registry.load().states)
    for code in ("iso3", "cow", "cow_number"):
        given_codes = [row[code] for row in rows if row[code]]
        assert len(set(given_codes)) == len(given_codes)
    known = {row["id"]: row for row in rows}
    # ISO 3166-1; Correlates of War, State System Membership List v2016.
    assert (known["CH"]["iso3"], known["CH"]["cow"], known["CH"]["cow_number"]) == ("CHE", "SWZ", "225")
    assert (known["SZ"]["iso3"], known["SZ"]["cow"], known["SZ"]["cow_number"]) == ("SWZ", "SWA", "572")


# ---------------------------------------------------------------- into a situation


def parties() -> Situation:
    states = (("GB", "United Kingdom"), ("US", "United States"), ("UA", "Ukraine"), ("made-1", "the Pact"))
    unknown = assumed(0.0, 1.0, "capability is not in the text")
    return made.EMPTY.replace(parties=tuple(made.party(name, unknown).replace(id=key) for key, name in states))


def test_capabilities_are_shares_of_the_greatest_and_name_their_line(tmp_path: Path) -> None:
    found = with_capability(parties(), read_state_table(written(tmp_path, SIPRI), 2024))
    capability = {p.id: p.capability for p in found.parties}
    assert (capability["US"].low, capability["US"].high) == (1, 1)
    assert capability["GB"].low == pytest.approx(2000.5 / 4000)
    assert capability["GB"].sources == ("table.csv line 6",)
    assert not capability["GB"].assumed
    assert "table in 2024: 2000.5" in capability["GB"].note
    assert loads(dumps(found)) == found


def test_who_is_not_in_the_table_stays_assumed_and_is_named(tmp_path: Path) -> None:
    found = with_capability(parties(), read_state_table(written(tmp_path, SIPRI), 2024))
    assert [p.name for p in found.parties if p.capability.assumed] == ["Ukraine", "the Pact"]
    assert found.left_out == (
        "capability of Ukraine: table.csv has no number above 0 for it in 2024",
        "capability of the Pact: table.csv has no number above 0 for it in 2024",
    )


def test_a_table_of_other_states_is_refused(tmp_path: Path) -> None:
    table = read_state_table(written(tmp_path, "country,year,value\nChad,2024,1\n"), 2024)
    with pytest.raises(SituationError, match="got a number for none of the parties in 2024, expected one of: United Kingdom, "):
        with_capability(parties(), table)

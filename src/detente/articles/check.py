"""What may stand in an article's fields: a day, a country, a language, a text with words in it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from detente.errors import EmptyArticle, EncodingError, InvalidDate, MalformedInput

# ISO 3166-1 alpha-2 as of 2026, and XK, the user-assigned code that the EU and most newspapers' data use for Kosovo.
_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK"
)
COUNTRIES = frozenset(_CODES.split())
# ISO 3166 reserves UK for the United Kingdom at its request, so that it can mean nothing else.
SYNONYMS = {"UK": "GB"}

# The first weekly newspapers are of 1605; a year before that is a slip of the hand.
EARLIEST = date(1600, 1, 1)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
_SHOWN = 60
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def quoted(value: str) -> str:
    """A value as a message shows it: on one line, cut after 60 characters."""
    return repr(value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…")


def day(value: str, where: str) -> str:
    """The ISO date of a publication; a time of day is cut off, as written and whatever its zone.

    Args:
        value: `2025-03-02`, or a date and time as in RFC 3339.
        where: what to call the place in an error.

    Raises:
        InvalidDate: another form, no day of the calendar, before 1600, or after today everywhere on earth.
    """
    form = "expected a day as YYYY-MM-DD, such as 2025-03-02"
    match = _DAY.fullmatch(value.strip())
    if not match:
        raise InvalidDate(f"{where}: got the date {quoted(value)}, {form}")
    try:
        found = date.fromisoformat(match[1])
    except ValueError as error:
        raise InvalidDate(f"{where}: got the date {quoted(value)}, which no calendar has ({error}), {form}") from error
    if found < EARLIEST:
        raise InvalidDate(f"{where}: got the date {quoted(value)}, expected one from {EARLIEST} on")
    if found > latest_day():
        raise InvalidDate(f"{where}: got the date {quoted(value)}, which is in the future, expected today or earlier")
    return found.isoformat()


def latest_day() -> date:
    """Today where the day begins first (UTC+14), so that no newsroom's today is refused."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


def country(value: str, where: str) -> str:
    """The ISO 3166-1 alpha-2 code, in capitals; "UK" is read as GB.

    Raises:
        MalformedInput: not such a code.
    """
    code = value.strip().upper()
    code = SYNONYMS.get(code, code)
    if code not in COUNTRIES:
        raise MalformedInput(
            f"{where}: got the country {quoted(value)}, expected a two-letter code of ISO 3166-1, "
            "such as GB, US or UA (the outlet's country, not the story's)"
        )
    return code


def language(value: str, where: str) -> str:
    """The language of a BCP 47 tag without its region: `en-GB` gives `en`.

    Raises:
        MalformedInput: not such a tag.
    """
    match = _LANGUAGE.fullmatch(value.strip())
    if not match:
        raise MalformedInput(f"{where}: got the language {quoted(value)}, expected a code such as en or en-GB")
    return match[1].lower()


def encodable(value: str, where: str) -> str:
    """The string itself, if it can be stored as text.

    Raises:
        EncodingError: it holds a NUL, or half of a surrogate pair, which no encoding of Unicode can carry.
    """
    if "\0" in value:
        raise EncodingError(f"{where}: got a NUL character at {value.index(chr(0))}, expected text")
    if half := _SURROGATE.search(value):
        raise EncodingError(
            f"{where}: got half of a surrogate pair (\\u{ord(half[0]):04x}) at character {half.start()}, "
            "expected whole characters"
        )
    return value


def readable(text: str, where: str) -> str:
    """The text itself, if there is something to read in it: at least a letter or a digit.

    Raises:
        EmptyArticle: nothing, or only white space, marks and invisible characters.
        EncodingError: characters that cannot be stored.
    """
    if not any(character.isalnum() for character in encodable(text, where)):
        raise EmptyArticle(f"{where}: got no letter and no digit in {len(text)} characters, expected an article's text")
    return text

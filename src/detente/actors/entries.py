"""What the registry holds: states, people, bodies, dated offices, and words for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from detente.records import ActorType, Part

# In the order of prominence: of several offices, the first says best who somebody is.
ROLES = (
    "head_of_state_and_government", "head_of_government", "head_of_state", "head_of_organisation",
    "high_representative", "group_leader", "heir", "designate", "deputy_head", "foreign_minister", "defence_minister",
    "finance_minister", "interior_minister", "justice_minister", "trade_minister", "commissioner", "regional_head", "opposition_leader", "party_leader", "legislative_leader", "military_chief",
    "chief_of_staff", "national_security_adviser", "special_envoy", "ambassador_un", "spokesperson",
)  # fmt: skip
HEADS = frozenset(ROLES[:4])
ORGANISATION_TYPES: Mapping[str, ActorType] = {
    "organisation": "organisation", "bloc": "bloc", "coalition": "coalition", "government": "government",
    "armed_group": "armed_group", "media": "media",
}  # fmt: skip
GENDERS = frozenset({"f", "m", "x"})
METONYM_KINDS = frozenset({"place", "domestic", "adjective", "body", "ambiguous"})
ANYWHERE = "*"
UNSECONDED = "none"

# An open row says who was in office when it was checked; beyond this margin it says nothing.
FRESH = timedelta(days=400)


class State(Part, frozen=True):
    """A state: ISO 3166-1 alpha-2 id, newspaper name, demonyms, capital's spellings."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    qid: str | None = None


class Person(Part, frozen=True):
    """A person: id (slug of the name), name without title, other spellings, gender f, m or x, country."""

    id: str
    name: str
    country: str
    gender: str
    aliases: tuple[str, ...] = ()
    qid: str | None = None


class Organisation(Part, frozen=True):
    """A body that acts: an organisation, bloc, coalition, seat of government, armed group, news outlet."""

    id: str
    name: str
    type: ActorType
    country: str | None = None
    aliases: tuple[str, ...] = ()
    qid: str | None = None


class Office(Part, frozen=True):
    """One holding of one office: from `since`, that day included, to the day a successor takes over.

    Args:
        person: id of the holder.
        of: id of the state or organisation.
        until: the day of leaving; None: in office on `checked_on`.
        checked_on: the last day on which the row was known to be true.
    """

    person: str
    title: str
    role: str
    of: str
    since: date
    until: date | None
    source: str
    checked_on: date
    second_source: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the row says that the person held the office on this day."""
        end = self.until if self.until is not None else self.checked_on + FRESH
        return self.since <= day <= end

    def near(self, day: date, margin: timedelta) -> bool:
        """Whether the office was held within the margin of this day, before or after."""
        return self.since - margin <= day <= (self.until or self.checked_on) + margin


class TitleWords(Part, frozen=True):
    """Words for an office ("PM", "premier") and the roles they mean.

    Args:
        roles: empty where the words mean several offices and are never resolved alone.
        of: ids that the row is about; empty: whichever state or body is named.
        country: only in this country's articles; "*": in any; None: the article's own country.
        gender: the holder's, where the words tell it.
        title: a word that the office's own title must hold.
    """

    words: tuple[str, ...]
    roles: tuple[str, ...]
    of: tuple[str, ...] = ()
    country: str | None = None
    gender: str | None = None
    title: str | None = None


class Metonym(Part, frozen=True):
    """Words that stand for an actor: a place, or a name that only its own country's papers use alone."""

    words: tuple[str, ...]
    kind: str
    actor: str | None = None
    note: str = ""

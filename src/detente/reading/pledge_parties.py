"""Who pledges, through whom, and to whom.

The pledger is the state where somebody acts for it: the article's day decides which office that is. Where nobody
can be told, nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from detente.actors.acting import acts_for
from detente.actors.cast import Mention
from detente.actors.names import fold
from detente.actors.registry import Registry
from detente.reading.coalition_names import called
from detente.reading.dates import find_dates
from detente.reading.page import Page
from detente.reading.participants import actors_after, actors_before, time_start
from detente.reading.pledge_cues import NOUNS, Cue
from detente.reading.row import Word, span_of
from detente.reading.verbs import group_start, is_verb, verb_forms
from detente.records import Actor, ActorRef

FIRST_PERSON = frozenset(["i", "we", "us", "our", "my"])
THIRD_PERSON = frozenset(["it", "they"])
GOVERNMENTS = frozenset(
    ["government", "administration", "cabinet", "parliament", "ministry", "military", "army", "regime",
     "authorities", "officials", "leadership", "country", "nation", "state"]
)  # fmt: skip
_COALITION = re.compile(r"\b((?:coalition|alliance) of (?:the )?[\w-]+)[’'\"”]?\s*$", re.IGNORECASE)
_HOST = re.compile(r"\b(?:visit|trip|invitation|invite|invited)\b.{0,30}?\bto (?:the )?$", re.IGNORECASE)
_INVITING = frozenset({"invite", "invitation", "invited"})
_HELPING = frozenset({"help", "support", "assist", "arm", "equip", "train", "rebuild", "defend"})
_GROUP_OF = re.compile(
    r"\b(?:an?|the|some|several|many|most|all|both|each|one|two|three)(?: \w+)? of $|\b(?:some|several|many|most|all|both) of $",
    re.IGNORECASE,
)
_RECEIVING = frozenset(["to", "for"])
_WITH = frozenset(["to", "for", "with"])
UNKNOWN = "the words do not say who makes it"


class Parties(NamedTuple):
    """The sides of a pledge.

    Args:
        pledger: who is bound.
        made_by: the person who said or signed it.
        beneficiary: who is to receive it.
        reason: how the pledger was found, or why not.
        start: where the subject begins, for a clause that is quoted with its subject; else `None`.
    """

    pledger: tuple[ActorRef, ...]
    made_by: ActorRef | None
    beneficiary: tuple[ActorRef, ...]
    reason: str
    start: int | None = None


def parties(page: Page, cue: Cue) -> Parties:
    """The sides of a commitment."""
    if cue.row["shape"] == "noun" and cue.passive:
        givers = agent(cue) or possessor(cue)
        pledger = unique(acting_for(page, ref) for ref in givers)
        person = next((ref for ref in givers if is_person(page, ref)), None)
        reason = "named as the one who gives it" if pledger else UNKNOWN
        return Parties(pledger, person, without(beneficiaries(page, cue), pledger), reason)
    subjects, start = subject(page, cue) if cue.row["shape"] != "gap" else (taking_up(cue), None)
    if cue.passive:
        return received(page, cue, subjects)
    if is_noun_cue(cue) and cue.texts[cue.at] in _INVITING and (hosting := host(page, cue)):
        return Parties(hosting, None, without(owner(page, cue), hosting), "the state to which the visit goes")
    if cue.act["type"] == "exchange":
        return exchanged(page, cue)
    people = [ref for ref in subjects if is_person(page, ref)]
    pledger = unique(acting_for(page, ref) for ref in subjects)
    made_by = people[0] if len(people) == 1 else maker(page, cue, pledger)
    reason = how_told(people, pledger)
    return Parties(pledger, made_by, without(beneficiaries(page, cue), pledger), reason, start)


def taking_up(cue: Cue) -> tuple[ActorRef, ...]:
    """Who takes up the verb that a list leaves out: the actor with whom the words begin."""
    mention = cue.words[cue.start].mention
    return (mention.actor,) if mention and mention.actor else ()


def how_told(people: Sequence[ActorRef], pledger: Sequence[ActorRef]) -> str:
    """How the pledger was found: the subject, or whom it acts for where the article's day or registry tells."""
    if people and set(people) & set(pledger):
        return "named as the subject; for which state is not known"
    return "acts for it" if people else "named as the subject" if pledger else UNKNOWN


def maker(page: Page, cue: Cue, pledger: Sequence[ActorRef]) -> ActorRef | None:
    """The person who says the words, where they bind whom that person acts for; else it is a report of another's pledge."""
    speaker = speaker_at(page, cue)
    if speaker is None or not is_person(page, speaker):
        return None
    bound = {ref.id for ref in pledger}
    own = bound & {speaker.id, acting_for(page, speaker).id} or not bound
    return speaker if own or any(ref.id not in page.cast.actors for ref in pledger) else None


def received(page: Page, cue: Cue, subjects: Sequence[ActorRef]) -> Parties:
    """The sides of a passive: the subject receives; "by", or for a visit the host, says who gives."""
    pledger = unique(acting_for(page, ref) for ref in (agent(cue) or host(page, cue)))
    visit = "visit" in cue.texts[cue.at : cue.stop]
    beneficiary = tuple(subjects) if visit else unique(acting_for(page, ref) for ref in subjects)
    reason = "named as the one who gives it" if pledger else UNKNOWN
    return Parties(pledger, None, without(beneficiary, pledger), reason)


def exchanged(page: Page, cue: Cue) -> Parties:
    """Both sides of an exchange: the two states that its sentence names."""
    first, last = cue.words[0].start, cue.words[-1].end
    named = (m.actor for m in page.cast.within(first, last) if m.actor and is_state(page, m.actor))
    sides = unique(acting_for(page, ref) for ref in named)
    if len(sides) != 2:
        return Parties(
            (), None, (), "an exchange has two sides, and the sentence does not name just two states"
        )
    both = tuple(sorted(sides, key=lambda ref: ref.name))
    return Parties(both, None, both, "the two states that the sentence names")


# ---------------------------------------------------------------- the subject


def subject(page: Page, cue: Cue) -> tuple[tuple[ActorRef, ...], int | None]:
    """The actors in subject place before the cue, and where their words begin."""
    if cue.row["shape"] in ("inf", "obj") and is_noun_cue(cue):
        return owner(page, cue), None
    at = cue.at
    for _ in range(4):  # as far back as three verbs share one subject
        start = before_time(page, cue.words, group_start(cue.words, at, 0))
        if found := spoken_subject(page, cue, start):
            return found, group_of(page, cue.words, start - 1)
        if coalition := named_coalition(page, cue.words, start):
            return (coalition[0],), coalition[1]
        if government := government_at(page, cue.words, start):
            return (government,), start - 1 - of_pronoun(cue.words[start - 2])
        actors = actors_before(cue.words, start)
        refs = tuple(m.actor for m in actors.mentions if m.actor)
        if actors.mentions:
            return refs, actors.first
        earlier = [place for place in range(start) if is_verb(cue.words, place)]
        if not earlier or not shares_subject(cue.words, start):
            break
        at = earlier[-1]
    return who_says(page, cue), None


def who_says(page: Page, cue: Cue) -> tuple[ActorRef, ...]:
    """The speaker of the statement whose verb the cue is: "Ostrava's chancellor, Ines Darro, promised"."""
    said = page.statement_cued(span_of(cue.words, cue.at, cue.at + 1))
    return (said.speaker,) if said and said.speaker else ()


def before_time(page: Page, words: Sequence[Word], start: int) -> int:
    """The place before a time that stands between subject and verb: "Ostrava on Friday announced"."""
    times = find_dates(page.text, None, words[0].start, words[min(start, len(words) - 1)].start)
    if not times or start == 0 or not times[-1].span.holds((words[start - 1].start, words[start - 1].end)):
        return start
    return next((place for place in range(1, start) if words[place].start >= times[-1].span.start), start)


def shares_subject(words: Sequence[Word], start: int) -> bool:
    """Whether a verb without a subject of its own goes on about an earlier one."""
    before = words[start - 1].text if start else ""
    return before in ("and", "or", ",", "then", "but", "to") or words[start].text.endswith("ing")


def group_of(page: Page, words: Sequence[Word], at: int) -> int:
    """Where "a group of us" begins, its last word at a place."""
    whole = _GROUP_OF.search(page.text, words[0].start, words[at].start)
    return next((p for p in range(at) if whole and words[p].start >= whole.start()), at)


def spoken_subject(page: Page, cue: Cue, start: int) -> tuple[ActorRef, ...]:
    """The speaker, where "I", "we", "a group of us" is the subject, or "it" in "Ostrava said it would"."""
    before = cue.words[start - 1] if start else None
    if before is None or before.text not in FIRST_PERSON | THIRD_PERSON:
        return ()
    if before.mention:
        return (before.mention.actor,) if before.mention.actor else ()
    speaker = speaker_at(page, cue)
    if speaker or before.text in FIRST_PERSON:
        return (speaker,) if speaker else ()
    return reporting_subject(cue, start - 1)


def reporting_subject(cue: Cue, at: int) -> tuple[ActorRef, ...]:
    """Whom "it" stands for right behind a verb of saying, or behind its "that": the subject of that verb."""
    verb = at - 1 - (cue.texts[at - 1] == "that")
    verb = time_start(cue.words, verb) if verb > 0 else verb  # "said on Monday it would"
    if verb < 1 or not is_verb(cue.words, verb):
        return ()
    found = actors_before(cue.words, group_start(cue.words, verb, 0))
    refs = tuple(m.actor for m in found.mentions if m.actor)
    return refs if len(refs) == 1 else ()


def of_pronoun(word: Word) -> bool:
    """Whether a word is a pronoun that owns what follows ("her government")."""
    return word.mention is not None and word.mention.kind == "pronoun"


def government_at(page: Page, words: Sequence[Word], start: int) -> ActorRef | None:
    """The state that stands in subject place by its government or as somebody's: "the Ostravan parliament", "her country"."""
    if start < 2 or words[start - 1].text not in GOVERNMENTS or words[start - 1].mention:
        return None
    owner = words[start - 2]
    if owner.text == "'s" and start > 2:
        owner = words[start - 3]
    if owner.mention and owner.mention.actor:
        return acting_for(page, owner.mention.actor)
    keys = Registry.load().states_by_demonym.get(fold(page.text[owner.start : owner.end]), ())
    return state_of(page, keys[0]) if len(keys) == 1 else None


def named_coalition(page: Page, words: Sequence[Word], start: int) -> tuple[ActorRef, int] | None:
    """A coalition that the article names in subject place, and the word at which it begins."""
    if start < 2:
        return None
    found = _COALITION.search(page.text, words[0].start, words[start - 1].end + 1)
    if found is None:
        short = called(page, words, start - 1, start) if words[start - 1].mention is None else None
        return (short[0], start - 2) if short and words[start - 2].text == "the" else None
    name = found.group(1)
    first = next(place for place in range(start) if words[place].start >= found.start())
    article = first - 1 if first and words[first - 1].text in ("a", "an", "the") else first
    return ActorRef(id=re.sub(r"\W+", "-", name.lower()), name=name), article


def is_noun_cue(cue: Cue) -> bool:
    """Whether the cue's first word is a noun: "my commitment to", "a deal to", "Velkova's promise to"."""
    return not cue.row["pattern"].startswith("~") and cue.texts[cue.at] in NOUNS


def owner(page: Page, cue: Cue) -> tuple[ActorRef, ...]:
    """Whose the pledge is that a noun names: after "by" or "from", or the possessive, or the subject of the verb before it."""
    for place in range(cue.at, cue.end - 1):
        if cue.texts[place] in ("by", "from"):
            return tuple(m.actor for m in actors_after(cue.words, place + 1, cue.end).mentions if m.actor)
    for place in range(cue.at - 1, max(-1, cue.at - 5), -1):
        word = cue.words[place]
        if word.mention and word.mention.possessive and word.mention.actor:
            return (word.mention.actor,)
        if word.text in ("my", "our") and (speaker := speaker_at(page, cue)):
            return (speaker,)
        if is_verb(cue.words, place):
            found = actors_before(cue.words, group_start(cue.words, place, 0))
            return tuple(m.actor for m in found.mentions if m.actor)
    return ()


def speaker_at(page: Page, cue: Cue) -> ActorRef | None:
    """Who says the words of the cue, or `None` where the outlet itself speaks."""
    word = cue.words[cue.at]
    around = page.statement_around((word.start, word.end))
    return around.speaker if around else None


# ---------------------------------------------------------------- whom it is for


def beneficiaries(page: Page, cue: Cue) -> tuple[ActorRef, ...]:
    """Who is to receive what is pledged: right after the verb, or after "to", "for" (of a loan or work: "with")."""
    joins = (
        _HELPING | _WITH
        if cue.act["type"] in ("diplomatic", "loan") or "loan" in cue.texts[cue.at : cue.stop]
        else _HELPING | _RECEIVING
    )
    found: list[Mention] = []
    for place in range(cue.body, cue.stop):
        mention = cue.words[place].mention
        if opens_purpose(cue, place):
            break
        if mention is None or mention.actor is None or mention is cue.words[place - 1].mention:
            continue
        if (
            (place == cue.verb + 1 and not mention.possessive)
            or preceded(cue.words, place, joins)
            or (
                found
                and cue.words[place - 1].text in ("and", ",")
                and place - 2 >= 0
                and cue.words[place - 2].mention is found[-1]
            )
        ):
            found.append(mention)
    refs = [m.actor for m in found if m.actor and not hosts(page, m)]
    return unique(acting_for(page, ref) for ref in refs)


def opens_purpose(cue: Cue, place: int) -> bool:
    """Whether another thing to be done begins: "to draw up", "and then discuss"; "to help" goes on."""
    if place + 1 >= cue.stop or cue.texts[place] not in ("to", "and", "then"):
        return False
    following = cue.texts[place + 1]
    return (
        following not in _HELPING
        and is_verb(cue.words, place + 1)
        and "base" in verb_forms().get(following, ())
    )


def preceded(words: Sequence[Word], place: int, joins: frozenset[str]) -> bool:
    """Whether one of the prepositions stands before a mention, with an article or "her" between."""
    place -= 1
    while place > 0 and words[place].text in (
        "the",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "president",
        "mr",
        "ms",
        "mrs",
    ):
        place -= 1
    return words[place].text in joins


def hosts(page: Page, mention: Mention) -> bool:
    """Whether a state is where a visit goes to, and so who gives it."""
    return _HOST.search(page.text, max(0, mention.span.start - 60), mention.span.start) is not None


def host(page: Page, cue: Cue) -> tuple[ActorRef, ...]:
    """The state that a visit or invitation goes to."""
    span = cue.span
    return tuple(m.actor for m in page.cast.within(span.start, span.end) if m.actor and hosts(page, m))[:1]


def agent(cue: Cue) -> tuple[ActorRef, ...]:
    """Who gives, in a passive: after "by"."""
    for place in range(cue.at, cue.stop - 1):
        if cue.words[place].text == "by":
            following = [w.mention for w in cue.words[place + 1 : place + 4] if w.mention]
            return tuple(m.actor for m in following[:1] if m.actor)
    return ()


def possessor(cue: Cue) -> tuple[ActorRef, ...]:
    """Whose a thing is that is named before its verb: "Ostrava's £40m loan to Keld was disbursed"."""
    before = [word.mention for word in cue.words[max(0, cue.start - 2) : cue.start] if word.mention]
    return tuple(m.actor for m in before[-1:] if m.actor and m.possessive)


# ---------------------------------------------------------------- states


def acting_for(page: Page, ref: ActorRef) -> ActorRef:
    """The state or body that an actor acts for on the article's day; the actor itself where there is none."""
    actor = page.cast.actors.get(ref.id)
    if actor is None:
        return ref
    if actor.type == "government" and actor.country:
        return state_of(page, actor.country) or ref
    if actor.type != "person":
        return ref
    refs = [found for name in acts_for(actor, page.article.published) if (found := body(page, name))]
    home = [found for found in refs if found.id == actor.country]
    return (home or refs or [ref])[0]


def body(page: Page, name: str) -> ActorRef | None:
    """The state or international body of that name; parties do not bind a state."""
    known = [actor for actor in page.cast.actors.values() if actor.name == name and actor.type != "person"]
    if not known:
        registry = Registry.load()
        keys = (
            *registry.states_by_name.get(fold(name), ()),
            *registry.organisations_by_name.get(fold(name), ()),
        )
        known = [registry.actor(key) for key in keys]
    bound = [actor for actor in known if actor.type == "state" or actor.country is None]
    return bound[0].ref if bound else None


def state_of(page: Page, country: str) -> ActorRef | None:
    """The state with an ISO code."""
    actor = page.cast.actors.get(country)
    if actor is None and country in Registry.load().states:
        actor = Registry.load().actor(country)
    return actor.ref if actor else None


def is_person(page: Page, ref: ActorRef) -> bool:
    """Whether a reference is to a person."""
    actor: Actor | None = page.cast.actors.get(ref.id)
    return actor is not None and actor.type == "person"


def is_state(page: Page, ref: ActorRef) -> bool:
    """Whether a reference is to a state or to somebody who acts for one."""
    actor = page.cast.actors.get(acting_for(page, ref).id)
    return actor is not None and actor.type == "state"


def unique(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """The references without repeats, in order."""
    return tuple({ref.id: ref for ref in refs}.values())


def without(refs: Iterable[ActorRef], others: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """The references that are not among others."""
    taken = {ref.id for ref in others}
    return tuple(ref for ref in refs if ref.id not in taken)

"""Who is who in an article: from names, titles, descriptions and pronouns to actors.

Four passes. Names are looked up in the registry on the article's day, in the article's country; people who are
not in it are made from the article itself, from a full name. Titles and descriptions ("the PM", "the Ukrainian
leader") are looked up likewise. Then surnames take the full name that the article has, and pronouns the person
in whose light the sentence stands. Two who fit equally well leave the mention unknown: a wrong name is worse
than no name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from detente.actors.answers import Answer
from detente.actors.cast import Cast, Mention
from detente.actors.descriptions import PEOPLE, descriptions
from detente.actors.given_names import likely_gender
from detente.actors.groups import SINGLE, group_mentions
from detente.actors.home import home_of
from detente.actors.lookup import who
from detente.actors.names import fold
from detente.actors.pronouns import UNTOLD, Candidate, Epithet, pronoun_mentions
from detente.actors.registry import Registry
from detente.actors.roles import Role, role_beside
from detente.actors.titles import title_spans
from detente.language.analysis import Analysis, Name, Span
from detente.records import Actor, ActorRef, ActorType, Article, text_id

COURTESY = {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f", "baroness": "f",
            "king": "m", "prince": "m", "queen": "f", "princess": "f"}  # fmt: skip
# Last words that make a run of capitals something else than a person.
_NOT_PEOPLE = frozenset(
    ["house", "street", "square", "palace", "office", "room", "airport", "hotel", "university", "college", "school", "hospital", "institute", "centre", "center", "foundation", "council", "committee", "party", "union", "bank", "group", "company", "court", "church", "times", "post", "journal", "news", "post-war", "war", "street's", "act", "treaty", "agreement", "accord", "summit", "conference", "festival", "league", "cup", "games", "day", "road", "avenue", "river", "sea", "ocean", "mountains", "park", "bridge", "tower", "hall", "building", "stadium", "county", "province", "region", "state", "states", "city", "island", "islands", "republic", "kingdom", "army", "navy", "force", "forces", "police", "service", "agency", "department", "ministry", "commission", "association", "federation", "organisation", "organization", "network", "media", "television", "radio", "tv", "front", "movement", "government", "parliament", "congress", "senate", "assembly", "show", "fund", "caucus", "citizenship", "services", "enforcement", "budget", "policy", "campaign", "team"]
)
# What may stand behind a people's name that is a noun: "the British have …".
_AFTER_NOUN = frozenset(["have", "has", "had", "are", "were", "is", "was", "will", "would", "could", "can", "must", "may", "might", "said", "say", "and", "or", "but", "to", "in", "on", "at", "of", "for", "from", "with", "by", "who", "that"])
_LEAD = re.compile(r"(?:[\w’'.-]+\s+){0,3}$")
_WHERE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|through|via"
    r"|(?:mayor|bishop|archbishop|city|centre|center|capital|streets?|suburbs?|outskirts|university|people|residents|battle|siege) of)"
    r"\s+(?:central\s+)?$", re.IGNORECASE,
)  # fmt: skip
_STYLED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady)\.?\s+(\w+(?:[-’']\w+)*)")
# Between first name and surname, and behind it, these tell nobody apart in one article.
_INITIAL = re.compile(r"[A-Z]\.?")
_NO_SURNAME = re.compile(r"[A-Z]\.?|[\w-]+-(?:based|born|backed|led)")
_INITIALS = re.compile(r"(?:[A-Z]\.-?){2,3}")  # "G.K."
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_HEADLINE = 240  # code points at most
# Offices whose holders foreign newspapers call by the surname alone.
_FAMOUS = frozenset(
    ["head_of_state", "head_of_government", "head_of_state_and_government", "foreign_minister", "head_of_organisation", "high_representative"]
)
_KIN = r"(?:husband|wife|spouse|son|daughter|brother|sister|father|mother|cousin|uncle|aunt|nephew|niece|widow|widower|fiancée?|grand\w+)"
# "his wife", "her late husband, former president", "Mr Stan’s eldest daughter"
_KIN_BEFORE = re.compile(rf"(?:\b(?:his|her|their|my)|[’']s?) (?:[\w-]+ )?{_KIN},?(?: (?:[Ff]ormer |ex-)?\w+)?,? $")
# "Robert C. “Bobby” Stan"
_NICKNAMED = re.compile(r"\b(?P<first>[A-Z][\w-]+)(?: [A-Z]\.)? [\"“‘'](?P<nick>[A-Z]\w+)[\"”’'] (?P<last>[A-Z][\w’-]+)")
_TITLE_BEFORE = re.compile(r"(?:[A-Z][\w-]+ ){1,3}$")
_OFFICE = r"(?:minister|president|leader|secretary|ambassador|chief|adviser|spokes\w+|envoy|analyst|professor|director|head)"
_OFFICE_BEFORE = re.compile(rf"\b{_OFFICE}, $")
_OFFICE_BEHIND = re.compile(rf", (?:\d\d\b|who\b|(?:the |a |an |its |their )?[\w ’'-]*{_OFFICE})")


def cast_of(article: Article, analysis: Analysis, registry: Registry) -> Cast:
    """The cast of one article.

    Args:
        article: the article; its date and country decide who an office-holder is.
        analysis: what the language part tells of its text.
        registry: who held which office when.
    """
    casting = _Casting(article, analysis, registry)
    casting.names()
    casting.titles()
    casting.groups()
    casting.surnames()
    casting.descriptions()
    casting.pronouns()
    return casting.cast()


class _Casting:
    """The passes over one article; each adds mentions where none is yet."""

    def __init__(self, article: Article, analysis: Analysis, registry: Registry) -> None:
        self.article = article
        self.analysis = analysis
        self.registry = registry
        self.text = article.text
        home = None if article.country else home_of(analysis, registry)
        self.country = article.country or (home.country if home else None)
        self.home = f"; {home.reason}" if home else ""
        self.dated = article.published is not None
        self.on = date.fromisoformat(article.published) if article.published else date.today()
        self.mentions: dict[int, Mention] = {}  # by start
        self.actors: dict[str, Actor] = {}
        self.genders: dict[str, str] = {}
        self.epithets: list[Epithet] = []  # descriptions that several people may fit
        self.left: list[Name] = []  # names that no pass has told yet
        self.people: defaultdict[str, list[Actor]] = defaultdict(list)  # by the parts of their names
        self.speaking = {k for a in analysis.attributions if a.source for k in range(*a.source)}
        self.holders: dict[str, ActorRef] = {}  # of offices, by whom the registry has for them
        self.styles = _styles(self.text)

    # ------------------------------------------------------------ passes

    def names(self) -> None:
        """Names in the registry, and full names of people who are not."""
        nicknamed = list(self._nicknamed())
        for name in self.analysis.names:
            words = name.span.of(self.text)
            if any(span.meets(name.span) for span in nicknamed):
                continue
            if self._adjective(name.span, words) or self._scene(name.span, words):
                continue
            answer = self._ask(plain_name(words)) if self._whole(words) else None
            if answer and answer.actor and self._undated_title(answer.actor, words):
                self._add(name.span, None, "title", "the article's date is not known, so neither is who held the office")
            elif answer and answer.actor:
                self._know(answer.actor)
                self._add(name.span, answer.actor, self._kind(answer.actor), answer.reason)
            elif made := self._person(name) or self._body(name):
                self._add(name.span, made.ref, "name", "named in full in the article; not in the registry")
            elif not self._joined(name):
                self.left.append(name)

    def _nicknamed(self) -> Iterator[Span]:
        """People named with what they are called in marks: "Robert C. “Bobby” Stan" is Bobby Stan."""
        named = {name.span.end for name in self.analysis.names if name.type in {"person", "other"}}
        for found in _NICKNAMED.finditer(self.text):
            if found.end() in named or found.end("first") in named:
                words, called = f"{found['first']} {found['last']}", f"{found['nick']} {found['last']}"
                actor = self._meet(Actor(id=self._made_id(called), name=called, type="person", aliases=(words,)))
                if gender := likely_gender(words) or likely_gender(called):
                    self.genders.setdefault(actor.id, gender)
                span = Span(*found.span())
                self._add(span, actor.ref, "name", f"named in full in the article, called {found['nick']}")
                yield span

    def _joined(self, name: Name) -> bool:
        """Whether a run of capitals is a word and a person's full name: "Aides of Ivo Stan"."""
        start = name.span.start
        for part in re.split(r"( of )", name.span.of(self.text)):
            span, start = Span(start, start + len(part)), start + len(part)
            answer = self._ask(part) if " " in part.strip() else None
            if answer and answer.actor and answer.actor.id in self.registry.people and len(part) < len(name.span.of(self.text)):
                self._know(answer.actor)
                self._add(span, answer.actor, "name", answer.reason)
        return any(m.span.meets(name.span) for m in self._near(name.span))

    def titles(self) -> None:
        """Titles and descriptions that stand for an office-holder."""
        for span in title_spans(self.analysis, self.registry):
            inner = [m for m in self._near(span) if m.span.meets(span)]
            if any(self._person_in(m) or not span.holds(m.span) for m in inner):
                continue
            words = span.of(self.text)
            answer = self._ask(words) if self.dated else None
            if not (answer and answer.actor) and not SINGLE.isdisjoint(words.lower().split()):
                continue  # a spokesman whom the registry does not know is somebody all the same
            for mention in inner:  # "the US president" is no mention of the United States
                del self.mentions[mention.span.start]
            if answer is None:
                self._add(span, None, "title", "the article's date is not known, so neither is who held the office")
                continue
            if answer.actor and (holder := self._holder(span, answer.actor)):
                self._add(span, holder, "title", f"the article says that {holder.name} is")
                continue
            if answer.actor:
                self._know(answer.actor)
            self._add(span, answer.actor, "title", answer.reason + self.home)

    def _holder(self, title: Span, registered: ActorRef) -> ActorRef | None:
        """Whom the article says to hold an office, and the registry does not have: "Marland's prime minister, Ana Velkova, said".

        Args:
            title: its words.
            registered: who holds it by the registry.
        """
        behind = self.mentions.get(title.end + 2)
        starts = range(title.start - 60, title.start)
        before = next((m for k in starts if (m := self.mentions.get(k)) and m.span.end == title.start - 2), None)
        for named, mark, after in ((behind, title.end, behind and behind.span.end), (before, title.start - 2, title.end)):
            if named and named.actor and self._stranger(named.actor) and _in_commas(self.text, mark, after or 0):
                self.holders[registered.id] = named.actor
        return self.holders.get(registered.id)

    def _stranger(self, ref: ActorRef) -> bool:
        """Whether somebody is a person whom the article alone names."""
        return ref.id not in self.registry.people and self.actors[ref.id].type == "person"

    def groups(self) -> None:
        """Collective and unnamed actors."""
        for span, actor in group_mentions(self.analysis, self.article):
            if not any(m.span.holds(span) for m in self._near(span)):
                for inner in [m for m in self._near(span) if span.holds(m.span)]:
                    del self.mentions[inner.span.start]
                self._meet(actor)
                self._add(span, actor.ref, "group", "a group as the article names it")

    def surnames(self) -> None:
        """Part names: a surname or first name of somebody whom the article names in full, else of the registry."""
        first = self._first_mentions()
        told: defaultdict[str, set[str]] = defaultdict(set)  # whom a part name has meant so far
        for name in self.left:
            words = name.span.of(self.text)
            if any(m.span.meets(name.span) for m in self._near(name.span)):
                continue
            courtesy = self._courtesy(name.span)
            named = self._part_of_named(words, courtesy)
            found = [a for a in named if first.get(a.id, 0) < name.span.start] or named
            titled = self._by_title(name.span, words) if named else None
            if titled is None and len(found) > 1 and (meant := self._plainly(found, told[fold(words)], first)):
                found = [meant]
            if titled and titled.actor:
                self._know(titled.actor)
                told[fold(words)].add(titled.actor.id)
                self._add(name.span, titled.actor, "name", titled.reason)
            elif len(found) == 1:
                told[fold(words)].add(found[0].id)
                self._add(name.span, found[0].ref, "name", f"short for {found[0].name}, whom the article names in full")
            elif found:
                self._add(name.span, None, "name", f"{words!r} could be {' or '.join(a.name for a in found)}")
            elif courtesy:
                self._by_courtesy(name.span, words, courtesy)
            elif (answer := self._ask(words)).actor and self._undated_title(answer.actor, words):
                self._add(name.span, None, "name", "the article's date is not known, so neither is who of that name is meant")
            elif answer.actor and self._little_known(answer.actor, words):
                self._add(name.span, None, "name", f"{answer.actor.name} held no office then for which a bare surname is enough here")
            elif answer.actor:
                self._know(answer.actor)
                self._add(name.span, answer.actor, self._kind(answer.actor), answer.reason)
            elif answer.candidates:
                self._add(name.span, None, "name", answer.reason)

    def descriptions(self) -> None:
        """Descriptions of somebody whom the article explains: "the mayor", after "Mayor Ivo Stan"."""
        people = [c for m in self._ordered() if m.kind == "name" and (c := self._candidate(m)) and not c.actor.id.startswith(UNTOLD)]
        told = [m.span for m in self._ordered() if m.actor is not None and self._person_in(m)]
        for found in descriptions(self.analysis, people, told, self.registry, self.on):
            if found.actor is None:
                self.epithets.append(Epithet(found.span, found.among, found.gender))
                continue
            for inner in [m for m in self._near(found.span) if found.span.holds(m.span)]:
                del self.mentions[inner.span.start]
            self._add(found.span, found.actor, "description", found.reason)

    def _first_mentions(self) -> dict[str, int]:
        """Where each actor is first mentioned: a surname means somebody whom the reader has met."""
        first: dict[str, int] = {}
        for mention in self._ordered():
            if mention.actor:
                first.setdefault(mention.actor.id, mention.span.start)
        return first

    def pronouns(self) -> None:
        """He, she, his, her: the person in whose light the sentence stands. I, me: who is quoted."""
        people = [candidate for m in self._ordered() if (candidate := self._candidate(m))]
        people = sorted([*people, *self._strangers()], key=lambda c: c.span)
        for mention in pronoun_mentions(self.analysis, people, self._namesakes(people), self.epithets, self.registry, self.on):
            there = self.mentions.get(mention.span.start)
            if there is None or mention.span.holds(there.span):  # "US counterpart" is no mention of the United States
                for inner in [m for m in self._near(mention.span) if mention.span.holds(m.span)]:
                    del self.mentions[inner.span.start]
                self.mentions[mention.span.start] = mention
            if mention.actor:
                self._know(mention.actor)

    def _candidate(self, mention: Mention) -> Candidate | None:
        """Whom a pronoun may stand for: a person, or somebody by a name that could be several people's."""
        if mention.actor is None:
            words = mention.span.of(self.text)
            unknown = mention.kind == "name" and fold(words) in self.people
            return Candidate(mention.span, ActorRef(id=UNTOLD + fold(words), name=words), None) if unknown else None
        person = self.actors[mention.actor.id].type == "person" or self._somebody(mention)
        return Candidate(mention.span, mention.actor, self.genders.get(mention.actor.id)) if person else None

    def _somebody(self, mention: Mention) -> bool:
        """Whether a group is one unnamed person, and not what a name behind it is called: "a spokesman", not "spokesman Ivo Stan"."""
        words = mention.span.of(self.text).lower().split()
        return mention.kind == "group" and words[-1] in SINGLE and not re.match(r",? [A-Z]", self.text[mention.span.end : mention.span.end + 3])

    def _strangers(self) -> Iterator[Candidate]:
        """Names of one word that nobody could be found for: who takes a pronoun all the same, and leaves it unknown."""
        for name in self.left:
            words = name.span.of(self.text)
            speaks = not words.isupper() and not words.endswith("s") and not self.speaking.isdisjoint(range(*name.span))
            person = name.type == "person" or (name.type == "other" and speaks)
            if person and " " not in words and words.lower() not in PEOPLE and not any(m.span.meets(name.span) for m in self._near(name.span)):
                yield Candidate(name.span, ActorRef(id=UNTOLD + fold(words), name=words), None)

    def _namesakes(self, people: list[Candidate]) -> dict[str, list[Candidate]]:
        """For each name that could be several people's, those people, where the gender of each is known."""
        untold = {c.actor.id: c.span for c in people if c.actor.id.startswith(UNTOLD)}
        return {
            key: [Candidate(span, a.ref, self.genders.get(a.id)) for a in self.people[key.removeprefix(UNTOLD)]]
            for key, span in untold.items()
            if all(self.genders.get(a.id) for a in self.people[key.removeprefix(UNTOLD)])
        }

    def cast(self) -> Cast:
        """What the passes found."""
        return Cast(mentions=tuple(self._ordered()), actors=dict(self.actors))

    # ------------------------------------------------------------ parts

    def _ordered(self) -> list[Mention]:
        return [self.mentions[start] for start in sorted(self.mentions)]

    def _near(self, span: Span) -> Iterator[Mention]:
        for start in range(span.start - 60, span.end):
            if (mention := self.mentions.get(start)) and mention.span.end > span.start:
                yield mention

    def _add(self, span: Span, actor: ActorRef | None, kind: str, reason: str) -> None:
        possessive = self.text[span.end : span.end + 2] in {"’s", "'s"} or (
            self.text[span.end - 1 : span.end] == "s" and self.text[span.end : span.end + 2] in {"’ ", "' "}
        )
        self.mentions[span.start] = Mention(span=span, actor=actor, kind=kind, reason=reason, possessive=possessive)  # type: ignore[arg-type]

    def _know(self, ref: ActorRef) -> None:
        if ref.id not in self.actors:
            self._meet(self.registry.actor(ref.id))
            if person := self.registry.people.get(ref.id):
                self.genders[ref.id] = person.gender

    def _meet(self, actor: Actor) -> Actor:
        """The actor, kept from now on, and findable by the parts of the name if it is a person."""
        if actor.id not in self.actors:
            self.actors[actor.id] = actor
            if actor.type == "person" and (gender := likely_gender(actor.name)):
                self.genders.setdefault(actor.id, gender)
            for part in _parts(actor.name) if actor.type == "person" else ():
                self.people[part].append(actor)
        return self.actors[actor.id]

    def _person_in(self, mention: Mention) -> bool:
        """Whether a mention is of a person, or of somebody who could not be told."""
        return mention.actor is None or self.actors[mention.actor.id].type == "person"

    def _kind(self, ref: ActorRef) -> str:
        return "name" if self.actors[ref.id].type == "person" else "place" if self.actors[ref.id].type == "state" else "name"

    def _whole(self, words: str) -> bool:
        """Whether the words are more than a bare surname of somebody whom the article may name otherwise in full."""
        return " " in words or fold(words) not in self.registry.people_by_surname

    def _adjective(self, span: Span, words: str) -> bool:
        """Whether a people's name only describes what follows: "British ministers", but not "the British said"."""
        if fold(words) not in self.registry.states_by_demonym or re.search(r"[^s]s$", words):
            return False  # "Americans" are a people
        following = re.match(r"\s+([\w’'-]+)", self.text[span.end : span.end + 40])
        return following is not None and following.group(1) not in _AFTER_NOUN and not following.group(1).endswith("ed")

    def _scene(self, span: Span, words: str) -> bool:
        """Whether a capital is only where something happened: "in London", but not "aid to Kyiv"."""
        if fold(words) not in self.registry.states_by_capital or fold(words) in self.registry.states_by_name:
            return False
        return _WHERE.search(self.text, max(0, span.start - 32), span.start) is not None

    def _undated_title(self, ref: ActorRef, words: str) -> bool:
        return not self.dated and ref.id in self.registry.people and fold(words) not in self.registry.people_by_name

    def _little_known(self, ref: ActorRef, words: str) -> bool:
        """Whether a bare surname is too little to mean somebody: out of office on the day, or a minister of another country."""
        if ref.id not in self.registry.people or fold(words) in self.registry.people_by_name:
            return False
        held = [office for office in self.registry.offices_of(ref.id) if office.covers(self.on)]
        return not any(office.role in _FAMOUS or office.of == self.country for office in held)

    def _person(self, name: Name) -> Actor | None:
        """A person made from a full name that the registry does not have, if the article treats it as a person."""
        words = self._bare(name.span.of(self.text))
        parts = words.split()
        if name.type not in {"person", "other"} or self._of_headline(name.span, parts):
            return None
        if not 2 <= len(parts) <= 4 or parts[-1].lower() in _NOT_PEOPLE or _NO_SURNAME.fullmatch(parts[-1]):
            return None
        if any(p.isupper() and len(p) > 2 and not _INITIALS.fullmatch(p) for p in parts):
            return None
        if not all(p[:1].isupper() or p in {"van", "von", "de", "der", "al", "bin", "del", "da"} for p in parts) or any(c.isdigit() for c in words):
            return None
        if not (name.type == "person" or self._treated_as_person(name)):
            return None
        actor = self._same_person(words) or self._meet(self._make(plain_name(words), "person"))
        if courtesy := self._courtesy(name.span) or self.styles.get(parts[-1]):
            self.genders[actor.id] = courtesy
        return actor

    def _bare(self, words: str) -> str:
        """A name without the end of a title that was taken into it: "House Ivo Stan", "Ostravan President Ivo Stan"."""
        parts = words.split()
        while len(parts) > 1 and self._titular(parts[0]):
            parts.pop(0)
        return " ".join(parts)

    def _titular(self, word: str) -> bool:
        """Whether a word before a name is no part of it: of an office, of a people, or short for a title ("Sen.")."""
        low = word.lower()
        short = len(word) > 2 and word.endswith(".") and not _INITIALS.fullmatch(word)
        return short or low in _NOT_PEOPLE or low in self.registry.titles_by_words or fold(word) in self.registry.states_by_demonym

    def _of_headline(self, span: Span, parts: list[str]) -> bool:
        """Whether a name in a headline is a surname and a common word, of which each has its capital: "Velkova Speech"."""
        headline = self.analysis.paragraphs[0].end if self.analysis.paragraphs else 0
        if span.end > headline or headline > _HEADLINE:
            return False
        below = self.text[headline:]
        return re.search(rf"\b{re.escape(parts[-1].lower())}\b", below) is not None and f" {' '.join(parts)}" not in below

    def _make(self, name: str, kind: ActorType) -> Actor:
        return Actor(id=self._office_id(name) if kind == "person" else self._made_id(name), name=name, type=kind)

    def _office_id(self, name: str) -> str:
        """The same id in every article that gives a full name the same office of the same body: they mean one person."""
        role = role_beside(self.text, name, self.registry) if " " in name else Role()
        same = "\x1f".join((name, role.title, fold(role.of)))
        return f"made-{text_id(same)[:12]}" if role.title and role.of else self._made_id(name)

    def _made_id(self, name: str) -> str:
        return f"made-{text_id(self.article.id + fold(name))[:12]}"

    def _same_person(self, words: str) -> Actor | None:
        """The one person whom the article has named so far with more or fewer of the same names: "Aung San Suu Kyi"."""
        names = fold(plain_name(words)).split()
        same = [a for a in self.people.get(names[-1], []) if _one_ends(names, fold(a.name).split())]
        return same[0] if len(same) == 1 else None

    def _body(self, name: Name) -> Actor | None:
        """An organisation that the registry does not have, where the language part tells it is one and it speaks."""
        words = name.span.of(self.text)
        speaks = name.type == "organisation" and not self.speaking.isdisjoint(range(*name.span))
        return self._meet(self._make(words, "organisation")) if speaks else None

    def _ask(self, words: str) -> Answer:
        """Whom words name on the article's day, in its country."""
        return who(words, on=self.on, country=self.country, registry=self.registry)

    def _treated_as_person(self, name: Name) -> bool:
        """Named as a speaker, called Mr or Ms, given an age or an apposition with an office, or called by the surname later."""
        last = name.span.of(self.text).split()[-1]
        if last in self.styles or not self.speaking.isdisjoint(range(*name.span)):
            return True
        if _OFFICE_BEFORE.search(self.text[max(0, name.span.start - 40) : name.span.start]):
            return True
        return bool(_OFFICE_BEHIND.match(self.text[name.span.end : name.span.end + 60]))

    def _courtesy(self, span: Span) -> str | None:
        before = _LEAD.search(self.text[max(0, span.start - 30) : span.start])
        words = before.group().split() if before else []
        return COURTESY.get(words[-1].lower().rstrip(".")) if words else None

    def _part_of_named(self, words: str, courtesy: str | None) -> list[Actor]:
        """The people of the article of whose names the words are a part, a courtesy title agreeing."""
        named = self.people.get(fold(words), [])
        return [a for a in named if courtesy in {None, self.genders.get(a.id, courtesy)}]

    def _by_title(self, span: Span, words: str) -> Answer | None:
        """Whom a title before a part name means, by the registry: "President Velkova", in an article that names Arno Velkova."""
        before = _TITLE_BEFORE.search(self.text, max(0, span.start - 40), span.start)
        office = before and any(" ".join(before[0].lower().split()[k:]) in self.registry.titles_by_words for k in range(3))
        answer = self._ask(before[0] + words) if before and office and self.dated else None
        return answer if answer and answer.actor and answer.actor.id in self.registry.people else None

    def _plainly(self, named: list[Actor], before: set[str], first: Mapping[str, int]) -> Actor | None:
        """Which of several people of a name the article calls by it alone.

        That is whom it called so before it named the others, and who is not named as a relation of another: "her husband,
        Ivo Stan" is called by his full name or first name from then on.
        """
        others = [a for a in named if not self._relation(first.get(a.id, 0))]
        plain = [a for a in named if a.id in before] if len(before) == 1 else others
        return plain[0] if len(plain) == 1 and plain[0] in others else None

    def _relation(self, first: int) -> bool:
        """Whether whoever is first named at a code point is named as a relation: "his wife Lena Haik"."""
        return _KIN_BEFORE.search(self.text, max(0, first - 60), first) is not None

    def _by_courtesy(self, span: Span, words: str, courtesy: str) -> None:
        """ "Mr X" and "Sir X" whom the article never names in full: the registry's, else a person known by that name alone."""
        title = self.text[max(0, span.start - 30) : span.start].split()[-1]
        answer = self._ask(f"{title} {words}")
        if answer.actor:
            self._know(answer.actor)
            self._add(span, answer.actor, "name", answer.reason)
        elif answer.candidates:
            self._add(span, None, "name", answer.reason)
        else:
            actor = self._make(words, "person")
            self.genders.setdefault(actor.id, courtesy)
            self._add(span, self._meet(actor).ref, "name", "called so in the article; not in the registry")


def _in_commas(text: str, mark: int, end: int) -> bool:
    """Whether words stand between a comma and a mark that closes, and are no item of a list."""
    closed = text[end : end + 1] in {",", ".", ";", ")", "–", "—"} or end == len(text)
    return text[mark : mark + 2] == ", " and closed and not re.match(r",? and\b", text[end : end + 5])


def plain_name(words: str) -> str:
    """A name without middle initials and "Jr": "Ivo K. Stan Jr." is Ivo Stan."""
    parts = words.split()
    kept = [p for k, p in enumerate(parts) if not (0 < k < len(parts) - 1 and _INITIAL.fullmatch(p))]
    while len(kept) > 2 and kept[-1].rstrip(".,").lower() in _SUFFIXES:
        kept.pop()
    return " ".join(kept).rstrip(",")


def _one_ends(names: list[str], others: list[str]) -> bool:
    """Whether one list of names is the end of the other, two names at least."""
    short = min(len(names), len(others))
    return short > 1 and names[-short:] == others[-short:]


def _parts(name: str) -> set[str]:
    """What a person is called for short: the first name, the surname, all but the first name."""
    parts = fold(name).split()
    return {parts[0], parts[-1], " ".join(parts[-2:]), " ".join(parts[1:]) or parts[0]}


def _styles(text: str) -> dict[str, str | None]:
    """The gender by surname, as "Mr" or "Ms" before it tells; none where the article has both."""
    styles: dict[str, str | None] = {}
    for match in _STYLED.finditer(text):
        surname, gender = re.sub(r"['’]s?$", "", match.group(2)), COURTESY[match.group(1).lower()]
        styles[surname] = gender if styles.get(surname, gender) == gender else None
    return styles

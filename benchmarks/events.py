"""How well events are read, on the two public sets of hand-coded PLOVER events.

    python benchmarks/events.py types   SHARED    event type with the two actors given, on the dev half of plv_train.tsv
    python benchmarks/events.py types   SHARED --held-out     the same on the other half: once, at the end
    python benchmarks/events.py triples SHARED    actor, type, recipient from raw text, on plover_gsr.json

SHARED is the folder with `data/events`. `--errors` lists what went wrong; never for the held-out half.

**Halves.** A sentence of plv_train.tsv belongs to the dev half if the first byte of its SHA-256 is even, else to the
held-out half. Nothing is trained on either; the rules were written with the dev half open.

**Types.** The reader is given a cast of two: source and target, where the data marks them. Of what it then finds in
the sentence, the event that joins the two counts, else one with the source as actor, else any; where it finds none, the
outermost word that can tell an event. Macro-F1 is the mean F1 of the fifteen types of the data. Per sentence there is
one gold type and one answer.

**Triples.** The text is read as an article, with nothing else given. Gold: each pair of a source and a target of a
record; a record without target gives the pair (source, nobody), and one with two sources and no target, which is how
the data writes what is done together, the pair of the two in either order. Predicted: each pair of an actor and a
recipient of each event. A pair is right if the type is right and both texts, or other mentions that the reader takes
for the same actor, share a letter with the gold's texts (nobody with nobody); one to one. All that is read beyond the gold counts as wrong, though the data codes one event a
record and leaves others in the same sentence uncoded. Sentences are in five folds by the hash; nothing is fitted, so
the folds tell only the spread.

**Labels.** The data codes deeds that are promised or planned as AGREE, or THREATEN if hostile, and those refused as
REJECT; détente keeps the deed's type and says how far it is a fact. `plover` turns the one into the other. Older
labels: DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE, FIGHT is ASSAULT, CONCEDE and RETREAT are YIELD.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from detente.actors.cast import Cast, Mention
from detente.actors.casting import cast_of
from detente.actors.registry import Registry
from detente.language import load
from detente.language.analysis import Span
from detente.reading import events, statements
from detente.reading.event_words import hit
from detente.reading.page import Page
from detente.reading.tree import tree_of
from detente.records import ActorRef, Article, Origin

OLDER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "CONCEDE": "YIELD", "RETREAT": "YIELD"}  # fmt: skip
# What is said, and so done by saying it, whatever is said of the future.
SPOKEN = frozenset(("AGREE", "REQUEST", "ACCUSE", "THREATEN", "REJECT"))
ORIGIN = Origin(by="rule", name="benchmark", version="0")
FOLDS = 5
NOWHERE = Span(-1, -1)  # what the gold names otherwise than the text does: nothing meets it


def digest(text: str) -> int:
    """The first byte of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).digest()[0]


def plover(kind: str, factuality: str, reason: str) -> str | None:
    """The data's label of what is read; `None` for what is told as not having happened."""
    if factuality == "negated":
        refused = kind == "AGREE" or any(
            word in reason for word in ("refused", "declined", "still to come", "will not")
        )
        return "REJECT" if refused else None
    if factuality in ("planned", "hypothetical") and kind not in SPOKEN:
        return "THREATEN" if kind in events.HOSTILE else "AGREE"
    return OLDER.get(kind, kind)


def score(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, float], float]:
    """F1 of each gold type in per cent, and their mean."""
    pairs = list(pairs)
    gold, told = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    right = Counter(g for g, p in pairs if g == p)
    each = {kind: 200 * right[kind] / (gold[kind] + told[kind]) for kind in sorted(gold)}
    return each, sum(each.values()) / len(each)


# ---------------------------------------------------------------- types, with the actors given


def marked(words: str) -> tuple[str, list[tuple[str, Span]]]:
    """A sentence without its marks, and the spans that they mark as source ("s") and target ("t")."""
    text, spans, opened = "", [], {}
    for part in re.split(r"(</?[st]>)", words):
        if re.fullmatch(r"<[st]>", part):
            opened[part[1]] = len(text)
        elif re.fullmatch(r"</[st]>", part):
            start, end = opened[part[2]], len(text.rstrip())
            spans.append((part[2], Span(start, end)))
        else:
            text += part
    return text, spans


def given_page(words: str) -> Page:
    """A page of one sentence whose cast is its source and its target."""
    text, spans = marked(words)
    mentions = tuple(
        Mention(
            span=span, actor=ActorRef(id=side, name=side), kind="name", reason="given",
            possessive=text[span.end : span.end + 2] in ("'s", "’s"),
        )
        for side, span in spans
    )  # fmt: skip
    article = Article.of(text, "benchmark", published="2020-01-01")
    return Page(
        article=article, analysis=load().analyse(text), cast=Cast(mentions=mentions, actors={}), origin=ORIGIN
    )


def type_given(page: Page) -> str:
    """The type that the reader gives to what is between source and target."""
    found = [told for sentence in page.analysis.sentences for told in events.told_in(page, sentence)]
    labels = [(closeness(told), plover(told.type, *told.factual[::2])) for told in found]
    best = max((one for one in labels if one[1]), key=lambda one: one[0], default=None)
    if best is not None:
        return str(best[1])
    return next((OLDER.get(kind, kind) for kind in outermost(page)), "NONE")


def closeness(told: events.Told) -> int:
    """How well an event joins the source and the target."""
    actors, recipients = ({ref.id for ref in events.refs(side)} for side in told.sides[:2])
    return 4 * ("s" in actors) + 4 * ("t" in recipients) + ("t" in actors) + ("s" in recipients)


def outermost(page: Page) -> Iterator[str]:
    """The types of the words that can tell an event, the outermost first."""
    for sentence in page.analysis.sentences:
        if (tree := tree_of(page, sentence)) is not None:
            for at in sorted(range(len(tree.tokens)), key=lambda at: sum(1 for _ in tree.above(at))):
                if (fits := hit(tree, at)) is not None:
                    yield fits.row["type"].partition("/")[0]


def type_answers(shared: Path, held_out: bool) -> list[tuple[str, str, str]]:
    """The marked sentences of a half, each with its gold type and the reader's."""
    with (shared / "data" / "events" / "plv_train.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    half = [row for row in rows if digest(row["sentence"]) % 2 == held_out]
    return [
        (row["marked_sentence"], row["gold_root"], type_given(given_page(row["marked_sentence"])))
        for row in half
    ]


def types(shared: Path, held_out: bool, errors: bool) -> None:
    """Prints the score of one half."""
    answers = type_answers(shared, held_out)
    each, macro = score((gold, told) for _, gold, told in answers)
    right = 100 * sum(gold == told for _, gold, told in answers) / len(answers)
    print(
        f"{'held-out' if held_out else 'dev'} half: {len(answers)} sentences, macro-F1 {macro:.1f}, right {right:.1f} %"
    )
    print("  ".join(f"{kind} {value:.0f}" for kind, value in each.items()))
    for words, gold, told in answers:
        if errors and not held_out and gold != told:
            print(f"{gold:9} {told:9} {words[:250]}")


# ---------------------------------------------------------------- triples, from raw text


class Triple(NamedTuple):
    """Who did what to whom: the spans of the two in the text."""

    actor: tuple[Span, ...]
    type: str
    recipient: tuple[Span, ...]
    mutual: bool = False

    def same(self, other: Triple) -> bool:
        """Whether two triples tell the same."""
        sides = [(other.actor, other.recipient)]
        if self.mutual or other.mutual:
            sides.append((other.recipient, other.actor))
        return self.type == other.type and any(
            meet(self.actor, a) and meet(self.recipient, r) for a, r in sides
        )


def meet(some: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    """Whether spans share a letter; nobody is nobody."""
    return any(a.meets(b) for a in some for b in others) if some and others else some == others


def located(text: str, actors: Any) -> list[tuple[Span, ...]]:
    """Where the text names the actors of a gold record; a name with "..." is in parts."""
    found = []
    for actor in actors if isinstance(actors, list) else []:
        parts = [r"\s+".join(map(re.escape, part.split())) for part in actor["actorText"].split("...")]
        spans = [Span(m.start(), m.end()) for part in parts if part for m in re.finditer(part, text)]
        found.append(tuple(spans) or (NOWHERE,))
    return found


def gold_triples(record: dict[str, Any]) -> list[Triple]:
    """The triples of a gold record."""
    kind = OLDER.get(record["event"], record["event"])
    sources, targets = (
        located(record["text"], record.get("source")),
        located(record["text"], record.get("target")),
    )
    if not targets and len(sources) > 1:
        return [Triple(sources[0], kind, other, True) for other in sources[1:]]
    return [Triple(source, kind, target) for source in sources or [()] for target in targets or [()]]


def page_of(text: str) -> Page:
    """A text read as far as its statements, as `read_article` does it."""
    article = Article.of(text, "benchmark", published="2000-01-01")
    analysis = load().analyse(text)
    page = Page(
        article=article, analysis=analysis, cast=cast_of(article, analysis, Registry.load()), origin=ORIGIN
    )
    return msgspec.structs.replace(page, statements=tuple(statements.read(page)[0]))


def told_triples(text: str) -> list[Triple]:
    """The triples of the events that the reader finds in a text."""
    found, page = list[Triple](), page_of(text)
    for event in events.read(page):
        if (kind := plover(event.type, event.factuality, event.reasons.get("factuality", ""))) is None:
            continue
        actors, recipients = (
            [named(page, Span(e.start, e.end)) for e in event.evidence if e.field == field]
            for field in ("actors", "recipients")
        )
        if not recipients and len(actors) > 1:
            found += [Triple(actors[0], kind, other, True) for other in actors[1:]]
        else:
            mutual = kind in ("CONSULT", "COOPERATE", "AGREE", "SUPPORT")
            found += [Triple(a, kind, r, mutual) for a in actors or [()] for r in recipients or [()]]
    return found


def named(page: Page, span: Span) -> tuple[Span, ...]:
    """A span, and wherever else the text names the actor that it stands for: "he" is who was named before."""
    here = {m.actor for m in page.cast.mentions if m.span == span and m.actor is not None}
    return (span, *(m.span for m in page.cast.mentions if m.actor in here))


def matched(gold: list[Triple], told: list[Triple]) -> int:
    """How many gold triples are told, one to one."""
    left, count = list(told), 0
    for triple in gold:
        if (found := next((one for one in left if triple.same(one)), None)) is not None:
            left.remove(found)
            count += 1
    return count


def triple_counts(shared: Path, errors: bool = False) -> list[Counter[str]]:
    """What is right, told and gold in each fold."""
    records = json.loads((shared / "data" / "events" / "plover_gsr.json").read_text(encoding="utf-8"))
    texts: dict[str, list[Triple]] = {}
    for record in records:
        if record["event"] != "DOCUMENT":
            texts.setdefault(record["text"], []).extend(gold_triples(record))
    counts = [Counter[str]() for _ in range(FOLDS)]
    for text, gold in texts.items():
        told = told_triples(text)
        right = matched(gold, told)
        counts[digest(text) % FOLDS].update(right=right, told=len(told), gold=len(gold))
        if errors and (right < len(gold) or right < len(told)):
            show(text, gold, told)
    return counts


def triples(shared: Path, errors: bool) -> None:
    """Prints the score over all, and by fold."""
    counts = triple_counts(shared, errors)
    print("by fold F1 " + " ".join(f"{f1(count):.1f}" for count in counts))
    total = sum(counts, Counter[str]())
    print(f"triples: gold {total['gold']}, told {total['told']}, right {total['right']}, F1 {f1(total):.1f}")


def f1(count: Counter[str]) -> float:
    """F1 in per cent."""
    return 200 * count["right"] / max(1, count["told"] + count["gold"])


def show(text: str, gold: list[Triple], told: list[Triple]) -> None:
    """Prints what was expected and what was read."""
    print(text)
    for name, several in (("gold", gold), ("told", told)):
        for triple in several:
            who = [
                " … ".join(sorted({span.of(text) for span in side})) or "nobody"
                for side in (triple.actor, triple.recipient)
            ]
            print(f"    {name} {triple.type}: {who[0]} → {who[1]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("types", "triples"))
    parser.add_argument("shared", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    if given.what == "types":
        types(given.shared, given.held_out, given.errors)
    else:
        triples(given.shared, given.errors)

"""A ledger about invented states, with everything that a page has to show: every kind, every badge, every review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from detente.ledger import Ledger
from detente.records import (
    Actor,
    ActorRef,
    Amount,
    AnyRecord,
    Article,
    Authority,
    Condition,
    Deal,
    Event,
    Membership,
    OfficeHeld,
    Origin,
    Pledge,
    Position,
    StageEntry,
    Statement,
    Step,
    Term,
)
from tests.ledger.made import make

MODEL = Origin(by="model", name="reader", version="1")

OSTRAVA = ActorRef(id="OS", name="Ostrava")
MARLAND = ActorRef(id="ML", name="Marland")
TARN = ActorRef(id="TN", name="Tarn")
VELKOVA = ActorRef(id="ana-velkova", name="Ana Velkova")
ORDEN = ActorRef(id="emile-orden", name="Émile Orden")
BRANDT = ActorRef(id="teodor-brandt", name="Teodor Brandt")
LEAGUE = ActorRef(id="league-of-the-coast", name="League of the Coast")
STRANGER = ActorRef(id="unnamed:official", name="a Tarn official")  # records name it, and no entry describes it

ACTORS = (
    Actor(id="OS", name="Ostrava", type="state", aliases=("the Republic of Ostrava",), country="OS"),
    Actor(id="ML", name="Marland", type="state", country="ML"),
    Actor(id="TN", name="Tarn", type="state", country="TN"),
    Actor(
        id="ana-velkova", name="Ana Velkova", type="person", aliases=("President Velkova",), country="OS",
        offices=(OfficeHeld(title="President", of="Ostrava", since="2022-05-01", until=None, source="made up"),),
    ),
    Actor(id="emile-orden", name="Émile Orden", type="person", country="ML"),
    Actor(id="teodor-brandt", name="Teodor Brandt", type="person", country="TN"),
    Actor(id="league-of-the-coast", name="League of the Coast", type="coalition"),
)  # fmt: skip

POST = """Velkova offers loan as coast states meet in Lenz
Nine leaders met in the harbour town of Lenz on Saturday to settle who will guard the truce between Marland and Tarn.
President Ana Velkova of Ostrava told the meeting that the coast faced “its hardest winter in a generation”. “We keep our word,” she said. “And we expect others to keep theirs.”
Ostrava signed a loan of 2.26bn crowns to Marland, to be repaid from the profits of frozen Tarn assets. Ms Velkova also said her country would spend 3 per cent of its output on defence by 2027.
A lasting peace, she said, needs an armed Marland, a monitoring mission and a guarantee by the League; all three have to be in place.
Ostrava will join the League of the Coast only if Marland does. Asked about the guarantee, an official in Tarn said it was “a trap”.
"""
HERALD = """Orden: no truce without monitors
Marland’s minister Émile Orden rejected a truce without a monitoring mission on Sunday, a day after the talks in Lenz.
“A truce nobody watches is a pause,” Mr Orden told the Herald. He is expected to ask the League for four ships.
Ostrava’s loan, put at 2.2bn crowns, was called a first step. Tarn is said to have withdrawn its envoy.
One of them added that the ships could come in June.
"""
WIRE = """Tarn leaves door open to the League’s mission
Teodor Brandt, the foreign minister of Tarn, said on Monday his country did not oppose monitors as such, but it would not accept soldiers of the League on its soil.
He denied that Tarn had threatened Marland’s ports.
"""
EVIL = """<script>document.title = "taken"</script> & <b>bold</b> talk
Ana Velkova said <img src=x onerror="document.title='taken'"> was “no way to <mark>speak</mark>”.
=HYPERLINK("http://example.org") was pledged by "Ostrava" & 'Marland'; {{ 7 * 7 }} ships by 2027.
"""


def articles() -> tuple[Article, ...]:
    """Four articles by date; the last one is markup and script."""
    return (
        Article.of(POST, "https://post.example/lenz", title=POST.split("\n")[0], publisher="The Ostrava Post", country="OS", published="2025-03-01"),
        Article.of(HERALD, "herald/orden.txt", title="Orden: no truce without monitors", publisher="Marland Herald", country="ML", published="2025-03-02", authors=("Ida Lund",)),
        Article.of(WIRE, "wire/0303.txt", title="Tarn leaves door open to the League’s mission", publisher="Coast Wire", published="2025-03-03"),
        Article.of(EVIL, "evil.html", title='<i onclick="x">Evil</i> talk'),
    )  # fmt: skip


def post(a: Article) -> list[AnyRecord]:
    """Records of the first article; spans nest and cross."""
    told = make(
        Statement, a,
        {"source": "President Ana Velkova of Ostrava", "cue": "told", "content": "the coast faced “its hardest winter in a generation”"},
        speaker=VELKOVA, mode="mixed", act="assert", venue="Lenz", confidence=0.93, origin=MODEL,
    )  # fmt: skip
    word = make(Statement, a, {"source": "she", "cue": "said", "content": "We keep our word"}, speaker=VELKOVA, mode="direct", act="promise")
    needs = make(
        Statement, a, {"cue": "peace, she said", "content": "needs an armed Marland, a monitoring mission and a guarantee by the League"},
        speaker=VELKOVA, mode="indirect", act="demand", reasons={"speaker": "“she”: the last woman named as a speaker"},
    )  # fmt: skip
    trap = make(
        Statement, a, {"source": "an official in Tarn", "cue": "Tarn said it", "content": "it was “a trap”"}, speaker=None, mode="mixed",
        reasons={"speaker": "an official of Tarn who is not named"},
    )  # fmt: skip
    by = Authority(kind="statement", id=needs.id, name="Ana Velkova")
    outlet = Authority(kind="outlet", id="the-ostrava-post", name="The Ostrava Post")
    army = make(Term, a, {"words": "an armed Marland"}, category="military_capacity", proposition="Marland is armed.", proposed_by=(VELKOVA,), according_to=by, status="proposed", required=True)
    monitors = make(Term, a, {"words": "a monitoring mission"}, category="monitoring", proposition="A mission monitors the truce.", proposed_by=(VELKOVA,), according_to=by, status="proposed", depends_on=(army.id,))
    guarantee = make(
        Term, a, {"words": "a guarantee by the League"}, category="security_guarantee", proposition="The League guarantees the truce.",
        proposed_by=(VELKOVA,), according_to=by, depends_on=(army.id, monitors.id), reasons={"status": "the article does not say how far it has come"},
    )  # fmt: skip
    return [
        told, word, needs, trap, army, monitors, guarantee,
        make(
            Pledge, a, {"words": "signed a loan of 2.26bn crowns to Marland, to be repaid from the profits of frozen Tarn assets", "amount": "2.26bn crowns", "financing": "the profits of frozen Tarn assets"},
            pledger=(OSTRAVA,), beneficiary=(MARLAND,), type="loan", stage="committed", according_to=outlet, financing="the profits of frozen Tarn assets",
            amount=Amount(value=2.26e9, unit="SEK", surface="2.26bn crowns"),
            stages=(StageEntry(stage="committed", date="2025-03-01", words="signed"),), reasons={"due": "no date is given"},
        ),
        make(
            Pledge, a, {"words": "would spend 3 per cent of its output on defence by 2027", "due": "by 2027"}, pledger=(OSTRAVA,), made_by=VELKOVA, type="spend",
            stage="announced", due="../2027-12-31", factuality="planned", amount=Amount(value=3.0, unit="PCT_GDP", surface="3 per cent of its output"),
            according_to=Authority(kind="actor", id="ana-velkova", name="Ana Velkova"),
        ),
        make(Event, a, {"words": "met in the harbour town of Lenz on Saturday"}, "CONSULT", type="CONSULT", date="2025-03-01", place="Lenz", according_to=outlet, reasons={"actors": "nine leaders who are not named"}),
        make(Event, a, {"words": "Ostrava signed a loan"}, "AID", type="AID", actors=(OSTRAVA,), recipients=(MARLAND,), date="2025-03-01", according_to=outlet),
        make(Membership, a, {"words": "Ostrava will join the League of the Coast only if Marland does"}, "OS", coalition=LEAGUE, actor=OSTRAVA, status="conditional", conditions=(Condition(text="only if Marland does", type="actor_joins", target="ML"),), according_to=outlet, factuality="hypothetical"),
        make(Deal, a, {"words": "A lasting peace"}, title="A lasting peace", terms=(army.id, monitors.id, guarantee.id), steps=(Step(order=1, action="Marland and Tarn agree to monitors", actors=(MARLAND, TARN)),)),
    ]  # fmt: skip


def herald(a: Article) -> list[AnyRecord]:
    """Records of the second article: a condition, hearsay, a repeat of the loan with another sum."""
    outlet = Authority(kind="outlet", id="marland-herald", name="Marland Herald")
    said = make(Statement, a, {"source": "Mr Orden", "cue": "told", "content": "A truce nobody watches is a pause"}, speaker=ORDEN, mode="direct", act="assert")
    return [
        said,
        make(Statement, a, {"source": "One of them", "cue": "added", "content": "the ships could come in June"}, speaker=STRANGER, mode="indirect", factuality="hypothetical", hearsay=True),
        make(Position, a, {"words": "rejected a truce without a monitoring mission"}, actor=ORDEN, issue="There is to be a truce.", stance="conditional", conditions=(Condition(text="without a monitoring mission", type="term"),), according_to=outlet),
        make(Pledge, a, {"words": "Ostrava’s loan, put at 2.2bn crowns"}, pledger=(OSTRAVA,), type="loan", stage="announced", amount=Amount(value=2.2e9, unit="SEK", surface="2.2bn crowns"), according_to=outlet),
        make(Event, a, {"words": "ask the League for four ships"}, "REQUEST", type="REQUEST", actors=(ORDEN,), recipients=(LEAGUE,), factuality="planned", according_to=outlet, reasons={"date": "nothing says when"}),
        make(Event, a, {"words": "Tarn is said to have withdrawn its envoy"}, "RETREAT", type="RETREAT", actors=(TARN,), hearsay=True, reasons={"according_to": "“is said to” names nobody", "date": "nothing says when"}),
        make(Membership, a, {"words": "the League"}, "ML", coalition=LEAGUE, actor=MARLAND, status="in", role="member", according_to=outlet),
    ]  # fmt: skip


def wire(a: Article) -> list[AnyRecord]:
    """Records of the third article: a denial, and positions on both sides."""
    said = make(Statement, a, {"source": "Teodor Brandt, the foreign minister of Tarn", "cue": "said", "content": "his country did not oppose monitors as such, but it would not accept soldiers of the League on its soil"}, speaker=BRANDT, mode="indirect", act="assert")
    by = Authority(kind="statement", id=said.id, name="Teodor Brandt")
    return [
        said,
        make(Position, a, {"words": "did not oppose monitors as such"}, actor=TARN, issue="A mission monitors the truce.", stance="ambiguous", according_to=by),
        make(Position, a, {"words": "would not accept soldiers of the League on its soil"}, actor=TARN, issue="Soldiers of the League stand in Tarn.", stance="oppose", according_to=by, derived_from=(said.id,)),
        make(Position, a, {"words": "monitors"}, "support", actor=None, issue="A mission monitors the truce.", stance="support", reasons={"actor": "“others” are not named"}),
        make(Event, a, {"words": "Tarn had threatened Marland’s ports"}, "THREATEN", type="THREATEN", actors=(TARN,), recipients=(MARLAND,), factuality="negated", according_to=Authority(kind="actor", id="teodor-brandt", name="Teodor Brandt")),
    ]  # fmt: skip


def evil(a: Article) -> list[AnyRecord]:
    """Records whose every word is markup, script or a formula."""
    return [
        make(Statement, a, {"source": "Ana Velkova", "cue": "said", "content": "<img src=x onerror=\"document.title='taken'\"> was “no way to <mark>speak</mark>”"}, speaker=VELKOVA, mode="mixed", reasons={"venue": "<script>1</script>"}),
        make(Pledge, a, {"words": '=HYPERLINK("http://example.org") was pledged'}, pledger=(ActorRef(id='x"><script>alert(1)</script>', name="<script>alert(1)</script>"),), type=None, reasons={"type": '"><script>alert(2)</script>'}),
        make(Term, a, {"words": "{{ 7 * 7 }} ships"}, category=None, proposition="</title><script>alert(3)</script>{{ 7 * 7 }}"),
    ]  # fmt: skip


def build(path: Path) -> Path:
    """The ledger as a file: four articles, and what people decided about some of their records."""
    with Ledger.open(path, create=True) as ledger:
        for article, records in zip(articles(), (post, herald, wire, evil), strict=True):
            ledger.add(article, records(article), ACTORS)
        ledger.judge(one(ledger, "statement", "We keep our word"), "accept", by="Ida Lund", note="heard it")
        spend = one(ledger, "pledge", "3 per cent")
        ledger.judge(spend, "edit", by="Ida Lund", field="stage", new="floated", note="“would” is not yet a promise")
        ledger.judge(one(ledger, "event", "withdrawn its envoy"), "dispute", by="Per Holm")
        rejected = ledger.judge(one(ledger, "position", "monitors", stance="support"), "reject", by="Ida Lund", note="nobody says so")
        assert rejected.serial == 4
        undone = ledger.judge(one(ledger, "statement", "hardest winter"), "reject", by="Per Holm")
        ledger.undo(undone.serial, by="Ida Lund")
    return path


def one(ledger: Ledger, kind: str, words: str, **fields: Any) -> AnyRecord:
    """The one record of a kind whose own words hold these."""
    found = [
        r for r in ledger.records(kind)
        if any(words in e.exact for e in r.core) and all(getattr(r, name) == value for name, value in fields.items())
    ]  # fmt: skip
    assert len(found) == 1, f"{len(found)} {kind} records with {words!r}"
    return found[0]

"""A briefing in each of its forms: whole sentences, whose word they are, how far they were checked, nothing of this machine."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pytest

from detente.errors import InvalidDate, MissingExtra
from detente.ledger import Ledger
from detente.web.briefing import Briefing, briefing
from detente.web.briefing_html import html
from detente.web.briefing_markdown import STAMP, escaped, markdown
from detente.web.briefing_word import word
from detente.web.leaving import leaving

from . import made
from .test_pages import Outline

SINCE = "2025-03-01"


def word_text(made_: Briefing) -> str:
    docx = pytest.importorskip("docx")
    stream = io.BytesIO()
    word(made_, stream)
    return "\n".join(p.text for p in docx.Document(io.BytesIO(stream.getvalue())).paragraphs)


def html_text(made_: Briefing) -> str:
    import html as entities

    return entities.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<style>.*?</style>", "", html(made_), flags=re.S)))


def markdown_text(made_: Briefing) -> str:
    return re.sub(r"\\(.)", r"\1", markdown(made_)).replace("> ", "")


FORMS: dict[str, Callable[[Briefing], str]] = {"html": html_text, "markdown": markdown_text, "word": word_text}


@pytest.fixture
def accepted(ledger: Ledger) -> Iterator[Ledger]:
    with leaving(ledger) as path, Ledger.open(path, readonly=True) as copy:
        yield copy


@pytest.fixture
def everything(ledger: Ledger) -> Iterator[Ledger]:
    with leaving(ledger, include_unreviewed=True) as path, Ledger.open(path, readonly=True) as copy:
        yield copy


def quotes(b: Briefing) -> dict[str, str]:
    return {q.place.record: q.place.sentence for s in b.sections for i in s.items for q in i.quotes}


@pytest.mark.parametrize("form", FORMS)
class TestForm:
    """What every form of a briefing has."""

    def test_every_sentence_is_there_as_it_was_printed(self, form: str, everything: Ledger) -> None:
        b = briefing(everything, SINCE)
        text = " ".join(FORMS[form](b).split())
        for sentence in quotes(b).values():
            assert " ".join(sentence.split()) in text

    def test_what_nobody_checked_is_stamped(self, form: str, everything: Ledger, accepted: Ledger) -> None:
        b = briefing(everything, SINCE)
        assert b.unchecked
        assert FORMS[form](b).count(STAMP) > len({q.place.sentence for s in b.sections for i in s.items for q in i.quotes if q.place.review == "proposed"})
        assert STAMP not in FORMS[form](briefing(accepted, SINCE)).replace(f"stamped “{STAMP}”", "")

    def test_a_dispute_stands_with_its_reply(self, form: str, own_dispute: Ledger) -> None:
        text = FORMS[form](briefing(own_dispute, SINCE))
        assert "disputed: the ministry says it never left" in text

    def test_nothing_of_this_machine_and_no_reviewer_is_in_it(self, form: str, everything: Ledger) -> None:
        text = FORMS[form](briefing(everything, SINCE, full_text=True))
        for secret in ("herald/orden.txt", "wire/0303.txt", "evil.html", "Ida Lund told", "Per Holm"):
            assert secret not in text

    def test_whole_articles_come_only_when_asked_for(self, form: str, everything: Ledger) -> None:
        rest = "Nine leaders met in the harbour town of Lenz on Saturday to settle who will guard the truce"
        alone = "Velkova offers loan as coast states meet in Lenz\nNine"
        assert alone not in FORMS[form](briefing(everything, SINCE))
        assert rest in " ".join(FORMS[form](briefing(everything, SINCE, full_text=True)).split())

    def test_nothing_accepted_is_said(self, form: str) -> None:
        text = FORMS[form](briefing(Ledger.memory(), SINCE, title="Lenz & after"))
        assert "Lenz & after" in text
        assert "Nothing on record since then has been accepted" in text


@pytest.fixture
def own_dispute(own: str) -> Iterator[Ledger]:
    with Ledger.open(own) as ledger:
        record = made.one(ledger, "event", "withdrawn its envoy")
        ledger.judge(record, "dispute", by="Per Holm", note="the ministry says it never left")
        with leaving(ledger) as path, Ledger.open(path, readonly=True) as copy:
            yield copy


def test_only_what_is_new_is_in_it(everything: Ledger) -> None:
    late = briefing(everything, "2025-03-03")
    said = next(s for s in late.sections if s.title == "What was said")
    assert {q.place.outlet for i in said.items for q in i.quotes} == {"Coast Wire"}
    assert late.records < briefing(everything, SINCE).records


def test_denial_and_condition_stay_in_the_sentence(everything: Ledger) -> None:
    b = briefing(everything, SINCE)
    denied = made.one(everything, "event", "threatened Marland")
    assert quotes(b)[denied.id].startswith("He denied that")
    joins = made.one(everything, "membership", "only if Marland does")
    assert "only if Marland does" in quotes(b)[joins.id]
    shown = [q for s in b.sections for i in s.items for q in i.quotes if q.place.record == denied.id]
    assert {q.place.factuality for q in shown} == {"negated"}
    assert "negated" in html(b)


def test_the_page_stands_alone_and_runs_nothing(everything: Ledger) -> None:
    outline = Outline(html(briefing(everything, SINCE, title="</title><script>alert(1)</script>")))
    assert not outline.all("script", "img", "iframe", "form", "object")
    assert outline.all("a")
    assert all(str(a["href"]).startswith("https://") for a in outline.all("a"))
    assert not [link for link in outline.all("link") if link.get("rel") == "stylesheet"]
    assert not [name for _, attrs in outline.tags for name in attrs if name.startswith("on")]
    headings = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1


def test_markdown_has_no_markup_of_an_article(everything: Ledger) -> None:
    text = markdown(briefing(everything, SINCE))
    assert not re.search(r"(?<!\\)<(?:script|img|b)\b", text)
    assert escaped("*a* [b](c) <d> `e` _f_ # g | h") == r"\*a\* \[b\](c) \<d\> \`e\` \_f\_ \# g \| h"
    for href in re.findall(r"\]\(([^)]*)\)", text):
        assert href.startswith("https://")


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidDate):
        briefing(Ledger.memory(), "yesterday")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def absent(name: str, *rest: object, **more: object) -> object:
        if name == "docx":
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtra) as caught:
        word(briefing(Ledger.memory(), SINCE), io.BytesIO())
    assert caught.value.remedy == "pip install 'detente[word]'"

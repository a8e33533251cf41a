"""JSON Lines lose nothing, and nothing damaged gets in."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import MalformedInput, MissingInput
from detente.exchange import export, import_file, import_jsonl
from detente.ledger import Ledger
from detente.records import Cluster, Issue, Origin, Weighing

from ..ledger import made, strategies

BY = "A. Reader"


def exported(ledger, records=None):
    stream = io.BytesIO()
    export(ledger, "jsonl", stream, records)
    return stream.getvalue()


def imported(content, ledger=None):
    ledger = ledger or Ledger.memory()
    import_jsonl(ledger, io.BytesIO(content), "export.jsonl")
    return ledger


@pytest.fixture
def ledger():
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
        first, second = ledger.statements
        edit = ledger.judge(first, "edit", by=BY, field="addressees", new=(made.ORDEN,))
        ledger.judge(first, "edit", by=BY, field="mode", new="mixed")
        ledger.judge(second, "reject", by=BY, note="she did not")
        ledger.undo(edit.serial + 1, by="B. Writer")
        ledger.judge(ledger.pledges[0], "accept", by=BY)
        ledger.save_issue(Issue(id="truce", proposition="There is to be a truce."))
        ledger.save_clusters([Cluster(id="c", of="statement", members=(first.id, second.id), reason="said twice", origin=made.RULE)])
        ledger.save_weighing(Weighing(id="w", method="m", parameters={}, seed=1, inputs="x", version="1", result={"p": 0.5}, at="2025"))
        yield ledger


def test_a_ledger_comes_back_whole(ledger):
    content = exported(ledger)
    again = imported(content)
    assert exported(again) == content
    assert again.check() == []
    assert again.judgements() == ledger.judgements()
    assert again.counts() == ledger.counts()
    undone = again.undo(1, by=BY)
    assert again.get(undone.record) == made.records(made.article())[0]


@settings(max_examples=40, deadline=None)
@given(st.lists(strategies.readings(), max_size=3), st.data())
def test_any_ledger_comes_back_byte_for_byte(readings, data):
    with Ledger.memory() as ledger:
        for article, records in readings:
            ledger.add(article, records)
        for record in ledger.records():
            for action in data.draw(st.lists(st.sampled_from(["accept", "reject", "undo"]), max_size=3)):
                history = ledger.judgements(record.id)
                if action != "undo":
                    ledger.judge(record, action, by=BY)
                elif history and history[-1].action != "propose":
                    ledger.undo(history[-1].serial, by=BY)
        content = exported(ledger)
        if content:
            with imported(content) as again:
                assert exported(again) == content
                assert again.check() == []


def test_a_part_of_a_ledger_comes_back_too(ledger):
    content = exported(ledger, ledger.pledges)
    assert exported(imported(content)) == content
    assert [json.loads(line)["kind"] for line in content.splitlines()] == [
        "article", "pledge", "actor", "actor", "actor", "judgement",
    ]  # fmt: skip


def test_every_line_has_its_kind_first_and_articles_come_before_their_records(ledger):
    seen = set()
    for line in exported(ledger).splitlines():
        thing = json.loads(line)
        assert line.startswith(b'{"kind":')
        if thing["kind"] == "article":
            seen.add(thing["id"])
        elif "article" in thing:
            assert thing["article"] in seen


def test_importing_twice_adds_nothing(ledger):
    content = exported(ledger)
    again = imported(content)
    assert import_jsonl(again, io.BytesIO(content)) == type(import_jsonl(again, io.BytesIO(content)))(0, 0, 0)
    assert exported(again) == content


def test_a_byte_order_mark_and_blank_lines_are_passed_over(ledger):
    content = exported(ledger)
    assert exported(imported(b"\xef\xbb\xbf\n" + content.replace(b"\n", b"\r\n\n"))) == content


# ------------------------------------------------------------------ two ledgers about one article


def test_judgements_of_another_ledger_are_taken_over(ledger):
    own = Ledger.memory()
    article = made.article()
    own.add(article, [r.replace(reasons={"read": "by a newer reader"}) for r in made.records(article)])
    imported(exported(ledger), own)
    assert own.get(ledger.pledges[0].id) == ledger.pledges[0]
    assert own.get(ledger.terms[0].id).reasons == {"read": "by a newer reader"}
    assert own.check() == []


def test_judgements_that_continue_ours_are_taken_over(ledger):
    other = imported(exported(ledger))
    other.judge(ledger.pledges[0], "dispute", by="B. Writer")
    imported(exported(other), ledger)
    assert ledger.pledges[0].review == "disputed"
    imported(exported(imported(exported(ledger))), ledger)
    ledger.judge(ledger.pledges[0], "accept", by=BY)
    imported(exported(other), ledger)
    assert ledger.pledges[0].review == "accepted"
    assert ledger.check() == []


def test_judgements_that_differ_from_ours_are_refused(ledger):
    own = Ledger.memory()
    article = made.article()
    own.add(article, made.records(article))
    own.judge(ledger.pledges[0], "reject", by="B. Writer")
    before = exported(own)
    with pytest.raises(MalformedInput, match="differ from those of") as caught:
        imported(exported(ledger), own)
    assert "new ledger" in caught.value.remedy
    assert exported(own) == before


# ------------------------------------------------------------------ damage


def _damaged():
    yield "cut off", lambda lines: [*lines[:3], lines[3][:50]], 4, "not a record"
    yield "not JSON", lambda lines: [lines[0], b"{kind: statement}"], 2, "not a record"
    yield "not text", lambda lines: [lines[0], b"\xff\xfe\x00"], 2, "not a record"
    yield "no such kind", lambda lines: [lines[0], lines[1].replace(b'"statement"', b'"rumour"', 1)], 2, "rumour"
    yield "no such category", lambda lines: [lines[0], lines[1].replace(b'"indirect"', b'"loud"', 1)], 2, "loud"
    yield "a list", lambda lines: [lines[0], b"[1, 2]"], 2, "not a record"
    yield "a field missing", lambda lines: [lines[0], b'{"kind":"statement","id":"x"}'], 2, "missing"
    yield "without its article", lambda lines: lines[1:], 1, "expected the article before it"
    yield "other words", lambda lines: [lines[0], lines[1].replace(b"crowns", b"pounds")], 2, "the text has"
    yield "another text", lambda lines: [lines[0].replace(b"crowns", b"pounds"), *lines[1:]], 1, "sha256"
    yield "judgements missing", lambda lines: [line for line in lines if b'"judgement"' not in line], 2, "expected the judgement"
    yield "a judgement of nothing", lambda lines: [lines[0], *(x for x in lines if b'"judgement"' in x)], None, "expected that record"
    yield "a judgement left out", lambda lines: [x for x in lines if b'"field":"addressees"' not in x], None, "starts from|what its judgements"
    yield "too deep", lambda lines: [lines[0], b'{"kind":"weighing","result":' + b'{"a":' * 100_000], 2, "line 2"
    yield "a broken letter", lambda lines: [lines[0], lines[1].replace(b'"statement"', b'"st\x80tement"', 1)], 2, "line 2"
    yield "no day", lambda lines: [lines[0].replace(b"2025-03-02", b"2025-02-30"), *lines[1:]], 1, "published got '2025-02-30', expected a day"
    yield "no time", lambda lines: [x.replace(b"../2027-12-31", b"soon") for x in lines], None, "due got 'soon', expected a time"
    yield "nothing", lambda lines: [], None, "empty file"


@pytest.mark.parametrize(("damage", "line", "message"), [pytest.param(*case[1:], id=case[0]) for case in _damaged()])
def test_a_damaged_export_is_refused_and_nothing_of_it_is_kept(ledger, damage, line, message):
    content = b"\n".join(damage(exported(ledger).splitlines()))
    own = Ledger.memory()
    with pytest.raises(MalformedInput, match=message) as caught:
        imported(content, own)
    assert caught.value.message.startswith(f"export.jsonl, line {line}:" if line else "export.jsonl")
    assert not any(own.counts().values())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_raises_anything_but_our_error(data):
    content = bytearray(_CONTENT)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    own = Ledger.memory()
    try:
        imported(bytes(content[: data.draw(st.integers(1, len(content)))]), own)
    except MalformedInput:
        assert not any(own.counts().values())
    else:
        assert own.check() == []


def _content():
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
        ledger.judge(ledger.statements[0], "edit", by=BY, field="mode", new="mixed")
        return exported(ledger)


_CONTENT = _content()


def test_a_file_is_imported(ledger, tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_bytes(exported(ledger))
    own = Ledger.memory()
    merged = import_file(own, path)
    assert (merged.articles, merged.records, merged.judgements) == (1, 7, 5)


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read(tmp_path, name):
    with pytest.raises(MissingInput, match="cannot be read"):
        import_file(Ledger.memory(), tmp_path / name)


def test_a_persons_own_record_comes_back():
    article = made.article()
    with Ledger.memory() as ledger:
        ledger.add(article, [])
        ledger.propose(made.records(article)[0].replace(origin=Origin(by="person", name=BY)), by=BY)
        content = exported(ledger)
        again = imported(content)
        assert exported(again) == content
        again.add(article, [])
        assert len(again.statements) == 1

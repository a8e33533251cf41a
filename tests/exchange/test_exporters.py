"""What every format must do: one contract, run for each."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import MissingExtra, UnknownName
from detente.exchange import export, exporter, exporters
from detente.ledger import Ledger
from detente.records import KINDS, Authority, Event, Pledge, Position, Statement, Term, kind_of

from ..ledger import made, strategies
from .written import account_of, filled, text_of, written

EVERY = frozenset(KINDS)
# The kinds that each format carries; those not here carry all.
CARRIES = {
    "events": {"event"}, "dna": {"statement", "position", "term"}, "iati": {"pledge"}, "ucdp": {"term"},
    "graphml": EVERY - {"deal"}, "bibtex": EVERY,
}  # fmt: skip
WITHOUT_IDS = {"bibtex"}
ORDEN = Authority(kind="actor", id=made.ORDEN.id, name=made.ORDEN.name)


def told(kind, of, spans, **fields):
    """A record that is hearsay and planned, on Émile Orden's word."""
    return made.make(kind, of, spans, factuality="planned", hearsay=True, according_to=ORDEN, **fields)


@pytest.fixture(scope="module")
def ledger():
    with Ledger.memory() as ledger:
        yield filled(ledger)


@pytest.fixture(scope="module")
def rumours():
    """A record of each kind that a format carries alone, on somebody's word."""
    article = made.article()
    records = [
        told(Event, article, {"words": "met Velkova"}, type="SUPPORT", actors=(made.OSTRAVA,), recipients=(made.MARLAND,)),
        told(Pledge, article, {"words": "would lend Marland"}, pledger=(made.OSTRAVA,), beneficiary=(made.MARLAND,), type="loan"),
        told(Position, article, {"words": "rejected a truce"}, actor=made.MARLAND, issue="There is to be a truce.", stance="oppose"),
        told(Term, article, {"words": "a monitoring mission"}, category="monitoring", proposition="A mission monitors the truce.",
             proposed_by=(made.MARLAND,)),
    ]  # fmt: skip
    with Ledger.memory() as ledger:
        ledger.add(article, records, [actor for actor in made.ACTORS if actor.id != made.ORDEN.id])
        yield ledger


@pytest.mark.parametrize("name", exporters())
class TestExporter:
    def test_it_says_what_it_is(self, name):
        found = exporter(name)
        assert found.name == name
        assert found.extension.startswith(".")
        assert all(isinstance(omitted, str) and omitted for omitted in found.omits)

    def test_it_is_text_or_says_that_it_is_not(self, ledger, name):
        content = written(ledger, name)
        if exporter(name).binary:
            with pytest.raises(UnicodeDecodeError):
                content.decode()
        else:
            assert content.decode().isprintable() or "\n" in content.decode()

    def test_it_has_every_record_that_it_says_it_wrote(self, ledger, name):
        content, account = text_of(name, written(ledger, name)), account_of(ledger, name)
        inside = [record for record in ledger.records() if record.id in content]
        assert len(inside) == (0 if name in WITHOUT_IDS else account.written)
        assert {kind_of(record) for record in inside} <= CARRIES.get(name, EVERY)

    def test_what_it_did_not_write_it_accounts_for(self, ledger, name):
        account, carried = account_of(ledger, name), CARRIES.get(name, EVERY)
        left = sum(found.count for found in account.left.values())
        least = sum(kind_of(record) in carried for record in ledger.records())
        assert least <= account.written + left <= len(ledger.records())
        assert account.written >= 1

    def test_it_names_the_records_that_no_person_has_accepted(self, ledger, name):
        account = account_of(ledger, name)
        accepted = {ledger.statements[0].id, ledger.pledges[0].id}
        if "proposed" in account.reviews:
            found = account.reviews["proposed"]
            assert 0 < found.count <= account.written
            assert found.ids
            assert not accepted.intersection(found.ids)
            assert any(f"{found.count} of the records are machine-read, and no person has accepted" in note for note in account.notes())
        else:
            assert account.written <= len(accepted)

    @pytest.mark.parametrize(("field", "value"), [
        ("according_to", "Émile Orden"), ("factuality", "planned"), ("hearsay", None), ("review", "proposed"),
    ])  # fmt: skip
    def test_authority_factuality_hearsay_and_review_are_in_it_or_it_says_not(self, rumours, name, field, value):
        content = text_of(name, written(rumours, name))
        said = " ".join(exporter(name).omits)
        assert (value or field) in content or field in said

    def test_it_writes_exactly_the_records_given(self, ledger, name):
        for records in (ledger.statements.where(mode="direct"), ledger.pledges, ledger.records().where(review="proposed")):
            expected = written(ledger, name, records)
            assert written(ledger, name, list(records)) == expected
            assert written(ledger, name, iter(list(records))) == expected
            chosen = {record.id for record in records}
            content = text_of(name, expected)
            assert not any(record.id in content for record in ledger.records() if record.id not in chosen)

    def test_records_given_are_all_that_it_accounts_for(self, ledger, name):
        account = account_of(ledger, name, ledger.pledges)
        assert account.written + sum(found.count for found in account.left.values()) <= 1
        assert account.reviews == {}

    def test_it_writes_the_same_bytes_again(self, ledger, name):
        assert written(ledger, name) == written(ledger, name)

    def test_it_leaves_the_stream_open(self, ledger, name):
        stream = io.BytesIO()
        export(ledger, name, stream)
        assert not stream.closed

    def test_it_writes_to_a_stream_that_only_takes(self, ledger, name):
        class Pipe(io.RawIOBase):
            def __init__(self):
                self.taken = b""

            def writable(self):
                return True

            def write(self, some):
                self.taken += bytes(some)
                return len(some)

        pipe = Pipe()
        export(ledger, name, pipe)
        assert text_of(name, pipe.taken) == text_of(name, written(ledger, name))

    def test_it_fails_where_the_stream_does(self, ledger, name):
        class Full(io.BytesIO):
            def write(self, _):
                raise OSError(28, "No space left on device")

        with pytest.raises(OSError, match="No space"):
            export(ledger, name, Full())

    def test_it_writes_an_empty_ledger(self, name):
        with Ledger.memory() as empty:
            account = account_of(empty, name)
            text_of(name, written(empty, name))
        assert (account.written, account.notes()) == (0, [])

    def test_it_says_where_each_record_is_from(self, ledger, name):
        if name == "graphml":
            pytest.skip("an edge adds up records of several articles, and names the records")
        content = text_of(name, written(ledger, name))
        if name != "dna":  # has days as seconds
            assert "2025-03-02" in content
        assert "coast/first.txt" in content
        assert "The Ostrava Post" in content

    @settings(max_examples=15, deadline=None)
    @given(readings=st.lists(strategies.readings(), max_size=2), data=st.data())
    def test_it_writes_any_ledger(self, name, readings, data):
        with Ledger.memory() as any_ledger:
            for article, records in readings:
                any_ledger.add(article, records)
            for record in list(any_ledger.records()):
                if action := data.draw(st.sampled_from([None, "accept", "reject", "dispute"])):
                    any_ledger.judge(record, action, by="A. Reader")
            content = written(any_ledger, name)
            account = account_of(any_ledger, name)
        text_of(name, content)
        assert account.written + sum(found.count for found in account.left.values()) <= sum(len(r) for _, r in readings)
        assert all(note and "None" not in note for note in account.notes())


@pytest.mark.parametrize("name", ["jsonl", "csv", "xlsx", "parquet", "annotations"])
def test_the_current_value_is_written(ledger, name):
    content = text_of(name, written(ledger, name))
    for word in ("the harbour", "edited", "accepted", "proposed"):
        assert word in content


@pytest.mark.parametrize(("name", "package", "extra"), [("xlsx", "xlsxwriter", "xlsx"), ("parquet", "pyarrow", "parquet")])
def test_a_library_that_is_missing_is_named(ledger, monkeypatch, name, package, extra):
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(MissingExtra) as caught:
        written(ledger, name)
    assert caught.value.remedy == f"pip install 'detente[{extra}]'"


def test_no_such_format(ledger):
    with pytest.raises(UnknownName, match=r"'docx'.*annotations, bibtex, csv"):
        written(ledger, "docx")


def test_a_note_names_the_first_records_alone():
    article = made.article()
    several = [
        made.make(Statement, article, {"content": word}, speaker=made.VELKOVA, mode="direct") for word in ("Ana", "lend", "met", "join")
    ]
    with Ledger.memory() as ledger:
        ledger.add(article, several)
        before = account_of(ledger, "csv").notes()
        ledger.judge(several[0], "dispute", by="A. Reader")
        ledger.judge(several[1], "reject", by="A. Reader")
        notes = account_of(ledger, "csv").notes()
    assert f"1 of the records are disputed: {several[0].id}" in notes
    assert f"1 of the records were rejected by a person: {several[1].id}" in notes
    assert before == [f"4 of the records are machine-read, and no person has accepted them: {', '.join(r.id for r in several[:3])}, …"]

"""Who speaks, how often, and how much of it is quoted."""

from __future__ import annotations

from detente.ledger import Ledger
from detente.ledger.questions import statements_by_speaker
from detente.records import Statement

from .. import made


def test_speakers_with_most_statements_first_and_the_unknown_last():
    with Ledger.memory() as ledger:
        article = made.article()
        nobody = made.make(
            Statement,
            article,
            {"cue": "said", "content": "Ostrava"},
            speaker=None,
            mode="mixed",
            reasons={"speaker": "no name near"},
        )
        orden = made.make(
            Statement,
            article,
            {"cue": "rejected", "content": "a truce"},
            speaker=made.ORDEN,
            mode="indirect",
            hearsay=True,
        )
        ledger.add(article, [*made.records(article), nobody, orden], made.ACTORS)
        found = statements_by_speaker(ledger)
        assert [s.speaker for s in found] == [made.VELKOVA, made.ORDEN, None]
        assert [len(s.statements) for s in found] == [2, 1, 1]
        assert {mode: len(ids) for mode, ids in found[0].by_mode.items()} == {
            "direct": 1,
            "mixed": 0,
            "indirect": 1,
        }
        assert found[1].hearsay == (orden.id,)
        assert found[2].reasons == {nobody.id: "no name near"}
        assert [len(s.statements) for s in statements_by_speaker(ledger, mode="direct")] == [1]
        ledger.judge(orden, "reject", by="A. Reader")
        assert len(statements_by_speaker(ledger)) == 2

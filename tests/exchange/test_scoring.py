"""The export is what the scoring tool reads: the gold itself, exported, scores full marks."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from detente.exchange import export
from detente.ledger import Ledger
from detente.records import (
    KINDS,
    ActorRef,
    Amount,
    Article,
    Evidence,
    Origin,
    Statement,
    kind_of,
    record_id,
)

pytestmark = pytest.mark.shared
GOLD = Origin(by="person", name="gold")
OPTIONAL_FIELDS = ("type", "due", "stage", "stance", "issue", "category", "proposition", "status", "required", "date")


def ref(name):
    return ActorRef(id=f"gold:{name}", name=name) if name else None


def refs(names):
    return tuple(ActorRef(id=f"gold:{name}", name=name) for name in names)


def statement(article, row):
    spans = [("source", row["source"]), ("cue", row["cue"]), *(("content", span) for span in row["content"])]
    fields = {"speaker": ref(row["speaker"]), "mode": row["kind"], "factuality": row["factuality"], "hearsay": row["hearsay"]}
    return finished(article, Statement, [s for s in spans if s[1]], fields, row["id"])


def other(article, kind, row):
    fields = {name: row[name] for name in OPTIONAL_FIELDS if name in row and name in kind.__struct_fields__}
    fields |= {name: refs(row[name]) for name in ("pledger", "beneficiary", "actors", "recipients", "proposed_by") if name in row}
    fields |= {name: row[name] for name in ("factuality", "hearsay") if name in row}
    if isinstance(row.get("actor"), str):
        fields["actor"] = ref(row["actor"])
    if row.get("amount"):
        fields["amount"] = Amount(value=row["amount"]["value"], unit=row["amount"]["unit"])
    return finished(article, kind, [("words", span) for span in row["evidence"]], fields, row["id"])


def finished(article, kind, spans, fields, distinguish):
    evidence = tuple(Evidence.of(article.text, field, *span) for field, span in dict.fromkeys((f, tuple(s)) for f, s in spans))
    draft = kind(id="", article=article.id, evidence=evidence, origin=GOLD, **fields)
    return draft.replace(id=record_id(article.id, kind_of(draft), draft.core, distinguish))


@pytest.mark.parametrize("kind", ["statement", "pledge", "term", "position", "event"])
def test_gold_exported_scores_full_marks(shared, tmp_path, kind):
    gold = shared / "gold" / "seed" / f"{kind}s.jsonl"
    (text,) = (shared / "seeds").glob("*.txt")
    article = Article.of(text.read_bytes().decode("utf-8"), str(text))
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    records = [statement(article, r) if kind == "statement" else other(article, KINDS[kind], r) for r in rows]
    with Ledger.memory() as ledger, (tmp_path / "export.jsonl").open("wb") as stream:
        ledger.add(article, records)
        export(ledger, "jsonl", stream)
    command = [sys.executable, shared / "tools" / "score.py", f"{kind}s", tmp_path / "export.jsonl", gold]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "P 100.0  R 100.0  F1 100.0" in told
    for right, matched in re.findall(r"right on (\d+)/(\d+)", told):
        assert right == matched, told

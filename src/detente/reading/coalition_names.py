"""What an article calls a coalition: in full ("the coalition of the willing"), and from then on "the coalition"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.reading.page import Page
from detente.reading.phrases import lexicon
from detente.reading.row import Word, span_of, words_of
from detente.records import ActorRef, text_id

SHORT = frozenset(("coalition", "alliance"))
# Behind "the coalition" these make it something else: "the coalition government".
OTHERS = frozenset(
    ("government", "cabinet", "partner", "partners", "talks", "party", "parties", "agreement", "of", "'s")
)


def made(name: str) -> ActorRef:
    """A coalition that only the article names: its id is made from its name."""
    plain = re.sub(r"\s+", " ", re.sub(r"[“”‘’\"']", "", name)).strip().lower()
    return ActorRef(id=re.sub(r"[^a-z0-9]+", "-", plain).strip("-"), name=plain)


def called(page: Page, words: Sequence[Word], at: int, last: int) -> tuple[ActorRef, int] | None:
    """The coalition whose name begins at a place and ends before another, with the name's end, or `None`."""
    texts = [word.text for word in words[:last]]
    if (hit := lexicon("coalitions").at(texts, at)) is not None:
        return made(span_of(words, at, hit[1]).of(page.text)), hit[1]
    following = words[at + 1].text if at + 1 < len(words) else ""
    if at and texts[at] in SHORT and texts[at - 1] == "the" and following not in OTHERS:
        return meant(page, texts[at]), at + 1
    return None


def meant(page: Page, short: str) -> ActorRef:
    """Which coalition "the coalition" is: the only one that the article names in full, else one of this article alone."""
    full = {ref.id: ref for ref in in_full(page) if short in ref.name.split()}
    if len(full) == 1:
        return next(iter(full.values()))
    return ActorRef(id=f"made-{text_id(page.article.id + short)[:12]}", name=f"the {short}")


def in_full(page: Page) -> list[ActorRef]:
    """The coalitions that an article names in full, in the order of the text."""
    found = []
    for sentence in page.analysis.sentences:
        words = words_of(page, sentence)
        texts = [word.text for word in words]
        if SHORT.isdisjoint(texts):
            continue
        hits = ((at, lexicon("coalitions").at(texts, at)) for at in range(len(texts)))
        found += [made(span_of(words, at, hit[1]).of(page.text)) for at, hit in hits if hit is not None]
    return found

"""Hypothesis strategies: situations that can be weighed, and draws of any shape."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from detente.weighing import situation as s
from detente.weighing.draws import Draws

from . import made

TEXTS = st.text(max_size=12)
NAMES = st.text(min_size=1, max_size=8).filter(lambda name: name != "?")


@st.composite
def bases(draw: Any, *, wordless: bool) -> dict[str, Any]:
    """The fields of a basis: sources or somebody's assumption."""
    if wordless:
        return {"assumed_by": "J. Analyst"}
    who: dict[str, Any] = draw(
        st.one_of(
            st.fixed_dictionaries({"sources": st.tuples(NAMES) | st.tuples(NAMES, NAMES)}),
            st.fixed_dictionaries({"assumed_by": NAMES}),
        )
    )
    return {**who, "note": draw(TEXTS)}


@st.composite
def inputs(draw: Any, low: float, high: float, wordless: bool) -> s.Input:
    """An input within limits."""
    numbers = st.floats(low, high, allow_nan=False)
    least, mode, most = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return s.Input(low=least, high=most, mode=draw(st.sampled_from([None, mode])), **draw(bases(wordless=wordless)))


@st.composite
def situations(draw: Any, *, wordless: bool = False, deal: bool = False) -> s.Situation:
    """A situation with every kind of part and references that lead somewhere.

    Args:
        wordless: leave out what no model looks at: texts of any kind, and what the inputs rest on.
        deal: with worths, comparable cases and what war would bring, which take long to make.
    """
    texts, names = (st.just("made"),) * 2 if wordless else (TEXTS, NAMES)

    def number(low: float, high: float) -> st.SearchStrategy[s.Input]:
        return inputs(low, high, wordless)

    # A chance is an interval, or certain.
    chance = number(0, 1).map(lambda i: i if i.low < i.high else i.replace(low=0.0, mode=None, high=max(i.high, 0.5)))
    n, m, t, f = (draw(st.integers(low, high)) for low, high in ((1, 4), (0, 2), (0, 3), (0, 2)))
    ids = [[f"{kind}{k}" for k in range(count)] for kind, count in zip("pitf", (n, m, t, f), strict=True)]
    parties, issues, terms, facts = ids
    basis = st.builds(lambda fields: s.Basis(**fields), bases(wordless=wordless))
    pairs = [(p, i) for p in parties for i in issues if draw(st.booleans())]

    def condition(actor: str) -> st.SearchStrategy[s.Joining]:
        targets = [*terms, *facts, *(p for p in parties if p != actor)]
        count = st.builds(s.Joining, text=texts, type=st.just("count"), count=st.integers(1, 5))
        share = st.builds(s.Joining, text=texts, type=st.just("count"), share=st.floats(0.01, 1))
        if not targets:
            return count | share
        return count | share | st.builds(s.Joining, text=texts, type=st.just("other"), target=st.sampled_from(targets))

    def enforcement() -> st.SearchStrategy[s.Enforcement]:
        parts = st.builds(
            s.PartOfPackage, term=st.none() | st.sampled_from(terms or [None]), name=st.just("part"),
            **{field: st.none() | number(0, 1) for field in s.PartOfPackage.FIELDS},
        )  # fmt: skip
        fields = {field: number(0, 1) for field in s.Enforcement.FIELDS}
        return st.builds(
            s.Enforcement, revisionist=st.just(parties[0]), defender=st.just(parties[-1]), parts=st.tuples(parts),
            periods=st.integers(1, 6), **fields,
        )  # fmt: skip

    worth = number(-5, 5)
    compared = st.builds(
        s.Comparable, basis=basis, conflict=st.sampled_from(["any", "interstate", "intrastate"]),
        ending=st.sampled_from(["any", "ceasefire"]), guarantee=st.booleans(),
    )  # fmt: skip
    positive = number(0.01, 1)
    return s.Situation(
        title=draw(texts),
        parties=tuple(
            s.Party(id=p, name=draw(names), capability=draw(positive), veto=draw(st.none() | basis), without_deal=draw(st.none() | worth) if deal else None)
            for p in parties
        ),
        issues=tuple(
            s.Issue(id=i, proposition=draw(texts), reversion=draw(st.none() | number(0, 100))) for i in issues
        ),
        standings=tuple(
            s.Standing(actor=p, issue=i, position=draw(number(0, 100)), salience=draw(positive), conditions=(draw(texts),))
            for p, i in pairs
        ),
        terms=tuple(
            s.Term(
                id=k, proposition=draw(texts), chance=draw(chance), basis=draw(basis),
                depends_on=tuple(draw(st.lists(st.sampled_from(terms), max_size=2, unique=True))),
                required=draw(st.none() | st.booleans()), cases=draw(st.integers(0, 40)),
            )
            for k in terms
        ),
        steps=(s.Step(order=1, action=draw(texts), actors=tuple(parties[:2]), basis=draw(basis)),),
        facts=tuple(s.Fact(id=k, text=draw(texts), chance=draw(chance), basis=draw(basis)) for k in facts),
        coalitions=(s.Coalition(id="pact", name=draw(names)),),
        members=tuple(
            s.Member(
                coalition="pact", actor=p, status=draw(st.sampled_from(["in", "invited", "conditional", "out"])),
                basis=draw(basis), conditions=tuple(draw(st.lists(condition(p), max_size=2))),
            )
            for p in parties
        ),
        left_out=tuple(draw(st.lists(texts, max_size=2))),
        worths=tuple(
            s.Worth(actor=p, term=t, levels=(draw(worth),)) for p in parties for t in terms if deal and draw(st.booleans())
        ),
        deal=draw(st.none() | st.builds(s.Deal, unit=texts)) if deal else None,
        durability=draw(st.none() | compared) if deal else None,
        enforcement=draw(st.none() | enforcement()) if deal and n > 1 else None,
    )  # fmt: skip


@st.composite
def issue_draws(draw: Any) -> Draws:
    """Draws of up to 4 draws, 6 parties and 3 issues; positions on a coarse scale, so that ties come up."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    b, n, m = (draw(st.integers(1, top)) for top in (4, 6, 3))
    step = draw(st.sampled_from([1e-6, 10.0, 50.0]))
    position = np.clip(np.round(rng.uniform(0, 100, (b, n, m)) / step) * step, 0, 100)
    return made.draws(rng.uniform(0.05, 5, (b, n)), rng.uniform(0.05, 1, (b, n, m)), position)

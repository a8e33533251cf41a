"""Small games: published equilibria, none missing and none added; every answer tried out by deviation."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import SituationError
from detente.weighing.games import AllEquilibria, BimatrixGame, Equilibria, Strategy, pure_equilibria

Table = list[list[Fraction]]


def cells(rows: int, columns: int, numbers: str) -> BimatrixGame:
    """A game from pairs of payoffs, the row player's action changing first."""
    values = [Fraction(x) for x in numbers.split()]
    tables = [
        [[values[2 * (j * rows + i) + player] for j in range(columns)] for i in range(rows)] for player in (0, 1)
    ]
    return BimatrixGame.of(*tables)


def poker() -> BimatrixGame:
    """Myerson 1991, Game Theory, fig. 2.1. Raise or fold with red, with black; then meet or pass."""
    rows = []
    for red, black in product("rf", repeat=2):
        rows.append([(Fraction(on_red) + on_black) / 2 for on_red, on_black in (
            (2 if red == "r" else 1, -2 if black == "r" else -1), (1, 1 if black == "r" else -1),
        )])  # fmt: skip
    return BimatrixGame.of(rows, [[-x for x in row] for row in rows])


def commitment() -> BimatrixGame:
    """Bagwell 1995, Games and Economic Behavior 8: the follower sees the leader's action with probability 0.99."""
    payoff = {"SS": (5, 2), "SC": (3, 1), "CS": (6, 3), "CC": (4, 4)}
    seen = {"S": (Fraction(99, 100), Fraction(1, 100)), "C": (Fraction(1, 100), Fraction(99, 100))}
    tables = [
        [[sum(p * payoff[own + answer][k] for p, answer in zip(seen[own], plan, strict=True)) for plan in product("SC", repeat=2)] for own in "SC"]
        for k in (0, 1)
    ]  # fmt: skip
    return BimatrixGame.of(*tables)


def job_market() -> BimatrixGame:
    """Watson 2013, Strategy, fig. 29.1: educated or not, by ability; manager or clerk, by education."""
    payoff = {
        "HEM": (6, 10), "HEC": (0, 4), "HNM": (10, 10), "HNC": (4, 4), "LEM": (3, 0), "LEC": (-3, 4), "LNM": (10, 0), "LNC": (4, 4),
    }  # fmt: skip
    chance = {"H": Fraction(1, 3), "L": Fraction(2, 3)}

    def expected(k: int, plan: tuple[str, ...], answer: tuple[str, ...]) -> Fraction:
        jobs = dict(zip("EN", answer, strict=True))
        return sum((chance[t] * payoff[t + e + jobs[e]][k] for t, e in zip("HL", plan, strict=True)), Fraction(0))

    plans = list(product("EN", repeat=2))
    answers = list(product("MC", repeat=2))
    return BimatrixGame.of(*([[expected(k, p, a) for a in answers] for p in plans] for k in (0, 1)))


CENTIPEDE = (
    "20027/25000 2689/12500 541/1250 3983/2500 3299/6250 5053/3125 227/250 214/125 5081/6250 3283/12500 19931/6250 "
    "2677/3125 5362/3125 19903/3125 262/125 808/125 2689/3125 5659/12500 10114/3125 3271/3125 39814/3125 10696/3125 "
    "856/125 3184/125 163/125 163/500 92/25 23/25 1648/125 412/125 256/5 64/5"
)
"""Three innings with a chance of altruism, after McKelvey and Palfrey 1992, Econometrica 60."""

SEVENTY_FIVE = (
    "9504 72336 -111771 -461736 397584 1227336 171204 -1718376 1303104 1303104 737154 -453420 -660 48081 31680 -300036 "
    "-113850 774576 -45936 -1039236 -453420 737154 -227040 -227040 19976 29216 -130944 -178761 451176 451176 208626 -586476 "
    "1227336 397584 774576 -113850 -20526 14124 168124 -84436 -586476 208626 -263076 -263076 -1718376 171204 -1039236 -45936 "
    "1776 1776 -8514 -8976 29216 19976 14124 -20526 72336 9504 48081 -660 -8976 -8514 52764 52764 -178761 -130944 -84436 "
    "168124 -461736 -111771 -300036 31680"
)
"""Von Stengel 1999, Discrete and Computational Geometry 21: more equilibria than the 63 once conjectured."""

# The payoffs are the papers', as Gambit's catalogue has them; `file` names the row of the table of its answers.
CATALOGUE = {
    "contrib/games/2x2.nfg": cells(2, 2, "2 0 0 1 0 1 1 0"),
    "contrib/games/coord2.nfg": cells(2, 2, "3 2 0 0 0 0 2 2"),
    "contrib/games/coord3.nfg": cells(3, 3, "3 2 0 0 0 0 0 0 2 2 0 0 0 0 0 0 1 4"),
    "contrib/games/e04.nfg": cells(3, 2, "0 0 -1 2 -2 -2 0 0 -1 0 3 -1"),
    "catalog/journals/other/shapley1974/fig2.nfg": cells(3, 3, "2 3 0 0 3 0 2 0 3 3 0 0 0 2 0 2 1 1"),
    "catalog/journals/dcg/vonstengel1999/6x6_game_with_75_eq.nfg": cells(6, 6, SEVENTY_FIVE),
    "catalog/books/myerson1991/fig2_1.efg": poker(),
    "catalog/journals/geb/bagwell1995.efg": commitment(),
    "catalog/books/watson2013/fig29_1.efg": job_market(),
    "contrib/games/cent3.efg": cells(4, 4, CENTIPEDE),
}

THREE_PLAYERS = {
    # McKelvey and McLennan: the first player's action changes first.
    "contrib/games/2x2x2.nfg": np.array(
        [9, 8, 12, 0, 0, 0, 0, 0, 0, 9, 8, 2, 0, 0, 0, 3, 4, 6, 3, 4, 6, 0, 0, 0]
    ).reshape(2, 2, 2, 3).transpose(3, 2, 1, 0),
    # Selten 1975, International Journal of Game Theory 4, fig. 1: across or down, across or down, left or right.
    "catalog/journals/ijgt/selten1975/fig1.efg": np.array(
        [[[(1, 1, 1), (1, 1, 1)], [(4, 4, 0), (0, 0, 1)]], [[(3, 3, 2), (0, 0, 0)], [(3, 3, 2), (0, 0, 0)]]]
    ).transpose(3, 0, 1, 2),
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(shared: Path) -> dict[str, Any]:
    table = json.loads((shared / "reference/models/gambit_equilibria.json").read_text(encoding="utf-8"))
    assert {g["file"] for g in table["games"]} == CATALOGUE.keys() | THREE_PLAYERS.keys()
    return {g["file"]: g for g in table["games"]}


@pytest.mark.parametrize("file", CATALOGUE)
def test_all_equilibria_of_the_catalogue(answers: dict[str, Any], file: str) -> None:
    expected = answers[file]
    found = AllEquilibria().run(CATALOGUE[file])
    pairs = {(e.row, e.column) for e in found.extreme}
    assert len(found.extreme) == len(pairs) == expected["n_extreme_mixed"]
    # Of the 75 the table holds eight.
    assert {tuple(tuple(map(Fraction, s)) for s in pair) for pair in expected["mixed"]} <= pairs
    pure = [pair for pair in pairs if all(max(s) == 1 for s in pair)]
    assert len(pure) == expected["n_pure"]


@pytest.mark.parametrize("file", [*CATALOGUE, *THREE_PLAYERS])
def test_pure_equilibria_of_the_catalogue(answers: dict[str, Any], file: str) -> None:
    table = THREE_PLAYERS[file] if file in THREE_PLAYERS else np.array([CATALOGUE[file].row, CATALOGUE[file].column])
    expected = {tuple(s.index(1.0) for s in profile) for profile in answers[file]["pure"]}
    assert set(pure_equilibria(table)) == expected


def best_responses(game: BimatrixGame, pair: tuple[Strategy, Strategy]) -> bool:
    """Whether neither player gains by any action alone."""
    x, y = (np.array(s, object) for s in pair)
    a, b = np.array(game.row, object), np.array(game.column, object)
    return bool((a @ y).max() == x @ a @ y and (x @ b).max() == x @ b @ y)


@st.composite
def games(draw: Any) -> BimatrixGame:
    """Games with few payoffs, so that many are degenerate."""
    m, n = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    table = st.lists(st.lists(st.integers(-1, 2), min_size=n, max_size=n), min_size=m, max_size=m)
    return BimatrixGame.of(draw(table), draw(table))


def solved(game: BimatrixGame) -> Equilibria:
    return AllEquilibria().run(game)


@settings(max_examples=60)
@given(games(), st.integers(0, 2**31))
def test_every_mixture_within_a_set_is_an_equilibrium(game: BimatrixGame, seed: int) -> None:
    found = solved(game)
    assert found.extreme, "Nash 1951: there is one"
    rng = np.random.default_rng(seed)
    for part in found.sets:
        x, y = (
            tuple(sum((w * s[i] for w, s in zip(weights, side, strict=True)), Fraction(0)) / sum(weights) for i in range(len(side[0])))
            for side in (part.rows, part.columns)
            for weights in [[Fraction(int(w)) for w in rng.integers(1, 9, len(side))]]
        )  # fmt: skip
        assert sum(x) == sum(y) == 1
        assert best_responses(game, (x, y))


@settings(max_examples=60)
@given(games())
def test_every_extreme_equilibrium_is_in_a_set_and_every_set_is_made_of_them(game: BimatrixGame) -> None:
    found = solved(game)
    pairs = {(e.row, e.column) for e in found.extreme}
    assert {pair for s in found.sets for pair in product(s.rows, s.columns)} == pairs
    assert found.finite == (len(found.sets) == len(pairs) and all(len(s.rows) == 1 == len(s.columns) for s in found.sets))
    for one, other in product(found.sets, repeat=2):
        within = set(one.rows) <= set(other.rows) and set(one.columns) <= set(other.columns)
        assert one is other or not within


@settings(max_examples=60)
@given(games())
def test_no_pure_equilibrium_is_missing(game: BimatrixGame) -> None:
    pairs = {(e.row.index(1), e.column.index(1)) for e in solved(game).extreme if max(e.row) == max(e.column) == 1}
    assert pairs == set(pure_equilibria([game.row, game.column]))


@settings(max_examples=40)
@given(games())
def test_no_equilibrium_with_two_played_actions_each_is_missing(game: BimatrixGame) -> None:
    # Indifference between two actions each gives one equation a player, solved here by itself. Where the solution is
    # unique it is a vertex, so that an equilibrium there is extreme.
    found = solved(game)
    m, n = len(game.row), len(game.row[0])
    for i, k in product(range(m), repeat=2):
        for j, l in product(range(n), repeat=2):  # noqa: E741
            if i >= k or j >= l:
                continue
            a, b = game.row, game.column
            down, across = a[i][j] - a[i][l] - a[k][j] + a[k][l], b[i][j] - b[k][j] - b[i][l] + b[k][l]
            if not down or not across:
                continue
            q, p = (a[k][l] - a[i][l]) / down, (b[k][l] - b[k][j]) / across
            if not (0 < p < 1 and 0 < q < 1):
                continue
            x = tuple(p if r == i else 1 - p if r == k else Fraction(0) for r in range(m))
            y = tuple(q if c == j else 1 - q if c == l else Fraction(0) for c in range(n))
            if best_responses(game, (x, y)):
                assert (x, y) in {(e.row, e.column) for e in found.extreme}


@settings(max_examples=40)
@given(games(), st.fractions(Fraction(1, 9), 9), st.integers(-5, 5))
def test_unit_and_origin_of_payoffs_do_not_matter(game: BimatrixGame, unit: Fraction, origin: int) -> None:
    other = BimatrixGame.of([[unit * x + origin for x in line] for line in game.row], game.column)
    assert [(e.row, e.column) for e in solved(other).extreme] == [(e.row, e.column) for e in solved(game).extreme]
    assert [e.payoffs[0] for e in solved(other).extreme] == [unit * e.payoffs[0] + origin for e in solved(game).extreme]


@settings(max_examples=40)
@given(games())
def test_players_can_change_places(game: BimatrixGame) -> None:
    turned = BimatrixGame.of(list(zip(*game.column, strict=True)), list(zip(*game.row, strict=True)))
    assert {(e.column, e.row) for e in solved(turned).extreme} == {(e.row, e.column) for e in solved(game).extreme}


def test_a_threat_that_need_not_be_carried_out_is_a_whole_edge() -> None:
    # Kreps and Wilson's game: against the first action any reply with at least 3/5 on the first will do.
    found = solved(CATALOGUE["contrib/games/e04.nfg"])
    assert not found.finite
    edge = next(s for s in found.sets if len(s.columns) == 2)
    assert edge.rows == ((1, 0, 0),)
    assert edge.columns == ((1, 0), (Fraction(3, 5), Fraction(2, 5)))


def test_where_nothing_matters_everything_is_an_equilibrium() -> None:
    found = solved(BimatrixGame.of([[1, 1], [1, 1]], [[0, 0], [0, 0]]))
    assert len(found.extreme) == 4
    assert [(len(s.rows), len(s.columns)) for s in found.sets] == [(2, 2)]


def test_payoffs_of_every_kind() -> None:
    game = BimatrixGame.of([[0.1, "1/3"], [Fraction(1, 7), 2]], [[0, 0], [0, 0]])
    assert game.row == ((Fraction(1, 10), Fraction(1, 3)), (Fraction(1, 7), Fraction(2)))


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ([[1, 2]], [[1], [2]], "expected two of one shape"),
        ([], [], "not empty"),
        ([[]], [[]], "not empty"),
        ([[1, 2], [3]], [[1, 2], [3]], "expected two of one shape"),
        ([["a third"]], [[1]], "expected numbers"),
        ([[float("nan")]], [[1]], "expected numbers"),
        ([[0] * 12] * 12, [[0] * 12] * 12, "12 × 12 actions, expected a small game"),
    ],
)
def test_a_game_that_is_none_is_refused(row: Any, column: Any, words: str) -> None:
    with pytest.raises(SituationError, match=words):
        BimatrixGame.of(row, column)


def test_a_table_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(SituationError, match="one axis for each of 2 players"):
        pure_equilibria(np.zeros((2, 3)))

"""Cooperative games: published values, definitions tried out in full, and the axioms of each solution."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError, UnknownName
from detente.weighing.cooperative import Allocation, Game, ShapleyValue, core_membership
from detente.weighing.nucleolus import Nucleolus, NucleolusResult
from detente.weighing.power import ShapleyShubik
from detente.weighing.voting import VotingBody

from .test_voting import bodies

inherited = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.differing_executors])


def game_of(worth: Callable[[frozenset[int]], float], players: int) -> Game:
    """A game from the worth of a set of players counted from 0."""
    sets = (frozenset(i for i in range(players) if c >> i & 1) for c in range(2**players))
    return Game(tuple(f"p{i}" for i in range(players)), np.array([[float(worth(s)) if s else 0.0 for s in sets]]))


def three(v1: float, v2: float, v3: float, v12: float, v13: float, v23: float, v123: float) -> Game:
    """Three players, the worths in the order in which they are mostly printed."""
    return Game(("1", "2", "3"), np.array([[0, v1, v2, v12, v3, v13, v23, v123]], np.float64))


def glove(left: Iterable[int], right: Iterable[int]) -> Game:
    """Each pair of a left and a right glove is worth 1 (Shapley and Shubik 1969); players from 1."""
    left, right = set(left), set(right)
    return game_of(lambda s: min(len({i + 1 for i in s} & left), len({i + 1 for i in s} & right)), len(left | right))


@st.composite
def games(draw: Any, most: int = 5, draws: int = 1) -> Game:
    """Games in which all together have at least what the players have alone."""
    n = draw(st.integers(1, most))
    numbers = st.integers(-20, 20).map(float)
    worth = np.array([[0.0, *draw(st.tuples(*[numbers] * (2**n - 1)))] for _ in range(draws)])
    worth[:, -1] = np.maximum(worth[:, -1], worth[:, 1 << np.arange(n)].sum(axis=1))
    return Game(tuple(f"p{i}" for i in range(n)), worth)


def reordered(game: Game, order: np.ndarray[Any, Any]) -> Game:
    """The same game with player order[i] in place i."""
    n = len(game.players)
    bits = np.arange(2**n)[:, None] >> np.arange(n) & 1
    where = (bits << order).sum(axis=1)
    return Game(tuple(game.players[i] for i in order), game.worth[:, where])


class AllocationContract:
    """Every solution: named, published, shares out the worth of all, blind to order, and moves with unit and origin."""

    model: Any

    def run(self, game: Game) -> Allocation | NucleolusResult:
        result: Allocation | NucleolusResult = self.model.run(game)
        return result

    def test_name_and_reference(self) -> None:
        assert self.model.name == self.model.name.lower().strip() != ""
        assert any(c.isdigit() for c in self.model.reference)

    @inherited
    @given(games(draws=3))
    def test_shares_out_the_worth_of_all_in_every_draw(self, game: Game) -> None:
        result = self.run(game)
        assert result.players == game.players
        assert result.value.shape == (3, len(game.players))
        assert_allclose(result.value.sum(axis=1), game.worth[:, -1], atol=1e-8)
        for b in range(3):
            assert_allclose(self.run(Game(game.players, game.worth[b : b + 1])).value[0], result.value[b], atol=1e-8)

    @inherited
    @given(games(), st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, game: Game, random: Any) -> None:
        order = np.array(random.sample(range(len(game.players)), len(game.players)))
        assert_allclose(self.run(reordered(game, order)).value, self.run(game).value[:, order], atol=1e-8)

    @inherited
    @given(games(most=4), st.floats(0.01, 100), st.lists(st.integers(-9, 9), min_size=4, max_size=4))
    def test_unit_and_what_players_bring_along_change_nothing_else(self, game: Game, unit: float, own: list[int]) -> None:
        along = np.array(own[: len(game.players)], np.float64)
        other = Game(game.players, unit * game.worth + game.coalitions @ along)
        assert_allclose(self.run(other).value, unit * self.run(game).value + along, atol=1e-6)

    @inherited
    @given(games(most=4))
    def test_who_adds_nothing_gets_nothing(self, game: Game) -> None:
        joined = Game((*game.players, "idle"), np.concatenate([game.worth, game.worth], axis=1))
        assert_allclose(self.run(joined).value[:, -1], 0.0, atol=1e-8)
        assert_allclose(self.run(joined).value[:, :-1], self.run(game).value, atol=1e-8)


class TestShapleyValue(AllocationContract):
    model = ShapleyValue()

    @given(games(most=4))
    def test_is_the_mean_of_what_a_player_adds_over_all_orders(self, game: Game) -> None:
        n = len(game.players)
        added = np.zeros(n)
        orders = list(permutations(range(n)))
        for order in orders:
            coalition = 0
            for i in order:
                added[i] += game.worth[0, coalition | 1 << i] - game.worth[0, coalition]
                coalition |= 1 << i
        assert_allclose(ShapleyValue().run(game).value[0], added / len(orders), atol=1e-9)

    @given(games(most=4, draws=2))
    def test_of_a_sum_of_games_is_the_sum(self, game: Game) -> None:
        both = Game(game.players, game.worth.sum(axis=0, keepdims=True))
        assert_allclose(self.run(both).value[0], self.run(game).value.sum(axis=0), atol=1e-9)

    @given(bodies())
    def test_of_a_body_that_votes_is_its_index_of_power(self, body: VotingBody) -> None:
        assert_allclose(self.run(Game.simple(body)).value[0], ShapleyShubik().run(body).value, atol=1e-12)


class TestNucleolus(AllocationContract):
    model = Nucleolus()

    @inherited
    @given(games(), st.integers(0, 2**31))
    def test_no_other_imputation_has_smaller_complaints(self, game: Game, seed: int) -> None:
        n = len(game.players)
        value = self.run(game).value[0]
        alone = game.worth[0, 1 << np.arange(n)]
        assert (value >= alone - 1e-8).all()
        best = np.sort((game.worth[0] - game.coalitions @ value)[1:-1])[::-1]
        rng = np.random.default_rng(seed)
        for scale in (5.0, 0.5, 0.05):
            other = value + scale * rng.standard_normal(n)
            other = alone + np.maximum(other - alone, 0.0)
            surplus = (other - alone).sum()
            if surplus <= 0:
                continue
            other = alone + (other - alone) * (game.worth[0, -1] - alone.sum()) / surplus
            rival = np.sort((game.worth[0] - game.coalitions @ other)[1:-1])[::-1]
            apart = np.flatnonzero(np.abs(best - rival) > 1e-7)
            assert not len(apart) or best[apart[0]] < rival[apart[0]]

    @inherited
    @given(games())
    def test_is_in_the_core_if_anything_is(self, game: Game) -> None:
        result = Nucleolus().run(game)
        member = core_membership(game, result.value, tolerance=1e-7)
        if len(game.players) > 1:
            assert_allclose(member.excess, result.excess, atol=1e-8)
            assert member.inside[0] == (result.excess[0] <= 1e-7)

    # Aumann and Maschler 1985, Journal of Economic Theory 36: the Babylonian Talmud divides an estate among claims
    # of 100, 200 and 300, and does so by the nucleolus of the game in which others are paid in full first.
    @pytest.mark.parametrize(
        ("estate", "divided"), [(100, (100 / 3, 100 / 3, 100 / 3)), (200, (50, 75, 75)), (300, (50, 100, 150))]
    )
    def test_divides_an_estate_as_the_talmud_does(self, estate: float, divided: tuple[float, ...]) -> None:
        claims = (100, 200, 300)
        game = game_of(lambda s: max(estate - sum(c for i, c in enumerate(claims) if i not in s), 0), 3)
        assert_allclose(self.run(game).value[0], divided, atol=1e-9)

    def test_ten_players(self) -> None:
        # An apex game: the large player with any small one, or all nine small ones, have 9 of 17. Of such constant-sum
        # games whose least majorities weigh alike the nucleolus is the weights (Peleg 1968, Naval Research Logistics
        # Quarterly 15).
        weights = [8] + [1] * 9
        value = self.run(game_of(lambda s: float(sum(weights[i] for i in s) >= 9), 10)).value[0]
        assert_allclose(value, np.array(weights) / 17, atol=1e-12)

    def test_more_than_ten_players_are_refused(self) -> None:
        with pytest.raises(SituationError, match="got 11, expected at most 10"):
            self.run(game_of(len, 11))

    def test_a_game_without_imputations_is_refused(self) -> None:
        with pytest.raises(SituationError, match="got 3 for all and 6 for the players alone"):
            self.run(three(1, 2, 3, 0, 0, 0, 3))


# Published test values of CoopGame 0.2.2.
NUCLEOLI = [((-1, 0, 1, 3, 4, 2, 5), (8 / 3, 2 / 3, 5 / 3)), ((2, 6, 5, 15, 1, 18, 14), (2, 7, 5))]


@pytest.mark.parametrize(("worth", "expected"), NUCLEOLI)
def test_published_nucleoli(worth: tuple[float, ...], expected: tuple[float, ...]) -> None:
    assert_allclose(Nucleolus().run(three(*worth)).value[0], expected, atol=1e-12)


def test_published_shapley_values(shared: Path) -> None:
    table = json.loads((shared / "reference/models/coop_games_textbook.json").read_text(encoding="utf-8"))
    for case in table["shapley"]:
        if "v" in case:
            game = three(*case["v"])
        elif "glove" in case:
            game = glove(case["glove"]["L"], case["glove"]["R"])
        else:
            game = Game.simple(VotingBody.weighted({f"m{i}": w for i, w in enumerate(case["weights"])}, case["quota"]))
        assert_allclose(ShapleyValue().run(game).value[0], case["x"], atol=1e-12)
    for case in table["nucleolus"]:
        assert_allclose(Nucleolus().run(three(*case["v"])).value[0], case["x"], atol=1e-12)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [([1], [2, 3], (2 / 3, 1 / 6, 1 / 6)), ([1, 2, 4], [3], (1 / 12, 1 / 12, 3 / 4, 1 / 12))],
)
def test_gloves(left: list[int], right: list[int], expected: tuple[float, ...]) -> None:
    game = glove(left, right)
    assert_allclose(ShapleyValue().run(game).value[0], expected, atol=1e-12)
    # The core gives all to the side that is short, and the nucleolus is in the core.
    short = [1.0 if {i + 1} in (set(left), set(right)) else 0.0 for i in range(len(expected))]
    assert_allclose(Nucleolus().run(game).value[0], short, atol=1e-12)


@pytest.mark.parametrize(
    ("value", "inside", "excess", "objector"),
    [
        ((4.0, 4.0, 4.0), True, 0.0, 0b011),
        ((8.0, 4.0, 0.0), False, 4.0, 0b110),
        ((3.0, 3.0, 3.0), False, 2.0, 0b011),
    ],
)
def test_who_objects(value: tuple[float, ...], inside: bool, excess: float, objector: int) -> None:
    # Any two have 8, all three 12.
    member = core_membership(three(0, 0, 0, 8, 8, 8, 12), np.array([value]))
    assert (bool(member.inside[0]), float(member.excess[0]), int(member.objector[0])) == (inside, excess, objector)


def test_majority_has_an_empty_core() -> None:
    # Any two of three share 1 between them.
    result = Nucleolus().run(three(0, 0, 0, 1, 1, 1, 1))
    assert_allclose(result.value[0], 1 / 3, atol=1e-12)
    assert_allclose(result.excess, 1 / 3, atol=1e-12)


def test_a_game_from_named_coalitions() -> None:
    worth = {("a",): 1.0, ("b",): 2.0, ("b", "a"): 7.0}
    game = Game.of("ab", worth)
    assert game.worth.tolist() == [[0, 1, 2, 7]]
    with pytest.raises(UnknownName, match="got the player 'x'"):
        Game.of("ab", {**worth, ("x",): 1.0})
    with pytest.raises(SituationError, match=r"none for 1 coalitions, among them \['b'\]"):
        Game.of("ab", {("a",): 1.0, ("a", "b"): 3.0})


@pytest.mark.parametrize(
    ("players", "worth", "words"),
    [
        ((), [[0.0]], "1 to 20 different names"),
        (("a", "a"), [[0.0, 1, 1, 1]], "1 to 20 different names"),
        (("a", "b"), [[0.0, 1, 1]], "expected \\(draws, 4\\)"),
        (("a",), [[1.0, 1.0]], "0 for nobody"),
        (("a",), [[0.0, np.nan]], "finite"),
    ],
)
def test_a_game_that_is_none_is_refused(players: tuple[str, ...], worth: Any, words: str) -> None:
    with pytest.raises(SituationError, match=words):
        Game(players, np.array(worth))


def test_an_allocation_of_another_game_is_refused() -> None:
    with pytest.raises(SituationError, match=r"value: got shape \(1, 2\), expected \(1, 3\)"):
        core_membership(three(*[0.0] * 7), np.zeros((1, 2)))

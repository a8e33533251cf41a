"""What stands beside a name is its role, and people of one name and one office are one in all articles."""

from __future__ import annotations

import pytest

from detente.actors.roles import Role, role_beside

from .invented import cast, registry


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The Prime Minister of Sudmark, Edmund Carrow, pledged help", "prime minister of Sudmark"),
        ("UPDATE: Sudmark’s prime minister, Edmund Carrow, says so", "prime minister of Sudmark"),
        ("Edmund Carrow, the prime minister of Sudmark, said so", "prime minister of Sudmark"),
        ("The Keldish foreign minister Edmund Carrow said so", "foreign minister of Keld"),
        ("Deputy Prime Minister Edmund Carrow, the finance minister of Westria, said so", "finance minister of Westria"),
        ("Westria's Foreign Minister Edmund Carrow said so", "foreign minister of Westria"),
        ("said its defence minister, Edmund Carrow.", "defence minister"),
        ("Edmund Carrow said so. The Prime Minister of Sudmark did not.", ""),
        ("The prime minister met Edmund Carrow", ""),
        ("Edmund Carrow, who met the prime minister of Sudmark, said so", ""),
        ("Carrow said so", ""),
    ],
)  # fmt: skip
def test_the_title_beside_a_name_is_its_role(text, role):
    assert str(role_beside(text, "Edmund Carrow", registry())) == role


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        (Role(title="prime minister", of="Sudmark"), Role(title="prime minister"), True),
        (Role(title="minister"), Role(title="foreign minister", of="Westria"), True),
        (Role(), Role(title="president"), True),
        (Role(title="prime minister", of="Sudmark"), Role(title="prime minister", of="Westria"), False),
        (Role(title="prime minister"), Role(title="foreign minister"), False),
    ],
)
def test_roles_agree_where_neither_says_otherwise(one, other, agrees):
    assert one.agrees(other) is other.agrees(one) is agrees


def ids(text):
    """The ids of those named Arno Dell in an article."""
    return {m.actor.id for m in cast(text).mentions if m.actor and m.actor.name == "Arno Dell"}


SAID = "Westria’s foreign minister, Arno Dell, said no."


@pytest.mark.parametrize(
    "other",
    [
        "Arno Dell, the foreign minister of Westria, left.",
        "It rained. They asked the Foreign Minister of Westria, Arno Dell, who left.",
    ],
)
def test_a_full_name_and_an_office_are_one_person_in_all_articles(other):
    assert ids(SAID) == ids(other) != set()


@pytest.mark.parametrize(
    "other",
    [
        "Then Mr Arno Dell left.",
        "Foreign Minister Arno Dell said yes.",
        "Sudmark’s foreign minister, Arno Dell, said yes.",
        "Westria’s finance minister, Arno Dell, said yes.",
        "Later Mr Arno Dell met the foreign minister of Westria.",
    ],
)
def test_a_full_name_without_the_same_office_may_be_another_person(other):
    assert len(ids(SAID) | ids(other)) == 2

"""Mentions looked up on a day: whom they name, or that it cannot be told and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.actors import Registry, who

SUMMIT = "2025-03-02"

# words, day, the article's country, the actor's name
KNOWN = [
    # titles alone, by the article's country
    ("the PM", SUMMIT, "GB", "Keir Starmer"),
    ("the PM", "2024-07-04", "GB", "Rishi Sunak"),
    ("the PM", "2024-07-05", "GB", "Keir Starmer"),
    ("the prime minister", "2022-09-05", "GB", "Boris Johnson"),
    ("the prime minister", "2022-09-06", "GB", "Liz Truss"),
    ("the premier", SUMMIT, "GB", "Keir Starmer"),
    ("Prime Minister", SUMMIT, "IT", "Giorgia Meloni"),
    ("the chancellor", SUMMIT, "GB", "Rachel Reeves"),
    ("the Chancellor", "2022-10-13", "GB", "Kwasi Kwarteng"),
    ("the Chancellor", "2022-10-14", "GB", "Jeremy Hunt"),
    ("the chancellor", SUMMIT, "DE", "Olaf Scholz"),
    ("the chancellor", "2025-05-06", "DE", "Friedrich Merz"),
    ("the president", SUMMIT, "US", "Donald Trump"),
    ("the president", "2025-01-19", "US", "Joe Biden"),
    ("the president", "2025-01-20", "US", "Donald Trump"),
    ("the president", SUMMIT, "FR", "Emmanuel Macron"),
    ("the vice president", SUMMIT, "US", "JD Vance"),
    ("the foreign secretary", SUMMIT, "GB", "David Lammy"),
    ("the foreign secretary", "2025-09-04", "GB", "David Lammy"),
    ("the foreign secretary", "2025-09-05", "GB", "Yvette Cooper"),
    ("the defence secretary", "2023-08-31", "GB", "Grant Shapps"),
    ("the secretary of state", SUMMIT, "US", "Marco Rubio"),
    ("the defense secretary", "2025-01-25", "US", "Pete Hegseth"),
    ("the King", SUMMIT, "GB", "King Charles"),
    ("the Queen", "2022-09-07", "GB", "Elizabeth II"),
    ("the King", "2022-09-08", "GB", "King Charles"),
    ("the leader of the opposition", SUMMIT, "GB", "Kemi Badenoch"),
    ("the opposition leader", "2024-07-04", "GB", "Keir Starmer"),
    ("the press secretary", SUMMIT, "US", "Karoline Leavitt"),
    ("the House Speaker", SUMMIT, "US", "Mike Johnson"),
    ("the taoiseach", SUMMIT, "GB", "Micheal Martin"),
    ("the Pope", SUMMIT, "GB", "Pope Francis"),
    # a title and a state or body
    ("the US president", SUMMIT, "GB", "Donald Trump"),
    ("the US President", "2021-01-19", None, "Donald Trump"),
    ("the US President", "2021-01-20", None, "Joe Biden"),
    ("America's president", SUMMIT, "GB", "Donald Trump"),
    ("Ukraine's president", "2019-05-19", "GB", "Petro Poroshenko"),
    ("Ukraine's president", "2019-05-20", "GB", "Volodymyr Zelensky"),
    ("president of Ukraine", SUMMIT, "GB", "Volodymyr Zelensky"),
    ("the President of the United States", SUMMIT, "GB", "Donald Trump"),
    ("the Ukrainian leader", SUMMIT, "GB", "Volodymyr Zelensky"),
    ("the Chinese leader", SUMMIT, "GB", "Xi Jinping"),
    ("Britain's foreign secretary", SUMMIT, "US", "David Lammy"),
    ("Britain\u2019s foreign secretary", SUMMIT, "US", "David Lammy"),
    ("the British foreign minister", SUMMIT, "FR", "David Lammy"),
    ("Germany's chancellor", "2025-05-05", "GB", "Olaf Scholz"),
    ("Germany's chancellor", "2025-05-06", "GB", "Friedrich Merz"),
    ("the US secretary of state", "2021-01-26", "GB", "Antony Blinken"),
    ("the Polish foreign minister", SUMMIT, "GB", "Radoslaw Sikorski"),
    ("the Polish prime minister", SUMMIT, "GB", "Donald Tusk"),
    ("Russia's foreign minister", "2015-01-01", "GB", "Sergei Lavrov"),
    ("Russia's defence minister", "2024-05-14", "GB", "Andrei Belousov"),
    ("the Saudi crown prince", SUMMIT, "GB", "Mohammed bin Salman"),
    ("the Irish prime minister", SUMMIT, "GB", "Micheal Martin"),
    ("Iran's supreme leader", SUMMIT, "GB", "Ali Khamenei"),
    ("the Tory leader", SUMMIT, "GB", "Kemi Badenoch"),
    ("the Tory leader", "2024-11-01", "GB", "Rishi Sunak"),
    ("the Tory leader", "2024-11-02", "GB", "Kemi Badenoch"),
    ("Labour leader", "2020-04-04", "GB", "Keir Starmer"),
    ("Labour leader", "2020-04-03", "GB", "Jeremy Corbyn"),
    ("Nato secretary general", "2024-09-30", "GB", "Jens Stoltenberg"),
    ("Nato secretary general", "2024-10-01", "GB", "Mark Rutte"),
    ("Nato chief", SUMMIT, "GB", "Mark Rutte"),
    ("the UN secretary-general", SUMMIT, "GB", "Antonio Guterres"),
    ("the president of the European Commission", SUMMIT, "GB", "Ursula von der Leyen"),
    ("the EU's foreign policy chief", "2024-11-30", "GB", "Josep Borrell"),
    ("the EU's foreign policy chief", "2024-12-01", "GB", "Kaja Kallas"),
    ("the Kremlin spokesman", SUMMIT, "GB", "Dmitry Peskov"),
    ("the White House chief of staff", SUMMIT, "GB", "Susie Wiles"),
    ("the Senate majority leader", SUMMIT, "US", "John Thune"),
    # a title and a name
    ("French President Emmanuel Macron", SUMMIT, "GB", "Emmanuel Macron"),
    ("Prime Minister Sir Keir Starmer", SUMMIT, "GB", "Keir Starmer"),
    ("President Zelensky", SUMMIT, "GB", "Volodymyr Zelensky"),
    ("Secretary Rubio", SUMMIT, "US", "Marco Rubio"),
    ("Chancellor Rachel Reeves", SUMMIT, "GB", "Rachel Reeves"),
    ("Chancellor Merz", "2025-06-01", "GB", "Friedrich Merz"),
    ("Foreign Minister Lavrov", SUMMIT, "GB", "Sergei Lavrov"),
    ("Vice President Harris", "2024-03-01", "US", "Kamala Harris"),
    ("President Obama", SUMMIT, "US", "Barack Obama"),
    ("former president Obama", SUMMIT, "US", "Barack Obama"),
    ("King Charles", SUMMIT, "GB", "King Charles"),
    ("King Abdullah", SUMMIT, "GB", "Abdullah II"),
    ("Mark Rutte, Nato secretary general", SUMMIT, "GB", "Mark Rutte"),
    ("Donald Trump, the US president,", SUMMIT, "GB", "Donald Trump"),
    ("his vice president JD Vance", SUMMIT, "GB", "JD Vance"),
    ("former prime minister Boris Johnson", SUMMIT, "GB", "Boris Johnson"),
    # names
    ("Volodymyr Zelenskyy", SUMMIT, "US", "Volodymyr Zelensky"),
    ("Recep Tayyip Erdoğan", SUMMIT, "GB", "Recep Tayyip Erdogan"),
    ("Mr Trump", SUMMIT, "GB", "Donald Trump"),
    ("Mr Trump's", SUMMIT, "GB", "Donald Trump"),
    ("Ms Meloni", SUMMIT, "GB", "Giorgia Meloni"),
    ("Ms von der Leyen", SUMMIT, "GB", "Ursula von der Leyen"),
    ("Sir Keir", SUMMIT, "GB", "Keir Starmer"),
    ("Lord Cameron", "2024-01-02", "GB", "David Cameron"),
    ("Mr Xi", SUMMIT, "GB", "Xi Jinping"),
    ("Mr Biden", SUMMIT, "GB", "Joe Biden"),
    ("Ms Harris", SUMMIT, "US", "Kamala Harris"),
    ("Putin", SUMMIT, "GB", "Vladimir Putin"),
    ("Lavrov", SUMMIT, "GB", "Sergei Lavrov"),
    ("Badenoch", SUMMIT, "GB", "Kemi Badenoch"),
    ("Zelenskiy", SUMMIT, "GB", "Volodymyr Zelensky"),
    ("MBS", SUMMIT, "GB", "Mohammed bin Salman"),
    # states, peoples, capitals, seats of power, bodies
    ("Britain", SUMMIT, "GB", "United Kingdom"),
    ("the US", SUMMIT, "GB", "United States"),
    ("U.S.", SUMMIT, "US", "United States"),
    ("the Americans", SUMMIT, "GB", "United States"),
    ("the British", SUMMIT, "US", "United Kingdom"),
    ("Kyiv", SUMMIT, "GB", "Ukraine"),
    ("Washington", SUMMIT, "GB", "United States"),
    ("Moscow", SUMMIT, "GB", "Russia"),
    ("Brussels", SUMMIT, "GB", "European Union"),
    ("No10", SUMMIT, "GB", "Downing Street"),
    ("No. 10", SUMMIT, "GB", "Downing Street"),
    ("the Kremlin", SUMMIT, "GB", "Kremlin"),
    ("the Elysee", SUMMIT, "GB", "Élysée"),
    ("Nato", SUMMIT, "GB", "NATO"),
    ("the EU", SUMMIT, "GB", "European Union"),
    ("WHO", SUMMIT, "GB", "World Health Organization"),
    ("Hamas", SUMMIT, "GB", "Hamas"),
    ("the Treasury", SUMMIT, "GB", "UK Treasury"),
    ("the Treasury", SUMMIT, "US", "US Treasury"),
    ("the Foreign Office", SUMMIT, "GB", "Foreign Office"),
    ("Labour", SUMMIT, "GB", "Labour Party"),
    ("the Ukrainian government", SUMMIT, "GB", "Ukraine"),
    ("the government", SUMMIT, "GB", "United Kingdom"),
    ("Russia's foreign ministry", SUMMIT, "GB", "Russian foreign ministry"),
    ("Britain's Labour Party", SUMMIT, "US", "Labour Party"),
    ("Reuters", SUMMIT, "GB", "Reuters"),
    ("dpa", SUMMIT, "GB", "dpa"),
]  # fmt: skip

# words, day, country, words of the reason
UNKNOWN = [
    ("", SUMMIT, "GB", "no words"),
    ("the PM", SUMMIT, None, "country is not known"),
    ("the prime minister", "2000-05-01", "GB", "before 2010-05-11"),
    ("the prime minister", "2040-05-01", "GB", "more than 400 days before 2040-05-01"),
    ("the president", SUMMIT, "GB", "no office of that title"),
    ("the foreign minister", SUMMIT, "GB", "no office of that title"),
    ("the premier", SUMMIT, "AU", "several offices"),
    ("the Iranian leader", SUMMIT, "GB", "several offices"),
    ("EU chief", SUMMIT, "GB", "no head of organisation of European Union"),
    ("the US prime minister", SUMMIT, "GB", "no office of that title"),
    ("the British president", SUMMIT, "GB", "no office of that title"),
    ("his foreign minister", SUMMIT, "GB", "whose"),
    ("the former president", SUMMIT, "US", "several people have held"),
    ("the AfD leader", SUMMIT, "DE", "Tino Chrupalla, Alice Weidel"),
    ("Mr Johnson", "2024-05-01", "GB", "Boris Johnson, Mike Johnson"),
    ("Johnson", "2021-05-01", "GB", "any of 3 people"),
    ("Harris", SUMMIT, "US", "Kamala Harris, Simon Harris"),
    ("Mr Meloni", SUMMIT, "GB", "nobody so called"),
    ("Mr Gladstone", SUMMIT, "GB", "nobody so called"),
    ("Mrs Donald Trump", SUMMIT, "GB", "nobody so called"),
    ("Sir Volodymyr", SUMMIT, "GB", "nobody so called"),
    ("President Gladstone", SUMMIT, "GB", "nobody so called"),
    ("President Biden", "2014-05-01", "US", "nobody so called who has held that office by 2014-05-01"),
    ("King Abdullah", "2014-03-02", "US", "2 people"),
    ("a spokesman for Donald Trump", SUMMIT, "US", "not in the registry"),
    ("Emmanuel Macron's wife", SUMMIT, "GB", "not in the registry"),
    ("the shadow chancellor", SUMMIT, "GB", "not in the registry"),
    ("the deputy president", SUMMIT, "GB", "not in the registry"),
    ("Donald", SUMMIT, "GB", "not in the registry"),
    ("us", SUMMIT, "GB", "not in the registry"),
    ("who", SUMMIT, "GB", "not in the registry"),
    ("reform", SUMMIT, "GB", "not in the registry"),
    ("Russian", SUMMIT, "GB", "not in the registry"),
    ("the Ukrainian", SUMMIT, "GB", "not in the registry"),
    ("officials", SUMMIT, "GB", "not in the registry"),
    ("Donald Trump, Emmanuel Macron", SUMMIT, "GB", "not in the registry"),
    ("Trump and Zelensky", SUMMIT, "GB", "not in the registry"),
    ("The Hague", SUMMIT, "GB", "several actors"),
    ("Korea", SUMMIT, "GB", "North Korea or South Korea"),
    ("Brussels", SUMMIT, "BE", "the article's own government"),
    ("Labour", SUMMIT, "US", "none in the article's own country"),
    ("the government", SUMMIT, None, "not in the registry"),
]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(KNOWN) >= 80
    assert len(UNKNOWN) >= 30


@pytest.mark.parametrize(("words", "day", "country", "name"), KNOWN)
def test_who_is_meant(registry: Registry, words: str, day: str, country: str | None, name: str) -> None:
    answer = who(words, on=date.fromisoformat(day), country=country, registry=registry)
    assert answer.actor is not None, answer.reason
    assert answer.actor.name == name
    assert answer.reason
    assert answer.candidates == ()


@pytest.mark.parametrize(("words", "day", "country", "reason"), UNKNOWN)
def test_unknown_is_an_answer(registry: Registry, words: str, day: str, country: str | None, reason: str) -> None:
    answer = who(words, on=date.fromisoformat(day), country=country, registry=registry)
    assert answer.actor is None, answer.reason
    assert reason in answer.reason


def test_the_reason_names_office_day_and_source(registry: Registry) -> None:
    answer = who("the PM", on=date(2024, 7, 4), country="GB", registry=registry)
    assert answer.reason.startswith("Prime Minister of the United Kingdom from 2022-10-25 to 2024-07-05 (")
    answer = who("Nato chief", on=date(2025, 3, 2), country="GB", registry=registry)
    assert answer.reason.startswith("Secretary General, NATO, from 2024-10-01 (")


def test_candidates_are_those_who_could_be_meant(registry: Registry) -> None:
    answer = who("Mr Johnson", on=date(2024, 5, 1), country="GB", registry=registry)
    assert {c.id for c in answer.candidates} == {"boris-johnson", "mike-johnson"}


def test_a_style_before_the_name_lets_the_one_in_office_be_meant(registry: Registry) -> None:
    sitting = who("Mr Johnson", on=date(2021, 5, 1), country="GB", registry=registry)
    assert sitting.actor is not None
    assert sitting.actor.id == "boris-johnson"


@pytest.mark.parametrize(
    ("words", "roles"),
    [("his Ukrainian counterpart", ("finance_minister", "UA")), ("the Russian one", ("foreign_minister", "RU"))],
)
def test_holders_serve_those_who_resolve_counterparts(
    registry: Registry, words: str, roles: tuple[str, str]
) -> None:
    (office,) = registry.holders(role=roles[0], of=roles[1], on=date(2025, 3, 2))
    assert office.person in {"serhiy-marchenko", "sergei-lavrov"}


WORDS = st.sampled_from(
    ["the", "a", "his", "former", "President", "Prime", "Minister", "PM", "of", "US", "Ukraine's", "Russian", "Mr", "Sir", "Trump", "Keir", "Starmer", ",", "leader", "Nato", "'s"]
)


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=6).map(" ".join) | st.text(max_size=40), st.dates(), st.sampled_from(["GB", "US", None, "??"]))
def test_any_words_on_any_day_get_an_answer_with_a_reason(words: str, on: date, country: str | None) -> None:
    answer = who(words, on=on, country=country, registry=Registry.load())
    assert answer.reason
    if answer.actor is not None:
        assert Registry.load().actor(answer.actor.id).name == answer.actor.name


@given(st.sampled_from([row[:3] for row in KNOWN]))
def test_the_same_question_has_the_same_answer(row: tuple[str, str, str | None]) -> None:
    words, day, country = row
    ask = [who(words, on=date.fromisoformat(day), country=country, registry=Registry.load()) for _ in range(2)]
    assert ask[0] == ask[1]

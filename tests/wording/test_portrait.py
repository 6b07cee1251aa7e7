"""A segment in a few sentences: what is said where little, nothing or nobody is there."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.criteria import ChannelReach
from segmentation.geography import Home
from segmentation.profiles import Profile, profile
from segmentation.variables import Family, Role, Scale, Variable, VariableChoice
from segmentation.wording import words_in
from segmentation.wording.persona import channel_sentences, persona, place_sentences
from segmentation.wording.portrait import Topic, portrait
from tests.markets import open_market

EN = words_in("en")
SEGMENT = np.repeat([0, 1, 2], [60, 39, 1])
PEOPLE = pd.DataFrame(
    {
        "visits": 5.0 + 6 * SEGMENT,
        "age": np.where(SEGMENT == 0, np.nan, 40.0 + np.arange(100) % 3),
        "mood": np.where(SEGMENT == 0, "sunny", "cloudy"),
        "spend": [20.0, 20.0, 20.0, 21.0] * 25,
    }
)
REACHED = ChannelReach(0, "email", 60, 50, 45, 0.75, has_consent=True, has_contact=True)
OTHER = replace(REACHED, channel="post", consenting=9, reachable=6, share=0.1)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> tuple[Profile, tuple[Variable, ...]]:
    folder: Path = tmp_path_factory.mktemp("portrait")
    choices = {
        "visits": VariableChoice(Role.BASIS, Scale.METRIC, Family.BEHAVIOURAL),
        "age": VariableChoice(Role.DESCRIPTOR, Scale.METRIC, Family.DEMOGRAPHIC),
        "mood": VariableChoice(Role.DESCRIPTOR, Scale.NOMINAL, Family.PSYCHOGRAPHIC),
        "spend": VariableChoice(Role.OUTCOME, Scale.METRIC, Family.TRANSACTIONAL),
    }
    market = open_market(folder, PEOPLE, choices)
    labels = market.labelled([int(s) for s in SEGMENT])
    return profile(market.table, market.variables, labels, 3), market.variables


def test_each_part_is_told_with_its_numbers(
    described: tuple[Profile, tuple[Variable, ...]],
) -> None:
    whole, variables = described
    told = [s.text for s in portrait(whole, (OTHER, REACHED), variables, 0, EN)]
    assert told == [
        "60 customers, 60% of all: the largest of 3 segments.",
        "What sets them apart most: visits is 5 on average (7.46 overall).",
        "Who they are: mood is “sunny” for 100% (60% overall).",
        "In the outcomes: spend is 20.2 on average (20.2 overall).",
        "E-mail reaches the most of them: 75%, 45 with consent and a usable address.",
    ]


def test_one_customer_is_told_as_one(described: tuple[Profile, tuple[Variable, ...]]) -> None:
    whole, variables = described
    first = portrait(whole, (), variables, 2, EN)[0]
    assert first.text == "1 customer, 1.0% of all: the smallest of 3 segments."


def test_without_differences_outcomes_and_channels_three_sentences_are_left(
    described: tuple[Profile, tuple[Variable, ...]],
) -> None:
    whole, variables = described
    numbers = tuple(replace(f, z=0.1) for f in whole.numbers if f.variable != "spend")
    bare = replace(whole, numbers=numbers, levels=())
    told = portrait(bare, (), variables, 1, EN)
    assert [sentence.topic for sentence in told] == [Topic.SIZE, Topic.FORMED, Topic.WHO]
    assert all("close to the average" in sentence.text for sentence in told[1:])


def test_nobody_reached_is_said_as_such(described: tuple[Profile, tuple[Variable, ...]]) -> None:
    whole, variables = described
    nobody = replace(REACHED, reachable=0, share=0.0)
    last = portrait(whole, (nobody,), variables, 0, EN)[-1]
    assert last.text == "No channel reaches any of them with their consent."


def test_a_persona_sorts_what_is_known_by_the_kind_of_variable(
    described: tuple[Profile, tuple[Variable, ...]],
) -> None:
    whole, variables = described
    found = persona(whole, variables, 1, EN)
    by_topic = {topic: [s.variables[0] for s in found if s.topic is topic] for topic in Topic}
    assert by_topic[Topic.WHO] == ["mood"]
    assert by_topic[Topic.DOES] == ["visits"]
    assert by_topic[Topic.WORTH] == ["spend"]
    assert by_topic[Topic.WHERE] == []


def test_channels_and_places_come_with_their_shares() -> None:
    channels = [s.text for s in channel_sentences((OTHER, REACHED), 0, EN)]
    assert channels[0].startswith("E-mail: 75%, 45 ")
    assert channels[1].startswith("Post: 10%, 6 ")
    (only,) = place_sentences((None, Home(0, "Oslo", 0.5, 0.25)), EN)
    assert only.text == "Oslo: 50% of the customers there are in this segment, 25% overall."

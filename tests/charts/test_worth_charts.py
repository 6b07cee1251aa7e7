import pytest

from segmentation.charts import evaluation_plot, reach_funnel
from segmentation.criteria import ChannelReach, Place, Thresholds
from segmentation.wording import Words

EN = Words("en")


@pytest.mark.parametrize("dark", [False, True])
def test_the_funnel_narrows_from_members_to_valid_addresses(*, dark: bool) -> None:
    channels = [
        ChannelReach(0, "email", 100, 80, 50, 0.5, True, True, 5, 60),
        ChannelReach(0, "ads", 100, 90, 70, 0.7, True, True, 5, 80),
    ]
    drawn = reach_funnel(channels, Thresholds(), EN, dark=dark).to_dict()
    rows = next(iter(drawn["datasets"].values()))
    steps = [(r["members"], r["consent"], r["identifier"], r["valid"]) for r in rows]
    assert steps == [(100, 80, 60, 50), (100, 90, 80, 70)]
    assert [r["shown"] for r in rows] == ["50% (50)", "70% (70)"]
    assert [r["shown_matched"] for r in rows] == ["50", "35"]


def test_only_segments_that_are_rated_stand_in_the_evaluation_plot() -> None:
    places = [Place(0, 7.0, 3.0, {}), Place(1, None, 5.0, {}), Place(2, 4.0, None, {})]
    names = ["A", "B", "C"]
    drawn = evaluation_plot(places, [1.0, 0.5, 0.2], names, EN, dark=False).to_dict()
    rows = [row for data in drawn["datasets"].values() for row in data if "segment" in row]
    assert {row["segment"] for row in rows} == {"A"}
    assert rows[0]["attractiveness"] == 7.0

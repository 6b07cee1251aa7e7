import pytest

from segmentation.whereabouts import PlaceReading, places_in, places_out

READING = PlaceReading(
    names=(("country", "Land"), ("city", "Ort")), corrections=(("Springfield", "G:4409896"),)
)


def test_a_reading_comes_back_from_its_document() -> None:
    assert places_in(places_out(READING)) == READING
    assert places_in(places_out(None)) is None


@pytest.mark.parametrize(
    "document",
    [
        {"colour": "red"},
        {"coordinates": "lat"},
        {"coordinates": ["a", "b", "c"]},
        {"coordinates": ["a"], "address": "b"},
        {"names": {"planet": "x"}},
        {"names": {"city": 7}},
        {"address": "a", "swapped": "yes"},
        {"dates": ["x"]},
    ],
)
def test_a_slip_in_editing_is_refused(document: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError), match="places"):
        places_in(document)

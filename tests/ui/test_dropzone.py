import json
from dataclasses import asdict, replace
from html.parser import HTMLParser

import pytest

from pages.ui.dropzone import FAILURES, Texts, markup
from pages.ui.spool import REFUSALS, address, limit_bytes

HOSTILE = '"></section><script>alert(1)</script><img src=x onerror=alert(1)> 客户'

TEXTS = Texts(
    title="Large file",
    choose="Choose",
    prompt="or drop",
    limit="up to 4 GB",
    sending="Sending {name}",
    arrived="{name} has arrived",
    cancelled="Stopped",
    cancel="Stop",
    failures={code: f"Refused: {code}" for code in FAILURES},
)


class Elements(HTMLParser):
    """The elements of a piece of HTML with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def only(self, tag: str) -> dict[str, str | None]:
        (attributes,) = [given for name, given in self.found if name == tag]
        return attributes


def test_the_browser_is_told_where_to_send_what_to_say_and_how_much() -> None:
    setup = json.loads(Elements(markup("abc", TEXTS)).only("section")["data-setup"] or "")
    assert setup["address"] == address("abc")
    assert setup["limit"] == limit_bytes()
    assert setup["texts"] == asdict(TEXTS)


def test_the_input_has_its_label_and_offers_the_kinds_of_file() -> None:
    elements = Elements(markup("abc", TEXTS, ".csv,.xlsx"))
    assert elements.only("input")["id"] == elements.only("label")["for"]
    assert elements.only("input")["accept"] == ".csv,.xlsx"
    assert elements.only("section")["aria-label"] == elements.only("progress")["aria-label"]


def test_a_text_cannot_become_markup() -> None:
    plain = [tag for tag, _ in Elements(markup("abc", TEXTS)).found]
    hostile = replace(
        TEXTS,
        **{name: HOSTILE for name in asdict(TEXTS) if name != "failures"},
        failures=dict.fromkeys(FAILURES, HOSTILE),
    )
    elements = Elements(markup("abc", hostile))
    assert [tag for tag, _ in elements.found] == plain
    assert elements.only("section")["aria-label"] == HOSTILE


def test_a_rerun_draws_the_same_so_that_an_upload_goes_on() -> None:
    assert markup("abc", TEXTS, ".csv") == markup("abc", replace(TEXTS), ".csv")


def test_no_failure_is_left_without_a_word() -> None:
    assert set(REFUSALS) < FAILURES
    with pytest.raises(ValueError, match="busy"):
        replace(TEXTS, failures=dict.fromkeys(FAILURES - {"busy"}, ""))


def test_the_script_holds_nothing_that_the_sanitiser_takes_for_a_tag() -> None:
    script = markup("abc", TEXTS).partition("<script>")[2].partition("</script>")[0]
    assert "<" not in script

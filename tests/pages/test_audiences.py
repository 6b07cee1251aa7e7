"""Audience files on the Export page: counted before they are downloaded, and by consent."""

import io

import numpy as np
import openpyxl
import pandas as pd
import pytest

from pages.ui import compute, results_doors
from pages.ui.visits import VISITS
from segmentation.wording import words_in
from tests.pages.conftest import Visitor


def customers(n: int = 240) -> bytes:
    rng = np.random.default_rng(3)
    group = np.arange(n) % 2
    frame = pd.DataFrame(
        {
            "customer_id": np.arange(n),
            "email": [f"a{i}@example.com" if i % 10 else "no address" for i in range(n)],
            "phone": [f"1380013{i:04d}" for i in range(n)],
            "email_consent": np.where(np.arange(n) % 4 == 0, "no", "yes"),
            "sms_consent": "",
            "visits": rng.normal(5 + 20 * group, 1).round(2),
            "spend": rng.normal(50 + 200 * group, 5).round(2),
        }
    )
    return frame.to_csv(index=False).encode()


@pytest.fixture
def exporting(visitor: Visitor) -> Visitor:
    return visitor.open_file("kunden.csv", customers()).go("segments").go("export")


def test_an_audience_is_counted_before_it_is_downloaded(exporting: Visitor) -> None:
    assert "In the file" not in exporting.metrics()
    exporting.app.selectbox(key="audience_platform").set_value("mailchimp")
    exporting.run()
    found = exporting.metrics()
    # 60 did not agree; of the others those with a 10, 30, 50 … have no valid address.
    assert found["In the segments"] == "240"
    assert found["May be addressed"] == "180"
    assert found["Can be found"] == found["In the file"] == "168"
    assert "Did not agree: 60" in exporting.text()
    assert "addresses and names as they are" in exporting.text()
    keys = {button.key for button in exporting.app.get("download_button")}
    assert "download_mailchimp-audience.csv" in keys


def test_people_are_held_out_and_the_counts_say_so(exporting: Visitor) -> None:
    exporting.app.selectbox(key="audience_platform").set_value("google")
    exporting.run()
    exporting.app.checkbox(key="audience_holdout").check()
    exporting.run()
    found = exporting.metrics()
    assert int(found["Held out"]) + int(found["In the file"]) == int(found["Each person once"])
    assert "A lift that small needs" in exporting.text()
    assert "fewer than the 100 that the platform can address" in exporting.text()
    keys = {button.key for button in exporting.app.get("download_button")}
    assert {"download_google-audience.csv", "download_google-hold-out.csv"} <= keys


def test_nobody_is_in_a_file_without_consent_unless_the_user_says_so(exporting: Visitor) -> None:
    exporting.app.selectbox(key="audience_platform").set_value("tencent")
    exporting.run()
    assert exporting.metrics()["In the file"] == "0"
    assert "Consent not known: 240" in exporting.text()
    exporting.app.checkbox(key="audience_unknown").check()
    exporting.run()
    assert exporting.metrics()["In the file"] == "240"


def test_the_workbook_of_results_holds_what_the_pages_show(exporting: Visitor) -> None:
    visit = VISITS.find(exporting.app.session_state["visit"])
    assert visit is not None
    words = words_in("en")
    k = compute.shown_k(visit)
    made = results_doors.workbook(visit, compute.names(visit, k, words), k, words)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames[3:] == ["Scorecard", "Money", "Methods and data"]
    assert sum(book["Sizes"].cell(5 + s, 2).value for s in range(k)) == 240
    texts = {str(row[1].value) for row in book["Methods and data"].iter_rows()}
    assert "kunden.csv" in texts
    assert not list(visit.folder.glob("*results.xlsx"))

"""The generated samples: repeatable to the byte, nobody real, segments that can be found again."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from sample_data import leads, make, paths, travel, zh_retail
from sample_data.baskets import CATEGORIES
from sample_data.companies import FORMS as LEGAL_FORMS
from sample_data.contacts import CONSENT_ANSWERS, DOMAINS, N_HANDLES, email_addresses
from sample_data.draws import Draws
from sample_data.make import FOLDER, SAMPLES, Sample, main, planted_matrix, sample_files
from sample_data.paths import sample_path
from sample_data.people import planted_segments
from sample_data.places import CITIES, MAX_JITTER_DEG
from sample_data.retailer import BASIS, CUT_OFF, N_CUSTOMERS, SEGMENTS, SHARES
from sample_data.zh_places import DISTRICTS, FORMS

MAX_BYTES = 1_200_000
MAX_BYTES_NOT_COMMITTED = 8_000_000
README = (FOLDER / "README.md").read_text(encoding="utf-8")

N_ROWS = {
    "retailer": 6_000,
    "retailer_stores": 30,
    "retailer_orders": 87_647,
    "travel": 1_500,
    "leads": 2_000,
    "zh_retail": 3_000,
    "no_structure": 2_000,
    "reach": 720,
}

LEAD_NUMBERS = (
    *("website_visits_90d", "pages_per_visit", "content_downloads_12m", "webinars_attended_12m"),
    *("demo_requests_12m", "trial_logins_90d", "people_involved"),
)
LEAD_WORDS = ("crm", "cloud", "ecommerce_platform", "lead_source", "decision_role")
ZH_NUMBERS = (
    *("最近购买天数", "年消费金额", "年订单数", "客单价", "折扣占比"),
    *("到店次数", "小程序访问次数", "品类数", "满意度评分"),
)
HABITS = (
    *("orders_12m", "spend_12m", "days_since_order", "visits_per_month", "minutes_per_visit"),
    *("discount_share", "returns_share", "newsletter_opens_12m", "reviews_read_12m"),
    "satisfaction_score",
)

FICTIONAL_PHONE = re.compile(
    r"\+1\d{3}55501\d{2}"  # North America, 555-0100 to 555-0199
    r"|\+447700900\d{3}|\+442079460\d{3}|\+44(161|121|113)4960\d{3}"  # Ofcom
    r"|\+49(3023125|8999998|2214710|6990009)\d{3}"  # Bundesnetzagentur
    r"|\+3363998[024]\d{3}"  # Arcep
)


@pytest.fixture(scope="module")
def customers() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "retailer_customers.csv", dtype={"phone": "str"})


@pytest.fixture(scope="module")
def planted(customers: pd.DataFrame) -> pd.Series[str]:
    truth = pd.read_csv(FOLDER / "truth" / "retailer_segments.csv")
    joined = customers[["customer_id"]].merge(truth, on="customer_id", validate="1:1")
    assert len(joined) == len(customers)
    return joined["planted_segment"]


def prepared(frame: pd.DataFrame, basis: Sequence[str] = BASIS) -> NDArray[np.float64]:
    """Log where skewed, fence at three interquartile ranges, unit variance, mean where missing."""
    columns = []
    for name in basis:
        column = frame[name].to_numpy(dtype="float64", na_value=np.nan)
        if np.nanmean((column - np.nanmean(column)) ** 3) / np.nanstd(column) ** 3 > 1.5:
            column = np.log1p(column)
        low, high = np.nanquantile(column, [0.25, 0.75])
        column = np.clip(column, low - 3 * (high - low), high + 3 * (high - low))
        columns.append(np.nan_to_num((column - np.nanmean(column)) / np.nanstd(column), nan=0.0))
    return np.column_stack(columns)


def block(values: pd.Series[str]) -> NDArray[np.float64]:
    """Indicator columns of a nominal variable, scaled to a total variance of 1."""
    indicators = pd.get_dummies(values).to_numpy(dtype="float64")
    centred = indicators - indicators.mean(axis=0)
    return np.asarray(centred / np.sqrt(indicators.var(axis=0).sum()), dtype=np.float64)


def found(matrix: NDArray[np.float64], n_segments: int = 5) -> NDArray[np.int32]:
    labels: NDArray[np.int32] = KMeans(n_segments, n_init=5, random_state=0).fit_predict(matrix)
    return labels


@cache
def made(name: str) -> dict[str, bytes]:
    """Every sample is made once for all tests."""
    return sample_files(SAMPLES[name])


def table(name: str) -> pd.DataFrame:
    sample = SAMPLES[name]
    content = made(name)[sample.file]
    return pd.read_csv(io.BytesIO(content), encoding=sample.encoding, dtype={"手机号": "str"})


def truth(name: str, key: str) -> pd.DataFrame:
    """The planted truth in the order of the table."""
    sample = SAMPLES[name]
    assert sample.truth_file is not None
    planted = pd.read_csv(io.BytesIO(made(name)[sample.truth_file]))
    found_again = planted.set_index(planted.columns[0]).loc[table(name)[key]]
    assert len(found_again) == len(planted)
    return found_again.reset_index()


@pytest.mark.parametrize("name", SAMPLES)
def test_making_a_sample_again_gives_the_same_bytes(name: str) -> None:
    sample = SAMPLES[name]
    again = {} if sample.committed else sample_files(sample)
    for file, content in made(name).items():
        known = again.get(file) or (FOLDER / file).read_bytes()
        assert content == known, f"{file}: run make.py and commit the result"


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_files_are_small_and_plain(name: str) -> None:
    sample = SAMPLES[name]
    for file, content in made(name).items():
        assert len(content) < (MAX_BYTES if sample.committed else MAX_BYTES_NOT_COMMITTED)
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        encoding = sample.encoding if file == sample.file else "utf-8"
        assert content.decode(encoding).endswith("\n")


@pytest.mark.parametrize(("name", "n_rows"), N_ROWS.items())
def test_samples_have_the_size_the_readme_names(name: str, n_rows: int) -> None:
    assert len(table(name)) == n_rows
    assert f"| `{SAMPLES[name].file}` | {n_rows:,} |" in README


def test_every_sample_has_its_size_tested() -> None:
    assert set(N_ROWS) == set(SAMPLES)


def test_the_command_writes_every_sample_below_the_folder_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "sample_files", _named)
    assert main(["--out", str(tmp_path)]) == 0
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv")}
    expected = {name for sample in SAMPLES.values() for name in (sample.file, sample.truth_file)}
    assert written == expected - {None}


def test_the_command_leaves_large_samples_out_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "sample_files", _named)
    monkeypatch.setattr(make, "FOLDER", tmp_path)
    assert main([]) == 0
    written = {path.name for path in tmp_path.rglob("*.csv")}
    assert "travel_survey.csv" in written
    assert "retailer_orders.csv" not in written


def _named(sample: Sample) -> dict[str, bytes]:
    """Files of the right names without the work of making them."""
    return {name: b"a\n" for name in (sample.file, sample.truth_file) if name}


def test_the_path_of_a_committed_sample_is_its_place_in_the_folder() -> None:
    assert sample_path("zh_retail") == FOLDER / "zh_retail_gb18030.csv"
    with pytest.raises(KeyError):
        sample_path("of nobody")


def test_a_large_sample_is_written_once_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(paths, "sample_files", _named)
    path = sample_path("retailer_orders")
    assert path.is_relative_to(tmp_path)
    assert path.read_bytes() == b"a\n"
    path.write_bytes(b"kept\n")
    assert sample_path("retailer_orders").read_bytes() == b"kept\n"
    assert [file.name for file in path.parent.iterdir()] == ["retailer_orders.csv"]


def test_where_the_folder_is_read_only_a_sample_is_written_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    monkeypatch.setattr(paths, "CACHE", in_the_way)
    monkeypatch.setattr(paths, "sample_files", _named)
    path = sample_path("retailer_orders")
    assert path.read_bytes() == b"a\n"
    assert not path.is_relative_to(tmp_path)


def test_a_truth_without_a_file_for_it_is_refused() -> None:
    retailer = SAMPLES["retailer"]
    with pytest.raises(ValueError, match="together"):
        sample_files(Sample(retailer.build, retailer.file, truth_file=None))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_column_is_explained_in_the_readme(name: str) -> None:
    unexplained = [column for column in table(name).columns if f"| `{column}` |" not in README]
    assert not unexplained


def test_customers_are_distinct_and_their_order_tells_nothing(
    customers: pd.DataFrame, planted: pd.Series[str]
) -> None:
    assert len(customers) == N_CUSTOMERS
    assert customers["customer_id"].is_unique
    assert customers["customer_id"].str.fullmatch(r"C\d{5}").all()
    assert "planted_segment" not in customers.columns
    segment = planted.map(SEGMENTS.index)
    for order in (pd.Series(range(N_CUSTOMERS)), customers["customer_id"].str[1:].astype("int64")):
        assert abs(np.corrcoef(order, segment)[0, 1]) < 0.04


def test_planted_segments_have_the_sizes_they_were_given(planted: pd.Series[str]) -> None:
    shares = planted.value_counts(normalize=True)
    assert list(shares.index) == list(SEGMENTS)
    assert shares.to_numpy() == pytest.approx(SHARES, abs=0.001)


def test_contacts_reach_nobody(customers: pd.DataFrame) -> None:
    domains = "|".join(domain.replace(".", r"\.") for domain in DOMAINS)
    emails = customers["email"].dropna().str.strip().str.lower()
    assert emails.str.fullmatch(rf"[a-z]+(@|@@|\.| at )({domains})").all()
    valid = emails.str.fullmatch(rf"[a-z]+@({domains})")
    assert 0.97 < valid.mean() < 0.995
    assert emails.is_unique
    phones = customers["phone"].dropna().str.replace(" ", "").str.replace("-", "")
    readable = phones.str.replace(r"^00", "+", regex=True).str.fullmatch(FICTIONAL_PHONE.pattern)
    assert 0.97 < readable.mean() < 0.995
    assert phones[readable].is_unique
    damaged = phones[~readable]
    assert damaged.str.fullmatch(r"\+\d{6}|\+\d+\?\?|notgiven").all()


def test_consents_hold_only_the_known_answers(customers: pd.DataFrame) -> None:
    for column in ("email_consent", "sms_consent", "post_consent"):
        answers = customers[column].fillna("")
        assert set(answers) == set(CONSENT_ANSWERS)
        assert 0.02 < answers.isin(["unknown", ""]).mean() < 0.06


def test_customers_live_near_the_city_they_name(customers: pd.DataFrame) -> None:
    centre = {place.name: place for place in CITIES}
    placed = customers.dropna(subset=["latitude"])
    assert (customers["latitude"].isna() == customers["longitude"].isna()).all()
    assert 0.01 < 1 - len(placed) / len(customers) < 0.05
    assert set(customers["city"]) == set(centre)
    assert (placed["country"] == placed["city"].map(lambda name: centre[name].country)).all()
    latitude = placed["city"].map(lambda name: centre[name].latitude)
    longitude = placed["city"].map(lambda name: centre[name].longitude)
    north = placed["latitude"] - latitude
    east = (placed["longitude"] - longitude) * np.cos(np.radians(placed["latitude"]))
    assert np.hypot(north, east).max() < MAX_JITTER_DEG + 0.001
    assert np.hypot(north, east).median() > 0.05


def test_numbers_stay_in_the_range_their_name_promises(customers: pd.DataFrame) -> None:
    ranges = {
        "age": (18, 92),
        "household_size": (1, 8),
        "birth_month": (1, 12),
        "avg_discount_share": (0, 1),
        "online_share": (0, 1),
        "returns_share": (0, 1),
        "price_sensitivity": (1, 7),
        "brand_affinity": (1, 7),
        "orders_12m": (0, 365),
        "latitude": (-90, 90),
        "longitude": (-180, 180),
    }
    for column, (low, high) in ranges.items():
        assert customers[column].dropna().between(low, high).all(), column
    signup = pd.to_datetime(customers["signup_date"], format="%Y-%m-%d").dt.date
    assert signup.max() < CUT_OFF
    assert signup.min() > date(2016, 1, 1)


def test_columns_agree_with_each_other(customers: pd.DataFrame) -> None:
    assert ((customers["orders_12m"] == 0) == (customers["spend_12m"] == 0)).all()
    churned = customers["churned_next_quarter"] == "yes"
    assert (customers.loc[churned, "spend_next_quarter"] == 0).all()
    assert churned[customers["status"] == "closed"].all()
    assert (customers.loc[customers["preferred_channel"] == "app", "app_user"] == "yes").all()


def test_spend_is_skewed_and_has_a_few_extreme_buyers(customers: pd.DataFrame) -> None:
    spend = customers["spend_12m"].to_numpy(dtype="float64")
    assert np.mean((spend - spend.mean()) ** 3) / spend.std() ** 3 > 5
    assert spend.min() == 0
    assert spend.max() > 30 * spend.mean()
    low, high = np.quantile(np.log1p(spend[spend > 0]), [0.25, 0.75])
    far_above = np.log1p(spend) > high + 1.2 * (high - low)
    assert 0.001 < far_above.mean() < 0.01


def test_blank_cells_are_few_where_segments_are_formed(customers: pd.DataFrame) -> None:
    missing = customers[list(BASIS)].isna().mean()
    assert missing.max() < 0.05
    assert (missing > 0).sum() >= 3


def test_outcomes_and_places_depend_on_the_segment(
    customers: pd.DataFrame, planted: pd.Series[str]
) -> None:
    churn = (customers["churned_next_quarter"] == "yes").groupby(planted).mean()
    assert churn["Fading first-timers"] > 0.5
    assert churn["Loyal households"] < 0.1
    assert 0.2 < churn["Window shoppers"] < 0.4
    spend = customers["spend_next_quarter"].groupby(planted).mean()
    assert spend["City connoisseurs"] > 1.5 * spend["Loyal households"]
    two_cities = customers["city"].isin(["London", "Paris"]).groupby(planted).mean()
    assert two_cities["City connoisseurs"] > 0.6
    assert two_cities.drop("City connoisseurs").max() < 0.2


@pytest.mark.parametrize("column", ["birth_month", "acquisition_source", "gender"])
def test_noise_columns_tell_nothing_about_the_segment(
    customers: pd.DataFrame, planted: pd.Series[str], column: str
) -> None:
    counts = pd.crosstab(planted, customers[column]).to_numpy()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    chi2 = ((counts - expected) ** 2 / expected).sum()
    cramers_v = np.sqrt(chi2 / counts.sum() / (min(counts.shape) - 1))
    assert cramers_v < 0.05


def test_planted_segments_are_found_again_but_not_perfectly(
    customers: pd.DataFrame, planted: pd.Series[str]
) -> None:
    matrix = prepared(customers)
    labels = found(matrix)
    assert 0.92 <= adjusted_rand_score(planted, labels) <= 0.97
    silhouette = silhouette_score(matrix, labels, sample_size=2_000, random_state=0)
    assert 0.2 < silhouette < 0.4


@pytest.mark.parametrize("column", ["preferred_channel", "app_user"])
def test_a_nominal_variable_beside_the_basis_does_not_hide_the_segments(
    customers: pd.DataFrame, planted: pd.Series[str], column: str
) -> None:
    matrix = np.column_stack([prepared(customers), block(customers[column])])
    assert adjusted_rand_score(planted, found(matrix)) >= 0.9


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    return table("retailer_orders")


@pytest.fixture(scope="module")
def store_customers(customers: pd.DataFrame) -> pd.DataFrame:
    return customers.set_index("customer_id")


def test_order_lines_agree_exactly_with_the_customer_table(
    lines: pd.DataFrame, store_customers: pd.DataFrame
) -> None:
    last_year = lines[lines["order_date"] >= "2025-10-01"]
    orders = last_year.groupby("customer_id")["order_id"].nunique()
    assert (
        orders.reindex(store_customers.index, fill_value=0) == store_customers["orders_12m"]
    ).all()
    cents = (last_year["line_amount_eur"] * 100).round().astype("int64")
    spend = cents.groupby(last_year["customer_id"]).sum()
    known = (store_customers["spend_12m"] * 100).round().astype("int64")
    assert (spend.reindex(store_customers.index, fill_value=0) == known).all()


def test_order_lines_add_up(lines: pd.DataFrame) -> None:
    def cents(column: str) -> pd.Series[int]:
        return (lines[column] * 100).round().astype("int64")

    assert (cents("unit_price_eur") == cents("list_price_eur") - cents("discount_eur")).all()
    assert (cents("line_amount_eur") == lines["quantity"] * cents("unit_price_eur")).all()
    assert (lines["unit_price_eur"] > 0).all()
    assert (lines["discount_eur"] >= 0).all()
    assert ((lines["status"] == "returned") == (lines["quantity"] < 0)).all()


def test_a_return_follows_its_purchase_and_cancels_it(lines: pd.DataFrame) -> None:
    back = lines["quantity"] < 0
    assert 0.05 < back.mean() < 0.12
    key = ["order_id", "line_number"]
    pairs = lines[back].merge(lines[~back], on=key, validate="1:1", suffixes=("", "_bought"))
    assert len(pairs) == back.sum()
    assert (pairs["quantity"] == -pairs["quantity_bought"]).all()
    assert (pairs["order_date"] >= pairs["order_date_bought"]).all()
    for column in ("customer_id", "category", "unit_price_eur", "store_id"):
        pd.testing.assert_series_equal(
            pairs[column], pairs[f"{column}_bought"], check_names=False, obj=column
        )


def test_orders_fit_their_customer(lines: pd.DataFrame, store_customers: pd.DataFrame) -> None:
    customer = store_customers.loc[lines["customer_id"]].reset_index()
    assert lines["order_date"].between("2024-10-01", "2026-09-30").all()
    assert lines["order_date"].is_monotonic_increasing
    assert (lines["order_date"].to_numpy() >= customer["signup_date"].to_numpy()).all()
    assert (customer.loc[lines["channel"] == "app", "app_user"] == "yes").all()
    assert set(lines["category"]) == set(CATEGORIES)
    n_categories = lines.groupby("customer_id")["category"].nunique()
    assert (n_categories <= store_customers["category_count"].loc[n_categories.index]).all()
    assert (lines.groupby("order_id")["customer_id"].nunique() == 1).all()


def test_shares_of_the_customer_table_show_in_the_order_lines(
    lines: pd.DataFrame, store_customers: pd.DataFrame
) -> None:
    bought = lines[lines["quantity"] > 0]
    by_customer = bought["customer_id"]
    online = (bought["channel"] != "store").groupby(by_customer).mean()
    off = (bought["discount_eur"] * bought["quantity"]).groupby(by_customer).sum()
    listed = (bought["list_price_eur"] * bought["quantity"]).groupby(by_customer).sum()
    assert online.corr(store_customers["online_share"]) > 0.65
    assert (off / listed).corr(store_customers["avg_discount_share"]) > 0.8
    assert abs((off / listed - store_customers["avg_discount_share"]).mean()) < 0.01


def test_orders_in_a_store_are_placed_where_there_is_one(
    lines: pd.DataFrame, store_customers: pd.DataFrame
) -> None:
    stores = table("retailer_stores").set_index("store_id")
    assert (lines["store_id"].isna() == (lines["channel"] != "store")).all()
    placed = lines.dropna(subset=["store_id"])
    store = stores.loc[placed["store_id"]]
    assert (placed["order_date"].to_numpy() >= store["in_order_log_since"].to_numpy()).all()
    home = store_customers["city"].loc[placed["customer_id"]].to_numpy()
    assert 0.9 < (store["city"].to_numpy() == home).mean() < 0.98


def test_stores_stand_near_the_centre_of_their_city() -> None:
    stores = table("retailer_stores")
    centre = {place.name: place for place in CITIES}
    assert set(stores["city"]) == set(centre)
    assert stores["store_name"].is_unique
    north = stores["latitude"] - stores["city"].map(lambda name: centre[name].latitude)
    east = stores["longitude"] - stores["city"].map(lambda name: centre[name].longitude)
    east = east * np.cos(np.radians(stores["latitude"]))
    assert np.hypot(north, east).max() < 0.05
    assert pd.to_datetime(stores["opened_date"]).max() < pd.Timestamp("2024-10-01")


PLANTED = {
    "travel": ("respondent_id", travel.SEGMENTS, travel.SHARES),
    "leads": ("account_id", leads.SEGMENTS, leads.SHARES),
    "zh_retail": ("会员编号", zh_retail.SEGMENTS, zh_retail.SHARES),
}


@pytest.mark.parametrize("name", PLANTED)
def test_truth_stands_apart_and_the_order_tells_nothing(name: str) -> None:
    key, segments, shares = PLANTED[name]
    frame, planted = table(name), truth(name, key)["planted_segment"]
    assert frame[key].is_unique
    assert not any("planted" in column for column in frame.columns)
    counted = planted.value_counts(normalize=True)
    assert list(counted.index) == list(segments)
    assert counted.to_numpy() == pytest.approx(shares, abs=0.001)
    segment = planted.map(segments.index)
    for order in (pd.Series(range(len(frame))), frame[key].str[1:].astype("int64")):
        assert abs(np.corrcoef(order, segment)[0, 1]) < 0.06


def test_motive_segments_are_found_again_as_far_as_answers_allow() -> None:
    answers = (table("travel")[list(travel.MOTIVES)] == "yes").to_numpy(dtype="float64")
    planted = truth("travel", "respondent_id")["planted_segment"]
    assert 0.65 <= adjusted_rand_score(planted, found(answers)) <= 0.85


def test_a_segment_says_yes_to_everything() -> None:
    frame = table("travel")
    yes = (frame[list(travel.MOTIVES)] == "yes").mean(axis=1)
    by_segment = yes.groupby(truth("travel", "respondent_id")["planted_segment"]).mean()
    assert by_segment["Yes to everything"] > 0.8
    assert by_segment.drop("Yes to everything").max() < 0.5


def test_survey_weights_are_about_one_and_nothing_else_is_missing_much() -> None:
    frame = table("travel")
    assert frame["survey_weight"].mean() == pytest.approx(1, abs=0.05)
    assert frame["survey_weight"].between(0.2, 4).all()
    missing = frame.isna().mean()
    assert missing[list(travel.MOTIVES)].between(0, 0.02).all()
    assert 0 < missing.max() < 0.1


def test_lead_segments_are_found_again() -> None:
    frame = table("leads")
    blocks = [block(frame[column].fillna("unknown")) for column in LEAD_WORDS]
    matrix = np.column_stack([prepared(frame, LEAD_NUMBERS), *blocks])
    planted = truth("leads", "account_id")["planted_segment"]
    assert 0.88 <= adjusted_rand_score(planted, found(matrix, 4)) <= 0.98


def test_fit_and_engagement_are_two_things_and_both_win() -> None:
    planted = truth("leads", "account_id")
    won = (table("leads")["won_outcome"] == "yes").to_numpy()
    assert won.sum() >= 200
    fit, engagement = planted["planted_fit"], planted["planted_engagement"]
    assert 0.3 < fit.corr(engagement) < 0.85
    both, one = won[(fit > 65) & (engagement > 60)], won[(fit > 65) & (engagement < 40)]
    other = won[(fit < 50) & (engagement > 60)]
    assert both.mean() > 2 * one.mean()
    assert other.sum() <= 0.1 * both.sum()


def test_lead_numbers_hold_placeholders_but_can_still_be_read() -> None:
    sample = SAMPLES["leads"]
    content = io.BytesIO(made("leads")[sample.file])
    typed = pd.read_csv(content, dtype="str", keep_default_na=False)
    for column in ("employees", "annual_revenue_eur"):
        cells = typed[column]
        assert {"", "n/a", "-", "unknown", "0000"} <= set(cells)
        assert cells.str.contains(r"^\d{1,3}[,.]\d{3}", regex=True).any()
        filled = cells[~cells.isin(["", "n/a", "-"])]
        assert filled.str.fullmatch(r"\d+(\.\d+)?").mean() > 0.98
        assert (filled == "0000").mean() < 0.02


def test_companies_and_their_mailboxes_do_not_exist() -> None:
    frame = table("leads")
    forms = "|".join(re.escape(form) for form in set(LEGAL_FORMS.values()))
    assert frame["company_name"].is_unique
    assert frame["company_name"].str.fullmatch(rf"[A-Z][a-z]{{5}} [A-Z][a-z]+ ({forms})").all()
    mailbox = frame["contact_email"].replace(["-", "unknown"], np.nan).dropna()
    assert mailbox.str.fullmatch(r"(office|team|projects|purchasing|board)@[a-z]{6}\.example").all()
    assert 0.88 < len(mailbox) / len(frame) < 0.95


def test_the_chinese_table_is_gb18030_and_not_utf8() -> None:
    content = made("zh_retail")[SAMPLES["zh_retail"].file]
    assert "会员编号" in content.decode("gb18030").splitlines()[0]
    for encoding in ("utf-8", "gbk"):
        with pytest.raises(UnicodeDecodeError):
            content.decode(encoding)


def test_chinese_members_are_found_again() -> None:
    planted = truth("zh_retail", "会员编号")["planted_segment"]
    labels = found(prepared(table("zh_retail"), ZH_NUMBERS), 4)
    assert 0.88 <= adjusted_rand_score(planted, labels) <= 0.97


def test_chinese_bands_and_contacts_are_what_they_say() -> None:
    frame = table("zh_retail")
    age = pd.cut(
        frame["年龄"], [17, 25, 35, 45, 55, 120], labels=[*zh_retail.AGE_BANDS, "56岁及以上"]
    )
    known = frame["年龄"].notna()
    assert (age[known].astype("str") == frame.loc[known, "年龄段"]).all()
    assert set(frame["月收入档"].dropna()) == set(zh_retail.INCOME_BANDS)
    phones = frame["手机号"].replace("无", np.nan).dropna()
    assert phones.str.fullmatch(r"1200000\d{4}").all()
    assert phones.is_unique
    for column in ("微信授权", "短信授权"):
        assert set(frame[column].dropna()) == {"是", "否", "未知"}


def test_chinese_addresses_name_the_planted_place_in_many_ways() -> None:
    address = table("zh_retail")["省市地址"].fillna("")
    planted = truth("zh_retail", "会员编号")
    assert set(planted["address_form"]) == set(FORMS)
    full = planted["address_form"] == "complete"
    province = planted["province"].where(planted["province"] != planted["city"], "")
    written = zip(address, province + planted["city"] + planted["district"], strict=True)
    starts = pd.Series([text.startswith(place) for text, place in written])
    assert starts[full].all()
    alone = planted[planted["address_form"] == "district only"]["district"]
    unclear = {place.district for place in DISTRICTS if not place.unique}
    assert not set(alone) & unclear
    assert (address[planted["address_form"] == "blank"] == "").all()


def test_district_names_found_twice_are_marked() -> None:
    names = [place.district for place in DISTRICTS]
    twice = {name for name in names if names.count(name) > 1}
    assert twice
    assert twice <= {place.district for place in DISTRICTS if not place.unique}


def test_one_population_has_no_segments_to_find() -> None:
    matrix = prepared(table("no_structure"), HABITS)
    rng = np.random.default_rng(0)
    gaussian = rng.multivariate_normal(np.zeros(len(HABITS)), np.cov(matrix.T), len(matrix))
    for n_segments in (2, 3, 4, 5):
        real, none = (
            KMeans(n_segments, n_init=5, random_state=0).fit(values).inertia_ / values.var()
            for values in (matrix, gaussian)
        )
        # Segments would leave much less within them than data of the same covariance.
        assert real / none > 0.98


def test_one_population_hangs_together() -> None:
    correlations = np.corrcoef(prepared(table("no_structure"), HABITS).T)
    strongest = np.abs(correlations - np.eye(len(HABITS))).max(axis=1)
    assert strongest.min() > 0.2
    assert strongest.max() < 0.95


def test_a_planted_matrix_has_an_obvious_answer() -> None:
    for n_segments in (1, 2, 5, 9):
        matrix, segment = planted_matrix(300, n_segments, seed=3)
        assert matrix.shape == (300, 4)
        sizes = np.bincount(segment)
        assert len(sizes) == n_segments
        assert sizes.max() - sizes.min() <= 1
        labels = KMeans(n_segments, n_init=20, random_state=0).fit_predict(matrix)
        assert adjusted_rand_score(segment, labels) > 0.98


def test_a_planted_matrix_depends_on_its_seed_alone() -> None:
    first, again, other = (planted_matrix(50, 3, seed=seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_new_stream_leaves_the_others_as_they_were() -> None:
    alone = Draws(seed=5, n_rows=20).uniform("age")
    draws = Draws(seed=5, n_rows=20)
    draws.uniform("income")
    assert np.array_equal(draws.uniform("age"), alone)
    assert not np.array_equal(draws.uniform("income"), alone)


def test_draws_follow_the_distribution_they_are_named_after() -> None:
    draws = Draws(seed=5, n_rows=20_000)
    normal = draws.normal("height")
    assert normal.mean() == pytest.approx(0, abs=0.03)
    assert normal.std() == pytest.approx(1, abs=0.03)
    picked = np.bincount(draws.pick("option", np.array([1.0, 0.0, 3.0])), minlength=3) / 20_000
    assert picked == pytest.approx([0.25, 0.0, 0.75], abs=0.02)
    assert draws.flag("often", 0.9).mean() == pytest.approx(0.9, abs=0.01)
    assert sorted(draws.order("rows")) == list(range(20_000))


def test_every_customer_number_has_an_address_of_its_own() -> None:
    addresses = email_addresses(Draws(seed=1, n_rows=N_HANDLES), np.arange(N_HANDLES))
    assert len({address.split("@")[0] for address in addresses}) == N_HANDLES


def test_segment_sizes_are_the_shares_whatever_the_seed() -> None:
    for seed in range(3):
        segment = planted_segments(Draws(seed, n_rows=100), (0.5, 0.3, 0.2))
        assert np.bincount(segment).tolist() == [50, 30, 20]

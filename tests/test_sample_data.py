"""The generated samples: repeatable to the byte, nobody real, segments that can be found again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from sample_data.contacts import CONSENT_ANSWERS, DOMAINS, N_HANDLES, email_addresses
from sample_data.draws import Draws
from sample_data.make import FOLDER, SAMPLES, Sample, main, planted_matrix, sample_files
from sample_data.people import planted_segments
from sample_data.places import CITIES, MAX_JITTER_DEG
from sample_data.retailer import BASIS, CUT_OFF, N_CUSTOMERS, SEGMENTS, SHARES

MAX_BYTES = 1_200_000

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


def prepared(frame: pd.DataFrame) -> NDArray[np.float64]:
    """Log where skewed, fence at three interquartile ranges, unit variance, mean where missing."""
    columns = []
    for name in BASIS:
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


def found(matrix: NDArray[np.float64]) -> NDArray[np.int32]:
    labels: NDArray[np.int32] = KMeans(5, n_init=5, random_state=0).fit_predict(matrix)
    return labels


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_making_a_sample_again_gives_the_committed_bytes(sample: Sample) -> None:
    for name, content in sample_files(sample).items():
        assert content == (FOLDER / name).read_bytes(), f"{name}: run make.py and commit the result"


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_sample_files_are_small_utf8_with_plain_line_ends(sample: Sample) -> None:
    for name in filter(None, (sample.file, sample.truth_file)):
        content = (FOLDER / name).read_bytes()
        assert len(content) < MAX_BYTES
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.decode("utf-8").endswith("\n")


def test_the_command_writes_every_sample_below_the_folder_it_is_given(tmp_path: Path) -> None:
    assert main(["--out", str(tmp_path)]) == 0
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv")}
    expected = {name for sample in SAMPLES.values() for name in (sample.file, sample.truth_file)}
    assert written == expected - {None}


def test_a_truth_without_a_file_for_it_is_refused() -> None:
    retailer = SAMPLES["retailer"]
    with pytest.raises(ValueError, match="together"):
        sample_files(Sample(retailer.build, retailer.file, truth_file=None))


def test_every_column_is_explained_in_the_readme(customers: pd.DataFrame) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    unexplained = [name for name in customers.columns if f"| `{name}` |" not in readme]
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

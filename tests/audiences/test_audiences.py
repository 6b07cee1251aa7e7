import csv
from dataclasses import replace
from pathlib import Path

import pytest

from segmentation.audiences import (
    PLATFORMS,
    Audience,
    AudiencePlan,
    Part,
    build,
    planned,
    repeated,
    smallest_audience,
    suggested_columns,
    suggested_consents,
    write_audience,
    write_held_out,
)
from segmentation.audiences.holdout import seen_lift
from segmentation.audiences.identifiers import digest
from segmentation.audiences.platforms import Hashing
from segmentation.criteria import Thresholds
from segmentation.errors import BadHoldOut, NoIdentifier, UnknownPlatform
from segmentation.sizing import control_size
from tests.markets import LABELS, Market, open_market

NAMES = ("City folk", "=1+1")
HEADER = "customer_id,first_name,last_name,email,phone,country,zip,email_consent,sms_consent,spend"
ROWS = [
    "1,=Ana,O'Neill,Ana@Example.com,,Germany,10115,yes,no,5",
    "2,Bo,Li,bo@example.com,13800138000,China,100000,yes,yes,6",
    "3,Cy,Da,cy@example.com,,China,,no,no,7",
    "4,Di,Ek,,138 0013 8001,China,,no,yes,8",
    "5,Ed,Fu,not an address,,,,yes,,9",
    "6,Fi,Gu,,,,,yes,no,4",
    "7,=Ana,O'Neill,ana@example.com,,Germany,10115,yes,no,3",
    "8,Hu,Ib,hu@example.com,,,,,,2",
    "9,Io,Ju,io@example.com,,,,yes,no,1",
]
SEGMENTS = [0, 0, 0, 1, 1, 1, 1, 0, None]


@pytest.fixture
def market(tmp_path: Path) -> Market:
    return open_market(tmp_path, "\n".join([HEADER, *ROWS, ""]), id_name="customer_id")


def plan_for(market: Market, code: str) -> AudiencePlan:
    to = PLATFORMS[code]
    columns = suggested_columns(to, market.variables)
    return AudiencePlan(code, columns, suggested_consents(to, market.variables), region="CN")


def built(market: Market, code: str, **changed: object) -> Audience:
    plan = replace(plan_for(market, code), **changed)  # type: ignore[arg-type]
    return build(market.table, market.labelled(SEGMENTS), plan, seed=7)


def written(audience: Audience, share: float = 0.0) -> list[list[str]]:
    path = write_audience(audience, NAMES, audience.table.session.folder / "a.csv", share=share)
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def sha(text: str) -> str:
    return digest(text, Hashing.SHA256)


def test_columns_and_consents_suggest_themselves(market: Market) -> None:
    plan = plan_for(market, "google")
    assert plan.columns == {
        Part.EMAIL: "email",
        Part.PHONE: "phone",
        Part.FIRST: "first_name",
        Part.LAST: "last_name",
        Part.COUNTRY: "country",
        Part.POSTCODE: "zip",
    }
    assert plan.consents == {Part.EMAIL: "email_consent", Part.PHONE: "sms_consent"}


def test_every_member_falls_out_once_or_is_in_the_file(market: Market) -> None:
    found = built(market, "google")
    told = (found.members, found.refused, found.unknown, found.without, found.invalid)
    assert told == (8, 1, 1, 1, 1)
    assert (found.doubled, found.people) == (1, 3)
    assert found.consenting - found.without - found.invalid - found.doubled == found.people
    assert found.valid == 4


def test_unknown_consent_counts_as_given_when_the_user_says_so(market: Market) -> None:
    found = built(market, "google", unknown_consent=True)
    assert (found.refused, found.unknown, found.people) == (1, 0, 4)


def test_without_a_column_of_consent_nobody_may_be_addressed(market: Market) -> None:
    found = built(market, "google", consents={})
    assert (found.unknown, found.people) == (8, 0)
    assert written(found) == [["Email", "Phone", "First Name", "Last Name", "Country", "Zip"]]


def test_an_identifier_without_its_own_consent_stays_out(market: Market) -> None:
    rows = written(built(market, "google"))[1:]
    by_email = {row[0]: row for row in rows}
    assert by_email[sha("bo@example.com")][1] == sha("+8613800138000")
    assert by_email[""][1] == sha("+8613800138001")  # who agreed to messages alone


def test_google_gets_hashed_names_and_a_plain_country_and_zip(market: Market) -> None:
    found = next(row for row in written(built(market, "google")) if row[4] == "DE")
    assert found == [sha("ana@example.com"), "", sha("ana"), sha("oneill"), "DE", "10115"]


def test_google_gets_no_half_addresses(market: Market) -> None:
    columns = plan_for(market, "google").columns
    without = {part: name for part, name in columns.items() if part is not Part.POSTCODE}
    assert written(built(market, "google", columns=without))[0] == ["Email", "Phone"]


def test_meta_gets_everything_hashed_and_numbers_without_a_plus(market: Market) -> None:
    rows = written(built(market, "meta"))
    assert rows[0] == ["email", "phone", "fn", "ln", "country", "zip"]
    found = next(row for row in rows if row[0] == sha("bo@example.com"))
    assert found[1:] == [sha("8613800138000"), sha("bo"), sha("li"), sha("cn"), sha("100000")]


def test_tencent_gets_one_hash_a_line_and_no_header(market: Market) -> None:
    found = sorted(row[0] for row in written(built(market, "tencent")))
    assert found == sorted(digest(f"1380013800{i}", Hashing.MD5) for i in (0, 1))


def test_an_upload_file_is_left_as_it_is_whatever_a_spreadsheet_would_run(market: Market) -> None:
    rows = written(built(market, "klaviyo"))
    assert rows[0][:2] == ["Email", "Phone Number"]
    found = {row[0]: row for row in rows[1:]}
    assert found["ana@example.com"][2] == "=Ana"
    assert found["bo@example.com"][1] == "+8613800138000"
    assert found[""][-1] == "=1+1"


def test_only_the_chosen_segments_are_in_the_file(market: Market) -> None:
    found = built(market, "mailchimp", segments=(1,))
    assert (found.members, found.people) == (4, 1)
    assert written(found)[1][0] == "ana@example.com"


def test_a_file_does_not_depend_on_the_order_of_the_rows(market: Market, tmp_path: Path) -> None:
    turned = open_market(tmp_path, "\n".join([HEADER, *ROWS[::-1], ""]), id_name="customer_id")
    labels = turned.labelled(SEGMENTS[::-1])
    other = build(turned.table, labels, plan_for(turned, "klaviyo"), seed=7)
    assert written(other, 0.4) == written(built(market, "klaviyo"), 0.4)


def test_a_platform_that_finds_nobody_by_the_columns_is_refused(market: Market) -> None:
    with pytest.raises(NoIdentifier):
        built(market, "tencent", columns={})
    with pytest.raises(UnknownPlatform):
        build(market.table, "x", AudiencePlan("nowhere"), seed=7)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Market:
    lines = [f"{i},a{i}@example.com,yes,{i % 5}" for i in range(3000)]
    text = "\n".join(["customer_id,email,email_consent,spend", *lines, ""])
    market = open_market(tmp_path_factory.mktemp("many"), text, id_name="customer_id")
    market.labelled([i % 2 for i in range(3000)])
    return market


@pytest.fixture
def many(large: Market) -> Audience:
    return build(large.table, LABELS, plan_for(large, "mailchimp"), seed=7)


def test_as_many_are_held_out_as_the_lift_needs(many: Audience) -> None:
    found = planned(many, base=0.2, lift=0.06)
    assert found.needed == 698
    assert found.needed <= found.held <= found.needed + 5
    assert found.suffices
    assert found.share == round(found.share, 4)
    folder = many.table.session.folder
    kept = written(many, found.share)
    held = write_held_out(many, NAMES, folder / "h.csv", share=found.share).read_text().splitlines()
    assert len(held) - 1 == found.held
    assert len(kept) - 1 == many.people - found.held
    assert not {row[0] for row in kept[1:]} & {line.split(",")[0] for line in held[1:]}


def test_a_customer_stays_held_out_in_every_file(many: Audience) -> None:
    share = planned(many, base=0.2, lift=0.06).share
    kept = {row[0] for row in written(many, share)[1:]}
    alone = build(many.table, LABELS, replace(many.plan, segments=(1,)), seed=7)
    assert repeated(alone, share, 0.2).share == share
    assert {row[0] for row in written(alone, share)[1:]} <= kept
    other = build(many.table, LABELS, many.plan, seed=8)
    assert {row[0] for row in written(other, share)[1:]} != kept


def test_at_most_half_is_held_out_and_the_lift_that_is_seen_is_told(many: Audience) -> None:
    found = planned(many, base=0.02, lift=0.001)
    assert not found.suffices
    assert found.share <= 0.5
    assert found.held == pytest.approx(1500, abs=60)
    assert control_size(0.02, found.lift) == pytest.approx(found.held)
    assert seen_lift(0, 0.02) == float("inf")


@pytest.mark.parametrize(("base", "lift"), [(0.0, 0.1), (1.0, 0.1), (0.1, 0.0), (0.1, 1.0)])
def test_rates_that_cannot_be_are_refused(many: Audience, base: float, lift: float) -> None:
    with pytest.raises(BadHoldOut):
        planned(many, base=base, lift=lift)


def test_a_share_above_one_half_is_refused(many: Audience) -> None:
    with pytest.raises(BadHoldOut):
        repeated(many, 0.6, 0.1)


def test_the_smallest_audience_is_a_threshold_of_the_checks() -> None:
    known = {code: smallest_audience(to, Thresholds()) for code, to in PLATFORMS.items()}
    assert {code: n for code, n in known.items() if n} == {
        "google": 100,
        "meta": 100,
        "tiktok": 1000,
    }
    own = Thresholds.of({"minimum-google": 250})
    assert smallest_audience(PLATFORMS["google"], own) == 250


def test_an_earlier_audience_does_not_stay_behind(many: Audience) -> None:
    session = many.table.session
    build(many.table, LABELS, replace(many.plan, segments=(0,)), seed=7)
    assert not session.has(many.name)
    assert len([name for name in session.tables() if "audience_" in name]) == 1

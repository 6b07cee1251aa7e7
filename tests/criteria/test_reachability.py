from pathlib import Path

import pandas as pd
import pytest

from sample_data.paths import sample_path
from segmentation.criteria import ChannelReach, Reach, ReachRules, reach, reachable
from segmentation.criteria.measurability import filled_shares
from segmentation.variables import Role, Scale, VariableChoice
from tests.markets import basis, open_market

PEOPLE = pd.DataFrame(
    {
        "e-mail address": [
            "ana@example.org",
            "bo@example",
            " cy.d+news@mail.example.co.uk ",
            "",
            "not an address",
            "f@g.de",
            "eva@example.org",
            "x@y.z1",
        ],
        "may we write": ["yes", "yes", "yes", "yes", "yes", "no", "", "yes"],
        "mobile": [
            "+49 151 (2345) 67-89",
            "0151.23456789",
            "12345",
            "12345678901234567",
            "call me",
            "",
            "+12025550199",
            "02025550199",
        ],
        "text ok": [1, 1, 1, 1, 1, 1, 0, 1],
        "street": ["A 1", " ", "B 2", "", "C 3", "D 4", "E 5", "F 6"],
        "letters": ["ja", "Ja", " JA ", "nein", "vielleicht", "", "是", "1"],
    }
)
SEGMENTS = [0, 0, 0, 0, 0, 1, 1, 1]


def part(role: Role, channel: str) -> VariableChoice:
    return VariableChoice(role=role, detail=channel)


CHANNELS = {
    "e-mail address": part(Role.CONTACT, "email"),
    "may we write": part(Role.CONSENT, "email"),
    "mobile": part(Role.CONTACT, "sms"),
    "text ok": part(Role.CONSENT, "sms"),
    "street": part(Role.CONTACT, "post"),
    "letters": part(Role.CONSENT, "post"),
}


def reached(
    folder: Path,
    roles: dict[str, VariableChoice],
    k: int = 2,
    rules: ReachRules | None = None,
) -> dict[tuple[str, int], ChannelReach]:
    market = open_market(folder, PEOPLE, roles, rest=Role.IGNORE)
    found = reach(market.table, market.variables, market.labelled(SEGMENTS), k, rules)
    return {(r.channel, r.segment): r for r in found.channels}


def test_members_consents_and_usable_addresses_are_counted_by_channel(tmp_path: Path) -> None:
    found = reached(tmp_path, CHANNELS, rules=ReachRules(region="DE"))
    counted = {
        key: (r.members, r.consenting, r.reachable) for key, r in found.items() if key[0] != "ads"
    }
    assert counted == {
        ("email", 0): (5, 5, 2),
        ("email", 1): (3, 1, 0),
        ("sms", 0): (5, 5, 2),
        ("sms", 1): (3, 2, 1),
        ("post", 0): (5, 3, 2),
        ("post", 1): (3, 2, 2),
    }
    assert found["email", 0].share == pytest.approx(2 / 5)


def test_unknown_consent_counts_as_none(tmp_path: Path) -> None:
    only_contact = {"e-mail address": CHANNELS["e-mail address"]}
    found = reached(tmp_path, only_contact)["email", 0]
    assert (found.consenting, found.reachable, found.share) == (0, 0, 0)
    assert (found.has_consent, found.has_contact) == (False, True)


def test_of_numbers_only_one_is_a_yes(tmp_path: Path) -> None:
    frame = pd.DataFrame({"post ok": [0, 1, 2, 1, None], "n": range(5)})
    market = open_market(tmp_path, frame, {"post ok": part(Role.CONSENT, "post")}, rest=Role.IGNORE)
    (found,) = reach(market.table, market.variables, market.labelled([0] * 5), 1).channels
    assert (found.members, found.consenting) == (5, 2)


def test_consent_without_an_address_column_reaches_whoever_agreed(tmp_path: Path) -> None:
    found = reached(tmp_path, {"may we write": CHANNELS["may we write"]})["email", 0]
    assert (found.consenting, found.reachable) == (5, 5)
    assert (found.has_consent, found.has_contact) == (True, False)


def test_a_file_without_channels_reaches_nobody_knows_whom(tmp_path: Path) -> None:
    assert reached(tmp_path, {}) == {}


def test_a_segment_without_members_is_reached_by_nothing(tmp_path: Path) -> None:
    found = reached(tmp_path, CHANNELS, k=3)["email", 2]
    assert (found.members, found.reachable, found.share) == (0, 0, 0)


def test_a_number_without_a_country_code_needs_a_country(tmp_path: Path) -> None:
    bare = reached(tmp_path, CHANNELS)["sms", 0]
    german = reached(tmp_path, CHANNELS, rules=ReachRules(region="DE"))["sms", 0]
    assert (bare.reachable, german.reachable) == (1, 2)
    assert bare.identified == german.identified == 5


def test_unknown_consent_is_counted_apart_and_counts_as_given_only_by_decision(
    tmp_path: Path,
) -> None:
    plain = reached(tmp_path, CHANNELS)["email", 1]
    decided = reached(tmp_path, CHANNELS, rules=ReachRules(unknown_consent=True))["email", 1]
    assert (plain.unknown, plain.consenting, plain.reachable) == (1, 1, 0)
    assert (decided.unknown, decided.consenting, decided.reachable) == (1, 2, 1)


def test_advertising_takes_any_address_whose_own_channel_was_agreed_to(tmp_path: Path) -> None:
    found = reached(tmp_path, CHANNELS, rules=ReachRules(region="DE"))
    assert [found["ads", s].reachable for s in (0, 1)] == [3, 1]


def counted(found: Reach) -> dict[str, list[int]]:
    counts: dict[str, list[int]] = {}
    for channel in found.channels:
        counts.setdefault(channel.channel, []).append(channel.reachable)
    return counts


def test_planted_contacts_of_six_countries_are_counted_exactly(tmp_path: Path) -> None:
    people = pd.read_csv(sample_path("reach"), dtype=str, keep_default_na=False)
    truth = pd.read_csv(sample_path("reach").parent / "truth" / "reach_contacts.csv")
    market = open_market(tmp_path, sample_path("reach").read_text(encoding="utf-8"))
    labels, k = market.labelled(truth["segment"].tolist()), 3
    for rules, agreeing in (
        (ReachRules(), ["yes"]),
        (ReachRules(unknown_consent=True), ["yes", "unknown", ""]),
    ):
        found = reach(market.table, market.variables, labels, k, rules)
        email = people["email_consent"].isin(agreeing) & truth["email_valid"]
        sms = people["sms_consent"].isin(agreeing) & truth["phone_valid"]
        planted = {
            "email": email,
            "sms": sms,
            "ads": email | sms,
        }
        expected = {
            name: [int(flags[truth["segment"] == s].sum()) for s in range(k)]
            for name, flags in planted.items()
        }
        assert counted(found) == expected
        for overlap in found.overlaps:
            own = truth["segment"] == overlap.segment
            assert overlap.anyhow == int((email | sms)[own].sum())
            assert dict(overlap.only) == {
                "email": int((email & ~sms)[own].sum()),
                "sms": int((sms & ~email)[own].sum()),
            }


@pytest.mark.parametrize("rules", [ReachRules(), ReachRules(unknown_consent=True, region="DE")])
def test_customers_are_marked_whom_any_direct_channel_reaches(
    tmp_path: Path, rules: ReachRules
) -> None:
    market = open_market(tmp_path, PEOPLE, CHANNELS, rest=Role.IGNORE)
    table, variables = market.table, market.variables
    counted_once = reach(table, variables, market.labelled(SEGMENTS), 2, rules).overlaps
    rows = table.everyone()
    marks = table.session.arrow(rows.select(mark=reachable(table, variables, rules)(rows)))["mark"]
    assert len(marks) == len(SEGMENTS)
    found = marks.to_pylist()
    assert set(found) <= {1, None}
    assert found.count(1) == sum(overlap.anyhow for overlap in counted_once) > 0


def test_members_are_measurable_where_every_basis_variable_is_filled(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "a": [1, 2, None, 4, 5, 6],
            "b": ["x", None, None, "y", "x", "y"],
            "other": [None, None, None, None, None, 1],
            "heaviness": [1, 1, 2, 1, 1, 0],
        }
    )
    roles = {"a": basis(), "b": basis(Scale.NOMINAL), "heaviness": Role.WEIGHT}
    market = open_market(tmp_path, frame, roles, rest=Role.IGNORE)
    labels = market.labelled([0, 0, 0, 1, 1, 2])
    assert filled_shares(market.table, market.variables, labels, 4) == pytest.approx(
        (1 / 4, 1, 0, 0)
    )

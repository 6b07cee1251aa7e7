"""Chinese addresses, against the planted truth of the sample among others."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.gazetteer.divisions import divisions, lineage, parse_address

SAMPLE = Path(__file__).parents[2] / "sample_data"
HAN = st.text("北京市朝阳区广东省深圳南山路号长安吉林镇 1a", max_size=20)


def found(address: str) -> tuple[str, ...]:
    """Province, city and district of an address; blank where it does not say one."""
    parsed = parse_address(address)
    if len(parsed.codes) != 1:
        return ("", "", "")
    return tuple(part.name if part else "" for part in lineage(parsed.codes[0]))


def test_the_sample_s_addresses_are_parsed_as_they_were_planted() -> None:
    with (SAMPLE / "truth" / "zh_retail_segments.csv").open(encoding="utf-8-sig") as file:
        truth = {row["member_id"]: row for row in csv.DictReader(file)}
    with (SAMPLE / "zh_retail_gb18030.csv").open(encoding="gb18030") as file:
        written = {row["会员编号"]: row["省市地址"] for row in csv.DictReader(file)}
    right: dict[str, list[bool]] = {}
    for member, address in written.items():
        row = truth[member]
        said = [row["province"], row["city"], row["district"]]
        if row["address_form"] == "city only":
            said[2] = ""  # the address does not say it
        if row["address_form"] == "blank":
            said = ["", "", ""]
        right.setdefault(row["address_form"], []).append(found(address) == tuple(said))
    assert len(right) == 10
    assert sum(map(sum, right.values())) >= 0.99 * len(written)
    assert all(sum(hits) >= 0.95 * len(hits) for hits in right.values())


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("粤深圳南山区科技园9号", ("广东省", "深圳市", "南山区")),
        ("收货地址：中国 广东省 深圳市 南山区", ("广东省", "深圳市", "南山区")),
        ("青岛市南区香港路", ("山东省", "青岛市", "市南区")),
        ("东莞市长安镇", ("广东省", "东莞市", "")),
        ("内蒙古呼和浩特", ("内蒙古自治区", "呼和浩特市", "")),
        ("湖北仙桃市", ("湖北省", "仙桃市", "仙桃市")),
        ("上海浦东", ("上海市", "上海市", "浦东新区")),
        ("北京市", ("北京市", "北京市", "")),
        ("杭州市临平区", ("浙江省", "杭州市", "临平区")),
        ("吉林", ("吉林省", "", "")),
    ],
)
def test_addresses_are_parsed_as_far_down_as_they_go(
    address: str, expected: tuple[str, ...]
) -> None:
    assert found(address) == expected


def test_a_road_called_like_a_city_is_no_city() -> None:
    assert parse_address("南京路12号").codes == ()


def test_a_name_of_several_places_is_left_open_within_what_they_share() -> None:
    parsed = parse_address("江苏省鼓楼区学府路")
    assert {lineage(code)[1].name for code in parsed.codes} == {"南京市", "徐州市"}  # type: ignore[union-attr] # both have a city
    assert parsed.common == 320000
    assert parsed.said == "江苏省鼓楼区"
    assert parse_address("朝阳区").common is None


@given(HAN)
def test_whatever_is_typed_gives_known_divisions_or_none(text: str) -> None:
    assert set(parse_address(text).codes) <= divisions().keys()

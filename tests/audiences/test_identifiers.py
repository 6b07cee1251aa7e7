import duckdb
import pytest

from segmentation.audiences.identifiers import (
    digest,
    hashed,
    normal_device,
    normal_email,
    normal_phone,
    normaliser,
    shaped,
)
from segmentation.audiences.platforms import PLATFORMS, Hashing, Part, Shape

SHA, MD5 = Hashing.SHA256, Hashing.MD5
# Printed by TikTok (first two) and Tencent (IDFA, IMEI, MAC); the others made with two tools.
VECTORS = [
    (
        "janedoe@gmail.com",
        SHA,
        "d6117306485ed0e50afab3ac871e98f81699151f30281527d63ff5f233656c69",
    ),
    (
        "5f3a2b18-9c4d-4e7f-b8e2-17d3a1e69b25",
        SHA,
        "83dc3f5f32b9472613b0f038d36f22585a609d018af6f6067f50da318bf354bd",
    ),
    ("+16577770000", SHA, "a6e82c2f4091baff57a4f33d01efb65bfbeacbbfbcfaa9d0ff9f57d28d78fedb"),
    ("test@example.com", SHA, "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"),
    ("+8613800138000", SHA, "ec61f3c620a98bdead8c1f1f0ae747abd1b62a0c2dba4fd4bc22cf0d1d8653e5"),
    ("FF1999CD-7177-4937-A474-74937A102630", MD5, "2c010ed96aef2fc34983e1e7e9176b7e"),
    ("a000002c9060f7", MD5, "f2d5a650733ca8c27d502b1c08da14e5"),
    ("020000000000", MD5, "e3f5536a141811db40efd6400f1d0a4e"),
    ("13800138000", MD5, "7945bd83237335e5376ff44d62e4f0ae"),
]


@pytest.mark.parametrize(("text", "hashing", "expected"), VECTORS)
def test_hashes_are_those_that_the_platforms_print(
    text: str, hashing: Hashing, expected: str
) -> None:
    assert digest(text, hashing) == expected
    cell = hashed(f"'{text}'", hashing)
    assert duckdb.sql(" ".join(["SELECT", cell])).fetchone() == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Test@Example.com ", "test@example.com"),
        ("test @ example.com", "test@example.com"),
        ("ana+news@example.org", "ana+news@example.org"),
        ("j.doe@gmail.com", "j.doe@gmail.com"),
        ("用户@例子.广告", "用户@例子.广告"),
        ("test@example", ""),
        ("a..b@example.com", ""),
        ("@example.com", ""),
        ("=cmd|' /C calc'!A0", ""),
        ("x" * 65 + "@example.com", ""),
    ],
)
def test_an_address_has_one_way_of_writing_or_none(text: str, expected: str) -> None:
    assert normal_email(text) == expected


def test_dots_are_left_out_where_googles_interface_asks_for_it() -> None:
    assert normal_email("J.Doe@googlemail.com", without_dots=True) == "jdoe@googlemail.com"
    assert normal_email("j.doe@example.com", without_dots=True) == "j.doe@example.com"


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("138 0013 8000", "CN", "+8613800138000"),
        ("0086 138-0013-8000", "", "+8613800138000"),
        ("＋8613800138000", "", "+8613800138000"),
        ("(657) 777-0000", "US", "+16577770000"),
        ("13800138000", "", ""),
        ("13800138000", "US", ""),
        ("+999 123", "CN", ""),
    ],
)
def test_a_number_is_written_in_e164_or_left_out(text: str, region: str, expected: str) -> None:
    assert normal_phone(text, region) == expected


@pytest.mark.parametrize(
    ("text", "shape", "expected"),
    [
        ("ff1999cd-7177-4937-a474-74937a102630", Shape.CAPITALS, VECTORS[5][0]),
        ("A000002C9060F7", Shape.SMALL, "a000002c9060f7"),
        ("02:00:00:00:00:0a", Shape.MAC, "02000000000A"),
        ("00000000-0000-0000-0000-000000000000", Shape.CAPITALS, ""),
        ("unknown", Shape.SMALL, ""),
    ],
)
def test_a_device_is_written_as_its_platform_asks(text: str, shape: Shape, expected: str) -> None:
    assert normal_device(text, shape) == expected


def test_tencent_takes_numbers_of_mainland_china_alone() -> None:
    write = normaliser(Part.PHONE, PLATFORMS["tencent"].columns[0].shape)
    assert write("13800138000", "CN") == "+8613800138000"
    assert write("+16577770000", "CN") == ""


@pytest.mark.parametrize(
    ("text", "shape", "expected"),
    [
        ("+8613800138000", Shape.CHINESE, "13800138000"),
        ("+8613800138000", Shape.DIGITS, "8613800138000"),
        (" Mary-Ann  O'Neill. ", Shape.NAME, "maryann oneill"),
        ("ZOË", Shape.NAME, "zoë"),
        ("...", Shape.NAME, None),
        ("WC2H 8LG", Shape.SMALL, "wc2h8lg"),
    ],
)
def test_values_take_the_shape_that_is_hashed(text: str, shape: Shape, expected: str) -> None:
    cell = "'" + text.replace("'", "''") + "'"
    assert duckdb.sql(" ".join(["SELECT", shaped(cell, shape)])).fetchone() == (expected,)

"""The provinces, cities and districts of China, and addresses parsed to them.

Enters: an address as people type it. Leaves: the division that it names, as far down as it goes.
Refuses to choose between two places of one name: both are returned.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from segmentation.gazetteer.tables import columns_of

_NATIONS = (
    *("蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族"),
    *("朝鲜族", "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族", "哈萨克族"),
    *("傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族", "水族", "东乡族"),
    *("纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族"),
    *("撒拉族", "毛南族", "仡佬族", "锡伯族", "普米族", "塔吉克族", "怒族", "鄂温克族"),
    *("裕固族", "保安族", "独龙族", "鄂伦春族", "蒙古", "哈萨克", "柯尔克孜", "塔吉克"),
    *("锡伯", "各族", "维吾尔"),
)
_ENDINGS = (
    *("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县"),
    *("自治旗", "地区", "林区", "新区", "省", "市", "区", "县", "盟", "旗"),
)
_SIGNS = dict(
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新滇黔港澳台",
        (
            *(11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43),
            *(44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 53, 52, 81, 82, 71),
        ),
        strict=True,
    )
)
_MORE_NAMES = {"内蒙": 150000, "新疆建设兵团": 650000}
_LEFT_OUT = re.compile(r"[\W_]+")
# What follows the name of a road, a village or a shop that is called like a city elsewhere.
_A_ROAD = "路街道巷弄号桥镇乡村站店里园湾苑庄楼厦寺"
_ENDING_LETTERS = "省市区县"
_MUNICIPALITIES = (11, 12, 31, 50, 81, 82)
_LEAST = 2
_READ_UP_TO = 40


@dataclass(frozen=True, slots=True)
class Division:
    """A province, city or district of China.

    Attributes
    ----------
    code : int
        Six digits of GB/T 2260: two of the province, two of the city, two of the district.
    name : str
    latitude, longitude : float
        Degrees.
    """

    code: int
    name: str
    latitude: float
    longitude: float

    @property
    def level(self) -> str:
        """``region`` for a province, ``city`` or ``district``."""
        if self.code % 10_000 == 0:
            return "region"
        return "city" if self.code % 100 == 0 else "district"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What an address says.

    Attributes
    ----------
    codes : tuple of int
        The division; several where the name is that of several places; none where no division is
        named.
    said : str
        The names that were found in it, without street and number.
    common : int or None
        Of several, the division that all of them lie in.
    """

    codes: tuple[int, ...]
    said: str
    common: int | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a text."""

    start: int
    end: int
    codes: tuple[int, ...]
    full: bool


@dataclass(frozen=True, slots=True)
class _Chain:
    """Names in a text, each of a division inside of the one before."""

    code: int
    end: int
    start: int
    score: int
    said: tuple[tuple[int, int], ...]


def bare(name: str) -> str:
    """Return a name without the words for what it is, unless too little is left.

    Examples
    --------
    >>> bare("浦东新区"), bare("延边朝鲜族自治州"), bare("东区")
    ('浦东', '延边', '东区')
    """
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= _LEAST:
            name = name.removesuffix(ending)
            break
    shorter = True
    while shorter:
        nation = next(
            (n for n in _NATIONS if name.endswith(n) and len(name) - len(n) >= _LEAST), ""
        )
        name, shorter = name.removesuffix(nation), bool(nation)
    return name


@cache
def divisions() -> Mapping[int, Division]:
    """Return all divisions by code."""
    table = columns_of("divisions")
    rows = zip(*(table[c] for c in ("code", "name", "latitude", "longitude")), strict=True)
    return {code: Division(code, name, lat, lon) for code, name, lat, lon in rows}


@cache
def _aliases() -> Mapping[str, tuple[tuple[int, ...], bool]]:
    """Return by name which divisions have it, and whether it is their name in full."""
    full: defaultdict[str, list[int]] = defaultdict(list)
    short: defaultdict[str, list[int]] = defaultdict(list)
    for code, division in divisions().items():
        full[division.name].append(code)
        if (alias := bare(division.name)) != division.name:
            short[alias].append(code)
    for alias, code in _MORE_NAMES.items():
        short[alias].append(code)
    names = {name: (tuple(codes), False) for name, codes in short.items()}
    return names | {name: (tuple(codes), True) for name, codes in full.items()}


@cache
def _longest() -> int:
    return max(map(len, _aliases()))


def lineage(code: int) -> tuple[Division | None, Division | None, Division | None]:
    """Return the province, city and district of a division; a municipality is its own city."""
    known = divisions()
    province = known.get(code // 10_000 * 10_000)
    city = known.get(code // 100 * 100) if code % 10_000 else None
    district = known.get(code) if code % 100 else None
    if city is None:
        # A municipality is its own city; elsewhere it is a county that no city is above.
        city = province if code // 10_000 in _MUNICIPALITIES else district
    return province, city, district


def parse_address(text: str) -> Parsed:
    """Find the division that an address names.

    Parameters
    ----------
    text : str
        With or without levels, suffixes, blanks and other words around.

    Returns
    -------
    Parsed

    Examples
    --------
    >>> [divisions()[code].name for code in parse_address("粤深圳市南山区科技大道9号").codes]
    ['南山区']
    >>> len(parse_address("朝阳区人民路1号").codes)
    2
    """
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text))[:_READ_UP_TO]
    chains = list(_chains(plain, list(_names_in(plain))))
    if not chains:
        return Parsed((), "")
    best = max(chain.score for chain in chains)
    among = [chain for chain in chains if chain.score == best]
    codes = tuple(dict.fromkeys(chain.code for chain in among))
    said = "".join(plain[start:end] for start, end in among[0].said)
    above = next((c for c in codes if all(o == c or _inside(o, c) for o in codes)), None)
    if above is not None:
        return Parsed((above,), said)
    return Parsed(codes, said, _common(codes))


def _names_in(text: str) -> Iterator[_Found]:
    """Yield the names that begin at each letter, unless they are those of a road."""
    names = _aliases()
    if text and text[0] in _SIGNS:
        yield _Found(0, 1, (_SIGNS[text[0]] * 10_000,), False)
    for start in range(len(text)):
        for end in range(min(len(text), start + _longest()), start + _LEAST - 1, -1):
            if (known := names.get(text[start:end])) is None:
                continue
            codes, full = known
            if not full and text[end : end + 1] and text[end] in _A_ROAD:
                continue
            yield _Found(start, end, codes, full)
            if not full and text[end : end + 1] and text[end] in _ENDING_LETTERS:
                yield _Found(start, end + 1, codes, full)


def _chains(text: str, found: Sequence[_Found]) -> Iterator[_Chain]:
    """Yield every chain of names, the parts of longer ones included."""
    open_chains: list[_Chain] = []
    for name in found:
        length = name.end - name.start
        worth = 3 * length + (2 if name.full else 0)
        new = [
            _Chain(
                code,
                name.end,
                name.start,
                worth - min(name.start, 6) + (code % 10_000 == 0),
                ((name.start, name.end),),
            )
            for code in name.codes
            if length > 1 or name.start == 0
        ]
        for chain in open_chains:
            gap = name.start - chain.end
            if gap < 0:
                continue
            score, said = chain.score + worth - 2 * gap, (*chain.said, (name.start, name.end))
            new += [
                _Chain(code, name.end, chain.start, score, said)
                for code in name.codes
                if _inside(code, chain.code) or _same_place(code, chain.code)
            ]
        open_chains += new
    for chain in open_chains:
        if not _is_weak(chain, text):
            yield chain


def _is_weak(chain: _Chain, text: str) -> bool:
    """A single sign says nothing; nor does the short name of a district in the midst of a text."""
    start, end = chain.said[0]
    if len(chain.said) > 1:
        return False
    if end - start == 1:
        return len(text) > 1
    district = chain.code % 100 != 0
    return district and start > 0 and text[end - 1] not in "市区县旗"


def _inside(code: int, outer: int) -> bool:
    if outer % 10_000 == 0:
        return code // 10_000 == outer // 10_000 and code != outer
    return outer % 100 == 0 and code // 100 == outer // 100 and code != outer


def _same_place(code: int, outer: int) -> bool:
    """A municipality may be written twice: as province and as city."""
    return code == outer and code % 10_000 == 0 and code // 10_000 in _MUNICIPALITIES


def _common(codes: Sequence[int]) -> int | None:
    for size in (100, 10_000):
        outer = {code // size * size for code in codes}
        if len(outer) == 1 and (common := outer.pop()) in divisions():
            return common
    return None

"""Countries and first-level regions by their names and codes.

Enters: a name as written. Leaves: the codes of what it may mean. Refuses to choose among regions of
one name in several countries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from segmentation.gazetteer.places import Level, Place
from segmentation.gazetteer.spelling import key_of
from segmentation.gazetteer.tables import columns_of

_COUNTRIES_SAID: Mapping[str, str] = {
    "US": "usa us unitedstatesofamerica america unitedstates",
    "GB": "uk greatbritain britain england scotland wales northernireland",
    "KR": "southkorea korea republicofkorea",
    "KP": "northkorea",
    "RU": "russia russianfederation",
    "CZ": "czechrepublic",
    "NL": "holland thenetherlands",
    "AE": "uae emirates",
    "CI": "ivorycoast",
    "CN": "prc mainlandchina chinamainland peoplesrepublicofchina 中华人民共和国",
    "HK": "hongkong",
    "MO": "macau macao",
    "VN": "vietnam",
    "TR": "turkey",
    "MK": "macedonia",
    "SZ": "swaziland",
    "MM": "burma",
    "CD": "drc",
    "IR": "iran",
    "TW": "taiwan",
}
# Codes that people write for regions, where GeoNames has others.
_REGIONS_SAID: Mapping[str, str] = {
    "CA.01": "ab",
    "CA.02": "bc",
    "CA.03": "mb",
    "CA.04": "nb",
    "CA.05": "nl",
    "CA.07": "ns",
    "CA.08": "on",
    "CA.09": "pe pei",
    "CA.10": "qc quebec",
    "CA.11": "sk",
    "CA.12": "yt",
    "CA.13": "nt",
    "CA.14": "nu",
    "AU.01": "act",
    "AU.02": "nsw",
    "AU.03": "nt",
    "AU.04": "qld",
    "AU.05": "sa",
    "AU.06": "tas",
    "AU.07": "vic",
    "AU.08": "wa",
    "US.DC": "washingtondc",
    "DE.02": "bayern",
    "DE.05": "hessen",
    "DE.06": "niedersachsen",
    "DE.07": "nrw nordrheinwestfalen",
    "DE.08": "rheinlandpfalz",
    "DE.13": "sachsen",
    "DE.14": "sachsenanhalt",
    "DE.15": "thueringen thuringen",
}


@cache
def countries() -> Mapping[str, Place]:
    """Return all countries by their code of two letters."""
    table = columns_of("countries")
    rows = zip(*(table[c] for c in ("code", "name", "latitude", "longitude")), strict=True)
    return {
        c: Place(f"C:{c}", n, Level.COUNTRY, round(lat, 3), round(lon, 3), country=c)
        for c, n, lat, lon in rows
    }


@cache
def _country_keys() -> Mapping[str, str]:
    table = columns_of("countries")
    found = {k: code for code, keys in zip(table["code"], table["keys"], strict=True) for k in keys}
    said = {k: code for code, keys in _COUNTRIES_SAID.items() for k in keys.split()}
    return found | said


def country_name(code: str, *, chinese: bool = False) -> str:
    """Return the name of a country, by its code of two letters; the code where it is unknown."""
    return _country_names(chinese).get(code, code)


@cache
def _country_names(chinese: bool) -> Mapping[str, str]:
    table = columns_of("countries")
    return dict(zip(table["code"], table["chinese" if chinese else "name"], strict=True))


@cache
def regions() -> Mapping[str, Place]:
    """Return all first-level regions by code, such as ``US.CA``."""
    table = columns_of("regions")
    rows = zip(*(table[c] for c in ("code", "name", "latitude", "longitude")), strict=True)
    return {
        c: Place(f"R:{c}", n, Level.REGION, round(lat, 3), round(lon, 3), country=c[:2], region=n)
        for c, n, lat, lon in rows
    }


@cache
def _region_keys() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, place in regions().items():
        found[key_of(place.name)].append(code)
        if code.startswith("US."):
            found[code[3:].lower()].append(code)
    for code, keys in _REGIONS_SAID.items():
        for key in keys.split():
            found[key].append(code)
    return {key: tuple(codes) for key, codes in found.items()}


def country_of(name: str) -> str | None:
    """Return the code of a country by one of its names or codes, None where it is unknown.

    Examples
    --------
    >>> country_of("U.S.A."), country_of("德国"), country_of("Deutschland"), country_of("Oz")
    ('US', 'DE', 'DE', None)
    """
    return _country_keys().get(key_of(name))


def regions_of(name: str, country: str | None = None) -> tuple[str, ...]:
    """Return the codes of the regions of a name, within a country where one is known.

    Examples
    --------
    >>> regions_of("ca"), regions_of("Victoria", "AU")
    (('US.CA',), ('AU.07',))
    """
    found = _region_keys().get(key_of(name), ())
    return tuple(code for code in found if country is None or code.startswith(f"{country}."))

"""Addresses in China as customers type them: from complete to a single district.

What enters: the index of a place for every customer, and random draws. What leaves: the address as
text, and how it was written. It refuses to know segments. The list is short and our own: some forty
districts of large cities, a few of whose names are found in more than one city.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.draws import Draws, IntArray


@dataclass(frozen=True, slots=True)
class District:
    """A district, the city it belongs to and the province above it.

    Parameters
    ----------
    province, city, district : str
        Names in full; a municipality is its own province.
    short : str
        What people write for the province: without its suffix, or its one-character sign.
    size : float
        How many customers live here, relative to the other districts.
    unique : bool
        Whether the name of the district alone tells where it is.
    """

    province: str
    city: str
    district: str
    short: str
    size: float
    unique: bool = True


DISTRICTS: tuple[District, ...] = (
    District("北京市", "北京市", "朝阳区", "京", 5, unique=False),
    District("北京市", "北京市", "海淀区", "京", 5),
    District("北京市", "北京市", "丰台区", "京", 3),
    District("上海市", "上海市", "浦东新区", "沪", 6),
    District("上海市", "上海市", "徐汇区", "沪", 4),
    District("上海市", "上海市", "闵行区", "沪", 4),
    District("天津市", "天津市", "和平区", "津", 2, unique=False),
    District("重庆市", "重庆市", "渝中区", "渝", 3),
    District("重庆市", "重庆市", "沙坪坝区", "渝", 2),
    District("广东省", "广州市", "天河区", "粤", 5),
    District("广东省", "广州市", "越秀区", "粤", 3),
    District("广东省", "深圳市", "南山区", "粤", 5, unique=False),
    District("广东省", "深圳市", "龙岗区", "粤", 4),
    District("广东省", "佛山市", "顺德区", "粤", 3),
    District("浙江省", "杭州市", "西湖区", "浙", 4, unique=False),
    District("浙江省", "杭州市", "余杭区", "浙", 4),
    District("浙江省", "宁波市", "鄞州区", "浙", 3),
    District("江苏省", "南京市", "鼓楼区", "苏", 3, unique=False),
    District("江苏省", "苏州市", "姑苏区", "苏", 3),
    District("江苏省", "无锡市", "滨湖区", "苏", 2),
    District("四川省", "成都市", "武侯区", "川", 4),
    District("四川省", "成都市", "锦江区", "川", 3),
    District("湖北省", "武汉市", "武昌区", "鄂", 3),
    District("湖北省", "武汉市", "洪山区", "鄂", 3),
    District("湖南省", "长沙市", "岳麓区", "湘", 3),
    District("陕西省", "西安市", "雁塔区", "陕", 3),
    District("陕西省", "西安市", "长安区", "陕", 2, unique=False),
    District("山东省", "青岛市", "市南区", "鲁", 2),
    District("山东省", "济南市", "历下区", "鲁", 2),
    District("福建省", "福州市", "鼓楼区", "闽", 2, unique=False),
    District("福建省", "厦门市", "思明区", "闽", 2),
    District("辽宁省", "沈阳市", "和平区", "辽", 2, unique=False),
    District("辽宁省", "大连市", "沙河口区", "辽", 2),
    District("吉林省", "长春市", "朝阳区", "吉", 1, unique=False),
    District("河南省", "郑州市", "金水区", "豫", 3),
    District("安徽省", "合肥市", "蜀山区", "皖", 2),
    District("河北省", "石家庄市", "长安区", "冀", 2, unique=False),
    District("云南省", "昆明市", "五华区", "云南", 2),
    District("广西壮族自治区", "南宁市", "青秀区", "广西", 1),
    District("内蒙古自治区", "呼和浩特市", "赛罕区", "内蒙", 1),
)

STREETS: tuple[str, ...] = (
    *("人民路", "解放路", "建设路", "中山路", "新华街", "和平街", "长江路", "花园路"),
    *("幸福里", "学府路", "科技大道", "湖滨路", "朝阳街", "东风路", "石㘭路", "育才巷"),
)
"""Names that nearly every city has; some of them look like a city or a district elsewhere."""

FORMS: dict[str, float] = {
    "complete": 0.34,
    "no province": 0.18,
    "no suffixes": 0.12,
    "spaces": 0.09,
    "no city": 0.05,
    "short province": 0.07,
    "noise": 0.06,
    "district only": 0.05,
    "city only": 0.02,
    "blank": 0.02,
}
"""How addresses are written, and the share of customers who write them so."""

_NOISE: tuple[str, ...] = (
    "收货地址：{}",
    "{}（放门卫处）",
    "中国{}",
    "寄到{}，先打电话",
    "{} 周末送",
)


def addresses(draws: Draws, place: IntArray) -> tuple[list[str], list[str]]:
    """Addresses as people write them.

    Parameters
    ----------
    draws : Draws
        Streams ``form``, ``street``, ``house`` and ``noise`` are used.
    place : IntArray
        Index into `DISTRICTS`, of shape (n_rows,).

    Returns
    -------
    tuple of list of str
        The address and its form, one of `FORMS`, for each row.
    """
    forms = list(FORMS)
    form = [forms[index] for index in draws.pick("form", np.array(list(FORMS.values()))).tolist()]
    street = draws.pick("street", np.ones(len(STREETS))).tolist()
    house = (draws.pick("house", np.ones(180)) + 1).tolist()
    noise = draws.pick("noise", np.ones(len(_NOISE))).tolist()
    written = []
    for row, index in enumerate(place.tolist()):
        where = DISTRICTS[index]
        if form[row] == "district only" and not where.unique:
            form[row] = "no province"  # nobody could tell which of the cities is meant
        local = f"{STREETS[street[row]]}{house[row]}号"
        written.append(_write(where, form[row], local, _NOISE[noise[row]]))
    return written, form


def _write(where: District, form: str, local: str, noise: str) -> str:
    province = "" if where.province == where.city else where.province
    bare = [_bare(name) for name in (province, where.city, where.district)]
    complete = f"{province}{where.city}{where.district}{local}"
    shapes = {
        "complete": complete,
        "no province": f"{where.city}{where.district}{local}",
        "no suffixes": "".join(bare) + local,
        "spaces": " ".join(filter(None, (province, where.city, where.district, local))),
        "no city": f"{where.province}{where.district}{local}",
        "short province": f"{where.short}{bare[1] if province else ''}{where.district}{local}",
        "noise": noise.format(complete),
        "district only": f"{where.district}{local}",
        "city only": where.city,
        "blank": "",
    }
    return shapes[form]


def _bare(name: str) -> str:
    """Leave away what a name ends with (省, 市, 区 …), unless too little is left."""
    for suffix in ("壮族自治区", "自治区", "新区", "省", "市", "区"):
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return name

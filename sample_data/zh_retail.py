"""The members of a Chinese fashion retailer, with four planted segments.

What enters: the number of members and the seed fixed below. What leaves: the member table with
Chinese headers and bands, free-text addresses included, and the planted truth with the place behind
each address. It refuses to know how segments are found or addresses read.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from sample_data.columns import counts, messy, with_blanks, words, yes_no
from sample_data.draws import Draws, FloatArray, IntArray
from sample_data.people import People, Trait, planted_segments
from sample_data.zh_places import DISTRICTS, addresses

N_MEMBERS = 3_000
SEED = 20_260_618
CUT_OFF = date(2026, 6, 18)

SEGMENTS: tuple[str, ...] = ("精打细算型", "家庭忠诚型", "线上尝鲜型", "沉睡流失型")
"""Bargain hunters, loyal families, digital explorers, sleepers: the order of tuples of four."""

SHARES: tuple[float, ...] = (0.33, 0.27, 0.22, 0.18)

TRAITS: dict[str, Trait] = {
    "age": Trait((41.0, 38.0, 26.0, 35.0), (10.0, 7.0, 5.5, 11.0)),
    "income": Trait((1.4, 2.5, 1.9, 1.8), 0.9),
    "education": Trait((1.2, 1.9, 2.3, 1.6), 0.8),
    "tenure_days": Trait((900.0, 1_300.0, 420.0, 800.0), 0.50),
    "recency_days": Trait((32.0, 13.0, 20.0, 170.0), 0.55, -0.45),
    "orders": Trait((8.0, 15.0, 9.0, 2.0), (0.36, 0.34, 0.40, 0.45), 0.45),
    "basket": Trait((120.0, 330.0, 210.0, 160.0), 0.38),
    "discount_share": Trait((0.52, 0.18, 0.27, 0.30), 0.60, -0.10),
    "store_visits": Trait((11.0, 20.0, 3.2, 1.8), 0.48, 0.35),
    "app_visits": Trait((18.0, 14.0, 58.0, 3.0), 0.48, 0.30),
    "categories": Trait((4.2, 7.8, 5.0, 2.0), (1.3, 1.5, 1.3, 0.9), 0.30),
    "satisfaction": Trait((3.7, 4.4, 4.0, 3.0), 0.65, 0.15),
}

AGE_BANDS: dict[str, int] = {"18-25岁": 25, "26-35岁": 35, "36-45岁": 45, "46-55岁": 55}
"""Bands and the last year in each; everybody older is in `OLDEST`."""

OLDEST = "56岁及以上"
INCOME_BANDS: tuple[str, ...] = (
    *("3000元以下", "3000-5000元", "5000-8000元", "8000-12000元", "12000-20000元", "20000元以上"),
)
EDUCATION: tuple[str, ...] = ("高中及以下", "大专", "本科", "研究生及以上")

MISSING: dict[str, float] = {
    "性别": 0.02,
    "年龄": 0.03,
    "学历": 0.04,
    "月收入档": 0.06,
    "小程序访问次数": 0.01,
    "满意度评分": 0.04,
}


def zh_retail() -> tuple[pd.DataFrame, pd.DataFrame]:
    """3,000 members of a Chinese retailer, the segment each was planted in and where they live.

    Returns
    -------
    tuple of pandas.DataFrame
        The member table, one row a member in an order that tells nothing; and the truth:
        ``member_id``, ``planted_segment``, ``province``, ``city``, ``district`` and
        ``address_form``, sorted by ``member_id``.
    """
    draws = Draws(SEED, N_MEMBERS)
    people = People(draws, planted_segments(draws, SHARES), TRAITS)
    number = draws.order("member_id") + 1
    ids = [f"M{member:05d}" for member in number.tolist()]
    place = draws.pick("place", np.array([district.size for district in DISTRICTS]))
    written, form = addresses(draws, place)
    columns = {
        "会员编号": ids,
        **_person(people),
        "省市地址": written,
        **_contact(people, number),
        **_behaviour(people),
        "是否流失": yes_no(draws.flag("churned", _chance(people)), ("是", "否")),
    }
    homes = [DISTRICTS[index] for index in place.tolist()]
    truth = {
        "member_id": ids,
        "planted_segment": words(SEGMENTS, people.segment),
        "province": [home.province for home in homes],
        "city": [home.city for home in homes],
        "district": [home.district for home in homes],
        "address_form": form,
    }
    ordered = pd.DataFrame(truth).sort_values("member_id", ignore_index=True)
    return with_blanks(draws, pd.DataFrame(columns), MISSING), ordered


def _person(people: People) -> dict[str, object]:
    draws = people.draws
    age = counts(people.around("age"), 18, 78)
    band = np.searchsorted(list(AGE_BANDS.values()), age).astype(np.int64)
    days = counts(people.positive("tenure_days"), 60, 3_200).tolist()
    return {
        "性别": words(("女", "男"), draws.pick("gender", np.array([0.58, 0.42]))),
        "年龄": age,
        "年龄段": words((*AGE_BANDS, OLDEST), band),
        "学历": words(EDUCATION, counts(people.around("education"), 0, len(EDUCATION) - 1)),
        "月收入档": words(INCOME_BANDS, counts(people.around("income"), 0, len(INCOME_BANDS) - 1)),
        "入会日期": [(CUT_OFF - timedelta(days=past)).isoformat() for past in days],
    }


def _contact(people: People, number: IntArray) -> dict[str, list[str]]:
    """Give numbers that no network has: mobile numbers begin with 13 to 19, these with 120."""
    draws = people.draws
    phones = [f"1200000{member:04d}" for member in number.tolist()]
    wechat = draws.flag("wechat", people.each((0.74, 0.82, 0.90, 0.35)))
    sms = draws.flag("sms", people.each((0.62, 0.66, 0.48, 0.22)))
    unknown = {"未知": 0.02, "": 0.02}
    return {
        "手机号": messy(draws, "no phone", phones, {"": 0.04, "无": 0.01}),
        "微信授权": messy(draws, "no wechat", yes_no(wechat, ("是", "否")), unknown),
        "短信授权": messy(draws, "no sms", yes_no(sms, ("是", "否")), unknown),
    }


def _behaviour(people: People) -> dict[str, FloatArray | IntArray]:
    orders = counts(people.positive("orders"), 1, 200)
    basket = np.round(people.positive("basket"), 2)
    return {
        "最近购买天数": counts(people.positive("recency_days"), 1, 365),
        "年消费金额": np.round(orders * basket, 2),
        "年订单数": orders,
        "客单价": basket,
        "折扣占比": np.round(people.share("discount_share"), 2),
        "到店次数": counts(people.positive("store_visits") - 0.4, 0, 200),
        "小程序访问次数": counts(people.positive("app_visits") - 0.4, 0, 600),
        "品类数": counts(people.around("categories"), 1, 12),
        "满意度评分": counts(people.around("satisfaction"), 1, 5),
    }


def _chance(people: People) -> FloatArray:
    odds = people.each((0.16, 0.05, 0.14, 1.7)) * np.exp(-0.4 * people.zest())
    return np.asarray(odds / (1 + odds))

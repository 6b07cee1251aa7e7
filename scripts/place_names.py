"""Names of regions and cities that the packages of ``make_outlines`` do not have.

Enters: nothing. Leaves: tables. Refuses to be complete: what tables of customers often hold.
"""

# Languages in which tables name countries.
LANGUAGES = ("en", "zh", "zh_Hant", "de", "fr", "es", "it", "pt", "nl", "ja", "ru")
COUNTRY_NAMES = {
    "US": ["USA", "U.S.", "United States of America", "America"],
    "GB": ["UK", "U.K.", "Great Britain", "Britain"],
    "RU": ["Russian Federation"], "KR": ["Republic of Korea", "Korea"], "CZ": ["Czech Republic"],
    "NL": ["Holland"], "AE": ["UAE"], "CN": ["PRC", "People's Republic of China", "Mainland China"],
    "VN": ["Viet Nam"], "CI": ["Ivory Coast"], "TR": ["Turkey"], "IR": ["Iran"], "SY": ["Syria"],
    "HK": ["Hong Kong", "香港"], "MO": ["Macau", "澳门"], "TW": ["Taiwan", "台湾"],
    "MM": ["Burma"], "CV": ["Cape Verde"], "CD": ["DR Congo", "Congo, The Democratic Republic of"],
    "TZ": ["United Republic of Tanzania"], "IE": ["Republic of Ireland"], "SZ": ["Swaziland"],
}  # fmt: skip
# HASC code, first digits of the adcode, names and abbreviations of China's divisions.
CHINA = {
    "BJ": (11, "北京 京"), "TJ": (12, "天津 津"), "HB": (13, "河北 冀"), "SX": (14, "山西 晋"),
    "NM": (15, "内蒙古 内蒙 蒙 Nei_Mongol Inner_Mongolia Neimenggu"), "LN": (21, "辽宁 辽"),
    "JL": (22, "吉林 吉"), "HL": (23, "黑龙江 黑"), "SH": (31, "上海 沪"), "JS": (32, "江苏 苏"),
    "ZJ": (33, "浙江 浙"), "AH": (34, "安徽 皖"), "FJ": (35, "福建 闽"), "JX": (36, "江西 赣"),
    "SD": (37, "山东 鲁"), "HE": (41, "河南 豫"), "HU": (42, "湖北 鄂"), "HN": (43, "湖南 湘"),
    "GD": (44, "广东 粤 Canton"), "GX": (45, "广西 桂 广西壮族"), "HA": (46, "海南 琼"),
    "CQ": (50, "重庆 渝"), "SC": (51, "四川 川 蜀"), "GZ": (52, "贵州 贵 黔"),
    "YN": (53, "云南 云 滇"),
    "XZ": (54, "西藏 藏 Tibet"), "SA": (61, "陕西 陕 秦"), "GS": (62, "甘肃 甘 陇"),
    "QH": (63, "青海 青"), "NX": (64, "宁夏 宁 宁夏回族"), "XJ": (65, "新疆 新 新疆维吾尔"),
}  # fmt: skip
# Names that neither package has, or that they have as they were once called.
CHINESE = {
    "Ho Chi Minh City": "胡志明市", "New York City": "纽约", "Mumbai": "孟买", "Delhi": "德里",
    "São Paulo": "圣保罗", "Rio de Janeiro": "里约热内卢", "Lahore": "拉合尔",
    "Kolkata": "加尔各答",
    "Bengaluru": "班加罗尔", "Chennai": "金奈", "Hyderabad": "海得拉巴",
    "Saint Petersburg": "圣彼得堡",
    "Osaka": "大阪", "Yokohama": "横滨", "Busan": "釜山", "Hanoi": "河内", "Barcelona": "巴塞罗那",
    "Milan": "米兰", "Munich": "慕尼黑", "Hamburg": "汉堡", "Houston": "休斯敦", "Kyiv": "基辅",
    "Xiangyang": "襄阳", "San Francisco": "旧金山", "Boston": "波士顿",
}  # fmt: skip
# Also divisions in Chinese tables; Natural Earth keeps them in its file of countries.
CHINA_ELSEWHERE = {
    "158": (71, "台湾 台"),
    "344": (81, "香港 港"),
    "446": (82, "澳门 澳 Macau"),
}

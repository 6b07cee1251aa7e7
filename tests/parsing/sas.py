"""A SAS7BDAT file of four people: nothing that runs here can write one.

Written by ReadStat 1.1.8 (pyreadstat reads by the same library), with SAS's own formats for days
(DATE9), moments (DATETIME19), times (TIME8) and amounts (COMMA12.2), and ``.C``, a letter for no
answer. It proves our own way with the values, not the library's.
"""

import base64
import zlib

PACKED = (
    "c-rmS!Asjv90%}Uot9QTv>@2SU}5awVRVfvq9C-HcHn67(1KS5Gg`q^)(Q%O4m^$>#xC3NpHM-B4azP%%EsnA3A+"
    "roQxDDx+pO>Py}0DjOd%)n`;qeN@B7|M(w5c)LiEr3pHHW^`l5U9UW6$8L4Ovz6^Y&_x=jJn>A(71UEauR4=1vja"
    "id`5GX>2HU4XBb^VS-Bn}(yh@fi`K4kaFmC-j7#OR$<`btqf17MBPB0000000000000000N^_6VShviy`meq;U2B"
    "YJf^G~mHE0I1VpL#h?-UMs?1lEJSp?Evi+m(_W8C)UiHY69{EwYeGUKs0B{wZ{%*Ehc7Bz*e6251x3BfnKKEasu&"
    "?!g-#`0IGAf__5zCuJWk!fSI@yVD$kli7TU%Y@F{Rg(en9D+<gS~;=gCbHr}P?|%iWRh_FW2!Gh~?$E1v?<U%9OX"
    "N2cD}TQQf&nwd8%3#K*8`nht+GG}>iT4k11ST<FhscNN)wp?C(qOk=jmW@s3a)v$_AEefOz?l(Q3lq7F&Kh3%YdB"
    "{3euB!eHJHnMDhXLTJ;s9<Z6MM<ZYuDr16NYO`OT=O49jx#C#lvi+vk0Lnf#~`I~4ckzx-xjHmARDJpb`#M>K2ea"
    "WVe!WVLO5E2~ZBwZ~s-{NKPQd;5;@2W9c}^($^y9M8S4Z2#%=<Ei)m!eu-F0000009<Ql)Zo-P"
)
SAS_NAMES = ("sex", "name", "spend", "joined", "seen", "opens")
SAS_EXPECTED = [
    ("1", "Ann", "1.5", "2024-01-02", "2024-01-02 10:30:00", "10:00:00"),
    ("2", "李雷", "1000000", None, None, None),
    (".C", None, None, "1899-12-31", "2024-01-02", "00:00:00"),
    (None, "Bo", "0.1", "2024-12-31", "2024-01-02 10:30:01", "23:59:59"),
]


def sas_file() -> bytes:
    return zlib.decompress(base64.b85decode(PACKED))

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


# A table and its catalogue of formats, both written by ReadStat 1.1.8: SEXF (1, 2), $REGF (N, S),
# SATISFACTION_OVERALL (-1, 1, 2); six people, spend in COMMA12.2.
LABELLED = (
    "c-rlm&ubGw6vy9eHfgF+lCp;!1edDNi(!{-f<mEL+Kr9mN9hL5L1+txHXw;4DMXN>;L(G4Qt-d<CWs<}N3T7Ie}J"
    "c+6m9LgKW5XNr)yG5K<Rv7dHcTe-puUmY<4ySaLBta57%BwsgJLp#$ob<`Z#?)nbM{~(}<uFFGK=}5JuO?1q~z#<"
    "OuQWF?CZe6iddUUeisZCWiq-aPot3+v(4G&@v>wgCO~8MwwOAa<<fLZS@1XmQj_Aa#>Y#N=8*PDz2`7CAXTJWwlb"
    "J-S7__|LoPL1Kdvzhr{7;I2;a#!{KoL6`lvaTZ8OH>4`7}3ES)>Ja;C-#=WI_8s%@E@@!pT^_@x2KJf+m!Ty5kb4"
    "brq{T9;2kofm;nuq%HC`4Zj(ZwM;YL>D)&sqSJ{huSx+DrKgQ;zeqs2t@#n9rMk%{M~wci(v4bzIKja5$V3#KE5B"
    "g7pLle~j-zbfo++>drR8G4hv=+5Q}e&PoPSe!iD(%~0QeA&Pc8#Eo^ZtcZKgj>$gFT|#ZR%LI`O)<teDq5yGJo<x"
    "2S3-t@&B1GtGJm%VEYVV*C0r*LC?;lDM-hXlTXKKcBx6y~2o9jKf*_H3Lw>q*dI132Vs24hojb^)Lx4dFpE7)3Rz"
    "1M7QID0&`qFK-vYQ<`0wR*!?(MzT7-A3!S9kWm^mw(#;*=PIXkLtvj=5%6$y+8iQ#?ZPghQ^Da{$bxjaZwZ(MRSU"
    "v>%=~tx<lvgj}ha(TSt2q{&&9G1n-Z}Hyd}QOZ~H`Jf%!C&w4DReq65~KllYpvgKJcPplJmKgRVvdQ|-9OhEo=<e"
    "x$Q6!PO^yV7`IZb^Z567KoA5nC4Ro)UZZrWkd5a25+68kb+M2nWg"
)
FORMATS = (
    "c-rmUJxjw-6oBEAR>4kI$k5GDT^tO#REur~O=}^x&|B0^L`5BJ!4K*rxI6h*TopwJNB@D7laq_HpH$PBMi5by_kn"
    "WB$;r*h;nF4Kio83&-CsH~`>sw7dn9$K4l@1ezFbzaStFs0*A!DEX|%<2#z0O?Q>>)Xnn%0ZDwKS0%B{KDt681MC"
    "nle+_bbJhyuHk|8ywp_XQV~CLg8`S8FAFisJ~v{*$u>VwsLG|SgE{YD`l(jbh~5uh5Sf+%r7@qTEDoOBkKbI0000"
    "000000000000000006sDA>+18^`bH-G<(Vq~zBi^pZ#wm6C_!%k0000000000{-&GQv)Y?4#P8vk2#wz_6A?ST3!"
    "e?X%sUHZCuL@_{&v(YbB&F_vB-Vw{RgXFvGB`1h`M?C!#;~vL@#uQ-59&2+}PY+d&}z*eQ~@TxNy{nD@D7tk}kND"
    "ol8!J#_!gupjN7s7b>$})%E@M2aQ@d6TJ^Fq8HA`WtE6oR;i~JT8s6q=E`Q^sr^PX(A4Sm)iwTP00000{Gdm<{#Z"
    "E"
)
LABELLED_SEX = (("1", "Man"), ("2", "Woman"))
LABELLED_REGION = (("N", "North"), ("S", "Süd"))
LABELLED_RATING = (("-1", "No answer"), ("1", "Low"), ("2", "High"))


def labelled_file() -> bytes:
    return zlib.decompress(base64.b85decode(LABELLED))


def formats_file() -> bytes:
    return zlib.decompress(base64.b85decode(FORMATS))

"""The words that answers are graded with, in English and Chinese, lowest first.

Enters: levels as written. Leaves: their order, where all of them belong to one scale. Refuses to
order words of which two mean the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

# One scale a line: ranks are separated by |, words of the same rank by commas.
_SCALES = """
strongly disagree,disagree strongly,completely disagree,totally disagree,fully disagree|
disagree,mostly disagree|somewhat disagree,slightly disagree,rather disagree,disagree somewhat|
neutral,neither,neither agree nor disagree,undecided,neither nor,neither disagree nor agree|
somewhat agree,slightly agree,rather agree,agree somewhat|agree,mostly agree|
strongly agree,agree strongly,completely agree,totally agree,fully agree

extremely dissatisfied,completely dissatisfied|very dissatisfied,very unsatisfied|
dissatisfied,unsatisfied,not satisfied|somewhat dissatisfied,slightly dissatisfied|
neutral,neither,neither satisfied nor dissatisfied|somewhat satisfied,slightly satisfied,ok|
satisfied|very satisfied|extremely satisfied,completely satisfied

never,non,not at all,none|almost never,hardly ever,very rarely|rarely,seldom|
occasionally,once in a while|sometimes,now and then|regularly|often,frequently|
very often,usually,mostly,most of the time|almost always,nearly always|always,every time

never|less than yearly|yearly,annually,once a year|quarterly,once a quarter|monthly,once a month|
every two weeks,biweekly,fortnightly|weekly,once a week|several times a week|
daily,every day,once a day|several times a day

terrible,awful,very poor,very bad|poor,bad,low|fair,average,ok,regular,acceptable|good|
better,very good|excellent,great|outstanding,best,exceptional

not at all important,not important at all,unimportant|not important,not very important|
slightly important,a little important|somewhat important,moderately important,neutral|
important|very important|extremely important,essential

very unlikely,extremely unlikely,definitely not|unlikely,probably not|
neutral,undecided,maybe,might or might not|likely,probably,probably yes|
very likely,extremely likely,definitely,definitely yes

none,not at all,nothing|very little|a little,slightly,little,few|
some,somewhat,moderately,moderate|quite a bit|a lot,much,many,very,very much|extremely,a great deal

xxs|xs,extra small|s,small|m,medium|l,large|xl,extra large|xxl,2xl|xxxl,3xl|4xl
tiny,micro|small|medium,mid,middle,mid size|large,big|very large,huge,enterprise
none|very low,lowest|low,lower|low medium,below average|medium,moderate,mid,middle,average,normal|
medium high,above average|high,higher|very high,highest

none,no schooling,no formal education,illiterate,uneducated|
primary,primary school,elementary,elementary school,basic 4y,basic|basic 6y|
middle school,lower secondary,junior high,basic 9y|below college,some high school|
high school,secondary,secondary school,upper secondary,high school graduate,hs grad|
professional course,vocational,vocational training,trade school,technical|some college|
associate,associate degree,associates degree|college|
bachelor,bachelors,bachelor degree,bachelors degree,graduation,graduate,university degree,
undergraduate,university|master,masters,master degree,masters degree,postgraduate,post graduate|
doctor,doctorate,phd,ph d,doctoral degree

basic,starter|bronze|silver|gold|platinum|diamond

非常不同意,完全不同意,强烈不同意|不同意|比较不同意,有点不同意,不太同意|
一般,中立,不确定,无所谓|比较同意,有点同意,基本同意|同意|非常同意,完全同意,强烈同意

非常不满意,很不满意,极不满意|不满意|比较不满意,不太满意|一般,中立|
比较满意,基本满意|满意|非常满意,很满意,极满意

从不,从来没有,从未|几乎从不|很少,极少|偶尔|有时,有时候|经常,常常|频繁|几乎总是|总是,一直

很差,非常差|差,较差,比较差|一般,中等,中|良,良好,好,较好,比较好|优,优秀,很好,非常好

非常不重要,完全不重要|不重要|不太重要|一般|比较重要,较重要|重要|非常重要,很重要

非常不可能,肯定不会|不可能,不太可能,可能不会|不确定,一般|可能,比较可能,可能会|非常可能,很可能,肯定会

很低,非常低,极低|低,较低,偏低|中低|中,中等,一般|中高|高,较高,偏高|很高,非常高,极高
小型,小|中型,中|大型,大|特大型,特大,超大

文盲,未上学|小学,小学及以下|初中,初中及以下|高中,中专,高中及以下,中专及以下,高中或中专,高中中专,职高,技校|
大专,专科,大学专科,高职|本科,大学本科,学士,大学|硕士,研究生,硕士研究生,硕士及以上,研究生及以上|
博士,博士研究生,博士及以上

普通会员,普卡,普通|铜卡,铜牌|银卡,银牌,白银|金卡,金牌,黄金|白金卡,铂金,白金,铂金卡|
钻石卡,钻石,黑卡
"""
_PUNCTUATION = re.compile(r"[\W_]+")
MOST_WORDS = 4


def _parsed(text: str) -> tuple[dict[str, int], ...]:
    blocks = (block.replace("\n", "") for block in re.split(r"(?<!\|)(?<!,)\n", text.strip()))
    return tuple(
        {word.strip(): rank for rank, words in enumerate(b.split("|")) for word in words.split(",")}
        for b in blocks
        if b.strip()
    )


_RANKS = _parsed(_SCALES)


def graded(levels: Sequence[str]) -> tuple[str, ...]:
    """Order levels that are words of one scale, lowest first; nothing if they are not.

    Words that all levels share ("Travel_Rarely", "Travel_Frequently") may be there or not.

    Parameters
    ----------
    levels : sequence of str
        As written; case and punctuation do not count.

    Returns
    -------
    tuple of str
        Blank where two levels mean the same, or one is no word of the scale.

    Examples
    --------
    >>> graded(["High", "Low", "Very_High", "Medium"])
    ('Low', 'Medium', 'High', 'Very_High')
    """
    plain = [" ".join(_PUNCTUATION.sub(" ", level).lower().split()) for level in levels]
    for words in (plain, _without_shared(plain)):
        for ranks in _RANKS:
            places = [ranks[word] for word in words if word in ranks]
            if len(places) == len(levels) == len(set(places)) > 1:
                order = sorted(range(len(levels)), key=places.__getitem__)
                return tuple(levels[i] for i in order)
    return ()


def _without_shared(plain: Sequence[str]) -> list[str]:
    split = [word.split()[:MOST_WORDS] for word in plain]
    counts = Counter(part for parts in split for part in set(parts))
    shared = {part for part, n in counts.items() if n == len(plain)}
    return [" ".join(part for part in parts if part not in shared) for parts in split]

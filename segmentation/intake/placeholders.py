"""Words that stand for "no answer": one list for the whole library.

Enters: a text. Leaves: whether it is such a word. Refuses to change a cell, and to take "none",
"other" or 无 for a gap: they are answers.
"""

from __future__ import annotations

_WORDS = """
    select|select one|select...|please select|please choose|choose|choose one|unknown|unkown|unk|
    unspecified|undefined|not specified|not stated|not available|not applicable|not known|
    not provided|not given|not answered|not sure|n.a.|n.a|na.|n/k|n\\a|don't know|dont know|
    do not know|don’t know|can't say|refused|prefer not to say|prefer not to answer|
    prefer not to disclose|rather not say|no answer|no response|no data|no information|missing|
    blank|empty|(blank)|(empty)|tbd|tba|xxx|?|??|???|-|--|---|–|—|.|..|...|/|\\|*|**|***|
    未知|不详|不明|不知道|不清楚|无数据|未填|未填写|未提供|未回答|暂无|空|空值|请选择|拒绝回答|拒答|
    不愿透露|不便透露|不适用|保密|
    #ref!|#div/0!|#name?|#num!|#error!|#spill!|#calc!
"""
PLACEHOLDERS = frozenset(word.strip() for word in _WORDS.split("|"))


def is_placeholder(text: str) -> bool:
    """Tell whether a text usually stands for "no answer".

    Examples
    --------
    >>> is_placeholder("Select"), is_placeholder("Selected")
    (True, False)
    """
    return text.strip().lower() in PLACEHOLDERS

"""What is said about new customers: their answers, and whether they are like the old ones."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import Words, mark, mark_plural

ASSIGNING_SENTENCES: Mapping[str, str | tuple[str, str]] = {
    "assigned-outside-population": mark_plural(
        "{n:count} row of the file is outside the population of the model and gets no segment.",
        "{n:count} rows of the file are outside the population of the model and get no segment.",
    ),
    "assigned-silent": mark_plural(
        "{n:count} customer answered nothing that tells the segments apart.",
        "{n:count} customers answered nothing that tells the segments apart.",
    ),
    "assigned-nowhere": mark_plural(
        "{n:count} customer belongs to no segment.",
        "{n:count} customers belong to no segment.",
    ),
    "assigned-unknown": mark_plural(
        "“{name}”: {n:count} customer ({share:percent}) gave an answer that the model does not "
        "know; it counts as “other”.",
        "“{name}”: {n:count} customers ({share:percent}) gave answers that the model does not "
        "know; they count as “other”.",
    ),
    "assigned-missing": mark_plural(
        "“{name}”: {n:count} customer ({share:percent}) has no value.",
        "“{name}”: {n:count} customers ({share:percent}) have no value.",
    ),
    "assigned-outside": mark_plural(
        "“{name}”: {n:count} customer ({share:percent}) lies outside the range of the model's "
        "customers.",
        "“{name}”: {n:count} customers ({share:percent}) lie outside the range of the model's "
        "customers.",
    ),
}
VERDICTS: Mapping[str, str] = {
    "unknown": mark("too few customers to tell"),
    "noise": mark("chance can explain it"),
    "little": mark("little change"),
    "some": mark("some change"),
    "much": mark("much change"),
}


def likeness(changed: tuple[str, ...], n_known: int, words: Words) -> str:
    """Say whether new customers are like the model's.

    Parameters
    ----------
    changed : tuple of str
        What has changed net of noise: variables, and blank for the segments' shares.
    n_known : int
        How many comparisons there were customers enough for.
    words : Words

    Returns
    -------
    str
        A sentence in plain text.
    """
    if not n_known:
        return words("There are too few new customers to tell whether they are like the old ones.")
    if not changed:
        return words("The new file looks like the old one: no difference beyond chance.")
    shares = words("the segments' shares")
    names = [name or shares for name in changed]
    return words("The new file looks different: {names:list}.", names=names)

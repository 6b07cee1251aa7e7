"""What each note of the library says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation.notes import Note
from segmentation.wording import terms, transactions
from segmentation.wording.assigning import ASSIGNING_SENTENCES
from segmentation.wording.cautions import CAUTION_SENTENCES
from segmentation.wording.columns import COLUMN_SENTENCES
from segmentation.wording.criteria import CRITERIA_SENTENCES
from segmentation.wording.distances import DISTANCE_SENTENCES
from segmentation.wording.language import Words, in_file, mark, mark_plural
from segmentation.wording.methods import METHOD_SENTENCES
from segmentation.wording.preparation import PREPARATION_SENTENCES
from segmentation.wording.reading import READING_SENTENCES
from segmentation.wording.sizing import MONEY_SENTENCES
from segmentation.wording.whereabouts import WHEREABOUTS_SENTENCES

SENTENCES: Mapping[str, str | tuple[str, str]] = {
    # Reading a file
    **READING_SENTENCES,
    "cells-failed": mark_plural(
        "{n:count} cell of “{name}” could not be read as {kind} and counts as missing.",
        "{n:count} cells of “{name}” could not be read as {kind} and count as missing.",
    ),
    "column-empty": mark("“{name}” has no values at all."),
    **COLUMN_SENTENCES,
    **WHEREABOUTS_SENTENCES,
    "warehouse-sample": mark(
        "{n:count} of the {n_customers:count} customers of “{name}” are here: a sample, drawn the "
        "same way each time. Everything shown is about them."
    ),
    **transactions.SENTENCES,
    **CAUTION_SENTENCES,
    **ASSIGNING_SENTENCES,
    # Suggesting variables
    "id-chosen": mark("You chose it as the customer id."),
    "id-named": mark("Every value differs and the name says “{word}”."),
    "id-unique": mark("Nearly every value differs ({n:count}): it names rows, not groups."),
    "id-repeats": mark(
        "The name says “{word}”, but values repeat: one row may not be one customer."
    ),
    "looks-like-email": mark("The values are e-mail addresses: personal data, for reach only."),
    "personal-data": mark("The name says “{word}”: personal data, never used to form segments."),
    "named-like": mark("The name says “{word}”."),
    "date-values": mark("The values are dates."),
    "outcome-named": mark(
        "The name says “{word}”: a result, kept to judge the segments, not to form them."
    ),
    "constant": mark("All customers have the same value."),
    "free-text": mark("Long, ever different text: set aside."),
    "battery-item": mark("One of {n:count} items answered on one common scale."),
    "beside-battery": mark(
        "A battery of {n:count} items forms the segments; other columns describe them."
    ),
    "much-missing": mark("{share:percent} of the values are missing: too many to form segments."),
    "answers-together": mark(
        "Its cells hold several answers, parted by “{separator}”: split them on the Table page to "
        "let them form segments."
    ),
    "answers-apart": mark("Its answers are yes/no columns of their own."),
    "many-levels": mark("{n:count} categories are too many to form segments."),
    "descriptor-by-caution": mark("A sensitive property should not form segments unasked."),
    "descriptor-by-family": mark(
        "{family} properties describe segments better than they form them."
    ),
    "status-describes": mark(
        "The name says “{word}”: a state. Use it to filter the population rather than to segment."
    ),
    "basis-by-family": mark("{family} properties can form segments."),
    "basis-for-want-of-others": mark("Nothing better to form segments was found."),
    "family-named": mark("The name says “{word}”: {family}."),
    "family-guessed": mark("No word of the name tells the family; {family} is a guess."),
    "levels-ordered": mark(
        "Its values have an order, from “{first}” to “{last}” ({said_by}). Choose categories if "
        "that is wrong."
    ),
    "special-category": mark(
        "“{word}” may be a special category of personal data (GDPR Art. 9), which needs a legal "
        "ground."
    ),
    # Preparing
    "basis-constant": mark("“{name}” does not vary enough to form segments and was left out."),
    "log-taken": mark("“{name}” is strongly skewed: its logarithm is used."),
    "outliers-fenced": mark_plural(
        "{n:count} extreme value of “{name}” was moved to the fence.",
        "{n:count} extreme values of “{name}” were moved to the fence.",
    ),
    "levels-lumped": mark("Rare categories of “{name}” ({share:percent}) were taken together."),
    "levels-outside-order": mark_plural(
        "{n:count} value of “{name}” has no place in its order and counts as missing here.",
        "{n:count} values of “{name}” have no place in its order and count as missing here.",
    ),
    **METHOD_SENTENCES,
    "battery-as-is": mark("{n:count} items on one common scale: used as they are, unscaled."),
    **PREPARATION_SENTENCES,
    "gaps-partial": mark_plural(
        "{n:count} customer has gaps and is placed by the answers given.",
        "{n:count} customers have gaps and are placed by the answers given.",
    ),
    "customers-without-basis": mark_plural(
        "{n:count} customer has no basis value at all and is counted with the largest segment.",
        "{n:count} customers have no basis value at all and are counted with the largest segment.",
    ),
    # Extracting
    "sweeping": mark("Looking for {k:count} segments (of up to {k_max:count})"),
    "condensing": mark("Looking for dense groups of {n:count} customers or more"),
    "comparing-with-none": mark(
        "Comparing with data that have no segments ({n:count} of {n_all:count})"
    ),
    "comparing-with-one": mark(
        "Comparing with data of one population ({n:count} of {n_all:count})"
    ),
    "shuffling": mark("Judging shuffled copies ({n:count} of {n_all:count})"),
    "resampling": mark(
        "Looking for {k:count} segments (of up to {k_max:count}) in {n:count} samples"
    ),
    "halving": mark(
        "Looking for {k:count} segments (of up to {k_max:count}) in {n:count} pairs of halves"
    ),
    "no-clear-segments": mark(
        "No clear segments: no number of segments beats data made without any (gap {gap:number} "
        "for {k:count}, the best, against {gap1:number} for one; error {error:number}). "
        "Any split shown here is a useful cut at best, not a group that exists."
    ),
    "segments-found": mark(
        "{k:count} segments are suggested: they beat data made without segments (gap {gap:number} "
        "against {gap1:number} for one; error {error:number}), and of all numbers looked at they "
        "do best on gap and separation together (silhouette {silhouette:number}; below 0.25 the "
        "borders are soft)."
    ),
    "largest-looked-at": mark(
        "{k:count} is the largest number looked at. The best number may be larger, or there may be "
        "no best one: often a sign of equal rows or of a variable with few values."
    ),
    "no-number-without-a-tiny-one": mark(
        "Every number looked at leaves a tiny segment: here the smallest holds {share:percent} of "
        "the customers (too small below {floor:percent} or 30 customers). Equal or extreme rows "
        "are often the cause: look at the findings on the Table page first."
    ),
    "tested-natural": mark(
        "The test confirms {k:count} segments as natural: groups that exist (two samples agree to "
        "{agreement:number}; natural from {threshold:number})."
    ),
    "tested-rather-natural": mark(
        "The test speaks for {k:count} segments rather than {suggested:count}: they are natural, "
        "groups that exist (two samples agree to {agreement:number}; natural from "
        "{threshold:number}), and {suggested:count} are not."
    ),
    "tested-reproducible": mark(
        "The test finds {k:count} segments again in other samples, but not as groups that exist: a "
        "reproducible cut (two samples agree to {agreement:number}; reproducible from "
        "{threshold:number})."
    ),
    "tested-rather-reproducible": mark(
        "The test speaks for {k:count} segments rather than {suggested:count}: a cut, but one that "
        "other samples repeat (two samples agree to {agreement:number}; reproducible from "
        "{threshold:number}), and {suggested:count} are not found again."
    ),
    "tested-constructed": mark(
        "The test confirms no number of segments: every split is constructed. {k:count} are found "
        "again to {agreement:number} (reproducible from {threshold:number}); use them as a cut "
        "that helps, not as a discovery."
    ),
    "tested-none": mark("The test finds no segments here: any split is made up."),
    # Geography
    "coordinates-missing": mark("There is no column of latitudes and longitudes, so no map."),
    "coordinates-half": mark("There is “{present}”, but no column of the other coordinate."),
    "regions-missing": mark("There is no column of countries, regions, cities or postcodes."),
    "places-missing": mark_plural(
        "{n:count} customer has no coordinates and is not on the map.",
        "{n:count} customers have no coordinates and are not on the map.",
    ),
    "places-out-of-range": mark_plural(
        "{n:count} customer has coordinates that no place on earth has, and is not on the map.",
        "{n:count} customers have coordinates that no place on earth has, and are not on the map.",
    ),
    "places-null-island": mark_plural(
        "{n:count} customer is at 0°/0°, in the sea: unknown rather than there, so not on the map.",
        "{n:count} customers are at 0°/0°, in the sea: unknown rather than there, so not on the "
        "map.",
    ),
    "places-without-segment": mark_plural(
        "{n:count} customer has no segment and is not on the map.",
        "{n:count} customers have no segment and are not on the map.",
    ),
    "points-sampled": mark("{shown:count} of {n:count} customers are drawn, an even sample."),
    "areas-unmatched": mark_plural(
        "{n:count} name has no outline here ({customers:count} customers): {examples:list}.",
        "{n:count} names have no outline here ({customers:count} customers), among them "
        "{examples:list}.",
    ),
    "areas-unmatched-rare": mark_plural(
        "{n:count} rare name has no outline here ({customers:count} customers).",
        "{n:count} rare names have no outline here ({customers:count} customers).",
    ),
    "areas-hidden": mark_plural(
        "{n:count} region with fewer than {below:count} customers ({customers:count} in all) is "
        "not shown.",
        "{n:count} regions with fewer than {below:count} customers ({customers:count} in all) are "
        "not shown.",
    ),
    "places-hidden": mark_plural(
        "{n:count} place has no colour: its number would tell of fewer than {below:count} people.",
        "{n:count} places have no colour: their numbers would tell of fewer than {below:count} "
        "people.",
    ),
    "bins-hidden": mark(
        "{bins:count} hexagons with fewer than {below:count} customers ({customers:count} in all) "
        "are hidden."
    ),
    "regions-cut": mark(
        "The {shown:count} largest regions are shown; {regions:count} more hold {customers:count} "
        "customers."
    ),
    "regions-small": mark(
        "{regions:count} regions with fewer than {below:count} customers ({customers:count} in "
        "all) are hidden."
    ),
    "regions-unknown": mark_plural(
        "{n:count} customer has no value in “{name}”.",
        "{n:count} customers have no value in “{name}”.",
    ),
    "cells-hidden": mark_plural(
        "{n:count} cell with fewer than {below:count} customers is hidden.",
        "{n:count} cells with fewer than {below:count} customers are hidden.",
    ),
    **DISTANCE_SENTENCES,
    **MONEY_SENTENCES,
    # Checks
    **CRITERIA_SENTENCES,
}
_TERMS = {
    "kind": terms.KINDS,
    "style": terms.STYLES,
    "ground": terms.GROUNDS,
    "family": terms.FAMILIES,
    "channel": terms.CHANNELS,
    "reason": terms.REJECTS,
    "delimiter": terms.DELIMITERS,
    "said_by": terms.ORDERED_BY,
    "figure": terms.FIGURE_NAMES,
    "fields": terms.PLAN_FIELDS,
}


def say(note: Note, words: Words) -> str:
    """Say a note in the reader's language.

    Parameters
    ----------
    note : Note
    words : Words

    Returns
    -------
    str
        A sentence in plain text.
    """
    values: dict[str, Any] = {
        name: _termed(name, value, words) if name in _TERMS else value
        for name, value in note.values
    }
    file = values.pop("in_file", None)
    sentence = SENTENCES[note.code]
    if isinstance(sentence, tuple):
        n = int(values.pop("n"))
        said = words.plural(*sentence, n, **values)
    else:
        said = words(sentence, **values)
    return said if file is None else in_file(str(file), said, words)


def _termed(name: str, value: object, words: Words) -> str | list[str]:
    """Name what a code, or each of several, stands for."""
    if isinstance(value, tuple):
        return [words(_TERMS[name][code]) for code in value]
    return words(_TERMS[name][str(value)])

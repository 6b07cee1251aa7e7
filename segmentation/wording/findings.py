"""What each finding of the audit says: what was found, what it does to a segmentation, the repair.

Enters: findings. Leaves: plain sentences whose every number stands in the finding.
"""

from __future__ import annotations

from typing import Any

from segmentation.audit import LIMITS, Action, Audit, Finding, Repair, SampleSize
from segmentation.wording import terms
from segmentation.wording.audit_effects import EFFECTS, LIMIT_SOURCES, REPAIRS
from segmentation.wording.audit_sentences import FOUND, FOUND_IN_SEVERAL
from segmentation.wording.language import Words

NAMED_COLUMNS = 5
TWO_VARIABLES = 2
_NAMED_TEXTS = 3


def found(finding: Finding, words: Words) -> str:
    """Say in one sentence what was found, with its numbers.

    Parameters
    ----------
    finding : Finding
    words : Words

    Returns
    -------
    str
        Plain text.
    """
    values = _values(finding, words)
    sentence = FOUND[finding.code]
    if len(finding.columns) > 1:
        sentence = FOUND_IN_SEVERAL.get(finding.code, sentence)
    if isinstance(sentence, tuple):
        return words.plural(*sentence, int(values.pop("n")), **values)
    return words(sentence, **values)


def effect(finding: Finding, words: Words) -> str:
    """Say in one sentence what the finding does to a segmentation."""
    sentence = EFFECTS[finding.code]
    return words(sentence, **_values(finding, words))


def repair_label(repair: Repair, words: Words) -> str:
    """Say on a button what a repair would decide."""
    code: str = repair.action
    if repair.action is Action.CHOOSE_DATE_ORDER and len(repair.values) == 1:
        code = repair.values[0]
    sentence = REPAIRS[code]
    return words(
        sentence,
        name=next(iter(repair.columns), ""),
        names=_short(repair.columns, NAMED_COLUMNS, words),
        kept=next(iter(repair.values), ""),
        texts=_short(tuple(f"“{text}”" for text in repair.values), _NAMED_TEXTS, words),
    )


def limit_text(finding: Finding, words: Words) -> str:
    """Say the limit that a finding exceeds and where it comes from; blank where it has none."""
    if not finding.limit:
        return ""
    limit = LIMITS[finding.limit]
    value = (
        words("The limit is {limit:percent}.", limit=limit.value)
        if limit.is_share
        else words("The limit is {limit:number}.", limit=limit.value)
    )
    source = LIMIT_SOURCES[limit.source]
    return words.sentences([value, words(source)])


def sample_sentence(size: SampleSize, words: Words) -> str:
    """Say how many customers the number of variables asks for, and whether they are there."""
    values = {
        "n": size.n_customers,
        "m": size.n_basis,
        "wanted": size.wanted,
        "least": size.least,
    }
    if size.n_basis < TWO_VARIABLES:
        return words(
            "Fewer than two variables form segments so far, so no number of customers is asked for."
        )
    if size.n_customers >= size.wanted:
        return words(
            "{n:count} customers are enough for {m:count} variables; {wanted:count} are wanted, "
            "100 a variable (Dolnicar et al. 2016).",
            **values,
        )
    return words(
        "{n:count} customers for {m:count} variables: {wanted:count} are wanted, 100 a variable "
        "(Dolnicar et al. 2016), {least:count} at least, 70 a variable (Dolnicar et al. 2014).",
        **values,
    )


def headline(audit: Audit, words: Words) -> str:
    """Say in one sentence what was read and what was not."""
    return words(
        "{n_rows:count} rows read, {n_rejected:count} lines set aside, {n_failed:count} cells "
        "unreadable; {share:percent} of the cells have no value.",
        n_rows=audit.n_rows,
        n_rejected=audit.n_rejected,
        n_failed=audit.n_failed,
        share=audit.share_missing,
    )


def nothing_found(words: Words) -> str:
    """Say calmly that there is nothing to repair."""
    return words("Nothing in this table stands in the way of a segmentation.")


def audit_lines(audit: Audit, words: Words) -> list[str]:
    """Say the whole audit in lines of plain text.

    Parameters
    ----------
    audit : Audit
    words : Words

    Returns
    -------
    list of str
        The headline, the sample-size rule, then a line a finding, the most harmful first.
    """
    lines = [headline(audit, words), sample_sentence(audit.sample_size, words)]
    for finding in audit.findings:
        parts = [
            words(
                "{severity}: {found}",
                severity=words(terms.SEVERITIES[finding.severity]),
                found=found(finding, words),
            ),
            effect(finding, words),
        ]
        if finding.repair:
            label = repair_label(finding.repair, words)
            parts.append(words("Proposed: {repair}.", repair=label))
        lines.append(words.sentences(parts))
    return lines if audit.findings else [*lines, nothing_found(words)]


def _values(finding: Finding, words: Words) -> dict[str, Any]:
    """Return the values of a finding's sentences, codes as terms and long lists shortened."""
    values: dict[str, Any] = dict(finding.values)
    if "kind" in values:
        values["kind"] = words(terms.KINDS[str(values["kind"])])
    if "texts" in values:
        values["texts"] = [f"“{text}”" for text in values["texts"]]
    return {
        **values,
        "n": finding.n,
        "share": finding.share,
        "name": next(iter(finding.columns), ""),
        "names": _short(finding.columns, NAMED_COLUMNS, words),
    }


def _short(names: tuple[str, ...], most: int, words: Words) -> list[str]:
    """Return the first names and how many more there are."""
    if len(names) <= most:
        return list(names)
    return [*names[:most], words("{n:count} more", n=len(names) - most)]

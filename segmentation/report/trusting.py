"""“Can it be trusted?”: the verdict with its evidence, and what the data are worth.

Enters: results. Leaves: blocks. Refuses a verdict without its number, threshold and source.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from segmentation.audit import Audit, Severity
from segmentation.charts import agreement_chart
from segmentation.report.blocks import Block, Heading, Note, Paragraph, Points, Section, Table, Tone
from segmentation.report.pictures import pictured
from segmentation.report.results import Found, Results
from segmentation.validation import Structure, advise
from segmentation.wording import Words, findings
from segmentation.wording.notes import say
from segmentation.wording.terms import SEVERITIES
from segmentation.wording.trust import trust_evidence, verdict_finding, verdict_meaning

_MOST_FINDINGS = 8


def trust_section(results: Results, words: Words) -> Section:
    """Say how far the segments and the data can be trusted."""
    blocks = (*_segments(results, words), *_data(results.audit, words))
    return Section(words("Can it be trusted?"), blocks)


def verdict_line(results: Results, words: Words) -> str:
    """Say in one sentence how far to trust the segments."""
    if results.found is None:
        return words("The segments were given, so nothing was tested.")
    if results.found.trust is None:
        return words("How far to trust the segments has not been tested yet.")
    return words("{finding}.", finding=verdict_finding(results.found.trust, results.found.k, words))


def verdict_word(results: Results, words: Words) -> str:
    """Say it in a word or two."""
    if results.found is None:
        return words("given")
    trust = results.found.trust
    if trust is None:
        return words("not tested")
    if trust.verdict.none:
        return words("made up")
    names = {
        Structure.NATURAL: words("natural"),
        Structure.REPRODUCIBLE: words("reproducible"),
        Structure.CONSTRUCTED: words("constructed"),
    }
    return names[trust.verdict.by_k[results.found.k]]


def _segments(results: Results, words: Words) -> Iterator[Block]:
    if results.found is None:
        yield Heading(words("The segments were given: nothing here says that they exist"))
        yield Paragraph(
            words(
                "A column of the file says who belongs where. The test looks whether segments that "
                "were found come back in other samples, so it cannot judge these."
            )
        )
        return
    if results.found.changed:
        yield Note(
            words(
                "The segments were changed by hand. The test is about the {k:count} segments as "
                "they were found.",
                k=results.found.k,
            ),
            Tone.CAUTION,
        )
    yield from _tested(results, results.found, words)
    yield from _suggested(results.found, words)


def _tested(results: Results, found: Found, words: Words) -> Iterator[Block]:
    trust, k = found.trust, found.k
    if trust is None:
        yield Heading(words("How far to trust the segments has not been tested yet"))
        yield Note(
            words(
                "Any method finds segments in any data. Until the test has been run (Segments "
                "page, or --validate), treat these as a useful cut and not as types of people that "
                "exist."
            ),
            Tone.CAUTION,
        )
        return
    yield Heading(verdict_finding(trust, k, words))
    natural = trust.verdict.by_k[k] is Structure.NATURAL and not trust.verdict.none
    meaning = verdict_meaning(trust, k, words)
    yield Note(meaning, Tone.GOOD if natural else Tone.CAUTION)
    names = results.names
    if found.changed:
        names = tuple(words("Segment {n:count}", n=s + 1) for s in range(k))
    yield Points(trust_evidence(trust, k, names, words))
    yield Heading(
        words(
            "Two samples of the market agree to {median:number} on {k:count} segments",
            median=trust.stability.quartiles(k)[1],
            k=k,
        )
    )
    yield pictured(
        partial(agreement_chart, trust, k, words),
        words("How well every number of segments is found again in other samples"),
    )
    yield Note(
        words(
            "Boxes: the middle half of the samples, with the median; crosses: the best that "
            "shuffled data reach; dashed: the thresholds of reproducible and natural. Adjusted "
            "Rand index (Hubert & Arabie 1985)."
        ),
        Tone.SOURCE,
    )


def _suggested(found: Found, words: Words) -> Iterator[Block]:
    choice = found.extraction.choice
    if choice.recommended_k == found.k:
        yield Heading(words("The data themselves suggest {k:count} segments", k=found.k))
    elif choice.recommended_k == 1:
        yield Heading(words("The data themselves suggest no segments"))
    else:
        yield Heading(
            words(
                "The data suggest {suggested:count} segments; {k:count} were chosen",
                suggested=choice.recommended_k,
                k=found.k,
            )
        )
    said = [say(choice.reason, words), *(say(caution, words) for caution in choice.cautions)]
    if found.trust is not None:
        said.append(say(advise(choice, found.trust).reason, words))
    yield Points(tuple(said))
    yield Note(
        words(
            "Gap statistic: Tibshirani, Walther & Hastie (2001). Silhouette: Kaufman & Rousseeuw "
            "(1990)."
        ),
        Tone.SOURCE,
    )


def _data(audit: Audit, words: Words) -> Iterator[Block]:
    harmful = sum(f.severity in (Severity.BLOCKS, Severity.DISTORTS) for f in audit.findings)
    if not audit.findings:
        yield Heading(findings.nothing_found(words).rstrip(".。"))
    elif harmful == 0:
        yield Heading(words("Nothing in the data distorts the segments"))
    else:
        yield Heading(
            words.plural(
                "{n:count} finding about the data can distort the segments",
                "{n:count} findings about the data can distort the segments",
                harmful,
            )
        )
    yield Paragraph(
        words.sentences(
            [findings.headline(audit, words), findings.sample_sentence(audit.sample_size, words)]
        )
    )
    shown = audit.findings[:_MOST_FINDINGS]
    if not shown:
        return
    yield Table(
        words("What was found in the data, the most harmful first"),
        (words("Matters"), words("What was found"), words("What it does"), words("Limit")),
        tuple(
            (
                words(SEVERITIES[finding.severity]),
                findings.found(finding, words),
                findings.effect(finding, words),
                findings.limit_text(finding, words) or "–",
            )
            for finding in shown
        ),
        (False, False, False, False),
    )
    if len(audit.findings) > len(shown):
        more = len(audit.findings) - len(shown)
        text = words("{n:count} more are on the Table page.", n=more)
        yield Note(text)

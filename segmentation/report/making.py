"""“How it was made”: the passport, what was done to the variables, methods and sources.

Enters: results. Leaves: blocks. Refuses to leave out what is needed to make the same again.
"""

from __future__ import annotations

import platform
import shlex
from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import version

from segmentation.notes import Note as Said
from segmentation.preparation import Recipe
from segmentation.report.acting import review_date
from segmentation.report.blocks import Block, Facts, Heading, Note, Paragraph, Points, Section
from segmentation.report.results import Found, Results
from segmentation.wording import Words
from segmentation.wording.methods import METHOD_NAMES
from segmentation.wording.notes import say

_LIBRARIES = ("scikit-learn", "duckdb", "numpy", "scipy")


def making_section(results: Results, words: Words) -> Section:
    """Say how the segments were made, so that they can be made again."""
    blocks = (
        *_passport(results, words),
        *_prepared(results, words),
        *_methods(results, words),
    )
    return Section(words("How was it made?"), blocks)


def method_name(results: Results, words: Words) -> str:
    """Return how the segments came about."""
    if results.found is None:
        return words("given by the column “{name}”", name=results.study.branch.given or "")
    return words(METHOD_NAMES[results.found.extraction.family.spec.method])


def _passport(results: Results, words: Words) -> Iterator[Block]:
    yield Heading(words("The same file and study make the same segments again"))
    source = results.table.raw.source
    pairs = [
        (words("File"), source.name),
        (words("Rows"), words.count(results.table.raw.n_rows)),
        (words("Fingerprint of the data"), results.table.raw.fingerprint),
        (words("Found by"), method_name(results, words)),
    ]
    if results.found is not None:
        spec = results.found.extraction.family.spec
        solution = results.found.extraction.family.solution(results.found.k)
        pairs += [
            (words("Seed"), str(spec.seed)),
            (words("Runs"), words.count(solution.restarts)),
        ]
    pairs += [
        (words("Recipe"), recipe_text(results.study.branch.recipe)),
        (words("Segmentation"), results.partition.key),
        (words("Owner"), results.owner or words("nobody named yet")),
        (words("Made on"), words.date(results.today)),
        (words("Look again by"), words.date(review_date(results.today))),
        (words("Software"), _software()),
    ]
    yield Facts(tuple(pairs))
    yield Paragraph(
        words("To make it again, keep the study beside the file (Export page, or --out) and run:")
    )
    yield Facts(((words("Command"), command(source.name)),), typed=True)


def command(file: str) -> str:
    """Return the command that makes the segments and a report again.

    Examples
    --------
    >>> command("my customers.csv")
    "python -m segmentation segment 'my customers.csv' --study study.toml --report report.html"
    """
    name = shlex.quote(file if not file.startswith("-") else f"./{file}")
    return f"python -m segmentation segment {name} --study study.toml --report report.html"


def recipe_text(recipe: Recipe) -> str:
    """Write a recipe as in a study file.

    Examples
    --------
    >>> recipe_text(Recipe())[:32]
    'log_skew = 1.5, fence_iqr = 3.0,'
    """
    return ", ".join(
        f"{field.name} = {getattr(recipe, field.name)}"
        for field in fields(recipe)
        if field.name != "emphasis" or recipe.emphasis
    )


def _software() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"Segment Studio, Python {platform.python_version()}, {libraries}"


def _prepared(results: Results, words: Words) -> Iterator[Block]:
    basis = results.judged.profile.basis
    if results.found is None or not basis:
        return
    yield Heading(words("{n:count} variables formed the segments", n=len(basis)))
    yield Paragraph(words("{names:list}.", names=basis))
    said = [say(note, words) for note in _notes(results.found)]
    if said:
        yield Points(tuple(said))


def _notes(found: Found) -> tuple[Said, ...]:
    return (*found.notes, *found.extraction.family.notes)


def _methods(results: Results, words: Words) -> Iterator[Block]:
    yield Heading(words("Methods and their sources"))
    told = [
        words("Intervals: 95 %; of shares by Wilson (1927), of means by Student’s t."),
        words("Weighted numbers count by their effective size (Kish 1965)."),
        words("Index: 100 times the segment’s number over the market’s; 100 is the average."),
        words(
            "What marks a segment: 25 points from the market’s share, or half of it (Dolnicar, "
            "Gruen & Leisch 2018); of numbers half a standard deviation (our choice)."
        ),
    ]
    if results.found is not None:
        told += [
            words(
                "How far to trust: agreement of pairs of samples (Dolnicar & Leisch 2010), each "
                "segment’s Jaccard coefficient (Hennig 2008), against data without segments "
                "(after Liu et al. 2008)."
            ),
        ]
    told += [
        words(
            "Hidden: groups of fewer than five customers, and a second group where a total would "
            "tell the first (Batten 2015)."
        ),
        words("No customer’s id, name or address is in this report: only counts and averages."),
    ]
    yield Points(tuple(told))
    if results.owner == "":
        yield Note(
            words("A segmentation that nobody owns is not kept up: name who answers for it.")
        )

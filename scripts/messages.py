"""Collect the sentences of the source, update the catalogues, compile them.

``python scripts/messages.py`` writes ``locale/messages.pot``, merges it into every language's
``messages.po`` without guessing, and compiles ``messages.mo``. What is new has an empty
translation; a test fails until it is filled.
"""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "locale"
LANGUAGES = ("zh_CN",)
# The functions that take a sentence, and which of their arguments it is.
KEYWORDS = {"words": None, "plural": (1, 2), "mark": None, "mark_plural": (1, 2)}
# Dates would change the compiled file at every run.
WRITTEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SOURCES = ("segmentation", "pages")


def extracted() -> Catalog:
    """Return the sentences that the source says, in the order of their text."""
    catalogue = _catalogue(None)
    for folder in SOURCES:
        found = extract_from_dir(
            ROOT / folder,
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
        )
        for file, _line, message, comments, context in found:
            catalogue.add(
                message,
                locations=[(f"{folder}/{file}", 0)],
                auto_comments=comments,
                context=context,
            )
    return catalogue


def stored(language: str) -> Catalog:
    """Return a language's catalogue as it is stored."""
    path = po_path(language)
    if not path.exists():
        return _catalogue(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _catalogue(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        header_comment="# The sentences of Segment Studio; licensed as the project is.",
        project="Segment Studio",
        charset="utf-8",
        fuzzy=False,
    )


def po_path(language: str) -> Path:
    """Return where a language's sentences are kept."""
    return LOCALE / language / "LC_MESSAGES" / "messages.po"


def compiled(catalogue: Catalog) -> bytes:
    """Return the compiled form of a catalogue, the same bytes for the same sentences."""
    catalogue.creation_date = catalogue.revision_date = WRITTEN
    catalogue.last_translator = catalogue.language_team = ""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def written(catalogue: Catalog) -> bytes:
    """Return the text form of a catalogue, the same bytes for the same sentences."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=99, sort_output=True, omit_header=False, include_lineno=False)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    dated = (
        '"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Report-Msgid-Bugs-To',
        '"Last-Translator', '"Language-Team', '"Project-Id-Version',
    )  # fmt: skip
    return "".join(line for line in lines if not line.startswith(dated)).encode("utf-8")


def main() -> None:
    """Update all catalogues."""
    source = extracted()
    (LOCALE / "messages.pot").write_bytes(written(source))
    for language in LANGUAGES:
        catalogue = stored(language)
        catalogue.update(source, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        missing = sum(1 for m in catalogue if m.id and not all(_forms(m.string)))
        print(f"{language}: {len(catalogue)} sentences, {missing} without translation")


def _forms(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (string or "",)


if __name__ == "__main__":
    main()

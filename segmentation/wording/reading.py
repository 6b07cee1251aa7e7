"""What the notes of reading a file say: how it was laid out, and every repair."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark, mark_plural

READING_SENTENCES: Mapping[str, str | tuple[str, str]] = {
    "duplicate-ids": mark(
        "“{name}” does not name each customer once: some values repeat or are missing. Rows are "
        "treated as customers. If these are orders, they need one row a customer first."
    ),
    "sheet-chosen": mark("Sheet “{sheet}”, the largest of {n:count}, was read."),
    "duplicate-rows": mark_plural(
        "{n:count} row repeats another one exactly; it was kept.",
        "{n:count} rows repeat another one exactly; they were kept.",
    ),
    "title-lines-skipped": mark_plural(
        "{n:count} line above the column names was passed over.",
        "{n:count} lines above the column names were passed over.",
    ),
    "header-missing": mark(
        "The file has no column names; its {n:count} columns were numbered instead."
    ),
    "names-invented": mark_plural(
        "{n:count} column had no name and got one.", "{n:count} columns had no name and got one."
    ),
    "names-made-unique": mark_plural(
        "{n:count} column had the name of another and got a number.",
        "{n:count} columns had the name of another and got a number.",
    ),
    "characters-broken": mark_plural(
        "{n:count} character could not be read in this encoding and shows as �.",
        "{n:count} characters could not be read in this encoding and show as �.",
    ),
    "cells-beyond-header": mark_plural(
        "{n:count} row has more cells than there are column names; what is beyond was left out.",
        "{n:count} rows have more cells than there are column names; what is beyond was left out.",
    ),
    "delimiter-declared": mark("The first line of the file names its delimiter: {delimiter}."),
    "rows-unwrapped": mark("Whole rows were wrapped in quotation marks; they were unwrapped."),
    "quotes-single": mark("Cells are enclosed in apostrophes; these were taken off."),
    "backslashes-taken": mark(
        "Backslashes protect marks inside cells; these backslashes were taken off."
    ),
    "padding-removed": mark("The blanks that pad the cells were taken off."),
    "tables-several": mark(
        "There are {n:count} tables apart from each other; the largest, {area}, was read."
    ),
    "table-below": mark_plural(
        "From line {line:count} of the file on, {n:count} row has other columns ({names:list}): "
        "another table seems to begin there. It was read with the first one. If it is another "
        "table, put it into a file of its own.",
        "From line {line:count} of the file on, {n:count} rows have other columns ({names:list}): "
        "another table seems to begin there. They were read with the first one. If it is another "
        "table, put it into a file of its own.",
    ),
    "header-rows-merged": mark(
        "The column names stand in {n:count} rows; these were merged into one name a column."
    ),
    "columns-dropped": mark_plural(
        "{n:count} column without a name and without any value was left out.",
        "{n:count} columns without a name and without any value were left out.",
    ),
    "characters-removed": mark_plural(
        "{n:count} character that is no text (NUL, or a mark of byte order) was removed.",
        "{n:count} characters that are no text (NUL, or marks of byte order) were removed.",
    ),
    "quotes-unclosed": mark_plural(
        "{n:count} quotation mark is never closed and was read as a character (line {line:count}).",
        "{n:count} quotation marks are never closed and were read as characters "
        "(first: line {line:count}).",
    ),
    "rows-short": mark_plural(
        "{n:count} row has fewer cells than there are column names; the missing ones are blank.",
        "{n:count} rows have fewer cells than there are column names; the missing ones are blank.",
    ),
    "rows-set-aside": mark_plural(
        "{n:count} row that is no customer was set aside ({reason}).",
        "{n:count} rows that are no customers were set aside ({reason}).",
    ),
    "name-says-text": mark("The name says text, the content is a workbook: read as a workbook."),
    "error-cells": mark_plural(
        "{n:count} cell of the workbook holds an error such as #N/A and counts as missing.",
        "{n:count} cells of the workbook hold an error such as #N/A and count as missing.",
    ),
    "formulas-without-result": mark_plural(
        "{n:count} formula of the workbook was never calculated and counts as missing; open the "
        "workbook in its program, save it and upload it again.",
        "{n:count} formulas of the workbook were never calculated and count as missing; open the "
        "workbook in its program, save it and upload it again.",
    ),
    "member-chosen": mark("“{member}”, the largest of {n:count} tables in the archive, was read."),
    "encoding-guessed": mark(
        "The file does not say its encoding; {encoding} was taken ({share:percent} sure)."
    ),
    "codebook-in-file": mark_plural(
        "The file itself says what the values of {n:count} column mean.",
        "The file itself says what the values of {n:count} columns mean.",
    ),
    "catalogue-applied": mark_plural(
        "The SAS catalogue explains the codes of {n:count} column.",
        "The SAS catalogue explains the codes of {n:count} columns.",
    ),
    "catalogue-of-others": mark(
        "The SAS catalogue holds none of the formats that this table uses: no code is explained."
    ),
    "catalogue-unreadable": mark(
        "The SAS catalogue could not be read: no code is explained. Give the labels as a codebook."
    ),
    # Reading a codebook
    "codebook-read": mark_plural(
        "The codebook describes {n:count} column.", "The codebook describes {n:count} columns."
    ),
    "codebook-lines": mark_plural(
        "The codebook describes {n:count} column of the order lines ({names:list}); its labels "
        "were used before the lines were summed up.",
        "The codebook describes {n:count} columns of the order lines, such as {names:list}; its "
        "labels were used before the lines were summed up.",
    ),
    "codebook-unmatched": mark_plural(
        "{n:count} variable of the codebook is not in the table: {names:list}.",
        "{n:count} variables of the codebook are not in the table, such as {names:list}.",
    ),
    "codebook-codes-unused": mark_plural(
        "{n:count} code that the codebook explains for “{name}” does not occur: {codes:list}.",
        "{n:count} codes that the codebook explains for “{name}” do not occur, such as "
        "{codes:list}.",
    ),
    "codebook-codes-unknown": mark_plural(
        "{n:count} value of “{name}” is not in the codebook: {codes:list}.",
        "{n:count} values of “{name}” are not in the codebook, such as {codes:list}.",
    ),
    "codebook-text-unclear": mark_plural(
        "{n:count} entry of the codebook could not be understood: {texts:list}.",
        "{n:count} entries of the codebook could not be understood, such as {texts:list}.",
    ),
    "codebook-codes-few": mark_plural(
        "The codebook explains {n:count} code of “{name}”, which has many more values; they stay "
        "as they are.",
        "The codebook explains {n:count} codes of “{name}”, which has many more values; they stay "
        "as they are.",
    ),
    "codebook-codes-unlabelled": mark_plural(
        "{n:count} code of the codebook has no label and was left out.",
        "{n:count} codes of the codebook have no label and were left out.",
    ),
    "codebook-columns-unread": mark_plural(
        "{n:count} column of the codebook was not used: {names:list}.",
        "{n:count} columns of the codebook were not used, such as {names:list}.",
    ),
    "codebook-contradicts": mark_plural(
        "The codebook says different things about {n:count} variable ({names:list}); the first "
        "holds.",
        "The codebook says different things about {n:count} variables, such as {names:list}; the "
        "first holds.",
    ),
    "codebook-sheet-chosen": mark(
        "Sheet “{sheet}” is the codebook: of {n:count} sheets it says most about the columns here."
    ),
    "codebook-sheets-unseen": mark_plural(
        "{n:count} more sheet of the codebook was not looked at.",
        "{n:count} more sheets of the codebook were not looked at.",
    ),
    "codebook-cut": mark_plural(
        "{n:count} row of the codebook beyond the first {most:count} was left out.",
        "{n:count} rows of the codebook beyond the first {most:count} were left out.",
    ),
    "codebook-over-file": mark_plural(
        "The codebook and the file itself say different things about {n:count} column "
        "({names:list}); the codebook holds.",
        "The codebook and the file itself say different things about {n:count} columns, such as "
        "{names:list}; the codebook holds.",
    ),
}

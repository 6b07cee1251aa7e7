"""Codes and values become sentences in the reader's language: for pages, command line, reports."""

from segmentation.wording.language import LANGUAGES, Language, Words, language_of, mark, words_in

__all__ = ["LANGUAGES", "Language", "Words", "language_of", "mark", "words_in"]

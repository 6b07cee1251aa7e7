"""From a file's bytes to a typed customer table in the engine, with every repair counted."""

from segmentation.intake.customers import narrowed, open_customers
from segmentation.intake.decisions import Decision
from segmentation.intake.filters import Condition, Operator
from segmentation.intake.kinds import Kind, Style
from segmentation.intake.options import ReadOptions
from segmentation.intake.reading import read_file
from segmentation.intake.table import Column, CustomerTable, RawTable, Source

__all__ = [
    "Column",
    "Condition",
    "CustomerTable",
    "Decision",
    "Kind",
    "Operator",
    "RawTable",
    "ReadOptions",
    "Source",
    "Style",
    "narrowed",
    "open_customers",
    "read_file",
]

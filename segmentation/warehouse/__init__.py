"""A warehouse as a source: a sample comes into the visit, everybody is placed where they are."""

from segmentation.warehouse.assignment import Placing, WholeTable, assignment_sql, whole_table
from segmentation.warehouse.catalogue import Relation, find, relations
from segmentation.warehouse.opening import OpenedTable, connect, open_table

__all__ = [
    "OpenedTable",
    "Placing",
    "Relation",
    "WholeTable",
    "assignment_sql",
    "connect",
    "find",
    "open_table",
    "relations",
    "whole_table",
]

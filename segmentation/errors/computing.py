"""What variables, extraction, the engine and jobs refuse.

Enters: values. Leaves: exceptions. Refuses to know any language.
"""

from __future__ import annotations

from segmentation.errors.root import SegmentationError


class VariableError(SegmentationError):
    """The chosen variables cannot form segments."""


class NoBasis(VariableError):
    """There are no basis variables (``n_usable``)."""


class ConstantVariable(VariableError):
    """Every usable basis variable has one value only (``name``)."""


class UnsuitableBasis(VariableError):
    """A variable that must not form segments was asked to (``name``, ``role``)."""


class TooManyGivenSegments(VariableError):
    """A column has too many values to be segments (``name``, ``n``, ``limit``)."""


class NoGivenSegments(VariableError):
    """A column does not tell customers apart as segments do (``name``, ``n``)."""


class NobodyPinned(VariableError):
    """No customer meets the rule of a pinned segment (``name``)."""


class EverybodyPinned(VariableError):
    """The rules of pinned segments leave no customer to be segmented (``n``)."""


class SegmentsInRule(VariableError):
    """A rule that makes a segment asks for segments itself (``name``)."""


class ExtractionError(SegmentationError):
    """Segments cannot be found as asked."""


class TooFewCustomers(ExtractionError):
    """There are fewer customers than the task needs (``n_customers``, ``needed``)."""


class DegenerateSolution(ExtractionError):
    """There are fewer distinct customers than segments asked for (``k``, ``n_distinct``)."""


class BadNumberOfSegments(ExtractionError):
    """The number of segments is outside the range that can be computed (``k``, ``k_max``)."""


class NumbersOnly(ExtractionError):
    """The method needs numbers, but some variables are categories (``n``, ``n_all``)."""


class NoDenseGroups(ExtractionError):
    """No 2 to ``k_max`` dense groups hold most of the customers (``k_max``)."""


class BadMerge(ExtractionError):
    """Two segments cannot be taken together (``first``, ``second``, ``k``)."""


class NothingToAsk(ExtractionError):
    """Nothing that formed the segments tells them apart (``n_customers``, ``n_variables``)."""


class EngineError(SegmentationError):
    """The engine could not answer."""


class OutOfMemory(EngineError):
    """The work does not fit into the memory that the visit may use (``limit``)."""


class OutOfDisk(EngineError):
    """The work does not fit onto the disk space that the visit may use (``limit``)."""


class Cancelled(EngineError):
    """The query was stopped on request."""


class EngineFailure(EngineError):
    """The engine refused a query for a reason of its own (``detail``)."""


class BadWarehouseAddress(EngineError):
    """The address of the warehouse is none of PostgreSQL."""


class NoWarehouseDriver(EngineError):
    """The package that talks to PostgreSQL is not installed."""


class WarehouseUnreachable(EngineError):
    """The warehouse does not answer, or lets nobody in."""


class WarehouseTooSlow(EngineError):
    """The warehouse stopped a query that took too long (``seconds``)."""


class ReadOnlyWarehouse(EngineError):
    """Something was to be written to a warehouse."""


class JobError(SegmentationError):
    """A long computation ended without a result."""


class JobFailed(JobError):
    """A computation stopped unexpectedly (``detail``)."""


class JobCancelled(JobError):
    """A computation was cancelled before it had a result."""

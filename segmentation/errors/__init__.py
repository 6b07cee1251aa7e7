"""The error tree: everything the library refuses, each with the values its explanation needs.

    SegmentationError
    ├─ TableError       EmptyFile · HeaderOnly · UnreadableFile · UnknownFormat · FileTooLarge
    │                   TooManyColumns · CellTooLong · UnknownColumn · NoCustomersLeft
    │                   ProtectedFile · ReaderStopped · OutOfProportion · NoTableInside
    │                   NestedArchive · CatalogueAlone · NotACodebook · UnknownSheet
    │                   TooManyRows
    │                   EmptyCodebook · CodebookOfAnotherTable
    │                   UnknownTable · EmptyTable · TooManyTexts · NotInWarehouse
    │                   NotOrders · UnclearDates · NoOrdersLeft · SeveralRowsPerId
    │                   MethodNotInWarehouse · SegmentsNotInWarehouse
    │                   JoinFileMissing · FilesOfOneName · OtherColumns · PartMissing
    │                   PlacesFileMissing · PlacesWithoutCoordinates · NoPlaces · NoCoordinates
    ├─ VariableError    NoBasis · ConstantVariable · UnsuitableBasis
    │                   TooManyGivenSegments · NoGivenSegments · NobodyPinned · EverybodyPinned
    │                   SegmentsInRule
    ├─ ExtractionError  TooFewCustomers · DegenerateSolution · BadNumberOfSegments
    │                   NumbersOnly · NoDenseGroups · NothingToAsk
    │                   BadMerge
    ├─ EngineError      OutOfMemory · OutOfDisk · Cancelled · EngineFailure
    │                   BadWarehouseAddress · NoWarehouseDriver · WarehouseUnreachable
    │                   WarehouseTooSlow · ReadOnlyWarehouse
    ├─ StudyError       UnreadableStudy · NewerStudy · StudyOfAnotherFile · StudyChangedElsewhere
    │                   NotInStudy · UnreadableModel · NewerModel · NoModel
    │                   ModelColumnsMissing · BadMapping · TurnedMapping · NotInSql
    │                   ColumnOfAnotherKind
    │                   StudySavedElsewhere · UnknownStudy · NoSavedStudies
    │                   BadStudiesAddress · NoStudiesDriver · StudiesUnreachable · NewerStudies
    ├─ ExportError      TooLargeForSheet · UnknownPlatform · NoIdentifier · BadHoldOut · UnknownPart
    │                   UnknownReportEnding
    └─ JobError         JobFailed · JobCancelled

Enters: values. Leaves: exceptions. Refuses to know any language: an error carries its class name as
code; ``segmentation.wording`` says what happened and what to do next. A failure is raised, never
replaced by a default number; what is merely doubtful is a ``Check`` or a ``Note``.
"""

from segmentation.errors.computing import (
    BadMerge,
    BadNumberOfSegments,
    BadWarehouseAddress,
    Cancelled,
    ConstantVariable,
    DegenerateSolution,
    EngineError,
    EngineFailure,
    EverybodyPinned,
    ExtractionError,
    JobCancelled,
    JobError,
    JobFailed,
    NoBasis,
    NobodyPinned,
    NoDenseGroups,
    NoGivenSegments,
    NothingToAsk,
    NoWarehouseDriver,
    NumbersOnly,
    OutOfDisk,
    OutOfMemory,
    ReadOnlyWarehouse,
    SegmentsInRule,
    TooFewCustomers,
    TooManyGivenSegments,
    UnsuitableBasis,
    VariableError,
    WarehouseTooSlow,
    WarehouseUnreachable,
)
from segmentation.errors.root import SegmentationError
from segmentation.errors.studies import (
    BadHoldOut,
    BadMapping,
    BadStudiesAddress,
    ColumnOfAnotherKind,
    ExportError,
    ModelColumnsMissing,
    NewerModel,
    NewerStudies,
    NewerStudy,
    NoIdentifier,
    NoModel,
    NoSavedStudies,
    NoStudiesDriver,
    NotInSql,
    NotInStudy,
    StudiesUnreachable,
    StudyChangedElsewhere,
    StudyError,
    StudyOfAnotherFile,
    StudySavedElsewhere,
    TooLargeForSheet,
    TurnedMapping,
    UnknownPart,
    UnknownPlatform,
    UnknownReportEnding,
    UnknownStudy,
    UnreadableModel,
    UnreadableStudy,
)
from segmentation.errors.tables import (
    CatalogueAlone,
    CellTooLong,
    CodebookOfAnotherTable,
    EmptyCodebook,
    EmptyFile,
    EmptyTable,
    FilesOfOneName,
    FileTooLarge,
    HeaderOnly,
    JoinFileMissing,
    MethodNotInWarehouse,
    NestedArchive,
    NoCoordinates,
    NoCustomersLeft,
    NoOrdersLeft,
    NoPlaces,
    NoTableInside,
    NotACodebook,
    NotInWarehouse,
    NotOrders,
    OtherColumns,
    OutOfProportion,
    PartMissing,
    PlacesFileMissing,
    PlacesWithoutCoordinates,
    ProtectedFile,
    ReaderStopped,
    SegmentsNotInWarehouse,
    SeveralRowsPerId,
    TableError,
    TooManyColumns,
    TooManyRows,
    TooManyTexts,
    UnclearDates,
    UnknownColumn,
    UnknownFormat,
    UnknownSheet,
    UnknownTable,
    UnreadableFile,
)

__all__ = [
    "BadHoldOut",
    "BadMapping",
    "BadMerge",
    "BadNumberOfSegments",
    "BadStudiesAddress",
    "BadWarehouseAddress",
    "Cancelled",
    "CatalogueAlone",
    "CellTooLong",
    "CodebookOfAnotherTable",
    "ColumnOfAnotherKind",
    "ConstantVariable",
    "DegenerateSolution",
    "EmptyCodebook",
    "EmptyFile",
    "EmptyTable",
    "EngineError",
    "EngineFailure",
    "EverybodyPinned",
    "ExportError",
    "ExtractionError",
    "FileTooLarge",
    "FilesOfOneName",
    "HeaderOnly",
    "JobCancelled",
    "JobError",
    "JobFailed",
    "JoinFileMissing",
    "MethodNotInWarehouse",
    "ModelColumnsMissing",
    "NestedArchive",
    "NewerModel",
    "NewerStudies",
    "NewerStudy",
    "NoBasis",
    "NoCoordinates",
    "NoCustomersLeft",
    "NoDenseGroups",
    "NoGivenSegments",
    "NoIdentifier",
    "NoModel",
    "NoOrdersLeft",
    "NoPlaces",
    "NoSavedStudies",
    "NoStudiesDriver",
    "NoTableInside",
    "NoWarehouseDriver",
    "NobodyPinned",
    "NotACodebook",
    "NotInSql",
    "NotInStudy",
    "NotInWarehouse",
    "NotOrders",
    "NothingToAsk",
    "NumbersOnly",
    "OtherColumns",
    "OutOfDisk",
    "OutOfMemory",
    "OutOfProportion",
    "PartMissing",
    "PlacesFileMissing",
    "PlacesWithoutCoordinates",
    "ProtectedFile",
    "ReadOnlyWarehouse",
    "ReaderStopped",
    "SegmentationError",
    "SegmentsInRule",
    "SegmentsNotInWarehouse",
    "SeveralRowsPerId",
    "StudiesUnreachable",
    "StudyChangedElsewhere",
    "StudyError",
    "StudyOfAnotherFile",
    "StudySavedElsewhere",
    "TableError",
    "TooFewCustomers",
    "TooLargeForSheet",
    "TooManyColumns",
    "TooManyGivenSegments",
    "TooManyRows",
    "TooManyTexts",
    "TurnedMapping",
    "UnclearDates",
    "UnknownColumn",
    "UnknownFormat",
    "UnknownPart",
    "UnknownPlatform",
    "UnknownReportEnding",
    "UnknownSheet",
    "UnknownStudy",
    "UnknownTable",
    "UnreadableFile",
    "UnreadableModel",
    "UnreadableStudy",
    "UnsuitableBasis",
    "VariableError",
    "WarehouseTooSlow",
    "WarehouseUnreachable",
]

"""Taking results away: labelled customers, the study, and the record of a run."""

from segmentation.export.added import (
    Levels,
    added_columns,
    export_columns,
    micro_columns,
    place_columns,
)
from segmentation.export.assigned import (
    assigned_columns,
    assignment_record,
    put_assignment,
    write_assigned,
    write_assigned_sheet,
)
from segmentation.export.borderline import (
    nearest_rows,
    put_borderline,
    shown_id,
    write_borderline,
)
from segmentation.export.customers import (
    write_csv,
    write_excel_csv,
    write_set_aside,
    write_workbook,
)
from segmentation.export.parquet import write_parquet
from segmentation.export.pictures import Share, picture_png, picture_svg, rows_csv
from segmentation.export.places import places_record
from segmentation.export.questions_workbook import write_questions
from segmentation.export.record import audit_record, describe_record, segment_record
from segmentation.export.results import Results, write_results
from segmentation.export.results_about import about_rows, check_rows, number_rows
from segmentation.export.scorecard_record import scorecard_record
from segmentation.export.short_form import questions_record, short_form, short_form_csv
from segmentation.export.solutions import sweep_record, trust_record
from segmentation.export.template import write_codebook

__all__ = [
    "Levels",
    "Results",
    "Share",
    "about_rows",
    "added_columns",
    "assigned_columns",
    "assignment_record",
    "audit_record",
    "check_rows",
    "describe_record",
    "export_columns",
    "micro_columns",
    "nearest_rows",
    "number_rows",
    "picture_png",
    "picture_svg",
    "place_columns",
    "places_record",
    "put_assignment",
    "put_borderline",
    "questions_record",
    "rows_csv",
    "scorecard_record",
    "segment_record",
    "short_form",
    "short_form_csv",
    "shown_id",
    "sweep_record",
    "trust_record",
    "write_assigned",
    "write_assigned_sheet",
    "write_borderline",
    "write_codebook",
    "write_csv",
    "write_excel_csv",
    "write_parquet",
    "write_questions",
    "write_results",
    "write_set_aside",
    "write_workbook",
]

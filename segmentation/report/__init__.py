"""The report: one description of the results, written as a web page, slides or paged print."""

from collections.abc import Callable, Mapping

from segmentation.report.acting import next_steps
from segmentation.report.blocks import Picture, Portrait, Report
from segmentation.report.content import report_of, summary_of
from segmentation.report.describing import portraits
from segmentation.report.html import write_html
from segmentation.report.pdf import write_pdf
from segmentation.report.pictures import pictured
from segmentation.report.pptx import write_pptx
from segmentation.report.results import Engine, Found, Map, Results, Sized, ask_engine, map_of
from segmentation.report.trusting import verdict_line

# By the ending of the file.
WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    ".html": write_html,
    ".pptx": write_pptx,
    ".pdf": write_pdf,
}

__all__ = [
    "WRITERS",
    "Engine",
    "Found",
    "Map",
    "Picture",
    "Portrait",
    "Report",
    "Results",
    "Sized",
    "ask_engine",
    "map_of",
    "next_steps",
    "pictured",
    "portraits",
    "report_of",
    "summary_of",
    "verdict_line",
    "write_html",
    "write_pdf",
    "write_pptx",
]

"""show: the case for people and other tools: exports, search results, the report."""

from sayso.show.export import FIELDS, KINDS, export_lines, export_rows
from sayso.show.found import search_lines
from sayso.show.report import write_report
from sayso.show.shapes import SHAPES
from sayso.show.tolls import with_tolls
from sayso.show.write import BOM, write_exports

__all__ = [
    "BOM",
    "FIELDS",
    "KINDS",
    "SHAPES",
    "export_lines",
    "export_rows",
    "search_lines",
    "with_tolls",
    "write_exports",
    "write_report",
]

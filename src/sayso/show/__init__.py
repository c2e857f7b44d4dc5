"""show: the case for people: exports, search results, the report."""

from sayso.show.export import FIELDS, KINDS, export_lines, export_rows
from sayso.show.found import search_lines
from sayso.show.report import write_report

__all__ = ["FIELDS", "KINDS", "export_lines", "export_rows", "search_lines", "write_report"]

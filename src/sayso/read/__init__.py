"""read: bytes → Document. Files, tables and web pages; the working text, its blocks, metadata."""

from sayso.read.columns import TableOptions, parse_columns
from sayso.read.discover import discover, printable
from sayso.read.documents import READER, plain
from sayso.read.encodings import decode
from sayso.read.files import read_file, unique_source

__all__ = [
    "READER",
    "TableOptions",
    "decode",
    "discover",
    "parse_columns",
    "plain",
    "printable",
    "read_file",
    "unique_source",
]

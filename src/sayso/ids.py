"""Ids: what a record is called, made from what it stands on and never from how it was made."""

from collections.abc import Iterable
from hashlib import sha256

Span = tuple[int, int]
"""A half-open range of Unicode code points of a working text."""

ID_LENGTH = 20


def record_id(source: str, text_sha256: str, kind: str, spans: Iterable[Span] = ()) -> str:
    """The id of a record: 20 hex digits of the SHA-256 of its source, text, kind and spans.

    Methods, scores and resolved values are left out on purpose, so that making sayso
    better does not rename what people have cited.
    """
    places = ";".join(f"{start},{end}" for start, end in spans)
    return sha256("\x1f".join((source, text_sha256, kind, places)).encode()).hexdigest()[:ID_LENGTH]

"""store: the case file."""

from sayso.store.case import ACROSS, LOCAL, Case, Decision, Row, encode_resolved, now
from sayso.store.search import Hit, search
from sayso.store.verify import verify

__all__ = [
    "ACROSS",
    "LOCAL",
    "Case",
    "Decision",
    "Hit",
    "Row",
    "encode_resolved",
    "now",
    "search",
    "verify",
]

"""Citations: what a reader needs to find the words again and to check them."""

from __future__ import annotations

from sayso.schema import Matter
from sayso.show.index import Index
from sayso.show.words import days_words


def matter_citation(index: Index, matter: Matter) -> str:
    """A matter as a footnote: title, counts, reports with the hashes of their texts, version."""
    when = days_words(matter.earliest, matter.latest) or "day unknown"
    place = matter.place or "place unknown"
    sources = dict.fromkeys((*matter.documents, *matter.also_in))
    reports = "; ".join(
        f"{index.reports[s].label}, text SHA-256 {index.reports[s].document.text_sha256[:16]}"
        for s in sources
    )
    return (
        f"“{matter.title}” ({place}, {when}): reports {matter.reports}, named origins of"
        f" its main claim {matter.origins}. In: {reports}. sayso {index.view.version},"
        f" case {index.view.case}, matter {matter.id}, #m-{matter.id}"
    )

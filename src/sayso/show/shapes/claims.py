"""Drafts of schema.org Claim, as JSON-LD: what is said, by whom, and where it appeared.

They are no ClaimReview: there is no rating, and none is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sayso.schema import Statement, View


def claims(view: View) -> Iterator[str]:
    """One JSON-LD document: a graph of claims, a claim a line. Attitudes are left out: what is
    hoped or feared is not claimed.
    """
    documents = {document.source: document for document in view.documents}
    kinds = {actor.name: actor.kind for actor in view.actors}
    yield '{"@context":"https://schema.org","@graph":[\n'
    before = ""
    for statement in view.statements:
        if statement.type == "statement":
            claim = _claim(view, statement, documents[statement.document], kinds)
            yield before + msgspec.json.encode(claim).decode()
            before = ",\n"
    yield "\n]}\n"


def _claim(view: View, s: Statement, document: Any, kinds: dict[str, Any]) -> dict[str, Any]:
    publication = view.publications.get(s.document)
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": f"urn:sha256:{document.text_sha256}",
        "identifier": document.source,
    }
    if document.headline:
        article["headline"] = document.headline
    if document.url:
        article["url"] = document.url
    if document.outlet:
        article["publisher"] = {"@type": "NewsMediaOrganization", "name": document.outlet}
    if publication and publication.day:
        article["datePublished"] = publication.day
    spans = ", ".join(f"{start}–{end}" for start, end in s.content_spans)
    claim: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"urn:sayso:{s.id}",
        "text": s.content,
        "appearance": article,
        "description": f"{s.form}; via {' → '.join(s.chain)}; characters {spans}",
    }
    if s.speaker:
        claim["author"] = {
            "@type": "Person" if kinds.get(s.speaker) == "person" else "Organization",
            "name": s.speaker,
        }
    return claim

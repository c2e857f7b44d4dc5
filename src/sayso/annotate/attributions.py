"""Who says what: attributions as spans of source, cue and content.

By rule: the subject of a reporting verb, what the verb governs, and the quotation marks beside it
(docs/design/attributions.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.assembly import Draft, Page, assemble, claim_quotes, source_at
from sayso.annotate.headlines import headline_attribution, signed_quotes
from sayso.annotate.lexicon import cues_of
from sayso.annotate.phrases import Report
from sayso.annotate.quotes import Quote, Quotes, find_quotes
from sayso.annotate.reporting import reports
from sayso.annotate.taglines import tagline_drafts

if TYPE_CHECKING:
    from sayso.annotate.parse import Parse, Piece
    from sayso.ids import Span
    from sayso.knowledge import Knowledge
    from sayso.schema import AttributionSpan, Document


def find_attributions(
    document: Document,
    parse: Parse,
    *,
    knowledge: Knowledge,
) -> tuple[AttributionSpan, ...]:
    """The attributions of a document, in text order, nested ones among them.

    Of nested ones the inner stands inside the outer's content. `sources` is empty where nobody
    is named ("was reported"), `cues` where a headline's source has nothing but its place.
    """
    return attributions_by_rule(document, parse, knowledge=knowledge)


def attributions_by_rule(
    document: Document, parse: Parse, *, knowledge: Knowledge
) -> tuple[AttributionSpan, ...]:
    """The attributions that the rule finds, from the parse and the cue lexicon alone."""
    cues = cues_of(knowledge)
    text = document.text
    drafts: list[Draft] = []
    marks: list[Quote] = []
    headlines: list[Span] = []
    for piece in parse.pieces:
        end = piece.start + len(piece.doc.text)
        marks += find_quotes(text, piece.start, end)
        read = (_draft(text, piece, report) for report in reports(piece.doc, cues))
        drafts += [draft for draft in read if draft]
        if piece.kind in {"headline", "heading"}:
            headlines.append((piece.start, end))
    starts = [start for start, _ in parse.sentences]
    quotes = Quotes(marks)
    signed = signed_quotes(text, marks, quotes)
    page = Page(text, quotes, starts, dict.fromkeys(quote.start for quote, _ in signed))
    found = [span for _, span in signed]
    drafts = claim_quotes(drafts, page)
    drafts += tagline_drafts(page, cues)
    found += assemble(drafts, page)
    for start, end in headlines:
        headline = headline_attribution(text, start, end, quotes, cues=cues)
        if headline and not any(_covers(span, headline) for span in found):
            found.append(headline)
    return tuple(sorted(set(found), key=lambda a: (a.contents, a.cues)))


def _covers(span: AttributionSpan, headline: AttributionSpan) -> bool:
    """Whether an attribution already has a headline's source for its own."""
    return any(a < d and c < b for a, b in span.sources for c, d in headline.sources)


def _draft(text: str, piece: Piece, report: Report) -> Draft | None:
    """A report in places of the working text; None where its source is no words."""
    sources = [source_at(text, *_span(piece, part)) for part in report.sources]
    kept = [span for span in sources if span]
    if report.sources and not kept:
        return None
    return Draft(
        report=report,
        sources=kept,
        cues=[_span(piece, part) for part in report.cue],
        contents=[_span(piece, part) for part in report.contents],
    )


def _span(piece: Piece, tokens: tuple[int, int]) -> Span:
    start, end = tokens
    return piece.span(piece.doc[start:end])

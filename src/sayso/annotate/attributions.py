"""Who says what: attributions as spans of source, cue and content.

By a small trained encoder, which needs no parse; or by rule, from the parse, for those who may not
use its weights: the subject of a reporting verb, what the verb governs, and the quotation marks
beside it (docs/design/attributions.md).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.assembly import Draft, Page, assemble, claim_quotes, source_at
from sayso.annotate.citing import with_cited
from sayso.annotate.headlines import headline_attribution, signed_quotes, speaker_turns
from sayso.annotate.lexicon import Cues, cues_of, denies, is_no_cue
from sayso.annotate.parse import ANNOTATED
from sayso.annotate.phrases import Report
from sayso.annotate.quotes import Quote, Quotes, find_quotes
from sayso.annotate.reporting import reports
from sayso.annotate.source_edges import with_clean_source
from sayso.annotate.taglines import tagline_drafts
from sayso.annotate.threads import keep_to_one
from sayso.annotate.toll_givers import toll_givers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.annotate.parse import Parse, Piece
    from sayso.ids import Span
    from sayso.knowledge import Knowledge
    from sayso.schema import AttributionSpan, Document


_ADDRESSEE = re.compile(r"(?!that\b)(?:[\w’'.-]+\s+){1,5}?(?=that\s)")


def find_attributions(
    document: Document,
    parse: Parse,
    *,
    knowledge: Knowledge,
) -> tuple[AttributionSpan, ...]:
    """The attributions of a document, in text order, nested ones among them.

    Of nested ones the inner stands inside the outer's content. `sources` is empty where nobody
    is named ("was reported"), `cues` where a headline's source has nothing but its place.

    Raises UsageError where sayso was installed without its weights.
    """
    keep_to_one()
    from sayso.annotate.attribution_spans import attributions_of  # loads numpy: not for times alone
    from sayso.annotate.encoder import shipped

    text = document.text
    cues = cues_of(knowledge)
    blocks = [(b.start, b.end) for b in document.blocks if b.kind in ANNOTATED]
    marks = [quote for start, end in blocks for quote in find_quotes(text, start, end)]
    quotes = Quotes(marks)
    turns = speaker_turns(text, 0, len(text), quotes, cues=cues)
    found = [
        msgspec.structs.replace(
            _without_addressee(text, with_clean_source(text, span, knowledge=knowledge), cues),
            denied=denies(*_words(text, span), cues),
        )
        for span in attributions_of(
            shipped(),
            text,
            list(_between(blocks, turns)),
            cue_words=cues.nesting_forms,
            encoded=None if turns else parse.encoded,
        )
        if not is_no_cue(*_words(text, span), cues)
    ]
    verbless = [span for _, span in signed_quotes(text, marks, quotes)]
    for block in document.blocks:
        if block.kind in {"headline", "heading"}:
            headline = headline_attribution(text, block.start, block.end, quotes, cues=cues)
            verbless += [headline] if headline else []
    verbless += toll_givers(text, blocks, quotes, cues=cues)
    found += _unclaimed(text, verbless, turns, found)
    found = with_cited(text, blocks, found, cues=cues)
    return tuple(sorted(set(found), key=lambda a: (a.contents, a.cues)))


def _between(blocks: list[Span], turns: list[AttributionSpan]) -> Iterator[Span]:
    """The blocks without the labels of a transcript's turns, which are nobody's words."""
    labels = iter([(turn.sources[0][0], turn.cues[0][1]) for turn in turns])
    label = next(labels, None)
    for start, end in blocks:
        while label and label[0] < end:
            if label[0] > start:
                yield start, label[0]
            start = max(start, label[1])
            label = next(labels, None)
        if start < end:
            yield start, end


def _without_addressee(text: str, span: AttributionSpan, cues: Cues) -> AttributionSpan:
    """The attribution without "the agency" in front of the content, in "told the agency that …"."""
    start, end = span.contents[0]
    told = span.cues and text[slice(*span.cues[-1])].lower().split()[-1] in cues.telling_forms
    addressee = _ADDRESSEE.match(text, start, end) if told else None
    if not addressee or text[span.cues[-1][1] : start].strip():
        return span
    return msgspec.structs.replace(span, contents=((addressee.end(), end), *span.contents[1:]))


def _words(text: str, span: AttributionSpan) -> tuple[str, str]:
    """The words of a cue and of its content."""
    cue, content = (" ".join(text[a:b] for a, b in part) for part in (span.cues, span.contents))
    return cue, content


def _unclaimed(
    text: str,
    verbless: list[AttributionSpan],
    turns: list[AttributionSpan],
    found: list[AttributionSpan],
) -> list[AttributionSpan]:
    """Verbless attributions whose source, or all of whose words, nobody has already.

    A turn's words may hold other attributions, which are then nested in it.
    """
    named, said = bytearray(len(text)), bytearray(len(text))
    for span in found:
        for start, end in (*span.sources, *span.contents):
            named[start:end] = b"\1" * (end - start)
        for start, end in span.contents if span.sources else ():
            said[start:end] = b"\1" * (end - start)
    return [
        span
        for k, span in enumerate((*turns, *verbless))
        if not any(any(named[a:b]) for a, b in span.sources)
        and (k < len(turns) or not any(any(said[a:b]) for a, b in span.contents))
    ]


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

"""What the encoder's attributions are given besides: denials, addressees, headlines, blocks."""

from __future__ import annotations

import pytest

from sayso.annotate.attributions import find_attributions
from sayso.annotate.parse import Parse
from sayso.knowledge import load
from sayso.schema import AttributionSpan, Block, BlockKind, Document


def find(*blocks: tuple[BlockKind, str]) -> list[tuple[str, AttributionSpan]]:
    """What is found in blocks of text, each with the words of its source, cue and content."""
    text, spans = "", []
    for kind, words in blocks:
        spans.append(Block(kind=kind, start=len(text), end=len(text) + len(words)))
        text += words + "\n\n"
    document = Document(
        source="t",
        path="t",
        text=text,
        blocks=tuple(spans),
        bytes_sha256="",
        text_sha256="t",
        read_at="",
        reader="",
    )
    unread = Parse(document)
    return [
        (" | ".join(" … ".join(text[a:b] for a, b in part) for part in parts), found)
        for found in find_attributions(document, unread, knowledge=load())
        for parts in [(found.sources, found.cues, found.contents)]
    ]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The army denied that it had shelled the town.", True),
        ("The army said that it had shelled the town.", False),
        ("The army did not deny that it had shelled the town.", False),
    ],
)
def test_denials(text: str, denied: bool) -> None:
    ((_, found),) = find(("prose", text))
    assert found.denied is denied


def test_who_is_told_is_no_part_of_the_content() -> None:
    ((words, _),) = find(("prose", "A resident told the agency that two houses had burnt down."))
    assert words == "A resident | told | that two houses had burnt down"


def test_a_claim_of_lives_is_no_attribution() -> None:
    assert not find(("prose", "The fire claimed the lives of three people on Monday."))


def test_a_headlines_source_needs_no_verb() -> None:
    ((words, found),) = find(("headline", "Twelve killed in air raids on Marn: monitor"))
    assert words == "monitor | : | Twelve killed in air raids on Marn"
    assert found.score is None


def test_a_signed_quotation_needs_no_verb() -> None:
    found = [words for words, _ in find(("prose", "“The wind took the roof.” — Anna Berg"))]
    assert any(words.startswith("Anna Berg | ") for words in found)


def test_turns_of_a_transcript_need_no_verb() -> None:
    lines = (
        "BERG: The bridge is closed until spring.",
        "LUND: Why?",
        "BERG: Ice.",
        "LUND: I see.",
    )
    found = [words for words, _ in find(*(("prose", line) for line in lines))]
    assert {
        "BERG | : | The bridge is closed until spring.",
        "LUND | : | Why?",
    } <= set(found)


def test_furniture_speaks_for_nobody() -> None:
    said = "The mayor said that the bridge was closed."
    assert len(find(("prose", said))) == 1
    assert not find(("furniture", said))

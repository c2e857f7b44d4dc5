"""The grammar of a document by the encoder, as spaCy's objects."""

from collections.abc import Callable

import pytest

from sayso.annotate.parse import PIECE_LENGTH, Parse
from sayso.schema import Document

Make = Callable[..., Document]

HOSTILE = [
    "",
    " \n\t ",
    "\x00\x00 a\x00b",
    "🚑🚑 said 🚑.",
    "\u202eabc\u202c said \u2067x\u2069.",
    "a" * 10_000,
    '"' * 5_001,
    "." * 300 + " He left.",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_parsed_and_kept(text: str, document: Make) -> None:
    for piece in Parse(document(text)).pieces:
        assert piece.doc.text == text[piece.start : piece.start + len(piece.doc.text)]
        for sentence in piece.doc.sents:
            assert sum(token.head.i == token.i for token in sentence) == 1, "not one tree"
            assert all(token.head in sentence for token in sentence)


def test_who_did_what_to_whom(document: Make) -> None:
    (piece,) = Parse(document("The mayor of Prague sold three old trams to a museum.")).pieces
    relations = {token.text: (token.dep_, token.head.text, token.lemma_) for token in piece.doc}
    assert relations["mayor"] == ("nsubj", "sold", "mayor")
    assert relations["trams"] == ("dobj", "sold", "tram")
    assert relations["sold"] == ("ROOT", "sold", "sell")
    assert [(e.text, e.label_) for e in piece.doc.ents if e.label_ == "GPE"] == [("Prague", "GPE")]


def test_a_text_without_its_commas_is_parsed_as_with_them(document: Make) -> None:
    (piece,) = Parse(document("The mayor a former teacher sold the trams and left.")).pieces
    heads = {token.text: token.head.text for token in piece.doc}
    assert heads["mayor"] == "sold"
    assert heads["left"] == "sold"


def test_a_long_text_is_read_in_parts(document: Make) -> None:
    text = "The council met in the old hall on Monday and voted.\n" * (2 * PIECE_LENGTH // 50)
    parse = Parse(document(text))
    assert parse.encoded is None, "too long to be kept whole"
    assert len(parse.pieces) > 1
    read = "".join(piece.doc.text for piece in parse.pieces)
    assert read.count("council") == text.count("council")
    for start, end in parse.sentences[:50]:
        assert text[start:end].strip() == "The council met in the old hall on Monday and voted."

"""A parsed piece in columns: lists are read ten times quicker than spaCy's tokens are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "sayso.columns"
_ATTRIBUTES = ("ORTH", "LOWER", "POS", "TAG", "IDX", "LENGTH", "SENT_START")


class Columns(msgspec.Struct, frozen=True):
    """What the tokens of one Doc are, by index; `starts` and `ends` count in its text, `whole`.

    `sentences` are half-open ranges of token indices that cover the Doc. spaCy makes `doc.text`
    anew from all tokens whenever it is asked for.
    """

    whole: str
    text: list[str]
    lower: list[str]
    pos: list[str]
    tag: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]


def columns(doc: Doc) -> Columns:
    """The columns of a Doc, made once and kept with it."""
    found: Columns | None = doc.user_data.get(_KEY)
    if found is None:
        found = _read(doc)
        doc.user_data[_KEY] = found
    return found


def _read(doc: Doc) -> Columns:
    if not len(doc):
        return Columns("", [], [], [], [], [], [], [])
    table: Any = doc.to_array(list(_ATTRIBUTES))
    orth, lower, pos, tag, starts, lengths, opens = (table[:, n].tolist() for n in range(7))
    strings = doc.vocab.strings
    words = {key: strings[key] for key in {*orth, *lower, *pos, *tag}}
    first = [i for i, is_open in enumerate(opens) if is_open == 1 or i == 0]
    return Columns(
        whole=doc.text,
        text=[words[key] for key in orth],
        lower=[words[key] for key in lower],
        pos=[words[key] for key in pos],
        tag=[words[key] for key in tag],
        starts=starts,
        ends=[start + length for start, length in zip(starts, lengths, strict=True)],
        sentences=list(zip(first, [*first[1:], len(doc)], strict=True)),
    )

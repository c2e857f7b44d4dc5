"""The trimmed vocabulary: MiniLM's word pieces less those that news in English hardly needs.

WordPiece falls back to smaller pieces by itself when a piece is missing, so a cut vocabulary still
reads every word. BERT's vocabulary lists pieces by falling frequency, which is the general measure
of use here; pieces that the training text holds are kept whatever their rank.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
RANKED = 18_000
"""Ids below this are kept unless written in a script that English news does not use."""
SEEN = 2
"""A piece of a higher rank is kept when the training text holds it this often."""


def trim(source: Path, texts: Iterable[str]) -> tuple[str, list[int]]:
    """Cut the vocabulary of a `tokenizer.json`.

    Returns the new file's words, and for each new id the old one, in order.
    """
    config = json.loads(source.read_text(encoding="utf8"))
    vocabulary: dict[str, int] = config["model"]["vocab"]
    counts = _count(source, texts)
    kept = sorted(
        (rank, piece)
        for piece, rank in vocabulary.items()
        if piece in SPECIAL or _worth(piece, rank, counts.get(rank, 0))
    )
    order = [*SPECIAL, *(piece for _, piece in kept if piece not in SPECIAL)]
    config["model"]["vocab"] = {piece: new for new, piece in enumerate(order)}
    config["truncation"] = config["padding"] = None
    config["post_processor"] = None
    for token in config["added_tokens"]:
        token["id"] = config["model"]["vocab"].get(token["content"], -1)
    config["added_tokens"] = [t for t in config["added_tokens"] if t["id"] >= 0]
    return json.dumps(config, ensure_ascii=False), [vocabulary[piece] for piece in order]


def _count(source: Path, texts: Iterable[str]) -> dict[int, int]:
    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    counts: dict[int, int] = {}
    for text in texts:
        for piece in tokenizer.encode(text, add_special_tokens=False).ids:
            counts[piece] = counts.get(piece, 0) + 1
    return counts


def _worth(piece: str, rank: int, count: int) -> bool:
    body = piece.removeprefix("##")
    if piece.startswith("[unused") or piece == "[MASK]":
        return False
    if len(body) == 1 and ord(body) < 0x250:
        return True
    return count >= SEEN or (rank < RANKED and all(_latin(c) for c in body))


def _latin(character: str) -> bool:
    """Latin letters, digits and any punctuation or symbol."""
    kind = unicodedata.category(character)
    if kind.startswith("L"):
        return "LATIN" in unicodedata.name(character, "")
    return kind[0] in "NPS"

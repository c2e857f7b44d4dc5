"""spaCy's documents, made from the encoder's grammar: its tokens and lemmas, our labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.annotate.encoder import WEIGHTS, Encoded
from sayso.annotate.grammar import LABELS, Grammar, Scores, decide
from sayso.annotate.pieces import Ints
from sayso.annotate.spacy_models import load
from sayso.config import DEFAULT_MODEL

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_UNUSED = ("tok2vec", "tagger", "parser", "ner")
"""What the encoder does instead of the pipeline."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes documents: tokens and rules of `pipeline`, `codes` of each part's labels in its
    strings, `lemmas` known so far by word, tag and kind.
    """

    pipeline: Language
    scores: Scores
    codes: dict[str, Ints]
    lemmas: dict[tuple[int, int, int], int] = field(default_factory=dict)


@cache
def maker() -> Maker:
    """The one maker of a process."""
    from spacy.parts_of_speech import IDS

    pipeline = load(DEFAULT_MODEL, _UNUSED)
    lemmatizer: Any = pipeline.get_pipe("lemmatizer")
    forms = lemmatizer.lookups.get_table("lemma_index")
    for kind in list(forms.keys()):
        forms[kind] = frozenset(forms[kind])  # spaCy looks for each word in a list of thousands
    strings = pipeline.vocab.strings
    codes = {
        "tags": [strings.add(tag) for tag in LABELS["tags"]],
        "kinds": [IDS[kind] for kind in LABELS["kinds"]],
        "relations": [strings.add(relation) for relation in LABELS["relations"]],
        "names": [0, *(strings.add(name.partition("-")[2]) for name in LABELS["names"][1:])],
    }
    return Maker(
        pipeline,
        Scores.load(WEIGHTS / "grammar.npz"),
        {part: np.array(own, dtype=np.uint64) for part, own in codes.items()},
    )


def make_docs(texts: Sequence[tuple[int, str]], encoded: Encoded) -> list[Doc]:
    """Documents of some runs of a text, each with its start, from the encoder's reading of them."""
    from spacy.attrs import IDX, LENGTH

    own = maker()
    docs = [own.pipeline.make_doc(text) for _, text in texts]
    places = [doc.to_array([IDX, LENGTH]).astype(np.int64).reshape(-1, 2) for doc in docs]
    starts = np.concatenate([p[:, 0] + start for p, (start, _) in zip(places, texts, strict=True)])
    ends = starts + np.concatenate([p[:, 1] for p in places])
    first = np.searchsorted(encoded.pieces.ends, starts, side="right")
    last = np.searchsorted(encoded.pieces.starts, ends, side="left") - 1
    blank = (first > last) | (first >= len(encoded.pieces))
    space = np.array([token.is_space for doc in docs for token in doc], dtype=np.bool_)
    opening = np.zeros(len(starts), dtype=np.bool_)
    edges = np.cumsum([0, *(len(doc) for doc in docs)])
    opening[edges[:-1][np.diff(edges) > 0]] = True
    told = np.zeros((len(starts), encoded.grammar.shape[1]), dtype=np.float32)
    read = ~blank
    told[read] = (encoded.grammar[first[read]] + encoded.grammar[last[read]]) / 2
    found = decide(told, blank, space, opening, own.scores)
    for doc, a, b in zip(docs, edges[:-1], edges[1:], strict=True):
        _fill(own, doc, found, int(a), int(b))
    return docs


def _fill(own: Maker, doc: Doc, found: Grammar, a: int, b: int) -> None:
    """Writes the grammar of tokens [a, b) into their document."""
    from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, ORTH, POS, TAG

    tags, kinds = own.codes["tags"][found.tags[a:b]], own.codes["kinds"][found.kinds[a:b]]
    words: Any = doc.to_array([ORTH]).reshape(-1)
    names = found.names[a:b]
    inside = len(LABELS["names"]) // 2
    columns = {
        TAG: tags,
        POS: kinds,
        LEMMA: _lemmas(own, words, tags, kinds),
        HEAD: (found.heads[a:b] - np.arange(a, b)).astype(np.uint64),
        DEP: own.codes["relations"][found.relations[a:b]],
        ENT_IOB: np.where(names == 0, 2, np.where(names <= inside, 3, 1)).astype(np.uint64),
        ENT_TYPE: own.codes["names"][names],
    }
    rows: Any = np.stack(list(columns.values()), axis=1)
    doc.from_array(list(columns), rows)


def _lemmas(own: Maker, words: Ints, tags: Ints, kinds: Ints) -> Ints:
    """The lemmas, by the pipeline's own rules, of words with their tags and kinds."""
    keys = list(zip(words.tolist(), tags.tolist(), kinds.tolist(), strict=True))
    unknown = list(dict.fromkeys(key for key in keys if key not in own.lemmas))
    if unknown:
        own.lemmas.update(zip(unknown, _by_rule(own.pipeline, unknown), strict=True))
    return np.array([own.lemmas[key] for key in keys], dtype=np.uint64)


def _by_rule(pipeline: Language, keys: list[tuple[int, int, int]]) -> list[int]:
    from spacy.attrs import POS
    from spacy.tokens import Doc

    strings = pipeline.vocab.strings
    doc = Doc(
        pipeline.vocab,
        words=[strings[word] for word, _, _ in keys],
        tags=[strings[tag] for _, tag, _ in keys],
    )
    doc = pipeline.get_pipe("attribute_ruler")(doc)  # gives the forms that the lemmatizer asks for
    kinds: Any = np.array([kind for _, _, kind in keys], dtype=np.uint64)
    doc.from_array([POS], kinds)
    doc = pipeline.get_pipe("lemmatizer")(doc)
    return [token.lemma for token in doc]

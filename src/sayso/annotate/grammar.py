"""Grammar by the encoder: of each token its tag, kind, head, relation and name.

Heads are chosen by a biaffine score (Dozat and Manning 2017, "Deep Biaffine Attention for Neural
Dependency Parsing") inside a sentence, whose beginnings the encoder tells too. Labels are those of
spaCy's English pipelines, which taught it (training/README.md).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

import numpy as np

from sayso.annotate.pieces import Flags, Floats, Ints
from sayso.ids import Span


def _labels(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_NAMES = _labels(
    "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT"
    " QUANTITY TIME WORK_OF_ART"
)
LABELS = {
    "tags": _labels(
        "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS"
        " PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
    ),
    "kinds": _labels(
        "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SPACE SYM VERB X"
    ),
    "relations": _labels(
        "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj"
        " csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass"
        " nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp"
    ),
    "names": ("O", *(f"B-{name}" for name in _NAMES), *(f"I-{name}" for name in _NAMES)),
}
_KINDS_OF = {
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB AUX"),
    **dict.fromkeys(("JJ", "JJR", "JJS"), "ADJ"),
    **dict.fromkeys(("RBR", "RBS"), "ADV"),
    **dict.fromkeys(("PRP", "PRP$", "WP", "EX"), "PRON"),
    "NN": "NOUN PRON",
    "NNS": "NOUN",
    "CD": "NUM",
    "MD": "AUX",
    "DT": "DET PRON",
    "IN": "ADP SCONJ",
    "RB": "ADV PART",
    "TO": "PART",
    "CC": "CCONJ",
    "RP": "ADP",
}
"""Which kinds a tag can have; any, where none are told."""
ARC, RELATION = 128, 48
"""Widths of what a token is as a dependent and as a head, for its head and for its relation."""
WIDTHS = (
    *(ARC, ARC, RELATION, RELATION),
    *(len(LABELS[part]) for part in ("tags", "kinds", "names")),
    1,
)
"""What the encoder gives for each piece, laid side by side: as dependent, as head, the same for the
relation, logits of tags, of kinds, of names, of beginning a sentence."""

LONGEST = 200
"""A sentence is cut after so many tokens, so that cost stays linear."""
_ENDS = np.cumsum(WIDTHS)[:-1]
_ROOT = LABELS["relations"].index("ROOT")
_NO_TAG, _SPACE_TAG = LABELS["tags"].index("XX"), LABELS["tags"].index("_SP")
_NO_KIND, _SPACE_KIND = LABELS["kinds"].index("X"), LABELS["kinds"].index("SPACE")
_NOT_OF_TAG = np.array(
    [
        [kind not in _KINDS_OF.get(tag, kind).split() for kind in LABELS["kinds"]]
        for tag in LABELS["tags"]
    ]
)
_NO_RELATION = LABELS["relations"].index("dep")
_COMPOUND = LABELS["relations"].index("compound")
_PERSON = LABELS["names"].index("B-PERSON")
_INSIDE = len(_NAMES) + 1
"""Where the labels of going on begin among the names."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What heads and relations are scored by; see `training.model.Grammar`.

    `arc` (ARC + 1, ARC), `root` (ARC,), `relation` (relations, RELATION + 1, RELATION + 1).
    """

    arc: Floats
    root: Floats
    relation: Floats

    @classmethod
    def load(cls, path: Path) -> Scores:
        """Reads `grammar.npz`. Raises OSError where there is none."""
        with np.load(path) as kept:
            return cls(*(kept[f.name].astype(np.float32) for f in fields(cls)))


@dataclass(frozen=True, slots=True)
class Grammar:
    """Labels of t tokens, each (t,): places in LABELS, and `heads` as places of tokens."""

    tags: Ints
    kinds: Ints
    relations: Ints
    names: Ints
    heads: Ints


def decide(told: Floats, blank: Flags, space: Flags, starts: Flags, scores: Scores) -> Grammar:
    """Grammar of tokens from what the encoder tells of each (t, sum of WIDTHS).

    `blank` are tokens that it did not read, `space` those of white space among them: they hang on
    the word before them. A sentence begins at each of `starts`. Every sentence is one tree.
    """
    words = np.flatnonzero(~blank)
    dependent, head, related, relating, tags, kinds, names, opens = np.split(
        told[words], _ENDS, axis=1
    )
    begins = opens[:, 0] > 0.0
    opening = np.searchsorted(words, np.flatnonzero(starts))
    begins[opening[opening < len(words)]] = True
    own = _heads(dependent, head, _edges(begins), scores)
    own_relations = _relations(related, relating, own, scores)
    count = len(told)
    found = Grammar(
        tags=np.where(space, _SPACE_TAG, _NO_TAG),
        kinds=np.where(space, _SPACE_KIND, _NO_KIND),
        relations=np.full(count, _NO_RELATION),
        names=np.zeros(count, dtype=np.int64),
        heads=np.arange(count),
    )
    found.tags[words] = likeliest = tags.argmax(axis=1)
    kinds[_NOT_OF_TAG[likeliest]] = -np.inf
    found.kinds[words] = kinds.argmax(axis=1)
    found.relations[words] = own_relations
    found.names[words] = names.argmax(axis=1)
    _mend_names(found.names, starts)
    found.heads[words] = words[own]
    _join_names(found, starts)
    _hang(found, blank, starts)
    return found


def _edges(begins: Flags) -> list[Span]:
    """Sentences [start, end) from where they begin; the first token always does."""
    if not len(begins):
        return []
    edges = [0, *(int(k) for k in np.flatnonzero(begins) if k), len(begins)]
    return [
        (low, min(low + LONGEST, end))
        for start, end in pairwise(edges)
        for low in range(start, end, LONGEST)
    ]


def _heads(dependent: Floats, head: Floats, edges: list[Span], scores: Scores) -> Ints:
    """The head of each token, as its place; a root is its own."""
    offered = np.maximum(head, 0.0)
    asked = np.maximum(dependent, 0.0) @ scores.arc[:-1] + scores.arc[-1]
    rootlike = asked @ scores.root
    heads = np.arange(len(head))
    for a, b in edges:
        if b - a > 1:
            logits = asked[a:b] @ offered[a:b].T
            np.fill_diagonal(logits, -np.inf)
            heads[a:b] = a + tree(logits, rootlike[a:b])
    return heads


def tree(logits: Floats, rootlike: Floats) -> Ints:
    """The heads (n,) of one sentence's tokens from logits (n, n) of dependent to head.

    The root is the token that most prefers to be one, its own head. Each other one takes the head
    it likes best; a cycle is broken where that costs least, until every token reaches the root.
    """
    best = logits.max(axis=1)
    total = best + np.log(np.exp(logits - best[:, None]).sum(axis=1))
    root = int((rootlike - np.logaddexp(total, rootlike)).argmax())
    heads = logits.argmax(axis=1)
    heads[root] = root
    while (lost := (ends := _climb(heads)) != root).any():
        ring = np.unique(ends[lost])
        there = np.flatnonzero(~lost)
        gains = logits[np.ix_(ring, there)] - best[ring, None]
        row, column = np.unravel_index(gains.argmax(), gains.shape)
        heads[ring[row]] = there[column]
    found: Ints = heads
    return found


def _climb(heads: Ints) -> Ints:
    """Where each token comes to by going from head to head: the root, or a place on a cycle."""
    up = heads
    for _ in range(len(heads).bit_length()):
        up = up[up]
    return up


def _relations(related: Floats, relating: Floats, heads: Ints, scores: Scores) -> Ints:
    """The likeliest relation of each token to its head."""
    one = np.ones((len(heads), 1), dtype=np.float32)
    dependent = np.concatenate((np.maximum(related, 0.0), one), axis=1)
    head = np.concatenate((np.maximum(relating, 0.0), one), axis=1)[heads]
    kinds, width, _ = scores.relation.shape
    spread = dependent @ scores.relation.transpose(1, 0, 2).reshape(width, -1)
    logits = np.einsum("tre,te->tr", spread.reshape(len(heads), kinds, width), head)
    root = heads == np.arange(len(heads))
    logits[~root, _ROOT] = -np.inf
    found: Ints = np.where(root, _ROOT, logits.argmax(axis=1))
    return found


def _mend_names(names: Ints, starts: Flags) -> None:
    """Let each name go on as what it began as, and none go on from the run of text before."""
    for k in np.flatnonzero(names >= _INSIDE):
        begun = 0 if starts[k] or not k else names[k - 1]
        if begun == 0:
            names[k] -= len(_NAMES)
        else:
            names[k] = begun + (len(_NAMES) if begun < _INSIDE else 0)


def _join_names(found: Grammar, starts: Flags) -> None:
    """Let a person's name go on where a second one begins that its words are a part of: "Ana" and
    "Orlin", where the one hangs on the other.
    """
    names, heads = found.names, found.heads
    for k in np.flatnonzero(names == _PERSON):
        if not k or starts[k] or names[k - 1] not in (_PERSON, _PERSON + len(_NAMES)):
            continue
        if found.relations[k - 1] == _COMPOUND and heads[k - 1] in (k, heads[k]):
            names[k] = _PERSON + len(_NAMES)


def _hang(found: Grammar, blank: Flags, starts: Flags) -> None:
    """Hang what was not read on the token before it; at a start, on the next word behind."""
    count = len(blank)
    words = np.flatnonzero(~blank)
    for k in np.flatnonzero(blank):
        if k and not starts[k]:
            found.heads[k] = k - 1
            continue
        later = int(np.searchsorted(words, k))
        stop = k + 1 + int(np.argmax(np.r_[starts[k + 1 :], True]))
        if later < len(words) and words[later] < min(stop, count):
            found.heads[k] = words[later]
        else:
            found.relations[k] = _ROOT

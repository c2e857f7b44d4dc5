"""The small trained encoder: from a text's pieces to cues, and from a cue to its arguments.

The way a text goes: pieces → windows → one encoder pass, which gives a state and cue
probabilities to every piece → candidate cues → one small argument layer per cue, which says of the
pieces around it: nobody's, source, content. Time and memory are linear in the text: long texts are
read in stretches, and a stretch asks for no more cues than a fixed share of its pieces.

How the weights were made is in `training/`, what they were trained on in their model card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sayso.annotate.grammar import WIDTHS
from sayso.annotate.pieces import (
    FEATURES,
    Flags,
    Floats,
    Ints,
    Pieces,
    average_words,
    cut_windows,
)
from sayso.errors import UsageError
from sayso.ids import Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

BEFORE, AFTER = 96, 128
"""Pieces that the argument layer reads at most before the cue's first piece, and from it on."""
REACH = BEFORE + AFTER
NEAR = (48, 80)
"""What it reads first; 98 of 100 of PolNeAR's arguments lie within."""
EDGE = 4
"""An argument this near to the end of what was read first, in pieces, may go on: the layer is
asked again with all of its reach."""
STRETCH = 4_096
"""Pieces of a long text that are read at once."""
DENSEST = 8
"""At most one cue is asked for per this many pieces."""
TOGETHER = 32
"""Cues that go through the argument layer in one call."""

BEGINS = 1
STATEMENT, ATTITUDE, ACTION = 0, 1, 2
NOBODY, SOURCE, CONTENT = 0, 1, 2


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to one set of weights: `settings.json` beside them.

    `window` and `margin` are in pieces: a window's greatest length, and how much more is read for
    context where it does not part from its neighbour at a paragraph. `suspect` is the probability
    of a cue from which on a piece may be part of one, `keep` the score from which on an attribution
    is kept. `switch` is what it costs, in nats, to go from one role to another between two words.
    """

    method: str
    window: int
    margin: int
    suspect: float
    keep: float
    switch: float


WEIGHTS = Path(__file__).resolve().parents[1] / "knowledge" / "weights"
"""Where the weights that ship with sayso are."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A candidate: pieces [start, end), its probability, and those of the three types (3,)."""

    start: int
    end: int
    probability: float
    types: Floats


@dataclass(frozen=True, slots=True)
class Answer:
    """What the argument layer says of the pieces from `first` on around a cue.

    `shares` (n, 3) are probabilities of nobody's, source, content; `roles` (n,) the likeliest ones
    once changes of role cost something.
    """

    cue: Cue
    first: int
    shares: Floats
    roles: Ints


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of n pieces.

    `states` (n, width), `cues` (n, 6) logits of tag and type, `grammar` (n, k) as
    `sayso.annotate.grammar` reads it.
    """

    pieces: Pieces
    states: Floats
    cues: Floats
    grammar: Floats


@dataclass(frozen=True, slots=True)
class Encoder:
    """The networks with their tokenizer. Use `load`; safe to use again and again, not in threads.

    `relative` (REACH, width of a state) is added to the states around a cue by their place.
    """

    settings: Settings
    tokenizer: Tokenizer
    encoder: InferenceSession
    arguments: InferenceSession
    relative: Floats

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """Load what `training/` wrote into a folder. One thread, nothing fetched.

        Raises OSError or msgspec.ValidationError where the folder is not such a one.
        """
        from tokenizers import Tokenizer

        return cls(
            msgspec.json.decode((folder / "settings.json").read_bytes(), type=Settings),
            Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf8")),
            _session(folder / "encoder.onnx"),
            _session(folder / "arguments.onnx"),
            np.load(folder / "relative.npy"),
        )

    def read(self, pieces: Pieces, encoded: Encoded | None = None) -> Iterator[Answer]:
        """Find the cues of a text and ask for their arguments, in text order.

        `encoded`, where these very pieces were encoded before.
        """
        if encoded is not None:
            yield from self._answers(encoded, 0, len(pieces))
            return
        for start in range(0, len(pieces), STRETCH):
            end = min(start + STRETCH, len(pieces))
            low = max(0, start - BEFORE)
            part = self.encode(pieces.pick(slice(low, min(len(pieces), end + AFTER))))
            for answer in self._answers(part, start - low, end - low):
                yield _moved(answer, low)

    def _answers(self, encoded: Encoded, start: int, end: int) -> Iterator[Answer]:
        """Answers to the cues that begin from piece `start` on, before `end`."""
        if not len(encoded.pieces):
            return
        words = encoded.pieces.words
        tags, types = softmax(encoded.cues[:, :3]), softmax(encoded.cues[:, 3:6])
        found = find_cues(tags, types, words, self.settings.suspect)
        cues = [cue for cue in found if start <= cue.start < end]
        cues = _strongest(cues, 1 + len(words) // DENSEST)
        for at in range(0, len(cues), TOGETHER):
            yield from self._ask(encoded.states, words, cues[at : at + TOGETHER])

    def encode(self, pieces: Pieces) -> Encoded:
        """What the encoder makes of pieces, each read in its own window."""
        edges = [self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]")]
        parts: list[list[Floats]] = []
        for start, end in cut_windows(pieces, self.settings.window):
            low, high = self._context(pieces, start, end)
            ids = np.array([[edges[0], *pieces.ids[low:high], edges[1]]], dtype=np.int64)
            features = np.zeros((*ids.shape, FEATURES), dtype=np.int64)
            features[0, 1:-1] = pieces.features[low:high]
            outputs = self.encoder.run(None, {"ids": ids, "features": features})
            inner = slice(1 + start - low, 1 + end - low)
            parts.append([output[0, inner] for output in outputs])
        if not parts:
            return Encoded(
                pieces, *(np.zeros((0, k), dtype=np.float32) for k in (1, 6, sum(WIDTHS)))
            )
        return Encoded(pieces, *(np.concatenate(part) for part in zip(*parts, strict=True)))

    def _context(self, pieces: Pieces, start: int, end: int) -> Span:
        """Where a window is read from and to: further than it reaches inside a paragraph."""
        margin, length = self.settings.margin, len(pieces)
        low = start if pieces.features[start, 2] else max(0, start - margin)
        parts = end == length or pieces.features[end, 2]
        return low, end if parts else min(length, end + margin)

    def _ask(self, states: Floats, words: Ints, cues: Sequence[Cue]) -> list[Answer]:
        """Answers to some cues: from near by, or from all of the reach where they may go on."""
        near = self._answer(states, words, cues, *NEAR)
        further = [k for k, answer in enumerate(near) if _may_go_on(answer, len(states))]
        if further:
            asked = [cues[k] for k in further]
            for k, answer in zip(
                further, self._answer(states, words, asked, BEFORE, AFTER), strict=True
            ):
                near[k] = answer
        return near

    def _answer(
        self, states: Floats, words: Ints, cues: Sequence[Cue], before: int, after: int
    ) -> list[Answer]:
        starts = np.array([cue.start for cue in cues])[:, None]
        ends = np.array([cue.end for cue in cues])[:, None]
        places, inside = argument_reach([cue.start for cue in cues], len(states), before, after)
        own = (places >= starts) & (places < ends) & inside
        (logits,) = self.arguments.run(
            None,
            {
                "states": states[places],
                "relative": self.relative[BEFORE - before : BEFORE + after],
                "cue": own.astype(np.float32),
                "mask": inside.astype(np.float32),
            },
        )
        shares = softmax(logits)
        shares[own] = (1.0, 0.0, 0.0)
        roles = smooth(shares, words[places], inside, self.settings.switch)
        empty = ~(roles == CONTENT).any(axis=1)
        if empty.any():
            roles[empty] = smooth(shares[empty], words[places[empty]], inside[empty], 0.0)
        return [
            Answer(cue, int(places[k, seen[0]]), shares[k, seen], roles[k, seen])
            for k, cue in enumerate(cues)
            for seen in [np.flatnonzero(inside[k])]
        ]


@cache
def shipped() -> Encoder:
    """The encoder with the weights that ship with sayso, loaded once a process.

    Raises UsageError where they are not there.
    """
    if not (WEIGHTS / "encoder.onnx").is_file():
        raise UsageError(
            "the weights of the attribution encoder are not installed",
            hint="choose `--weights none` to find attributions by rule",
        )
    return Encoder.load(WEIGHTS)


def _moved(answer: Answer, by: int) -> Answer:
    cue = answer.cue
    return Answer(
        Cue(cue.start + by, cue.end + by, cue.probability, cue.types),
        answer.first + by,
        answer.shares,
        answer.roles,
    )


def _may_go_on(answer: Answer, length: int) -> bool:
    """Whether an argument touches the end of what was read, or no content was found there."""
    taken = answer.roles != NOBODY
    goes_back = answer.first > 0 and taken[:EDGE].any()
    goes_on = answer.first + len(taken) < length and taken[-EDGE:].any()
    return bool(goes_back or goes_on or not (answer.roles == CONTENT).any())


def _session(path: Path) -> InferenceSession:
    """One thread; a fused layer norm that onnxruntime runs slower than its parts is off."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],
    )


# --- probabilities → cues, roles, runs ------------------------------------------------------


def find_cues(tags: Floats, types: Floats, words: Ints, suspect: float) -> list[Cue]:
    """Candidate cues from probabilities (n, 3) each, in text order.

    Whole words, parted where one begins.
    """
    likely = average_words(1.0 - tags[:, :1], words)[:, 0]
    opens = np.r_[True, np.diff(words) != 0] & (tags[:, BEGINS] > 0.5)
    return [
        Cue(start, end, float(likely[start:end].max()), types[start:end].mean(axis=0))
        for start, end in flag_runs(likely >= suspect, opens)
    ]


def _strongest(cues: list[Cue], most: int) -> list[Cue]:
    """At most so many cues, the likeliest, in text order."""
    if len(cues) <= most:
        return cues
    ranked = sorted(cues, key=lambda cue: (-cue.probability, cue.start))
    return sorted(ranked[:most], key=lambda cue: cue.start)


def argument_reach(
    starts: Sequence[int], length: int, before: int = BEFORE, after: int = AFTER
) -> tuple[Ints, Flags]:
    """Say which pieces the argument layer reads for cues that start at `starts`.

    Returns positions (cues, before + after), clipped to the text's `length` pieces, and which of
    them are in the text.
    """
    reach = np.arange(-before, after)
    places = np.array(starts, dtype=np.int64)[:, None] + reach[None]
    return np.clip(places, 0, max(length - 1, 0)), (places >= 0) & (places < length)


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def smooth(answers: Floats, words: Ints, inside: Flags, switch: float) -> Ints:
    """The likeliest roles (cues, n) when each change of role costs `switch` (Viterbi 1967).

    Answers (cues, n, 3) are probabilities; a change inside a word is as good as forbidden, so that
    no span splits one.
    """
    logs = np.log(np.maximum(answers, 1e-6))
    logs[~inside] = 0.0
    costs = np.where(np.diff(words, axis=1) == 0, 1e3, switch).astype(np.float32)
    came = np.empty(answers.shape, dtype=np.int64)
    best = logs[:, 0]
    stay = np.arange(answers.shape[2])
    for k in range(1, answers.shape[1]):
        top = best.argmax(axis=1)[:, None]
        moved = best.max(axis=1, keepdims=True) - costs[:, k - 1, None]
        came[:, k] = np.where(best >= moved, stay, top)
        best = np.maximum(best, moved) + logs[:, k]
    roles = np.empty(answers.shape[:2], dtype=np.int64)
    roles[:, -1] = best.argmax(axis=1)
    rows = np.arange(len(roles))
    for k in range(answers.shape[1] - 1, 0, -1):
        roles[:, k - 1] = came[rows, k, roles[:, k]]
    return roles


def flag_runs(flags: Flags, parted: Flags | None = None) -> list[Span]:
    """The runs [start, end) of true flags, parted also before the pieces of `parted`."""
    edges = np.flatnonzero(np.diff(np.r_[False, flags, False].astype(np.int8)))
    runs = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    if parted is None or not parted.any():
        return runs
    cut = []
    for a, b in runs:
        inner = [a, *(int(k) + a + 1 for k in np.flatnonzero(parted[a + 1 : b])), b]
        cut += list(pairwise(inner))
    return cut

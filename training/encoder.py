"""Attributions by a small trained encoder: numpy, `tokenizers` and onnxruntime, nothing else.

The way a text goes: pieces (WordPiece, with their places in the text) → windows → one encoder
pass, which gives a state and cue probabilities to every piece → candidate cues → one small
argument layer per cue, which says of the pieces around it: nobody's, source, content.

Time and memory are linear in the text: long texts are read in stretches, and a stretch asks for no
more cues than a fixed share of its pieces. How the weights were made is in `training/`, what they
were trained on in their model card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.ids import Span
from sayso.schema import AttributionSpan, AttributionType, Form

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

BEFORE, AFTER = 96, 128
"""Pieces that the argument layer reads before the cue's first piece, and from it on."""
REACH = BEFORE + AFTER
FEATURES = 3
"""Of each piece: case (0 lower, 1 Capitalised, 2 CAPITALS), inside quotation marks, first of a
paragraph."""
STRETCH = 4_096
"""Pieces of a long text that are read at once."""
DENSEST = 8
"""At most one cue is asked for per this many pieces."""
TOGETHER = 4
"""Windows, and four times as many cues, that go through a network in one call."""

OUTSIDE, BEGINS = 0, 1
STATEMENT, ATTITUDE, ACTION = 0, 1, 2
NOBODY, SOURCE, CONTENT = 0, 1, 2
ROLES = 6
"""Of a piece's logits: three of the tag, three of the type, then two of the roles."""

_OPENING, _CLOSING = frozenset("“„«"), frozenset("”‟»")
_STRAIGHT = '"'
_SURROGATE = re.compile("[\ud800-\udfff]")
_DENIAL = re.compile(r"\b(?:den(?:y|ied|ies|ying|ial|ials)|refut\w+|rebut\w*|disput\w+)\b", re.I)
_PARTING = " \t\r\n\xa0,;:"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to one set of weights: `settings.json` beside them.

    `window` and `margin` are in pieces: a window's length and how much of it, at each end, is read
    for context alone. `suspect` is the probability of a cue from which on a piece may be part of
    one, `keep` the score from which on an attribution is kept.
    """

    method: str
    window: int
    margin: int
    suspect: float
    keep: float
    switch: float = 2.0
    """What it costs, in nats, to go from one role to another between two words."""
    roles: float = 0.0
    """Weight of the encoder's own opinion on what is anybody's source or content."""
    action: float = 0.0
    """How much a cue's probability of being an action takes from its score (an exponent)."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut into word pieces.

    All arrays are of the same length n: `ids` in the vocabulary, `starts` and `ends` in code points
    of the text, `words` numbering the words that the pieces belong to (never falling), `features`
    (n, FEATURES).
    """

    ids: Ints
    starts: Ints
    ends: Ints
    words: Ints
    features: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def pick(self, which: Flags | slice) -> Pieces:
        """Some of the pieces, offsets unchanged."""
        return Pieces(
            self.ids[which],
            self.starts[which],
            self.ends[which],
            self.words[which],
            self.features[which],
        )


@dataclass(frozen=True, slots=True)
class Cue:
    """A candidate: pieces [start, end), its probability, its type and that of being an action."""

    start: int
    end: int
    probability: float
    type: AttributionType
    action: float


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

    def extract(self, text: str, blocks: Sequence[Span] | None = None) -> list[AttributionSpan]:
        """Find the attributions of a text, in the order of their cues.

        `blocks` are the ranges of the text to read, in order; all of it where they are None. No
        span reaches over text that is left out. Never raises on any text.
        """
        pieces = read_pieces(self.tokenizer, text)
        apart = np.zeros(len(pieces), dtype=np.bool_)
        if blocks is not None:
            pieces, apart = _within_blocks(pieces, blocks)
        found: list[AttributionSpan] = []
        for start in range(0, len(pieces), STRETCH):
            end = min(start + STRETCH, len(pieces))
            if len(pieces) - end < STRETCH // 8:
                end = len(pieces)
            if start < end and (not start or len(pieces) - start >= STRETCH // 8):
                found += self._read_stretch(text, pieces, apart, (start, end))
        return found

    def _read_stretch(
        self, text: str, pieces: Pieces, apart: Flags, core: Span
    ) -> Iterator[AttributionSpan]:
        """Read the cues of pieces [core), with as much around them as their arguments may take."""
        low = max(0, core[0] - BEFORE - self.settings.margin)
        high = min(len(pieces), core[1] + AFTER + self.settings.margin)
        part, apart = pieces.pick(slice(low, high)), apart[low:high]
        states, logits = self._encode(part)
        cues = _cues(logits, part, self.settings.suspect)
        cues = [cue for cue in cues if core[0] <= cue.start + low < core[1]]
        cues = _strongest(cues, 1 + len(part) // DENSEST)
        for at in range(0, len(cues), 4 * TOGETHER):
            asked = cues[at : at + 4 * TOGETHER]
            places, inside, answers = self._ask(states, logits, asked)
            roles = smooth(answers, part.words[places], inside, self.settings.switch)
            empty = ~(roles == CONTENT).any(axis=1)
            if empty.any():
                words = part.words[places[empty]]
                roles[empty] = smooth(answers[empty], words, inside[empty], 0.0)
            for k, cue in enumerate(asked):
                seen = np.flatnonzero(inside[k])
                where = slice(int(places[k, seen[0]]), int(places[k, seen[-1]]) + 1)
                reading = Reading(text, part.pick(where), apart[where], where.start)
                found = reading.attribution(cue, answers[k, seen], roles[k, seen], self.settings)
                if found is not None:
                    yield found

    def _encode(self, pieces: Pieces) -> tuple[Floats, Floats]:
        """States (n, width) and logits (n, 8) of pieces, each from the window it is inmost."""
        edges = [self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]")]
        starts, length = window_starts(len(pieces), self.settings.window, self.settings.margin)
        ids = np.empty((len(starts), length + 2), dtype=np.int64)
        ids[:, [0, -1]] = np.array(edges, dtype=np.int64)
        features = np.zeros((*ids.shape, FEATURES), dtype=np.int64)
        for row, start in enumerate(starts):
            ids[row, 1:-1] = pieces.ids[start : start + length]
            features[row, 1:-1] = pieces.features[start : start + length]
        states, logits = [], []
        for at in range(0, len(starts), TOGETHER):
            rows = slice(at, at + TOGETHER)
            outputs = self.encoder.run(None, {"ids": ids[rows], "features": features[rows]})
            states.extend(outputs[0])
            logits.extend(outputs[1])
        cuts = [0]
        for left, right in pairwise(starts):
            cuts.append((left + length + right) // 2)
        cuts.append(len(pieces))
        picked = [
            slice(1 + a - start, 1 + b - start)
            for start, a, b in zip(starts, cuts, cuts[1:], strict=False)
        ]
        return (
            np.concatenate([s[p] for s, p in zip(states, picked, strict=True)]),
            np.concatenate([s[p] for s, p in zip(logits, picked, strict=True)]),
        )

    def _ask(
        self, states: Floats, logits: Floats, cues: Sequence[Cue]
    ) -> tuple[Ints, Flags, Floats]:
        """Answers (cues, REACH, 3) as probabilities, their places, and which are in the text."""
        starts = np.array([cue.start for cue in cues])[:, None]
        ends = np.array([cue.end for cue in cues])[:, None]
        places, inside = argument_reach([cue.start for cue in cues], len(states))
        (answers,) = self.arguments.run(
            None,
            {
                "states": states[places],
                "relative": self.relative,
                "cue": ((places >= starts) & (places < ends) & inside).astype(np.float32),
                "mask": inside.astype(np.float32),
            },
        )
        answers[:, :, SOURCE:] += self.settings.roles * logits[places][:, :, ROLES:]
        answers = softmax(answers)
        answers[(places >= starts) & (places < ends)] = (1.0, 0.0, 0.0)
        return places, inside, answers


@dataclass(frozen=True, slots=True)
class Reading:
    """The pieces around one cue, on the way from answers to spans. `first`: the stretch's place of
    the first piece; `apart`: before which pieces text was left out.
    """

    text: str
    pieces: Pieces
    apart: Flags
    first: int

    def attribution(
        self, cue: Cue, answers: Floats, best: Ints, settings: Settings
    ) -> AttributionSpan | None:
        """Spans from answers (n, 3) and roles (n,), or None where the score is too low."""
        start, end = cue.start - self.first, cue.end - self.first
        content = best == CONTENT
        if not content.any():
            return None
        sure = float(answers[content, CONTENT].mean())
        score = cue.probability * sure * (1.0 - cue.action) ** settings.action
        if score < settings.keep:
            return None
        contents = self._spans(content)
        cues = self._spans(_between(len(best), start, end))
        if not cues or not any(c.isalnum() for a, b in contents for c in self.text[a:b]):
            return None
        words = " ".join(self.text[a:b] for a, b in cues)
        return AttributionSpan(
            sources=self._spans(self._source(answers, best)),
            cues=cues,
            contents=contents,
            type=cue.type,
            form=self._form(content),
            denied=_DENIAL.search(words) is not None,
            score=round(score, 3),
            method=settings.method,
        )

    def _source(self, answers: Floats, best: Ints) -> Flags:
        """The run of pieces that is most of all the source; a weak one where none is strong."""
        strong: Flags = best == SOURCE
        if not strong.any():
            likely = average_words(answers, self.pieces.words)[:, SOURCE]
            peak = int(likely.argmax())
            if likely[peak] < WEAKEST_SOURCE:
                return strong
            strong = (likely >= 0.5 * likely[peak]) & (best != CONTENT)
        runs = flag_runs(strong)
        if not runs:
            return strong
        start, end = max(runs, key=lambda run: float(answers[run[0] : run[1], SOURCE].sum()))
        return _between(len(best), start, end)

    def _spans(self, flags: Flags) -> tuple[Span, ...]:
        """Spans in the text of runs of pieces, parted where text was left out, edges tidied.

        A run of marks alone is dropped, unless it is all there is (a colon can be a cue).
        """
        runs = flag_runs(flags, self.apart)
        whole = [(int(self.pieces.starts[a]), int(self.pieces.ends[b - 1])) for a, b in runs]
        tidy = [_tidy(self.text, a, b) for a, b in whole]
        kept = [(a, b) for a, b in tidy if any(c.isalnum() for c in self.text[a:b])]
        return tuple(kept or [span for span in whole if span[0] < span[1]])

    def _form(self, content: Flags) -> Form:
        """Direct where nearly all of the content stands in quotation marks, mixed where some."""
        share = float(self.pieces.features[content, 1].mean())
        if share >= 0.95:
            return "direct"
        return "mixed" if share > 0 else "indirect"


def _tidy(text: str, start: int, end: int) -> Span:
    """Leave out white space and parting marks at both ends of a span."""
    while end > start and text[end - 1] in _PARTING:
        end -= 1
    while start < end and text[start] in _PARTING:
        start += 1
    return start, end


WEAKEST_SOURCE = 0.05
"""Below this probability nobody is taken to be named as the source."""


def _session(path: Path) -> InferenceSession:
    """One thread; a fused layer norm that onnxruntime 1.31 runs slower than its parts is off."""
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


# --- text → pieces ------------------------------------------------------------------------


def quoted(text: str) -> Flags:
    """Say of each character whether it stands inside double quotation marks, the marks included.

    A quotation ends at the end of its paragraph at the latest, so that an odd mark cannot turn the
    rest of the text inside out. Linear in the text.
    """
    inside = np.zeros(len(text) + 1, dtype=np.int32)
    opened = -1
    for found in re.finditer('[“„«”‟»"\n]', text):
        at, mark = found.start(), found.group()
        closes = mark in _CLOSING or mark == _STRAIGHT
        if opened >= 0 and (mark == "\n" or closes):
            end = at if mark == "\n" else at + 1
            inside[opened] += 1
            inside[end] -= 1
            opened = -1
        elif opened < 0 and (mark in _OPENING or mark == _STRAIGHT):
            opened = at
    if opened >= 0:
        inside[opened] += 1
        inside[len(text)] -= 1
    return np.cumsum(inside)[:-1] > 0


def read_pieces(tokenizer: Tokenizer, text: str) -> Pieces:
    """Cut a text into pieces. Never raises: lone surrogates are read as U+FFFD, offsets kept."""
    encoding = tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    words = np.array(encoding.word_ids, dtype=np.int64)
    starts, ends = offsets[:, 0], offsets[:, 1]
    return Pieces(
        ids, starts, ends, _join_words(text, starts, ends, words), _features(text, starts, ends)
    )


def _join_words(text: str, starts: Ints, ends: Ints, words: Ints) -> Ints:
    """Number the words anew, so that a mark inside a word does not part it."""
    if not len(words):
        return words
    parted = np.r_[True, np.diff(words) != 0]
    touching = np.r_[False, starts[1:] == ends[:-1]]
    for k in np.flatnonzero(parted & touching):
        at = int(starts[k])
        if _joins(text, at) or _joins(text, at - 1):
            parted[k] = False
    return np.cumsum(parted) - 1


def _joins(text: str, at: int) -> bool:
    """Whether a mark is part of the word around it: don't, 20-year-old, 6,000, U.S.

    The possessive 's parts, since it can end a source or be a cue.
    """
    if not 0 < at < len(text) - 1:
        return False
    mark, before, after = text[at], text[at - 1], text[at + 1]
    if mark in "'’":
        possessive = after in "sS" and not text[at + 2 : at + 3].isalnum()
        return before.isalnum() and after.isalnum() and not possessive
    if mark == "-":
        return before.isalnum() and after.isalnum()
    if mark in ".,":
        return (before.isdigit() and after.isdigit()) or (
            mark == "." and before.isupper() and after.isupper()
        )
    return False


def _features(text: str, starts: Ints, ends: Ints) -> Ints:
    features = np.zeros((len(starts), FEATURES), dtype=np.int64)
    if not len(starts):
        return features
    features[:, 0] = [_case(text[a:b]) for a, b in zip(starts, ends, strict=True)]
    features[:, 1] = quoted(text)[starts]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lines = np.cumsum(codes == ord("\n"))[starts]
    features[:, 2] = np.r_[1, np.diff(lines) > 0]
    return features


def _case(piece: str) -> int:
    if not piece[:1].isupper():
        return 0
    return 2 if len(piece) > 1 and piece.isupper() else 1


def _within_blocks(pieces: Pieces, blocks: Sequence[Span]) -> tuple[Pieces, Flags]:
    """The pieces inside blocks, and before which of them words were left out."""
    starts = np.array([a for a, _ in blocks], dtype=np.int64)
    ends = np.array([b for _, b in blocks], dtype=np.int64)
    block = np.searchsorted(starts, pieces.starts, side="right") - 1
    kept = np.zeros(len(pieces), dtype=np.bool_)
    if len(starts):
        kept = (block >= 0) & (pieces.ends <= ends[block])
    places = np.flatnonzero(kept)
    apart = np.r_[False, np.diff(places) > 1] if len(places) else np.zeros(0, dtype=np.bool_)
    inside = pieces.pick(kept)
    features = inside.features.copy()
    features[:, 2] |= np.r_[1, np.diff(block[kept]) > 0] if len(places) else 0
    return Pieces(inside.ids, inside.starts, inside.ends, inside.words, features), apart


def window_starts(pieces: int, window: int, margin: int) -> tuple[list[int], int]:
    """Where windows start, and their one length, so that neighbours share 2 × `margin` pieces."""
    if pieces <= window:
        return [0], pieces
    count = -(-(pieces - 2 * margin) // (window - 2 * margin))
    length = -(-(pieces + 2 * margin * (count - 1)) // count)
    return [round(k * (pieces - length) / (count - 1)) for k in range(count)], length


# --- probabilities → cues, runs -----------------------------------------------------------


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def average_words(rows: Floats, words: Ints) -> Floats:
    """Rows (n, k), each replaced by the mean over its word's pieces, so that no word is split."""
    starts = np.flatnonzero(np.r_[True, np.diff(words) != 0])
    counts = np.diff(np.r_[starts, len(words)])
    means: Floats = np.add.reduceat(rows, starts, axis=0) / counts[:, None].astype(rows.dtype)
    return np.repeat(means, counts, axis=0)


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
        moved = np.take_along_axis(best, top, axis=1) - costs[:, k - 1, None]
        came[:, k] = np.where(best >= moved, stay, top)
        best = np.maximum(best, moved) + logs[:, k]
    roles = np.empty(answers.shape[:2], dtype=np.int64)
    roles[:, -1] = best.argmax(axis=1)
    rows = np.arange(len(roles))
    for k in range(answers.shape[1] - 1, 0, -1):
        roles[:, k - 1] = came[rows, k, roles[:, k]]
    return roles


def flag_runs(flags: Flags, parted: Flags | None = None) -> list[tuple[int, int]]:
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


def _between(length: int, start: int, end: int) -> Flags:
    flags = np.zeros(length, dtype=np.bool_)
    flags[start:end] = True
    return flags


def _cues(logits: Floats, pieces: Pieces, suspect: float) -> list[Cue]:
    """Candidate cues from logits (n, 8), in text order: whole words, parted where one begins."""
    tags = softmax(logits[:, :3])
    types = softmax(logits[:, 3:ROLES])
    likely = average_words(1.0 - tags[:, :1], pieces.words)[:, 0]
    opens = np.r_[True, np.diff(pieces.words) != 0] & (tags[:, BEGINS] > 0.5)
    found = []
    for start, end in flag_runs(likely >= suspect, opens):
        mean = types[start:end].mean(axis=0)
        kind: AttributionType = "attitude" if mean[ATTITUDE] > mean[STATEMENT] else "statement"
        peak = float(likely[start:end].max())
        found.append(Cue(start, end, peak, kind, float(mean[ACTION])))
    return found


def _strongest(cues: list[Cue], most: int) -> list[Cue]:
    """At most so many cues, the likeliest, in text order."""
    if len(cues) <= most:
        return cues
    ranked = sorted(cues, key=lambda cue: (-cue.probability, cue.start))
    return sorted(ranked[:most], key=lambda cue: cue.start)


def argument_reach(starts: Sequence[int], length: int) -> tuple[Ints, Flags]:
    """Say which pieces the argument layer reads for cues that start at `starts`.

    Returns positions (cues, REACH), clipped to the text's `length` pieces, and which of them are in
    the text.
    """
    places = np.array(starts, dtype=np.int64)[:, None] - BEFORE + np.arange(REACH)[None]
    return np.clip(places, 0, max(length - 1, 0)), (places >= 0) & (places < length)

"""The network: MiniLM's encoder with a cue head, and an argument layer conditioned on a cue.

MiniLM: Wang et al. 2020, "MiniLM: Deep Self-Attention Distillation"; the weights are those of
all-MiniLM-L6-v2 (Apache-2.0). Shapes: B windows, T pieces, N cues, R = REACH pieces, H hidden.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.annotate.encoder import REACH
from sayso.annotate.grammar import ARC, LABELS, RELATION, WIDTHS

HIDDEN, HEADS, HEAD, INNER, POSITIONS = 384, 12, 32, 1536, 512
ARGUMENT_HEADS, ARGUMENT_INNER = 6, 640
"""How much of MiniLM's last layer the argument layer keeps: it is run once a cue, so it is thin."""
OUTSIDE, INSIDE = 0, 2
BLOCKED = -1e4
MIDDLE = 4
"""Layers below the states that grammar is read from, beside the last ones."""


class Layer(nn.Module):
    """A transformer layer, normalised after each part, as in BERT."""

    def __init__(self, heads: int, inner: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.heads, width = heads, heads * HEAD
        self.query, self.key = nn.Linear(HIDDEN, width), nn.Linear(HIDDEN, width)
        self.value, self.mixed = nn.Linear(HIDDEN, width), nn.Linear(width, HIDDEN)
        self.after_mix = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.widen, self.narrow = nn.Linear(HIDDEN, inner), nn.Linear(inner, HIDDEN)
        self.after_inner = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.spelt_out = False
        """For export: attention in plain operators, which the optimisers know."""

    def forward(self, x: Tensor, blocked: Tensor | None) -> Tensor:
        """X (B, T, H), blocked (B, 1, 1, T) added to the attention's logits."""
        query, key, value = (self._split(part(x)) for part in (self.query, self.key, self.value))
        if self.spelt_out:
            logits = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
            mixed = torch.softmax(logits if blocked is None else logits + blocked, -1) @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=blocked)
        mixed = mixed.transpose(1, 2).reshape(x.shape[0], x.shape[1], self.heads * HEAD)
        x = self.after_mix(x + self.mixed(mixed))
        return self.after_inner(x + self.dropout(self.narrow(functional.gelu(self.widen(x)))))

    def _split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, HEAD).transpose(1, 2)


class Encoder(nn.Module):
    """Windows of pieces → a state and cue logits for each piece."""

    def __init__(self, layers: int = 6, vocabulary: int = 20_000) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.case = nn.Embedding(3, HIDDEN)
        self.quoted = nn.Embedding(2, HIDDEN)
        self.paragraph = nn.Embedding(2, HIDDEN)
        for added in (self.case, self.quoted, self.paragraph):
            nn.init.normal_(added.weight, std=0.01)
        self.normal = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(HEADS, INNER) for _ in range(layers))
        self.dropout = nn.Dropout(0.1)
        self.cue = nn.Linear(HIDDEN, 6)
        """Three logits of the tag (outside, begins, inside), three of the type."""
        self.roles = nn.Linear(HIDDEN, 2)
        """Logits of whether the piece is in anybody's source, in anybody's content."""
        self.grammar = nn.Linear(2 * HIDDEN, sum(WIDTHS))
        """What a piece gives to its token's grammar (sayso.annotate.grammar.WIDTHS)."""

    def hidden(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Ids (B, T), features (B, T, 3), mask (B, T) of 1 and 0 → states (B, T, H), and the
        grammar's (B, T, sum of WIDTHS).
        """
        x = self.pieces(ids) + self.positions.weight[: ids.shape[1]][None]
        x = x + self.case(features[..., 0]) + self.quoted(features[..., 1])
        x = self.dropout(self.normal(x + self.paragraph(features[..., 2])))
        blocked = None if mask is None else (1.0 - mask[:, None, None, :]) * BLOCKED
        middle = x
        for k, layer in enumerate(self.layers):
            x = layer(x, blocked)
            middle = x if k < MIDDLE else middle
        return x, self.grammar(torch.cat((middle, x), -1))

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Read windows of one length, without a mask.

        Returns states (B, T, H), logits (B, T, 6) of tag and type, and the grammar's.
        """
        x, grammar = self.hidden(ids, features, None)
        return x, self.cue(x), grammar


class Grammar(nn.Module):
    """Scores of heads and relations from what the tokens of a sentence are (S sentences, N tokens).

    Its numbers are what `sayso.annotate.grammar` reads with.
    """

    def __init__(self) -> None:
        super().__init__()
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.root = nn.Parameter(torch.zeros(ARC))
        self.relation = nn.Parameter(
            torch.zeros(len(LABELS["relations"]), RELATION + 1, RELATION + 1)
        )
        nn.init.normal_(self.arc, std=ARC**-0.5)
        nn.init.normal_(self.root, std=0.1)
        nn.init.normal_(self.relation, std=0.5 / RELATION)
        self.dropout = nn.Dropout(0.2)

    def heads(self, dependent: Tensor, head: Tensor) -> Tensor:
        """(S, N, ARC) twice → logits (S, N, N + 1), the last of them of being the root."""
        dependent, head = (self.dropout(functional.relu(x)) for x in (dependent, head))
        head = torch.cat((head, self.root.expand(len(head), 1, -1)), 1)
        return (dependent @ self.arc[:-1] + self.arc[-1]) @ head.transpose(-1, -2)

    def relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """(M, RELATION) twice, a token and its head → logits (M, relations)."""
        dependent, head = (
            functional.pad(self.dropout(functional.relu(x)), (0, 1), value=1.0)
            for x in (dependent, head)
        )
        return torch.einsum("md,rde,me->mr", dependent, self.relation, head)


class Arguments(nn.Module):
    """The pieces around one cue → nobody's, source, or content of that cue."""

    def __init__(self) -> None:
        super().__init__()
        self.relative = nn.Parameter(torch.randn(REACH, HIDDEN) * 0.01)
        self.is_cue = nn.Parameter(torch.randn(HIDDEN) * 0.05)
        self.asked = nn.Linear(HIDDEN, HIDDEN)
        nn.init.normal_(self.asked.weight, std=0.01)
        self.normal = nn.LayerNorm(HIDDEN)
        self.layer = Layer(ARGUMENT_HEADS, ARGUMENT_INNER)
        self.out = nn.Linear(HIDDEN, 3)

    def forward(self, states: Tensor, relative: Tensor, cue: Tensor, mask: Tensor) -> Tensor:
        """States (N, R, H), cue (N, R) and mask (N, R) of 1 and 0 → logits (N, R, 3).

        `relative` (R, H) is `self.relative`, or the part of it for the reach that is read.
        """
        marked = cue[..., None]
        mean = (states * marked).sum(1, keepdim=True) / marked.sum(1, keepdim=True).clamp(min=1.0)
        x = self.normal(states + relative[None] + marked * self.is_cue + self.asked(mean))
        blocked = (1.0 - mask[:, None, None, :]) * BLOCKED
        return self.out(self.layer(x, blocked))


def load_minilm(encoder: Encoder, weights: Mapping[str, Tensor], pieces: list[int]) -> None:
    """Fill an encoder with MiniLM's weights; `pieces` gives each new id's old one.

    An encoder of fewer layers takes the lower ones (Sajjad et al. 2020, "Poor Man's BERT").
    """
    take = {
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "normal.weight": weights["embeddings.LayerNorm.weight"],
        "normal.bias": weights["embeddings.LayerNorm.bias"],
        "pieces.weight": weights["embeddings.word_embeddings.weight"][pieces]
        + weights["embeddings.token_type_embeddings.weight"][0],
    }
    for k in range(len(encoder.layers)):
        for ours, theirs in _LAYER.items():
            for part in ("weight", "bias"):
                take[f"layers.{k}.{ours}.{part}"] = weights[f"encoder.layer.{k}.{theirs}.{part}"]
    missing, unknown = encoder.load_state_dict(take, strict=False)
    assert not unknown, unknown
    assert all(m.split(".")[0] in _NEW for m in missing), missing


_NEW = {"case", "quoted", "paragraph", "cue", "roles", "grammar"}
_LAYER = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "after_mix": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "after_inner": "output.LayerNorm",
}


def load_thinned(layer: Layer, weights: Mapping[str, Tensor], old: int = 5) -> None:
    """Fill a thin layer with the weightiest heads and inner units of one of MiniLM's layers.

    A part weighs what its weights into and out of it do (product of their norms), the simplest of
    the criteria for pruning.
    """
    take = {
        f"{ours}.{part}": weights[f"encoder.layer.{old}.{theirs}.{part}"]
        for ours, theirs in _LAYER.items()
        for part in ("weight", "bias")
    }
    value, out = take["value.weight"].view(HEADS, HEAD, HIDDEN), take["mixed.weight"]
    weight = value.flatten(1).norm(dim=1) * out.T.reshape(HEADS, -1).norm(dim=1)
    heads = weight.topk(layer.heads).indices.sort().values
    rows = (heads[:, None] * HEAD + torch.arange(HEAD)).flatten()
    weight = take["widen.weight"].norm(dim=1) * take["narrow.weight"].norm(dim=0)
    units = weight.topk(layer.widen.out_features).indices.sort().values
    for name in ("query", "key", "value"):
        for part in ("weight", "bias"):
            take[f"{name}.{part}"] = take[f"{name}.{part}"][rows]
    take["mixed.weight"] = out[:, rows]
    take["widen.weight"], take["widen.bias"] = (
        take["widen.weight"][units],
        take["widen.bias"][units],
    )
    take["narrow.weight"] = take["narrow.weight"][:, units]
    layer.load_state_dict(take)

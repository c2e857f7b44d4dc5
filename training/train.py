"""Train the encoder and the argument layer on PolNeAR, on a CPU.

Run through `python -m training`; see README.md there.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from sayso.annotate.encoder import ACTION, AFTER, BEFORE, NEAR

from .batches import UNLABELLED, Batch, Questions, Target, batches, label, questions
from .model import OUTSIDE, Arguments, Encoder
from .polnear import Article


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. Steps are batches of about eight windows; `rate` is AdamW's peak."""

    epochs: int = 3
    rate: float = 2e-4
    fresh: float = 4.0
    """Parts that MiniLM does not have learn this many times faster."""
    warm: float = 0.06
    flat: float = 0.35
    """Shares of the steps: the rate rises for `warm`, stays until `flat`, then falls to `last`."""
    last: float = 0.02
    average: float = 0.95
    """Decay of the running mean of the weights, which is what is kept."""
    every: int = 5
    """Steps between two takings of that mean."""
    asked: int = 72
    """Cues that the argument layer is asked for in one step, at most."""
    near: float = 0.6
    """The share of batches whose cues are asked with the near reach alone, which is quicker."""
    suspicion: float = 0.15
    """A piece outside of cues with this much probability of a cue is asked for as a false cue."""
    seed: int = 1
    threads: int = 2
    minutes: float = math.inf
    """Where the epochs would take longer than this, the schedule is drawn together to end by then,
    so that a busy machine gets fewer steps and not an unfinished descent."""


class Pair(nn.Module):
    """The two networks together, so that they are trained, averaged and kept as one."""

    def __init__(self, encoder: Encoder, arguments: Arguments) -> None:
        super().__init__()
        self.encoder, self.arguments = encoder, arguments


def rate_at(done: float, recipe: Recipe) -> float:
    """The share of the peak rate when a share of the schedule is `done`."""
    if done < recipe.warm:
        return max(recipe.last, done / recipe.warm)
    if done < recipe.flat:
        return 1.0
    return max(recipe.last, 1.0 - (done - recipe.flat) / (1.0 - recipe.flat))


def optimizer(pair: Pair, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with a faster rate for the parts that start from nothing."""
    fresh = ("encoder.case", "encoder.quoted", "encoder.paragraph", "encoder.cue")
    fresh += ("encoder.roles", "arguments.relative", "arguments.is_cue", "arguments.asked")
    fresh += ("arguments.normal", "arguments.out")
    groups: tuple[list[Tensor], list[Tensor]] = ([], [])
    for name, weight in pair.named_parameters():
        if not weight.requires_grad:
            continue
        groups[name.startswith(fresh)].append(weight)
    rates = (recipe.rate, recipe.rate * recipe.fresh)
    return torch.optim.AdamW(
        [{"params": g, "lr": r, "peak": r} for g, r in zip(groups, rates, strict=True)],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )


def loss_of(pair: Pair, batch: Batch, recipe: Recipe, chance: random.Random, wary: bool) -> Tensor:
    """The loss of a batch: cue tags, token roles, cue types, and the answers of asked cues.

    `wary`: ask for the model's own false cues too, whose answer is "nobody's" all over.
    """
    hidden = pair.encoder.hidden(*map(torch.from_numpy, (batch.ids, batch.features, batch.mask)))
    hidden = hidden.flatten(0, 1)[torch.from_numpy(batch.cells)]
    logits = pair.encoder.cue(hidden)
    tags = torch.from_numpy(np.concatenate([a.tags for a in batch.articles]))
    roles = torch.from_numpy(np.concatenate([a.roles for a in batch.articles]))
    loss = 2.5 * functional.cross_entropy(logits[:, :3], tags)
    loss = loss + 0.2 * functional.binary_cross_entropy_with_logits(
        pair.encoder.roles(hidden), roles
    )
    false = _false_cues(logits, tags, recipe) if wary else np.zeros(len(tags), dtype=bool)
    before, after = NEAR if chance.random() < recipe.near else (BEFORE, AFTER)
    asked = _asked(batch, false, recipe, chance, (before, after))
    loss = loss + 0.1 * functional.cross_entropy(
        logits[:, 3:], torch.from_numpy(_types(batch, false)), ignore_index=UNLABELLED
    )
    if asked is None:
        return loss
    states = hidden[torch.from_numpy(asked.places)]
    answers = pair.arguments(
        states,
        pair.arguments.relative[BEFORE - before : BEFORE + after],
        torch.from_numpy(asked.cue),
        torch.from_numpy(asked.mask),
    )
    return loss + functional.cross_entropy(
        answers.flatten(0, 1), torch.from_numpy(asked.answers).flatten(), ignore_index=UNLABELLED
    )


def _false_cues(logits: Tensor, tags: Tensor, recipe: Recipe) -> np.ndarray:
    """Which pieces outside of cues the model suspects (P,)."""
    suspected = 1.0 - logits.detach()[:, :3].softmax(-1)[:, OUTSIDE]
    return ((tags == OUTSIDE) & (suspected > recipe.suspicion)).numpy()


def _types(batch: Batch, false: np.ndarray) -> np.ndarray:
    types = np.where(false, ACTION, UNLABELLED).astype(np.int64)
    for first, article in zip(batch.firsts, batch.articles, strict=False):
        for target in article.targets:
            types[first + target.start : first + target.end] = target.type
    if (types == UNLABELLED).all():
        types[0] = ACTION
    return types


def _asked(
    batch: Batch,
    false: np.ndarray,
    recipe: Recipe,
    chance: random.Random,
    reach: tuple[int, int],
) -> Questions | None:
    """Draw the cues to ask for: all true ones, and a few false ones an article."""
    drawn: list[tuple[int, Target]] = []
    for k, article in enumerate(batch.articles):
        drawn += [(k, target) for target in article.targets]
        own = false[batch.firsts[k] : batch.firsts[k + 1]]
        drawn += [(k, target) for target in _runs(own, chance, most=1 + len(own) // 400)]
    if len(drawn) > recipe.asked:
        drawn = sorted(chance.sample(drawn, recipe.asked), key=lambda pair: pair[0])
    parts = [
        questions(batch.firsts[k], article, [t for owner, t in drawn if owner == k], *reach)
        for k, article in enumerate(batch.articles)
        if any(owner == k for owner, _ in drawn)
    ]
    if not parts:
        return None
    return Questions(
        *(np.concatenate([getattr(p, f) for p in parts]) for f in Questions.__dataclass_fields__)
    )


def _runs(false: np.ndarray, chance: random.Random, most: int) -> Iterator[Target]:
    """Draw up to `most` runs of suspected pieces as cues without arguments."""
    edges = np.flatnonzero(np.diff(np.r_[False, false, False].astype(np.int8)))
    runs = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    nothing = np.zeros(0, dtype=np.int64)
    for start, end in chance.sample(runs, min(most, len(runs))):
        yield Target(start, end, ACTION, nothing, nothing)


def train(
    pair: Pair, tokenizer: Tokenizer, articles: list[Article], recipe: Recipe, folder: Path
) -> Pair:
    """Train, log to `folder`, keep a checkpoint there, and return the averaged networks."""
    torch.set_num_threads(recipe.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(recipe.seed)
    pair.encoder.pieces.weight.requires_grad_(False)
    edges = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
    steps_an_epoch = _count_steps(tokenizer, articles, edges)
    steps = steps_an_epoch * recipe.epochs
    descent, mean = optimizer(pair, recipe), deepcopy(pair)
    started, step = time.perf_counter(), 0
    log = (folder / "log.txt").open("a", buffering=1)
    print(asdict(recipe), "articles", len(articles), "steps", steps, file=log)
    running: list[float] = []
    pair.train()
    for epoch in range(recipe.epochs):
        chance = random.Random(recipe.seed * 1000 + epoch)
        labelled = [label(tokenizer, article, chance) for article in articles]
        for batch in batches(labelled, edges, chance):
            minutes = (time.perf_counter() - started) / 60
            done = max(step / steps, minutes / recipe.minutes)
            if done >= 1.0:
                break
            for group in descent.param_groups:
                group["lr"] = group["peak"] * rate_at(done, recipe)
            loss = loss_of(pair, batch, recipe, chance, wary=step > 100)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(pair.parameters(), 1.0)
            descent.step()
            descent.zero_grad()
            step += 1
            if step % recipe.every == 0:
                _average(mean, pair, min(recipe.average, step / (step + 50)))
            running.append(float(loss.detach()))
            if step % 20 == 0:
                print(
                    f"{epoch} {step}/{steps} {minutes:.1f} min {done:.3f} {np.mean(running):.4f}",
                    file=log,
                )
                running = []
            if step % 120 == 0:
                torch.save(mean.state_dict(), folder / "mean.pt")
        torch.save(mean.state_dict(), folder / f"mean-{epoch + 1}.pt")
    return mean.eval()


def _count_steps(tokenizer: Tokenizer, articles: list[Article], edges: tuple[int, int]) -> int:
    chance = random.Random(0)
    return sum(1 for _ in batches([label(tokenizer, a, None) for a in articles], edges, chance))


@torch.no_grad()
def _average(mean: Pair, pair: Pair, decay: float) -> None:
    kept: list[Any] = list(mean.parameters())
    new: list[Any] = list(pair.parameters())
    trained = [k for k, weight in enumerate(new) if weight.requires_grad]
    torch._foreach_lerp_([kept[k] for k in trained], [new[k] for k in trained], 1.0 - decay)

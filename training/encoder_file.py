"""Writes the tuned encoder as the file that onnxruntime runs: fused operators, eight bits.

A few columns of what the layers multiply are ten times as large as the rest; in eight bits for all
columns the rest would be lost in rounding (a third of the outcome). So columns are divided by what
they reach in real sentences, and the weights that they meet are multiplied by it, as SmoothQuant
(Xiao and others, 2023) does; it falls to a ninth.
"""

from __future__ import annotations

import copy
import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from training.encoder import Encoder, Packed

_FUSED = "com.microsoft"
_OPSET, _IR = 17, 9
_PRODUCTS = ("qkv", "out", "fc1", "fc2")
_EVENED = 0.8  # share of the columns' unevenness that the weights take over; 0.5 and 1.0 lose more


def save_encoder(
    encoder: Encoder,
    packed: Packed,
    scores: dict[str, float],
    stretches: Sequence[Tensor],
    folder: Path,
    work: Path,
) -> None:
    """Write ``encoder.onnx`` and ``encoder.json.gz`` (sub-words and sizes) into a folder.

    ``stretches`` are sub-word ids of some sentences, to see how large columns become.

    Inputs of the graph: ``ids`` (batch, length), ``places`` (length,), ``lengths`` (batch,);
    output: ``states`` (batch, length, width).
    """
    whole = work / "encoder.whole.onnx"
    evened, divisors = even_out(encoder, measure_peaks(encoder, stretches))
    onnx.save(build_graph(evened, packed, divisors), str(whole))
    # Seven bits of eight: processors without VNNI instructions would overflow else.
    quantize_dynamic(
        str(whole),
        str(folder / "encoder.onnx"),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Attention", "Gather"],
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    meta = json.dumps({"width": packed.hidden, "piece_scores": scores}, ensure_ascii=False)
    (folder / "encoder.json.gz").write_bytes(gzip.compress(meta.encode("utf-8"), 9, mtime=0))


@torch.no_grad()
def measure_peaks(encoder: Encoder, stretches: Sequence[Tensor]) -> dict[str, Tensor]:
    """Return the largest value of every column that each product reads: ``LAYER.NAME`` -> (columns,)."""
    peaks: dict[str, Tensor] = {}

    def watch(name: str) -> Callable[[torch.nn.Module, tuple[Tensor, ...]], None]:
        def note(_: torch.nn.Module, inputs: tuple[Tensor, ...]) -> None:
            seen = inputs[0].abs().flatten(0, -2).amax(0)
            peaks[name] = torch.maximum(peaks.get(name, seen), seen)

        return note

    hooks = [
        getattr(layer, name).register_forward_pre_hook(watch(f"{n}.{name}"))
        for n, layer in enumerate(encoder.layers)
        for name in _PRODUCTS
    ]
    encoder.eval()
    for ids in stretches:
        encoder(ids[None], torch.ones(1, len(ids), dtype=torch.bool))
    for hook in hooks:
        hook.remove()
    return peaks


@torch.no_grad()
def even_out(encoder: Encoder, peaks: dict[str, Tensor]) -> tuple[Encoder, dict[str, Tensor]]:
    """Return an encoder whose weights are multiplied by the columns' sizes, and what divides the columns.

    What the attention gives is divided in the weights that make it; the others by a step of the graph.
    """
    evened = copy.deepcopy(encoder)
    divisors: dict[str, Tensor] = {}
    for n, layer in enumerate(evened.layers):
        for name in _PRODUCTS:
            weight = getattr(layer, name).weight
            size = peaks[f"{n}.{name}"].clamp(min=1e-2) ** _EVENED
            size = size / weight.abs().amax(0).clamp(min=1e-4) ** (1 - _EVENED)
            size = (size / size.median()).clamp(min=0.05)
            weight.mul_(size)
            divisors[f"{n}.{name}"] = 1 / size
        width = layer.out.weight.shape[1]
        layer.qkv.weight[2 * width :].mul_(divisors[f"{n}.out"][:, None])
        layer.qkv.bias[2 * width :].mul_(divisors.pop(f"{n}.out"))
    return evened, divisors


def build_graph(encoder: Encoder, packed: Packed, divisors: dict[str, Tensor]) -> onnx.ModelProto:
    """Return the encoder as a graph of onnxruntime's fused operators, in full precision."""
    tensors: list[onnx.TensorProto] = []
    nodes: list[onnx.NodeProto] = []

    def keep(name: str, weight: Tensor) -> str:
        array = np.ascontiguousarray(weight.detach().numpy().astype(np.float32))
        tensors.append(numpy_helper.from_array(array, name))
        return name

    def add(
        kind: str, inputs: list[str], output: str, *, fused: bool = False, **settings: object
    ) -> str:
        domain = _FUSED if fused else ""
        nodes.append(helper.make_node(kind, inputs, [output], output, domain=domain, **settings))
        return output

    def norm(x: str, module: torch.nn.LayerNorm, at: str) -> str:
        # Step by step: onnxruntime's own operator takes twice as long at this width.
        apart = add("Sub", [x, add("ReduceMean", [x], f"{at}mean", axes=[-1])], f"{at}apart")
        square = add("Mul", [apart, apart], f"{at}square")
        spread = add("ReduceMean", [square], f"{at}spread", axes=[-1])
        spread = add("Sqrt", [add("Add", [spread, "eps"], f"{at}spread.eps")], f"{at}root")
        x = add("Div", [apart, spread], f"{at}even")
        x = add("Mul", [x, keep(f"{at}gain", module.weight)], f"{at}scaled")
        return add("Add", [x, keep(f"{at}shift", module.bias)], f"{at}normal")

    def even(x: str, name: str) -> str:
        return add("Mul", [x, keep(f"{name}.divisor", divisors[name])], f"{name}.evened")

    def product(x: str, module: torch.nn.Linear, at: str) -> str:
        return add("MatMul", [x, keep(f"{at}weight", module.weight.T)], f"{at}product")

    keep("eps", torch.tensor([packed.eps]))
    words = add("Gather", [keep("words", encoder.word.weight), "ids"], "word")
    places = add("Gather", [keep("positions", encoder.position.weight), "places"], "place")
    x = norm(add("Add", [words, places], "sum"), encoder.norm, "start.")
    for n, layer in enumerate(encoder.layers):
        at = f"{n}."
        weight, bias = keep(f"{at}qkv", layer.qkv.weight.T), keep(f"{at}qkv.bias", layer.qkv.bias)
        seen = add(
            "Attention",
            [even(x, f"{at}qkv"), weight, bias, "lengths"],
            f"{at}seen",
            fused=True,
            num_heads=packed.heads,
        )
        y = product(seen, layer.out, f"{at}out.")
        y = add("Add", [y, keep(f"{at}out.bias", layer.out.bias)], f"{at}out")
        x = norm(add("Add", [y, x], f"{at}middle"), layer.norm1, f"{at}norm1.")
        y = product(even(x, f"{at}fc1"), layer.fc1, f"{at}fc1.")
        bias = keep(f"{at}fc1.bias", layer.fc1.bias)
        y = add("BiasGelu", [y, bias], f"{at}inner", fused=True)
        y = product(even(y, f"{at}fc2"), layer.fc2, f"{at}fc2.")
        y = add("Add", [y, keep(f"{at}fc2.bias", layer.fc2.bias)], f"{at}fc2")
        x = norm(add("Add", [y, x], f"{at}end"), layer.norm2, f"{at}norm2.")
    add("Identity", [x], "states")
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "encoder",
        [
            value("ids", TensorProto.INT64, ["batch", "length"]),
            value("places", TensorProto.INT64, ["length"]),
            value("lengths", TensorProto.INT32, ["batch"]),
        ],
        [value("states", TensorProto.FLOAT, ["batch", "length", packed.hidden])],
        tensors,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=_IR)

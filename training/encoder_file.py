"""Writes the tuned encoder as the file that onnxruntime runs: fused operators, weights in eight bits."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.encoder import Encoder, Packed

_FUSED = "com.microsoft"
_OPSET, _IR = 17, 9


def save_encoder(
    encoder: Encoder, packed: Packed, scores: dict[str, float], folder: Path, work: Path
) -> None:
    """Write ``encoder.onnx`` and ``encoder.json.gz`` (sub-words and sizes) into a folder.

    Inputs of the graph: ``ids`` (batch, length), ``places`` (length,), ``lengths`` (batch,);
    output: ``states`` (batch, length, width).
    """
    whole = work / "encoder.whole.onnx"
    onnx.save(build_graph(encoder, packed), str(whole))
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


def build_graph(encoder: Encoder, packed: Packed) -> onnx.ModelProto:
    """Return the encoder as a graph of onnxruntime's fused operators, in full precision."""
    tensors: list[onnx.TensorProto] = []
    nodes: list[onnx.NodeProto] = []

    def keep(name: str, weight: torch.Tensor) -> str:
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
            [x, weight, bias, "lengths"],
            f"{at}seen",
            fused=True,
            num_heads=packed.heads,
        )
        y = product(seen, layer.out, f"{at}out.")
        y = add("Add", [y, keep(f"{at}out.bias", layer.out.bias)], f"{at}out")
        x = norm(add("Add", [y, x], f"{at}middle"), layer.norm1, f"{at}norm1.")
        y = product(x, layer.fc1, f"{at}fc1.")
        bias = keep(f"{at}fc1.bias", layer.fc1.bias)
        y = product(add("BiasGelu", [y, bias], f"{at}inner", fused=True), layer.fc2, f"{at}fc2.")
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

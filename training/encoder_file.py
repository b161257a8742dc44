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

    def norm(inputs: list[str], output: str) -> str:
        return add("SkipLayerNormalization", inputs, output, fused=True, epsilon=packed.eps)

    words = add("Gather", [keep("words", encoder.word.weight), "ids"], "word")
    places = add("Gather", [keep("positions", encoder.position.weight), "places"], "place")
    gain, shift = keep("gain", encoder.norm.weight), keep("shift", encoder.norm.bias)
    x = norm([words, places, gain, shift], "start")
    for n, layer in enumerate(encoder.layers):
        at = f"{n}."
        weight = keep(f"{at}qkv", layer.qkv.weight.T)
        bias = keep(f"{at}qkv.bias", layer.qkv.bias)
        seen = add(
            "Attention",
            [x, weight, bias, "lengths"],
            f"{at}seen",
            fused=True,
            num_heads=packed.heads,
        )
        out = add("MatMul", [seen, keep(f"{at}out", layer.out.weight.T)], f"{at}out.x")
        gain, shift = keep(f"{at}gain1", layer.norm1.weight), keep(f"{at}shift1", layer.norm1.bias)
        x = norm([out, x, gain, shift, keep(f"{at}out.bias", layer.out.bias)], f"{at}middle")
        inner = add("MatMul", [x, keep(f"{at}fc1", layer.fc1.weight.T)], f"{at}fc1.x")
        inner = add(
            "BiasGelu", [inner, keep(f"{at}fc1.bias", layer.fc1.bias)], f"{at}inner", fused=True
        )
        out = add("MatMul", [inner, keep(f"{at}fc2", layer.fc2.weight.T)], f"{at}fc2.x")
        gain, shift = keep(f"{at}gain2", layer.norm2.weight), keep(f"{at}shift2", layer.norm2.bias)
        x = norm([out, x, gain, shift, keep(f"{at}fc2.bias", layer.fc2.bias)], f"{at}end")
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

"""The shipped network back in torch, so that it can learn on.

The weights of its encoder are in eight bits and its columns evened out (``encoder_file.py``); what is
read here answers as the shipped files do, up to rounding. Needs torch, numpy and onnx.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from training.encoder import Encoder, Layer, Shape
from training.network import Network

_WEIGHTS = {"qkv": "qkv", "out": "out.weight", "fc1": "fc1.weight", "fc2": "fc2.weight"}
"""Names of a layer's matrices in the graph."""


def load_shipped(model: Path, heads: Path) -> Network:
    """Return the network that two files hold.

    Args:
        model: the folder of ``encoder.onnx``.
        heads: the file of the heads, ``heads.npz``.

    Raises:
        FileNotFoundError: one of them is missing.
        KeyError: the graph is not one that ``encoder_file.save_encoder`` wrote.
    """
    graph = onnx.load(str(model / "encoder.onnx")).graph
    network = Network(_encoder({t.name: numpy_helper.to_array(t) for t in graph.initializer}))
    with np.load(heads) as arrays:
        _fill_heads(network, {name: torch.from_numpy(arrays[name]).float() for name in arrays})
    return network.eval()


@torch.no_grad()
def _encoder(arrays: dict[str, np.ndarray]) -> Encoder:
    """Return the encoder; what divides columns goes back into the weights that they meet."""
    words, positions = (_whole(arrays, name) for name in ("words", "positions"))
    depth = len({name.split(".")[0] for name in arrays if name.endswith(".qkv_quantized")})
    inner, hidden = arrays["0.fc2.weight_quantized"].shape
    shape = Shape(hidden, inner=inner, eps=float(arrays["eps"][0]), positions=len(positions))
    encoder = Encoder(shape, len(words), depth=depth)
    encoder.word.weight.copy_(words)
    encoder.position.weight.copy_(positions)
    _fill_norm(encoder.norm, arrays, "start.")
    for n, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        for name, stored in _WEIGHTS.items():
            weight = _whole(arrays, f"{n}.{stored}")
            divisor = arrays.get(f"{n}.{name}.divisor")
            if divisor is not None:
                weight = weight * torch.from_numpy(divisor.copy())[:, None]
            module = getattr(layer, name)
            module.weight.copy_(weight.T)
            module.bias.copy_(torch.from_numpy(arrays[f"{n}.{name}.bias"].copy()))
        _fill_norm(layer.norm1, arrays, f"{n}.norm1.")
        _fill_norm(layer.norm2, arrays, f"{n}.norm2.")
    return encoder


def _whole(arrays: dict[str, np.ndarray], name: str) -> Tensor:
    """Return a matrix out of its eight bits."""
    zero = arrays[f"{name}_zero_point"].astype(np.float32)
    codes = arrays[f"{name}_quantized"].astype(np.float32)
    return torch.from_numpy((codes - zero) * arrays[f"{name}_scale"].astype(np.float32))


def _fill_norm(module: nn.LayerNorm, arrays: dict[str, np.ndarray], at: str) -> None:
    module.weight.copy_(torch.from_numpy(arrays[f"{at}gain"].copy()))
    module.bias.copy_(torch.from_numpy(arrays[f"{at}shift"].copy()))


@torch.no_grad()
def _fill_heads(network: Network, arrays: dict[str, Tensor]) -> None:
    """Load the heads under the names of ``Network.arrays``."""
    network.kind.weight.copy_(arrays["type"])
    network.distance.weight.copy_(arrays["distance"])
    for name, module in network.named_heads().items():
        module.weight.copy_(arrays[f"{name}.weight"].T)
        module.bias.copy_(arrays[f"{name}.bias"])

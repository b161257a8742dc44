"""Trains the shipped name model from the data in the shared folder, step by step, on one core.

    python training/train_names.py [--work DIR] [--from STEP] [--seed N] [--tiny]
    python training/train_names.py --cross-validate OUT.jsonl [--folds N]

Steps: press (sentences), vectors, teacher (tuned, then labels articles of the press), student
(trained and written into the package). Each leaves its work in DIR; ``--from`` starts later.
Needs what training/README.md lists. About an hour and a half on one free core. ``--tiny`` runs every
step on a few articles, in minutes, to see that the chain holds: its model stays in DIR/model.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from torch.nn import functional as F

from mahdar.annotation.names.vocabulary import Vocabulary
from mahdar.annotation.names.wordforms import WordForms
from mahdar.annotation.pieces import Pieces
from mahdar.text.normalize import surface_offset
from training.data import GoldArticle, Sentence, anercorp, gold_articles, iter_spans
from training.encoder import read_packed
from training.paths import MODEL, ROOT
from training.sizes import FULL, Size, size_of
from training.student import (
    DILATIONS,
    DOMAINS,
    LABELS,
    MEMORY_AFTER,
    Document,
    Student,
    TypeTable,
    iter_batches,
    pack,
)
from training.teacher import best_path, evaluation_sets, figures, first_documents, kept_pieces
from training.vectors import piece_vectors, quantize, train_vectors, word_vectors
from training.vocabulary import count_words, save_vocabulary

BATCH_WORDS = 1200
STEPS = ("press", "vectors", "teacher", "label", "student")


def prepare(work: Path) -> dict[str, Any]:
    """Return vocabulary, vectors and sub-words, computed once and kept in WORK/tables.pkl."""
    path = work / "tables.pkl"
    if not path.exists():
        counts = count_words(work / "press.txt")
        packed = read_packed()
        kept = kept_pieces(packed)
        name = {n: p for p, n in packed.pieces.items()}
        vectors, vector_scale = quantize(word_vectors(work / "vectors.bin", list(counts)))
        pieces, piece_scale = quantize(piece_vectors(packed, kept))
        tables = {
            "counts": counts,
            "vectors": vectors,
            "vector_scale": vector_scale,
            "pieces": pieces,
            "piece_scale": piece_scale,
            "piece_scores": {name[int(k)]: round(float(packed.scores[k]), 3) for k in kept},
        }
        with path.open("wb") as file:
            pickle.dump(tables, file)
    with path.open("rb") as file:
        return pickle.load(file)  # type: ignore[no-any-return]


def word_forms(tables: dict[str, Any]) -> WordForms:
    """Return what describes words, from the tables."""
    counts = tables["counts"]
    vocabulary = Vocabulary(counts, {w: n for n, w in enumerate(counts)})
    return WordForms(vocabulary, Pieces(tables["piece_scores"]))


def labelled_documents(table: TypeTable, sentences: Sequence[Sentence]) -> list[Document]:
    """Return labelled sentences as documents."""
    groups: dict[str, list[Sentence]] = {}
    for s in sentences:
        groups.setdefault(s.doc, []).append(s)
    return [
        table.document(
            [(s.text, s.norm, [LABELS.index(x) for x in s.labels]) for s in group],
            DOMAINS.index(group[0].domain),
        )
        for group in groups.values()
    ]


def press_documents(table: TypeTable, work: Path) -> list[Document]:
    """Return the press articles that the teacher labelled."""
    with (work / "labelled.pkl").open("rb") as file:
        saved = pickle.load(file)
    return [
        table.document([(t, n, None) for t, n in sentences], 0, [np.exp(s) for s in soft])
        for sentences, soft in saved
    ]


def train_student(
    tables: dict[str, Any],
    table: TypeTable,
    labelled: Sequence[Document],
    unlabelled: Sequence[Document],
    *,
    epochs: int,
    seed: int,
    rate: float = 2e-3,
    start: Student | None = None,
) -> Student:
    """Return a student trained on labelled and teacher-labelled documents.

    Of a document of the press, either set of conventions is learnt at a time, by chance.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    model = start or make_student(tables)
    types = table.tensors()
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02)
    size = sum(len(d.types) for d in [*labelled, *unlabelled])
    steps = max(1, epochs * size // BATCH_WORDS)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / 50, max(0.01, 0.5 + 0.5 * np.cos(np.pi * n / steps)))
    )
    began = time.time()
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for batch in iter_batches([*labelled, *unlabelled], BATCH_WORDS, rng):
            asked = [d.domain if d.soft is None else rng.randrange(len(DOMAINS)) for d in batch]
            words, groups, domain, labels, soft = pack(batch, asked)
            scores = model(types, words, groups, domain)
            known = labels >= 0
            taught = soft.sum(1) > 0
            logs = F.log_softmax(scores, -1)
            loss = -(soft[taught] * logs[taught]).sum()
            if known.any():
                loss = loss + F.nll_loss(logs[known], labels[known], reduction="sum")
            loss = loss / (known | taught).sum()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            count += 1
        print(f"epoch {epoch} loss {total / count:.4f} {time.time() - began:.0f} s", flush=True)
    return model.eval()


def make_student(tables: dict[str, Any]) -> Student:
    """Return an untrained student over the fixed vectors as they will ship."""
    vectors = tables["vectors"].astype(np.float32) * np.float32(tables["vector_scale"])
    pieces = tables["pieces"].astype(np.float32) * np.float32(tables["piece_scale"])
    return Student(vectors, pieces)


def predict_labels(
    model: Student, table: TypeTable, sentences: Sequence[Sentence]
) -> list[tuple[list[str], np.ndarray]]:
    """Return labels and probabilities of sentences, read in their documents."""
    documents = labelled_documents(table, sentences)
    types = table.tensors()
    out: list[tuple[list[str], np.ndarray]] = []
    rest = iter(sentences)
    with torch.no_grad():
        for d in documents:
            words, groups, domain, _, _ = pack([d], [d.domain])
            rows = F.log_softmax(model(types, words, groups, domain), -1).numpy()
            at = 0
            while at < len(d.types):
                s = next(rest)
                part = rows[at : at + len(s.text)]
                out.append(([LABELS[i] for i in best_path(part)], np.exp(part)))
                at += len(s.text) + 1
    return out


def measure(model: Student, table: TypeTable) -> str:
    """Return the figures of a student on ANERcorp test and gold/dev."""
    sets = evaluation_sets()
    found = {name: [x[0] for x in predict_labels(model, table, s)] for name, s in sets.items()}
    return figures(found, sets)


def export(model: Student, tables: dict[str, Any], folder: Path) -> None:
    """Write the model into the package: weights in half precision, vectors in eight bits."""
    arrays = {"vectors": tables["vectors"], "pieces": tables["pieces"]}
    for name, value in model.state_dict().items():
        array = value.detach().numpy()
        matrix = name.endswith(".weight") and array.ndim == 2
        embedding = name.split(".")[0] in ("letter", "shape", "cut", "domain")
        arrays[name] = (array.T if matrix and not embedding else array).astype(np.float16)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "names.npz", **arrays)
    meta = {
        "labels": LABELS,
        "domains": DOMAINS,
        "dilations": DILATIONS,
        "memory_after": MEMORY_AFTER,
        "vector_scale": tables["vector_scale"],
        "piece_scale": tables["piece_scale"],
        "piece_scores": tables["piece_scores"],
    }
    text = json.dumps(meta, ensure_ascii=False, separators=(",", ":"))
    (folder / "names.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    save_vocabulary(tables["counts"], folder / "vocabulary.txt.gz")


def train_base(
    tables: dict[str, Any], table: TypeTable, press: Sequence[Document], *, seed: int, size: Size
) -> Student:
    """Return a student that has seen ANERcorp train and the teacher's labels, no gold article."""
    labelled = labelled_documents(table, first_documents(anercorp("train"), size))
    return train_student(tables, table, labelled, press, epochs=size.base_rounds, seed=seed)


def finish(
    tables: dict[str, Any],
    table: TypeTable,
    press: Sequence[Document],
    base: Student,
    articles: Sequence[GoldArticle],
    *,
    seed: int,
    size: Size,
    runs: int = 1,
) -> Student:
    """Return the base student after some epochs with the gold articles, three times over.

    Several runs from one base end in one basin: the mean of their weights is better than each and
    costs nothing when it reads.
    """
    gold = labelled_documents(table, [s for a in articles for s in a.sentences])
    labelled = labelled_documents(table, first_documents(anercorp("train"), size)) + gold * 3
    states = []
    for run_number in range(runs):
        model = make_student(tables)
        model.load_state_dict(base.state_dict())
        part = press[run_number::4]
        train_student(
            tables,
            table,
            labelled,
            part,
            epochs=size.finish_rounds,
            seed=seed + run_number,
            rate=1e-3,
            start=model,
        )
        states.append(model.state_dict())
    return mean_student(tables, states)


def mean_student(tables: dict[str, Any], states: Sequence[dict[str, torch.Tensor]]) -> Student:
    """Return a student whose weights are the means of others'."""
    model = make_student(tables)
    model.load_state_dict({k: torch.stack([s[k] for s in states]).mean(0) for k in states[0]})
    return model.eval()


def cross_validate(work: Path, out: Path, *, folds: int, seed: int) -> None:
    """Write the names of every gold/train article as a student finds them that has not read it.

    One JSON object a line: ``id`` and ``spans`` as ``[start, end, type, score]`` in code points.
    The base is shared; the teacher it learnt from has seen all gold articles' labels, so that the
    estimate is a little kind.
    """
    tables = prepare(work)
    forms = word_forms(tables)
    table = TypeTable(forms)
    press = press_documents(table, work)
    base = make_student(tables)
    base.load_state_dict(torch.load(work / "base.pt"))
    articles = gold_articles("train")
    right = gold = found = 0
    with out.open("w", encoding="utf-8") as file:
        for fold in range(folds):
            rest = [a for n, a in enumerate(articles) if n % folds != fold]
            model = finish(tables, table, press, base, rest, seed=seed, size=FULL)
            for a in articles[fold::folds]:
                spans = []
                for s, (labels, rows) in zip(
                    a.sentences, predict_labels(model, table, a.sentences), strict=True
                ):
                    for first, last, kind in iter_spans(labels):
                        columns = [LABELS.index(x) for x in labels[first:last]]
                        score = float(rows[np.arange(first, last), columns].mean())
                        size, _ = forms.cut(s.norm[first])
                        start = s.start[first] + surface_offset(s.text[first], size)
                        spans.append([start, s.end[last - 1], kind, round(score, 4)])
                mine = {(x[0], x[1], x[2]) for x in spans}
                right += len(mine & set(a.spans))
                gold += len(a.spans)
                found += len(mine)
                file.write(json.dumps({"id": a.id, "spans": spans}, ensure_ascii=False) + "\n")
            print(f"fold {fold}: F1 so far {2 * right / (gold + found):.4f}", flush=True)
    print(f"P {right / found:.4f} R {right / gold:.4f} F1 {2 * right / (gold + found):.4f}")


def run(step: str, work: Path, seed: int, size: Size) -> None:
    """Run one step."""
    tiny = [] if size.measured else ["--tiny"]
    script = [sys.executable, str(ROOT / "training" / "teacher.py")]
    if step == "press":
        press_script = str(ROOT / "training" / "press.py")
        subprocess.run([sys.executable, press_script, str(work), *tiny], check=True)
    elif step == "vectors":
        train_vectors(work / "press.txt", work / "vectors.bin", rounds=size.vector_rounds)
        (work / "tables.pkl").unlink(missing_ok=True)
    elif step in ("teacher", "label"):
        what = "tune" if step == "teacher" else "label"
        subprocess.run([*script, what, str(work), "--seed", str(seed), *tiny], check=True)
    else:
        tables = prepare(work)
        table = TypeTable(word_forms(tables))
        press = press_documents(table, work)
        base = train_base(tables, table, press, seed=seed, size=size)
        torch.save(base.state_dict(), work / "base.pt")
        articles = gold_articles("train")[: size.labelled_documents]
        runs = size.finish_runs
        model = finish(tables, table, press, base, articles, seed=seed, size=size, runs=runs)
        if size.measured:
            print(measure(model, table), flush=True)
        export(model, tables, MODEL if size.measured else work / "model")


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--work", type=Path, default=ROOT / "build" / "names")
    ap.add_argument("--from", dest="first", choices=STEPS, default=STEPS[0])
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--tiny", action="store_true", help="a few articles, to see that it runs")
    ap.add_argument("--folds", type=int, default=4)
    ap.add_argument("--cross-validate", type=Path, metavar="OUT", help="after the steps were run")
    args = ap.parse_args()
    if args.cross_validate:
        cross_validate(args.work, args.cross_validate, folds=args.folds, seed=args.seed)
        return
    args.work.mkdir(parents=True, exist_ok=True)
    for step in STEPS[STEPS.index(args.first) :]:
        began = time.time()
        run(step, args.work, args.seed, size_of(args.tiny))
        print(f"{step}: {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()

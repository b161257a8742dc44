"""Trains the shipped name model from the data in the shared folder, step by step.

    python training/train_names.py [--work DIR] [--from STEP] [--seed N] [--seconds N] [--tiny]

Steps, each of which leaves its work in DIR; ``--from`` begins later:

press    sentences of the unlabelled press
vectors  vectors of its words
adapt    the encoder learns to tell hidden words of the press; not done again where DIR holds its file
teacher  several encoders of twelve layers learn names
label    they label articles of the press
student  the small network learns from labels and teachers, and is written into the package

``--seconds`` is the longest time of each run of learning from ``adapt`` on. ``--tiny`` runs every step
on a few articles, in minutes, to see that the chain holds: its model stays in DIR/model. Needs what
training/README.md lists; uses a GPU where torch sees one. That file tells how long it takes.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from mahdar.annotation.pieces import Pieces
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words
from training.adapted import DEPTH, load_adapted, make_adapted, store
from training.data import Sentence, anercorp, gold_articles
from training.documents import TypeTable, by_document
from training.encoder import kept_pieces, read_packed, vocabulary
from training.labels import DOMAINS, evaluation_sets, figures
from training.paths import MODEL, ROOT
from training.press import iter_mixed_texts, save_sentences
from training.sizes import Size, size_of
from training.student_fit import Tables, export, predict, train_student
from training.teacher import Teacher, ask, tune
from training.vectors import piece_vectors, quantize, train_vectors, word_vectors
from training.vocabulary import count_words

STEPS = ("press", "vectors", "adapt", "teacher", "label", "student")
MOST_WORDS = 600
"""Of an article of the press that are read."""
AT_ONCE = 2000
"""Sentences that the teachers read before they tell how far they are."""


class Run:
    """One training: where its work lies, how much it reads, and its steps."""

    def __init__(self, work: Path, seed: int, seconds: float | None, size: Size) -> None:
        self.work = work
        self.seed = seed
        self.seconds = seconds
        self.size = size
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.packed = read_packed()
        scores, _ = vocabulary(self.packed)
        self.cut = Pieces(scores)
        self.count = len(scores)

    def step(self, name: str) -> None:
        """Do one step."""
        steps = {
            "press": self.make_press,
            "vectors": self.make_vectors,
            "adapt": self.adapt,
            "teacher": self.tune_teachers,
            "label": self.label,
            "student": self.make_student,
        }
        steps[name]()

    def make_press(self) -> None:
        """Write ``press.txt``: a sentence a line, in normal form."""
        save_sentences(self.work / "press.txt", self.size.press_articles)

    def make_vectors(self) -> None:
        """Write ``vectors.bin``, and ``tables.pkl`` with what a student begins with."""
        press, saved = self.work / "press.txt", self.work / "vectors.bin"
        train_vectors(press, saved, rounds=self.size.vector_rounds)
        counts = count_words(press)
        kept = kept_pieces(self.packed)
        name = {n: piece for piece, n in self.packed.pieces.items()}
        vectors, vector_scale = quantize(word_vectors(saved, list(counts)))
        pieces, piece_scale = quantize(piece_vectors(self.packed, kept))
        scores = {name[int(k)]: round(float(self.packed.scores[k]), 3) for k in kept}
        tables = Tables(counts, vectors, vector_scale, pieces, piece_scale, scores)
        save(tables, self.work / "tables.pkl")

    def adapt(self) -> None:
        """Write ``adapted.pt``, unless it is there."""
        make_adapted(
            self.packed,
            self.work / "adapted.pt",
            articles=self.size.adapt_articles,
            rounds=self.size.adapt_rounds,
            seconds=self.seconds,
            seed=self.seed,
            device=self.device,
        )

    def tune_teachers(self) -> None:
        """Write ``names-teacher-N.pt``, each tuned on ANERcorp train and gold/train."""
        sentences = [s for part in self.labelled().values() for s in part]
        for number in range(self.size.teachers):
            teacher = self.teacher()
            tune(
                teacher,
                sentences,
                self.cut,
                self.count,
                rounds=self.size.teacher_rounds,
                seed=self.seed + number,
                seconds=self.seconds,
            )
            store(teacher, self.work / f"names-teacher-{number}.pt")
        if self.size.measured:
            teachers = self.teachers()
            for name, own in evaluation_sets().items():
                domain = DOMAINS.index(own[0].domain)
                told = ask(teachers, own, self.cut, self.count)
                rows = [np.log(row[domain].clip(1e-9)) for row in told]
                print(f"mean of the teachers: {figures(name, own, rows)}", flush=True)

    def label(self) -> None:
        """Write ``labelled.pkl``: sentences of the corpora and the press, and what the teachers told."""
        teachers = self.teachers()
        parts = self.labelled()
        parts["press"] = list(self.press_sentences())
        labelled = {}
        for name, sentences in parts.items():
            told: list[np.ndarray] = []
            for at in range(0, len(sentences), AT_ONCE):
                rows = ask(teachers, sentences[at : at + AT_ONCE], self.cut, self.count)
                told += [row.astype(np.float16) for row in rows]
                print(f"{name}: {len(told)} of {len(sentences)} sentences", flush=True)
            labelled[name] = (sentences, told)
        save(labelled, self.work / "labelled.pkl")

    def make_student(self) -> None:
        """Train the student and write it: into the package, if the run is a whole one."""
        tables: Tables = load(self.work / "tables.pkl")
        words = TypeTable(tables.forms())
        documents = {
            name: [
                words.document([sentences[n] for n in numbers], [told[n] for n in numbers])
                for numbers in by_document(sentences)
            ]
            for name, (sentences, told) in load(self.work / "labelled.pkl").items()
        }
        student = train_student(
            tables,
            words.tensors(self.device),
            documents,
            size=self.size,
            seed=self.seed,
            seconds=self.seconds,
            device=self.device,
        )
        if self.size.measured:
            for name, own in evaluation_sets().items():
                print(figures(name, own, predict(student, words, own)), flush=True)
        export(student, tables, MODEL if self.size.measured else self.work / "model")

    def labelled(self) -> dict[str, list[Sentence]]:
        """Return the labelled sentences that are learnt from."""
        gold = [s for a in gold_articles("train") for s in a.sentences]
        most = self.size.labelled_documents
        return {
            "aner": first_documents(anercorp("train"), most),
            "gold": first_documents(gold, most),
        }

    def press_sentences(self) -> Iterator[Sentence]:
        """Yield sentences of articles of the press, the annotated ones left out, to be labelled."""
        known = [article.text for article in gold_articles("train")]
        total = 0
        for number, text in enumerate(iter_mixed_texts(known, seed=self.seed)):
            words = find_words(text, split_sentences(text))
            sentences: dict[int, Sentence] = {}
            for i in range(min(len(words), MOST_WORDS)):
                sentence = sentences.setdefault(
                    words.sentence[i], Sentence([], [], [], [], "gold", f"press-{number}")
                )
                # One string for all places of a word: millions are held and kept.
                sentence.text.append(sys.intern(words.text[i]))
                sentence.norm.append(sys.intern(words.norm[i]))
                total += 1
            yield from sentences.values()
            if total >= self.size.press_words:
                return

    def teacher(self) -> Teacher:
        """Return an untrained teacher over the adapted encoder."""
        path = self.work / "adapted.pt"
        encoder = load_adapted(self.packed, path, depth=DEPTH, hiding=True)
        return Teacher(encoder).to(self.device)

    def teachers(self) -> list[Teacher]:
        """Return the tuned teachers."""
        teachers = []
        for number in range(self.size.teachers):
            teacher = self.teacher()
            teacher.load_state_dict(torch.load(self.work / f"names-teacher-{number}.pt"))
            teachers.append(teacher.eval())
        return teachers


def first_documents(sentences: Sequence[Sentence], most: int | None) -> list[Sentence]:
    """Return the sentences of so many documents."""
    return [sentences[n] for numbers in by_document(sentences)[:most] for n in numbers]


def save(thing: object, path: Path) -> None:
    """Keep something in a file of the work folder."""
    with path.open("wb") as file:
        pickle.dump(thing, file)


def load(path: Path) -> Any:
    """Return what a file of the work folder holds."""
    with path.open("rb") as file:
        return pickle.load(file)


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--work", type=Path, default=ROOT / "build" / "names")
    ap.add_argument("--from", dest="first", choices=STEPS, default=STEPS[0])
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--seconds", type=float, help="longest time of each run of learning")
    ap.add_argument("--tiny", action="store_true", help="a few articles, to see that it runs")
    args = ap.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    run = Run(args.work, args.seed, args.seconds, size_of(args.tiny))
    for step in STEPS[STEPS.index(args.first) :]:
        began = time.time()
        run.step(step)
        print(f"{step}: {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()

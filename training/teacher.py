"""The teacher: a pretrained encoder tuned to Arabic names, too slow to ship, that labels the press.

python training/teacher.py tune WORK [--tiny]      writes WORK/teacher.pt
python training/teacher.py label WORK [--tiny]     writes WORK/labelled.pkl
"""

from __future__ import annotations

import argparse
import pickle
import random
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mahdar.annotation.encoder.chunks import plain
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words
from training.data import Sentence, anercorp, gold_articles, iter_spans, read_iob, token_labels
from training.encoder import Encoder, Packed, Subwords, read_packed
from training.paths import NER
from training.press import iter_press_articles
from training.sizes import Size, size_of

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
DOMAINS = ("gold", "aner")
DEPTH = 9  # layers used of the 12: the last ones serve the pretrained task
FROZEN = 6  # layers that stay as they are: computed once, tuning costs a third of tuning all
RATE = 2e-4
BATCH = 1000  # sub-words
LONGEST = 200  # sub-words of neighbouring sentences that are read together
_POLITICS = (
    "وزير الخارجية",
    "الرئيس",
    "الأمم المتحدة",
    "قوات",
    "الحكومة",
    "مجلس",
    "المعارضة",
    "النظام",
    "اتفاق",
    "الجيش",
    "هجوم",
    "تنظيم",
    "محادثات",
    "السلام",
    "البرلمان",
    "الحوثي",
)


@dataclass
class Chunk:
    """Neighbouring sentences as sub-words: ids, where each word starts, labels, domain."""

    ids: list[int]
    first: list[int]
    labels: list[int]
    domain: int
    parts: list[tuple[int, int]]  # (number of the sentence, words)
    state: Tensor | None = None  # what the frozen layers made of it


def make_chunks(sentences: Sequence[Sentence], cut: Subwords, packed: Packed) -> list[Chunk]:
    """Return sentences joined, inside one document, into chunks of at most ``LONGEST`` sub-words."""
    out: list[Chunk] = []
    last_doc = ""
    for number, s in enumerate(sentences):
        pieces = [cut(plain(w))[:8] for w in s.text]
        size = sum(map(len, pieces))
        at = 0
        while at < len(pieces):
            fresh = not out or s.doc != last_doc or len(out[-1].ids) + size > LONGEST
            if fresh:
                out.append(Chunk([packed.bos], [], [], DOMAINS.index(s.domain), []))
            last_doc = s.doc
            chunk = out[-1]
            began = at
            while at < len(pieces) and len(chunk.ids) + len(pieces[at]) < max(LONGEST, 8) + 2:
                chunk.first.append(len(chunk.ids))
                chunk.ids.extend(pieces[at])
                chunk.labels.append(LABELS.index(s.labels[at]) if s.labels else 0)
                at += 1
            chunk.parts.append((number, at - began))
            size -= sum(map(len, pieces[began:at]))
    for chunk in out:
        chunk.ids.append(packed.eos)
    return out


class Teacher(nn.Module):
    """Encoder with a label layer; the domain says whose conventions are asked for."""

    def __init__(self, packed: Packed, kept: np.ndarray) -> None:
        super().__init__()
        self.encoder = Encoder(packed, kept, depth=DEPTH)
        self.domain = nn.Embedding(len(DOMAINS), packed.hidden)
        nn.init.zeros_(self.domain.weight)
        self.middle = nn.Linear(packed.hidden, packed.hidden)
        self.label = nn.Linear(packed.hidden, len(LABELS))

    def forward(self, state: Tensor, mask: Tensor, first: Tensor, domain: Tensor) -> Tensor:
        """Return label scores (batch, words, labels) from the frozen layers' output."""
        return self.score(self.read(state, mask, first), domain)

    def read(self, state: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """Return what the encoder makes of every word's first sub-word."""
        x = self.encoder.tuned(state, mask, FROZEN)
        return torch.gather(x, 1, first[:, :, None].expand(-1, -1, x.shape[2]))

    def score(self, x: Tensor, domain: Tensor) -> Tensor:
        """Return label scores of words under the conventions of a domain."""
        x = x + self.domain(domain)[:, None]
        x = F.gelu(self.middle(F.dropout(x, 0.1, self.training)))
        scores: Tensor = self.label(x)
        return scores


def freeze(model: Teacher, chunks: list[Chunk], number_of: dict[int, int], unk: int) -> None:
    """Set every chunk's ``state``."""
    for batch in batches(chunks, 4000, None):
        length = max(len(c.ids) for c in batch)
        ids = torch.zeros(len(batch), length, dtype=torch.long)
        mask = torch.zeros(len(batch), length, dtype=torch.bool)
        for n, c in enumerate(batch):
            ids[n, : len(c.ids)] = torch.tensor([number_of.get(i, number_of[unk]) for i in c.ids])
            mask[n, : len(c.ids)] = True
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = model.encoder.frozen(ids, mask, FROZEN).bfloat16()
        for n, c in enumerate(batch):
            c.state = out[n, : len(c.ids)].clone()


def collate(chunks: Sequence[Chunk]) -> tuple[Tensor, ...]:
    """Return states, mask, word starts, domains and labels (-100 beyond the end) as tensors."""
    length = max(len(c.ids) for c in chunks)
    words = max(len(c.first) for c in chunks)
    assert chunks[0].state is not None
    state = torch.zeros(len(chunks), length, chunks[0].state.shape[1])
    mask = torch.zeros(len(chunks), length, dtype=torch.bool)
    first = torch.zeros(len(chunks), words, dtype=torch.long)
    labels = torch.full((len(chunks), words), -100)
    for n, c in enumerate(chunks):
        assert c.state is not None
        state[n, : len(c.ids)] = c.state
        mask[n, : len(c.ids)] = True
        first[n, : len(c.first)] = torch.tensor(c.first)
        labels[n, : len(c.labels)] = torch.tensor(c.labels)
    return state, mask, first, torch.tensor([c.domain for c in chunks]), labels


def batches(chunks: list[Chunk], budget: int, rng: random.Random | None) -> list[list[Chunk]]:
    """Return chunks in batches of like length with at most ``budget`` sub-words each."""
    order = sorted(chunks, key=lambda c: len(c.ids) + (rng.random() * 20 if rng else 0))
    out: list[list[Chunk]] = [[]]
    for c in order:
        if out[-1] and (len(out[-1]) + 1) * max(len(c.ids), len(out[-1][0].ids)) > budget:
            out.append([])
        out[-1].append(c)
    if rng:
        rng.shuffle(out)
    return out


def best_path(scores: np.ndarray) -> list[int]:
    """Return the best labels of one sentence under the rules of BIO; scores are (words, labels)."""
    allowed = transition_mask()
    total = scores[0] + np.where([x.startswith("I") for x in LABELS], -1e4, 0.0)
    back = []
    for row in scores[1:]:
        step = total[:, None] + allowed
        back.append(step.argmax(0))
        total = step.max(0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def transition_mask() -> np.ndarray:
    """Return 0 for label pairs that BIO allows, a large negative number for others."""
    mask = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for a, before in enumerate(LABELS):
        for b, after in enumerate(LABELS):
            if after[0] == "I" and before[2:] != after[2:]:
                mask[a, b] = -1e4
    return mask


def predict(
    model: Teacher,
    sentences: Sequence[Sentence],
    cut: Subwords,
    packed: Packed,
    number_of: dict[int, int],
) -> list[np.ndarray]:
    """Return for every sentence its log-probabilities (domains, words, labels)."""
    model.eval()
    rows: list[list[np.ndarray]] = [[] for _ in sentences]
    chunks = make_chunks(sentences, cut, packed)
    got: dict[int, np.ndarray] = {}
    with torch.no_grad():
        for batch in batches(chunks, 4000, None):
            freeze(model, batch, number_of, packed.unk)
            state, mask, first, _, _ = collate(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                read = model.read(state, mask, first)
                both = [
                    model.score(read, torch.full((len(batch),), d)) for d in range(len(DOMAINS))
                ]
            out = F.log_softmax(torch.stack(both, 1).float(), -1).numpy()
            for c, o in zip(batch, out, strict=True):
                got[id(c)] = o
                c.state = None
    for c in chunks:
        at = 0
        for number, words in c.parts:
            rows[number].append(got[id(c)][:, at : at + words])
            at += words
    return [np.concatenate(r, axis=1) for r in rows]


def f1(gold: set[tuple[object, ...]], found: set[tuple[object, ...]]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    right = len(gold & found)
    return (
        right / max(1, len(found)),
        right / max(1, len(gold)),
        2 * right / max(1, len(gold) + len(found)),
    )


def figures(labels_of: dict[str, list[list[str]]], sets: dict[str, list[Sentence]]) -> str:
    """Return strict span figures of the ANERcorp test part (in its tokens) and of gold/dev (in words)."""
    out = []
    for name, sentences in sets.items():
        gold: set[tuple[object, ...]] = set()
        found: set[tuple[object, ...]] = set()
        truth = read_iob(NER / "anercorp" / "test.iob") if name == "aner-test" else None
        for n, (s, labels) in enumerate(zip(sentences, labels_of[name], strict=True)):
            right = [t[1] for t in truth[n]] if truth else s.labels
            mine = token_labels(s, labels) if truth else labels
            gold |= {(n, *x) for x in iter_spans(right)}
            found |= {(n, *x) for x in iter_spans(mine)}
        p, r, f = f1(gold, found)
        kinds = " ".join(
            f"{k} {f1({x for x in gold if x[-1] == k}, {x for x in found if x[-1] == k})[2]:.3f}"
            for k in ("PER", "ORG", "LOC")
        )
        out.append(f"{name} P {p:.3f} R {r:.3f} F1 {f:.4f} ({kinds})")
    return " | ".join(out)


def evaluation_sets() -> dict[str, list[Sentence]]:
    """Return the sentences that figures are measured on."""
    return {
        "aner-test": anercorp("test"),
        "gold-dev": [s for a in gold_articles("dev") for s in a.sentences],
    }


def first_documents(sentences: Sequence[Sentence], size: Size) -> list[Sentence]:
    """Return the sentences of as many documents as a run reads."""
    kept = list(dict.fromkeys(s.doc for s in sentences))[: size.labelled_documents]
    return [s for s in sentences if s.doc in set(kept)]


def kept_pieces(packed: Packed) -> np.ndarray:
    """Return the ids of sub-words made of Arabic letters, digits, marks, or few Latin letters."""
    usual = re.compile("▁?([\u0600-\u06ff!-@[-`{-~«»“”–—…’‘]*|[A-Za-z]{1,3})")
    return np.array(sorted({n for p, n in packed.pieces.items() if usual.fullmatch(p)} | {0, 2, 3}))


def tune(work: Path, *, seed: int, size: Size) -> None:
    """Tune the teacher on ANERcorp train and gold/train."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    packed = read_packed()
    cut = Subwords(packed)
    gold = [s for a in gold_articles("train") for s in a.sentences]
    chunks = [
        chunk
        for sentences in (anercorp("train"), gold)
        for chunk in make_chunks(first_documents(sentences, size), cut, packed)
    ]
    kept = kept_pieces(packed)
    arabic = sum(1 for c in chunks for _ in c.ids)
    print(f"{len(chunks)} chunks, {arabic} sub-words, {len(kept)} pieces kept", flush=True)
    number_of = {int(k): n for n, k in enumerate(kept)}
    model = Teacher(packed, kept)
    began = time.time()
    freeze(model, chunks, number_of, packed.unk)
    print(f"frozen layers done {time.time() - began:.0f} s", flush=True)
    slow = list(model.encoder.layers[FROZEN:].parameters())
    fast = [*model.domain.parameters(), *model.middle.parameters(), *model.label.parameters()]
    groups = [{"params": slow, "lr": RATE}, {"params": fast, "lr": RATE * 10}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    steps = size.teacher_rounds * len(batches(chunks, BATCH, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(n / (0.1 * steps), max(0.02, (steps - n) / (0.9 * steps)))
    )
    for epoch in range(size.teacher_rounds):
        model.train()
        total = 0.0
        todo = batches(chunks, BATCH, rng)
        for n, batch in enumerate(todo):
            state, mask, first, domain, labels = collate(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(state, mask, first, domain)
            loss = F.cross_entropy(
                scores.float().flatten(0, 1), labels.flatten(), ignore_index=-100
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            if n % 50 == 0:
                print(
                    epoch,
                    n,
                    len(todo),
                    f"{total / (n + 1):.4f} {time.time() - began:.0f} s",
                    flush=True,
                )
    if size.measured:
        found = {}
        sets = evaluation_sets()
        for name, sentences in sets.items():
            wanted = DOMAINS.index(sentences[0].domain)
            rows = predict(model, sentences, cut, packed, number_of)
            found[name] = [[LABELS[i] for i in best_path(x[wanted])] for x in rows]
        print(f"{time.time() - began:.0f} s: {figures(found, sets)}", flush=True)
    saved = {"state": model.state_dict(), "kept": kept}
    torch.save(saved, work / "teacher.pt")


def load_teacher(path: Path) -> tuple[Teacher, Packed, Subwords, dict[int, int]]:
    """Return a tuned teacher with what it needs to read words."""
    saved = torch.load(path, weights_only=False)
    packed = read_packed()
    model = Teacher(packed, saved["kept"])
    model.load_state_dict(saved["state"])
    return model, packed, Subwords(packed), {int(k): n for n, k in enumerate(saved["kept"])}


def label_press(work: Path, *, words: int, seed: int) -> None:
    """Write WORK/labelled.pkl: articles of the press with the teacher's log-probabilities.

    Three quarters are articles with many words of politics and war, the rest any articles. The
    annotated articles are left out.
    """
    torch.set_num_threads(1)
    model, packed, cut, number_of = load_teacher(work / "teacher.pt")
    known = {a.text.split("\n", 1)[-1].strip()[:200] for a in gold_articles("train")}
    rng = random.Random(seed)
    texts = [t for t in iter_press_articles() if t.split("\n", 1)[-1].strip()[:200] not in known]
    texts = sorted({t.strip()[:400]: t for t in texts}.values())
    rng.shuffle(texts)
    topical = [t for t in texts if sum(t.count(w) for w in _POLITICS) * 60 > len(t.split())]
    out = []
    total = 0
    began = time.time()
    for number in range(len(texts)):
        text = texts[number] if number % 4 == 0 else topical[number % len(topical)]
        found = find_words(text, split_sentences(text))
        sentences: dict[int, Sentence] = {}
        for i in range(min(len(found), 600)):
            s = sentences.setdefault(
                found.sentence[i], Sentence([], [], [], [], "gold", str(number))
            )
            s.text.append(found.text[i])
            s.norm.append(found.norm[i])
        out.append(list(sentences.values()))
        total += sum(len(s.text) for s in out[-1])
        if total > words:
            break
    flat = [s for article in out for s in article]
    rows: list[np.ndarray] = []
    for at in range(0, len(flat), 2000):
        rows += predict(model, flat[at : at + 2000], cut, packed, number_of)
        print(f"{at} of {len(flat)} sentences {time.time() - began:.0f} s", flush=True)
    saved = []
    at = 0
    for article in out:
        soft = [r.astype(np.float16) for r in rows[at : at + len(article)]]
        at += len(article)
        saved.append(([(s.text, s.norm) for s in article], soft))
    with (work / "labelled.pkl").open("wb") as file:
        pickle.dump(saved, file)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("what", choices=["tune", "label"])
    ap.add_argument("work", type=Path)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--tiny", action="store_true")
    args = ap.parse_args()
    size = size_of(args.tiny)
    if args.what == "label":
        label_press(args.work, words=size.press_words, seed=args.seed)
    else:
        tune(args.work, seed=args.seed, size=size)


if __name__ == "__main__":
    main()

"""Labelled sentences for the name tagger, from ANERcorp and from the gold articles.

Everything is brought to Mahdar's words with labels ``O``, ``B-PER``, ``I-PER``, ... A word that
carries an attached proclitic is labelled whole; where the name begins inside it is learnt apart.
"""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from mahdar.text.normalize import normalize_word
from mahdar.text.sentences import split_sentences
from mahdar.text.words import Words, find_words, iter_word_spans
from training.paths import GOLD, NER

_ANER_TYPES = {"PERS": "PER", "LOC": "LOC", "ORG": "ORG"}


@dataclass
class Sentence:
    """One labelled sentence.

    ``token`` gives for every word the corpus token it came from; ``cut`` the code points of
    attached proclitic at the first word of a name, ``None`` where nobody told.
    """

    text: list[str]
    norm: list[str]
    labels: list[str]
    token: list[int]
    domain: str
    doc: str
    cut: list[int | None] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)


def read_iob(path: Path) -> list[list[tuple[str, str]]]:
    """Return the sentences of an IOB file as (token, label) pairs; MISC becomes ``O``."""
    sentences: list[list[tuple[str, str]]] = []
    current: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        cells = line.split()
        if len(cells) < 2:
            if current:
                sentences.append(current)
            current = []
            continue
        prefix, _, kind = cells[-1].partition("-")
        kind = _ANER_TYPES.get(kind, "")
        current.append((cells[0], f"{prefix}-{kind}" if kind else "O"))
    if current:
        sentences.append(current)
    return sentences


def anercorp(part: str, *, block: int = 12) -> list[Sentence]:
    """Return ANERcorp's ``train`` or ``test`` part in Mahdar's words.

    The corpus does not mark where articles end; ``block`` sentences in a row pass for a document.
    """
    out = []
    for number, tokens in enumerate(read_iob(NER / "anercorp" / f"{part}.iob")):
        s = Sentence([], [], [], [], "aner", f"aner-{part}-{number // block}")
        for at, (token, label) in enumerate(tokens):
            pieces = [token[a:b] for a, b in iter_word_spans(token)] or [token]
            kind = label[2:]
            named = [n for n, p in enumerate(pieces) if p[0].isalnum()] or list(range(len(pieces)))
            for n, piece in enumerate(pieces):
                s.text.append(piece)
                s.norm.append(normalize_word(piece))
                s.token.append(at)
                if not kind or not named[0] <= n <= named[-1]:
                    s.labels.append("O")
                else:
                    s.labels.append(label if n == named[0] else f"I-{kind}")
        s.cut = [None] * len(s.text)
        out.append(s)
    return out


def load_scorer() -> ModuleType:
    """Return the shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class GoldArticle:
    """A gold article: its words, named spans ``(start, end, type)`` and sentences with labels."""

    id: str
    text: str
    words: Words
    spans: list[tuple[int, int, str]]
    sentences: list[Sentence]


def gold_articles(name: str) -> list[GoldArticle]:
    """Return the annotated articles of ``train`` or ``dev``; sentences inside noise are left out."""
    scorer = load_scorer()
    out = []
    for line in (GOLD / name / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        raw = json.loads(line)
        path = GOLD / name / f"{raw['id']}.json"
        reading = scorer.gold_reading(raw, json.loads(path.read_text(encoding="utf-8")))
        out.append(_gold_article(raw, reading))
    return out


def _gold_article(raw: dict[str, Any], reading: dict[str, Any]) -> GoldArticle:
    text = raw["text"]
    words = find_words(text, split_sentences(text))
    spans = sorted(
        {
            (m["start"], m["end"], e["type"])
            for e in reading["entities"]
            for m in e["mentions"]
            if m["kind"] == "named"
        }
    )
    labels = ["O"] * len(words)
    cut: list[int | None] = [None] * len(words)
    for start, end, kind in spans:
        inside = words.between(start, end)
        if any(labels[i] != "O" for i in inside):
            continue
        for n, i in enumerate(inside):
            labels[i] = f"{'I' if n else 'B'}-{kind}"
        cut[inside[0]] = max(0, start - words.start[inside[0]])
    noise = [(n["start"], n["end"]) for n in reading["noise"]]
    sentences: dict[int, Sentence] = {}
    for i in range(len(words)):
        if any(a <= words.start[i] < b for a, b in noise):
            continue
        number = words.sentence[i]
        s = sentences.setdefault(number, Sentence([], [], [], [], "gold", raw["id"]))
        s.text.append(words.text[i])
        s.norm.append(words.norm[i])
        s.labels.append(labels[i])
        s.token.append(len(s.token))
        s.cut.append(cut[i])
        s.start.append(words.start[i])
        s.end.append(words.end[i])
    return GoldArticle(raw["id"], text, words, spans, list(sentences.values()))


def token_labels(sentence: Sentence, labels: list[str]) -> list[str]:
    """Return labels of words as labels of the corpus tokens they came from."""
    out = ["O"] * (sentence.token[-1] + 1)
    for token, label in zip(sentence.token, labels, strict=True):
        if label != "O" and out[token] == "O":
            out[token] = label
    return out

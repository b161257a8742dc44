"""The labels of names, and how well they are told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mahdar.annotation.names.bio import allowed_pairs, best_path, find_label_spans
from training.data import Sentence, anercorp, gold_articles, read_iob, token_labels
from training.paths import NER

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
DOMAINS = ("gold", "aner")

Names = set[tuple[object, ...]]


def evaluation_sets() -> dict[str, list[Sentence]]:
    """Return the sentences that figures are measured on: ANERcorp's test part and gold/dev."""
    return {
        "aner-test": anercorp("test"),
        "gold-dev": [s for a in gold_articles("dev") for s in a.sentences],
    }


def figures(name: str, sentences: Sequence[Sentence], rows: Sequence[np.ndarray]) -> str:
    """Return strict span figures of an evaluation set.

    Args:
        name: the set's. ANERcorp's is measured in its own tokens, gold/dev in words.
        sentences: the set.
        rows: the log-probabilities (words, labels) of each sentence.
    """
    gold: Names = set()
    found: Names = set()
    allowed = allowed_pairs(LABELS)
    truth = read_iob(NER / "anercorp" / "test.iob") if name == "aner-test" else None
    for n, (sentence, scores) in enumerate(zip(sentences, rows, strict=True)):
        told = [LABELS[i] for i in best_path(scores, allowed)]
        right = [label for _, label in truth[n]] if truth else sentence.labels
        gold |= {(n, *x) for x in find_label_spans(right)}
        found |= {
            (n, *x) for x in find_label_spans(token_labels(sentence, told) if truth else told)
        }
    kinds = " ".join(
        f"{kind} {_f1(_of_kind(gold, kind), _of_kind(found, kind)):.3f}"
        for kind in ("PER", "ORG", "LOC")
    )
    right_count = len(gold & found)
    precision, recall = right_count / max(1, len(found)), right_count / max(1, len(gold))
    return f"{name} P {precision:.3f} R {recall:.3f} F1 {_f1(gold, found):.4f} ({kinds})"


def _f1(gold: Names, found: Names) -> float:
    return 2 * len(gold & found) / max(1, len(gold) + len(found))


def _of_kind(names: Names, kind: str) -> Names:
    return {name for name in names if name[-1] == kind}

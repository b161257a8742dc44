"""The labels of names, their best order in a sentence, and how well they are told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from training.data import Sentence, anercorp, gold_articles, iter_spans, read_iob, token_labels
from training.paths import NER

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
DOMAINS = ("gold", "aner")
_NEVER = -1e4

Names = set[tuple[object, ...]]


def best_path(scores: np.ndarray) -> list[int]:
    """Return the best labels of one sentence under the rules of BIO; scores are (words, labels)."""
    allowed = _allowed_pairs()
    total = scores[0] + np.where([x.startswith("I") for x in LABELS], _NEVER, 0.0)
    back = []
    for row in scores[1:]:
        step = total[:, None] + allowed
        back.append(step.argmax(0))
        total = step.max(0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def _allowed_pairs() -> np.ndarray:
    """Return 0 for pairs of labels that BIO allows, a large negative number for others."""
    pairs = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for a, before in enumerate(LABELS):
        for b, after in enumerate(LABELS):
            if after[0] == "I" and before[2:] != after[2:]:
                pairs[a, b] = _NEVER
    return pairs


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
    truth = read_iob(NER / "anercorp" / "test.iob") if name == "aner-test" else None
    for n, (sentence, scores) in enumerate(zip(sentences, rows, strict=True)):
        told = [LABELS[i] for i in best_path(scores)]
        right = [label for _, label in truth[n]] if truth else sentence.labels
        gold |= {(n, *x) for x in iter_spans(right)}
        found |= {(n, *x) for x in iter_spans(token_labels(sentence, told) if truth else told)}
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

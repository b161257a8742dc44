"""Fitting of the linear models whose weights ship as tables: logistic, and choice among options.

A row is ``(features, answer, weight)``. For ``fit`` features are names, or a map of names to values,
and the answer is a label; for ``fit_choice`` they are the features of every option, the answer the
indexes of the right ones.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from mahdar.linear import LinearModel

Row = tuple[Any, Any, float]


def fit(
    rows: list[Row], labels: tuple[str, ...] | None, strength: float, *, least: int = 2
) -> LinearModel:
    """Return a linear model of the rows; features seen in fewer than ``least`` rows are left out."""
    seen = Counter(f for features, _, _ in rows for f in set(features))
    names = sorted(f for f, n in seen.items() if n >= least)
    column = {f: k for k, f in enumerate(names)}
    data, row_at, col_at = [], [], []
    for r, (features, _, _) in enumerate(rows):
        for f in dict.fromkeys(features):
            k = column.get(f)
            if k is not None:
                data.append(features[f] if isinstance(features, dict) else 1.0)
                row_at.append(r)
                col_at.append(k)
    matrix = csr_matrix((data, (row_at, col_at)), shape=(len(rows), len(names)))
    answers = np.array([label for _, label, _ in rows])
    weights = np.array([weight for _, _, weight in rows])
    learner = LogisticRegression(C=strength, max_iter=400, fit_intercept=False)
    learner.fit(matrix, answers, sample_weight=weights)
    if labels is None:
        sign = 1.0 if learner.classes_[1] == "yes" else -1.0
        table = (sign * learner.coef_).T
        labels = ("yes",)
    else:
        full = np.zeros((len(labels), len(names)))
        for at, name in enumerate(learner.classes_):
            full[labels.index(name)] = learner.coef_[at]
        for at, name in enumerate(labels):
            if name not in learner.classes_:
                full[at] = learner.coef_.min(axis=0) - 1.0
        table = full.T
    return LinearModel(
        labels,
        {
            f: tuple(round(float(w), 3) for w in table[k])
            for k, f in enumerate(names)
            if np.abs(table[k]).max() >= 0.01
        },
    )


def fit_choice(rows: list[Row], strength: float, *, least: int = 2) -> LinearModel:
    """Return a model that scores options so that the right one of each row wins (conditional logit).

    A row holds the features of every option, the last of them «none», and the right ones' indexes.
    """
    seen = Counter(f for choices, _, _ in rows for f in {f for c in choices for f in c})
    names = sorted(f for f, n in seen.items() if n >= least)
    column = {f: k for k, f in enumerate(names)}
    row_at, col_at, starts, right, weights = [], [], [0], [], []
    total = 0
    for choices, answers, weight in rows:
        for n, features in enumerate(choices):
            for f in dict.fromkeys(features):
                if f in column:
                    row_at.append(total + n)
                    col_at.append(column[f])
            right.append(n in answers)
        total += len(choices)
        starts.append(total)
        weights.append(weight)
    matrix = csr_matrix((np.ones(len(row_at)), (row_at, col_at)), shape=(total, len(names)))
    hits = np.array(right, dtype=float)
    begin = np.array(starts[:-1])
    sizes = np.diff(starts)
    weight_of = np.repeat(np.array(weights), sizes)

    def loss(beta: Any) -> tuple[float, Any]:
        scores = matrix @ beta
        top = np.repeat(np.maximum.reduceat(scores, begin), sizes)
        powers = np.exp(scores - top)
        chance = powers / np.repeat(np.add.reduceat(powers, begin), sizes)
        good = np.add.reduceat(powers * hits, begin)
        good_chance = powers * hits / np.repeat(np.maximum(good, 1e-300), sizes)
        all_of = np.add.reduceat(powers, begin)
        value = -(np.array(weights) * np.log(np.maximum(good / all_of, 1e-300))).sum()
        slope = matrix.T @ (weight_of * (chance - good_chance))
        return value + beta @ beta / (2 * strength), slope + beta / strength

    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    table = {
        f: (round(float(w), 3),) for f, w in zip(names, found.x, strict=True) if abs(w) >= 0.01
    }
    return LinearModel(("yes",), table)


def write_model(path: Path, model: LinearModel) -> None:
    """Store weights as a table, a row per feature in order."""
    path.parent.mkdir(exist_ok=True)
    lines = ["\t".join(("feature", *model.labels))]
    for feature, row in sorted(model.weights.items()):
        lines.append("\t".join((feature, *(f"{w:g}" for w in row))))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

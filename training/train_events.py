"""Train the event stage's linear models on gold/train, with cross-validation by article.

    python training/train_events.py [--folds 8] [--layers gold,real] [--write]

Learns from ``shared/gold/train`` only. ``--layers`` says with which entities, dates and statements
the features are made: the gold ones, the engine's own, or both (both is what ships: the models then
know what the engine's layers look like). ``--write`` stores the weights of models trained on all
articles under ``src/mahdar/extraction/events/weights``. Needs scikit-learn and scipy.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import gold as bench  # noqa: E402
from mahdar.extraction.events.context import Context  # noqa: E402
from mahdar.extraction.events.detect_features import ArticleCounts, event_features  # noqa: E402
from mahdar.extraction.events.find import make_context, read_events  # noqa: E402
from mahdar.extraction.events.linear import LinearModel  # noqa: E402
from mahdar.extraction.events.merge import describe_mention, pair_features  # noqa: E402
from mahdar.extraction.events.modality import modality_features  # noqa: E402
from mahdar.extraction.events.models import Models  # noqa: E402
from mahdar.extraction.events.outline import Outline  # noqa: E402
from mahdar.extraction.events.party import iter_party_questions  # noqa: E402
from mahdar.extraction.events.place import iter_place_questions, none_features  # noqa: E402
from mahdar.extraction.events.timing import iter_time_questions  # noqa: E402
from mahdar.extraction.events.triggers import Trigger, find_triggers  # noqa: E402
from mahdar.jsonform import reading_to_dict  # noqa: E402
from mahdar.knowledge.load import load_knowledge  # noqa: E402
from mahdar.pipeline import assemble_reading, load_engine  # noqa: E402

WEIGHTS = ROOT / "src/mahdar/extraction/events/weights"
STRENGTH = {"detect": 0.15, "merge": 0.3, "party": 0.15, "place": 0.3, "time": 0.3, "modality": 0.3}
ROLES = ("none", "actor", "target", "mediator", "host")
Row = tuple[Any, Any, float]


def prepare(nlp: Any, scorer: Any, raw: dict[str, Any], gold: dict[str, Any], real: bool) -> Any:
    """Return the document of an article with the engine's or the gold layers before events."""
    doc = nlp.make_doc(raw["text"])
    doc._.article = bench.as_article(raw)
    layers = {} if real else bench.oracle_layers(gold)
    for name, component in nlp.pipeline:
        if name in ("mahdar_events", "mahdar_commitments"):
            continue
        doc = component(doc)
        layer = name.removeprefix("mahdar_")
        if layer in layers:
            setattr(doc._, layer, layers[layer])
    return doc


def gold_of_triggers(
    triggers: list[Trigger], gold: dict[str, Any], sentences: list[int]
) -> list[tuple[set[int], bool]]:
    """Return for each trigger the gold events it is a trigger of, and whether one of its type
    stands in its sentence without it."""
    out = []
    for t in triggers:
        mine, near = set(), False
        for n, event in enumerate(gold["events"]):
            if event["type"] != t.lemma.type:
                continue
            for q in event["triggers"]:
                if q["start"] < t.end and t.start < q["end"]:
                    mine.add(n)
                elif sentences[q["start"]] == sentences[t.start]:
                    near = True
        out.append((mine, near))
    return out


def rows_of(
    context: Context,
    gold: dict[str, Any],
    sentences: list[int],
    to_gold: dict[str, str],
    published: str | None,
) -> dict[str, list[Row]]:
    """Return the training rows of one article per model: features, label, weight."""
    rows: dict[str, list[Row]] = defaultdict(list)
    triggers = [t for t in find_triggers(context.words) if t.word not in context.noisy]
    counts = ArticleCounts(triggers)
    links = gold_of_triggers(triggers, gold, sentences)
    mentions = []
    for trigger, (mine, near) in zip(triggers, links, strict=True):
        if not mine and near:
            continue
        rows["detect"].append(
            (event_features(context, trigger, counts), "yes" if mine else "no", 1.0)
        )
        if mine:
            mentions.append((describe_mention(context, trigger), mine))
    by_type = defaultdict(list)
    for mention, mine in mentions:
        by_type[mention.trigger.lemma.type].append((mention, mine))
    for same in by_type.values():
        for j in range(1, len(same)):
            for i in range(max(0, j - 40), j):
                features = pair_features(same[i][0], same[j][0], j - i - 1, len(same))
                label = "yes" if same[i][1] & same[j][1] else "no"
                rows["merge"].append((features, label, 1.0))
    outline = Outline(context, [m.trigger for m, _ in mentions], published)
    for n, event in enumerate(gold["events"]):
        group = [t for t, (mine, _) in zip(triggers, links, strict=True) if n in mine]
        seen: set[int] = set()
        group = [t for t in group if not (t.word in seen or seen.add(t.word))]
        if not group:
            continue
        roles = {p["entity"]: p["role"] for p in event["participants"]}
        for entity_id, features in iter_party_questions(context, group, outline):
            role = roles.get(to_gold.get(entity_id, entity_id), "none")
            rows["party"].append((features, role, 1.0))
        speech = context.speech[group[0].word]
        voice = speech.act if speech else "paper"
        places = [(to_gold.get(i, i), f) for i, f in iter_place_questions(context, group, outline)]
        times = iter_time_questions(context, group, outline)
        for name, options, answer in (
            ("place", places, event.get("place")),
            ("time", times, event.get("time")),
        ):
            found = [k for k, (value, _) in enumerate(options) if value == answer]
            if answer is None or found:
                none = none_features(event["type"], len(options), voice)
                choices = [f for _, f in options] + [none]
                right = found if answer is not None else [len(options)]
                rows[name].append((choices, right, 1.0))
        mean: Counter[str] = Counter()
        for trigger in group[:8]:
            for f in dict.fromkeys(modality_features(context, trigger, outline)):
                mean[f] += 1
        values = {f: n / len(group[:8]) for f, n in mean.items()}
        rows["modality"].append((values, event["modality"], 1.0))
    return rows


def fit(rows: list[Row], labels: tuple[str, ...] | None, strength: float) -> LinearModel:
    """Return a linear model of the rows; features seen in fewer than two rows are left out."""
    seen = Counter(f for features, _, _ in rows for f in set(features))
    names = sorted(f for f, n in seen.items() if n >= 2)
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


def fit_choice(rows: list[Row], strength: float) -> LinearModel:
    """Return a model that scores options so that the right one of each row wins (conditional logit).

    A row holds the features of every option, the last of them «none», and the right ones' indexes.
    """
    seen = Counter(f for choices, _, _ in rows for f in {f for c in choices for f in c})
    names = sorted(f for f, n in seen.items() if n >= 2)
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


MODALITIES = ("occurred", "ongoing", "planned", "proposed", "demanded", "denied", "conditional")


def train(rows: dict[str, list[Row]]) -> Models:
    """Return all models trained on the rows."""
    labels = {"party": ROLES, "modality": MODALITIES}
    models = {
        name: fit_choice(rows[name], STRENGTH[name])
        if name in ("place", "time")
        else fit(rows[name], labels.get(name), STRENGTH[name])
        for name in STRENGTH
    }
    return Models(**models)


def write(models: Models) -> None:
    """Store the weights as tables."""
    WEIGHTS.mkdir(exist_ok=True)
    for name in STRENGTH:
        model: LinearModel = getattr(models, name)
        lines = ["\t".join(("feature", *model.labels))]
        for feature, row in sorted(model.weights.items()):
            lines.append("\t".join((feature, *(f"{w:g}" for w in row))))
        (WEIGHTS / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Train, cross-validate, print figures and write weights as the options say."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--folds", type=int, default=8)
    ap.add_argument(
        "--layers", default="gold", help="gold, real or gold,real: layers to learn from"
    )
    ap.add_argument("--test", default="gold", choices=["gold", "real"])
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--errors", default="")
    ap.add_argument("--set", action="append", default=[], help="threshold, e.g. detect_at=0.45")
    args = ap.parse_args()
    scorer = bench.load_scorer()
    nlp = load_engine()
    knowledge = load_knowledge()
    raws = bench.load_articles("train")
    kinds = args.layers.split(",")
    held: dict[tuple[str, str], tuple[Any, Context]] = {}
    rows: dict[str, dict[str, list[Row]]] = {}
    for raw in raws:
        gold = bench.gold_reading(scorer, "train", raw)
        sentences = scorer.sentence_ids(raw["text"])
        merged: dict[str, list[Row]] = defaultdict(list)
        for kind in dict.fromkeys([*kinds, args.test]):
            doc = prepare(nlp, scorer, raw, gold, kind == "real")
            context = make_context(doc, knowledge)
            held[raw["id"], kind] = (doc, context)
            if kind not in kinds:
                continue
            to_gold: dict[str, str] = {}
            if kind == "real":
                system = [
                    {"id": e.id, "mentions": [{"start": m.start, "end": m.end} for m in e.mentions]}
                    for e in doc._.entities
                ]
                to_gold = {e.id: "?" + e.id for e in doc._.entities}
                to_gold |= scorer.align_entities(gold["entities"], system)
            for name, part in rows_of(
                context, gold, sentences, to_gold, raw.get("published")
            ).items():
                merged[name].extend((f, y, w / len(kinds)) for f, y, w in part)
        rows[raw["id"]] = merged
    changes = {k: float(v) for k, v in (pair.split("=") for pair in args.set)}
    readings = {}
    for fold in range(args.folds):
        test = [raw for n, raw in enumerate(raws) if n % args.folds == fold]
        part: dict[str, list[Row]] = defaultdict(list)
        for n, raw in enumerate(raws):
            if n % args.folds != fold:
                for name, some in rows[raw["id"]].items():
                    part[name].extend(some)
        models = dataclasses.replace(train(part), **changes)
        for raw in test:
            doc, context = held[raw["id"], args.test]
            doc._.events = read_events(context, models, raw.get("published"))
            doc._.commitments = ()
            readings[raw["id"]] = reading_to_dict(assemble_reading(doc))
    errors: list[Any] | None = [] if args.errors else None
    for name, f in scorer.score(raws, bench.GOLD / "train", readings, errors).items():
        if "event" not in name:
            continue
        if "f1" in f:
            print(f"{name:42s} P {f['p']:.3f}  R {f['r']:.3f}  F1 {f['f1']:.3f}")
        else:
            print(f"{name:42s} accuracy {f['accuracy']}  of {f['of']}")
    for e in errors or []:
        if args.errors in e[1]:
            print(*e, sep=" | ")
    if args.write:
        everything: dict[str, list[Row]] = defaultdict(list)
        for merged in rows.values():
            for name, some in merged.items():
                everything[name].extend(some)
        write(train(everything))


if __name__ == "__main__":
    main()

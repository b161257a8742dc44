"""Train the event stage's linear models on annotated articles, with cross-validation by article.

    python -m training.train_events [--folds 8] [--layers gold,real] [--test real] [--write] [--only MODELS]

Learns from ``shared/gold/train``, the press articles annotated here and those written here (``--parts``). ``--layers`` says with which entities, dates and statements
the features are made: the gold ones, the engine's own, or both (both is what ships: the models then
know what the engine's layers look like). The models of an event's parts learn from the gold events
and also from those that models trained on other articles find, which miss and mix mentions as the
engine does. ``--write`` stores the weights of models trained on all articles under
``src/mahdar/extraction/events/weights``. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "training"), str(ROOT)]

from events_rows import (  # noqa: E402
    found_groups,
    gold_groups,
    mention_rows,
    part_rows,
)
from linear_fit import Row, fit, fit_choice, write_model  # noqa: E402

import gold as bench  # noqa: E402
from mahdar.extraction.events.context import Context  # noqa: E402
from mahdar.extraction.events.find import make_context, read_events  # noqa: E402
from mahdar.extraction.events.models import Models  # noqa: E402
from mahdar.extraction.events.outline import Outline  # noqa: E402
from mahdar.jsonform import reading_to_dict  # noqa: E402
from mahdar.knowledge.load import load_knowledge  # noqa: E402
from mahdar.linear import LinearModel  # noqa: E402
from mahdar.pipeline import assemble_reading, load_engine  # noqa: E402
from training.samples import AnnotatedArticle, load_annotated, score_parts  # noqa: E402

WEIGHTS = ROOT / "src/mahdar/extraction/events/weights"
MENTION_MODELS = ("detect", "merge")
PART_MODELS = ("party", "place", "time", "modality")
STRENGTH = {
    "detect": 0.15,
    "merge": 0.1,
    "party": 0.05,
    "place": 0.15,
    "time": 0.12,
    "modality": 0.12,
}
ROLES = ("none", "actor", "target", "mediator", "host")
MODALITIES = ("occurred", "ongoing", "planned", "proposed", "demanded", "denied", "conditional")
LABELS = {"party": ROLES, "modality": MODALITIES}
# Rows per kind of layers in which a feature must stand: more loses nothing in cross-validation.
LEAST = {"detect": 4, "party": 4, "place": 4, "time": 4, "modality": 8}
CROSS_FITS = 4
WEIGHT = {"train": 2.0, "press": 1.0, "written": 0.5}
"""Of a row by where its article comes from: the gold set's annotators are whom we are measured against, and
written articles hold three times as many events a word as the press."""
DETECT_WEIGHT = {"written": 0.3}
"""Of rows that ask whether a word names an event, where that is less."""


@dataclass
class Sample:
    """One article with its gold, its layers per kind, and the rows it gives."""

    raw: dict[str, Any]
    gold: dict[str, Any]
    sentences: list[int]
    weight: float = 1.0
    detect_weight: float = 1.0
    docs: dict[str, Any] = field(default_factory=dict)
    contexts: dict[str, Context] = field(default_factory=dict)
    to_gold: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, part: dict[str, list[Row]], weight: float) -> None:
        for name, rows in part.items():
            own = self.detect_weight if name == "detect" else self.weight
            self.rows[name].extend((f, y, w * weight * own) for f, y, w in rows)


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


def load_sample(
    nlp: Any, scorer: Any, knowledge: Any, article: AnnotatedArticle, kinds: list[str]
) -> Sample:
    """Return an annotated article with the layers of every kind."""
    raw, gold = article.raw, article.gold
    weight = WEIGHT[article.part]
    sentences = scorer.sentence_ids(raw["text"])
    sample = Sample(raw, gold, sentences, weight, DETECT_WEIGHT.get(article.part, weight))
    for kind in sorted(kinds, reverse=True):  # the engine's own first
        doc = prepare(nlp, scorer, raw, gold, kind == "real")
        sample.docs[kind] = doc
        sample.contexts[kind] = make_context(doc, knowledge)
        sample.to_gold[kind] = {}
        if kind == "real":
            system = [
                {"id": e.id, "mentions": [{"start": m.start, "end": m.end} for m in e.mentions]}
                for e in doc._.entities
            ]
            found = scorer.align_entities(gold["entities"], system)
            sample.to_gold[kind] = {e.id: found.get(e.id, "?" + e.id) for e in doc._.entities}
            if article.part != "train":
                gold = _with_known(gold, {found.get(e.id): e.kb for e in doc._.entities})
    return sample


def _with_known(gold: dict[str, Any], known: dict[str | None, str | None]) -> dict[str, Any]:
    """Return an annotation whose entities have the records of the packs that the engine links them to.

    Ids in gold/train are those of the packs; annotations of our own name no record.
    """
    entities = [e | {"kb": known.get(e["id"])} for e in gold["entities"]]
    return gold | {"entities": entities}


def train(samples: list[Sample], names: tuple[str, ...], kinds: int) -> dict[str, LinearModel]:
    """Return the models of these names trained on the rows of the samples of so many kinds."""
    out = {}
    for name in names:
        least = LEAST.get(name, 2) * kinds
        rows = [row for sample in samples for row in sample.rows[name]]
        if name in ("place", "time"):
            out[name] = fit_choice(rows, STRENGTH[name], least=least)
        else:
            out[name] = fit(rows, LABELS.get(name), STRENGTH[name], least=least)
    return out


def add_part_rows(samples: list[Sample], kinds: list[str], scorer: Any) -> None:
    """Give every sample its rows for the models of parts, from gold events and from found ones."""
    nothing = LinearModel(("yes",), {})
    for fold in range(CROSS_FITS):
        rest = [s for n, s in enumerate(samples) if n % CROSS_FITS != fold]
        blank = dict.fromkeys(PART_MODELS, nothing)
        models = Models(**train(rest, MENTION_MODELS, len(kinds)), **blank)
        for sample in samples[fold::CROSS_FITS]:
            published = sample.raw.get("published")
            for kind in kinds:
                context, to_gold = sample.contexts[kind], sample.to_gold[kind]
                given = gold_groups(context, sample.gold, sample.sentences)
                found, mentions = found_groups(
                    context, sample.gold, sample.sentences, models, scorer
                )
                for groups, around in (
                    (given, [t for _, group in given for t in group]),
                    (found, mentions),
                ):
                    outline = Outline(context, around, published)
                    for n, group in groups:
                        event = sample.gold["events"][n]
                        part = part_rows(context, event, group, outline, to_gold)
                        sample.add(part, 0.5 / len(kinds))


def write(models: dict[str, LinearModel]) -> None:
    """Store the weights as tables."""
    for name, model in models.items():
        write_model(WEIGHTS / f"{name}.tsv", model)


def main() -> None:
    """Train, cross-validate, print figures and write weights as the options say."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--folds", type=int, default=8, help="0: no cross-validation")
    ap.add_argument("--layers", default="gold,real", help="layers to learn from")
    ap.add_argument("--test", default="real", choices=["gold", "real"])
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--only", default="", help="models to write, e.g. detect,merge,party")
    ap.add_argument(
        "--parts", default="train,press,written", help="annotated articles to learn from"
    )
    ap.add_argument("--set", action="append", default=[], help="threshold, e.g. detect_at=0.45")
    args = ap.parse_args()
    scorer, knowledge = bench.load_scorer(), load_knowledge()
    nlp = load_engine(network=False)  # it is trained after these models
    articles = load_annotated(args.parts.split(","), scorer)
    kinds = args.layers.split(",")
    every = list(dict.fromkeys([*kinds, args.test]))
    samples = [load_sample(nlp, scorer, knowledge, a, every) for a in articles]
    for sample in samples:
        for kind in kinds:
            part = mention_rows(sample.contexts[kind], sample.gold, sample.sentences)
            sample.add(part, 1 / len(kinds))
    add_part_rows(samples, kinds, scorer)
    names = (*MENTION_MODELS, *PART_MODELS)
    changes = {k: float(v) for k, v in (pair.split("=") for pair in args.set)}
    readings = {}
    for fold in range(args.folds):
        rest = [s for n, s in enumerate(samples) if n % args.folds != fold]
        models = dataclasses.replace(Models(**train(rest, names, len(kinds))), **changes)
        for sample in samples[fold :: args.folds]:
            doc = sample.docs[args.test]
            doc._.events = read_events(
                sample.contexts[args.test], models, sample.raw.get("published")
            )
            doc._.commitments = ()
            readings[sample.raw["id"]] = reading_to_dict(assemble_reading(doc))
    if readings:
        for part, figures in score_parts(articles, readings, scorer).items():
            print(part)
            bench.print_figures({name: f for name, f in figures.items() if "event" in name})
    if args.write:
        chosen = tuple(args.only.split(",")) if args.only else names
        write(train(samples, chosen, len(kinds)))


if __name__ == "__main__":
    main()

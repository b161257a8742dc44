"""Train the statement stage's linear models on annotated articles, with cross-validation by article.

    python -m training.train_statements [--folds 8] [--layers gold,real] [--write]

Learns from ``shared/gold/train`` and the press articles annotated here (``--parts``). ``--layers`` says with which entities and dates the features
are made: the gold ones, the engine's own, or both. ``--write`` stores the weights of models trained
on all articles under ``src/mahdar/extraction/statements/weights``. Needs scikit-learn and scipy.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from training.linear_fit import fit_choice, write_model
from training.paths import ROOT
from training.samples import AnnotatedArticle, load_annotated, score_parts

sys.path.insert(0, str(ROOT / "benchmarks"))

import gold as bench
from mahdar.annotation.components import blank_pipeline, make_sentences
from mahdar.annotation.dateline import find_dateline
from mahdar.annotation.quotations import find_quotations
from mahdar.extraction.statements.act_features import act_features
from mahdar.extraction.statements.candidates import Candidate
from mahdar.extraction.statements.cue_features import cue_features
from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.find import draft_statements, finish_statements, look_through
from mahdar.extraction.statements.models import Models
from mahdar.extraction.statements.stop_features import may_stop, stop_features
from mahdar.extraction.statements.view import View
from mahdar.jsonform import reading_to_dict
from mahdar.linear import LinearModel
from mahdar.model import Anchor
from mahdar.pipeline import assemble_reading, load_engine

WEIGHTS = ROOT / "src/mahdar/extraction/statements/weights"
STRENGTH = {"cue": 1.0, "stop": 1.0, "act": 0.2, "speaker": 0.1}
SPEAKER_ROUNDS = 2
"""The second round learns with the turns that the first round's model gives."""
LEAST_SPEAKER = 4
AFTER = ("mahdar_statements", "mahdar_events", "mahdar_commitments")
Row = tuple[list[str], str]
ChoiceRow = tuple[list[list[str]], list[int], float]


def prepare(nlp: Any, raw: dict[str, Any], gold: dict[str, Any], real: bool) -> Any:
    """Return the document of an article with every layer before statements."""
    doc = nlp.make_doc(raw["text"])
    doc._.article = bench.as_article(raw)
    if not real:
        doc = make_sentences(nlp, "")(doc)
        layers = bench.oracle_layers(gold)
        doc._.quotations = find_quotations(doc)
        doc._.dates, doc._.entities = layers["dates"], layers["entities"]
        doc._.dateline = find_dateline(doc)
        doc._.anchor, doc._.instruments = Anchor(None, "none"), ()
        return doc
    for name, component in nlp.pipeline:
        if name not in AFTER:
            doc = component(doc)
    return doc


def gold_of(candidate: Candidate, view: View, gold: dict[str, Any]) -> dict[str, Any] | None:
    """Return the annotated statement whose cue a candidate is."""
    words = view.words
    start, end = words.start[candidate.first], words.end[candidate.last]
    for statement in gold["statements"]:
        cue = statement["cue"]
        if cue["start"] < end and start < cue["end"]:
            return statement  # type: ignore[no-any-return]
    return None


def stop_rows(
    view: View, candidate: Candidate, cues: dict[int, Candidate], statement: dict[str, Any]
) -> Iterable[Row]:
    """Yield a row per word before which a content could end, up to where it does."""
    if candidate.complement.frame == "before":
        return
    words = view.words
    start = candidate.complement.word
    inside = words.between(statement["content"][0]["start"], statement["content"][-1]["end"])
    if not inside or abs(inside[0] - start) > 2:
        return
    last = inside[-1]
    end = view.sentence_end[start]
    around = view.quote[candidate.first]
    at = start
    while at <= end:
        quote = view.quote[at]
        if quote >= 0 and quote != around and view.quote_words[quote][0] == at:
            at = max(at, view.quote_words[quote][1]) + 1
            continue
        if at > start and (at in cues or may_stop(view, at)):
            stops = at > last
            yield stop_features(view, candidate, cues, start, at, end), "yes" if stops else "no"
            if stops:
                return
        at += 1


def act_rows(view: View, drafts: list[Draft], gold: dict[str, Any]) -> Iterable[Row]:
    """Yield a row per draft that is an annotated statement."""
    for draft in drafts:
        statement = gold_of(draft.candidate, view, gold)
        if statement is not None:
            yield act_features(view, draft), statement["act"]


def speaker_rows(drafts: list[Draft], view: View, item: Item) -> Iterable[ChoiceRow]:
    """Yield a row per draft that is an annotated statement one of whose options is right."""
    for draft in drafts:
        statement = gold_of(draft.candidate, view, item.gold)
        if statement is None:
            continue
        shares = [
            _shared([item.to_gold.get(s, s) for s in speakers], statement["speakers"])
            for speakers, _ in draft.options
        ]
        best = max(shares)
        right = [at for at, share in enumerate(shares) if share == best >= 0.5]
        if right:
            yield [features for _, features in draft.options], right, 1.0


def _shared(ours: list[str], theirs: list[str]) -> float:
    a, b = set(ours), set(theirs)
    return len(a & b) / len(a | b) if a | b else 1.0


def train(rows: list[Row], strength: float, least: int = 2) -> LinearModel:
    """Return a logistic model; features seen fewer than ``least`` times are left out."""
    counts = Counter(feature for features, _ in rows for feature in set(features))
    names = sorted(feature for feature, n in counts.items() if n >= least)
    index = {name: at for at, name in enumerate(names)}
    labels = sorted({label for _, label in rows})
    columns, pointers = [], [0]
    for features, _ in rows:
        columns.extend(sorted({index[f] for f in features if f in index}))
        pointers.append(len(columns))
    data = csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(rows), len(names)))
    target = np.array([labels.index(label) for _, label in rows])
    model = LogisticRegression(C=strength, max_iter=2000, fit_intercept=False)
    model.fit(data, target)
    if labels == ["no", "yes"]:
        return LinearModel(
            ("yes",), {n: (float(w),) for n, w in zip(names, model.coef_[0], strict=True)}
        )
    return LinearModel(
        tuple(labels), {n: tuple(map(float, model.coef_[:, at])) for n, at in index.items()}
    )


def write(name: str, model: LinearModel) -> None:
    """Store a model's weights, the tiny ones left out."""
    kept = {
        feature: tuple(round(weight, 3) for weight in weights)
        for feature, weights in model.weights.items()
        if max(map(abs, weights)) >= 0.01
    }
    write_model(WEIGHTS / f"{name}.tsv", LinearModel(model.labels, kept))


class Item:
    """One article with its rows."""

    def __init__(self, raw: dict[str, Any], gold: dict[str, Any], doc: Any) -> None:
        self.raw, self.gold, self.doc = raw, gold, doc
        self.to_gold: dict[str, str] = {}
        self.view, self.candidates = look_through(doc)
        doc._.entities = tuple(self.view.entities.values())
        self.cue_rows: list[Row] = []
        kept = []
        for candidate in self.candidates:
            known = gold_of(candidate, self.view, gold) is not None
            self.cue_rows.append((cue_features(self.view, candidate), "yes" if known else "no"))
            if known:
                kept.append(candidate)
        cues = {candidate.first: candidate for candidate in kept}
        self.stop_rows = [
            row
            for candidate in kept
            for row in stop_rows(
                self.view, candidate, cues, gold_of(candidate, self.view, gold) or {}
            )
        ]


def make_item(nlp: Any, scorer: Any, article: AnnotatedArticle, real: bool) -> Item:
    """Return an article with its rows, on the engine's own or the annotated entities and dates."""
    item = Item(article.raw, article.gold, prepare(nlp, article.raw, article.gold, real))
    if real:
        system = [
            {"id": e.id, "mentions": [{"start": m.start, "end": m.end} for m in e.mentions]}
            for e in item.doc._.entities
        ]
        item.to_gold = {e.id: "?" + e.id for e in item.doc._.entities}
        item.to_gold |= scorer.align_entities(article.gold["entities"], system)
    return item


def fit(items: list[Item]) -> Models:
    """Return the three models trained on some articles."""
    cue = train([row for item in items for row in item.cue_rows], STRENGTH["cue"])
    stop = train([row for item in items for row in item.stop_rows], STRENGTH["stop"])
    blank = LinearModel(("assert",), {})
    speaker = LinearModel(("yes",), {"o=ruled": (1.0,)})  # at first the rules' answer
    for _ in range(SPEAKER_ROUNDS):
        acts: list[Row] = []
        choices: list[ChoiceRow] = []
        for item in items:
            models = Models(cue, stop, blank, speaker)
            drafts = draft_statements(item.view, models, item.candidates)
            acts.extend(act_rows(item.view, drafts, item.gold))
            choices.extend(speaker_rows(drafts, item.view, item))
        speaker = fit_choice(choices, STRENGTH["speaker"], least=LEAST_SPEAKER)
    return Models(cue, stop, train(acts, STRENGTH["act"]), speaker)


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--folds", type=int, default=8)
    ap.add_argument("--layers", default="gold")
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--parts", default="train,press", help="annotated articles to learn from")
    args = ap.parse_args()
    scorer = bench.load_scorer()
    nlp = load_engine() if "real" in args.layers else blank_pipeline()
    articles = load_annotated(args.parts.split(","), scorer, "statements")
    layers = args.layers.split(",")
    sets = {}
    for layer in layers:
        sets[layer] = [make_item(nlp, scorer, a, layer == "real") for a in articles]
    if args.folds > 1:
        cross_validate(sets, articles, scorer, args.folds)
    if args.write:
        models = fit([item for items in sets.values() for item in items])
        for name in ("cue", "stop", "act", "speaker"):
            write(name, getattr(models, name))
        print("weights written to", WEIGHTS)


def cross_validate(
    sets: dict[str, list[Item]], articles: list[AnnotatedArticle], scorer: Any, folds: int
) -> None:
    """Print the scorer's figures on articles that the models were not trained on."""
    readings: dict[str, dict[str, Any]] = {layer: {} for layer in sets}
    for fold in range(folds):
        models = fit(
            [item for items in sets.values() for n, item in enumerate(items) if n % folds != fold]
        )
        for layer, items in sets.items():
            for n, item in enumerate(items):
                if n % folds == fold:
                    item.doc._.statements = finish_statements(item.view, models, item.candidates)
                    item.doc._.events = ()
                    reading = reading_to_dict(assemble_reading(item.doc))
                    readings[layer][item.raw["id"]] = reading
    for layer, found in readings.items():
        for part, figures in score_parts(articles, found, scorer).items():
            print(f"cross-validated, {layer} layers, {part}:")
            for name, f in figures.items():
                if "statement" in name:
                    print("  ", name, f)


if __name__ == "__main__":
    main()

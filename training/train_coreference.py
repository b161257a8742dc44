"""Train the model that tells which entities of an article are one, and measure it.

    python -m training.train_coreference [--held] [--write]

Learns from ``shared/gold/train`` and the press articles annotated here: entities that the rules of
``annotation/names`` keep apart and that annotators hold for one are yes, for two are no; what no
annotator lists gives no row. ``--held`` keeps every tenth press article and every second of gold/train
apart and prints how well their pairs are told. ``--write`` stores what is learned from all articles
under ``src/mahdar/annotation/names/weights``: ``sameness.tsv``, and in ``partners.tsv`` the head nouns
that call the same people in several articles. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from training.linear_fit import Row, fit, write_model
from training.paths import ROOT
from training.samples import AnnotatedArticle, load_annotated

sys.path.insert(0, str(ROOT / "benchmarks"))

import gold as bench
from mahdar.annotation.document import words_of
from mahdar.annotation.names.clusters import Cluster
from mahdar.annotation.names.find import gather_clusters
from mahdar.annotation.names.profiles import Profile
from mahdar.annotation.names.sameness import Company
from mahdar.annotation.names.tagger import load_tagger
from mahdar.annotation.names.wordlists import word_set
from mahdar.knowledge.load import load_knowledge
from mahdar.linear import LinearModel
from mahdar.pipeline import load_engine
from mahdar.text.normalize import normalize_word
from mahdar.text.numerals import is_number_word

WEIGHTS = ROOT / "src/mahdar/annotation/names/weights"
STRENGTH, LEAST = 0.07, 5
WEIGHT = {"train": 2.0, "press": 1.0}
SLACK = 2
"""Characters by which the starts of an annotated mention and of the engine's may differ: proclitics."""
PARTNERS, PARTNER_SHARE = 2, 0.1
"""Head nouns are partners that call one entity in so many articles, in such a share of their pairs."""
UNSURE = 0.3
"""Share of an entity's mentions that may be unlisted without making its rows weigh less."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The annotated entity that an entity is; ``weight`` says how surely."""

    gold: str
    weight: float


@dataclass(slots=True)
class Sample:
    """An annotated article: the engine's entities, and which annotated ones they are, by cluster."""

    part: str
    company: Company
    answers: dict[int, Answer]

    def answer(self, x: Profile, y: Profile) -> tuple[str, float] | None:
        """Return whether two entities are one, with the row's weight; ``None`` if nobody says."""
        one, two = self.answers.get(id(x.cluster)), self.answers.get(id(y.cluster))
        if one is None or two is None:
            return None
        weight = min(one.weight, two.weight) * WEIGHT[self.part]
        return "yes" if one.gold == two.gold else "no", weight


def find_answers(clusters: Iterable[Cluster], text: str, gold: dict[str, Any]) -> dict[int, Answer]:
    """Return the annotated entity of each cluster, by the starts of its mentions."""
    listed = [(m["start"], m["end"], e["id"]) for e in gold["entities"] for m in e["mentions"]]
    answers = {}
    for cluster in clusters:
        votes: Counter[str] = Counter()
        for start, end, _ in cluster.mentions:
            fits = [
                ((min(end, b) - max(start, a)) / (max(end, b) - min(start, a)), id_)
                for a, b, id_ in listed
                if a < end and start < b and _same_head(text, (start, end), (a, b))
            ]
            if fits:
                votes[max(fits)[1]] += 1
        if votes:
            id_, most = votes.most_common(1)[0]
            listed_share = min(1.0, most / len(cluster.mentions) + UNSURE)
            answers[id(cluster)] = Answer(id_, most / votes.total() * listed_share)
    return answers


def _same_head(text: str, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Tell whether two overlapping mentions begin alike, numbers before either left out."""
    (a, end), (b, stop) = one, two
    if abs(a - b) <= SLACK:
        return True
    between = [normalize_word(word) for word in text[min(a, b) : max(a, b)].split()]
    counting = word_set("one-of") | word_set("some-of") | {"من"}
    return end == stop and all(w in counting or is_number_word(w) for w in between)


def load_samples(articles: list[AnnotatedArticle]) -> list[Sample]:
    """Return annotated articles with their entities as the rules give them."""
    nlp, knowledge, tagger = load_engine(network=False), load_knowledge(), load_tagger()
    samples = []
    for article in articles:
        doc = nlp.make_doc(article.raw["text"])
        doc._.article = bench.as_article(article.raw)
        for name, component in nlp.pipeline:
            if name == "mahdar_entities":
                break
            doc = component(doc)
        date = doc._.anchor.edtf if doc._.anchor else None
        clusters = gather_clusters(doc.text, words_of(doc), knowledge, date, tagger)
        company = Company(clusters.view, clusters.all)
        own = [p.cluster for p in company.profiles]
        samples.append(Sample(article.part, company, find_answers(own, doc.text, article.gold)))
    return samples


def find_partners(samples: list[Sample]) -> dict[tuple[str, str], float]:
    """Return pairs of head nouns that call one entity in several articles, with their share."""
    yes: dict[tuple[str, str], set[int]] = defaultdict(set)
    asked: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    for number, sample in enumerate(samples):
        profiles = sample.company.profiles
        for n, b in enumerate(profiles):
            for a in profiles[:n]:
                answer = sample.answer(a, b)
                if (
                    answer is None
                    or a.cluster.type != b.cluster.type
                    or not a.every.isdisjoint(b.every)
                ):
                    continue
                one, two = sorted((a.wordings[0].head, b.wordings[0].head))
                asked[one, two] += 1
                if answer[0] == "yes":
                    hits[one, two] += 1
                    yes[one, two].add(number)
    return {
        pair: hits[pair] / asked[pair]
        for pair, articles in yes.items()
        if len(articles) >= PARTNERS and hits[pair] / asked[pair] >= PARTNER_SHARE
    }


def by_head(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Return the partners of each head noun."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, two in pairs:
        found[one].add(two)
        found[two].add(one)
    return {head: frozenset(others) for head, others in found.items()}


def pair_rows(samples: list[Sample], partners: Mapping[str, frozenset[str]]) -> list[Row]:
    """Return a row per pair of entities that annotators tell of."""
    rows = []
    for sample in samples:
        for x, y in sample.company.pairs(partners):
            answer = sample.answer(x, y)
            if answer is not None:
                rows.append((sample.company.features(x, y), *answer))
    return rows


def learn(samples: list[Sample]) -> tuple[LinearModel, dict[tuple[str, str], float]]:
    """Return the model and the partners of samples."""
    partners = find_partners(samples)
    return fit(pair_rows(samples, by_head(partners)), None, STRENGTH, least=LEAST), partners


def is_held(number: int, part: str, before: Counter[str]) -> bool:
    """Tell whether the next article of a part is kept apart when measuring."""
    step = 2 if part == "train" else 10
    at = before[part]
    before[part] += 1
    return at % step == 0


def report(model: LinearModel, rows: list[Row]) -> None:
    """Print how many pairs are told rightly at several thresholds."""
    told = [(model.chance(features), answer == "yes") for features, answer, _ in rows]
    all_yes = sum(yes for _, yes in told)
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        taken = [yes for chance, yes in told if chance >= threshold]
        print(
            f"at {threshold}: {len(taken)} pairs, P {sum(taken) / max(1, len(taken)):.3f}"
            f"  R {sum(taken) / max(1, all_yes):.3f} of {all_yes}"
        )


def main() -> None:
    """Train, measure and write as the options say."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--held", action="store_true", help="measure on articles kept apart")
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    scorer = bench.load_scorer()
    samples = load_samples(load_annotated(["train", "press"], scorer))
    if args.held:
        before: Counter[str] = Counter()
        held = [is_held(n, s.part, before) for n, s in enumerate(samples)]
        model, partners = learn([s for s, apart in zip(samples, held, strict=True) if not apart])
        apart = [s for s, is_apart in zip(samples, held, strict=True) if is_apart]
        report(model, pair_rows(apart, by_head(partners)))
    if args.write:
        model, partners = learn(samples)
        write_model(WEIGHTS / "sameness.tsv", model)
        shares = {f"{one}|{two}": (share,) for (one, two), share in partners.items()}
        write_model(WEIGHTS / "partners.tsv", LinearModel(("share",), shares))


if __name__ == "__main__":
    main()

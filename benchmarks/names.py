"""Names against the gold articles and the ANERcorp test part: the model alone, rules alone, both.

    python benchmarks/names.py [--only model]

Strict spans: start, end and type must agree. The gold figures are in code points, ANERcorp's in its
tokens over PERS, LOC and ORG (MISC left out). gold/train is part of the model's training, so that
its figure for the model is no estimate; gold/dev and the test part are unseen.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.data import GoldArticle, gold_articles, read_iob
from training.paths import NER

from mahdar.annotation.names.bio import find_label_spans
from mahdar.annotation.names.find import entities_of
from mahdar.annotation.names.tagger import Domain, NameTagger, load_tagger
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.load import load_knowledge
from mahdar.text.sentences import split_sentences
from mahdar.text.words import Words, find_words

Spans = set[tuple[int, int, str]]
Finder = Callable[[str, Words], Spans]
BLOCK_SENTENCES = 12  # ANERcorp does not say where articles end


def figures(pairs: Iterable[tuple[Spans, Spans]]) -> str:
    """Return precision, recall and F1 over (gold, found), and F1 of every type."""
    totals: dict[str, list[int]] = {}
    for gold, found in pairs:
        for kind in ("", "PER", "ORG", "LOC"):
            g = {s for s in gold if kind in ("", s[2])}
            f = {s for s in found if kind in ("", s[2])}
            total = totals.setdefault(kind, [0, 0, 0])
            for n, number in enumerate((len(g & f), len(g), len(f))):
                total[n] += number
    right, gold_count, found_count = totals[""]
    kinds = " ".join(
        f"{kind} {200 * r / max(1, g + f):.1f}" for kind, (r, g, f) in totals.items() if kind
    )
    return (
        f"P {100 * right / max(1, found_count):.1f}  R {100 * right / max(1, gold_count):.1f}  "
        f"F1 {200 * right / max(1, gold_count + found_count):.2f}   {kinds}"
    )


def tagger_finder(tagger: NameTagger, domain: Domain) -> Finder:
    """Return the model alone as a finder."""
    return lambda text, words: {(s.start, s.end, s.type) for s in tagger.tag(words, domain=domain)}


def stage_finder(knowledge: Knowledge, tagger: NameTagger | None) -> Finder:
    """Return the whole stage as a finder of named mentions."""
    return lambda text, words: {
        (m.start, m.end, e.type)
        for e in entities_of(text, words, knowledge, None, tagger)
        for m in e.mentions
        if m.kind == "named"
    }


def gold_pairs(articles: list[GoldArticle], find: Finder) -> Iterable[tuple[Spans, Spans]]:
    """Yield gold and found spans of every article; what stands in noise is not held against it."""
    for a in articles:
        yield set(a.spans), find(a.text, a.words)


def anercorp_pairs(find: Finder) -> Iterable[tuple[Spans, Spans]]:
    """Yield gold and found spans of the test part in tokens, a block of sentences at a time."""
    sentences = read_iob(NER / "anercorp" / "test.iob")
    for at in range(0, len(sentences), BLOCK_SENTENCES):
        block = sentences[at : at + BLOCK_SENTENCES]
        starts: list[int] = []
        ends: list[int] = []
        labels: list[str] = []
        gold: Spans = set()
        text = ""
        for sentence in block:
            gold |= {
                (a + len(starts), b + len(starts), kind)
                for a, b, kind in find_label_spans([label for _, label in sentence])
            }
            for token, label in sentence:
                starts.append(len(text))
                text += token
                ends.append(len(text))
                text += " "
                labels.append(label)
            text = text[:-1] + "\n"
        found = set()
        for start, end, kind in find(text, find_words(text, split_sentences(text))):
            inside = [n for n in range(len(starts)) if starts[n] < end and start < ends[n]]
            found.add((inside[0], inside[-1] + 1, kind))
        yield gold, found


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--only", default="", choices=["", "model"], help="leave the ablation out")
    args = ap.parse_args()
    tagger = load_tagger()
    if tagger is None:
        sys.exit("the package carries no name model: run training/train_names.py")
    sets = {name: gold_articles(name) for name in ("train", "dev")}
    print("ANERcorp test, model     ", figures(anercorp_pairs(tagger_finder(tagger, "aner"))))
    finders = {"model": tagger_finder(tagger, "gold")}
    if not args.only:
        packs, none = load_knowledge(), Knowledge()
        finders["rules"] = stage_finder(none, None)
        finders["rules + packs"] = stage_finder(packs, None)
        finders["rules + model"] = stage_finder(none, tagger)
        finders["all"] = stage_finder(packs, tagger)
    for label, find in finders.items():
        for name, articles in sets.items():
            print(f"gold/{name:5s} {label:14s}", figures(gold_pairs(articles, find)))
    texts = [a.words for a in sets["dev"]]
    size = sum(map(len, texts))
    for state in ("first reading", "read before"):
        tagger = load_tagger.__wrapped__() if state == "first reading" else tagger
        assert tagger is not None
        began = time.process_time()
        for words in texts:
            tagger.tag(words)
        print(f"model, {state}: {(time.process_time() - began) / size * 1e6:.0f} µs a word")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this run {peak:.0f} MB")


if __name__ == "__main__":
    main()

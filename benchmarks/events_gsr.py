"""The engine on arabic_event_gsr: detecting ASSAULT and PROTEST sentences, and who does it to whom.

    python benchmarks/events_gsr.py [--limit N]

Detection: sentences labelled «yes» against «easy no» and «difficult no»; ambiguous ones are left out.
A sentence counts as detected when the engine reads an event there whose PLOVER category it is,
occurred or ongoing. Actors: on the span records, words of the source and target actors that the
engine's actors and targets share (precision, recall, F1 over words), taken from the event whose
trigger is nearest to the annotated verb. Beside both stands a keyword baseline: a word that begins
with one of a list of stems; its source is the three words before the keyword, its target the three
after. Data: Open Event Data Alliance, MIT licence, in the shared folder.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mahdar.model import Article, Event
from mahdar.pipeline import annotate, load_engine
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word
from mahdar.text.words import Words

DATA = Path(__file__).resolve().parents[2] / "shared/data/events/arabic_event_gsr"
# What somebody would write down in ten minutes for each category.
STEMS = {
    "ASSAULT": "قتل مقتل اغتيال اغتال هجوم هجمات هاجم قصف غار انفجار فجر تفجير اشتباك معارك ضرب اعتد جرح اصيب اطلاق استهدف خطف اختطف دمر مجزر",
    "PROTEST": "تظاهر مظاهر احتج اعتص اضراب مسير شغب انتفاض هتف متظاهر محتج",
}


def keyword_at(words: Words, category: str) -> int | None:
    """Return the first word that begins with a stem of the category, particles and article aside."""
    stems = tuple(STEMS[category].split())
    for at, norm in enumerate(words.norm):
        for _, rest in proclitic_splits(norm):
            if rest.removeprefix("ال").startswith(stems):
                return at
    return None


def category_of(event: Event) -> str | None:
    """Return the PLOVER category of an event that happened."""
    if event.modality not in ("occurred", "ongoing") or event.plover is None:
        return None
    return event.plover.split("/")[0]


def figures(tp: int, gold: int, system: int) -> str:
    p, r = tp / max(1, system), tp / max(1, gold)
    return f"P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(1e-9, p + r):.3f}  (gold {gold}, found {system})"


def detect(nlp: Any, category: str, limit: int | None) -> None:
    with (DATA / f"{category.lower()}_gsr.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["label"] != "ambiguous"]
    rows = rows[:limit]
    tally = {"engine": [0, 0], "keywords": [0, 0]}
    gold = 0
    for n, row in enumerate(rows):
        yes = row["label"] == "yes"
        gold += yes
        doc = annotate(nlp, Article(f"{category}-{n}", row["text"], ""))
        told = {
            "engine": any(category_of(e) == category for e in doc._.events),
            "keywords": keyword_at(doc._.words, category) is not None,
        }
        for name, found in told.items():
            tally[name][0] += found and yes
            tally[name][1] += found
    print(f"{category}: detection in {len(rows)} sentences")
    for name, (tp, system) in tally.items():
        print(f"  {name:9s}", figures(tp, gold, system))


def tokens(groups: Iterable[str]) -> set[str]:
    """Return the words of phrases in normal form, without their proclitics and article."""
    out = set()
    for phrase in groups:
        for word in phrase.split():
            norm = normalize_word(word).strip('،.:"«»()')
            if norm:
                out.add(norm.removeprefix("ال").removeprefix("لل"))
    return out


def spans(nlp: Any, category: str, limit: int | None) -> None:
    records = json.loads((DATA / f"{category.lower()}_spans.json").read_text(encoding="utf-8"))
    records = [r for r in records if r["spans"]][:limit]
    sums: dict[tuple[str, str], list[int]] = {}
    for n, record in enumerate(records):
        doc = annotate(nlp, Article(f"{category}-s{n}", record["text"], ""))
        gold = record["spans"][0]
        verb = record["text"].find(gold["verb"][0]) if gold["verb"] else -1
        events = [e for e in doc._.events if category_of(e) == category]
        event = min(
            events, key=lambda e: min(abs(t.start - max(0, verb)) for t in e.triggers), default=None
        )
        words: Words = doc._.words
        key = keyword_at(words, category)
        entities = {e.id: e for e in doc._.entities}
        for part, roles in (("source", ("actor",)), ("target", ("target",))):
            wanted = tokens(gold[f"{part}_actor"] or ())
            told: dict[str, set[str]] = {"engine": set(), "keywords": set()}
            for p in event.participants if event else ():
                if p.role in roles:
                    told["engine"] |= tokens(
                        record["text"][m.start : m.end] for m in entities[p.entity].mentions
                    )
            if key is not None:
                near = range(max(0, key - 3), key) if part == "source" else range(key + 1, key + 4)
                told["keywords"] = tokens(words.text[k] for k in near if k < len(words))
            for name, found in told.items():
                row = sums.setdefault((name, part), [0, 0, 0])
                row[0] += len(found & wanted)
                row[1] += len(wanted)
                row[2] += len(found)
    print(f"{category}: actors in {len(records)} records (words)")
    for (name, part), (tp, wanted_count, found_count) in sums.items():
        print(f"  {name:9s} {part}", figures(tp, wanted_count, found_count))


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--limit", type=int, help="only the first N sentences and records of each")
    args = ap.parse_args()
    nlp = load_engine()
    for category in STEMS:
        detect(nlp, category, args.limit)
        spans(nlp, category, args.limit)


if __name__ == "__main__":
    main()

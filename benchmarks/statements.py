"""Statements on random political articles of the Saudi press, and the speed of the stage.

    python benchmarks/statements.py [--count 500] [--seed 1] [--sample 40]

Prints statements per article, the share without a speaker, the share whose content crosses an
unmatched quotation mark, shares by mode, act, cue kind and setting, and the stage's microseconds per
word. ``--sample`` prints that many random statements to read by hand. Texts come from the shared
folder's press archive and are not stored.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mahdar.annotation.document import words_of
from mahdar.annotation.encoder import states_of
from mahdar.extraction.statements import read_statements
from mahdar.model import Article
from mahdar.pipeline import load_engine

PRESS = Path(__file__).resolve().parents[2] / "shared" / "press" / "saudinewsnet"
# An article is political enough when this many of these words stand in it.
_POLITICAL = (
    "الخارجية",
    "الرئيس",
    "مجلس الأمن",
    "الأمم المتحدة",
    "الحكومة",
    "المعارضة",
    "اتفاق",
    "الهدنة",
    "مفاوضات",
    "القوات",
    "وزير",
)
_LEAST_WORDS = 3


def iter_articles() -> Iterator[dict[str, Any]]:
    """Yield the articles of the archive."""
    for path in sorted(PRESS.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                try:
                    rows = json.loads(archive.read(name))
                except ValueError:
                    continue
                yield from rows


def is_political(text: str) -> bool:
    return sum(word in text for word in _POLITICAL) >= _LEAST_WORDS


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--count", type=int, default=500)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--sample", type=int, default=0)
    args = ap.parse_args()
    rng = random.Random(args.seed)
    pool = [row for row in iter_articles() if is_political(row["content"])]
    chosen = rng.sample(pool, min(args.count, len(pool)))
    nlp = load_engine()
    counts: Counter[str] = Counter()
    words = 0
    seconds = 0.0
    total_words = 0
    whole = time.perf_counter()
    shown: list[tuple[str, str]] = []
    for row in chosen:
        text = f"{row['title']}\n\n{row['content']}"
        article = Article(
            id=row["url"],
            text=text,
            sha256="",
            title=row["title"],
            published=row["date_extracted"][:10],
        )
        doc = nlp.make_doc(text)
        doc._.article = article
        for name, component in nlp.pipeline:
            if name == "mahdar_statements":
                break
            doc = component(doc)
        began = time.perf_counter()
        doc._.entities, statements = read_statements(doc, states_of(doc))
        seconds += time.perf_counter() - began
        words += len(words_of(doc))
        total_words += len(text.split())
        label = {
            e.id: text[e.mentions[0].start : e.mentions[0].end]
            for e in doc._.entities
            if e.mentions
        }
        open_quotes = [q for q in doc._.quotations if not q.closed]
        counts["articles"] += 1
        counts["articles with statements"] += bool(statements)
        for statement in statements:
            counts["statements"] += 1
            counts["without speaker"] += not statement.speakers
            content = statement.content[0]
            counts["crosses an unmatched mark"] += any(
                content.start < q.end and q.start - 2 < content.end for q in open_quotes
            )
            for field in ("mode", "act", "setting"):
                counts[f"{field} {getattr(statement, field)}"] += 1
            counts["with via"] += bool(statement.via)
            counts["with issues"] += bool(statement.issues)
            who = "، ".join(label.get(s, s) for s in statement.speakers)
            shown.append((who, text[statement.cue.start - 30 : content.end + 20]))
    n, m = counts["articles"], counts["statements"]
    print(f"{n} articles of {len(pool)} political ones, {total_words} words")
    print(
        f"{m} statements, {m / n:.2f} an article; articles with any {counts['articles with statements'] / n:.1%}"
    )
    for key, value in counts.most_common():
        if key not in ("articles", "statements", "articles with statements"):
            print(f"  {key:32s} {value:6d}  {value / max(1, m):.1%}")
    print(
        f"statement stage: {seconds / words * 1e6:.1f} µs a word; all before it {time.perf_counter() - whole - seconds:.1f} s"
    )
    for who, passage in rng.sample(shown, min(args.sample, len(shown))):
        print(f"[{who}] " + passage.replace("\n", " ¶ "))


if __name__ == "__main__":
    main()

"""Annotate articles by hand: pick or write them, print work sheets, turn notes into gold readings.

    python -m training.annotate pick WORK [EARLIER_WORK...] [--count 240] [--seed 1]
    python -m training.annotate read WORK
    python -m training.annotate sheet WORK [ID...] [--bare]
    python -m training.annotate compile WORK NOTES... [--out training/press_annotations.jsonl]
    python -m training.annotate compare WORK NOTES...

``pick`` chooses political articles of the shared press that are neither gold nor
copies of gold, nor of what was picked in earlier folders. ``read`` makes the readings of a folder whose
``articles.jsonl`` was written by hand. ``sheet`` prints an article by sentences with
what the engine says of it (``--bare``: of events only the words that tell them); notes are written against it in
the form that ``training/ANNOTATING.md`` gives. ``compile`` checks the notes and writes one reading a line: ids and
offsets only, no text, so that the articles stay where they are. ``compare`` scores notes on gold/train articles
against their gold, to see how far an annotator follows the guide.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT)]

import gold as bench  # noqa: E402
from mahdar.jsonform import reading_to_dict  # noqa: E402
from mahdar.pipeline import load_engine, read_article  # noqa: E402
from training.notes import NotesError, compile_notes, render_sheet, split_notes  # noqa: E402
from training.press import iter_press_records  # noqa: E402

ANNOTATIONS = ROOT / "training" / "press_annotations.jsonl"
LAYERS = ("statements",)
"""Layers that annotators may leave as the engine has them."""
_WORDS = (70, 380)
"""Length of an article in words: the gold articles lie between."""
_LEAST_EVENTS = 3
_HOME = "SA"
_LEAST_KNOWN = 4
"""Known actors and places that are not of the papers' own country: leaves local news out."""
_SHARED = 0.15
"""Share of an article's runs of five words that gold or a chosen article may hold."""


def pick(work: Path, count: int, seed: int, besides: list[str]) -> None:
    """Write ``articles.jsonl`` and the engine's readings of the chosen articles."""
    gold = [a for s in ("train", "dev") for a in bench.load_articles(s)]
    for other in besides:
        gold += load_lines(Path(other) / "articles.jsonl").values()
    taken = set().union(*(_shingles(a["text"]) for a in gold))
    records = [r for r in iter_press_records() if _WORDS[0] <= len(r["text"].split()) <= _WORDS[1]]
    rng = random.Random(seed)
    rng.shuffle(records)
    nlp = load_engine()
    per_paper: Counter[str] = Counter()
    chosen = []
    for raw in records:
        if len(chosen) >= count:
            break
        own = _shingles(raw["text"])
        if per_paper[raw["publisher"]] >= count // 7 or len(own & taken) > _SHARED * len(own):
            continue
        reading = reading_to_dict(read_article(nlp, bench.as_article(raw)))
        known = {
            e["kb"]
            for e in reading["entities"]
            if e.get("kb") and e.get("country") not in (None, _HOME)
        }
        if len(reading["events"]) >= _LEAST_EVENTS and len(known) >= _LEAST_KNOWN:
            per_paper[raw["publisher"]] += 1
            taken |= own
            chosen.append((raw, reading))
    work.mkdir(parents=True, exist_ok=True)
    write_lines(work / "articles.jsonl", [raw for raw, _ in chosen])
    write_lines(work / "readings.jsonl", [reading for _, reading in chosen])
    print(len(chosen), "articles", dict(per_paper))


def read_folder(work: Path) -> None:
    """Write the engine's readings of the articles of a folder."""
    nlp = load_engine()
    articles = load_lines(work / "articles.jsonl").values()
    readings = [reading_to_dict(read_article(nlp, bench.as_article(raw))) for raw in articles]
    write_lines(work / "readings.jsonl", readings)
    print(len(readings), "articles")


def _shingles(text: str) -> set[tuple[str, ...]]:
    """Return the runs of five words of a text: what copies of one dispatch share."""
    words = text.split()
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


def write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write rows as JSON lines."""
    path.write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8"
    )


def load_lines(path: Path) -> dict[str, dict[str, Any]]:
    """Return JSON lines by their id."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, filter(str.strip, lines))}


def compiled(work: Path, notes: list[Path]) -> dict[str, dict[str, Any]]:
    """Return the readings that notes give; prints what is wrong in them and leaves those articles out."""
    articles, readings = load_lines(work / "articles.jsonl"), load_lines(work / "readings.jsonl")
    out: dict[str, dict[str, Any]] = {}
    for path in notes:
        for article_id, lines in split_notes(path.read_text(encoding="utf-8")):
            try:
                raw = articles[article_id]
                out[article_id] = compile_notes(raw, readings[article_id], lines)
            except KeyError:
                print(f"{path}: {article_id} is not in {work}")
            except NotesError as error:
                print(f"{path}: {article_id}: {error}")
    return out


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("job", choices=["pick", "read", "sheet", "compile", "compare"])
    ap.add_argument("work", type=Path)
    ap.add_argument("names", nargs="*")
    ap.add_argument("--count", type=int, default=240)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out", type=Path)
    ap.add_argument(
        "--unread", nargs="+", default=[], choices=LAYERS, help="layers left as the engine has them"
    )
    ap.add_argument("--bare", action="store_true", help="sheets without the parts of events")
    args = ap.parse_args()
    if args.job == "pick":
        pick(args.work, args.count, args.seed, args.names)
    elif args.job == "read":
        read_folder(args.work)
    elif args.job == "sheet":
        articles, readings = (
            load_lines(args.work / "articles.jsonl"),
            load_lines(args.work / "readings.jsonl"),
        )
        for name in args.names or articles:
            print(render_sheet(articles[name], readings[name], bare=args.bare))
    else:
        found = compiled(args.work, [Path(n) for n in args.names])
        print(
            len(found),
            "articles,",
            sum(len(r["events"]) for r in found.values()),
            "events,",
            sum(len(r["statements"]) for r in found.values()),
            "statements",
        )
        if args.job == "compare":
            raws = [a for a in bench.load_articles("train") if a["id"] in found]
            for name, f in bench.load_scorer().score(raws, bench.GOLD / "train", found).items():
                print(
                    f"{name:42s}",
                    f"F1 {f['f1']:.3f}" if "f1" in f else f"accuracy {f['accuracy']} of {f['of']}",
                )
        elif args.out:
            unread = {"unread": args.unread} if args.unread else {}
            write_lines(args.out, [found[k] | unread for k in sorted(found)])


if __name__ == "__main__":
    main()

"""The unlabelled press as sentences of normal forms: what vectors are trained on.

python training/press.py WORK [--tiny]     writes WORK/press.txt, one sentence a line
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words
from training.paths import GOLD, PRESS
from training.sizes import size_of

_FIELDS = re.compile(r"<TITLE>(?P<title>.*?)</TITLE>.*?<TEXT>(?P<text>.*?)</TEXT>", re.S)


def dev_texts() -> set[str]:
    """Return keys of the gold/dev articles, whose text is kept out of everything that is trained."""
    lines = (GOLD / "dev" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        record_key(json.loads(line)["text"].split("\n", 1)[-1]) for line in lines if line.strip()
    }


def iter_press_records() -> Iterator[dict[str, Any]]:
    """Yield the articles of the press folder in the form of the gold articles, title first.

    The id of a SaudiNewsNet article is its place over all its files, as in the gold set.
    """
    number = 0
    for path in sorted((PRESS / "saudinewsnet").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                for raw in json.loads(archive.read(name)):
                    if raw["content"]:
                        yield {
                            "id": f"snn-{number:05d}",
                            "publisher": raw["source"],
                            "published": raw["date_extracted"][:10],
                            "url": raw["url"],
                            "title": (raw["title"] or "").strip(),
                            "text": f"{(raw['title'] or '').strip()}\n\n{raw['content'].strip()}",
                        }
                    number += 1
    with zipfile.ZipFile(PRESS / "jawharafm" / "articles.zip") as archive:
        for name in archive.namelist():
            found = _FIELDS.search(archive.read(name).decode("utf-8", "replace"))
            if found:
                stem = Path(name).stem
                yield {
                    "id": stem,
                    "publisher": "jawharafm",
                    "published": _day_of(stem.rsplit("-", 1)[-1]),
                    "url": None,
                    "title": found["title"].strip(),
                    "text": f"{found['title'].strip()}\n\n{found['text'].strip()}",
                }


def _day_of(digits: str) -> str:
    """Return the ISO day of a file name's last part, which has the year first or last."""
    if digits.startswith("201"):
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return f"{digits[4:]}-{digits[2:4]}-{digits[:2]}"


def iter_press_articles() -> Iterator[str]:
    """Yield the texts of the press folder, title first, without those of gold/dev."""
    unseen = dev_texts()
    for record in iter_press_records():
        if record_key(record["text"].split("\n", 1)[-1]) not in unseen:
            yield record["text"]


def iter_press_sentences(
    *, least_words: int = 4, articles: int | None = None
) -> Iterator[list[str]]:
    """Yield distinct sentences of the press, or of its first ``articles``, as words in normal form.

    Digits are folded to ``0`` so that vectors are not spent on numbers.
    """
    seen: set[bytes] = set()
    for text in islice(iter_press_articles(), articles):
        words = find_words(text, split_sentences(text))
        line: list[str] = []
        for at in range(len(words)):
            line.append(fold_number(words.norm[at]))
            if at + 1 == len(words) or words.sentence[at + 1] != words.sentence[at]:
                digest = hashlib.blake2b(" ".join(line).encode(), digest_size=8).digest()
                if len(line) >= least_words and digest not in seen:
                    seen.add(digest)
                    yield line
                line = []


def fold_number(norm: str) -> str:
    """Return a number with its digits folded to ``0``, any other word as it is."""
    if norm[:1].isdigit():
        return "".join("0" if char.isdigit() else char for char in norm)
    return norm or "ـ"


def record_key(text: str) -> str:
    """Return the first letters of a text without white space: enough to tell articles apart."""
    return "".join(text.split())[:200]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("work", type=Path)
    ap.add_argument("--tiny", action="store_true")
    args = ap.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    articles = size_of(args.tiny).press_articles
    with (args.work / "press.txt").open("w", encoding="utf-8") as out:
        for line in iter_press_sentences(articles=articles):
            out.write(" ".join(line) + "\n")


if __name__ == "__main__":
    main()

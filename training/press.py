"""The unlabelled press, without the articles of gold/dev: texts, sentences, stretches of sub-words."""

from __future__ import annotations

import hashlib
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mahdar.annotation.encoder.chunks import plain
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words
from training.paths import GOLD, PRESS

if TYPE_CHECKING:
    from training.adapt import Text

_POLITICS = (
    "وزير الخارجية",
    "الرئيس",
    "الأمم المتحدة",
    "قوات",
    "الحكومة",
    "مجلس",
    "المعارضة",
    "النظام",
    "اتفاق",
    "الجيش",
    "هجوم",
    "تنظيم",
    "محادثات",
    "السلام",
    "البرلمان",
    "الحوثي",
)
_SHORTEST, _LONGEST = 12, 180  # sub-words of a stretch, as many as are read
_OF_A_WORD = 8  # sub-words that are read
_MAY_REPEAT = 6  # sub-words: shorter sentences are what many articles say
_FIELDS = re.compile(r"<TITLE>(?P<title>.*?)</TITLE>.*?<TEXT>(?P<text>.*?)</TEXT>", re.S)


def dev_texts() -> set[str]:
    """Return keys of the gold/dev articles, whose text is kept out of everything that is trained."""
    lines = (GOLD / "dev" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {text_key(json.loads(line)["text"]) for line in lines if line.strip()}


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
        if text_key(record["text"]) not in unseen:
            yield record["text"]


def iter_mixed_texts(known_texts: Iterable[str], *, seed: int) -> Iterator[str]:
    """Yield texts, title first, each once in random order, without those given.

    Three of four have many words of politics and war, as long as there are such.
    """
    apart = set(map(text_key, known_texts))
    texts = {text_key(text): text for text in iter_press_articles()}
    order = sorted(text for key, text in texts.items() if key not in apart)
    random.Random(seed).shuffle(order)
    topical = [text for text in order if is_topical(text)]
    others = [text for text in order if not is_topical(text)]
    while topical or others:
        for _ in range(3):
            if topical:
                yield topical.pop()
        if others:
            yield others.pop()


def is_topical(text: str) -> bool:
    """Tell whether one word in sixty or more tells of politics or war."""
    return sum(text.count(word) for word in _POLITICS) * 60 > len(text.split())


def read_text(cut: Callable[[str], Sequence[int]], count: int, articles: int | None) -> Text:
    """Return what an encoder is adapted to: stretches of distinct sentences, at most 180 sub-words long.

    Args:
        cut: gives the sub-word numbers of a word.
        count: how many sub-words there are; the marks of begin and end follow them.
        articles: only so many of the press.
    """
    from training.adapt import Text  # needs torch, which readers of the press alone do not

    seen: set[bytes] = set()
    stretches = [
        np.array([count + 1, *stretch, count + 2], np.uint16)
        for text in islice(iter_press_articles(), articles)
        for stretch in _stretches(_distinct(_piece_sentences(text, cut), seen))
        if len(stretch) >= _SHORTEST
    ]
    return Text(np.concatenate(stretches), np.array([len(s) for s in stretches]))


def _piece_sentences(text: str, cut: Callable[[str], Sequence[int]]) -> Iterator[list[int]]:
    """Yield the sub-words of every sentence."""
    words = find_words(text, split_sentences(text))
    sentence: list[int] = []
    for at in range(len(words)):
        sentence.extend(list(cut(plain(words.text[at])))[:_OF_A_WORD] or [0])
        if at + 1 == len(words) or words.sentence[at + 1] != words.sentence[at]:
            yield sentence
            sentence = []


def _distinct(sentences: Iterable[list[int]], seen: set[bytes]) -> Iterator[list[int]]:
    """Yield the sentences that were not seen before, and note them; very short ones may repeat."""
    for sentence in sentences:
        digest = hashlib.blake2b(np.array(sentence, np.uint16).tobytes(), digest_size=8).digest()
        if len(sentence) <= _MAY_REPEAT or digest not in seen:
            seen.add(digest)
            yield sentence


def _stretches(sentences: Iterable[list[int]]) -> Iterator[list[int]]:
    """Yield neighbouring sentences joined; what is too long for a stretch is cut."""
    stretch: list[int] = []
    for sentence in sentences:
        if len(stretch) + len(sentence) > _LONGEST:
            yield stretch
            stretch = []
        stretch = stretch + sentence
        while len(stretch) > _LONGEST:
            yield stretch[:_LONGEST]
            stretch = stretch[_LONGEST:]
    yield stretch


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


def save_sentences(path: Path, articles: int | None) -> None:
    """Write the sentences of the press, or of its first articles, one a line."""
    with path.open("w", encoding="utf-8") as out:
        for line in iter_press_sentences(articles=articles):
            out.write(" ".join(line) + "\n")


def record_key(text: str) -> str:
    """Return the first letters of a text without white space: enough to tell articles apart."""
    return "".join(text.split())[:200]


def text_key(text: str) -> str:
    """Return the key of an article's text, title first, by what follows the title."""
    return record_key(text.split("\n", 1)[-1])

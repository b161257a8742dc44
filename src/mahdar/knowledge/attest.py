"""The press texts that packs are attested in, and how many articles carry each record."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.match import NameMatch
from mahdar.knowledge.spelling import name_units
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

_FIELD = re.compile(r"<(TITLE|TEXT)>(.*?)</\1>", re.DOTALL)


def iter_press_texts(folder: Path) -> Iterator[str]:
    """Yield the texts of the articles under a folder, title first, in the order of file names.

    Reads ``.txt``, ``.jsonl`` (``text``, or ``title`` and ``content``), and ``.zip`` archives of JSON
    arrays, JSON lines, TREC-like XML or plain text. Other files are skipped.
    """
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in sorted(archive.namelist()):
                    if not name.endswith("/"):
                        yield from _texts_of(name, archive.read(name))
        elif path.is_file():
            yield from _texts_of(path.name, path.read_bytes())


def _texts_of(name: str, data: bytes) -> Iterator[str]:
    if not name.endswith((".txt", ".json", ".jsonl", ".xml")):
        return
    text = data.decode("utf-8", "replace")
    if name.endswith(".jsonl"):
        for line in text.splitlines():
            if line.strip():
                yield _text_of_object(json.loads(line))
    elif name.endswith(".json"):
        found = json.loads(text)
        for item in found if isinstance(found, list) else [found]:
            yield _text_of_object(item)
    elif fields := dict(_FIELD.findall(text)):
        yield f"{fields.get('TITLE', '').strip()}\n{fields.get('TEXT', '')}"
    else:
        yield text


def _text_of_object(item: object) -> str:
    if not isinstance(item, dict):
        return ""
    body = item.get("text") or item.get("content") or ""
    return f"{item.get('title') or ''}\n{body}"


def count_articles(knowledge: Knowledge, texts: Iterable[str]) -> tuple[Counter[str], int]:
    """Return record id -> number of articles that carry one of its names, and the articles read.

    A name that several records share counts for each. Only firm names count: neither surnames nor
    weak names («المدينة» is seldom the newspaper).
    """
    articles: Counter[str] = Counter()
    read = 0
    for text in texts:
        read += 1
        words = find_words(text, split_sentences(text))
        found = knowledge.find_names(words)
        articles.update({id_ for match in found for id_ in _firm_ids(knowledge, text, match)})
    return articles, read


def _firm_ids(knowledge: Knowledge, text: str, match: NameMatch) -> tuple[str, ...]:
    """Return what a match means firmly: «الشرق الأوسط» is the region, in context the newspaper."""
    if len(match.ids) == 1:
        return match.ids
    weak = knowledge.index.weak.ids.get(" ".join(name_units(text[match.start : match.end])), ())
    return tuple(id_ for id_ in match.ids if id_ not in weak)

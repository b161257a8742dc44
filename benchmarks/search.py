"""Search under load: how fast the index is built, how large it is, how long queries take.

    python benchmarks/search.py RECORD [--rounds 3] [--facets] [--each]
    python benchmarks/search.py RECORD --make 31030

``--make`` writes a record of as many articles of the shared folder's saudinewsnet, spread over its days,
without the engine (which takes hours): real texts, and claims set on their sentences in the numbers and
kinds that the engine finds on the press (8 claims on 5 sentences an article, each its own entry).
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from mahdar.ingest import iter_articles
from mahdar.model import Article
from mahdar.search import KINDS, SearchFilters, complete_index, index_is_complete, search
from mahdar.store import create_record, open_record, tables
from mahdar.text.sentences import split_sentences

SHARED = Path(__file__).resolve().parents[2] / "shared"
QUERIES = (
    *("هدنة", '"وقف إطلاق النار"', "الحوثيين تعز", "لافروف كيري", "السعودية", "السعودية اليمن"),
    *("اتفاق نووي إيران", "هدن*", "=الهدنة", "(هدنة | اتفاق) -صعدة", "daesh", "مفاوضات جنيف"),
    *("قال", "الأمم المتحدة", '"الأمم المتحدة" اليمن', "وزير الخارجية", "سوريا", "المبعوث الدولي"),
    *("مساعدات إنسانية", "اللاجئين السوريين", "التحالف العربي عدن", "داعش الموصل -سنجار"),
    *("حزب العمال الكردستاني", '"مجلس الأمن" قرار', "معتقلين أو أسرى", "إسماعيل ولد الشيخ أحمد"),
)
_CLAIMS_OF_SENTENCE = (2, 1, 2, 1, 2)
_ROWS = 2000


def iter_rows(count: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield the row of every article with the rows of claims on its sentences."""
    archives = sorted((SHARED / "press" / "saudinewsnet").glob("*.zip"))
    seen: set[str] = set()
    for outcome in iter_articles([str(path) for path in archives]):
        if not isinstance(outcome, Article) or outcome.sha256 in seen:
            continue
        seen.add(outcome.sha256)
        number = len(seen)
        yield _article_row(number, outcome), list(_claim_rows(number, outcome))
        if number == count:
            return


def _article_row(number: int, article: Article) -> dict[str, Any]:
    day = (article.published or "")[:10] or None
    return {
        "id": number,
        "sha256": article.sha256,
        "name": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": day,
        "anchor": day,
        "url": article.url,
        "noise": [],
        "text": article.text,
        "words": len(article.text.split()),
        "agencies": [],
        "credits": [],
        "sketch": b"",
        "shingles": 0,
        "added_at": "2015-08-11",
    }


def _claim_rows(number: int, article: Article) -> Iterator[dict[str, Any]]:
    day = (article.published or "")[:10] or None
    sentences = split_sentences(article.text)
    step = max(1, len(sentences) // len(_CLAIMS_OF_SENTENCE))
    for (start, end), claims in zip(sentences[::step], _CLAIMS_OF_SENTENCE, strict=False):
        for n in range(claims):
            said = n == 0
            uid = hashlib.blake2b(f"{article.sha256}{start}{n}".encode(), digest_size=10)
            yield {
                "uid": uid.hexdigest(),
                "article_id": number,
                "processes": [],
                "chain": [],
                "kind": "statement" if said else "event",
                "type": "assert" if said else "MEET",
                "family": "statement" if said else "meeting",
                "published": day,
                "text": "",
                "spans": [["cue", start, start + 1]],
                "sentence_start": start,
                "sentence_end": end,
                "sentence_key": 0,
            }


def make_record(name: str, count: int) -> None:
    """Write the record, without its index."""
    with create_record(name) as record:
        articles: list[dict[str, Any]] = []
        claims: list[dict[str, Any]] = []

        def write() -> None:
            entries = [
                {
                    "id": f"x-{c['uid'][:14]}",
                    "kind": c["family"],
                    "type": c["type"],
                    "standing": "single_source",
                    "first_day": c["published"],
                    "fields": {},
                    "last_day": c["published"],
                    "articles": 1,
                    "origins": 1,
                    "text": "",
                    "confidence": 1.0,
                }
                for c in claims
            ]
            links = [
                {"entry": e["id"], "position": 0, "claim": c["uid"], "score": 1.0, "reasons": []}
                for e, c in zip(entries, claims, strict=True)
            ]
            with record.writing() as connection:
                for table, rows in (
                    (tables.articles, articles),
                    (tables.claims, claims),
                    (tables.entries, entries),
                    (tables.entry_claims, links),
                ):
                    if rows:
                        connection.execute(insert(table), rows)
            articles.clear()
            claims.clear()

        for article, told in iter_rows(count):
            articles.append(article)
            claims += told
            if len(articles) == _ROWS:
                write()
        write()


def size_mb(name: str) -> float:
    """Return the size of a record's file with its log, in megabytes."""
    files = (Path(name), Path(f"{name}-wal"))
    return sum(path.stat().st_size for path in files if path.exists()) / 1e6


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record")
    parser.add_argument("--make", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--facets", action="store_true")
    parser.add_argument("--each", action="store_true", help="print every query")
    asked = parser.parse_args()
    if asked.make:
        make_record(asked.record, asked.make)
    with open_record(asked.record) as record:
        if not index_is_complete(record):
            before, began = size_mb(asked.record), time.perf_counter()
            worked = time.process_time()
            count = complete_index(record)
            seconds, worked = time.perf_counter() - began, time.process_time() - worked
            print(
                f"index: {count} articles in {seconds:.1f} s on the clock, {worked:.1f} s of one"
                f" core: {count / worked:.0f} a second"
            )
            if "://" not in asked.record:
                grown = size_mb(asked.record) - before
                print(f"record {before:.0f} MB, index {grown:.0f} MB, {grown / before:.0%}")
        for kind in KINDS:
            times: list[float] = []
            worked_ms: list[float] = []
            for query in QUERIES:
                mine = []
                for _ in range(asked.rounds):
                    began, work = time.perf_counter(), time.process_time()
                    page = search(record, query, SearchFilters(kind=kind), facets=asked.facets)
                    mine.append(1000 * (time.perf_counter() - began))
                    worked_ms.append(1000 * (time.process_time() - work))
                times += mine
                if asked.each:
                    print(f"  {statistics.median(mine):7.1f} ms {page.total:7} {query}")
            for name, values in (("clock", times), ("core", worked_ms)):
                p95 = statistics.quantiles(values, n=20)[18]
                print(
                    f"{kind}, {name}: median {statistics.median(values):.0f} ms, p95 {p95:.0f} ms,"
                    f" slowest {max(values):.0f} ms, {len(QUERIES)} queries"
                )


if __name__ == "__main__":
    sys.exit(main())

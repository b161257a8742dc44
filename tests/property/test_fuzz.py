"""Whatever comes in, the engine answers, and every offset it gives is valid."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from mahdar.ingest import find_noise, iter_articles, iter_bytes
from mahdar.jsonform import reading_from_dict, reading_to_dict
from mahdar.model import Article, Reading, Span
from mahdar.pipeline import load_engine, read_article

SAMPLES = Path(__file__).parents[2] / "src" / "mahdar" / "samples" / "articles"
BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b\u200d"
ODD = 'ـًٌٍَُِّْ\u0670ﷲﻻﺳ٠١٢٣۴۵«»“”"″()[]{}…،؛؟:–—-/\\|*#@&%\x00\x07\x1b😀🕊\n\n\r\t\u2028\xa0'
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"
QUICK, FULL = 300, 10_000


@pytest.fixture(scope="module")
def engine() -> Language:
    return load_engine()


@pytest.fixture(scope="module")
def seeds() -> list[str]:
    return [a.text for a in iter_articles([SAMPLES]) if isinstance(a, Article)]


def iter_inputs(seeds: list[str], count: int, seed: int) -> Iterator[str]:
    """Yield damaged articles: cut, spliced, shuffled, sprinkled with marks, or plain random."""
    rng = random.Random(seed)
    letters = ARABIC + string.ascii_letters + string.digits + " " * 12 + ODD + BIDI
    for _ in range(count):
        text = rng.choice(seeds)
        kind = rng.randrange(8)
        if kind == 0:
            text = "".join(rng.choices(letters, k=rng.randrange(0, 400)))
        elif kind == 1:
            text = text[rng.randrange(len(text)) :][: rng.randrange(1, 500)]
        elif kind == 2:
            words = text.split(" ")
            rng.shuffle(words)
            text = " ".join(words[: rng.randrange(1, 90)])
        elif kind == 3:
            start = rng.randrange(len(text))
            chars = list(text[start : start + 500])
            for _ in range(rng.randrange(1, 60)):
                chars.insert(rng.randrange(len(chars) + 1), rng.choice(BIDI + ODD))
            text = "".join(chars)
        elif kind == 4:
            other = rng.choice(seeds)
            text = text[: rng.randrange(300)] + other[rng.randrange(len(other)) :][:300]
        elif kind == 5:
            text = text.replace(
                " ", rng.choice(["", "  ", "\n", "ـ", "\u200f"]), rng.randrange(1, 60)
            )[:500]
        elif kind == 6:
            text = rng.choice(
                ["«", "(", "“", '"', "قال ", "أن ", "و", "أمس ", "5 ", "، "]
            ) * rng.randrange(1, 300)
        else:
            text = "".join(c for c in text[:600] if rng.random() > 0.1)
        yield text


def spans_of(value: object) -> Iterator[tuple[int, int]]:
    """Yield every start and end in the JSON form of a reading."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value["start"], value["end"]
        for inner in value.values():
            yield from spans_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_of(inner)


def check(reading: Reading) -> None:
    text = reading.article.text
    raw = reading_to_dict(reading)
    for start, end in spans_of(raw):
        assert 0 <= start < end <= len(text)
    ids = {e.id for e in reading.entities}
    assert len(ids) == len(reading.entities)
    for statement in reading.statements:
        assert statement.content
        assert set(statement.speakers) | set(statement.via) | set(statement.addressees) <= ids
    statements = {s.id for s in reading.statements}
    for event in reading.events:
        assert event.triggers
        assert {p.entity for p in event.participants} <= ids
        assert event.place is None or event.place in ids
        assert event.statement is None or event.statement in statements
    again = json.loads(json.dumps(raw))
    assert reading_from_dict(again, text=text) == reading_from_dict(raw, text=text)


def article_of(text: str) -> Article:
    return Article(id="x", text=text, sha256="x", published="2017-08-22", noise=find_noise(text))


def test_damaged_articles_give_valid_readings(engine: Language, seeds: list[str]) -> None:
    for text in iter_inputs(seeds, QUICK, seed=1):
        check(read_article(engine, article_of(text)))


@pytest.mark.slow
def test_ten_thousand_damaged_articles(engine: Language, seeds: list[str]) -> None:
    for text in iter_inputs(seeds, FULL, seed=20261125):
        check(read_article(engine, article_of(text)))


def test_samples_give_valid_readings(engine: Language) -> None:
    for article in iter_articles([SAMPLES]):
        assert isinstance(article, Article)
        check(read_article(engine, article))


def test_random_bytes_never_crash_ingest() -> None:
    rng = random.Random(7)
    heads = [
        b"",
        b"PK\x03\x04",
        b"<html>",
        b"<rss>",
        b"{",
        b"[",
        b"\x1f\x8b",
        b"WARC/1.0\r\n",
        b"<DOC>",
        b"\xff\xfe",
    ]
    for number in range(1500):
        data = rng.choice(heads) + rng.randbytes(rng.randrange(0, 300))
        suffix = rng.choice(["", ".txt", ".html", ".json", ".rss"])
        for outcome in iter_bytes(data, "x", f"x{number}{suffix}", suffix):
            if isinstance(outcome, Article):
                assert all(0 <= s.start < s.end <= len(outcome.text) for s in outcome.noise)
            else:
                assert "Mend" in str(outcome)


def test_one_long_line_stays_linear(engine: Language, seeds: list[str]) -> None:
    text = " ".join(seeds[0].split()).replace(".", "،")
    long = (text + " ") * 40
    reading = read_article(engine, article_of(long))
    assert reading.article.text == long
    check(reading)


def test_plain_text_through_spacy_alone(engine: Language, seeds: list[str]) -> None:
    docs = list(engine.pipe(seeds[:4]))
    assert [doc.text for doc in docs] == seeds[:4]
    assert all(doc._.statements is not None for doc in docs)
    assert all(isinstance(n, Span) for doc in docs for n in doc._.article.noise)

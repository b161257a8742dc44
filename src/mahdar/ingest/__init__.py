"""Bytes to articles: text, HTML, feeds, JSON lines, WARC, archives; page furniture is marked."""

from mahdar.ingest.files import iter_articles, iter_bytes
from mahdar.ingest.noise import find_noise

__all__ = ["find_noise", "iter_articles", "iter_bytes"]

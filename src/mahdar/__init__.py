"""Mahdar reads Arabic press on peace processes and keeps its record."""

from mahdar.model import Article, Reading
from mahdar.pipeline import VERSION as __version__
from mahdar.pipeline import iter_readings, load_engine, read_article

__all__ = ["Article", "Reading", "__version__", "iter_readings", "load_engine", "read_article"]

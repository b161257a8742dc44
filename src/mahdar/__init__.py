"""Mahdar reads Arabic press on peace processes and keeps its record.

>>> import mahdar
>>> engine = mahdar.load_engine()
>>> for article in mahdar.iter_articles(["news/"]):
...     if isinstance(article, mahdar.Article):
...         reading = mahdar.read_article(engine, article)
"""

from mahdar.ingest import iter_articles
from mahdar.model import Article, Reading
from mahdar.pipeline import VERSION as __version__
from mahdar.pipeline import iter_readings, load_engine, read_article

__all__ = [
    "Article",
    "Reading",
    "__version__",
    "iter_articles",
    "iter_readings",
    "load_engine",
    "read_article",
]

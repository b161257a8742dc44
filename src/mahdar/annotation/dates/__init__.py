"""Temporal expressions: found, and resolved against the article's anchor date."""

from mahdar.annotation.dates.anchor import find_anchor
from mahdar.annotation.dates.find import find_dates

__all__ = ["find_anchor", "find_dates"]

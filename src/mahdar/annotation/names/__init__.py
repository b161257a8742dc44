"""Names and nominals: recognised, joined into entities and linked to knowledge packs."""

from mahdar.annotation.names.find import find_entities

__all__ = ["find_entities"]

"""Who said what: statements with speaker, content and the chain they came through."""

from mahdar.extraction.statements.find import find_statements, read_statements

__all__ = ["find_statements", "read_statements"]

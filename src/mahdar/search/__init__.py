"""Full text search over a record."""

"""Read-only questions to the record: timeline, statements, contacts and the rest."""

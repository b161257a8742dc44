"""Bytes to articles: text, HTML, feeds, JSON lines, archives; page furniture is marked."""

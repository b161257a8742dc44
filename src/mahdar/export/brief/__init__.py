"""The brief: two pages on a process and a period, every sentence with its sources."""

from mahdar.export.brief.model import Brief, Cited, Note, Request, Section, Sentence
from mahdar.export.brief.render import render_html, render_markdown
from mahdar.export.brief.write import write_brief

__all__ = [
    "Brief",
    "Cited",
    "Note",
    "Request",
    "Section",
    "Sentence",
    "render_html",
    "render_markdown",
    "write_brief",
]

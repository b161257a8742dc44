"""A brief as a self-contained page that prints on A4, and as Markdown with footnotes."""

from __future__ import annotations

import re

from mahdar.export.brief.model import Brief, Cited, Note, Sentence
from mahdar.export.brief.words import put_digits
from mahdar.export.pages import render_page
from mahdar.i18n import load_messages, tr

_QUOTED = re.compile(r"(«[^»]*»)")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


def render_html(brief: Brief) -> str:
    """Return the page of a brief: no script, style or font from elsewhere; Arabic from right to left."""
    return render_page(
        "brief.html.j2",
        brief.request.lang,
        brief=brief,
        notes=list(brief.notes()),
        closing=closing_lines(brief),
        pieces=split_quotes,
        aside=lambda key: find_aside(key, brief.request.lang),
        comma="،" if brief.request.lang == "ar" else ",",
        semicolon="؛" if brief.request.lang == "ar" else ";",
        digits=lambda value: put_digits(str(value), brief.request.digits),
    )


def find_aside(key: str, lang: str) -> str:
    """Return what must be known to read a section (``brief.aside.KEY``); empty for most."""
    told = load_messages().get(f"brief.aside.{key}")
    return told[lang] if told else ""


def split_quotes(text: str) -> list[tuple[bool, str]]:
    """Return a text cut at its quotations, each piece with whether it is one."""
    return [(piece.startswith("«"), piece) for piece in _QUOTED.split(text) if piece]


def render_markdown(brief: Brief) -> str:
    """Return a brief as Markdown with footnotes (``[^1]``), in the language of the brief."""
    lang = brief.request.lang
    lines = [f"# {_plain(tr('brief.title', lang, title=brief.title))}", ""]
    lines += [f"**{_plain(brief.period)}** · TLP:{brief.request.tlp}", ""]
    if len(brief.names) > 1:
        lines += [
            _plain(
                tr(
                    "brief.covers",
                    lang,
                    names="، ".join(brief.names) if lang == "ar" else ", ".join(brief.names),
                )
            ),
            "",
        ]
    lines += [f"*{_plain(tr('brief.claims_note', lang))}*", ""]
    for section in brief.sections:
        lines += [f"## {tr(f'brief.section.{section.key}', lang)}", ""]
        if aside := find_aside(section.key, lang):
            lines += [f"*{_plain(aside)}*", ""]
        lines += [f"- {_sentence(sentence)}" for sentence in section.sentences]
        if section.left_out:
            lines += ["", f"*{_left_out(section.left_out, brief)}*"]
        lines.append("")
    lines += [f"---\n\n*{_plain(line)}*\n" for line in closing_lines(brief)]
    lines += [_note(note, brief) for note in brief.notes()]
    return "\n".join(lines).rstrip() + "\n"


def closing_lines(brief: Brief) -> list[str]:
    """Return how much was left out, and why."""
    lang = brief.request.lang
    out = []
    if brief.left_out:
        out.append(tr("brief.left_out", lang, count=brief.left_out))
    if brief.hidden:
        out.append(tr("brief.hidden", lang, count=brief.hidden, tlp=brief.request.tlp))
    return [put_digits(line, brief.request.digits) for line in out]


def _left_out(number: int, brief: Brief) -> str:
    text = tr("brief.section_left_out", brief.request.lang, count=number)
    return put_digits(text, brief.request.digits)


def _plain(text: str) -> str:
    """Return a text with the signs of Markdown taken literally."""
    return _MARKUP.sub(r"\\\1", text)


def _sentence(sentence: Sentence) -> str:
    text = _plain(sentence.text)
    if sentence.standing:
        text += f" ({_plain(sentence.standing)})"
    return f"{text}.[^{sentence.note.number}]" if sentence.note else text


def _note(note: Note, brief: Brief) -> str:
    lang = brief.request.lang
    told = " — ".join(_cited(cited, lang) for cited in note.cited)
    more = f" {_plain(tr('brief.more', lang, count=note.more))}" if note.more else ""
    return f"[^{note.number}]: {told}{more} `{note.entry}`"


def _cited(cited: Cited, lang: str) -> str:
    title = _plain(cited.title)
    linked = f"[{title}](<{cited.url}>)" if cited.url and title else title
    parts = [_plain(cited.paper), _plain(cited.day), linked, f"«{_plain(cited.words)}»"]
    if cited.chain:
        parts.append(_plain(tr("brief.chain", lang, chain=cited.chain)))
    return ("، " if lang == "ar" else ", ").join(part for part in parts if part)

"""Claims as W3C Web Annotations (JSON-LD): each span by its words, what stands around them, and offsets.

Offsets count code points of the article's text as Mahdar keeps it, as the recommendation asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mahdar.consolidation.claims import Claim
from mahdar.export.formats.bundles import ArticleBundle
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.i18n import tr, tr_code
from mahdar.model import Span

AROUND_CHARS = 32
"""Characters of prefix and suffix: enough to tell the same words at two places apart."""
CONTEXT: list[object] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "mahdar": "urn:mahdar:terms:",
        **{
            name: f"mahdar:{name}"
            for name in ("chain", "actors", "entry", "standing", "origins", "review", "tlp", "time")
        },
    },
]
_LABELS = {"event": "event", "statement": "act"}
"""Kind of claim, and the kind of message that puts its type into words."""


def write_annotations(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write one annotation page; returns the number of annotations under the file's name."""
    count = 0
    head = {
        "@context": CONTEXT,
        "id": "urn:mahdar:annotations",
        "type": "AnnotationPage",
        "startIndex": 0,
    }
    with out.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "items": [')
        for annotation in iter_annotations(source, tick):
            stream.write(("," if count else "") + "\n" + json.dumps(annotation, ensure_ascii=False))
            count += 1
        stream.write("\n]}\n")
    return {out.name: count}


def iter_annotations(source: Source, tick: Tick) -> Iterator[dict[str, Any]]:
    """Yield an annotation for every claim that goes out."""
    for bundle in source.iter_articles():
        for claim in bundle.claims:
            yield _annotation(source, bundle, claim)
        tick()


def select_quote(text: str, span: Span) -> dict[str, str]:
    """Return a TextQuoteSelector for a span."""
    return {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - AROUND_CHARS) : span.start],
        "suffix": text[span.end : span.end + AROUND_CHARS],
    }


def _annotation(source: Source, bundle: ArticleBundle, claim: Claim) -> dict[str, Any]:
    article: dict[str, Any] = {
        "id": f"urn:mahdar:article:{bundle.row.sha256}",
        "type": "Text",
        "format": "text/plain",
        "language": bundle.row.language or "ar",
    }
    if bundle.row.url:
        article["canonical"] = bundle.row.url
    home = bundle.entries.get(claim.uid)
    own = {
        "chain": list(claim.chain),
        "actors": list(claim.actors),
        "time": claim.time,
        "entry": home.id if home else None,
        "standing": home.standing if home else None,
        "origins": home.origins if home else None,
        "review": source.review.claim(claim.uid).state,
        "tlp": bundle.tlp,
    }
    return {
        "id": f"urn:mahdar:claim:{claim.uid}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"type": "Software", "name": bundle.row.engine},
        "body": [
            {
                "type": "TextualBody",
                "purpose": "classifying",
                "value": f"{claim.kind}/{claim.type}",
            },
            *(
                {
                    "type": "TextualBody",
                    "purpose": "describing",
                    "language": lang,
                    "value": _describe(source, bundle, claim, lang),
                }
                for lang in ("ar", "en")
            ),
        ],
        "target": [
            {
                "type": "SpecificResource",
                "source": article,
                "styleClass": role,
                "selector": [
                    select_quote(bundle.text, span),
                    {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                ],
            }
            for role, span in claim.spans
        ],
        **{k: v for k, v in own.items() if v not in (None, [])},
    }


def _describe(source: Source, bundle: ArticleBundle, claim: Claim, lang: str) -> str:
    """Return a claim in words: its kind, its people, and the chain it came through, paper first."""
    comma = "، " if lang == "ar" else ", "
    told = tr(f"export.claim.{claim.kind}", lang)
    type_ = tr_code(_LABELS.get(claim.kind, "type"), claim.type, lang)
    people = comma.join(ref.label(lang) for ref in source.refs(claim.actors))
    mouths = [bundle.row.publisher or bundle.row.name]
    mouths += [ref.label(lang) for ref in source.refs(claim.chain)]
    return f"{told} ({type_}): {people or '—'} · {' ← '.join(mouths)}"

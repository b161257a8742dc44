"""Snapshots: what the engine reads in each sample article, so that every change of a reading is seen.

One folder per article holds ``reading.json``, spans written out as the words under them. Rewritten only by

    pytest tests/golden --rewrite-golden

and then looked at in the diff. That a snapshot says something does not make it right.

They are read without the network: the last digits of its eight-bit products differ between kinds of
processors, and a borderline answer with them. What it adds is held by the accuracy gate.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from mahdar.ingest import iter_articles
from mahdar.model import Article, Reading
from mahdar.pipeline import load_engine, read_article

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "src" / "mahdar" / "samples" / "articles"
ARTICLES = [a for a in iter_articles([SAMPLES]) if isinstance(a, Article)]


@pytest.fixture(scope="module")
def engine() -> Language:
    return load_engine(network=False)


def snapshot(reading: Reading) -> dict[str, Any]:
    """Return a reading in a form that people can check: words instead of offsets, names instead of ids."""
    text = reading.article.text
    names = {e.id: e.kb or e.key for e in reading.entities}
    return {
        "anchor": [reading.anchor.edtf, reading.anchor.basis, list(reading.anchor.rejected)],
        "dateline": [
            names.get(reading.dateline.place or ""),
            [names[a] for a in reading.dateline.agency],
        ],
        "noise": [span.of(text) for span in reading.noise],
        "entities": [
            {
                "type": e.type,
                "kb": e.kb,
                "named": [text[m.start : m.end] for m in e.mentions if m.kind == "named"],
                "nominal": [text[m.start : m.end] for m in e.mentions if m.kind == "nominal"],
            }
            for e in reading.entities
        ],
        "dates": [[text[d.start : d.end], d.value] for d in reading.dates],
        "statements": [
            {
                "who": [names[s] for s in st.speakers],
                "cue": st.cue.of(text),
                "said": [c.of(text) for c in st.content],
                "how": [st.mode, st.act, st.setting],
                "via": [names[v] for v in st.via],
            }
            for st in reading.statements
        ],
        "events": [
            {
                "what": [v.type, v.modality],
                "words": [t.of(text) for t in v.triggers],
                "who": [[names[p.entity], p.role] for p in v.participants],
                "where": names.get(v.place or ""),
                "when": v.time,
                "toll": [v.killed, v.injured],
            }
            for v in reading.events
        ],
        "instruments": [[text[i.start : i.end], i.id] for i in reading.instruments],
        "commitments": [[[names[b] for b in c.by], c.act, c.due] for c in reading.commitments],
        "details": [
            [
                v.type,
                v.triggers[0].of(text),
                [[d.name, names.get(d.entity or "", d.value)] for d in v.details],
            ]
            for v in reading.events
            if v.details
        ],
        "arrangements": [
            {
                "name": text[a.start : a.end],
                "what": [a.kind, a.type, a.status, a.modality],
                "where": names.get(a.place or ""),
                "when": a.time,
                "told": [[d.name, names.get(d.entity or "", d.value)] for d in a.details],
            }
            for a in reading.arrangements
        ],
    }


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id)
def test_reading_is_as_before(
    engine: Language, article: Article, request: pytest.FixtureRequest
) -> None:
    path = HERE / article.id / "reading.json"
    found = snapshot(read_article(engine, article))
    if request.config.getoption("--rewrite-golden"):
        path.parent.mkdir(exist_ok=True)
        lines = json.dumps(found, ensure_ascii=False, indent=1)
        path.write_text(lines + "\n", encoding="utf-8")
    assert path.is_file(), (
        "no snapshot yet: run pytest tests/golden --rewrite-golden and look at it"
    )
    expected = json.loads(path.read_text(encoding="utf-8"))
    for layer, value in expected.items():
        assert json.loads(json.dumps(found[layer])) == value, layer


def test_no_snapshot_without_its_article() -> None:
    assert {p.parent.name for p in HERE.glob("*/reading.json")} == {a.id for a in ARTICLES}

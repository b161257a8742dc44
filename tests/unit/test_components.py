"""Mahdar as spaCy users meet it: components by entry point, configs, pipes."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy

from mahdar.model import Article
from mahdar.pipeline import COMPONENTS, load_engine, read_article

TEXT = (
    "قال وزير الخارجية الروسي سيرغي لافروف أمس الاثنين إن بلاده ستستضيف جولة من المحادثات في موسكو."
)


def test_every_component_comes_by_entry_point() -> None:
    names = ", ".join(repr(name) for name in COMPONENTS)
    code = (
        "import spacy\n"
        "nlp = spacy.blank('ar')\n"
        f"for name in ({names}):\n    nlp.add_pipe(name)\n"
        f"doc = nlp({TEXT!r})\n"
        "assert doc._.statements and doc._.entities, doc._.statements\n"
        "assert doc.text == doc._.article.text\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_pipe_gives_what_single_calls_give() -> None:
    engine = load_engine()
    texts = [TEXT, "", "وأضاف أن الوفد سيصل غدا.", TEXT]
    piped = [doc._.statements for doc in engine.pipe(texts)]
    assert piped == [engine(text)._.statements for text in texts]
    assert piped[0] == piped[3]


def test_config_round_trip() -> None:
    engine = load_engine()
    assert engine.pipe_names == list(COMPONENTS)
    again = spacy.util.load_config_from_str(engine.config.to_str())
    assert again["nlp"]["pipeline"] == list(COMPONENTS)


def test_reading_does_not_depend_on_what_was_read_before() -> None:
    engine = load_engine()
    article = Article(id="a", text=TEXT, sha256="x", published="2017-08-22")
    first = read_article(engine, article)
    read_article(engine, Article(id="b", text="نص آخر عن لافروف وكيري.", sha256="y"))
    assert read_article(engine, article) == first


def test_missing_stage_is_named() -> None:
    from mahdar.annotation.components import blank_pipeline
    from mahdar.errors import MissingAnnotation
    from mahdar.pipeline import assemble_reading

    doc = blank_pipeline()(TEXT)
    with pytest.raises(MissingAnnotation, match="no article"):
        assemble_reading(doc)

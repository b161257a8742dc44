from __future__ import annotations

import pytest

from mahdar.extraction.phrases import make_phrase_index
from mahdar.extraction.statements.act_words import act_classes
from mahdar.extraction.statements.lexicon import is_content_head, words_in_role
from mahdar.extraction.statements.models import load_models
from mahdar.lexicon.tables import load_table


@pytest.mark.parametrize(
    ("norm", "name"),
    [
        ("يجب", "must"),
        ("بضروره", "must"),
        ("والمسؤوليه", "blame"),
        ("قلقها", "feel"),
        ("لن", "not"),
    ],
)
def test_act_classes(norm, name):
    assert name in act_classes(norm)


def test_content_head_with_pronoun():
    assert is_content_head("حرصهم")
    assert not is_content_head("المدينه")


def test_phrases_longest_first_and_particles():
    index = make_phrase_index([("وقف القتال", "a"), ("وقف", "b")])
    assert list(index.iter_matches(["ولوقف", "القتال", "وقف"], 0, 2)) == [
        (0, 1, 2, "a"),
        (2, 2, 0, "b"),
    ]


def test_every_role_has_words():
    assert all(words_in_role(row["role"]) for row in load_table("cues_words"))


def test_models_load_with_all_acts():
    assert set(load_models().act.labels) == {
        "assert",
        "deny",
        "demand",
        "pledge",
        "propose",
        "accuse",
        "condemn",
        "praise",
        "warn",
        "express",
    }


@pytest.mark.parametrize(
    "name", ["cues_verbs", "cues_words", "issues", "act_words", "naming_terms", "media_words"]
)
def test_table_rows_are_unique_and_sourced(name):
    rows = [tuple(row.items()) for row in load_table(name)]
    assert len(rows) == len(set(rows))
    assert all(dict(row)["source"] for row in rows)

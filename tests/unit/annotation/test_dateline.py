from __future__ import annotations

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dateline import find_dateline
from mahdar.model import Entity, Mention

NLP = blank_pipeline()
KNOWN = {"القاهرة": "LOC", "رويترز": "ORG", "واس": "ORG", "أ ف ب": "ORG", "نيويورك": "LOC"}


def read(text):
    doc = NLP.make_doc(text)
    entities = []
    for name, kind in KNOWN.items():
        at = text.find(name)
        if at >= 0:
            entities.append(Entity(name, kind, (Mention(at, at + len(name)),)))  # type: ignore[arg-type]
    doc._.entities = tuple(entities)
    dateline = find_dateline(doc)
    return dateline.place, dateline.agency


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("القاهرة - أ ف ب", ("القاهرة", ("أ ف ب",)), id="place, dash, agency"),
        pytest.param("نيويورك (رويترز) - قال", ("نيويورك", ("رويترز",)), id="agency in brackets"),
        pytest.param("القاهرة – واس\n", ("القاهرة", ("واس",)), id="on its own line"),
        pytest.param(
            "القاهرة 25 شوال 1436هـ الموافق 10 أغسطس 2015م واس",
            ("القاهرة", ("واس",)),
            id="with two calendars",
        ),
        pytest.param("عواصم ـ وكالات:", (None, ()), id="agencies at large"),
        pytest.param("قال الوزير لوكالة رويترز: إن", (None, ()), id="a sentence is no dateline"),
        pytest.param("زار الوزير القاهرة أمس", (None, ()), id="a place alone is none"),
    ],
)
def test_find_dateline(head, expected):
    assert read(
        f"عنوان الخبر\n\n{head} وصل الوفد إلى المدينة أمس واجتمع بالمسؤولين."
    ) == expected or (
        read(f"عنوان الخبر\n\n{head}\nوصل الوفد إلى المدينة أمس واجتمع بالمسؤولين.") == expected
    )

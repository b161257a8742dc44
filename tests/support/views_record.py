"""A small record with contacts, a truce and its breach, a zone, opposite positions and commitments."""

from __future__ import annotations

from pathlib import Path

from made_readings import make_reading, meeting
from workbench import make_record

from mahdar.model import Reading
from mahdar.store import Record

YEMEN = ("yemen",)


def _call(day: str) -> Reading:
    return make_reading(
        f"هاتف كيري لافروف يوم {day}.",
        published=day,
        events=[
            {
                "type": "CALL",
                "trigger": "هاتف",
                "who": ("john-kerry", "sergey-lavrov"),
                "time": day,
                "processes": YEMEN,
            }
        ],
    )


def _stance(who: str, name: str, day: str, held: str | None, words: str) -> Reading:
    return make_reading(
        f"{name} قال إن {words}.",
        published=day,
        statements=[
            {"who": [who], "cue": "قال", "content": words, "issues": ["nuclear"], "stance": held}
        ],
    )


def readings() -> list[Reading]:
    """Return readings from 4 to 13 August 2015."""
    return [
        meeting("aawsat", "التقى كيري لافروف في الدوحة أمس وبحثا الأزمة."),
        _call("2015-08-05"),
        _call("2015-08-07"),
        make_reading(
            "التقى كيري الجبير في موسكو.",
            published="2015-08-06",
            events=[
                {
                    "type": "MEET",
                    "trigger": "التقى",
                    "who": ("john-kerry", "adel-al-jubeir"),
                    "place": "moscow",
                    "time": "2015-08-06",
                }
            ],
        ),
        make_reading(
            "أعلن الحوثيون هدنة في عدن لأسبوع. وخُرقت في عدن بعد يوم. وقُتل سبعة في تعز.",
            publisher="okaz",
            published="2015-08-08",
            events=[
                {
                    "type": "CEASEFIRE",
                    "trigger": "هدنة",
                    "who": ("houthis",),
                    "place": "aden",
                    "time": "2015-08-05/2015-08-12",
                    "processes": YEMEN,
                },
                {
                    "type": "VIOLATION",
                    "trigger": "وخُرقت",
                    "who": ("houthis",),
                    "place": "aden",
                    "time": "2015-08-06",
                },
                {
                    "type": "ATTACK",
                    "trigger": "وقُتل",
                    "place": "taiz",
                    "time": "2015-08-08",
                    "killed": 7,
                },
                {"type": "ATTACK", "trigger": "بعد يوم", "place": "taiz", "time": "2015"},
            ],
        ),
        make_reading(
            "المنطقة الآمنة في تعز أُعلنت.",
            published="2015-08-07",
            arrangements=[
                {
                    "kind": "zone",
                    "type": "safe-zone",
                    "name": "المنطقة الآمنة",
                    "place": "taiz",
                    "status": "declared",
                    "time": "2015-08-07",
                    "details": [("guarantor", "russia", "تعز")],
                }
            ],
        ),
        make_reading(
            "المنطقة الآمنة في تعز انتهت.",
            published="2015-08-11",
            arrangements=[
                {
                    "kind": "zone",
                    "type": "safe-zone",
                    "name": "المنطقة الآمنة",
                    "place": "taiz",
                    "status": "ended",
                    "time": "2015-08-11",
                }
            ],
        ),
        _stance("john-kerry", "كيري", "2015-08-07", "supports", "الاتفاق النووي جيد"),
        _stance("sergey-lavrov", "لافروف", "2015-08-09", "opposes", "الاتفاق النووي ناقص"),
        _stance("john-kerry", "كيري", "2015-08-10", "opposes", "الاتفاق النووي صار ناقصا"),
        make_reading(
            "قال كيري: سنلتقي لافروف. وسنفتح الطرق. وسنرسل وفدا.",
            published="2015-08-13",
            commitments=[
                {"who": ["john-kerry"], "act": "سنلتقي لافروف", "due": "2015-08-15"},
                {"who": ["john-kerry"], "act": "وسنفتح الطرق", "due": "2015-08-01"},
                {"who": ["sergey-lavrov"], "act": "وسنرسل وفدا"},
            ],
        ),
    ]


def make_views_record(path: Path | str) -> Record:
    """Return a new record of these readings."""
    return make_record(path, readings())
